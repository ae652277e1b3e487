"""Bayes' rule in every world: decibans added up per hypothesis, and weights that are shares of those of the role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import Protocol

import numpy as np

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


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """One hypothesis in every world, in decibans: each part a number where all worlds agree, else a vector."""

    prior: float | Values
    nets: Mapping[str, float | Values]
    exclusion: float | Values

    def total(self) -> float | Values:
        """All of it together; factors are added in order of their ids."""
        total = self.prior
        for part in (*self.nets.values(), self.exclusion):
            total = total + part
        return total


@dataclass(frozen=True, eq=False)
class Posterior:
    """The hypotheses of one role in every world, in the order of ``role.actors``.

    ``totals`` are decibans, each a number where all worlds agree; ``weights`` what Bayes' rule makes of them, over
    what the strongest hypothesis of some worlds weighs there (``top``, in decibans). ``shared`` is what sharing a prior
    takes off, ``weighings`` what each total is made of, ``worth`` what a weight of 1 is in probability.
    """

    role: RoleStakes
    worlds: Worlds
    related: Kinship
    shared: Mapping[str, float | Values]
    weighings: tuple[Weighing, ...]
    totals: tuple[float | Values, ...]
    weights: tuple[Values, ...]
    top: Values
    worth: Values

    @cached_property
    def chances(self) -> Values:
        """P(hypothesis | world), of shape (hypotheses, worlds)."""
        return np.array(self.weights) * self.worth

    @cached_property
    def probabilities(self) -> tuple[float, ...]:
        """P(hypothesis), the mean over the worlds."""
        return tuple(float(self.worlds.mean(weights * self.worth)) for weights in self.weights)

    def in_worlds(self, actor: str) -> Values:
        """P(hypothesis | world), in every world."""
        return self.weights[self.role.actors.index(actor)] * self.worth

    def raised(self, party: Collection[str], decibans: float) -> Posterior:
        """The same, had everyone of a party a line of so many decibans more, in every world."""
        factor = 10 ** (decibans / 10)
        inside = [actor in party for actor in self.role.actors]
        totals = tuple(total + decibans * more for total, more in zip(self.totals, inside, strict=True))
        weights = tuple(w * factor if more else w for w, more in zip(self.weights, inside, strict=True))
        return replace(self, totals=totals, weights=weights, worth=1.0 / _together(weights))


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
    totals = tuple(weighing.total() for weighing in weighings)
    top = np.full(worlds.bits.count, -np.inf)
    for total in totals:
        np.maximum(top, total, out=top)
    weights = tuple(_weight(total, top) for total in totals)
    return Posterior(role, worlds, related, shared, weighings, totals, weights, top, 1.0 / _together(weights))


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
    totals, weights = list(like.totals), list(like.weights)
    for number in changed:
        totals[number] = weighings[number].total()
        weights[number] = _weight(totals[number], like.top)
    together = _together(weights)
    if not _FAINTEST < together.min() <= together.max() < 1 / _FAINTEST:
        return _by_bayes(role, worlds, related, shared, weighings)
    return Posterior(role, worlds, related, shared, weighings, tuple(totals), tuple(weights), like.top, 1.0 / together)


def _unchanged(atoms: Iterable[int], before: Worlds, after: Worlds) -> bool:
    return all(before.row(atom) is after.row(atom) for atom in atoms)


def _weight(total: float | Values, top: Values) -> Values:
    weight = total - top
    weight *= NATS
    return np.exp(weight, out=weight)


def _together(weights: Sequence[Values]) -> Values:
    together = weights[0].copy()
    for weight in weights[1:]:
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


def _net(stake: Stake, factor: str, worlds: Worlds, shift: Shift | None = None) -> float | Values:
    """The strongest support of a factor less its strongest opposition."""
    supports, opposes = stake.supports.get(factor, ()), stake.opposes.get(factor, ())
    return strongest(_moved(supports, stake.actor, "supports", shift), worlds, 0.0) - strongest(
        _moved(opposes, stake.actor, "opposes", shift), worlds, 0.0
    )


def _excluded(stake: Stake, worlds: Worlds, exclusion: float) -> float | Values:
    row = worlds.bits.any_of(map(worlds.row, stake.excludes))
    if row is worlds.bits.empty:
        return 0.0
    return exclusion * worlds.bits.unpack(row).astype(np.float64)


def _moved(lines: Stated, actor: str, side: Head, shift: Shift | None) -> Stated:
    if shift is None:
        return lines
    return tuple(sorted((shift(actor, side, strength), atom) for strength, atom in lines))


def strongest(lines: Stated, worlds: Worlds, otherwise: float | Values) -> float | Values:
    """The greatest strength whose atom holds, in every world; ``otherwise`` where none does.

    ``lines`` are ascending. Worlds carry the rank of their strongest line as a byte until the end, which is far
    cheaper than carrying decibans.
    """
    bits = worlds.bits
    table: list[float] = [0.0]
    ranks: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None = None
    sure = False
    for strength, atom in lines:
        row = worlds.row(atom)
        if row is bits.empty:
            continue
        if row is bits.full:
            table, ranks, sure = [strength], None, True
            continue
        if strength == table[-1] and sure and ranks is None:
            continue
        if ranks is None or strength != table[-1]:
            table.append(strength)
        held = bits.unpack(row)
        held *= len(table) - 1
        ranks = held if ranks is None else np.maximum(ranks, held)
    if ranks is None:
        return table[0] if sure else otherwise
    if len(table) == 2 and table[0] == 0.0 and not np.ndim(otherwise) and otherwise == 0.0:
        return np.multiply(ranks, table[1], dtype=np.float64)
    values = np.take(np.array(table, dtype=np.float64), ranks)
    return values if sure else np.where(ranks == 0, otherwise, values)
