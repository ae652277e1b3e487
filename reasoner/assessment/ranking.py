"""From worlds to a ranking: probabilities of hypotheses, umbrellas and fronts, who leads, and who is named."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from reasoner.assessment.bits import Row
from reasoner.assessment.posterior import Posterior
from reasoner.assessment.result import Front, Hypothesis, Standing, Umbrella, Verdict
from reasoner.assessment.worlds import Values
from reasoner.evidence.base import Base
from reasoner.language.vocabulary import NOBODY, OTHER, Role

NAMED_FROM = 0.55
"""The least probability of a named hypothesis."""

AHEAD = 10**0.3
"""How many times as probable as the next one it must be: 3 dB."""

Name = TypeVar("Name", bound=Hashable)

LEVEL = 1e-9
"""Probabilities so near are level."""
DIGITS = 12
"""Digits by which probabilities are put in order."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """One role in the worlds at hand: who is how probable, alone and in company.

    A *party* is a hypothesis with those who count with it: the members of an umbrella, the fronts of an owner.
    """

    posterior: Posterior

    @cached_property
    def actors(self) -> Mapping[str, float]:
        """Hypothesis → probability."""
        return dict(zip(self.posterior.role.actors, self.posterior.probabilities, strict=True))

    @cached_property
    def umbrellas(self) -> Mapping[str, float]:
        """Umbrella → probability of it or a member."""
        return self._together[0]

    @cached_property
    def owners(self) -> Mapping[str, float]:
        """Owner of fronts → probability of it, a front of its, or a member where it is an umbrella."""
        return self._together[1]

    @cached_property
    def _together(self) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Umbrellas and owners at one go: much the same hypotheses count with both."""
        related = self.posterior.related
        parties = {(umbrella, False): self.party(umbrella) for umbrella in related.beneath}
        parties |= {(owner, True): self.owning(owner) for owner in related.owners}
        found = self._shared(parties)
        return (
            {umbrella: found[umbrella, False] for umbrella in related.beneath},
            {owner: found[owner, True] for owner in related.owners},
        )

    @cached_property
    def fronts(self) -> Mapping[tuple[str, str], float]:
        """(front, owner) → probability of one or the other."""
        pairs = self.posterior.related.fronting
        return {pair: self._probability(self.owning(pair[1], pair[0])) for pair in pairs}

    @property
    def rows(self) -> dict[str, float]:
        """Hypothesis or umbrella → probability; the umbrella's where an actor is both."""
        return {**self.actors, **self.umbrellas}

    def probability(self, actor: str) -> float:
        """The probability of a hypothesis or umbrella; 0 where it is neither."""
        if actor in self.posterior.related.beneath:
            return self.umbrellas[actor]
        return self.actors.get(actor, 0.0)

    def party(self, actor: str) -> Mapping[str, Row]:
        """A hypothesis or umbrella with its members: hypothesis → where it counts."""
        full = self.posterior.worlds.bits.full
        alone = {actor: full} if actor in self.posterior.role.actors else {}
        return {**self.posterior.related.beneath.get(actor, {}), **alone}

    def owning(self, owner: str, only: str | None = None) -> Mapping[str, Row]:
        """An owner's party with its fronts, or with one of them."""
        bits = self.posterior.worlds.bits
        party = dict(self.party(owner))
        for (front, whose), row in self.posterior.related.fronting.items():
            if whose == owner and only in (None, front):
                party[front] = bits.either(party.get(front, bits.empty), row)
        return party

    def in_worlds(self, party: Mapping[str, Row]) -> Values:
        """P(party | world), in every world."""
        bits = self.posterior.worlds.bits
        total = np.zeros(bits.count, dtype=np.float64)
        for actor in sorted(party):
            row, chances = party[actor], self.chances(actor)
            if row is bits.full:
                total += chances
            elif row is not bits.empty:
                total += chances * bits.unpack(row)
        return total

    def chances(self, actor: str) -> Values:
        """P(hypothesis | world), in every world."""
        return self.posterior.in_worlds(actor)

    def outside(self, party: Iterable[str]) -> tuple[str, ...]:
        """The hypotheses that aren't of the party in any world."""
        inside = set(party)
        return tuple(actor for actor in self.posterior.role.actors if actor not in inside)

    def weight(self, actor: str, together: bool = False) -> float:
        """What a hypothesis weighs, or an umbrella together with its members: decibans, their mean over the worlds.

        An umbrella's mean is over the worlds in which anybody counts with it.
        """
        there = self.posterior
        worlds, index = there.worlds, there.role.actors.index
        if not together:
            return float(worlds.mean(there.total(actor)))
        inside = np.zeros(worlds.bits.count, dtype=np.float64)
        for member, row in sorted(self.party(actor).items()):
            inside += there.weights[index(member)] * worlds.bits.unpack(row)
        some = inside > 0
        weights = np.where(some, 10.0 * np.log10(np.where(some, inside, 1.0)), 0.0)
        return float(worlds.mean(weights) / max(float(worlds.mean(some.astype(np.float64))), LEVEL))

    def _probability(self, party: Mapping[str, Row]) -> float:
        return self._shared({"": party})[""]

    def _shared(self, parties: Mapping[Name, Mapping[str, Row]]) -> dict[Name, float]:
        """The probability of each party: for every hypothesis, that of the worlds in which it counts, added up."""
        there = self.posterior
        full, empty, holding = there.worlds.bits.full, there.worlds.bits.empty, there.related.holding
        found = dict.fromkeys(parties, 0.0)
        for actor in there.role.actors:
            rows = [(name, row) for name, party in parties.items() if (row := party.get(actor, empty)) is not empty]
            uncertain = {id(row): row for _, row in rows if row is not full}
            held = {id(full): self.actors[actor]}
            if uncertain:
                means = holding.means(self.chances(actor), uncertain.values(), there.worlds)
                held |= zip(uncertain, means, strict=True)
            for name, row in rows:
                found[name] += held[id(row)]
        return found


