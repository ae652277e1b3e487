"""A comparison of two hypotheses as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reasoner.assessment.reversal import Overturn, Reversal, Strand
from reasoner.exchange.figures import figure
from reasoner.explanation.contrast import Contrast, Contrasted, Difference
from reasoner.explanation.member_lines import MemberLine

DECIBAN_DIGITS = 3


def compare_json(contrast: Contrast) -> dict[str, Any]:
    """Everything ``ascribe compare`` says."""
    return {
        "case": contrast.case,
        "role": contrast.role,
        "first": _side(contrast.first),
        "second": _side(contrast.second),
        "differ": _lines(contrast.differ),
        "shared": _lines(contrast.shared),
        "members": [_of_member(line) for line in contrast.members],
        "gap": _decibans(contrast.gap),
        "doubt": _decibans(contrast.doubt),
        "reversal": _reversal(contrast.reversal) if contrast.reversal else None,
        "summary": contrast.summary,
    }


def _side(side: Contrasted) -> dict[str, Any]:
    return {
        "actor": side.actor,
        "name": side.name,
        "probability": figure(side.probability),
        "words": side.words,
        "told": side.told,
        "prior": _decibans(side.makeup.prior),
        "factors": {factor: _decibans(net) for factor, net in side.makeup.nets.items()},
        "exclusion": _decibans(side.makeup.exclusion),
        "members": _decibans(side.makeup.members),
    }


def _lines(lines: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {
            "rule": line.rule,
            "factor": line.factor,
            "sentence": line.sentence,
            "likewise": line.likewise,
            "decibans_first": _decibans(line.first),
            "decibans_second": _decibans(line.second),
        }
        for line in lines
    ]


def _of_member(line: MemberLine) -> dict[str, Any]:
    return {
        "actor": line.actor,
        "member": line.member,
        "rule": line.rule,
        "factor": line.factor,
        "sentence": line.sentence,
        "decibans": _decibans(line.decibans),
    }


def _reversal(reversal: Reversal) -> dict[str, Any]:
    return {
        "falling": [
            _overturn(each, [_strand(strand) for strand in each.changes]) for each in reversal.falling.overturns
        ],
        "level": [_overturn(each, list(each.changes)) for each in reversal.level.overturns],
        "new_line": reversal.new_line,
    }


def _strand(strand: Strand) -> dict[str, Any]:
    return {"rule": strand.rule, "factor": strand.factor, "against": strand.against}


def _overturn(overturn: Overturn[Any], changes: list[Any]) -> dict[str, Any]:
    return {
        "changes": changes,
        "ahead": figure(overturn.ahead),
        "behind": figure(overturn.behind),
        "foremost": overturn.foremost,
    }


def _decibans(decibans: float) -> float:
    return round(decibans, DECIBAN_DIGITS) + 0.0
