"""The exact probability of every atom: ProbLog's where it answers in time, else from clingo in every single world."""

from __future__ import annotations

import math
import signal
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from problog.errors import ProbLogError

from reasoner.evidence.base import Base
from reasoner.terms import Atom, Rule
from tests.assessment.reference import worlds
from tests.oracle import stable_worlds
from tests.problog_oracle import NotSayableError, model, probabilities

MOST_WORLDS = 1 << 14
"""Beyond so many worlds clingo isn't asked for each."""

PATIENCE = 2.0
"""Seconds of processor time for ProbLog where clingo can stand in: grounding eight facts can take it minutes."""


@dataclass(frozen=True, slots=True)
class Exact:
    """Every atom that can hold with its probability, and who says so: ``ProbLog`` or ``clingo``."""

    atoms: Mapping[Atom, float]
    oracle: str


def exact(text: str, rules: Sequence[Rule], base: Base) -> Exact:
    """The probabilities of rule text over a base.

    Raises:
        NotSayableError, ProbLogError: ProbLog can't say it, and there are too many worlds for clingo.
    """
    if math.prod(len(draw.values) + 1 for draw in base.draws) > MOST_WORLDS:
        return Exact(probabilities(model(rules, base)), "ProbLog")
    try:
        with _at_most(PATIENCE):
            return Exact(probabilities(model(rules, base)), "ProbLog")
    except (NotSayableError, ProbLogError, TimeoutError):  # ProbLog takes some stratified negation for a cycle
        return Exact(_by_worlds(text, base), "clingo")


def _by_worlds(text: str, base: Base) -> Mapping[Atom, float]:
    weighed = list(worlds(base))
    possible = sorted({atom for _, held in weighed for atom in held}, key=str)
    found: dict[Atom, float] = defaultdict(float)
    for (share, _), true in zip(weighed, stable_worlds(text, possible, [held for _, held in weighed]), strict=True):
        for atom in true:
            found[atom] += share
    return dict(found)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Break off with TimeoutError after so many seconds of processor time; the figures don't depend on who answers."""

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError("ProbLog took too long")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
