"""Stopping in the middle of reasoning that nobody waits for any more.

Whoever asks for something long says when it is no longer wanted; the loops that reasoning spends its time in look from
time to time. Nothing but the asking thread stops, and no answer depends on when: there is either the whole one or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_unwanted: ContextVar[Callable[[], bool] | None] = ContextVar("unwanted", default=None)


class Stopped(Exception):
    """What was asked for is no longer wanted."""


@contextmanager
def stopping_when(unwanted: Callable[[], bool]) -> Iterator[None]:
    """Within this, reasoning in this thread raises `Stopped` soon after it is unwanted."""
    token = _unwanted.set(unwanted)
    try:
        yield
    finally:
        _unwanted.reset(token)


def stop_if_unwanted() -> None:
    """Raise `Stopped` where nobody waits for what is being worked out."""
    unwanted = _unwanted.get()
    if unwanted is not None and unwanted():
        raise Stopped
