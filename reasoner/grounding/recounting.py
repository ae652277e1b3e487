"""What is left of the aggregates of a graph when fewer atoms are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from reasoner.grounding.graph import Counted, Derivation, ElementInstance, Ids, Tally, Test
from reasoner.grounding.worth import possible_values
from reasoner.terms import Constant, Literal

Flags = npt.NDArray[np.bool_]


class Recounting:
    """The aggregates that give variables their values, asked again and again while atoms come to be held."""

    def __init__(self, whole: Derivation) -> None:
        self._whole = whole
        self._giving = [
            (instance, test)
            for instance, tests in enumerate(whole.tests)
            for test in tests
            if test.given  # only these rule an instance out; what merely tests a value is left to the worlds
        ]

    def impossible(self, held: Flags) -> Flags:
        """The instances that some aggregate, going over what is held, cannot give the value they have."""
        found = np.zeros(len(self._whole.head), dtype=np.bool_)
        values: dict[int, frozenset[Constant]] = {}
        for instance, test in self._giving:
            if test.tally not in values:
                values[test.tally] = _values(self._whole, self._whole.tallies[test.tally], held)
            value = next(number for operator, number in test.guards if operator == "=")
            found[instance] |= self._whole.constants[value] not in values[test.tally]
        return found


def _values(whole: Derivation, tally: Tally, held: Flags) -> frozenset[Constant]:
    always: list[Constant] = []
    maybe: list[Constant] = []
    for counted in tally.counted:
        ways = [way for way in counted.instances if held[list(way.positive)].all()]
        if ways:
            sure = any(_unconditional(tally, way) for way in ways)
            (always if sure else maybe).append(whole.constants[counted.terms[0]])
    return frozenset(possible_values(tally.function, always, maybe, sys.maxsize))


def _unconditional(tally: Tally, way: ElementInstance) -> bool:
    return not any(isinstance(each, Literal) for each in tally.elements[way.element].condition)


def recounted(
    tallies: Sequence[Tally], tests: Sequence[tuple[Test, ...]], number: Ids, held: Flags
) -> tuple[tuple[Tally, ...], tuple[tuple[Test, ...], ...]]:
    """The tallies that tests ask, over the atoms held, with their new numbers, in the order in which they are asked."""
    found: dict[Tally, int] = {}
    places: dict[int, int] = {}
    for test in (test for each in tests for test in each):
        if test.tally not in places:
            places[test.tally] = found.setdefault(_left(tallies[test.tally], number, held), len(found))
    asked = tuple(tuple(replace(test, tally=places[test.tally]) for test in each) for each in tests)
    return tuple(found), asked


def _left(tally: Tally, number: Ids, held: Flags) -> Tally:
    left = (
        Counted(
            counted.terms,
            tuple(_renumbered(way, number, held) for way in counted.instances if held[list(way.positive)].all()),
        )
        for counted in tally.counted
    )
    return replace(tally, counted=tuple(counted for counted in left if counted.instances))


def _renumbered(way: ElementInstance, number: Ids, held: Flags) -> ElementInstance:
    return replace(
        way,
        positive=tuple(number[list(way.positive)].tolist()),
        negative=tuple(int(number[atom]) for atom in way.negative if held[atom]),
    )
