"""Bayes' rule in every world: decibans added up per hypothesis, and shared out as odds over those of a role."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from math import log
from operator import itemgetter
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Flags, Row
from reasoner.assessment.umbrellas import Kinship, Ties, discounts, kinship, refronted
from reasoner.assessment.weights import Head, RoleStakes, Stake, Stated
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
    """

    prior: float | Values
    nets: Mapping[str, int | Decibans]
    exclusion: float | Values

    def odds(self, worlds: int) -> Values:
        """All of it together, as what Bayes' rule shares out: 10 to the power of a tenth, one number a world."""
        total = np.full(worlds, _FURTHEST, dtype=np.int16)
        for net in self.nets.values():
            total += net
        first: float | Values = np.exp(np.multiply(self.prior, NATS))
        table = _ODDS * first if np.ndim(first) == 0 else _ODDS
        odds: Values = np.take(table, total, mode="clip")
        for part in (self.prior, self.exclusion):
            if np.ndim(part):
                odds *= np.exp(np.multiply(part, NATS))
        return odds


@dataclass(frozen=True, eq=False)
class Posterior:
    """The hypotheses of one role in every world, in the order of ``role.actors``.

    ``weights`` are the odds that Bayes' rule shares out there, of each hypothesis in every world. ``shared`` is what
    sharing takes off the default priors, ``weighings`` what the weights are made of.
    """

    role: RoleStakes
    worlds: Worlds
    related: Kinship
    shared: Mapping[str, float | Values]
    weighings: tuple[Weighing, ...]
    weights: tuple[Values, ...]

    @cached_property
    def worth(self) -> Values:
        """What a weight of 1 is in probability, in every world."""
        together = self.weights[0].copy()
        for weight in self.weights[1:]:
            together += weight
        return np.divide(1.0, together, out=together)

    @cached_property
    def chances(self) -> Values:
        """P(hypothesis | world), of shape (hypotheses, worlds)."""
        return np.array(self.weights) * self.worth

    @cached_property
    def probabilities(self) -> tuple[float, ...]:
        """P(hypothesis), the mean over the worlds."""
        there = np.empty_like(self.worth)
        return tuple(float(self.worlds.mean(np.multiply(each, self.worth, out=there))) for each in self.weights)

    def in_worlds(self, actor: str) -> Values:
        """P(hypothesis | world), in every world."""
        return self.weights[self.role.actors.index(actor)] * self.worth

    def total(self, actor: str) -> Values:
        """What a hypothesis weighs in every world, in decibans."""
        return np.asarray(10.0 * np.log10(self.weights[self.role.actors.index(actor)]))

    def raised(self, party: Collection[str], decibans: float) -> Posterior:
        """The same, had everyone of a party a line of so many decibans more, in every world."""
        factor = 10 ** (decibans / 10)
        pairs = zip(self.role.actors, self.weights, strict=True)
        return replace(self, weights=tuple(weight * factor if actor in party else weight for actor, weight in pairs))


def posterior(
    role: RoleStakes,
    ties: Ties,
    worlds: Worlds,
    exclusion: float,
    shift: Shift | None = None,
    like: Posterior | None = None,
) -> Posterior:
    """Bayes' rule in every world for one role; ``exclusion`` is what `excludes` weighs, in decibans.

    ``like`` is the role in other worlds of the same number and weights, by the strengths as they are: what nothing
    changed about is not weighed anew, and where nothing changed at all it is the answer.
    """
    if like is not None and shift is None:
        return _revised(like, ties, worlds, exclusion)
    related = kinship(ties, role.candidates, worlds)
    shared = discounts(role.candidates, related, worlds)
    weighings = tuple(weigh(stake, shared.get(stake.actor, 0.0), worlds, exclusion, shift) for stake in role.stakes)
    weights = tuple(weighing.odds(worlds.bits.count) for weighing in weighings)
    return Posterior(role, worlds, related, shared, weighings, weights)


