"""Two hypotheses of one role set against each other: who counts with each, and how far one is ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reasoner.assessment.decibans import ratio
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.weighing import mean
from reasoner.assessment.weights import Stake


@dataclass(frozen=True, slots=True)
class Contender:
    """A hypothesis or umbrella in a comparison.

    ``told`` is the hypothesis whose lines speak for it: itself, or the likeliest member of an umbrella that is no
    hypothesis. ``alone``: an umbrella without its members, because it is compared with one of them.
    """

    actor: str
    told: str
    alone: bool = False

    def chance(self, outlook: Outlook) -> float:
        """Its probability, with its members unless it stands alone."""
        return outlook.actors[self.told] if self.alone else outlook.rows[self.actor]

    def party(self, outlook: Outlook) -> tuple[str, ...]:
        """The hypotheses that count with it in some world, in order."""
        return (self.told,) if self.alone else tuple(sorted(outlook.party(self.actor)))


@dataclass(frozen=True, slots=True)
class Makeup:
    """What a contender's weight is made of, in mean decibans.

    ``prior`` with what a shared prior takes off, ``nets`` by factor, ``exclusion``, and ``members``: what those who
    count with it add to the weight of the one whose lines are told.
    """

    prior: float
    nets: Mapping[str, float]
    exclusion: float
    members: float

    @property
    def total(self) -> float:
        """All of it together."""
        return self.prior + sum(self.nets.values()) + self.exclusion + self.members


def contenders(outlook: Outlook, first: str, second: str) -> tuple[Contender, Contender] | None:
    """The two set against each other; None where one is but a part of the other and nothing of that is left.

    An umbrella is compared with a member of its own as "a member not named", where it is a hypothesis itself.
    """
    over = outlook.posterior.related.over
    found = []
    for actor, rival in ((first, second), (second, first)):
        alone = actor in over.get(rival, ())
        if alone and actor not in outlook.actors:
            return None
        found.append(Contender(actor, _told(outlook, actor), alone))
    return found[0], found[1]


def _told(outlook: Outlook, actor: str) -> str:
    if actor in outlook.actors:
        return actor
    members = outlook.posterior.related.beneath[actor]
    return min(members, key=lambda member: (-outlook.actors[member], member))


def lead(outlook: Outlook, first: Contender, second: Contender) -> float:
    """How far the first is ahead of the second: ten times the logarithm of the ratio of their probabilities."""
    return ratio(first.chance(outlook), second.chance(outlook))


def stake_of(outlook: Outlook, actor: str) -> Stake:
    """What is said of a hypothesis."""
    role = outlook.posterior.role
    return role.stakes[role.actors.index(actor)]


def makeup(outlook: Outlook, contender: Contender) -> Makeup:
    """What a contender's weight is made of."""
    there = outlook.posterior
    worlds = there.worlds
    parts = there.weighings[there.role.actors.index(contender.told)]
    prior, excludes = there.outset(contender.told)
    return Makeup(
        prior,
        {factor: mean(net, worlds) for factor, net in parts.nets.items()},
        excludes,
        0.0 if contender.alone else _company(outlook, contender),
    )


def _company(outlook: Outlook, contender: Contender) -> float:
    """What those who count with it add to the one whose lines are told."""
    if set(outlook.party(contender.actor)) == {contender.told}:
        return 0.0
    return outlook.weight(contender.actor, True) - outlook.weight(contender.told)
