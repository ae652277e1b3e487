"""A ranking: every hypothesis and umbrella of a role with its probability, and the verdict on them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reasoner.assessment.bits import Row
from reasoner.assessment.judging import Judgement, level_with, settled
from reasoner.assessment.outlook import DIGITS, LEVEL, Outlook, descending
from reasoner.assessment.result import Front, Hypothesis, Standing, Umbrella
from reasoner.evidence.base import Base
from reasoner.language.vocabulary import NOBODY, OTHER, Role


def stability(outlook: Outlook, party: Mapping[str, Row]) -> float:
    """The share of worlds in which a party, taken together, leads every hypothesis outside it.

    A world in which it is level with the k best of them counts for 1 / (k + 1).
    """
    together = outlook.in_worlds(party)
    others = np.array([outlook.chances(actor) for actor in outlook.outside(party)])
    if not len(others):
        return 1.0
    best = others.max(axis=0)
    level = np.where(together > best + LEVEL, 0, (others >= best - LEVEL).sum(axis=0))
    leads = np.where(together >= best - LEVEL, 1.0 / (1 + level), 0.0)
    return float(outlook.posterior.worlds.mean(leads))


def rank(outlook: Outlook, judged: Judgement, base: Base) -> Standing:
    """How the hypotheses of one role stand, as values, most probable first."""
    return Standing(
        role=outlook.posterior.role.role.id,
        verdict=judged.verdict,
        leader=judged.leader,
        leading=judged.subject,
        level=level_with(outlook, judged),
        settled=settled(outlook, judged),
        with_fronts=judged.probability(outlook) if judged.with_fronts else None,
        hypotheses=_hypotheses(outlook, base),
        umbrellas=_umbrellas(outlook, base),
        fronts=tuple(Front(front, owner, p) for (front, owner), p in _descending_pairs(outlook.fronts)),
    )


def _hypotheses(outlook: Outlook, base: Base) -> tuple[Hypothesis, ...]:
    posterior = outlook.posterior
    worlds = posterior.worlds
    spreads = worlds.standard_error(posterior.chances)
    level = posterior.chances >= posterior.chances.max(axis=0) - LEVEL
    leads = worlds.mean(level / level.sum(axis=0))
    rows = {
        actor: Hypothesis(
            actor, label_of(actor, posterior.role.role, base), outlook.actors[actor], float(spread), float(lead)
        )
        for actor, spread, lead in zip(posterior.role.actors, spreads, leads, strict=True)
    }
    return tuple(rows[actor] for actor, _ in descending(outlook.actors))


def _umbrellas(outlook: Outlook, base: Base) -> tuple[Umbrella, ...]:
    related = outlook.posterior.related
    shares = {
        head: [actor for actor, row in members.items() if outlook.posterior.worlds.share(row) > 0]
        for head, members in related.beneath.items()
    }
    return tuple(
        Umbrella(
            actor=umbrella,
            name=base.label(umbrella),
            probability=probability,
            stability=stability(outlook, outlook.party(umbrella)),
            members=tuple(actor for actor, _ in descending({a: outlook.actors[a] for a in shares[umbrella]})),
        )
        for umbrella, probability in descending(outlook.umbrellas)
        if shares[umbrella]
    )


def _descending_pairs(fronts: Mapping[tuple[str, str], float]) -> list[tuple[tuple[str, str], float]]:
    return sorted(fronts.items(), key=lambda row: (-round(row[1], DIGITS), row[0]))


def label_of(actor: str, role: Role, base: Base) -> str:
    """How a list shows a hypothesis: as `name_of`, without an article."""
    return name_of(actor, role, base) if actor in (OTHER, NOBODY) else base.label(actor)


def name_of(actor: str, role: Role, base: Base) -> str:
    """How a hypothesis reads: an actor's display name, or what ``other`` and ``nobody`` mean in this role."""
    if actor == OTHER:
        return "someone not on the list"
    if actor == NOBODY:
        return role.nobody or "nobody"
    return base.name(actor)
