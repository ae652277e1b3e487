"""Bayes' rule in every world: decibans added up per hypothesis, and weights that are shares of those of the role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.umbrellas import Kinship, Ties, discounts, kinship
from reasoner.assessment.weights import Head, RoleStakes, Stake, Stated
from reasoner.assessment.worlds import Values, Worlds

NATS = log(10) / 10
"""Nats in a deciban."""

_FAINTEST = 1e-200
"""Weights that add up to less in some world are worked out over another top, before they vanish."""


class Shift(Protocol):
    """What strength a line has once strengths have moved."""

    def __call__(self, actor: str, side: Head, strength: float) -> float:
        """The strength in decibans, 0 or more."""


Decibans: TypeAlias = float | npt.NDArray[Any]
"""Decibans in every world: a number where all worlds agree, else a vector, of small integers where they are whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """One hypothesis in every world, by its parts."""

    prior: Decibans
    nets: Mapping[str, Decibans]
    exclusion: Decibans

    @property
    def lines(self) -> Decibans:
        """All but the prior."""
        total = self.exclusion
        for net in self.nets.values():
            total = total + net
        return total

    def total(self) -> Decibans:
        """All of it together."""
        return self.prior + self.lines

    def weight(self, top: float) -> float | Values:
        """What Bayes' rule makes of the total: as a multiple of what ``top`` decibans weigh."""
        lines = self.lines
        if np.ndim(self.prior) == 0 and isinstance(lines, np.ndarray) and lines.dtype == np.int16:
            least, most = int(lines.min()), int(lines.max())
            steps = np.exp((np.arange(least, most + 1) + (self.prior - top)) * NATS)
            return np.take(steps, lines - least)
        weight: float | Values = np.exp((self.total() - top) * NATS)
        return weight


@dataclass(frozen=True, eq=False)
class Posterior:
    """The hypotheses of one role in every world, in the order of ``role.actors``.

    ``weights`` are what Bayes' rule makes of their ``weighings``, as multiples of what ``top`` decibans weigh, each a
    number where all worlds agree; ``worth`` is what a weight of 1 is in probability. ``shared`` is what sharing a prior
    takes off it.
    """

    role: RoleStakes
    worlds: Worlds
    related: Kinship
    shared: Mapping[str, float | Values]
    weighings: tuple[Weighing, ...]
    weights: tuple[float | Values, ...]
    top: float
    worth: Values

    @cached_property
    def chances(self) -> Values:
        """P(hypothesis | world), of shape (hypotheses, worlds)."""
        return np.array([weight * self.worth for weight in self.weights])

    @cached_property
    def probabilities(self) -> tuple[float, ...]:
        """P(hypothesis), the mean over the worlds."""
        return tuple(float(self.worlds.mean(weight * self.worth)) for weight in self.weights)

    def in_worlds(self, actor: str) -> Values:
        """P(hypothesis | world), in every world."""
        return self.weights[self.role.actors.index(actor)] * self.worth

    def raised(self, party: Collection[str], decibans: float) -> Posterior:
        """The same, had everyone of a party a line of so many decibans more, in every world."""
        inside = [actor in party for actor in self.role.actors]
        weighings = tuple(
            replace(weighing, prior=weighing.prior + decibans) if more else weighing
            for weighing, more in zip(self.weighings, inside, strict=True)
        )
        weights = tuple(
            weight * 10 ** (decibans / 10) if more else weight
            for weight, more in zip(self.weights, inside, strict=True)
        )
        return replace(self, weighings=weighings, weights=weights, worth=1.0 / _together(weights, self.worlds))


def posterior(
    role: RoleStakes,
    ties: Ties,
    worlds: Worlds,
    exclusion: float,
    shift: Shift | None = None,
    like: Posterior | None = None,
) -> Posterior:
    """Bayes' rule in every world for one role; ``exclusion`` is what `excludes` weighs, in decibans.

    ``like`` is the role in other worlds of the same number and weights; what nothing changed about is not weighed anew,
    and where nothing changed at all it is the answer.
    """
    if like is None or shift is not None:
        related = kinship(ties, role.candidates, worlds)
        shared = discounts(role.candidates, related, worlds)
        weighings = tuple(weigh(stake, shared.get(stake.actor, 0.0), worlds, exclusion, shift) for stake in role.stakes)
        return _by_bayes(role, worlds, related, shared, weighings)
    return _revised(like, ties, worlds, exclusion)


def _by_bayes(
    role: RoleStakes,
    worlds: Worlds,
    related: Kinship,
    shared: Mapping[str, float | Values],
    weighings: tuple[Weighing, ...],
) -> Posterior:
    top = max(float(np.max(weighing.total())) for weighing in weighings)
    weights = tuple(weighing.weight(top) for weighing in weighings)
    return Posterior(role, worlds, related, shared, weighings, weights, top, 1.0 / _together(weights, worlds))


