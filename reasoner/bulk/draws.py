"""How the worlds of many incidents fall: all of each one's few, or the same Latin hypercubes as for a single case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.draws import BLOCKS, NEGLIGIBLE, Raw, mixed, ranks_below
from reasoner.bulk.network import Ids
from reasoner.bulk.propagation import Rows, run_sizes, run_starts

Values: TypeAlias = npt.NDArray[np.float64]

_TOGETHER = 1 << 16
"""How many raw numbers are worked on at a time: they stay near the processor."""


@dataclass(frozen=True, eq=False)
class Draws:
    """The random choices of some incidents, a row a value; rows of one draw stand together, in order of their values.

    ``case`` is the place of the incident, ``draw`` numbers the draws and ascends, as does ``case``. ``atom`` is
    the fact that is drawn, ``share`` its probability, ``within`` the fact that it refines, or -1.
    """

    case: Ids
    draw: Ids
    atom: Ids
    share: Values
    within: Ids

    def __len__(self) -> int:
        return len(self.draw)

    def only(self, chosen: npt.NDArray[np.bool_]) -> Draws:
        """Some of its rows."""
        return Draws(self.case[chosen], self.draw[chosen], self.atom[chosen], self.share[chosen], self.within[chosen])


@dataclass(frozen=True, eq=False)
class Options:
    """The ways that draws can fall which differ in a value that matters; what cannot happen is left out.

    ``ways`` is their number for each draw, ``option`` the number of each row's value among them, ``rest`` the share of
    "none of them", which is the last option where there is one. ``starts`` is where the rows of each draw begin.
    """

    starts: Ids
    ways: Ids
    rest: Values
    option: Ids


def options(draws: Draws) -> Options:
    """The options of draws of which only the values that matter are given."""
    starts = run_starts(draws.draw)
    counted = draws.share > NEGLIGIBLE
    rest = 1.0 - np.add.reduceat(draws.share, starts) if len(starts) else np.zeros(0)
    before: Ids = np.cumsum(counted) - counted
    option: Ids = before - np.repeat(before[starts], run_sizes(starts, len(draws)))
    values = np.add.reduceat(counted.astype(np.int64), starts) if len(starts) else np.zeros(0, np.int64)
    return Options(starts, values + (rest > NEGLIGIBLE), rest, np.where(counted, option, -1))


def exact_counts(draws: Draws, cases: int) -> Values:
    """How many worlds each incident has, by the values that matter; a float, as it may be beyond all bounds."""
    found = options(draws)
    counts = np.zeros(cases)
    np.add.at(counts, draws.case[found.starts], np.log2(np.maximum(found.ways, 1)))
    return np.asarray(np.round(2.0 ** np.minimum(counts, 1000.0)))


def exact_rows(draws: Draws, cases: int, worlds: int) -> tuple[Rows, Values]:
    """Where each value is drawn, before any gate, shape (values, bytes), and the worlds' weights (cases, worlds).

    Every incident has at most so many worlds; those beyond have no weight.
    """
    found = options(draws)
    case = draws.case[found.starts]
    after, counts = _strides(case, found.ways, cases)
    world = np.arange(worlds)
    fallen = (world // after[:, None]) % found.ways[:, None]
    sizes = run_sizes(found.starts, len(draws))
    of_draw = np.repeat(np.arange(len(found.starts)), sizes)
    rows = np.packbits(fallen[of_draw] == found.option[:, None], axis=1, bitorder="little")
    shares = np.zeros((len(found.starts), max(int(found.ways.max(initial=1)), 1)))
    kept = found.option >= 0
    shares[of_draw[kept], found.option[kept]] = draws.share[kept]
    last = found.rest > NEGLIGIBLE
    shares[last, found.ways[last] - 1] = found.rest[last]
    weights = np.ones((cases, worlds))
    if len(case):
        starts = run_starts(case)
        weights[case[starts]] = np.multiply.reduceat(np.take_along_axis(shares, fallen, axis=1), starts, axis=0)
    weights[world >= counts[:, None]] = 0.0
    return rows, weights / weights.sum(axis=1, keepdims=True)


def _strides(case: Ids, ways: Ids, cases: int) -> tuple[Ids, Ids]:
    """For each draw, how many worlds in a row it falls alike in, and for each incident how many worlds there are."""
    logs = np.log2(ways)
    total = np.bincount(case, weights=logs, minlength=cases)
    upto = np.cumsum(logs)
    base = np.zeros(cases)
    if len(case):
        starts = run_starts(case)
        base[case[starts]] = upto[starts] - logs[starts]
    after = np.round(2.0 ** (total[case] - (upto - base[case]))).astype(np.int64)
    return after, np.round(2.0**total).astype(np.int64)


def sampled_rows(keys: Raw, draws: Draws, worlds: int) -> Rows:
    """Where each value is drawn, before any gate: as `reasoner.assessment.draws.sampled_rows`, for many draws at once.

    ``keys`` has the generator's starting states, shape (draws, 16), a row a draw.
    """
    starts = run_starts(draws.draw)
    sizes = run_sizes(starts, len(draws))
    ends = _ends(draws.share, starts, sizes)
    rows = np.empty((len(draws), worlds // 8), dtype=np.uint8)
    step = max(1, _TOGETHER // (worlds + BLOCKS))
    for first in range(0, len(starts), step):
        some = slice(first, first + step)
        _sample(keys[some], ends, starts[some], sizes[some], rows)
    return rows


def _ends(share: Values, starts: Ids, sizes: Ids) -> Values:
    """For each value, the shares of its draw up to it, added up one after the other."""
    ends = share.copy()
    for place in range(1, int(sizes.max(initial=1))):
        here = starts[sizes > place] + place
        ends[here] += ends[here - 1]
    return ends


def _sample(keys: Raw, ends: Values, starts: Ids, sizes: Ids, rows: Rows) -> None:
    """Enter the rows of the values of some draws, which begin and are as many as it says."""
    size = 8 * rows.shape[1] // BLOCKS
    raw = mixed(keys, size + 1)
    numbers, offset = raw[..., :size], raw[..., size] / 2.0**64
    ordered = np.sort(numbers, axis=-1)
    below = np.zeros(numbers.shape, dtype=np.bool_)
    for place in range(int(sizes.max(initial=0))):
        having = np.flatnonzero(sizes > place)
        counts = ranks_below(ends[starts[having] + place, None], offset[having], size)
        limits = np.take_along_axis(ordered[having], np.minimum(counts, size - 1)[..., None], axis=-1)
        until = (numbers[having] < limits) | (counts == size)[..., None]
        held = until & ~below[having]
        rows[starts[having] + place] = np.packbits(held.reshape(len(having), -1), axis=1, bitorder="little")
        below[having] = until
