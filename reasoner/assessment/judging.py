"""Who is named, who is in front all the same, and what the worlds at hand cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reasoner.assessment.bits import Row
from reasoner.assessment.outlook import LEVEL, Outlook, descending
from reasoner.assessment.result import Verdict
from reasoner.language.vocabulary import NOBODY, OTHER

NAMED_FROM = 0.55
"""The least probability of a named hypothesis."""

AHEAD = 10**0.3
"""How many times as probable as the next one it must be: 3 dB."""

MARGIN = 2.0
"""How many standard errors of sampled worlds may lie between what they do not tell apart: some 95 % of the time."""

_FARTHEST = 0.1
"""Probabilities farther apart are told apart by any number of worlds."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and who it is about: ``subject`` is the leader, or whoever is leading when nobody is named.

    ``with_fronts`` says that only with its fronts did the leader pass.
    """

    verdict: Verdict
    leader: str | None
    subject: str | None
    with_fronts: bool = False

    def party(self, outlook: Outlook) -> Mapping[str, Row]:
        """The subject with those who count with it; nobody where there is none."""
        if self.subject is None:
            return {}
        return outlook.owning(self.subject) if self.with_fronts else outlook.party(self.subject)

    def probability(self, outlook: Outlook) -> float:
        """The subject's probability in an outlook, perhaps another than it was judged by."""
        if self.subject is None:
            return 0.0
        return outlook.owners[self.subject] if self.with_fronts else outlook.probability(self.subject)

    def kept(self, outlook: Outlook, after: Judgement) -> bool:
        """Whether the lead stays with the subject, or with one of its party; ``outlook`` is the one judged here."""
        return after.subject == self.subject or after.subject in self.party(outlook)

    def lost(self, outlook: Outlook, after: Judgement) -> bool:
        """Whether somebody else leads after it, or nobody is named any more."""
        return not self.kept(outlook, after) or (self.leader is not None and after.leader is None)


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be without something: how probable whoever leads now would be, what would be judged, and all rows."""

    probability: float
    after: Judgement
    rows: Mapping[str, float]


def judge(outlook: Outlook) -> Judgement:
    """Name a leader, or say who is leading."""
    return named(outlook) or Judgement("insufficient evidence", None, _leading(outlook))


def named(outlook: Outlook, margin: float = 0.0) -> Judgement | None:
    """The most specific leader that passes, by a ``margin`` of probability; None where nobody does.

    Single actors come first, then umbrellas (the one with the fewest hypotheses beneath it), then owners with their
    fronts. An actor is measured against every other hypothesis; an umbrella against every hypothesis outside it and
    every umbrella that shares nobody with it; an owner against every hypothesis that is neither it nor of its party.
    """

    def passes(probability: float, others: Iterable[float]) -> bool:
        least = max(NAMED_FROM, AHEAD * (max(others, default=0.0) + margin))
        return probability - margin >= least - LEVEL

    for actor, probability in descending(outlook.actors):
        if actor not in (OTHER, NOBODY) and passes(probability, _others(outlook, {actor})):
            return Judgement("named", actor, actor)
    beneath = outlook.posterior.related.beneath
    for umbrella in sorted(beneath, key=lambda head: (len(beneath[head]), -outlook.umbrellas[head], head)):
        family = {umbrella, *beneath[umbrella]}
        apart = [p for head, p in outlook.umbrellas.items() if family.isdisjoint({head, *beneath[head]})]
        if passes(outlook.umbrellas[umbrella], [*_others(outlook, family), *apart]):
            return Judgement("named", umbrella, umbrella)
    for owner, probability in descending(outlook.owners):
        if passes(probability, _others(outlook, outlook.owning(owner))):
            return Judgement("named", owner, owner, with_fronts=True)
    return None


def settled(outlook: Outlook, judged: Judgement) -> bool:
    """Whether the worlds tell who is named, or that nobody is: whether a sampling error either way leaves it so."""
    worlds, umbrellas = outlook.posterior.worlds, map(outlook.party, outlook.umbrellas)
    if worlds.method == "exact":
        return True
    parts = outlook.posterior.chances, *map(outlook.in_worlds, umbrellas)
    margin = MARGIN * max(float(worlds.standard_error(values).max()) for values in parts)
    found = (named(outlook, margin), named(outlook, -margin))
    return all((each and each.leader) == judged.leader for each in found)


def level_with(outlook: Outlook, judged: Judgement) -> tuple[str, ...]:
    """Who is as probable as somebody in front who is not named, as far as the worlds tell; the most probable first.

    ``other`` and ``nobody`` may be. The party of whoever is in front does not count, nor what it is a member of.
    """
    if judged.leader is not None or judged.subject is None:
        return ()
    there, party = outlook.posterior, outlook.party(judged.subject)
    kin = {judged.subject, *party, *there.related.over.get(judged.subject, ())}
    unlisted = {actor: p for actor, p in outlook.actors.items() if actor in (OTHER, NOBODY)}
    others = {actor: p for actor, p in {**_unspoken(outlook), **unlisted}.items() if actor not in kin}
    chance, chances = judged.probability(outlook), outlook.in_worlds(party)

    def level(actor: str, probability: float) -> bool:
        gap = abs(probability - chance)
        if gap <= LEVEL or gap > _FARTHEST:
            return gap <= LEVEL
        apart = outlook.in_worlds(outlook.party(actor)) - chances
        return gap <= MARGIN * float(there.worlds.standard_error(apart))

    return tuple(actor for actor, probability in descending(others) if level(actor, probability))


def _others(outlook: Outlook, party: Iterable[str]) -> list[float]:
    return [outlook.actors[actor] for actor in outlook.outside(party)]


def _unspoken(outlook: Outlook) -> Mapping[str, float]:
    """Listed actors and umbrellas, without those that an umbrella as probable speaks for."""
    rows = {actor: p for actor, p in outlook.rows.items() if actor not in (OTHER, NOBODY)}
    related = outlook.posterior.related

    def spoken_for(actor: str) -> bool:
        return any(rows.get(over, 0.0) >= rows[actor] - LEVEL for over in related.over.get(actor, ()))

    return {actor: p for actor, p in rows.items() if not spoken_for(actor)} or rows


def _leading(outlook: Outlook) -> str | None:
    """Top among those that nobody speaks for; a member that stands out goes first."""
    related = outlook.posterior.related
    top = next((actor for actor, _ in descending(_unspoken(outlook))), None)
    if top is None or top not in related.beneath:
        return top
    single = {actor: p for actor, p in outlook.actors.items() if actor not in (OTHER, NOBODY)}
    best = next(actor for actor, _ in descending(single))
    rest = max((p for actor, p in single.items() if actor != best), default=0.0)
    return best if best in related.beneath[top] and single[best] >= AHEAD * rest - LEVEL else top
