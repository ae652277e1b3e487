"""Work over a database in a thread of its own, so that its bounds can be looked at while a query runs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextvars import copy_context
from typing import TypeVar

from reasoner.grounding.bounds import Bounds
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import Rule

_Found = TypeVar("_Found")

_MOMENT = 0.05
"""Seconds between two looks at the bounds."""


class Watch:
    """Does one piece of work at a time, and interrupts it where bounds are passed or nobody waits any more.

    All of a grounding is one piece: to hand every query to another thread takes longer than most queries. ``rule`` is
    what the query that runs is for, which an error then names; None where it is for no rule.
    """

    def __init__(self, bounds: Bounds, interrupt: Callable[[], object]) -> None:
        self.rule: Rule | None = None
        self._bounds = bounds
        self._interrupt = interrupt
        self._thread = ThreadPoolExecutor(1)

    def over(self, work: Callable[[], _Found]) -> _Found:
        """What some work comes to. Raises InputError where a rule takes too long."""
        running = self._thread.submit(copy_context().run, work)
        try:
            while not wait_for([running], _MOMENT).done:
                stop_if_unwanted()
                if self.rule is not None:
                    self._bounds.check(self.rule, 0)
        except BaseException:
            while not running.done():
                self._interrupt()  # the next query, where none ran
                wait_for([running], _MOMENT)
            raise
        return running.result()
