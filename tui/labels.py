"""The entries of a chain, or of a list of sources, as lines of a tree."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.text import Text

from reasoner.assessment.decibans import LEAST_SHOWN
from reasoner.assessment.words import percent
from reasoner.evidence.moments import written_date
from reasoner.exchange.layout import bar, counted, signed
from reasoner.explanation.nodes import ChainLine, Node, ShownReport, Way
from reasoner.explanation.sentences import clause
from reasoner.explanation.sourcing import Reported, SourceStanding
from tui.outline import Entry, Remark, Rest, Section, Stage, Sum, Up
from tui.plain import plain_text

FOR, AGAINST = "█", "░"
STAGE_COLUMNS = 3
"""A waterfall is so many times as wide as the bar beside a line."""


@dataclass(frozen=True, slots=True)
class Bars:
    """How bars are drawn: the decibans of the longest, and its columns; none where these are 0."""

    most: float = 0.0
    width: int = 0

    def __call__(self, decibans: float) -> str:
        """A bar as long as the decibans weigh: solid for, shaded against, so that it reads without colour."""
        if not self.width or not self.most:
            return ""
        if abs(decibans) < LEAST_SHOWN:
            return " " * self.width
        share = min(1.0, abs(decibans) / self.most)
        if decibans < 0:
            return (AGAINST * max(1, round(share * self.width))).ljust(self.width)
        return bar(share, self.width).ljust(self.width)


def label(entry: Entry, bars: Bars) -> Text:
    """One entry as a line of the tree; before one that is gone stands that it is."""
    if entry.gone:
        return _gone(entry, bars)
    match entry.value:
        case ChainLine() as line:
            head = f"{signed(line.decibans):>8}  "
            said = plain_text(f"{line.factor_name}. ", "bold"), plain_text(line.sentence)
            return _joined(plain_text(head, "bold"), _bar(bars(line.decibans)), *said)
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
        case Sum(text=text):
            return plain_text(text, "italic")
        case Stage() as stage:
            return _stage(stage, bars)
        case Rest(count=count):
            return plain_text(f"… {count:,} more", "italic")
        case Up(text=text):
            return plain_text(f"↑ {text}", "italic")
        case SourceStanding() as source:
            return _source(source, bars)
        case Reported() as reported:
            return _reported(reported)


def _gone(entry: Entry, bars: Bars) -> Text:
    mark = plain_text(f"{entry.gone:>8}  ", "bold")
    if isinstance(entry.value, ChainLine):
        return _joined(mark, _bar(" " * bars.width), plain_text(f"{entry.title}. {entry.value.sentence}"))
    return _joined(mark, label(replace(entry, gone=""), bars))


def _joined(*pieces: Text) -> Text:
    """The pieces in one line, each in its own style."""
    return Text.assemble(*pieces, no_wrap=True, overflow="ellipsis")


def _bar(drawn: str) -> Text:
    return Text(f"{drawn}  " if drawn else "")


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


def _stage(stage: Stage, bars: Bars) -> Text:
    """A step of the sum: its decibans, a bar from where it begins to where it ends, and its name."""
    style = "bold" if stage.total else ""
    head = plain_text(f"{signed(stage.decibans):>8}  ", style)
    return _joined(head, _bar(floating(stage, STAGE_COLUMNS * bars.width)), plain_text(stage.name, style))


def floating(stage: Stage, width: int) -> str:
    """The bar of a step between the lowest and the highest place that any step of the sum reaches."""
    span = stage.highest - stage.lowest
    if width <= 0 or span <= 0:
        return ""
    if abs(stage.decibans) < LEAST_SHOWN:
        return " " * width
    first, last = sorted(round((place - stage.lowest) / span * width) for place in (stage.begins, stage.ends))
    first = min(first, width - 1)
    drawn = (FOR if stage.decibans >= 0 else AGAINST) * max(1, last - first)
    return f"{' ' * first}{drawn}".ljust(width)


def _source(each: SourceStanding, bars: Bars) -> Text:
    """A source: what the lead loses without it, its letter, and what it brings."""
    head = f"{signed(each.lead):>8}  "
    said = [counted(len(each.reports), "report")] if each.reports else []
    said += [f"through {each.passed_on[0]}"] if each.passed_on else []
    said += [f"rests on {each.origin}"] if each.origin else []
    said += ["gains by the blame"] if each.gains else []
    marks = "  LEFT OUT" if each.left_out else "  ends the lead" if each.lost else ""
    return _joined(
        plain_text(head, "bold"),
        _bar(bars(each.lead)),
        plain_text(f"{each.source.reliability}  ", "bold"),
        plain_text(each.source.name),
        plain_text(marks, "bold"),
        plain_text(f"  {' · '.join(said)}", "dim"),
    )


def _reported(each: Reported) -> Text:
    denies = "DENIES: " if each.report.polarity == "denies" else ""
    standing = "LEFT OUT" if each.left_out else percent(each.credence)
    return _joined(
        plain_text(f"{signed(each.decibans):>8}  ", "bold"),
        plain_text(f"{each.report.grade}  ", "bold"),
        plain_text(f"{denies}{clause(each.sentence)}"),
        plain_text(f"  {standing}", "bold"),
    )
