"""A what-if as JSON: the changes, the ranking before and after as ``ascribe rank`` gives it, the lines that moved."""

from __future__ import annotations

from typing import Any

from reasoner.assessment.assess import Assessment
from reasoner.exchange.figures import DIGITS, figure
from reasoner.exchange.ranking_json import rankings_json
from reasoner.explanation.what_if import LineShift, WhatIf


def what_if_json(asked: WhatIf) -> dict[str, Any]:
    """Everything ``ascribe what-if`` says; ``changes`` are written as a line of changes writes them."""
    return {
        "changes": list(asked.changes.lines()),
        "before": _ranking(asked.before),
        "after": _ranking(asked.after),
        "lines": [_line(shift) for shift in asked.lines],
    }


def _ranking(assessment: Assessment) -> dict[str, Any]:
    base = assessment.base
    as_of = base.as_of.written if base.as_of else None
    return rankings_json(base.case.id, as_of, assessment.worlds, assessment.rankings)


def _line(shift: LineShift) -> dict[str, Any]:
    return {
        "role": shift.role,
        "actor": shift.actor,
        "rule": shift.rule,
        "factor": shift.factor,
        "sentence": shift.sentence,
        "change": shift.change,
        "decibans_before": round(shift.before or 0.0, DIGITS),
        "decibans_after": round(shift.after or 0.0, DIGITS),
        "holds_before": figure(shift.held_before),
        "holds_after": figure(shift.held_after),
    }
