"""A chain as Markdown, for a report or a ticket; text from files is escaped, so none of it is interpreted."""

from __future__ import annotations

import re

from reasoner.assessment.words import percent
from reasoner.exchange.chain_text import (
    FOLDED,
    NOT_COUNTED,
    beneath,
    effect,
    elsewhere,
    folded_lines,
    further,
    goes_without_saying,
    had_nobody,
    passed_on,
    relied,
    report_text,
    telling_factors,
    telling_reliances,
)
from reasoner.exchange.layout import signed
from reasoner.explanation.nodes import Chain, ChainLine, Member, Node, Way
from reasoner.explanation.sentences import clause

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$]|^[#+\-])")


def escaped(text: str) -> str:
    """Text in which nothing is Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def chain_markdown(chain: Chain) -> str:
    """The whole chain under one heading."""
    rows = [f"# {escaped(chain.headline)}", ""]
    for line in chain.lines:
        if line.folded is None:
            rows += [*_line(line, chain), ""]
    folded = folded_lines(chain)
    if folded:
        rows += [f"**{escaped(FOLDED)}**", "", *(_point(line, chain, others) for line, others in folded), ""]
    if not chain.lines:
        rows += ["No line of evidence bears on it.", ""]
    for line in chain.starts:
        rows += [*_line(line, chain), ""]
    rows += [escaped(chain.sum), ""]
    rows += [
        f"- {escaped(share.name)}: {escaped(signed(share.decibans))}, without it {percent(share.without_it)}"
        for share in telling_factors(chain)
    ]
    telling = telling_reliances(chain)
    if telling:
        rows += [
            "",
            f"**{had_nobody(chain)}, the probability would be**",
            "",
            *(f"- {percent(each.without_it)}: {escaped(relied(each))}" for each in telling),
        ]
    for member in chain.members:
        rows += ["", f"**Of which {escaped(member.name)}: {percent(member.probability)}**", ""]
        for node in member.belonging:
            rows += _node(node, 0)
        for line in member.lines:
            rows += _line(line, member)
    if chain.listing:
        rows += ["", "**Why it is looked at**", "", *_node(chain.listing, 0)]
    for title, sentences, pointer in (
        (NOT_COUNTED, chain.not_counted, elsewhere(chain)),
        ("Disputed", chain.disputed, None),
        ("Assumed", chain.assumed, None),
    ):
        told = [*sentences, *filter(None, [pointer])]
        rows += ["", f"**{title}**", "", *(f"- {escaped(text)}" for text in told)] if sentences else []
        rows += [] if sentences else ["", f"**{title}**: {escaped(pointer or 'nothing.')}"]
    return "\n".join(rows).rstrip() + "\n"


def _line(line: ChainLine, chain: Chain | Member) -> list[str]:
    head = f"## {escaped(signed(line.decibans))} {escaped(line.factor_name)}"
    rows = [head, "", escaped(line.sentence), "", f"Rule *{escaped(line.rule)}*. {escaped(effect(line, chain))}", ""]
    for node in line.premises:
        if not goes_without_saying(node):
            rows += _node(node, 0)
    return rows


def _point(line: ChainLine, chain: Chain, others: str | None) -> str:
    """A folded line as one point."""
    said = [f"{signed(line.decibans)} {line.factor_name}.", line.sentence, f"[{line.rule}]", effect(line, chain)]
    return f"- {escaped(' '.join([*said, *filter(None, [beneath(line), others])]))}"


_STANDING = {"given": "undisputed", "declared": "by definition", "comparison": "", "assumed": "assumed"}


def node_markdown(node: Node) -> str:
    """One statement with everything beneath it, as a list."""
    return "\n".join(_node(node, 0)) + "\n"


def _node(node: Node, level: int) -> list[str]:
    indent = "  " * level
    rules, node, plain = passed_on(node)
    by = f", by rule {', '.join(f'*{escaped(rule)}*' for rule in rules)}" if rules else ""
    note = f" ({escaped(node.note)})" if node.note else ""
    standing = _STANDING.get(node.kind, percent(node.probability))
    if node.kind in ("given", "declared") and node.note:
        standing = ""
    shown = f" ({standing})" if standing else ""
    rows = [f"{indent}- {escaped(clause(node.sentence))}{shown}{by}{note}."]
    rows += [f"{indent}  - {escaped(report_text(report))}" for report in node.reports]
    if node.kind == "aggregate":
        rows += [row for way in node.ways for row in _counted(way, level + 1)]
    for way in node.ways if node.kind != "aggregate" else ():
        if way is not plain:
            said = "" if clause(way.sentence) == clause(node.sentence) else f": {escaped(way.sentence)}"
            rows.append(f"{indent}  - by rule *{escaped(way.rule)}*{said}")
        for premise in way.premises:
            if not goes_without_saying(premise):
                rows += _node(premise, level + (1 if way is plain else 2))
    return [*rows, *(f"{indent}  - {escaped(said)}" for said in filter(None, [further(node)]))]


def _counted(way: Way, level: int) -> list[str]:
    """What stands behind one of the things counted, beneath its name where that is more than one statement."""
    premises = [premise for premise in way.premises if not goes_without_saying(premise)]
    if len(premises) == 1:
        return _node(premises[0], level)
    rows = [f"{'  ' * level}- {escaped(way.sentence)}"]
    return [*rows, *(row for premise in premises for row in _node(premise, level + 1))]
