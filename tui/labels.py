"""The entries of a chain as lines of the tree."""

from __future__ import annotations

from rich.text import Text

from reasoner.assessment.words import percent
from reasoner.exchange.layout import signed
from reasoner.explanation.nodes import ChainLine, Node, ShownReport, Way
from reasoner.explanation.sentences import clause, written_date
from tui.outline import Entry, Remark, Section
from tui.plain import plain_text


def label(entry: Entry) -> Text:
    """One entry as a line of the tree."""
    match entry.value:
        case ChainLine() as line:
            weight = plain_text(f"{signed(line.decibans):>8}  ", "bold")
            return weight + plain_text(f"{line.factor_name}. ", "bold") + plain_text(line.sentence)
        case Node() as node:
            return _node_label(node)
        case Way(rule=rule, sentence=said):
            return plain_text(f"by rule [{rule}]: ", "dim") + plain_text(said)
        case ShownReport() as report:
            return _report_label(report)
        case Section(title=title, size=size):
            count = f"{size}" if size else "nothing"
            return plain_text(f"{title}: ", "bold") + plain_text(count)
        case Remark(text=text, heading=heading):
            return plain_text(text, "italic" if heading else "")


_STANDING = {"given": "given", "declared": "", "comparison": "", "assumed": "ASSUMED", "denied": "only denied"}


def _node_label(node: Node) -> Text:
    standing = _STANDING.get(node.kind, percent(node.probability))
    said = plain_text(clause(node.sentence))
    if standing and not (node.note or "").startswith(standing):
        said += plain_text(f"  {standing}", "bold")
    if node.note:
        said += plain_text(f"  [{node.note}]", "dim")
    return said


def _report_label(report: ShownReport) -> Text:
    when = f", {written_date(report.date)}" if report.date else ""
    denies = " DENIES it" if report.polarity == "denies" else ""
    said = report.says or (f"“{report.quote}”" if report.quote else "")
    shown = plain_text(f"{report.grade}  ", "bold") + plain_text(f"{report.name}{when}{denies}")
    if said:
        shown += plain_text(f": {said}", "dim")
    if not report.counted:
        shown += plain_text("  [counted once with its origin]", "dim")
    return shown
