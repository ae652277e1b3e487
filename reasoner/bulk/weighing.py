"""Bayes' rule in every world, for the hypotheses of many incidents at once.

The same as `reasoner.assessment.posterior`: the strongest line of a factor on either side, factors added up in whole
decibans, odds shared out over the hypotheses of a role. Hypotheses are worked on so many at a time that their worlds
stay near the processor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reasoner.assessment.weighing import FURTHEST, ODDS
from reasoner.assessment.worlds import sampling_error
from reasoner.bulk.draws import Values
from reasoner.bulk.network import Ids
from reasoner.bulk.propagation import Rows, folded, ranges, run_starts
from reasoner.bulk.stakes import SUPPORTS, Lines, Stakes

_TOGETHER = 1 << 18
"""How many odds, one a hypothesis and world, are worked on at a time."""


@dataclass(frozen=True, eq=False)
class Sharing:
    """Where default priors are shared: a hypothesis, and by how many in each world, itself included."""

    hypothesis: Ids
    number: npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Counting:
    """Hypotheses that count in a company, and in which worlds each does, a row of bits each. Sorted by hypothesis."""

    hypothesis: Ids
    rows: Rows


@dataclass(frozen=True, eq=False)
class Weighed:
    """The probability of each hypothesis, its standard error, and that of being it and counting, for each asked."""

    probability: Values
    error: Values
    counting: Values


def weighed(
    stakes: Stakes,
    contests: Ids,
    rows: Rows,
    weights: Values | None,
    sharing: Sharing,
    counting: Counting,
    exclusion: float,
    worlds: int,
) -> Weighed:
    """The hypotheses of some contests (ascending) in their worlds.

    ``rows`` tell where atoms hold; ``weights`` are those of the worlds of each contest's incident, a row a contest, or
    None where all count alike. ``sharing`` and ``counting`` speak of hypotheses by their place in the field, as the
    answers do, which leave all others at 0.
    """
    field = stakes.field
    found = Weighed(np.zeros(len(field)), np.zeros(len(field)), np.zeros(len(counting.hypothesis)))
    ends = np.append(field.starts, len(field))
    for some in _pieces(ends[contests + 1] - ends[contests], worlds):
        these = contests[some]
        sizes = ends[these + 1] - ends[these]
        hypotheses = ranges(ends[these], sizes)
        odds = _odds(stakes, hypotheses, rows, sharing, exclusion, worlds)
        starts = np.cumsum(sizes) - sizes
        worth = 1.0 / np.add.reduceat(odds, starts, axis=0)
        if weights is not None:
            worth *= weights[some]
        of_contest = np.repeat(np.arange(len(these)), sizes)
        odds *= worth[of_contest]
        scale = 1.0 if weights is not None else 1.0 / worlds
        found.probability[hypotheses] = odds.sum(axis=1) * scale
        if weights is None:
            found.error[hypotheses] = sampling_error(odds)
        first, last = np.searchsorted(counting.hypothesis, [hypotheses[0], hypotheses[-1] + 1])
        for piece in range(first, last, len(odds)):
            asked = slice(piece, min(last, piece + len(odds)))
            place = np.searchsorted(hypotheses, counting.hypothesis[asked])
            held = np.unpackbits(counting.rows[asked], axis=1, count=worlds, bitorder="little")
            known = hypotheses[np.minimum(place, len(hypotheses) - 1)] == counting.hypothesis[asked]
            chances = odds[np.where(known, place, 0)]
            found.counting[asked] = np.where(known, np.einsum("hw,hw->h", chances, held) * scale, found.counting[asked])
    return found


def _pieces(sizes: Ids, worlds: int) -> Iterator[slice]:
    """Parts of a row of contests with so many hypotheses that their odds fit together."""
    upto = np.cumsum(sizes) * worlds
    start = 0
    while start < len(sizes):
        before = upto[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(upto, before + _TOGETHER, side="right")))
        yield slice(start, end)
        start = end


def _odds(stakes: Stakes, hypotheses: Ids, rows: Rows, sharing: Sharing, exclusion: float, worlds: int) -> Values:
    """What each hypothesis weighs in each world, as odds."""
    total = _totals(stakes.lines, hypotheses, rows, worlds)
    total += FURTHEST
    odds = ODDS[np.clip(total, 0, 2 * FURTHEST, out=total)]
    odds *= _starts(stakes, hypotheses, rows, sharing, worlds)
    lines, of, place = _among(stakes.excludes, hypotheses)
    if len(of):
        starts = run_starts(of)
        barred = folded(np.bitwise_or, rows[lines.atom[place]], starts, np.uint8)
        held = np.unpackbits(barred, axis=1, count=worlds, bitorder="little")
        odds[of[starts]] *= np.where(held, 10 ** (exclusion / 10), 1.0)
    return odds


def _totals(lines: Lines, hypotheses: Ids, rows: Rows, worlds: int) -> npt.NDArray[np.int16]:
    """The factors' nets added up, in decibans."""
    total = np.zeros((len(hypotheses), worlds), dtype=np.int16)
    lines, of, place = _among(lines, hypotheses)
    if not len(of):
        return total
    held = np.unpackbits(rows[lines.atom[place]], axis=1, count=worlds, bitorder="little")
    held *= lines.strength[place, None].astype(np.uint8)
    slot = lines.slot[place]
    starts = run_starts((of << 16) + slot)
    strongest = (held if len(starts) == len(held) else folded(np.maximum, held, starts, np.uint8)).view(np.int8)
    strongest *= np.where(slot[starts] % 2 == SUPPORTS, 1, -1).astype(np.int8)[:, None]
    whose = of[starts]
    runs = run_starts(whose)
    total[whose[runs]] = folded(np.add, strongest, runs, np.int16)
    return total


def _among(lines: Lines, hypotheses: Ids) -> tuple[Lines, Ids, Ids]:
    """The lines of some hypotheses (ascending): whose each is, by its place among them, and where it stands."""
    first, last = np.searchsorted(lines.hypothesis, [hypotheses[0], hypotheses[-1] + 1])
    place = np.arange(first, last)
    of = np.searchsorted(hypotheses, lines.hypothesis[place])
    known = hypotheses[np.minimum(of, len(hypotheses) - 1)] == lines.hypothesis[place]
    return lines, of[known], place[known]


def _starts(stakes: Stakes, hypotheses: Ids, rows: Rows, sharing: Sharing, worlds: int) -> Values:
    """The odds of each hypothesis before any line: its default prior, shared, or the highest that is stated."""
    default = stakes.field.default[hypotheses, None]
    first, last = np.searchsorted(sharing.hypothesis, [hypotheses[0], hypotheses[-1] + 1])
    lines, of, place = _among(stakes.priors, hypotheses)
    if first == last and not len(of):
        return np.asarray(10 ** (default / 10))
    prior = np.repeat(default, worlds, axis=1)
    where = np.searchsorted(hypotheses, sharing.hypothesis[first:last])
    known = hypotheses[np.minimum(where, len(hypotheses) - 1)] == sharing.hypothesis[first:last]
    prior[where[known]] -= 10 * np.log10(sharing.number[first:last][known].astype(np.float64))
    if len(of):
        held = np.unpackbits(rows[lines.atom[place]], axis=1, count=worlds, bitorder="little")
        stated = np.where(held, lines.strength[place, None].astype(np.float64), -np.inf)
        starts = run_starts(of)
        highest = np.maximum.reduceat(stated, starts, axis=0)
        prior[of[starts]] = np.where(highest > -np.inf, highest, prior[of[starts]])
    return np.asarray(10 ** (prior / 10))
