"""A search for repairs while it is under way: what is still to be shown, broken or compared, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reasoner.abduction.figures import Figure, Instance
from reasoner.abduction.joining import Bindings, is_open
from reasoner.terms import Atom, Comparison, Term

WILD = "*"
"""How a constant begins that stands for something that nobody has named; no symbol does."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Facts to assume and to retract, ground but for wild constants, and how many rules they work through.

    ``guessed``: nothing shows yet that they do.
    """

    assume: frozenset[Atom]
    retract: frozenset[Atom]
    steps: int
    guessed: bool = False

    @property
    def size(self) -> int:
        """The number of changes."""
        return len(self.assume) + len(self.retract)


class Exhausted(Exception):
    """The steps allowed are used up."""


class Allowance:
    """Counts the steps of a search, so that the same question gets the same answer on any machine.

    ``passed_over``: whether changes were left aside that would only have been a guess.
    """

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.passed_over = False

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises Exhausted past the last."""
        if self.left <= 0:
            raise Exhausted
        self.left -= steps


class Goal(NamedTuple):
    """An atom that must hold, and those above it that are being shown and might come to rest on it again."""

    atom: Atom
    above: tuple[Atom, ...] = ()


class Attempt(NamedTuple):
    """How far one line of search has come: what is still to be shown, broken or compared, and what it costs.

    ``next`` is the place of the goal to go on with.
    """

    goals: tuple[Goal, ...]
    bindings: Bindings
    comparisons: tuple[Comparison, ...] = ()
    absences: tuple[Atom, ...] = ()
    doomed: tuple[Atom, ...] = ()
    breaking: tuple[Instance, ...] = ()
    false: frozenset[Atom] = frozenset()
    assumed: tuple[Atom, ...] = ()
    retracted: frozenset[Atom] = frozenset()
    steps: int = 0
    next: int = 0
    figures: tuple[Figure, ...] = ()
    loose: bool = False
    guessed: bool = False
    done: bool = False

    @property
    def cost(self) -> int:
        """The number of changes so far."""
        return len(self.assumed) + len(self.retracted)


def is_wild(term: Term) -> bool:
    """Whether a constant stands for something that nobody has named."""
    return isinstance(term, str) and term.startswith(WILD)


def turns_back(path: Sequence[Atom]) -> bool:
    """Whether an atom would be shown by itself."""
    return len(set(path)) < len(path)


def is_variant(one: Atom, other: Atom) -> bool:
    """Whether two atoms are the same but for the names of their variables."""
    if one.predicate != other.predicate:
        return False
    forth: dict[Term, Term] = {}
    back: dict[Term, Term] = {}
    for left, right in zip(one.arguments, other.arguments, strict=True):
        if is_open(left) and is_open(right):
            if forth.setdefault(left, right) != right or back.setdefault(right, left) != left:
                return False
        elif left != right:
            return False
    return True
