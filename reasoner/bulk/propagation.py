"""What holds where, for many incidents at once: rows of bits, a byte eight worlds, propagated block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.bulk.network import Absences, Block, Counted, Ids, Network, Test
from reasoner.stopping import stop_if_unwanted
from reasoner.terms import COMPARE

Rows: TypeAlias = npt.NDArray[np.uint8]
"""Shape (atoms + 1, bytes): the worlds in which each holds, eight a byte, the first in the lowest bit.

The last row is that of what holds anyway; an atom's number may be -1 for it.
"""

_TOGETHER = 1 << 20
"""How many numbers, one a world, are worked on at a time: they stay near the processor."""


_SHORT = 24
"""The longest runs that it pays to go through side by side."""


def propagate(network: Network, recursive: Sequence[bool], rows: Rows, worlds: int, offset: int) -> None:
    """Add to the rows of facts what follows from them, in place; ``offset`` is that of the numbers of integers."""
    for component, group in groupby(network.blocks, key=lambda block: block.component):
        blocks = [block for block in group if len(block)]
        orders = [_order(block.head) for block in blocks]
        changed = True
        while changed:
            stop_if_unwanted()
            changed = False
            for block, (order, starts, heads) in zip(blocks, orders, strict=True):
                found = fire(block, rows, worlds, offset)
                if len(heads) < len(order):
                    found = folded(np.bitwise_or, found[order], starts, np.uint8)
                elif order is not heads:
                    found = found[order]
                if recursive[component]:
                    found |= rows[heads]
                    changed = changed or not np.array_equal(found, rows[heads])
                    rows[heads] = found
                else:
                    rows[heads] |= found


def _order(groups: Ids) -> tuple[Ids, Ids, Ids]:
    """How to bring equal numbers together: an order, where each run begins there, and the numbers of the runs.

    Where they ascend, there is nothing to bring together, and all three are they.
    """
    if (groups[1:] > groups[:-1]).all():
        return groups, groups[:0], groups
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = run_starts(ordered)
    return order, starts, ordered[starts]


def run_starts(ordered: Ids) -> Ids:
    """Where each run of equal numbers begins."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1])


def distinct(numbers: Ids) -> Ids:
    """The different numbers among some, ascending; `numpy.unique` hashes them first, and takes far longer."""
    ordered = np.sort(numbers)
    return np.asarray(ordered[run_starts(ordered)])


def is_among(wanted: Ids, known: Ids) -> npt.NDArray[np.bool_]:
    """Which numbers are among others, which ascend."""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.bool_)
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.asarray(known[place] == wanted)


def run_sizes(starts: Ids, size: int) -> Ids:
    """How long each run is, by where they begin among so many numbers."""
    return np.diff(starts, append=size)


def folded(operation: np.ufunc, rows: npt.NDArray[Any], starts: Ids, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """The rows of each run brought together, whole numbers all, as ``operation.reduceat`` does.

    Short runs are gone through side by side, a row of each at a time: for these `reduceat` takes several times as long.
    """
    sizes = run_sizes(starts, len(rows))
    longest = int(sizes.max(initial=0))
    if longest > _SHORT:
        return np.asarray(operation.reduceat(rows, starts, axis=0, dtype=kind))
    found = rows[starts].astype(kind, copy=False)
    for place in range(1, longest):
        having = np.flatnonzero(sizes > place)
        found[having] = operation(found[having], rows[starts[having] + place])
    return found


def ranges(starts: Ids, sizes: Ids) -> Ids:
    """So many whole numbers from each start on, one range after the other."""
    return np.asarray(np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum()))


def fire(block: Block, rows: Rows, worlds: int, offset: int) -> Rows:
    """Where each instance of a block fires."""
    fired = _met(block.premises, len(block), block.absences, rows)
    for test in block.tests:
        fired &= _passed(test, rows, worlds, offset)
    return fired


def _met(premises: Ids, size: int, absences: Absences, rows: Rows) -> Rows:
    """Where all that must hold does, and nothing that must not."""
    found: Rows = rows[premises[0]] if len(premises) else np.repeat(rows[-1:], size, axis=0)
    for each in premises[1:]:
        found &= rows[each]
    if len(absences.row):
        starts = run_starts(absences.row)
        against = folded(np.bitwise_or, rows[absences.atom], starts, np.uint8)
        found[absences.row[starts]] &= ~against
    return found


def _passed(test: Test, rows: Rows, worlds: int, offset: int) -> Rows:
    """Where the value of each instance's aggregate compares as it asks."""
    values, there = _values(test.counted, rows, worlds, offset)
    passed = []
    for piece in _pieces(len(test.tally), worlds):
        tally = test.tally[piece]
        holds = there[tally]
        for operator, bounds in test.guards:
            holds = holds & COMPARE[operator](values[tally], bounds[piece, None])
        passed.append(np.packbits(holds, axis=1, bitorder="little"))
    return np.concatenate(passed)


def _values(
    counted: Counted, rows: Rows, worlds: int, offset: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The number of each tally's value in each world, and whether there is one: nothing has no least or greatest."""
    values = np.full((counted.size, worlds), -offset, dtype=np.int64)
    extreme = counted.function in ("min", "max")
    there = np.full((counted.size, 1), not extreme) if not extreme else np.zeros((counted.size, worlds), dtype=np.bool_)
    if not len(counted.tally):
        return values, there
    ways = _met(counted.premises, len(counted.tuple), counted.absences, rows)
    tuples = np.bitwise_or.reduceat(ways, run_starts(counted.tuple), axis=0)
    starts = run_starts(counted.tally)
    held = np.unpackbits(tuples, axis=1, count=worlds, bitorder="little")
    tallies = counted.tally[starts]
    match counted.function:
        case "count":
            values[tallies] += np.add.reduceat(held, starts, axis=0, dtype=np.int64)
        case "sum":
            weights = np.where(counted.first < 0, counted.first + offset, 0)
            values[tallies] += np.add.reduceat(held * weights[:, None], starts, axis=0)
        case "min":
            least = np.where(held, counted.first[:, None], np.iinfo(np.int64).max)
            values[tallies] = np.minimum.reduceat(least, starts, axis=0)
        case "max":
            most = np.where(held, counted.first[:, None], np.iinfo(np.int64).min)
            values[tallies] = np.maximum.reduceat(most, starts, axis=0)
    if extreme:
        there[tallies] = np.bitwise_or.reduceat(held, starts, axis=0).astype(np.bool_)
    return values, there


def _pieces(size: int, worlds: int) -> Iterator[slice]:
    step = max(1, _TOGETHER // worlds)
    return (slice(start, start + step) for start in range(0, size, step))
