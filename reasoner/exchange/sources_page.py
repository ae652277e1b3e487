"""Who stands behind an answer as a page: every source, what would be without it, and what it reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.assessment.decibans import LEAST_SHOWN, signed
from reasoner.assessment.ranking import name_of
from reasoner.assessment.words import number_word, percent, words
from reasoner.evidence.moments import written_date
from reasoner.exchange.case_heading import titled
from reasoner.exchange.layout import counted
from reasoner.exchange.outcome_words import outcome_words
from reasoner.exchange.page import Block, Bullet, Bullets, Column, Heading, Page, Paragraph, Table
from reasoner.explanation.sentences import Voice, clause, listed, opening
from reasoner.explanation.sourcing import Reported, SourceStanding, Sourcing
from reasoner.language.vocabulary import Role

MOST_REPORTS = 3
"""Reports shown of one source; JSON has all."""

LEAST_MOVE = 0.5
"""Decibans from which on what a source or a fact weighs is worth a line of its own."""

_COLUMNS = (Column("Leaves", "right"), Column("Change", "right"), Column("Without"))


def sources_page(found: Sourcing, voice: Voice) -> Page:
    """Everything ``ascribe sources`` says."""
    title = f"Who says so? {titled(voice.base)}"
    return Page(title, tuple(_Writing(found, voice, voice.program.scales.roles[found.role]).blocks()))


def grade_words(standing: SourceStanding, voice: Voice) -> str:
    """How far a source is relied on: its letter, and what that means."""
    letter = standing.source.reliability
    return f"{letter}, {voice.program.scales.grade_words.get(letter, '')}".removesuffix(", ")


def provenance(standing: SourceStanding) -> str:
    """Through whom it came, and whom it rests on; empty where it speaks for itself."""
    parts = [f"passed on by {listed(list(standing.passed_on))}"] if standing.passed_on else []
    parts += [f"rests on {standing.origin}"] if standing.origin else []
    return opening("; ".join(parts))


def gain_words(standing: SourceStanding) -> str:
    """That it gains by blaming those who lead, where it does."""
    if not standing.gains:
        return ""
    names = listed(list(standing.gains))
    return f"It gains if the blame falls on {names}, now in front: what it reports of them counts one letter lower."


def report_words(each: Reported) -> str:
    """One report on a line: grade, date, what is reported, and what it says."""
    report = each.report
    when = f", {written_date(report.date)}" if report.date else ""
    denies = ", denying it" if report.polarity == "denies" else ""
    said = f": {report.says}" if report.says else ""
    return f"{report.grade}{when}{denies}{said}"


@dataclass(frozen=True)
class _Writing:
    """One answer on its way to the page."""

    found: Sourcing
    voice: Voice
    role: Role

    def blocks(self) -> Iterator[Block]:
        """The page, block by block."""
        yield Paragraph(self._lead())
        telling = [each for each in self.found.sources if each.lost or abs(each.lead) >= LEAST_MOVE]
        if telling:
            yield Heading("Without all that came from or through one of them")
            yield Table(_COLUMNS, tuple(map(self._row, telling)))
        for each in self.found.sources:
            if each.reports and self._telling(each):
                yield Heading(f"{opening(each.source.name)} · {grade_words(each, self.voice)}")
                yield Bullets(tuple(self._points(each)))
        others = [each for each in self.found.sources if not (each.reports and self._telling(each))]
        if others:
            yield Heading("Sources that tell nothing here by half a deciban")
            yield Paragraph(f"{opening(listed([self._other(each) for each in others]))}.")

    def _telling(self, each: SourceStanding) -> bool:
        return (
            each.lost
            or abs(each.lead) >= LEAST_MOVE
            or abs(each.own) >= LEAST_MOVE
            or any(abs(report.decibans) >= LEAST_MOVE for report in each.reports)
        )

    def _name(self, actor: str | None) -> str:
        return name_of(actor or "", self.role, self.voice.base)

    def _lead(self) -> str:
        found, number = self.found, counted(len(self.found.sources), "source")
        if found.judged.subject is None:
            return f"{self.role.question} Nobody in particular is a hypothesis; {number} say what is known."
        standing = "named" if found.judged.leader else "in front of the others listed, but not named"
        chance = f"{percent(found.probability)}, {words(found.probability)}"
        ending = sum(each.lost for each in found.sources)
        several = "either of two" if ending == 2 else f"any of {number_word(ending)}"
        whose = several if ending > 1 else "one" if ending else "none"
        name = opening(self._name(found.judged.subject))
        said = (
            f"{self.role.question} {name} at {chance}: {standing}. The loss of {whose} of the {number} would end that."
        )
        if found.ahead:
            return f"{said} Facts are weighed for {self._name(found.actor)}."
        return f"{said} Facts are weighed for {self._name(found.actor)}, at {percent(found.of_actor)}."

    def _row(self, each: SourceStanding) -> tuple[str, str, str]:
        ending = f" → {outcome_words(self.found.judged, each.after, self._name)}" if each.lost else ""
        return percent(each.probability), signed(-each.lead), f"{opening(each.source.name)}{ending}"

    def _points(self, each: SourceStanding) -> Iterator[Bullet]:
        if each.left_out:
            yield Bullet("Left out, in what is supposed.")
        if said := provenance(each):
            yield Bullet(f"{said}.")
        if said := gain_words(each):
            yield Bullet(said)
        if not self.found.ahead and abs(each.own) >= LEAST_SHOWN:
            yield Bullet(f"Without it: {signed(-each.own)} for {self._name(self.found.actor)}.")
        telling = [report for report in each.reports if report.holds_down or abs(report.decibans) >= LEAST_MOVE]
        for report in telling[:MOST_REPORTS]:
            yield Bullet(_claim(report), (Bullet(self._by(report, each)),))
        rest = len(each.reports) - len(telling[:MOST_REPORTS])
        if rest:
            yield Bullet(opening(f"{_several(rest, 'further report' if telling else 'report')} of less weight."))
        if each.undisputed:
            yield Bullet(opening(f"{_several(each.undisputed, 'undisputed fact')} known from it."))

    def _by(self, report: Reported, of: SourceStanding) -> str:
        """The report, with who makes it where that is somebody else."""
        by = f"{report.report.name}, " if report.report.source != of.source.id else ""
        return f"{by}{report_words(report)}"

    def _other(self, each: SourceStanding) -> str:
        what = _several(len(each.reports), "report") if each.reports else _several(each.undisputed, "undisputed fact")
        return f"{each.source.name} ({what})"


def _claim(report: Reported) -> str:
    """The fact that a report is about, with what it weighs and how probable it is."""
    if report.holds_down:
        return f"{opening(clause(report.sentence))} (held to be false)"
    return f"{signed(report.decibans)}  {clause(report.sentence)} ({percent(report.credence)})"


def _several(number: int, what: str) -> str:
    return f"{number_word(number)} {what}{'' if number == 1 else 's'}"