def _revised(like: Posterior, ties: Ties, worlds: Worlds, exclusion: float) -> Posterior:
    before, role = like.worlds, like.role
    tied = not before.differing((atom for _, _, atom in ties.memberships), worlds)
    fronted = not before.differing((atom for _, _, atom in ties.fronts), worlds)
    related = like.related
    if not tied:
        related = kinship(ties, role.candidates, worlds)
    elif not fronted:
        related = refronted(related, ties, role.candidates, worlds)
    shared = like.shared if tied else discounts(role.candidates, related, worlds)
    moved = before.differing(role.atoms, worlds)
    if tied and fronted and not moved:
        return like
    weighings, weights = list(like.weighings), list(like.weights)
    for number, stake in enumerate(role.stakes):
        mine = shared.get(stake.actor, 0.0)
        alike = tied or _equal(mine, like.shared.get(stake.actor, 0.0))
        stayed = moved.isdisjoint(role.atoms_each[number])
        if stayed and not alike:
            weighings[number] = replace(weighings[number], prior=_prior(stake, mine, worlds))
        elif not stayed:
            weighings[number] = _reweighed(weighings[number], stake, alike, mine, moved, worlds, exclusion)
        if not (alike and stayed):
            weights[number] = weighings[number].odds(worlds.bits.count)
    return Posterior(role, worlds, related, shared, tuple(weighings), tuple(weights))


def _reweighed(
    before: Weighing,
    stake: Stake,
    alike: bool,
    shared: float | Values,
    moved: frozenset[int],
    worlds: Worlds,
    exclusion: float,
) -> Weighing:
    """What a hypothesis weighs once some atoms have moved; ``alike``: what is ``shared`` hasn't."""
    nets = {
        factor: net if moved.isdisjoint(stake.stating(factor)) else _net(stake, factor, worlds)
        for factor, net in before.nets.items()
    }
    prior, excluded = before.prior, before.exclusion
    if not alike or not moved.isdisjoint(atom for _, atom in stake.priors):
        prior = _prior(stake, shared, worlds)
    if not moved.isdisjoint(stake.excludes):
        excluded = _excluded(stake, worlds, exclusion)
    return Weighing(prior, nets, excluded)


def _equal(one: float | Values, other: float | Values) -> bool:
    return bool(np.array_equal(one, other))


def weigh(
    stake: Stake, shared: float | Values, worlds: Worlds, exclusion: float, shift: Shift | None = None
) -> Weighing:
    """What one hypothesis weighs in every world; ``shared`` is what sharing takes off its default prior."""
    nets = {factor: _net(stake, factor, worlds, shift) for factor in stake.factors}
    return Weighing(_prior(stake, shared, worlds), nets, _excluded(stake, worlds, exclusion))


def _net(stake: Stake, factor: str, worlds: Worlds, shift: Shift | None = None) -> int | Decibans:
    """The strongest support less the strongest opposition."""

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


def _rows(lines: Stated, worlds: Worlds) -> Iterator[tuple[float, Row]]:
    """Each strength that a line has in some world, ascending, with where one of them has it."""
    for strength, group in groupby(lines, key=itemgetter(0)):
        row = worlds.bits.any_of(worlds.row(atom) for _, atom in group)
        if row is not worlds.bits.empty:
            yield strength, row


def _prior(stake: Stake, shared: float | Values, worlds: Worlds) -> float | Values:
    """The highest prior that is stated, or where none is the default with what sharing takes off it."""
    prior: float | Values = stake.default + shared
    for strength, row in _rows(stake.priors, worlds):
        everywhere = row is worlds.bits.full
        prior = strength if everywhere else np.where(worlds.bits.unpack(row), strength, prior)
    return prior


def _excluded(stake: Stake, worlds: Worlds, exclusion: float) -> float | Values:
    row = worlds.bits.any_of(worlds.row(atom) for atom in stake.excludes)
    if row is worlds.bits.empty:
        return 0.0
    return np.multiply(worlds.bits.unpack(row), exclusion, dtype=np.float64)


def mean(part: float | Values | Decibans, worlds: Worlds) -> float:
    """The mean of a part of a weighing over the worlds, in decibans."""
    return float(part) if np.ndim(part) == 0 else float(worlds.mean(np.asarray(part, dtype=np.float64)))
