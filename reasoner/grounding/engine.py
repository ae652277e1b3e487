"""What grounding asks of an engine: to answer one non-recursive join over rows it was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from reasoner.grounding.graph import Derivation
from reasoner.language.program import Program
from reasoner.limits import Limits
from reasoner.terms import Atom, Rule

Row: TypeAlias = tuple[int, ...]
"""The arguments of one atom, or the values of a rule's variables, as numbers of constants."""

Rows: TypeAlias = Iterable[Sequence[Row]]
"""Answers in portions. A portion may be empty: it gives the driver a moment to look at its bounds."""


class Joins(Protocol):
    """Answers joins over rows that it has; the answers of one ``fire`` are read, or dropped, before the next call."""

    def fire(self, rule: Rule, delta: int | None) -> Rows:
        """All bindings of the rule's variables, each once, in the order in which its head lists them.

        The body holds positive literals only, at least one, each argument a named variable or the number of a
        constant. A predicate that was never added has no rows. With ``delta``, the literal at that position of the
        body matches only the newest rows of its predicate. Portions come at short intervals, however long the join.
        """
        ...


class Engine(Joins, Protocol):
    """Answers joins over rows that it is given; recursion, comparisons, arithmetic and negation stay with the driver.

    Constants reach an engine as numbers, 0 and up, equal where the constants are. An engine serves one grounding,
    from one thread at a time.
    """

    def add(self, predicate: str, rows: Iterable[Row]) -> None:
        """Take new rows of a predicate, none of which it has; they alone are its newest rows until the next call."""
        ...


@runtime_checkable
class WholeEngine(Protocol):
    """Grounds whole programs by itself, not a join at a time."""

    def ground(self, program: Program, atoms: Iterable[Atom], limits: Limits) -> Derivation:
        """Every ground instance of the program's rules over some atoms, as `fixpoint.ground` gives them."""
        ...
