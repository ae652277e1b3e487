"""The facts of a case as rows of a list: what each says, how sure it is taken to be, and who reports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.assessment.words import percent
from reasoner.documents import shown_path
from reasoner.evidence.base import Fact, Report
from reasoner.evidence.moments import written_date
from reasoner.exchange.layout import counted
from tui.plain import Piece, lead

if TYPE_CHECKING:
    from pathlib import Path

    from reasoner.evidence.entries import Stated, Stock
    from tui.dossier import Dossier

HEADING, QUIET = "bold", "dim"

DENIED = "−"
"""Stands before the grade of a report that denies the fact."""


@dataclass(frozen=True)
class FactRow:
    """One entry, with the fact that all entries on it make together; None where it is not in force."""

    stated: Stated
    sentence: str
    fact: Fact | None

    @property
    def credence(self) -> str:
        """How sure it is taken to be: per cent, or on what else it stands."""
        if self.fact is None:
            return "not now"
        if self.fact.basis in ("given", "assumed"):
            return self.fact.basis
        return "denied" if self.fact.only_denied else percent(self.fact.credence)

    @property
    def grades(self) -> str:
        """The grades of its reports, those that deny it with a minus sign."""
        return " ".join(graded(report) for report in self.fact.reports) if self.fact else ""

    @cached_property
    def words(self) -> str:
        """All that it is found by."""
        statement = self.stated.statement
        reports = " ".join(f"{each.source} {each.says or ''}" for each in statement.reports)
        return f"{self.sentence} {statement.atom} {statement.source or ''} {statement.says or ''} {reports}".casefold()

    def matches(self, text: str) -> bool:
        """Whether it has every word of the text."""
        return all(word in self.words for word in text.casefold().split())


def graded(report: Report) -> str:
    """The grade of a report, marked where it denies the fact."""
    return f"{DENIED if report.polarity == 'denies' else ''}{report.grade}"


def rows_of(stock: Stock, dossier: Dossier) -> tuple[FactRow, ...]:
    """The rows of a case, its own file first, in the order of the files."""
    facts = dossier.inquiry.base.facts
    return tuple(
        FactRow(stated, _sentence(stated, dossier), facts.get(stated.statement.atom)) for stated in stock.entries
    )


def _sentence(stated: Stated, dossier: Dossier) -> str:
    from reasoner.explanation.sentences import clause, sentence

    return sentence(clause(dossier.voice.atom(stated.statement.atom)))


def fact_note(row: FactRow, dossier: Dossier, case_file: Path) -> Iterator[Piece]:
    """The whole sentence, what it stands on, each report with its grade in words, and where it is written."""
    statement = row.stated.statement
    yield (f"{row.sentence}\n", HEADING)
    yield from _footing(row, dossier)
    for report in row.fact.reports if row.fact else statement.reports:
        yield from _report(report, dossier)
    elsewhere = row.stated.path != case_file
    yield "\n"
    yield lead(statement.atom, "case", str(statement.atom), QUIET)
    yield "\n"
    yield (f"{shown_path(row.stated.path)}:{row.stated.line}", QUIET)
    yield (", which other cases read as well\n" if elsewhere else "\n", QUIET)


def unlisted_note(fact: Fact, dossier: Dossier) -> Iterator[Piece]:
    """The note on a fact that is no entry of its own: why it holds, and where it stands."""
    yield (f"{dossier.said(fact)}\n", HEADING)
    declared = "It is stated where the name is entered; nobody disputes it.\n"
    yield declared if fact.basis == "declared" else "It is not among the facts that this case's files list.\n"
    yield "\n"
    yield lead(fact.atom, "case", str(fact.atom), QUIET)
    yield "\n"
    if fact.span:
        yield (f"{fact.span.file}:{fact.span.line}; {dossier.keys.first('edit')} opens it there\n", QUIET)


def _footing(row: FactRow, dossier: Dossier) -> Iterator[Piece]:
    statement, fact = row.stated.statement, row.fact
    if fact is None:
        yield "Not in force: it did not hold when the incident happened, was not known by the date asked about, "
        yield "or is supposed not to be so.\n"
    elif fact.basis == "given":
        yield f"Given: nobody disputes it. Known from {dossier.inquiry.base.name(fact.source or '')}.\n"
    elif fact.basis == "assumed":
        yield "ASSUMED by the analyst; nobody has to have reported it.\n"
    elif fact.only_denied:
        yield "Only denied: nobody reports that it is so.\n"
    else:
        origins = counted(len({report.origin for report in fact.reports}), "origin")
        yield f"Credence {percent(fact.credence)}, by {counted(len(fact.reports), 'report')} from {origins}.\n"
    if statement.says and statement.basis != "reported":
        yield f"{statement.says}\n"
    for word, moment in (("from", statement.since), ("to", statement.until)):
        if moment:
            yield f"It held {word} {written_date(moment.written)}.\n"


def _report(report: Report, dossier: Dossier) -> Iterator[Piece]:
    source = dossier.source(report.source)
    letter, digit = report.grade[:1], report.grade[1:]
    denies = " · DENIES it" if report.polarity == "denies" else ""
    yield (f"\n{graded(report)} {source.name if source else report.source}", HEADING)
    yield f"{denies} · {written_date(report.date.written) if report.date else 'undated'}\n"
    yield f"{dossier.grade_word(letter)}; {dossier.grade_word(digit)}"
    if source and source.via:
        yield f"; passed on by {dossier.inquiry.base.name(source.via)}"
    if report.origin != report.source:
        yield f"; rests on {dossier.inquiry.base.name(report.origin)}"
    yield "\n" if report.counted else "; not counted apart, as another report of that origin stands for it\n"
    if report.says:
        yield f"{report.says}\n"
    if report.quote:
        yield f"“{report.quote}”\n"
    if report.locator:
        yield (f"At: {report.locator}\n", QUIET)
