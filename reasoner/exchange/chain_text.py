"""A chain as text for a terminal, indented like an outline; no box drawing, so that it reads aloud."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.assessment.words import percent
from reasoner.exchange.layout import signed, wrapped
from reasoner.explanation.nodes import Chain, ChainLine, Node, ShownReport, Way
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
    lines += _listing(chain, width)
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
        if not on_the_list(node):
            rows += node_lines(node, 2, width)
    return rows


def on_the_list(node: Node) -> bool:
    """Whether the node only says that the actor is a hypothesis at all, which is said once, not in every line."""
    return node.atom.startswith("candidate(")


def why_on_the_list(chain: Chain) -> Node | None:
    """The node that says why the actor is a hypothesis, where it is unfolded."""
    nodes = (node for line in chain.lines for node in line.premises if on_the_list(node))
    return next((node for node in nodes if node.ways), None)


def _listing(chain: Chain, width: int) -> Iterator[str]:
    node = why_on_the_list(chain)
    if node is not None:
        yield from ["", "A hypothesis at all:"]
        yield from node_lines(node, 0, width)


def node_lines(node: Node, level: int, width: int) -> list[str]:
    """One node and all beneath it, each level two columns further in."""
    indent = " " * (2 * level + 3)
    plain = _one_plain_way(node)
    rows = wrapped(_statement(node, plain), f"{indent}- ", f"{indent}  ", width)
    for report in node.reports:
        rows += wrapped(report_text(report), f"{indent}    ", f"{indent}      ", width)
    for number, way in enumerate(node.ways):
        if way is not plain:
            either = "because" if number == 0 else "also because"
            same = clause(way.sentence) == clause(node.sentence)
            said = f"{either}, by rule [{way.rule}]" + (":" if same else f": {way.sentence}")
            rows += wrapped(said, f"{indent}    ", f"{indent}      ", width)
        for premise in way.premises:
            rows += node_lines(premise, level + (1 if way is plain else 2), width)
    return rows


def _one_plain_way(node: Node) -> Way | None:
    """The node's way where it is the only thing behind it and says no more than the node."""
    if len(node.ways) != 1 or node.reports:
        return None
    return node.ways[0] if clause(node.ways[0].sentence) == clause(node.sentence) else None


def _statement(node: Node, plain: Way | None) -> str:
    """The node's sentence with how it stands, the rule where there is but one, and its note."""
    said = clause(node.sentence)
    if node.kind == "assumed":
        said += " (assumed)"
    elif node.kind not in ("given", "declared", "comparison"):
        said += f" ({percent(node.probability)})"
    said += f", by rule [{plain.rule}]:" if plain else "."
    return f"{said} [{node.note}]" if node.note else said


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
