"""What one hypothesis weighs in every world: decibans added up, the strongest line of each factor on either side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log, log10
from operator import itemgetter
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Flags, Row
from reasoner.assessment.umbrellas import Counts, larger
from reasoner.assessment.weights import Head, Stake, Stated
from reasoner.assessment.worlds import Values, Worlds

NATS = log(10) / 10
"""Nats in a deciban."""

Decibans: TypeAlias = npt.NDArray[np.int16]
"""Whole decibans, one number a world: their sums are exact, in whatever order they are made."""

FURTHEST = 1_500
"""Decibans beyond which a sum of factors counts as so many: odds with 150 zeros."""

ODDS: Values = np.exp(np.arange(-FURTHEST, FURTHEST + 1) * NATS)
"""The odds of whole decibans, from the furthest below nought on."""


class Shift(Protocol):
    """What strength a line has once strengths have moved."""

    def __call__(self, actor: str, side: Head, strength: float) -> float:
        """The strength in decibans: whole, and 0 or more."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """One hypothesis in every world: a number where all worlds agree, else a vector.

    ``nets`` are decibans by factor, ``start`` the odds that prior and exclusion come to.
    """

    nets: Mapping[str, int | Decibans]
    start: float | Values

    def odds(self, worlds: int) -> Values:
        """All of it together, as what Bayes' rule shares out, one number a world."""
        total = np.full(worlds, FURTHEST, dtype=np.int16)
        for net in self.nets.values():
            total += net
        if np.ndim(self.start) == 0:
            return np.asarray(np.take(ODDS * self.start, total, mode="clip"))
        odds: Values = np.take(ODDS, total, mode="clip")
        odds *= self.start
        return odds


def weigh(
    stake: Stake, sharing: int | Counts, worlds: Worlds, exclusion: float, shift: Shift | None = None
) -> Weighing:
    """What one hypothesis weighs in every world; ``sharing`` is how many share its default prior, itself included."""
    nets = {factor: net(stake, factor, worlds, shift) for factor in stake.factors}
    return Weighing(nets, started(stake, sharing, worlds, exclusion))


def started(stake: Stake, sharing: int | Counts, worlds: Worlds, exclusion: float) -> float | Values:
    """The odds of one hypothesis before any factor."""
    place, priors = _priors(stake, sharing, worlds)
    odds, barred = [10 ** (prior / 10) for prior in priors], 10 ** (exclusion / 10)
    row = _excluding(stake, worlds)
    if row is not worlds.bits.empty:
        odds += [each * barred for each in odds]
        place = place + (len(priors) if row is worlds.bits.full else worlds.bits.unpack(row) * np.int16(len(priors)))
    return _looked_up(odds, place)


def reweighed(
    before: Weighing,
    stake: Stake,
    factors: Collection[str | None],
    sharing: int | Counts,
    worlds: Worlds,
    exclusion: float,
) -> Weighing:
    """What a hypothesis weighs where that is otherwise in some factors; None stands for prior and exclusions."""
    nets = {factor: net(stake, factor, worlds) if factor in factors else known for factor, known in before.nets.items()}
    return Weighing(nets, started(stake, sharing, worlds, exclusion) if None in factors else before.start)


def net(stake: Stake, factor: str, worlds: Worlds, shift: Shift | None = None) -> int | Decibans:
    """What one factor comes to in every world: the strongest support less the strongest opposition."""

    def strongest(side: Head, lines: Stated) -> int | Flags:
        if shift is not None:
            lines = tuple(sorted((shift(stake.actor, side, strength), atom) for strength, atom in lines))
        found: int | Flags = 0
        for strength, row in _rows(lines, worlds):
            if row is worlds.bits.full:
                found = round(strength)
            else:
                held = worlds.bits.unpack(row)
                held *= round(strength)
                found = np.maximum(found, held, out=held)
        return found

    supports = strongest("supports", stake.supports.get(factor, ()))
    opposes = strongest("opposes", stake.opposes.get(factor, ()))
    if isinstance(supports, int) and isinstance(opposes, int):
        return supports - opposes
    return np.subtract(supports, opposes, dtype=np.int16)


def _rows(lines: Stated, worlds: Worlds) -> Iterable[tuple[float, Row]]:
    """Each strength that a line has in some world, ascending, with where one of them has it.

    A weaker line leaves nothing where the very same worlds have a stronger one.
    """
    found: dict[int, tuple[float, Row]] = {}
    for strength, group in groupby(lines, key=itemgetter(0)):
        row = worlds.bits.any_of(worlds.row(atom) for _, atom in group)
        if row is not worlds.bits.empty:
            found.pop(id(row), None)
            found[id(row)] = (strength, row)
    return found.values()


def prior(stake: Stake, sharing: int | Counts, worlds: Worlds) -> float | Values:
    """The highest prior that is stated, or where none is the default with what sharing takes off it; in decibans."""
    place, priors = _priors(stake, sharing, worlds)
    return _looked_up(priors, place)


def excluded(stake: Stake, worlds: Worlds, exclusion: float) -> float | Values:
    """What exclusion weighs, in decibans: 0 where nothing excludes the hypothesis."""
    row = _excluding(stake, worlds)
    if row is worlds.bits.empty:
        return 0.0
    return np.multiply(worlds.bits.unpack(row), exclusion, dtype=np.float64)


def _priors(stake: Stake, sharing: int | Counts, worlds: Worlds) -> tuple[int | Counts, list[float]]:
    """Which prior holds in each world, by its place in a list of them: the shared default, then those stated."""
    priors = [stake.default - 10 * log10(number) for number in range(1, int(np.max(sharing)) + 1)]
    place = sharing - 1
    for strength, row in _rows(stake.priors, worlds):
        held: int | Counts = 1 if row is worlds.bits.full else worlds.bits.unpack(row).astype(np.int16)
        place = larger(place, held * len(priors))
        priors.append(strength)
    return place, priors


def _looked_up(values: Sequence[float], place: int | Counts) -> float | Values:
    return values[place] if isinstance(place, int) else np.array(values).take(place)


def _excluding(stake: Stake, worlds: Worlds) -> Row:
    return worlds.bits.any_of(worlds.row(atom) for atom in stake.excludes)


def mean(part: float | Values | Decibans, worlds: Worlds) -> float:
    """The mean of a part of a weighing over the worlds, in decibans."""
    return float(part) if np.ndim(part) == 0 else float(worlds.mean(np.asarray(part, dtype=np.float64)))
