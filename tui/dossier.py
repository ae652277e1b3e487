"""What the panes look up about the open case: names, where things stand in files, what else rests on a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.evidence.base import Fact, Report, Source
from reasoner.explanation.folding import nodes_beneath
from reasoner.explanation.nodes import Chain, ChainLine, Node, ShownReport, Way
from reasoner.explanation.sentences import Voice, clause, sentence
from reasoner.explanation.sourcing import Reported, SourceStanding
from reasoner.language.vocabulary import NOBODY
from reasoner.terms import Rule, Span
from tui.keys import Keys
from tui.outline import Entry

if TYPE_CHECKING:
    from reasoner.assessment.result import Ranking, Standing
    from reasoner.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, or a file."""

    file: Path
    line: int | None = None

    def __str__(self) -> str:
        """The place as error messages write it."""
        return f"{self.file}:{self.line}" if self.line else str(self.file)


def place_of(span: Span) -> Place:
    """Where a span starts."""
    return Place(Path(span.file), span.line)


@dataclass(frozen=True)
class Dossier:
    """One opened case. ``filed``: as its files have it, where ``inquiry`` supposes something else.

    ``keys`` are those that notes on it name.
    """

    inquiry: Inquiry
    filed: Inquiry | None = None
    keys: Keys = field(default_factory=Keys)

    @cached_property
    def voice(self) -> Voice:
        """How this case's facts are put into words."""
        return Voice(self.inquiry.base, self.inquiry.program)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts by their text in the rule language."""
        return {str(atom): fact for atom, fact in self.inquiry.base.facts.items()}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by name."""
        return {rule.name: rule for rule in self.inquiry.program.rules}

    def fact(self, text: str) -> Fact | None:
        """A fact by its text in the rule language, one that is supposed left out too."""
        filed = self.filed.base.facts.items() if self.filed else ()
        return self.facts.get(text) or next((fact for atom, fact in filed if str(atom) == text), None)

    def rule(self, name: str) -> Rule | None:
        """A rule by its name, one that is supposed left out too."""
        filed = self.filed.program.rules if self.filed else ()
        return self.rules.get(name) or next((each for each in filed if each.name == name), None)

    def name(self, actor: str, role: str | None = None) -> str:
        """An actor's name; ``other`` and ``nobody`` as the role words them."""
        known = self.inquiry.program.scales.roles.get(role or "")
        if actor == NOBODY and known and known.nobody:
            return known.nobody
        return self.voice.name(actor)

    def question(self, role: str) -> str:
        """The question that a role's ranking answers."""
        known = self.inquiry.program.scales.roles.get(role)
        return known.question if known else f"Who was the {role.replace('_', ' ')}?"

    def ranking(self, role: str) -> Ranking | None:
        """The ranking of a role, where it has candidates; it may have to be found yet how far to rely on it."""
        return self.inquiry.rankings.get(role)

    def standing(self, role: str) -> Standing | None:
        """How the hypotheses of a role stand, where it has candidates."""
        return self.inquiry.standings.get(role)

    def grade_word(self, mark: str) -> str:
        """What a letter or digit of a grade means."""
        return self.inquiry.program.scales.grade_words.get(mark, "")

    def report(self, shown: ShownReport, atom: str) -> tuple[Fact, Report] | None:
        """The report that a shown one stands for, with its fact."""
        fact = self.facts.get(atom.removeprefix("not "))
        for report in fact.reports if fact else ():
            if (report.source, report.polarity, report.says) == (shown.source, shown.polarity, shown.says):
                assert fact is not None
                return fact, report
        return None

    def source(self, identifier: str) -> Source | None:
        """A source by its id."""
        return self.inquiry.base.sources.get(identifier)

    def facts_resting_on(self, origin: str, apart_from: str = "") -> tuple[Fact, ...]:
        """The other facts that a counted report of this origin affirms or denies."""
        return tuple(
            fact
            for text, fact in self.facts.items()
            if text != apart_from and any(report.origin == origin and report.counted for report in fact.reports)
        )

    def lines_resting_on(self, chain: Chain, origin: str) -> tuple[ChainLine, ...]:
        """The lines of a chain with a report of this origin beneath them."""
        return tuple(line for line in chain.lines if self._rests_on(line, origin))

    def _rests_on(self, line: ChainLine, origin: str) -> bool:
        for node in nodes_beneath(line.premises):
            fact = self.facts.get(node.atom.removeprefix("not ")) if node.reports else None
            if fact and any(report.origin == origin for report in fact.reports):
                return True
        return False

    def said(self, fact: Fact) -> str:
        """A fact as a sentence."""
        return sentence(clause(self.voice.atom(fact.atom)))

    @property
    def case_place(self) -> Place:
        """The case's own file."""
        return Place(Path(self.inquiry.base.case.path))

    def rule_place(self, name: str) -> Place | None:
        """Where a rule stands, one that is supposed left out too."""
        rule = self.rule(name)
        return place_of(rule.span) if rule and rule.span else None

    def fact_place(self, text: str) -> Place | None:
        """Where a fact stands, by its text in the rule language; one that is supposed left out too."""
        fact = self.fact(text)
        return place_of(fact.span) if fact and fact.span else None

    def place(self, entry: Entry | None) -> Place:
        """What an editor should open for an entry: its rule, its fact or its report; else the case's file."""
        if entry is None:
            return self.case_place
        found: Place | None = None
        match entry.value:
            case ChainLine(rule=rule) | Way(rule=rule):
                found = self.rule_place(rule)
            case ShownReport():
                found = self._report_place(entry)
            case Node():
                found = self._node_place(entry.value)
            case SourceStanding(source=Source(span=Span() as span)):
                found = place_of(span)
            case Reported():
                found = self._reported_place(entry.value)
        if found:
            return found
        return self.place(entry.above) if entry.above else self.case_place

    def _report_place(self, entry: Entry) -> Place | None:
        assert isinstance(entry.value, ShownReport)
        found = self.report(entry.value, entry.node.atom if entry.node else "")
        if found is None:
            return None
        fact, report = found
        span = report.span or fact.span
        return place_of(span) if span else None

    def _reported_place(self, reported: Reported) -> Place | None:
        found = self.report(reported.report, reported.fact)
        fact = self.facts.get(reported.fact)
        span = (found[1].span if found else None) or (fact.span if fact else None)
        return place_of(span) if span else None

    def _node_place(self, node: Node) -> Place | None:
        fact = self.facts.get(node.atom.removeprefix("not "))
        if fact and fact.span:
            return place_of(fact.span)
        if node.kind == "declared":
            entity = self.inquiry.base.entities.get(node.atom.partition("(")[2].partition(",")[0])
            return place_of(entity.span) if entity and entity.span else None
        return self.rule_place(node.ways[0].rule) if node.ways else None
