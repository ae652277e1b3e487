"""What a hypothesis rests on: each fact and origin beneath it, with the probability had nobody said it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reasoner.assessment.assess import Assessment
from reasoner.assessment.decibans import log_odds
from reasoner.evidence.base import Base, Fact
from reasoner.evidence.changes import retract
from reasoner.evidence.sources import go_betweens, origin_names
from reasoner.explanation.nodes import Reliance
from reasoner.explanation.sentences import Voice, sentence
from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom

LEAST_MOVE = 0.5
"""Decibans by which a loss must move the probability to be shown."""


@dataclass(frozen=True)
class Reliances:
    """One hypothesis, asked what its loss of a fact or an origin would be."""

    assessment: Assessment
    base: Base
    derivation: Derivation
    voice: Voice
    role: str
    actor: str
    probability: float

    def of(self, facts: Iterable[Atom]) -> tuple[Reliance, ...]:
        """What the facts beneath a chain, and their origins, are worth to it: the largest move first."""
        beneath = [self.base.facts[atom] for atom in facts]
        found = [*self._facts(beneath), *self._origins(beneath)]
        moved = [(abs(log_odds(each.without_it) - log_odds(self.probability)), each) for each in found]
        kept = [pair for pair in moved if pair[0] >= LEAST_MOVE]
        return tuple(each for _, each in sorted(kept, key=lambda pair: (-pair[0], pair[1].what, pair[1].id)))

    def without_facts(self, facts: Iterable[Atom]) -> float:
        """The probability had nobody reported any of these facts."""
        without = self.assessment.outlooks_without(retract(self.base, list(facts)))[self.role]
        return without.probability(self.actor)

    def _facts(self, facts: Iterable[Fact]) -> Iterator[Reliance]:
        said_by_somebody = [fact for fact in facts if fact.basis in ("reported", "assumed")]
        self.assessment.removals.facts(fact.atom for fact in said_by_somebody)
        for fact in said_by_somebody:
            what = "assumption" if fact.basis == "assumed" else "fact"
            said = sentence(self.voice.atom(fact.atom))
            without = self.assessment.removals.fact(fact.atom, self.role)
            yield Reliance(what, str(fact.atom), said, without.probability(self.actor))

    def _origins(self, facts: Iterable[Fact]) -> Iterator[Reliance]:
        names = origin_names(self.base)
        origins = sorted({report.origin for fact in facts for report in fact.reports})
        known, removals = self.assessment.reliances[self.role].losses, self.assessment.removals
        removals.origins(origin for origin in origins if origin not in known)
        for origin in origins:
            rows = known[origin].rows if origin in known else removals.origin(origin, self.role).rows
            itself = origin in go_betweens(self.base.sources)
            yield Reliance("origin", origin, names[origin], rows.get(self.actor, 0.0), itself)


def leaves(derivation: Derivation, base: Base, instances: Iterable[int], besides: int | None) -> frozenset[Atom]:
    """The facts that stand beneath rule instances, through all alternatives, but not through the atom ``besides``."""
    waiting = [atom for instance in instances for atom in derivation.grounds(instance)]
    seen: set[int] = set()
    while waiting:
        atom = waiting.pop()
        if atom in seen or atom == besides:
            continue
        seen.add(atom)
        for instance in derivation.instances_of(atom).tolist():
            waiting += derivation.grounds(instance)
    return frozenset(derivation.atoms[atom] for atom in seen if derivation.atoms[atom] in base.facts)
