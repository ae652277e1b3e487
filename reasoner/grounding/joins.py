"""A rule made ready to fire: the join an engine answers, and what becomes of each of its rows.

A joined row holds the values of the join's variables; `Completion.finish` appends the rule's constants and what its
comparisons bind, or drops the row. An aggregate that gives a variable its value appends that, once for each. Head,
premises, absences and binding are then columns of the finished row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TypeAlias

from reasoner.grounding.bounds import LARGEST_NUMBER
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Row
from reasoner.grounding.ordering import Stage, Step, negated, stages_of
from reasoner.terms import (
    COMPARE,
    Aggregate,
    Arithmetic,
    Atom,
    Comparison,
    ComparisonOperator,
    Literal,
    Rule,
    Term,
    Variable,
    order_key,
    term_constants,
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
class Counting:
    """One aggregate of a rule, the ``place``-th of its body, ready once the rows before it are finished.

    ``given`` takes the values of its global variables, ``names``, out of a row; ``guards`` say in which columns stands
    what its value is compared with. ``assigns`` columns are appended to hold its value, before ``steps``.
    """

    aggregate: Aggregate
    place: int
    names: tuple[str, ...]
    given: Columns
    guards: tuple[tuple[ComparisonOperator, int], ...]
    assigns: int
    steps: tuple[_Step, ...]

    def finish(self, row: Row) -> Row | None:
        """The row, with its value if that is asked for, after the comparisons that waited for it."""
        return _finished(self.steps, row)


@dataclass(frozen=True, slots=True)
class Completion:
    """What turns the joined rows of one rule, at a position in its program, into instances.

    ``premises`` are the positive literals in body order, ``absences`` the negated ones, ``countings`` the aggregates in
    an order in which each has what it needs.
    """

    rule: Rule
    position: int
    constants: Row
    steps: tuple[_Step, ...]
    head: Pattern
    premises: tuple[Pattern, ...]
    absences: tuple[Pattern, ...]
    binding: Columns
    countings: tuple[Counting, ...] = ()

    def finish(self, row: Row) -> Row | None:
        """The row with constants and computed values appended; None where a comparison fails or has no value."""
        return _finished(self.steps, row + self.constants)


def _finished(steps: tuple[_Step, ...], row: Row) -> Row | None:
    finished: Row | None = row
    try:
        for step in steps:
            if finished is None:
                return None
            finished = step(finished)
    except NoValueError:
        return None
    return finished


def join_of(rule: Rule, constants: Constants) -> Rule:
    """The positive literals of a checked rule, as an engine takes them: its head lists the variables.

    Each ``_`` becomes a variable of its own, and each constant its number. The body is empty where the rule has no
    positive literal; there is then one joined row, the empty one.
    """
    names: dict[str, None] = {}
    body = []
    for element in rule.body:
        if not isinstance(element, Literal) or element.negated:
            continue
        arguments: list[Term] = []
        for term in element.atom.arguments:
            if isinstance(term, Variable):
                name = f"_{len(names)}" if term.name == "_" else term.name
                names[name] = None
                arguments.append(term if name is term.name else Variable(name))
            elif not isinstance(term, Arithmetic):
                arguments.append(constants.number_of(term))
        body.append(Literal(Atom(element.atom.predicate, tuple(arguments))))
    return Rule(rule.name, None, Atom("fire", tuple(map(Variable, names))), tuple(body))


def completion_of(rule: Rule, position: int, join: Rule, constants: Constants) -> Completion:
    """What becomes of the rows of a checked rule's join; ValueError for a rule that is not safe."""
    return _Compiler(rule, join, constants).compile(position)


class _Compiler:
    """Gives each variable, constant and computed term of one rule a column of the finished row."""

    def __init__(self, rule: Rule, join: Rule, constants: Constants) -> None:
        self._rule = rule
        self._join = join
        self._constants = constants
        self._columns: dict[Term, int] = {term: column for column, term in enumerate(join.head.arguments)}
        self._steps: list[_Step] = []

    def compile(self, position: int) -> Completion:
        premises = tuple(self._premise(element) for element in self._join.body if isinstance(element, Literal))
        fixed = self._place_constants()
        first, *others = stages_of(self._rule, (each for each in self._columns if isinstance(each, Variable)))
        self._take(first.steps)
        steps = self._steps
        countings = []
        for stage in others:
            counting = self._counting(stage)
            self._steps = []
            self._take(stage.steps)
            countings.append((counting, self._steps))
        absences = tuple(map(self._pattern, negated(self._rule.body)))
        head = self._pattern(self._rule.head)
        binding = columns([self._columns[Variable(name)] for name in self._rule.variables])
        stages = tuple(replace(counting, steps=tuple(steps)) for counting, steps in countings)
        return Completion(self._rule, position, fixed, tuple(steps), head, premises, absences, binding, stages)

    def _premise(self, literal: Literal) -> Pattern:
        """The columns of a literal of the join; a number there is a constant."""
        arguments = literal.atom.arguments
        where = []
        for term in arguments:
            if isinstance(term, int):
                term = self._constants.values[term]
                self._columns.setdefault(term, len(self._columns))
            where.append(self._columns[term])
        return Pattern(literal.atom.predicate, tuple(range(len(arguments))), len(arguments), columns(where))

    def _place_constants(self) -> Row:
        """Give the rule's constants columns, after those that premises gave theirs; the row of all of them."""
        body = self._rule.body
        terms = [term for atom in (self._rule.head, *negated(body)) for term in atom.arguments]
        terms += [side for each in body if isinstance(each, Comparison) for side in (each.left, each.right)]
        terms += [guard.term for each in body if isinstance(each, Aggregate) for guard in each.guards]
        for term in terms:
            for constant in term_constants(term):
                self._columns.setdefault(constant, len(self._columns))
        return self._constants.row_of(term for term in self._columns if not isinstance(term, (Variable, Arithmetic)))

    def _take(self, steps: Iterable[Step]) -> None:
        """Test comparisons, and let those with a target give it its value."""
        for step in steps:
            if step.target is None:
                self._steps.append(self._test(step.comparison))
            else:
                self._columns[step.target] = self._column(step.value)

    def _counting(self, stage: Stage) -> Counting:
        aggregate = stage.aggregate
        if aggregate is None:
            raise ValueError("a stage without an aggregate counts nothing")
        given = columns([self._columns[Variable(name)] for name in stage.names])
        for guard in aggregate.guards:
            if guard.term not in stage.assigned:
                self._column(guard.term)
        for variable in stage.assigned:
            self._columns[variable] = self._width()
        guards = tuple((guard.operator, self._columns[guard.term]) for guard in aggregate.guards)
        return Counting(aggregate, stage.place, stage.names, given, guards, len(stage.assigned), ())

    def _test(self, comparison: Comparison) -> _Step:
        left, right = self._column(comparison.left), self._column(comparison.right)
        values = self._constants.values
        compare = COMPARE[comparison.operator]
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
        kept = tuple(place for place, term in enumerate(atom.arguments) if term != _ANONYMOUS)
        where = [self._column(atom.arguments[place]) for place in kept]
        return Pattern(atom.predicate, kept, len(atom.arguments), columns(where))


_ANONYMOUS = Variable("_")


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
