"""Aggregates decided world by world: in which worlds the value of one compares as its gates ask.

A count or sum is a number per world, added up tuple by tuple. The least and the greatest part the worlds among the
values: where the first holds, where the second does and not the first, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Bits, Row, pack
from reasoner.grounding.graph import Derivation, Tally, Test
from reasoner.terms import COMPARE, AggregateFunction, ComparisonOperator, Constant, compares, order_key

Guards: TypeAlias = tuple[tuple[ComparisonOperator, Constant], ...]
Ways: TypeAlias = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
"""Atoms that must hold, and atoms that must not, for each way."""

Numbers: TypeAlias = int | npt.NDArray[np.int16 | np.int64]
"""A value per world, or one for all."""


@dataclass(frozen=True, eq=False)
class Gates:
    """A ground aggregate and all gates about it: ``counted`` are its tuples' first terms with their ways.

    The least and the greatest of nothing compare with nothing; a count or sum of nothing is 0. A sum passes over tuples
    whose first term is no number.
    """

    function: AggregateFunction
    counted: tuple[tuple[Constant, Ways], ...]
    guards: Mapping[int, Guards]

    @cached_property
    def atoms(self) -> tuple[int, ...]:
        """The atoms it depends on, ascending."""
        ways = (way for _, each in self.counted for way in each)
        return tuple(sorted({atom for positive, negative in ways for atom in (*positive, *negative)}))

    def decide(self, rows: Mapping[int, Row], bits: Bits) -> dict[int, Row]:
        """The row of each gate; atoms without a row hold nowhere."""
        counted = [(first, _holding(ways, rows, bits)) for first, ways in self.counted]
        if self.function in ("min", "max"):
            parts = list(_parted(counted, self.function == "max", bits))
            return {gate: _where(parts, guards, bits) for gate, guards in self.guards.items()}
        numbers = _total(counted, self.function == "count", bits)
        return {gate: _compared(numbers, guards, bits) for gate, guards in self.guards.items()}


def gates_of(derivation: Derivation, numbers: Mapping[Test, int]) -> dict[int, Gates]:
    """Gate → the aggregate it is about, for gates with these ids."""
    asked: dict[int, dict[int, Guards]] = {}
    for test, gate in numbers.items():
        guards = tuple((operator, derivation.constants[constant]) for operator, constant in test.guards)
        asked.setdefault(test.tally, {})[gate] = guards
    found: dict[int, Gates] = {}
    for number, about in asked.items():
        tally = derivation.tallies[number]
        found |= dict.fromkeys(about, Gates(tally.function, _counted(derivation, tally), about))
    return found


def _counted(derivation: Derivation, tally: Tally) -> tuple[tuple[Constant, Ways], ...]:
    return tuple(
        (
            derivation.constants[counted.terms[0]],
            tuple((instance.positive, instance.negative) for instance in counted.instances),
        )
        for counted in tally.counted
    )


def _holding(ways: Ways, rows: Mapping[int, Row], bits: Bits) -> Row:
    """Where at least one of the ways holds."""
    found = bits.empty
    for positive, negative in ways:
        row = bits.full
        for atom in positive:
            row = bits.both(row, rows.get(atom, bits.empty))
        for atom in negative:
            row = bits.minus(row, rows.get(atom, bits.empty))
        found = bits.either(found, row)
    return found


def _total(counted: Sequence[tuple[Constant, Row]], counting: bool, bits: Bits) -> Numbers:
    weighed = [(1 if counting else first if isinstance(first, int) else 0, row) for first, row in counted]
    most = sum(abs(weight) for weight, _ in weighed)
    number = np.int16 if most <= np.iinfo(np.int16).max else np.int64
    total: Numbers = sum(weight for weight, row in weighed if row is bits.full)
    for weight, row in sorted(weighed, key=lambda pair: pair[1].ndim):  # stacks last: they are larger to add to
        if weight and row is not bits.full and row is not bits.empty:
            total = bits.unpack(row) * number(weight) + total
    return total


def _compared(numbers: Numbers, guards: Guards, bits: Bits) -> Row:
    """Where the numbers compare as all guards ask; every number comes before any name or text."""
    found = bits.full
    for operator, value in guards:
        if not isinstance(value, int) or isinstance(numbers, int):
            holds = compares(operator, numbers if isinstance(numbers, int) else 0, value)
            found = found if holds else bits.empty
        else:
            found = bits.both(found, pack(COMPARE[operator](numbers, value)))
    return found


def _parted(counted: Sequence[tuple[Constant, Row]], greatest: bool, bits: Bits) -> Iterator[tuple[Constant, Row]]:
    """Each value with the worlds that have it for their least, or greatest."""
    before = bits.empty
    for first, row in sorted(counted, key=lambda pair: order_key(pair[0]), reverse=greatest):
        yield first, bits.minus(row, before)
        before = bits.either(before, row)


def _where(parts: Sequence[tuple[Constant, Row]], guards: Guards, bits: Bits) -> Row:
    return bits.any_of(
        row for value, row in parts if all(compares(operator, value, bound) for operator, bound in guards)
    )
