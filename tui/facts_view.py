"""The facts that are listed, as a page and as JSON: how sure each is, who reports it, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.documents import shown_path
from reasoner.evidence.base import Report
from reasoner.evidence.moments import written_date
from reasoner.exchange.figures import figure
from reasoner.exchange.layout import counted
from reasoner.exchange.page import Bullet, Bullets, Column, Heading, Page, Paragraph, Table
from tui.fact_rows import FactRow, graded

if TYPE_CHECKING:
    from tui.dossier import Dossier

COLUMNS = (Column("Credence", "right"), Column("Grades"), Column("Fact"))


def facts_page(rows: Sequence[FactRow], found_by: str, dossier: Dossier) -> Page:
    """A table of the facts, and beneath it each fact that somebody reports, with the reports."""
    title = f"Facts of {dossier.inquiry.base.case.title}"
    said = f"{counted(len(rows), 'fact')} found by “{found_by}”." if found_by else f"{counted(len(rows), 'fact')}."
    table = Table(COLUMNS, tuple((row.credence, row.grades, row.sentence) for row in rows))
    reported = tuple(
        Bullet(row.sentence, tuple(_reports(row, dossier))) for row in rows if row.fact and row.fact.reports
    )
    return Page(title, (Paragraph(said), table, *((Heading("Reports"), Bullets(reported)) if reported else ())))


def _reports(row: FactRow, dossier: Dossier) -> Iterator[Bullet]:
    for report in row.fact.reports if row.fact else ():
        said = f": {report.says}" if report.says else "."
        denies = ", denies it" if report.polarity == "denies" else ""
        date = written_date(report.date.written) if report.date else "undated"
        yield Bullet(f"{graded(report)} {dossier.inquiry.base.name(report.source)}, {date}{denies}{said}")


def facts_json(rows: Sequence[FactRow], found_by: str, dossier: Dossier) -> dict[str, Any]:
    """The facts with their reports; ``credence`` is null where a fact is not in force."""
    return {"case": dossier.inquiry.base.case.id, "found_by": found_by, "facts": [_fact(row) for row in rows]}


def _fact(row: FactRow) -> dict[str, Any]:
    return {
        "fact": str(row.stated.statement.atom),
        "sentence": row.sentence,
        "basis": row.stated.statement.basis,
        "credence": figure(row.fact.credence) if row.fact else None,
        "reports": [_report(report) for report in (row.fact.reports if row.fact else ())],
        "file": shown_path(row.stated.path),
        "line": row.stated.line,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "source": report.source,
        "grade": report.grade,
        "polarity": report.polarity,
        "date": report.date.written if report.date else None,
        "origin": report.origin,
        "counted": report.counted,
        "says": report.says,
        "quote": report.quote,
        "locator": report.locator,
    }
