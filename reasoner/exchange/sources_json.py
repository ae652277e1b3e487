"""Who stands behind an answer as JSON."""

from __future__ import annotations

from typing import Any

from reasoner.exchange.figures import figure
from reasoner.explanation.sourcing import Reported, SourceStanding, Sourcing

_DECIBAN_DIGITS = 3


def sources_json(found: Sourcing) -> dict[str, Any]:
    """Everything ``ascribe sources`` says, and the sources that tell nothing; decibans are what a loss costs."""
    return {
        "case": found.case,
        "role": found.role,
        "actor": found.actor,
        "leader": found.judged.leader,
        "leading": found.judged.subject,
        "probability": figure(found.probability),
        "sources": [_source(each) for each in found.sources],
    }


def _source(each: SourceStanding) -> dict[str, Any]:
    return {
        "source": each.source.id,
        "name": each.source.name,
        "reliability": each.source.reliability,
        "passed_on": list(each.passed_on),
        "origin": each.origin,
        "anonymous": each.source.anonymous,
        "gains": list(each.gains),
        "left_out": each.left_out,
        "decibans": _decibans(each.lead),
        "decibans_of_actor": _decibans(each.own),
        "probability_without": figure(each.probability),
        "leader_without": each.after.leader,
        "leading_without": each.after.subject,
        "ends_the_lead": each.lost,
        "undisputed": each.undisputed,
        "reports": [_report(report) for report in each.reports],
    }


def _report(each: Reported) -> dict[str, Any]:
    report = each.report
    return {
        "fact": each.fact,
        "sentence": each.sentence,
        "probability": figure(each.credence),
        "decibans": _decibans(each.decibans),
        "source": report.source,
        "grade": report.grade,
        "polarity": report.polarity,
        "date": report.date,
        "says": report.says,
        "quote": report.quote,
        "locator": report.locator,
        "counted": report.counted,
        "left_out": each.left_out,
    }


def _decibans(decibans: float) -> float:
    return round(decibans, _DECIBAN_DIGITS) + 0.0
