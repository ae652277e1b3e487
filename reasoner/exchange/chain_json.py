"""A chain as JSON: nodes, ways and lines, as other programs read them."""

from __future__ import annotations

from typing import Any

from reasoner.exchange.figures import figure
from reasoner.explanation.nodes import Chain, ChainLine, Node, Way


def chain_json(chain: Chain) -> dict[str, Any]:
    """Everything ``ascribe why`` says of a hypothesis."""
    return {
        "case": chain.case,
        "role": chain.role,
        "hypothesis": {
            "actor": chain.actor,
            "name": chain.name,
            "probability": figure(chain.probability),
            "words": chain.words,
        },
        "lines": [_line(line) for line in chain.lines],
        "factors": [
            {
                "factor": share.factor,
                "name": share.name,
                "decibans": round(share.decibans, 3),
                "without_it": figure(share.without_it),
                "without_facts": figure(share.without_facts),
            }
            for share in chain.factors
        ],
        "starts": [_line(line) for line in chain.starts],
        "sum": chain.sum,
        "not_counted": list(chain.not_counted),
        "disputed": list(chain.disputed),
        "assumed": list(chain.assumed),
        "members": [
            {
                "actor": member.actor,
                "name": member.name,
                "probability": figure(member.probability),
                "lines": [_line(line) for line in member.lines],
                "listing": node_json(member.listing) if member.listing else None,
                "belonging": [node_json(node) for node in member.belonging],
            }
            for member in chain.members
        ],
        "rests_on": [
            {
                "what": each.what,
                "id": each.id,
                "sentence": each.sentence,
                "without_it": figure(each.without_it),
            }
            for each in chain.rests_on
        ],
        "listing": node_json(chain.listing) if chain.listing else None,
    }


def _line(line: ChainLine) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "factor": line.factor,
        "sentence": line.sentence,
        "decibans": round(line.decibans, 3),
        "strength": line.strength,
        "probability": figure(line.probability),
        "without_it": figure(line.without_it),
        "also": line.also,
        "premises": [node_json(node) for node in line.premises],
    }


def node_json(node: Node) -> dict[str, Any]:
    """One node with all beneath it."""
    return {
        "kind": node.kind,
        "atom": node.atom,
        "sentence": node.sentence,
        "probability": figure(node.probability),
        "note": node.note,
        **({"ways_left_out": node.beyond} if node.beyond else {}),
        "reports": [
            {
                "source": report.source,
                "name": report.name,
                "grade": report.grade,
                "polarity": report.polarity,
                "date": report.date,
                "says": report.says,
                "quote": report.quote,
                "locator": report.locator,
                "origin": report.origin,
                "counted": report.counted,
                "uncounted": report.uncounted,
            }
            for report in node.reports
        ],
        "ways": [_way(way) for way in node.ways],
    }


def _way(way: Way) -> dict[str, Any]:
    return {"rule": way.rule, "sentence": way.sentence, "premises": [node_json(node) for node in way.premises]}
