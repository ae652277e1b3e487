"""A chain as text for a terminal, indented like an outline; no box drawing, so that it reads aloud."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from reasoner.assessment.words import number_word, percent
from reasoner.evidence.sources import itself
from reasoner.exchange.layout import counted, signed, wrapped
from reasoner.explanation.nodes import Chain, ChainLine, FactorShare, Member, Node, Reliance, ShownReport, Way
from reasoner.explanation.sentences import clause, sentence, written_date

MOST_RELIANCES = 12
"""Facts and origins shown with the probability without them; JSON has all."""

LEAST_ROOM = 36
"""Columns that the deepest statement has at the least."""

FOLDED = "Folded, because neither they nor their loss come to half a deciban (--full unfolds them):"
NOT_COUNTED = "Not counted"

_UNMOVED = 5e-4
"""A difference of probability that is none: 0.05 %."""


def chain_text(chain: Chain, width: int) -> str:
    """The whole chain: headline, lines by contribution, what they rest on, the sum, and what was left out."""
    lines = wrapped(chain.headline, "", "", width)
    for line in chain.lines:
        if line.folded is None:
            lines += ["", *_line(line, chain, width)]
    lines += _folded(chain, width)
    if not chain.lines:
        lines += ["", "No line of evidence bears on it."]
    for line in chain.starts:
        lines += ["", *_line(line, chain, width)]
    lines += ["", *wrapped(chain.sum, "", "  ", width)]
    if chain.factors:
        lines += _factors(chain, width)
    lines += _rests_on(chain, width)
    lines += _listing(chain.listing, width)
    lines += _members(chain, width)
    lines += _closing(NOT_COUNTED, chain.not_counted, elsewhere(chain), width)
    lines += _closing("Disputed", chain.disputed, None, width)
    lines += _closing("Assumed", chain.assumed, None, width)
    return "\n".join(lines)


def _line(line: ChainLine, chain: Chain | Member, width: int) -> list[str]:
    rows = _head(line, chain, width)
    for node in line.premises:
        if not goes_without_saying(node):
            rows += node_lines(node, 2, width)
    return rows


def _head(line: ChainLine, chain: Chain | Member, width: int, others: str | None = None) -> list[str]:
    head = f"{signed(line.decibans):>7}  {line.factor_name}. {line.sentence} [{line.rule}]"
    said = " ".join(filter(None, [effect(line, chain), beneath(line), others]))
    return [*wrapped(head, "", " " * 9, width), *wrapped(said, " " * 9, " " * 9, width)]


def effect(line: ChainLine, chain: Chain | Member) -> str:
    """What the probability would be without the line; where it would be the same, what stands in for it."""
    if percent(line.without_it) != percent(chain.probability):
        return " ".join(filter(None, [f"Without it: {percent(line.without_it)}.", line.also]))
    unmoved = abs(line.without_it - chain.probability) < _UNMOVED
    said = "Without it nothing changes" if unmoved else f"Without it: still {percent(line.without_it)}"
    if isinstance(chain, Chain) and chain.members and not line.also:
        return f"{said}, as the members have lines of their own."
    return f"{said}; {line.also[:1].lower()}{line.also[1:]}" if line.also else f"{said}."


def beneath(line: ChainLine) -> str | None:
    """How much stands beneath a line that is folded."""
    if line.folded is None or not line.folded.statements:
        return None
    said = f"Beneath it: {counted(line.folded.statements, 'statement')}"
    return f"{said}, {counted(line.folded.reports, 'report')}." if line.folded.reports else f"{said}."


def folded_lines(chain: Chain) -> list[tuple[ChainLine, str | None]]:
    """The lines that are not unfolded, one a rule, each with how many more there are by it and what those weigh."""
    by_rule: dict[tuple[str, str], list[ChainLine]] = {}
    for line in chain.lines:
        if line.folded is not None:
            by_rule.setdefault((line.factor, line.rule), []).append(line)
    return [(first, _others(others)) for first, *others in by_rule.values()]


def _others(lines: Sequence[ChainLine]) -> str | None:
    if not lines:
        return None
    weight = signed(sum(line.decibans for line in lines))
    together = " together" if len(lines) > 1 else ""
    return f"By the same rule on other facts: {number_word(len(lines))} more, {weight}{together}."


def _folded(chain: Chain, width: int) -> Iterator[str]:
    found = folded_lines(chain)
    if found:
        yield ""
        yield from wrapped(FOLDED, "", "", width)
    for line, others in found:
        yield from _head(line, chain, width, others)


def goes_without_saying(node: Node) -> bool:
    """Whether a reader needs no telling.

    Why the actor is looked at is said once; two names differ; it was no accident; nothing rules anybody out.
    """
    if passed_on(node)[1].atom.startswith("candidate("):
        return True
    if node.kind == "comparison":
        return " != " in node.atom
    return node.atom.startswith(("not is_a(", "not ruled_out(")) and node.probability == 1.0


def _listing(listing: Node | None, width: int) -> Iterator[str]:
    if listing is not None:
        yield from ["", "Why it is looked at:"]
        yield from node_lines(listing, 0, width)


def node_lines(node: Node, level: int, width: int) -> list[str]:
    """One node and all beneath it, each level two columns further in.

    A rule that says no more than its one premise is named beside it, not given a level of its own.
    """
    indent = _indent(level, width)
    rules, node, plain = passed_on(node)
    rows = wrapped(_statement(node, rules), f"{indent}- ", f"{indent}  ", width)
    for report in node.reports:
        rows += wrapped(report_text(report), f"{indent}    ", f"{indent}      ", width)
    if node.kind == "aggregate":
        rows += [row for way in node.ways for row in _counted(way, level + 1, width)]
        return [*rows, *_further(node, indent, width)]
    for number, way in enumerate(node.ways):
        if way is not plain:
            either = "because" if number == 0 and not node.reports else "also because"
            same = clause(way.sentence) == clause(node.sentence)
            said = f"{either}, by rule [{way.rule}]" + (":" if same else f": {way.sentence}")
            rows += wrapped(said, f"{indent}    ", f"{indent}      ", width)
        for premise in itertools.filterfalse(goes_without_saying, way.premises):
            rows += node_lines(premise, level + (1 if way is plain else 2), width)
    return [*rows, *_further(node, indent, width)]


def _indent(level: int, width: int) -> str:
    """Two columns a level, as long as that leaves room to read in."""
    return " " * min(2 * level + 3, max(3, width - LEAST_ROOM))


def _further(node: Node, indent: str, width: int) -> list[str]:
    said = further(node)
    return wrapped(said, f"{indent}    ", f"{indent}      ", width) if said else []


def further(node: Node) -> str | None:
    """The ways to a statement that are not unfolded, in one sentence."""
    if node.beyond:
        return f"{counted(node.beyond, 'further way')} to it, too many to show."
    if not node.further:
        return None
    number, ways = number_word(len(node.further)).capitalize(), "way" if len(node.further) == 1 else "ways"
    return f"{number} more {ways} to it, folded. {' '.join(map(sentence, node.further))}"


def _counted(way: Way, level: int, width: int) -> list[str]:
    """What stands behind one of the things counted, beneath its name where that is more than one statement."""
    premises = [premise for premise in way.premises if not goes_without_saying(premise)]
    if len(premises) == 1:
        return node_lines(premises[0], level, width)
    indent = _indent(level, width)
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
    telling = telling_reliances(chain)
    if telling:
        yield ""
        yield from wrapped(f"{had_nobody(chain)}, the probability would be:", "", "", width)
    for each in telling:
        yield from wrapped(f"{percent(each.without_it):>5}  {relied(each)}", "  ", " " * 9, width)


def had_nobody(chain: Chain) -> str:
    """What is supposed of all that the probability rests on: that nobody reported it, or assumed it."""
    assumed = {each.what == "assumption" for each in telling_reliances(chain)}
    if assumed == {True}:
        return "Had nobody assumed it"
    return "Had nobody reported or assumed it" if True in assumed else "Had nobody reported it"


def relied(each: Reliance) -> str:
    """What is taken away: a fact, an assumption, or all that comes from an origin."""
    if each.what == "assumption":
        return f"{clause(each.sentence)} (assumed)."
    if each.what == "origin":
        return itself(each.sentence) if each.passes_on else f"everything from {each.sentence}"
    return each.sentence


def telling_reliances(chain: Chain) -> list[Reliance]:
    """The facts and origins without which the probability would be another figure, those that move it most."""
    return [each for each in chain.rests_on if percent(each.without_it) != percent(chain.probability)][:MOST_RELIANCES]


def _members(chain: Chain, width: int) -> Iterator[str]:
    """The members of an umbrella, each with what tells it from the others."""
    for member in chain.members:
        own = "" if member.lines else ", with nothing of its own"
        yield ""
        yield from wrapped(f"Of which {member.name} · {percent(member.probability)}{own}", "", "  ", width)
        for node in member.belonging:
            yield from node_lines(node, 0, width)
        for line in member.lines:
            yield from _line(line, member, width)
        yield from _listing(member.listing, width)


def elsewhere(chain: Chain) -> str | None:
    """Where to read what counts for nobody and does not name the actor."""
    if not chain.said_elsewhere:
        return None
    of = "further reported fact" if chain.not_counted else "reported fact"
    weigh = "weighs" if chain.said_elsewhere == 1 else "weigh"
    them = "it" if chain.said_elsewhere == 1 else "them"
    return f"{counted(chain.said_elsewhere, of)} {weigh} nothing for anybody; ascribe why {chain.case} lists {them}."


def _closing(title: str, sentences: tuple[str, ...], pointer: str | None, width: int) -> Iterator[str]:
    yield ""
    if not sentences:
        yield from wrapped(f"{title}: {pointer or 'nothing.'}", "", "  ", width)
        return
    yield f"{title}:"
    for text in (*sentences, *filter(None, [pointer])):
        yield from wrapped(text, "  - ", "    ", width)
