"""Bayes' rule in every world: decibans added up per hypothesis, and shared out as odds over those of a role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from reasoner.assessment.umbrellas import Counts, Kinship, Ties, kinship, refronted, sharing
from reasoner.assessment.weighing import Shift, Weighing, excluded, mean, prior, reweighed, weigh
from reasoner.assessment.weights import RoleStakes, Stake
from reasoner.assessment.worlds import Values, Worlds
from reasoner.stopping import stop_if_unwanted


@dataclass(frozen=True, eq=False)
class Posterior:
    """The hypotheses of one role in every world, in the order of ``role.actors``.

    ``weights`` are the odds that Bayes' rule shares out there, of each hypothesis in every world. ``shared`` is how
    many share each default prior, ``weighings`` what the weights are made of, ``exclusion`` what `excludes` weighs in
    decibans.
    """

    role: RoleStakes
    worlds: Worlds
    related: Kinship
    shared: Mapping[str, int | Counts]
    weighings: tuple[Weighing, ...]
    weights: tuple[Values, ...]
    exclusion: float

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
        return tuple(self.worlds.mean_product(each, self.worth) for each in self.weights)

    def in_worlds(self, actor: str) -> Values:
        """P(hypothesis | world), in every world."""
        return self.weights[self.role.actors.index(actor)] * self.worth

    def total(self, actor: str) -> Values:
        """What a hypothesis weighs in every world, in decibans."""
        return np.asarray(10.0 * np.log10(self.weights[self.role.actors.index(actor)]))

    def outset(self, actor: str) -> tuple[float, float]:
        """What a hypothesis weighs before any factor, in mean decibans: its prior, and what excludes it."""
        stake = self.role.stakes[self.role.actors.index(actor)]
        parts = prior(stake, self.shared.get(actor, 1), self.worlds), excluded(stake, self.worlds, self.exclusion)
        return mean(parts[0], self.worlds), mean(parts[1], self.worlds)

    def default(self, stake: Stake) -> float | Values:
        """Where a hypothesis begins by itself, in decibans: its prior were none stated."""
        return prior(replace(stake, priors=()), self.shared.get(stake.actor, 1), self.worlds)

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
    stop_if_unwanted()
    if like is not None and shift is None:
        return _revised(like, ties, worlds, exclusion)
    related = kinship(ties, role.candidates, worlds)
    shared = sharing(role.candidates, related, worlds)
    weighings = tuple(weigh(stake, shared.get(stake.actor, 1), worlds, exclusion, shift) for stake in role.stakes)
    weights = tuple(weighing.odds(worlds.bits.count) for weighing in weighings)
    return Posterior(role, worlds, related, shared, weighings, weights, exclusion)


def _revised(like: Posterior, ties: Ties, worlds: Worlds, exclusion: float) -> Posterior:
    before, role = like.worlds, like.role
    tied = not before.differing(ties.member_atoms, worlds)
    fronted = not before.differing(ties.front_atoms, worlds)
    related = like.related
    if not tied:
        related = kinship(ties, role.candidates, worlds)
    elif not fronted:
        related = refronted(related, ties, role.candidates, worlds)
    shared = like.shared if tied else sharing(role.candidates, related, worlds)
    moved = before.differing(role.atoms, worlds)
    if tied and fronted and not moved:
        return like
    concerned: dict[int, set[str | None]] = defaultdict(set)
    for place, factor in (slot for atom in moved for slot in role.concerned[atom]):
        concerned[place].add(factor)
    for place, stake in enumerate(() if tied else role.stakes):
        if not _equal(shared.get(stake.actor, 1), like.shared.get(stake.actor, 1)):
            concerned[place].add(None)
    weighings, weights = list(like.weighings), list(like.weights)
    for place, factors in concerned.items():
        stake = role.stakes[place]
        mine = shared.get(stake.actor, 1)
        weighings[place] = reweighed(weighings[place], stake, factors, mine, worlds, exclusion)
        weights[place] = weighings[place].odds(worlds.bits.count)
    return Posterior(role, worlds, related, shared, tuple(weighings), tuple(weights), exclusion)


def _equal(one: int | Counts, other: int | Counts) -> bool:
    return bool(np.array_equal(one, other))
