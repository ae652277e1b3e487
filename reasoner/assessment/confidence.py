"""How far a ranking can be relied on, apart from probability, and why, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reasoner.assessment.decibans import log_odds
from reasoner.assessment.ranking import Judgement, Outlook, judge, name_of, stability
from reasoner.assessment.result import Confidence, Level
from reasoner.assessment.words import lead_words, number_word
from reasoner.evidence.base import Base, Fact
from reasoner.evidence.moments import written_date
from reasoner.evidence.sources import origin_names
from reasoner.language.vocabulary import Vocabulary
from reasoner.terms import Atom

COUNTS = 1.0
"""What a removal must cost the leader, in decibans, for an origin or an assumption to count."""

HIGH_ORIGINS, HIGH_LEAD = 3, 0.9
MODERATE_ORIGINS, MODERATE_LEAD = 2, 0.7

_ROUNDING = 1e-9
_LISTED = 4
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Removals:
    """Role → what it would look like without an origin, or without a fact, each as if never reported."""

    origin: Callable[[str], Mapping[str, Outlook]]
    fact: Callable[[Atom], Mapping[str, Outlook]]


@dataclass(frozen=True)
class Reliance:
    """What the lead of one role's subject relies on.

    ``facts`` are those that matter to any ranking, in a fixed order; only origins and assumptions whose removal
    costs the subject at least 1 dB count, and only admissions that do and that more probably than not were made.
    """

    base: Base
    vocabulary: Vocabulary
    role: str
    outlook: Outlook
    judged: Judgement
    facts: Sequence[Fact]
    removals: Removals

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The origins that count, the dearest first."""
        costs = {origin: self._cost(outlook) for origin, outlook in self._without.items()}
        counting = [origin for origin, cost in costs.items() if cost >= COUNTS - _ROUNDING]
        return tuple(sorted(counting, key=lambda origin: (-costs[origin], origin)))

    @cached_property
    def breaking(self) -> Mapping[str, Judgement]:
        """The origins without which somebody else would lead, or nobody be named any more: what would be judged."""
        found = {}
        for origin, outlook in self._without.items():
            after = judge(outlook)
            if not self.judged.kept(self.outlook, after) or (self.judged.leader and not after.leader):
                found[origin] = after
        return found

    @cached_property
    def assumptions(self) -> tuple[Atom, ...]:
        """The assumptions that it rests on."""
        assumed = [fact.atom for fact in self.facts if fact.basis == "assumed"]
        return tuple(atom for atom in assumed if self._cost(self.removals.fact(atom)[self.role]) >= COUNTS - _ROUNDING)

    @cached_property
    def admissions(self) -> tuple[Atom, ...]:
        """The subject's own admissions, or its members' and fronts'."""
        party = self.judged.party(self.outlook)
        made = [
            fact.atom
            for fact in self.facts
            if fact.atom.predicate == "admitted" and fact.credence > 0.5 and _by_party(fact.atom, party, self.base)
        ]
        return tuple(atom for atom in made if self._cost(self.removals.fact(atom)[self.role]) >= COUNTS - _ROUNDING)

    @cached_property
    def lead(self) -> float:
        """The share of worlds in which it leads, with those who count with it; ties are shared."""
        return stability(self.outlook, self.judged.party(self.outlook))

    @cached_property
    def _without(self) -> Mapping[str, Outlook]:
        origins = sorted({report.origin for fact in self.facts for report in fact.reports if report.counted})
        return {origin: self.removals.origin(origin)[self.role] for origin in origins}

    def _cost(self, after: Outlook) -> float:
        return log_odds(self.judged.probability(self.outlook)) - log_odds(self.judged.probability(after))


def _by_party(atom: Atom, party: Collection[str], base: Base) -> bool:
    return len(atom.arguments) == 2 and atom.arguments[0] in party and atom.arguments[1] == base.case.id


def confidence(reliance: Reliance) -> Confidence:
    """Level and reasons for whoever is named, or leads without being named.

    High: at least 3 origins, the lead held in 90 % of the worlds, and by the loss of any one origin. Moderate: 2
    origins and 70 %, or an admission against interest. Low: anything less, or an assumption that it rests on.
    """
    if reliance.judged.subject is None:
        return Confidence("low", ("Nobody in particular is a hypothesis.",))
    return Confidence(_level(reliance), tuple(_reasons(reliance)))


def _level(reliance: Reliance) -> Level:
    if reliance.assumptions:
        return "low"
    count = len(reliance.origins)
    if count >= HIGH_ORIGINS and reliance.lead >= HIGH_LEAD - _ROUNDING and not reliance.breaking:
        return "high"
    if (count >= MODERATE_ORIGINS and reliance.lead >= MODERATE_LEAD - _ROUNDING) or reliance.admissions:
        return "moderate"
    return "low"


def _reasons(reliance: Reliance) -> Iterator[str]:
    named = origin_names(reliance.base)
    yield _origins_sentence([named[origin] for origin in reliance.origins])
    yield f"{'With its fronts it' if reliance.judged.with_fronts else 'It'} {lead_words(reliance.lead)}."
    if reliance.breaking:
        yield from _breaking_sentences(reliance, named)
    elif len(reliance.origins) > 1:
        yield "No single origin's loss would put another name in front."
    for atom in reliance.admissions:
        yield f"It rests on an admission against interest: {_statement(atom, reliance)}."
    for atom in reliance.assumptions:
        yield f"It rests on an assumption: {_statement(atom, reliance)}."


def _origins_sentence(names: Sequence[str]) -> str:
    if not names:
        return "No single origin carries it: losing any one of them costs it less than a decibel."
    if len(names) == 1:
        return f"Only one origin carries it: {names[0]}."
    return f"{number_word(len(names)).capitalize()} independent origins carry it: {_in_a_row(names)}."


def _in_a_row(names: Sequence[str]) -> str:
    """The first few of two names or more, with ``and`` before the last."""
    more = len(names) - _LISTED
    shown = [*names[:_LISTED], f"{number_word(more)} more"] if more > 0 else list(names)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _breaking_sentences(reliance: Reliance, named: Mapping[str, str]) -> Iterator[str]:
    role = reliance.outlook.posterior.role.role
    losses: dict[str, list[str]] = {}
    for origin, after in reliance.breaking.items():
        kept = reliance.judged.kept(reliance.outlook, after) or after.subject is None
        passed = "" if kept else name_of(after.subject or "", role, reliance.base)
        loss = f"the lead would pass to {passed}" if passed else "nobody would be named"
        losses.setdefault(loss, []).append(named[origin])
    for loss, names in losses.items():
        without = names[0] if len(names) == 1 else f"any one of {_in_a_row(names)}"
        yield f"Without {without}, {loss}."


def _statement(atom: Atom, reliance: Reliance) -> str:
    """The atom by its predicate's sentence, with display names."""
    predicate = reliance.vocabulary.predicates.get(atom.predicate)
    if predicate is None or predicate.arity != len(atom.arguments):
        return str(atom)
    slots = zip(predicate.arguments, atom.arguments, strict=True)
    names = {argument.name: written_date(reliance.base.name(value)) for argument, value in slots}
    return _SLOT.sub(lambda slot: names.get(slot[1], slot[0]), predicate.sentence)
