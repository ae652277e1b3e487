"""A rule made ready to fire: the join an engine answers, then comparisons and arithmetic on each of its rows.

A joined row holds the values of the join's variables; `Join.finish` appends the rule's constants and what its
comparisons bind, or drops the row. Head, premises, absences and binding are then columns of the finished row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import eq, ge, gt, itemgetter, le, lt, ne
from typing import Any, TypeAlias

from reasoner.grounding.bounds import LARGEST_NUMBER
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Row
from reasoner.terms import (
    Arithmetic,
    Atom,
    Comparison,
    Constant,
    Literal,
    Rule,
    Term,
    Variable,
    order_key,
    term_variables,
)

Columns: TypeAlias = Callable[[Row], Row]
"""Takes some columns of a finished row, in some order."""


class NumberTooLargeError(Exception):
    """Arithmetic left the range of numbers."""


class NoValueError(Exception):
    """Arithmetic met something that is no integer: the instance does not exist."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A literal of the body: its predicate, the arguments that are not ``_`` (by place), and where they stand.

    For a positive literal every argument is kept: what ``_`` matched is a column like any other.
    """

    predicate: str
    kept: tuple[int, ...]
    arity: int
    columns: Columns

    @property
    def complete(self) -> bool:
        """Whether it names one atom, leaving no argument open."""
        return len(self.kept) == self.arity


_Step: TypeAlias = Callable[[Row], Row | None]


@dataclass(frozen=True, slots=True)
class Join:
    """A rule of a program, compiled.

    ``join`` is what the engine answers: positive literals over named variables and numbers of constants. Its body
    is empty where the rule has no positive literal; there is then one joined row, the empty one. ``premises`` are
    the positive literals in body order, ``absences`` the negated ones.
    """

    rule: Rule
    position: int
    join: Rule
    constants: Row
    steps: tuple[_Step, ...]
    head: Pattern
    premises: tuple[Pattern, ...]
    absences: tuple[Pattern, ...]
    binding: Columns

    def finish(self, row: Row) -> Row | None:
        """The row with constants and computed values appended; None where a comparison fails or has no value."""
        finished: Row | None = row + self.constants
        try:
            for step in self.steps:
                if finished is None:
                    return None
                finished = step(finished)
        except NoValueError:
            return None
        return finished


def compile_rule(rule: Rule, position: int, constants: Constants) -> Join:
    """Compile a checked rule; ValueError for one that is not safe."""
    return _Compiler(rule, constants).compile(position)


class _Compiler:
    """Gives each variable, constant and computed term of one rule a column of the finished row."""

    def __init__(self, rule: Rule, constants: Constants) -> None:
        self._rule = rule
        self._constants = constants
        self._columns: dict[Term, int] = {}
        self._pending: list[Comparison] = [element for element in rule.body if isinstance(element, Comparison)]
        self._steps: list[_Step] = []
        self._invented = 0

    def compile(self, position: int) -> Join:
        literals = [element for element in self._rule.body if isinstance(element, Literal)]
        joined = [self._joined(literal.atom) for literal in literals if not literal.negated]
        join = self._join(joined)
        for name in join.variables:
            self._columns[Variable(name)] = len(self._columns)
        fixed = self._place_constants()
        self._order_comparisons()
        absences = tuple(self._pattern(literal.atom) for literal in literals if literal.negated)
        head = self._pattern(self._rule.head)
        premises = tuple(self._pattern(atom) for atom in joined)
        binding = columns([self._columns[Variable(name)] for name in self._rule.variables])
        return Join(self._rule, position, join, fixed, tuple(self._steps), head, premises, absences, binding)

    def _joined(self, atom: Atom) -> Atom:
        """The atom with each ``_`` replaced by a variable of its own."""
        return Atom(atom.predicate, tuple(map(self._joined_argument, atom.arguments)))

    def _joined_argument(self, argument: Term) -> Term:
        if argument != Variable("_"):
            return argument
        self._invented += 1
        return Variable(f"_{self._invented}")

    def _join(self, joined: Sequence[Atom]) -> Rule:
        body = tuple(Literal(Atom(atom.predicate, tuple(map(self._numbered, atom.arguments)))) for atom in joined)
        names = dict.fromkeys(name for atom in joined for term in atom.arguments for name in term_variables(term))
        return Rule(self._rule.name, None, Atom("fire", tuple(map(Variable, names))), body)

    def _numbered(self, term: Term) -> Term:
        """The argument as the engine gets it; in a body it is never computed."""
        return term if isinstance(term, (Variable, Arithmetic)) else self._constants.number_of(term)

    def _place_constants(self) -> Row:
        atoms = [self._rule.head, *(element.atom for element in self._rule.body if isinstance(element, Literal))]
        terms = [term for atom in atoms for term in atom.arguments]
        terms += [side for comparison in self._pending for side in (comparison.left, comparison.right)]
        fixed = dict.fromkeys(constant for term in terms for constant in _constants(term))
        for constant in fixed:
            self._columns[constant] = len(self._columns)
        return self._constants.row_of(fixed)

    def _order_comparisons(self) -> None:
        """Test what is bound first; then let ``=`` bind one more variable, and so on."""
        while self._pending:
            ready = next(chain(filter(self._testable, self._pending), filter(self._binding, self._pending)), None)
            if ready is None:
                msg = f"rule {self._rule.name} is not safe: {', '.join(map(str, self._pending))}"
                raise ValueError(msg)
            self._pending.remove(ready)
            if self._testable(ready):
                self._steps.append(self._test(ready))
            else:
                target, value = self._sides(ready)
                column = self._column(value)
                self._columns[target] = column

    def _bound(self, term: Term) -> bool:
        if isinstance(term, Variable):
            return term in self._columns
        return not isinstance(term, Arithmetic) or (self._bound(term.left) and self._bound(term.right))

    def _testable(self, comparison: Comparison) -> bool:
        return self._bound(comparison.left) and self._bound(comparison.right)

    def _binding(self, comparison: Comparison) -> bool:
        target, value = self._sides(comparison)
        return comparison.operator == "=" and isinstance(target, Variable) and target.name != "_" and self._bound(value)

    def _sides(self, comparison: Comparison) -> tuple[Term, Term]:
        """The side still to be bound, if one is, and the other."""
        if self._bound(comparison.left):
            return comparison.right, comparison.left
        return comparison.left, comparison.right

    def _test(self, comparison: Comparison) -> _Step:
        left, right = self._column(comparison.left), self._column(comparison.right)
        values = self._constants.values
        compare = _COMPARE[comparison.operator]
        if comparison.operator in ("=", "!="):
            return lambda row: row if compare(row[left], row[right]) else None
        return lambda row: row if compare(order_key(values[row[left]]), order_key(values[row[right]])) else None

    def _column(self, term: Term) -> int:
        """The column that holds a bound term, with a step that computes it where it has none yet."""
        if term not in self._columns and isinstance(term, Arithmetic):
            left, right = self._column(term.left), self._column(term.right)
            self._steps.append(_computed(term, left, right, self._constants))
            self._columns[term] = self._width()
        return self._columns[term]

    def _width(self) -> int:
        return max(self._columns.values(), default=-1) + 1

    def _pattern(self, atom: Atom) -> Pattern:
        kept = tuple(place for place, term in enumerate(atom.arguments) if term != Variable("_"))
        where = [self._column(atom.arguments[place]) for place in kept]
        return Pattern(atom.predicate, kept, len(atom.arguments), columns(where))


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def _constants(term: Term) -> Iterator[Constant]:
    match term:
        case Variable():
            pass
        case Arithmetic(_, left, right):
            yield from _constants(left)
            yield from _constants(right)
        case _:
            yield term


def columns(places: Sequence[int]) -> Columns:
    """What takes these columns out of a row."""
    if not places:
        return lambda row: ()
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    return itemgetter(*places)


def _computed(term: Arithmetic, left: int, right: int, constants: Constants) -> _Step:
    """The step that appends the value of an expression whose operands stand in these columns."""

    def compute(row: Row) -> Row:
        first, second = constants.values[row[left]], constants.values[row[right]]
        if not isinstance(first, int) or not isinstance(second, int):
            raise NoValueError
        match term.operator:
            case "+":
                value = first + second
            case "-":
                value = first - second
            case "*":
                value = first * second
        if abs(value) > LARGEST_NUMBER:
            raise NumberTooLargeError
        return (*row, constants.number_of(value))

    return compute
