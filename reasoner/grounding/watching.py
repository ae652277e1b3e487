"""Queries in a thread of their own, so that the bounds of a grounding can be looked at while one runs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from typing import TypeVar

from reasoner.grounding.bounds import Bounds
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import Rule

_Found = TypeVar("_Found")

_MOMENT = 0.05
"""Seconds between two looks at the bounds while a query runs."""


class Watch:
    """Runs one query at a time, and interrupts it where bounds are passed or nobody waits any more."""

    def __init__(self, bounds: Bounds, interrupt: Callable[[], object]) -> None:
        self._bounds = bounds
        self._interrupt = interrupt
        self._thread = ThreadPoolExecutor(1)

    def over(self, query: Callable[[], _Found], rule: Rule | None = None) -> _Found:
        """What a query finds; ``rule`` is what is at work. Raises InputError where it takes too long."""
        running = self._thread.submit(query)
        try:
            while not wait_for([running], _MOMENT).done:
                stop_if_unwanted()
                if rule is not None:
                    self._bounds.check(rule, 0)
        except BaseException:
            self._interrupt()
            wait_for([running])
            raise
        return running.result()