def _revised(like: Posterior, ties: Ties, worlds: Worlds, exclusion: float) -> Posterior:
    role = like.role
    tied = _unchanged(ties.atoms(), like.worlds, worlds)
    related = like.related if tied else kinship(ties, role.candidates, worlds)
    shared = like.shared if tied else discounts(role.candidates, related, worlds)
    weighings = tuple(
        _reweighed(weighing, stake, shared, like, worlds, exclusion)
        for weighing, stake in zip(like.weighings, role.stakes, strict=True)
    )
    changed = [n for n, weighing in enumerate(weighings) if weighing is not like.weighings[n]]
    if tied and not changed:
        return like
    weights = list(like.weights)
    for number in changed:
        weights[number] = weighings[number].weight(like.top)
    together = _together(weights, worlds)
    if not _FAINTEST < together.min() <= together.max() < 1 / _FAINTEST:
        return _by_bayes(role, worlds, related, shared, weighings)
    return Posterior(role, worlds, related, shared, weighings, tuple(weights), like.top, 1.0 / together)


def _unchanged(atoms: Iterable[int], before: Worlds, after: Worlds) -> bool:
    return all(before.row(atom) is after.row(atom) for atom in atoms)


def _together(weights: Iterable[float | Values], worlds: Worlds) -> Values:
    together = np.zeros(worlds.bits.count)
    for weight in weights:
        together += weight
    return together


def weigh(
    stake: Stake, shared: float | Values, worlds: Worlds, exclusion: float, shift: Shift | None = None
) -> Weighing:
    """What one hypothesis weighs in every world; ``shared`` is what sharing takes off its default prior."""
    return Weighing(
        prior=strongest(stake.priors, worlds, stake.default + shared),
        nets={factor: _net(stake, factor, worlds, shift) for factor in stake.factors},
        exclusion=_excluded(stake, worlds, exclusion),
    )


def _reweighed(
    before: Weighing,
    stake: Stake,
    shared: Mapping[str, float | Values],
    like: Posterior,
    worlds: Worlds,
    exclusion: float,
) -> Weighing:
    """The same, part by part as it was where nothing changed about it; all of it, where nothing did."""

    def same(lines: Iterable[tuple[float, int]]) -> bool:
        return _unchanged((atom for _, atom in lines), like.worlds, worlds)

    mine, before_that = shared.get(stake.actor, 0.0), like.shared.get(stake.actor, 0.0)
    alike = mine is before_that or (np.ndim(mine) == np.ndim(before_that) == 0 and mine == before_that)
    priors_stay = alike and same(stake.priors)
    nets = {
        factor: net
        if same(stake.supports.get(factor, ())) and same(stake.opposes.get(factor, ()))
        else _net(stake, factor, worlds)
        for factor, net in before.nets.items()
    }
    excluded_stays = _unchanged(stake.excludes, like.worlds, worlds)
    if priors_stay and excluded_stays and all(net is before.nets[factor] for factor, net in nets.items()):
        return before
    prior = before.prior if priors_stay else strongest(stake.priors, worlds, stake.default + mine)
    return Weighing(prior, nets, before.exclusion if excluded_stays else _excluded(stake, worlds, exclusion))


def _net(stake: Stake, factor: str, worlds: Worlds, shift: Shift | None = None) -> Decibans:
    """The strongest support of a factor less its strongest opposition."""
    supports = _greatest(_moved(stake.supports.get(factor, ()), stake.actor, "supports", shift), worlds)
    opposes = _greatest(_moved(stake.opposes.get(factor, ()), stake.actor, "opposes", shift), worlds)
    return _wide(supports) - _wide(opposes)


def _excluded(stake: Stake, worlds: Worlds, exclusion: float) -> Decibans:
    row = worlds.bits.any_of(map(worlds.row, stake.excludes))
    if row is worlds.bits.empty:
        return 0
    return _wide(worlds.bits.unpack(row)) * _whole(exclusion)


def _moved(lines: Stated, actor: str, side: Head, shift: Shift | None) -> Stated:
    if shift is None:
        return lines
    return tuple(sorted((shift(actor, side, strength), atom) for strength, atom in lines))


def _greatest(lines: Stated, worlds: Worlds) -> Decibans:
    """The greatest strength whose atom holds, in every world; 0 where none does. ``lines`` are ascending, from 0."""
    bits = worlds.bits
    sure: float = 0
    found: npt.NDArray[Any] | None = None
    for strength, atom in lines:
        row = worlds.row(atom)
        if row is bits.full:
            sure, found = _whole(strength), None
        elif row is not bits.empty and strength > sure:
            held = bits.unpack(row)
            level = np.multiply(held, int(strength), out=held) if _small(strength) else held * strength
            found = level if found is None else np.maximum(found, level)
    if found is None:
        return sure
    return np.maximum(found, sure) if sure else found


def _small(strength: float) -> bool:
    return strength <= 255 and strength == int(strength)


def _whole(decibans: float) -> float:
    """A whole number as one, so that sums of such remain small integers."""
    return int(decibans) if decibans == int(decibans) else decibans


def _wide(decibans: Decibans) -> Decibans:
    """Bytes as integers that may be negative."""
    if isinstance(decibans, np.ndarray) and decibans.dtype == np.uint8:
        return decibans.astype(np.int16)
    return decibans


def strongest(lines: Stated, worlds: Worlds, otherwise: float | Values) -> Decibans:
    """The greatest strength whose atom holds, in every world; ``otherwise`` where none does. Lines are ascending."""
    bits = worlds.bits
    found: float | Values = otherwise
    for strength, atom in lines:
        row = worlds.row(atom)
        if row is bits.full:
            found = strength
        elif row is not bits.empty:
            found = np.where(bits.unpack(row), strength, found)
    return found
