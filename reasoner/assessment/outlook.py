"""From worlds to probabilities of hypotheses, umbrellas and fronts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from reasoner.assessment.bits import Row
from reasoner.assessment.posterior import Posterior
from reasoner.assessment.worlds import Values

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


def descending(probabilities: Mapping[str, float]) -> list[tuple[str, float]]:
    """The most probable first, level ones by id."""
    return sorted(probabilities.items(), key=lambda row: (-round(row[1], DIGITS), row[0]))
