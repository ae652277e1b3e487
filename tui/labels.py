"""The entries of a chain as lines of the tree."""

from __future__ import annotations

from rich.text import Text

from reasoner.assessment.words import percent
from reasoner.evidence.moments import written_date
from reasoner.exchange.layout import signed
from reasoner.explanation.nodes import ChainLine, Node, ShownReport, Way
from reasoner.explanation.sentences import clause
from tui.outline import Entry, Remark, Section
from tui.plain import plain_text


def label(entry: Entry) -> Text:
    """One entry as a line of the tree."""
    match entry.value:
        case ChainLine() as line:
            head = f"{signed(line.decibans):>8}  {line.factor_name}. "
            return _joined(plain_text(head, "bold"), plain_text(line.sentence))
        case Node() as node:
            return _node(node)
        case Way(rule=rule, sentence=said):
            return _joined(plain_text(f"by rule [{rule}]: ", "dim"), plain_text(said))
        case ShownReport() as report:
            return _report(report)
        case Section(title=title, size=size):
            return _joined(plain_text(f"{title}: ", "bold"), plain_text(f"{size}" if size else "nothing"))
        case Remark(text=text, heading=heading):
            return plain_text(text, "italic" if heading else "")


def _joined(*pieces: Text) -> Text:
    """The pieces in one line, each in its own style."""
    return Text.assemble(*pieces, no_wrap=True, overflow="ellipsis")


_STANDING = {"given": "given", "declared": "", "comparison": "", "assumed": "ASSUMED", "denied": "only denied"}


def _node(node: Node) -> Text:
    standing = _STANDING.get(node.kind, percent(node.probability))
    note = node.note or ""
    pieces = [plain_text(clause(node.sentence))]
    if standing and not (node.kind == "given" and note):  # the note then says by whom
        pieces.append(plain_text(f"  {standing}", "bold"))
    if note:
        pieces.append(plain_text(f"  [{note}]", "dim"))
    return _joined(*pieces)


def _report(report: ShownReport) -> Text:
    when = f", {written_date(report.date)}" if report.date else ""
    denies = " DENIES it" if report.polarity == "denies" else ""
    said = report.says or (f"“{report.quote}”" if report.quote else "")
    pieces = [plain_text(f"{report.grade}  ", "bold"), plain_text(f"{report.name}{when}{denies}")]
    if said:
        pieces.append(plain_text(f": {said}", "italic"))
    if not report.counted:
        pieces.append(plain_text("  [counted once with its origin]", "dim"))
    return _joined(*pieces)
