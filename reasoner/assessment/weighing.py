"""What one hypothesis weighs in every world: decibans added up, the strongest line of each factor on either side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from math import log
from operator import itemgetter
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Flags, Row
from reasoner.assessment.weights import Head, Stake, Stated
from reasoner.assessment.worlds import Values, Worlds

NATS = log(10) / 10
"""Nats in a deciban."""

Decibans: TypeAlias = npt.NDArray[np.int16]
"""Whole decibans, one number a world: their sums are exact, in whatever order they are made."""

_FURTHEST = 1_500
"""Decibans beyond which a sum of factors counts as so many: odds with 150 zeros."""

_ODDS: Values = np.exp(np.arange(-_FURTHEST, _FURTHEST + 1) * NATS)


class Shift(Protocol):
    """What strength a line has once strengths have moved."""

    def __call__(self, actor: str, side: Head, strength: float) -> float:
        """The strength in decibans: whole, and 0 or more."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """One hypothesis in every world, in decibans: each part a number where all worlds agree, else a vector.

    ``prior`` is what a rule states, or else the default with what sharing takes off it; ``nets`` are by factor.
    ``start`` are the odds that prior and exclusion come to.
    """

    prior: float | Values
    nets: Mapping[str, int | Decibans]
    exclusion: float | Values
    start: float | Values

    def odds(self, worlds: int) -> Values:
        """All of it together, as what Bayes' rule shares out, one number a world."""
        total = np.full(worlds, _FURTHEST, dtype=np.int16)
        for net in self.nets.values():
            total += net
        if np.ndim(self.start) == 0:
            return np.asarray(np.take(_ODDS * self.start, total, mode="clip"))
        odds: Values = np.take(_ODDS, total, mode="clip")
        odds *= self.start
        return odds


def _odds(decibans: float | Values) -> float | Values:
    """As odds: 10 to the power of a tenth."""
    return 10 ** (decibans / 10) if isinstance(decibans, float) else np.exp(np.multiply(decibans, NATS))


def weigh(
    stake: Stake, shared: float | Values, worlds: Worlds, exclusion: float, shift: Shift | None = None
) -> Weighing:
    """What one hypothesis weighs in every world; ``shared`` is what sharing takes off its default prior."""
    nets = {factor: net(stake, factor, worlds, shift) for factor in stake.factors}
    return replace(started(stake, shared, worlds, exclusion), nets=nets)


def started(stake: Stake, shared: float | Values, worlds: Worlds, exclusion: float) -> Weighing:
    """What one hypothesis weighs before any factor."""
    prior, excluded = _prior(stake, shared, worlds), _excluded(stake, worlds, exclusion)
    return Weighing(prior, {}, excluded, _odds(prior) * _odds(excluded))


def reweighed(
    before: Weighing,
    stake: Stake,
    factors: Collection[str | None],
    shared: float | Values,
    worlds: Worlds,
    exclusion: float,
) -> Weighing:
    """What a hypothesis weighs where that is otherwise in some factors; None stands for prior and exclusions."""
    nets = {factor: net(stake, factor, worlds) if factor in factors else known for factor, known in before.nets.items()}
    return replace(started(stake, shared, worlds, exclusion) if None in factors else before, nets=nets)


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


def _prior(stake: Stake, shared: float | Values, worlds: Worlds) -> float | Values:
    """The highest prior that is stated, or where none is the default with what sharing takes off it."""
    default = stake.default + shared
    stated = list(_rows(stake.priors, worlds))
    if not stated:
        return default
    if stated[-1][1] is worlds.bits.full:
        return stated[-1][0]
    highest = np.zeros(worlds.bits.count, dtype=np.uint8)  # which of those stated, counted from 1
    for number, (_, row) in enumerate(stated, 1):
        held = worlds.bits.unpack(row)
        held *= number
        np.maximum(highest, held, out=highest)
    alone = float(default) if np.ndim(default) == 0 else 0.0
    prior: Values = np.array([alone, *(strength for strength, _ in stated)]).take(highest)
    return prior if np.ndim(default) == 0 else prior + default * (highest == 0)


def _excluded(stake: Stake, worlds: Worlds, exclusion: float) -> float | Values:
    row = worlds.bits.any_of(worlds.row(atom) for atom in stake.excludes)
    if row is worlds.bits.empty:
        return 0.0
    return np.multiply(worlds.bits.unpack(row), exclusion, dtype=np.float64)


def mean(part: float | Values | Decibans, worlds: Worlds) -> float:
    """The mean of a part of a weighing over the worlds, in decibans."""
    return float(part) if np.ndim(part) == 0 else float(worlds.mean(np.asarray(part, dtype=np.float64)))