class Outlooks(Mapping[str, Outlook]):
    """Role → outlook, each worked out when it is asked for, and not kept: a role's worlds take megabytes."""

    def __init__(self, ways: Mapping[str, Callable[[], Outlook]]) -> None:
        self._ways = ways

    def __getitem__(self, role: str) -> Outlook:
        return self._ways[role]()

    def __contains__(self, role: object) -> bool:
        return role in self._ways

    def __iter__(self) -> Iterator[str]:
        return iter(self._ways)

    def __len__(self) -> int:
        return len(self._ways)


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
    """Name a leader, the most specific that passes, or say who is leading.

    Single actors come first, then umbrellas (the one with the fewest hypotheses beneath it), then owners with their
    fronts. An actor is measured against every other hypothesis; an umbrella against every hypothesis outside it and
    every umbrella that shares nobody with it; an owner against every hypothesis that is neither it nor of its party.
    """
    for actor, probability in _descending(outlook.actors):
        if actor not in (OTHER, NOBODY) and _passes(probability, _others(outlook, {actor})):
            return Judgement("named", actor, actor)
    beneath = outlook.posterior.related.beneath
    for umbrella in sorted(beneath, key=lambda head: (len(beneath[head]), -outlook.umbrellas[head], head)):
        family = {umbrella, *beneath[umbrella]}
        apart = [p for head, p in outlook.umbrellas.items() if family.isdisjoint({head, *beneath[head]})]
        if _passes(outlook.umbrellas[umbrella], [*_others(outlook, family), *apart]):
            return Judgement("named", umbrella, umbrella)
    for owner, probability in _descending(outlook.owners):
        if _passes(probability, _others(outlook, outlook.owning(owner))):
            return Judgement("named", owner, owner, with_fronts=True)
    return Judgement("insufficient evidence", None, _leading(outlook))


def _passes(probability: float, others: Iterable[float]) -> bool:
    return probability >= NAMED_FROM - LEVEL and probability >= AHEAD * max(others, default=0.0) - LEVEL


def _others(outlook: Outlook, party: Iterable[str]) -> list[float]:
    return [outlook.actors[actor] for actor in outlook.outside(party)]


def _leading(outlook: Outlook) -> str | None:
    """Top among umbrellas and actors that no umbrella as probable speaks for; a member that stands out goes first."""
    rows = {actor: p for actor, p in outlook.rows.items() if actor not in (OTHER, NOBODY)}
    related = outlook.posterior.related

    def spoken_for(actor: str) -> bool:
        return any(rows.get(over, 0.0) >= rows[actor] - LEVEL for over in related.over.get(actor, ()))

    free = {actor: p for actor, p in rows.items() if not spoken_for(actor)}
    top = next((actor for actor, _ in _descending(free or rows)), None)
    if top is None or top not in related.beneath:
        return top
    single = {actor: p for actor, p in outlook.actors.items() if actor not in (OTHER, NOBODY)}
    best = next(actor for actor, _ in _descending(single))
    rest = max((p for actor, p in single.items() if actor != best), default=0.0)
    return best if best in related.beneath[top] and single[best] >= AHEAD * rest - LEVEL else top


def _descending(probabilities: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(probabilities.items(), key=lambda row: (-round(row[1], DIGITS), row[0]))


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
    return tuple(rows[actor] for actor, _ in _descending(outlook.actors))


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
            members=tuple(actor for actor, _ in _descending({a: outlook.actors[a] for a in shares[umbrella]})),
        )
        for umbrella, probability in _descending(outlook.umbrellas)
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
