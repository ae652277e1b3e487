"""A chain as text for a terminal, indented like an outline; no box drawing, so that it reads aloud."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.assessment.words import percent
from reasoner.exchange.layout import signed, wrapped
from reasoner.explanation.nodes import Chain, ChainLine, Node, ShownReport
from reasoner.explanation.sentences import clause, written_date


def chain_text(chain: Chain, width: int) -> str:
    """The whole chain: headline, lines by contribution, what they rest on, the sum, and what was left out."""
    lines = wrapped(chain.headline, "", "", width)
    factors = {share.factor: share for share in chain.factors}
    seen: set[str] = set()
    for line in chain.lines:
        lines.append("")
        lines += _line(line, line.factor not in seen, chain, width)
        seen.add(line.factor)
    if not chain.lines:
        lines += ["", "No line of evidence bears on it."]
    lines += ["", *wrapped(chain.sum, "", "  ", width)]
    if len(factors) > 1 or any(share.decibans for share in chain.factors):
        lines += _factors(chain, width)
    lines += _members(chain, width)
    lines += _closing("Not counted", chain.not_counted, width)
    lines += _closing("Disputed", chain.disputed, width)
    lines += _closing("Assumed", chain.assumed, width)
    return "\n".join(lines)


def _line(line: ChainLine, first_of_factor: bool, chain: Chain, width: int) -> list[str]:
    head = f"{signed(line.decibans):>7}  {line.factor_name}. {line.sentence} [{line.rule}]"
    rows = wrapped(head, "", " " * 9, width)
    effect = f"Without it: {percent(line.without_it)}."
    if line.also:
        effect = f"{effect} {line.also}"
    rows += wrapped(effect, " " * 9, " " * 9, width)
    for node in line.premises:
        rows += node_lines(node, 2, width)
    return rows


def node_lines(node: Node, level: int, width: int) -> list[str]:
    """One node and all beneath it, each level two columns further in."""
    indent = " " * (2 * level + 3)
    certain = node.kind in ("given", "declared", "comparison")
    standing = {"assumed": "assumed", "given": "given", "declared": "", "comparison": ""}.get(
        node.kind, percent(node.probability)
    )
    said = f"{clause(node.sentence)} ({standing})." if standing and not certain else node.sentence
    if node.note:
        said = f"{said} [{node.note}]"
    rows = wrapped(said, f"{indent}- ", f"{indent}  ", width)
    for report in node.reports:
        rows += wrapped(report_text(report), f"{indent}    ", f"{indent}      ", width)
    for number, way in enumerate(node.ways):
        either = "because" if number == 0 else "also because"
        same = clause(way.sentence) == clause(node.sentence)
        said = f"{either}, by rule [{way.rule}]" + (":" if same else f": {way.sentence}")
        rows += wrapped(said, f"{indent}    ", f"{indent}      ", width)
        for premise in way.premises:
            rows += node_lines(premise, level + 2, width)
    return rows


def report_text(report: ShownReport) -> str:
    """One report: grade, who, when, what; and whether it counts."""
    when = f", {written_date(report.date)}" if report.date else ""
    denies = " denies it" if report.polarity == "denies" else ""
    text = f"{report.grade}  {report.name}{when}{denies}"
    if report.says:
        text += f": {report.says}"
    if report.quote:
        text += f" “{report.quote}”"
    if report.locator:
        text += f" ({report.locator})"
    if not report.counted:
        text += f" [not counted apart: rests on {report.origin}, as another report does]"
    return text


def _factors(chain: Chain, width: int) -> Iterator[str]:
    parts = [
        f"{share.name} {signed(share.decibans)} (without it: {percent(share.without_it)})" for share in chain.factors
    ]
    yield from wrapped("By factor: " + " · ".join(parts) + ".", "", "  ", width)


def _members(chain: Chain, width: int) -> Iterator[str]:
    if chain.members:
        yield ""
        yield "Of which:"
        for _, name, probability in chain.members:
            yield f"  {name}  {percent(probability)}"


def _closing(title: str, sentences: tuple[str, ...], width: int) -> Iterator[str]:
    yield ""
    if not sentences:
        yield f"{title}: nothing."
        return
    yield f"{title}:"
    for text in sentences:
        yield from wrapped(text, "  - ", "    ", width)
