"""Who stands behind an answer: every source, what it reports, and what the lead would be without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reasoner.assessment.assess import Assessment
from reasoner.assessment.decibans import log_odds
from reasoner.assessment.judging import Judgement, Loss, judge
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.parts import Part
from reasoner.assessment.revival import releasable
from reasoner.evidence.base import Base, Fact, Report, Source
from reasoner.evidence.sources import chain, links
from reasoner.explanation.nodes import ShownReport
from reasoner.explanation.sentences import Voice, sentence
from reasoner.terms import Atom


@dataclass(frozen=True, slots=True)
class Reported:
    """One report that came from or through a source.

    ``decibans`` is what the hypothesis asked about would lose had nobody reported the fact; ``credence`` how probable
    the fact is. ``holds_down``: it is a denial that lets the fact hold nowhere, though somebody affirms it.
    ``left_out``: in what is supposed, the report does not count any more.
    """

    fact: str
    sentence: str
    credence: float
    decibans: float
    report: ShownReport
    holds_down: bool
    left_out: bool


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """One source, with everything that came from or through it.

    ``passed_on`` are those who passed it on, the nearest first, ``origin`` whom it finally rests on where that is
    somebody else, ``undisputed`` how many given facts are known from it. ``lead`` is what whoever leads would lose
    without it, ``own`` what the hypothesis asked about would, in decibans; 0 where nothing that matters came from it.
    ``after`` is what would be judged, ``lost`` whether the lead would end. ``gains``: those ahead whose blame it gains
    by. ``left_out``: it is left out in what is supposed.
    """

    source: Source
    passed_on: tuple[str, ...]
    origin: str | None
    reports: tuple[Reported, ...]
    undisputed: int
    lead: float
    own: float
    probability: float
    after: Judgement
    lost: bool
    gains: tuple[str, ...]
    left_out: bool


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The sources behind the answer in one role, those whose loss moves the lead most first, after those left out.

    ``actor`` is the hypothesis that weights are of; ``probability`` that of whoever leads, ``of_actor`` the actor's.
    """

    case: str
    role: str
    actor: str
    judged: Judgement
    probability: float
    of_actor: float
    sources: tuple[SourceStanding, ...]

    @property
    def ahead(self) -> bool:
        """Whether the hypothesis asked about is whoever leads."""
        return self.actor == self.judged.subject


def sourcing(assessment: Assessment, whole: Base, role: str, actor: str, off: Iterable[str] = ()) -> Sourcing:
    """Who stands behind the answer in a role, with weights for one hypothesis or umbrella.

    ``whole`` is the base before anything was supposed: reports left out since are told of, too. ``off`` are sources
    left out as a whole.
    """
    return _Sources(assessment, whole, role, actor, frozenset(off)).found()


