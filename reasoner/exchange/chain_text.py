"""A chain as text for a terminal, indented like an outline; no box drawing, so that it reads aloud."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from reasoner.assessment.words import percent
from reasoner.exchange.layout import signed, wrapped
from reasoner.explanation.nodes import Chain, ChainLine, FactorShare, Node, ShownReport, Way
from reasoner.explanation.sentences import clause, written_date

MOST_RELIANCES = 12
"""Facts and origins shown with the probability without them; JSON has all."""


def chain_text(chain: Chain, width: int) -> str:
    """The whole chain: headline, lines by contribution, what they rest on, the sum, and what was left out."""
    lines = wrapped(chain.headline, "", "", width)
    for line in chain.lines:
        if adds_something(line):
            lines += ["", *_line(line, width)]
    lines += _idle(chain, width)
    if not chain.lines:
        lines += ["", "No line of evidence bears on it."]
    lines += ["", *wrapped(chain.sum, "", "  ", width)]
    if chain.factors:
        lines += _factors(chain, width)
    lines += _rests_on(chain, width)
    lines += _listing(chain.listing, width)
    lines += _members(chain, width)
    lines += _closing("Not counted", chain.not_counted, width)
    lines += _closing("Disputed", chain.disputed, width)
    lines += _closing("Assumed", chain.assumed, width)
    return "\n".join(lines)


def _line(line: ChainLine, width: int) -> list[str]:
    rows = _head(line, width)
    for node in line.premises:
        if not goes_without_saying(node):
            rows += node_lines(node, 2, width)
    return rows


def _head(line: ChainLine, width: int) -> list[str]:
    head = f"{signed(line.decibans):>7}  {line.factor_name}. {line.sentence} [{line.rule}]"
    effect = f"Without it: {percent(line.without_it)}."
    if line.also:
        effect = f"{effect} {line.also}"
    return [*wrapped(head, "", " " * 9, width), *wrapped(effect, " " * 9, " " * 9, width)]


def adds_something(line: ChainLine) -> bool:
    """Whether the line adds anything that can be seen to the sum."""
    return signed(line.decibans) != signed(0)


def _idle(chain: Chain, width: int) -> Iterator[str]:
    """The lines that add nothing: what they say, with their premises but not what those rest on."""
    idle = [line for line in chain.lines if not adds_something(line)]
    if idle:
        yield ""
        yield "These add nothing: something above says as much, or they hardly ever hold."
    for line in idle:
        yield from _head(line, width)
        for node in line.premises:
            if not goes_without_saying(node):
                yield from wrapped(_statement(replace(node, ways=(), reports=()), ()), " " * 9 + "- ", " " * 11, width)


def goes_without_saying(node: Node) -> bool:
    """Whether a reader needs no telling: why the actor is looked at (said once), two names that differ, no accident."""
    if node.atom.startswith("candidate("):
        return True
    if node.kind == "comparison":
        return " != " in node.atom
    return node.atom.startswith("not is_a(") and node.probability == 1.0


def _listing(listing: Node | None, width: int) -> Iterator[str]:
    if listing is not None:
        yield from ["", "Why it is looked at:"]
        yield from node_lines(listing, 0, width)


def node_lines(node: Node, level: int, width: int) -> list[str]:
    """One node and all beneath it, each level two columns further in.

    A rule that says no more than its one premise is named beside it, not given a level of its own.
    """
    indent = " " * (2 * level + 3)
    rules, node, plain = passed_on(node)
    rows = wrapped(_statement(node, rules), f"{indent}- ", f"{indent}  ", width)
    for report in node.reports:
        rows += wrapped(report_text(report), f"{indent}    ", f"{indent}      ", width)
    if node.kind == "aggregate":
        return [*rows, *(row for way in node.ways for row in _counted(way, level + 1, width))]
    for number, way in enumerate(node.ways):
        if way is not plain:
            either = "because" if number == 0 and not node.reports else "also because"
            same = clause(way.sentence) == clause(node.sentence)
            said = f"{either}, by rule [{way.rule}]" + (":" if same else f": {way.sentence}")
            rows += wrapped(said, f"{indent}    ", f"{indent}      ", width)
        for premise in itertools.filterfalse(goes_without_saying, way.premises):
            rows += node_lines(premise, level + (1 if way is plain else 2), width)
    return rows


def _counted(way: Way, level: int, width: int) -> list[str]:
    """What stands behind one of the things counted, beneath its name where that is more than one statement."""
    premises = [premise for premise in way.premises if not goes_without_saying(premise)]
    if len(premises) == 1:
        return node_lines(premises[0], level, width)
    indent = " " * (2 * level + 3)
    end = ":" if premises else ", by definition."
    rows = wrapped(clause(way.sentence) + end, f"{indent}- ", f"{indent}  ", width)
    return [*rows, *(row for premise in premises for row in node_lines(premise, level + 1, width))]


def passed_on(node: Node) -> tuple[tuple[str, ...], Node, Way | None]:
    """The rules that only pass a statement on, the node they pass on, and its way where that says no more either."""
    rules: list[str] = []
    while len(node.ways) == 1 and not node.reports and clause(node.ways[0].sentence) == clause(node.sentence):
        (way,) = node.ways
        rules.append(way.rule)
        if len(way.premises) != 1 or clause(way.premises[0].sentence) != clause(node.sentence):
            return tuple(rules), node, way
        node = way.premises[0]
    return tuple(rules), node, None


def _statement(node: Node, rules: tuple[str, ...]) -> str:
    """The node's sentence with how it stands, the rules that lead to it, and its note."""
    said = clause(node.sentence)
    if node.kind == "aggregate":
        figure, _, names = said.partition(": ")
        sure = "" if node.probability == 1.0 else f" ({percent(node.probability)})"
        said = f"{figure}{sure}: {names}."
        return f"{said} [{node.note}]" if node.note else said
    if node.kind == "assumed":
        said += " (assumed)"
    elif node.kind not in ("given", "declared", "comparison"):
        said += f" ({percent(node.probability)})"
    if rules:
        said += f", by rule {', '.join(f'[{rule}]' for rule in rules)}"
    said += ":" if node.ways or node.reports else "."
    return f"{said} [{node.note}]" if node.note else said


