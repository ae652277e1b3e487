"""A chain as Markdown, for a report or a ticket; text from files is escaped, so none of it is interpreted."""

from __future__ import annotations

import re
from dataclasses import replace

from reasoner.assessment.words import percent
from reasoner.exchange.chain_text import adds_something, on_the_list, report_text
from reasoner.exchange.layout import signed
from reasoner.explanation.nodes import Chain, ChainLine, Node

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&$])")


def escaped(text: str) -> str:
    """Text in which nothing is Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def chain_markdown(chain: Chain) -> str:
    """The whole chain under one heading."""
    rows = [f"# {escaped(chain.headline)}", ""]
    for line in chain.lines:
        rows += [*_line(line), ""]
    if not chain.lines:
        rows += ["No line of evidence bears on it.", ""]
    rows += [escaped(chain.sum), ""]
    rows += [
        f"- {escaped(share.name)}: {escaped(signed(share.decibans))}, without it {percent(share.without_it)}"
        for share in chain.factors
    ]
    if chain.listing:
        rows += ["", "**A hypothesis at all**", "", *_node(chain.listing, 0)]
    for title, sentences in (
        ("Not counted", chain.not_counted),
        ("Disputed", chain.disputed),
        ("Assumed", chain.assumed),
    ):
        rows += ["", f"**{title}**", ""]
        rows += [f"- {escaped(text)}" for text in sentences] or ["- nothing"]
    return "\n".join(rows).rstrip() + "\n"


def _line(line: ChainLine) -> list[str]:
    head = f"## {escaped(signed(line.decibans))} {escaped(line.factor_name)}"
    effect = f"Rule *{escaped(line.rule)}*. Without it: {percent(line.without_it)}."
    also = f" {escaped(line.also)}" if line.also else ""
    rows = [head, "", escaped(line.sentence), "", effect + also, ""]
    for node in line.premises:
        if not on_the_list(node):
            rows += _node(node if adds_something(line) else replace(node, ways=(), reports=()), 0)
    return rows


def _node(node: Node, level: int) -> list[str]:
    indent = "  " * level
    note = f" ({escaped(node.note)})" if node.note else ""
    shown = "" if node.kind in ("given", "declared", "comparison") else f" — {percent(node.probability)}"
    rows = [f"{indent}- {escaped(node.sentence)} *{node.kind}*{shown}{note}"]
    rows += [f"{indent}  - {escaped(report_text(report))}" for report in node.reports]
    for way in node.ways:
        rows.append(f"{indent}  - by rule *{escaped(way.rule)}*: {escaped(way.sentence)}")
        for premise in way.premises:
            rows += _node(premise, level + 2)
    return rows
