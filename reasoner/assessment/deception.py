"""Evidence open to deception: what is easy to plant, and what comes from those who gain by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reasoner.evidence.base import Base, Fact, Report
from reasoner.evidence.changes import retract, without_reports
from reasoner.evidence.sources import chain
from reasoner.language.vocabulary import Vocabulary
from reasoner.terms import Atom


@dataclass(frozen=True, slots=True)
class Exposed:
    """What a deceiver could have arranged against a party.

    ``planted`` are reported facts of a kind that is easy to plant; ``sources`` have a declared interest in blaming
    one of the ``blamed`` and report on one; ``statements`` are what speakers who gain by it say of one.
    """

    blamed: frozenset[str]
    planted: tuple[Atom, ...] = ()
    sources: tuple[str, ...] = ()
    statements: tuple[Atom, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.planted or self.sources or self.statements)

    def taken_from(self, base: Base) -> Base:
        """The base as if none of it had been reported."""
        left = retract(base, (*self.planted, *self.statements))
        return without_reports(left, lambda fact, report: _gains(fact, report, base, self.blamed))


def exposed(base: Base, vocabulary: Vocabulary, facts: Sequence[Fact], blamed: frozenset[str]) -> Exposed:
    """What of some facts is open to deception where a party is blamed."""
    reported = [fact for fact in facts if fact.basis == "reported" and not fact.only_denied]
    sources = {report.source for fact in reported for report in fact.reports if _gains(fact, report, base, blamed)}
    return Exposed(
        blamed=blamed,
        planted=tuple(fact.atom for fact in reported if _plantable(fact.atom, vocabulary)),
        sources=tuple(sorted(sources)),
        statements=_interested_statements(base, reported, blamed),
    )


def _plantable(atom: Atom, vocabulary: Vocabulary) -> bool:
    predicate = vocabulary.predicates.get(atom.predicate)
    return predicate is not None and predicate.plantable


def _gains(fact: Fact, report: Report, base: Base, blamed: frozenset[str]) -> bool:
    """Whether a report affirms something of one of the blamed, and somebody it came through gains by that."""
    if report.polarity == "denies" or blamed.isdisjoint(map(str, fact.atom.arguments)):
        return False
    return any(not blamed.isdisjoint(base.sources[link].interest) for link in chain(report.source, base.sources))


def _interested_statements(base: Base, reported: Sequence[Fact], blamed: frozenset[str]) -> tuple[Atom, ...]:
    gaining = {
        fact.atom.arguments[0]
        for fact in base.facts.values()
        if fact.atom.predicate == "interested" and fact.credence > 0.5 and fact.atom.arguments[1] in blamed
    }
    return tuple(
        fact.atom
        for fact in reported
        if fact.atom.arguments[:1]
        and fact.atom.arguments[0] in gaining
        and not blamed.isdisjoint(map(str, fact.atom.arguments[1:]))
    )