def report_text(report: ShownReport) -> str:
    """One report: grade, who, when, what; and whether it counts."""
    when = f", {written_date(report.date)}" if report.date else ""
    denies = ", denying it" if report.polarity == "denies" else ""
    text = f"{report.grade}  {report.name}{when}{denies}"
    if report.says:
        text += f": {report.says}"
    if report.quote:
        text += f" “{report.quote}”"
    if report.locator:
        text += f" ({report.locator})"
    if report.uncounted:
        text += f" [{report.uncounted}]"
    return text


def _factors(chain: Chain, width: int) -> Iterator[str]:
    """What each factor adds, and the probability without its lines and without its facts."""
    yield ""
    heading = "By factor, with the probability without its lines, and without the facts that it alone rests on:"
    yield from wrapped(heading, "", "  ", width)
    for share in telling_factors(chain):
        left = f"{percent(share.without_it):>5}  {percent(share.without_facts):>5}"
        yield from wrapped(f"{signed(share.decibans):>8}  {left}  {share.name}", "", "  ", width)


def telling_factors(chain: Chain) -> Iterator[FactorShare]:
    """The factors that add something, or without whose lines or facts the probability would be another."""
    for share in chain.factors:
        left = {percent(share.without_it), percent(share.without_facts)}
        if signed(share.decibans) != signed(0) or left != {percent(chain.probability)}:
            yield share


def _rests_on(chain: Chain, width: int) -> Iterator[str]:
    if chain.rests_on:
        yield ""
        yield "Had nobody reported it, the probability would be:"
    for each in chain.rests_on[:MOST_RELIANCES]:
        said = f"everything from {each.sentence}" if each.what == "origin" else each.sentence
        yield from wrapped(f"{percent(each.without_it):>5}  {said}", "  ", " " * 9, width)


def _members(chain: Chain, width: int) -> Iterator[str]:
    """The members of an umbrella, each with what tells it from the others."""
    for member in chain.members:
        own = "" if member.lines else ", with nothing of its own"
        yield ""
        yield from wrapped(f"Of which {member.name} · {percent(member.probability)}{own}", "", "  ", width)
        for line in member.lines:
            yield from _line(line, width)
        yield from _listing(member.listing, width)


def _closing(title: str, sentences: tuple[str, ...], width: int) -> Iterator[str]:
    yield ""
    if not sentences:
        yield f"{title}: nothing."
        return
    yield f"{title}:"
    for text in sentences:
        yield from wrapped(text, "  - ", "    ", width)