@dataclass(frozen=True)
class _Sources:
    """One answer on its way."""

    assessment: Assessment
    whole: Base
    role: str
    actor: str
    off: frozenset[str]

    def found(self) -> Sourcing:
        standings = map(self._standing, self._heard())
        ordered = sorted(standings, key=_importance)
        return Sourcing(
            case=self.whole.case.id,
            role=self.role,
            actor=self.actor,
            judged=self._judged,
            probability=self._lead,
            of_actor=self._own,
            sources=tuple(ordered),
        )

    @cached_property
    def _outlook(self) -> Outlook:
        return self.assessment.outlooks[self.role]

    @cached_property
    def _judged(self) -> Judgement:
        return judge(self._outlook)

    @cached_property
    def _lead(self) -> float:
        return self._judged.probability(self._outlook)

    @cached_property
    def _own(self) -> float:
        return self._outlook.probability(self.actor)

    @cached_property
    def _voice(self) -> Voice:
        return Voice(self.whole, self.assessment.derivation.program)

    def _heard(self) -> list[Source]:
        """The sources from or through which something came, in the order of their files."""
        heard = {link for source in {*self._by_source, *self._given} for link in chain(source, self.whole.sources)}
        return [source for source in self.whole.sources.values() if source.id in heard]

    @cached_property
    def _given(self) -> Mapping[str, int]:
        """Source → how many undisputed facts are known from it."""
        found: dict[str, int] = {}
        for fact in self.whole.facts.values():
            if fact.basis == "given" and fact.source and fact.case == self.whole.case.id:
                found[fact.source] = found.get(fact.source, 0) + 1
        return found

    @cached_property
    def _by_source(self) -> Mapping[str, list[tuple[Fact, int]]]:
        """Source → its own reports, each as the fact with the report's place."""
        found: dict[str, list[tuple[Fact, int]]] = {}
        for fact in self.whole.facts.values():
            for place, report in enumerate(fact.reports):
                found.setdefault(report.source, []).append((fact, place))
        return found

    def _standing(self, source: Source) -> SourceStanding:
        loss = self._without.get(source.id) or Loss(self._lead, self._judged, self._outlook.rows)
        origin = links(source.id, self.whole.sources, "origin")[-1]
        passing = chain(source.id, self.whole.sources)[1:]
        party = self._judged.party(self._outlook)
        return SourceStanding(
            source=self.assessment.base.sources.get(source.id, source),
            passed_on=tuple(self.whole.sources[link].name for link in links(source.id, self.whole.sources, "via")[1:]),
            origin=None if origin == source.id else self.whole.sources[origin].name,
            reports=tuple(self._reports(source.id)),
            undisputed=self._given.get(source.id, 0),
            lead=log_odds(self._lead) - log_odds(loss.probability),
            own=log_odds(self._own) - log_odds(loss.rows.get(self.actor, 0.0)),
            probability=loss.probability,
            after=loss.after,
            lost=self._judged.lost(self._outlook, loss.after),
            gains=tuple(self.whole.name(actor) for actor in source.interest if actor in party),
            left_out=not self.off.isdisjoint({source.id, *passing}),
        )

    def _reports(self, through: str) -> list[Reported]:
        """What came from or through a source, what weighs most first."""
        found = [
            self._reported(fact, place)
            for source, reports in self._by_source.items()
            if through in chain(source, self.whole.sources)
            for fact, place in reports
        ]
        return sorted(found, key=lambda each: (-round(abs(each.decibans), 9), each.left_out, each.sentence))

    def _reported(self, fact: Fact, place: int) -> Reported:
        now = self.assessment.base.facts.get(fact.atom)
        kept = _same_report(fact.reports[place], now)
        shown = self._voice.reports(now if now and kept is not None else fact)
        return Reported(
            fact=str(fact.atom),
            sentence=sentence(self._voice.atom(fact.atom)),
            credence=now.credence if now else 0.0,
            decibans=self._weights.get(fact.atom, 0.0) if kept is not None else 0.0,
            report=shown[place if kept is None else kept],
            holds_down=kept is not None and fact.atom in self._suppressed and fact.reports[place].polarity == "denies",
            left_out=kept is None,
        )

    @cached_property
    def _suppressed(self) -> frozenset[Atom]:
        """The facts that hold nowhere for a denial that may go by itself, and would matter else."""
        base = self.assessment.base
        if not any(releasable(fact, base) for fact in base.facts.values()):
            return frozenset()
        return frozenset(fact.atom for fact in self.assessment.suppressed if releasable(fact, base))

    @cached_property
    def _weights(self) -> Mapping[Atom, float]:
        """Fact → what the hypothesis would lose had nobody reported it, in decibans."""
        atoms = [fact.atom for fact in self.assessment.mattering if fact.reports]
        removals, standing = self.assessment.removals, log_odds(self._own)
        removals.facts(atoms)
        return {atom: standing - log_odds(removals.fact(atom, self.role).probability(self.actor)) for atom in atoms}

    @cached_property
    def _without(self) -> Mapping[str, Loss]:
        """Source → what would be without all that came from or through it.

        An origin with no other source is gone as the ranking has it gone already.
        """
        parts = [part for part in self.assessment.parts(self.role) if _sources_of(part)]
        known = self.assessment.reliances[self.role].losses
        origins = {part: origin for part in parts if (origin := _origin_of(part))}
        losses = {part: known[origin] for part, origin in origins.items() if origin in known}
        others = [part for part in parts if part not in losses]
        losses |= zip(others, map(self._loss, self.assessment.whole(self.role).each(others)), strict=True)
        return {source: loss for part, loss in losses.items() for source in _sources_of(part)}

    def _loss(self, outlook: Outlook) -> Loss:
        return Loss(self._judged.probability(outlook), judge(outlook), outlook.rows)


def _importance(each: SourceStanding) -> tuple[object, ...]:
    """What is left out stands first: it is what the reader is trying."""
    return (not each.left_out, -round(abs(each.lead), 9), -len(each.reports), each.source.name)


def _same_report(report: Report, now: Fact | None) -> int | None:
    """The place of a report among those of the fact as it is supposed to be; None where it is left out there."""
    reports = now.reports if now and now.basis == "reported" else ()
    return next((place for place, each in enumerate(reports) if _said_by(each) == _said_by(report)), None)


def _said_by(report: Report) -> tuple[object, ...]:
    """What tells one report of a fact from another, however it is graded."""
    return report.source, report.polarity, report.says, report.date


def _names(part: Part) -> Iterator[tuple[str, str]]:
    yield from (part.name, *part.alike)


def _sources_of(part: Part) -> list[str]:
    return [id for what, id in _names(part) if what == "source"]


def _origin_of(part: Part) -> str | None:
    return next((id for what, id in _names(part) if what == "origin"), None)
