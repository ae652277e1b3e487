"""What matters to a ranking: the atoms that some targets may depend on, and the part of a network between."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.bulk.network import Absences, Block, Counted, Ids, Network, Test

Mask: TypeAlias = npt.NDArray[np.bool_]


def reach(network: Network, targets: Ids, certain: Mask) -> Mask:
    """The atoms that the targets may depend on, targets included; what is certain is not asked what it follows from."""
    needed = np.zeros(network.size + 1, dtype=np.bool_)
    needed[targets] = True
    groups = [list(group) for _, group in groupby(network.blocks, key=lambda block: block.component)]
    for blocks in reversed(groups):
        before = -1
        while before != (before := int(needed.sum())):  # a recursive component takes several rounds
            for block in reversed(blocks):
                _ask(block, needed, certain)
    return needed[:-1]


def asking(block: Block, needed: Mask, certain: Mask) -> Mask:
    """The instances of a block that anything needed follows by."""
    return np.asarray(needed[block.head] & ~certain[block.head])


def _ask(block: Block, needed: Mask, certain: Mask) -> None:
    asked = asking(block, needed, certain)
    if not asked.any():
        return
    for each in block.premises:
        needed[each[asked]] = True
    needed[block.absences.atom[asked[block.absences.row]]] = True
    for test in block.tests:
        counted = test.counted
        tallies = np.zeros(counted.size, dtype=np.bool_)
        tallies[test.tally[asked]] = True
        ways = tallies[counted.tally][counted.tuple]
        for each in counted.premises:
            needed[each[ways]] = True
        needed[counted.absences.atom[ways[counted.absences.row]]] = True


def depending(network: Network, marked: Mask, certain: Mask) -> Mask:
    """The atoms that may depend on marked ones, these included; what is certain depends on nothing."""
    found = np.append(marked & ~certain, False)
    for _, group in groupby(network.blocks, key=lambda block: block.component):
        blocks = list(group)
        before = -1
        while before != (before := int(found.sum())):
            for block in blocks:
                heads = block.head[_depends(block, found)]
                found[heads] = True
                found[:-1] &= ~certain
    return found[:-1]


def _depends(block: Block, found: Mask) -> Mask:
    asked = np.zeros(len(block), dtype=np.bool_)
    for each in block.premises:
        asked |= found[each]
    asked[block.absences.row[found[block.absences.atom]]] = True
    for test in block.tests:
        counted = test.counted
        ways = np.zeros(len(counted.tuple), dtype=np.bool_)
        for each in counted.premises:
            ways |= found[each]
        ways[counted.absences.row[found[counted.absences.atom]]] = True
        tallies = np.zeros(counted.size, dtype=np.bool_)
        tallies[counted.tally[counted.tuple[ways]]] = True
        asked |= tallies[test.tally]
    return asked


def touching(network: Network, needed: Mask, certain: Mask, marked: Mask, cases: int) -> Mask:
    """The incidents in which something that matters asks for a marked atom."""
    found = np.zeros(cases, dtype=np.bool_)
    asked_for = np.append(marked, False)
    for block in network.blocks:
        concerned = asking(block, needed, certain) & _depends(block, asked_for)
        found[block.case[concerned]] = True
    return found


def restricted(network: Network, needed: Mask, certain: Mask, cases: Mask) -> tuple[Network, Ids]:
    """The part of a network that concerns some incidents and matters there, and the new number of each atom.

    Background atoms keep their numbers; what is left out, and `ANYWAY`, has -1.
    """
    beneath = network.beneath
    kept = beneath + np.flatnonzero(needed[beneath:] & cases[network.case])
    number = np.full(network.size + 1, -1, dtype=np.int64)
    number[:beneath] = np.arange(beneath)
    number[kept] = beneath + np.arange(len(kept))
    blocks = []
    for block in network.blocks:
        chosen = np.flatnonzero(asking(block, needed, certain) & cases[block.case])
        if len(chosen):
            blocks.append(_part(block, chosen, number))
    return Network(tuple(blocks), network.starts, beneath, beneath + len(kept), network.case[kept - beneath]), number


def _part(block: Block, chosen: Ids, number: Ids) -> Block:
    return replace(
        block,
        head=number[block.head[chosen]],
        premises=number[block.premises[:, chosen]],
        case=block.case[chosen],
        absences=_fewer(block.absences, chosen, len(block), number),
        tests=tuple(_asked(test, chosen, number) for test in block.tests),
    )


def _fewer(absences: Absences, chosen: Ids, size: int, number: Ids) -> Absences:
    place = np.full(size, -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    row = place[absences.row]
    kept = row >= 0
    return Absences(row[kept], number[absences.atom[kept]])


def _asked(test: Test, chosen: Ids, number: Ids) -> Test:
    """The test of some instances, over the tallies that they ask about."""
    counted = test.counted
    used, tally = np.unique(test.tally[chosen], return_inverse=True)
    place = np.full(counted.size, -1, dtype=np.int64)
    place[used] = np.arange(len(used))
    tuples = np.flatnonzero(place[counted.tally] >= 0)
    kept = np.zeros(len(counted.tally), dtype=np.bool_)
    kept[tuples] = True
    ways = np.flatnonzero(kept[counted.tuple])
    renumbered = np.cumsum(kept) - 1
    part = Counted(
        function=counted.function,
        size=len(used),
        premises=number[counted.premises[:, ways]],
        absences=_fewer(counted.absences, ways, len(counted.tuple), number),
        tuple=renumbered[counted.tuple[ways]],
        first=counted.first[tuples],
        tally=place[counted.tally[tuples]],
    )
    guards = tuple((operator, bounds[chosen]) for operator, bounds in test.guards)
    return Test(part, tally, guards)
