"""What an aggregate goes over: for each row of its rule, every tuple that some world may have, with all its ways.

The predicates inside an aggregate are settled before its rule fires. So each of its elements is one join over rows that
are all known, asked once for all rows of the rule, and looked up by the values that a row gives the global variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from reasoner.grounding.atoms import Atoms
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.constants import Constants
from reasoner.grounding.engine import Joins, Row, Rows
from reasoner.grounding.joins import Columns, Completion, Counting, columns, completion_of, join_of
from reasoner.grounding.worth import possible_values
from reasoner.terms import Aggregate, AggregateElement, Atom, ComparisonOperator, Literal, Rule, Variable, compares


@dataclass(frozen=True, slots=True)
class Found:
    """One way for a tuple to be counted: an element's completion, its binding, premises, and absences by pattern."""

    element: int
    completion: Completion
    binding: Row
    premises: Row
    absences: tuple[Row, ...]

    @property
    def always(self) -> bool:
        """Whether nothing has to hold for it."""
        return not self.premises and not self.absences


@dataclass(frozen=True, eq=False, slots=True)
class Gathered:
    """An aggregate for one binding of its global variables: each tuple with its ways; constants go by number.

    ``values`` are those that it may have, where it gives a variable its value.
    """

    aggregate: Aggregate
    tuples: Mapping[Row, Sequence[Found]]
    values: Sequence[int]


Guards: TypeAlias = tuple[tuple[ComparisonOperator, int], ...]
Tested: TypeAlias = tuple[Gathered, Guards]
"""What a rule instance asks of an aggregate: how its value must compare, with which constants, by number."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One element made ready: its joined rows by the values of ``key``; ``besides`` are other values it needs."""

    number: int
    completion: Completion
    rows: Mapping[Row, Sequence[Row]]
    key: Columns
    besides: Columns


class Gathering:
    """The aggregates of one rule, with all that its rows may ask of them.

    Raises InputError where there are more ways to be counted than rule instances are allowed, or more values than an
    aggregate may give a variable; NumberTooLargeError where arithmetic leaves the range of numbers.
    """

    def __init__(self, of: Completion, joins: Joins, constants: Constants, atoms: Atoms, bounds: Bounds) -> None:
        self._rule = of.rule
        self._countings = of.countings
        self._constants, self._atoms, self._bounds = constants, atoms, bounds
        self._gathered: dict[tuple[int, Row], Gathered] = {}
        self.size = 0
        """How many ways to be counted there are so far."""
        self._elements = [
            [self._prepared(joins, counting, *each) for each in enumerate(counting.aggregate.elements)]
            for counting in self._countings
        ]

    def expand(self, row: Row) -> Iterator[tuple[Row, tuple[Tested, ...]]]:
        """The finished row of the rule for each value that its aggregates may give it, with what it asks of them."""
        for finished, tested in self._expand(row, 0):
            yield finished, tuple(test for _, test in sorted(tested, key=lambda pair: pair[0]))

    def _expand(self, row: Row, stage: int) -> Iterator[tuple[Row, list[tuple[int, Tested]]]]:
        if stage == len(self._countings):
            yield row, []
            return
        counting = self._countings[stage]
        gathered = self._gather(stage, counting.given(row))
        for valued in self._valued(row, counting, gathered):
            guards = tuple((operator, valued[column]) for operator, column in counting.guards)
            finished = counting.finish(valued)
            if finished is not None:
                for longer, tested in self._expand(finished, stage + 1):
                    yield longer, [(counting.place, (gathered, guards)), *tested]

    def _valued(self, row: Row, counting: Counting, gathered: Gathered) -> Iterator[Row]:
        """The row with each value that the aggregate may have and that suits its other guard; else the row itself."""
        if not counting.assigns:
            yield row
        for value in gathered.values:
            valued = row + (value,) * counting.assigns
            constants = self._constants.values
            if all(compares(operator, constants[value], constants[valued[at]]) for operator, at in counting.guards):
                yield valued

    def _prepared(self, joins: Joins, counting: Counting, number: int, element: AggregateElement) -> _Element:
        """Ask the join of one element, and index its rows."""
        rule = Rule(self._rule.name, None, Atom("counted", element.terms), element.condition)
        join = join_of(rule, self._constants)
        own = [term.name for term in join.head.arguments if isinstance(term, Variable)]
        shared = [name for name in counting.names if name in own]
        besides = [name for name in counting.names if name in element.variables and name not in own]
        wider = replace(join, head=Atom("fire", (*join.head.arguments, *map(Variable, besides))))
        key = columns([own.index(name) for name in shared])
        rows: dict[Row, list[Row]] = {}
        for row in self._answers(joins, join):
            rows.setdefault(key(row), []).append(row)
        places = {name: place for place, name in enumerate(counting.names)}
        return _Element(
            number,
            completion_of(rule, number, wider, self._constants),
            rows,
            columns([places[name] for name in shared]),
            columns([places[name] for name in besides]),
        )

    def _answers(self, joins: Joins, join: Rule) -> Iterator[Row]:
        if not all(self._atoms.rows(each.atom.predicate) for each in join.body if isinstance(each, Literal)):
            return
        found = 0
        portions: Rows = joins.fire(join, None) if join.body else [[()]]
        for portion in portions:
            found += len(portion)
            self._bounds.check(self._rule, found)
            yield from portion

    def _gather(self, stage: int, given: Row) -> Gathered:
        """The aggregate for one binding of its global variables, gathered when first asked for."""
        gathered = self._gathered.get((stage, given))
        if gathered is None:
            tuples: dict[Row, list[Found]] = {}
            for element in self._elements[stage]:
                for terms, found in self._ways(element, given):
                    tuples.setdefault(terms, []).append(found)
                    self.size += 1
            self._bounds.check(self._rule, self.size)
            counting = self._countings[stage]
            values = self._values(counting.aggregate, tuples) if counting.assigns else ()
            gathered = self._gathered[stage, given] = Gathered(counting.aggregate, tuples, values)
        return gathered

    def _ways(self, element: _Element, given: Row) -> Iterator[tuple[Row, Found]]:
        completion = element.completion
        besides = element.besides(given)
        premises = [(pattern.columns, self._atoms.rows(pattern.predicate)) for pattern in completion.premises]
        for row in element.rows.get(element.key(given), ()):
            finished = completion.finish(row + besides)
            if finished is not None:
                yield (
                    completion.head.columns(finished),
                    Found(
                        element.number,
                        completion,
                        completion.binding(finished),
                        tuple([known[places(finished)] for places, known in premises]),
                        tuple([pattern.columns(finished) for pattern in completion.absences]),
                    ),
                )

    def _values(self, aggregate: Aggregate, tuples: Mapping[Row, Sequence[Found]]) -> tuple[int, ...]:
        constants = self._constants
        always = [constants.values[terms[0]] for terms, ways in tuples.items() if any(way.always for way in ways)]
        maybe = [constants.values[terms[0]] for terms, ways in tuples.items() if not any(way.always for way in ways)]
        most = self._bounds.values
        values = possible_values(aggregate.function, always, maybe, most)
        if len(values) > most:
            raise self._bounds.too_many_values(self._rule, aggregate)
        return tuple(map(constants.number_of, values))
