"""What grounding in tables keeps: the atoms of a predicate, the instances of a rule, and what its aggregates go over.

Tables hold numbers of constants. A table that is *scoped* has a column for the incident that its rows belong to; the
others are background, and belong to all. A row's own number, ``rowid``, stands for the atom or instance that it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from reasoner.terms import Aggregate, Rule, Term, Variable

SCOPE = "s"
"""The column that says which incident a row belongs to."""

ROUND = "round"
"""The column that says in which round of a recursive component an atom was found."""

ONE = "one"
"""The column of an atom without arguments."""

ROW = "rowid"


@dataclass(frozen=True, slots=True)
class Relation:
    """The atoms of one predicate, background or scoped; ``own`` is the argument that always is the row's incident.

    ``same`` are the arguments that are one constant in every row, with its number. Neither kind has a column of its
    own. ``rounds``: the table tells when each atom was found.
    """

    table: str
    arity: int
    scoped: bool = False
    own: int | None = None
    same: Mapping[int, int] = field(default_factory=dict, hash=False)
    rounds: bool = False

    def column(self, place: int) -> str:
        """The column that holds an argument, where one does."""
        return SCOPE if place == self.own else f"a{place}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that make an atom, each once."""
        scope = (SCOPE,) if self.scoped else ()
        differing = (place for place in range(self.arity) if place != self.own and place not in self.same)
        return (*scope, *map(self.column, differing)) or (ONE,)

    def argument(self, place: int, alias: str) -> exp.Expr:
        """What an argument is in the table under an alias."""
        return number(self.same[place]) if place in self.same else exp.column(self.column(place), alias)

    def arguments(self, alias: str) -> list[exp.Expr]:
        """What the arguments are in the table under an alias."""
        return [self.argument(place, alias) for place in range(self.arity)]


@dataclass(frozen=True, slots=True)
class Ways:
    """One element of an aggregate with all the ways to be counted by it: rows of a table.

    A row holds the number of its tally, the values of the tuple (``t0`` …) and of the element's variables (``v0`` …),
    and the premises (``p0`` …), atoms of ``sources``.
    """

    table: str
    element: int
    sources: tuple[Relation, ...]
    scoped: bool


@dataclass(frozen=True, slots=True)
class Tallies:
    """An aggregate of a rule for every binding of the variables it takes from outside: a row of ``table`` each.

    The columns ``k0`` … hold these, and the scope where the ways have one.
    """

    table: str
    aggregate: Aggregate
    place: int
    names: tuple[str, ...]
    scoped: bool
    ways: tuple[Ways, ...]


@dataclass(frozen=True, slots=True)
class Instances:
    """The instances of a rule, at a position in its program, over one choice of background and scoped atoms.

    A row holds the values of the rule's variables (``v0`` …) and its premises (``p0`` …), which are atoms of
    ``sources``, in body order. ``bound`` are the variables that have a value; one that always is the incident has no
    column of its own and is one of ``own``.
    """

    table: str
    rule: Rule
    position: int
    sources: tuple[Relation, ...]
    scoped: bool
    bound: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    tallies: tuple[Tallies, ...] = field(default=())

    def values(self, alias: str) -> dict[Term, exp.Expr]:
        """What the rule's variables are in the table under an alias."""
        names = self.rule.variables
        columns = {place: SCOPE if place in self.own else variable(place) for place in sorted(self.bound)}
        return {Variable(names[place]): exp.column(column, alias) for place, column in columns.items()}


def variable(place: int) -> str:
    """The column of a rule's variable."""
    return f"v{place}"


def premise(place: int) -> str:
    """The column of a premise."""
    return f"p{place}"


def number(value: int) -> exp.Expr:
    """A whole number as it stands in a query."""
    literal = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=literal) if value < 0 else literal
