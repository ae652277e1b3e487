"""The derivations of many incidents as arrays: atoms by number, and the instances of each rule a block.

Background atoms have the first numbers, in every network over them; scoped ones follow, each of one incident. A block
holds what its instances must find and must not find, by number of atom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.terms import AggregateFunction, ComparisonOperator

Ids: TypeAlias = npt.NDArray[np.int64]

ANYWAY = -1
"""Stands for a premise that always holds."""


@dataclass(frozen=True, eq=False)
class Cases:
    """Some incidents: the sorted numbers of their constants, which all lie near each other."""

    codes: Ids

    def __len__(self) -> int:
        return len(self.codes)

    def places(self, codes: Ids) -> Ids:
        """The place of each of some of them."""
        return self._lookup[codes - self.codes[0]] if len(codes) else codes

    @cached_property
    def _lookup(self) -> Ids:
        lookup = np.full(int(self.codes[-1] - self.codes[0]) + 1, -1, dtype=np.int64)
        lookup[self.codes - self.codes[0]] = np.arange(len(self.codes))
        return lookup


@dataclass(frozen=True, eq=False)
class Absences:
    """Pairs: the row of an instance, and an atom that must not hold for it. Rows ascend."""

    row: Ids
    atom: Ids


@dataclass(frozen=True, eq=False)
class Counted:
    """An aggregate for many bindings: its ways, each of a tuple, and each tuple of a tally.

    ``premises`` has a row a literal and a column a way, `ANYWAY` where an element has fewer literals. ``tuple`` says
    which tuple a way makes count, and ascends; ``tally`` which tally a tuple belongs to, and ascends. ``first`` is the
    number of each tuple's first term. There are ``size`` tallies.
    """

    function: AggregateFunction
    size: int
    premises: Ids
    absences: Absences
    tuple: Ids
    first: Ids
    tally: Ids


@dataclass(frozen=True, eq=False)
class Test:
    """What the instances of a block ask of an aggregate: a tally each, and what its value is compared with."""

    counted: Counted
    tally: Ids
    guards: tuple[tuple[ComparisonOperator, Ids], ...]


@dataclass(frozen=True, eq=False)
class Block:
    """The instances of one rule over one choice of kinds: ``premises`` has a row a literal and a column an instance.

    ``case`` is the incident of each, by its place among those at hand; -1 for background.
    """

    rule: int
    component: int
    head: Ids
    premises: Ids
    case: Ids
    absences: Absences
    tests: tuple[Test, ...]

    def __len__(self) -> int:
        return len(self.head)


@dataclass(frozen=True, eq=False)
class Network:
    """Blocks in the order of their components, and which atoms each relation has.

    ``starts`` maps a relation's table to the number of its first atom; ``case`` gives each scoped atom's incident.
    """

    blocks: tuple[Block, ...]
    starts: Mapping[str, int]
    beneath: int
    size: int
    case: Ids
