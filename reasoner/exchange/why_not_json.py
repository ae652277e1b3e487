"""A why-not as JSON: every line that the other has and this one lacks, with its nearest instance and repairs."""

from __future__ import annotations

from collections.abc import Mapping

from reasoner.explanation.unlisted import Unlisted
from reasoner.explanation.why_not import Gap, LackedLine, Remedy, WhyNot


def why_not_json(found: WhyNot) -> Mapping[str, object]:
    """The whole answer; ``repair`` is the best one, a retracted fact written ``not …``, empty where there is none."""
    return {
        "case": found.case,
        "role": found.role,
        "actor": found.actor,
        "name": found.name,
        "probability": found.probability,
        "against": found.against,
        "against_name": found.against_name,
        "probability_against": found.probability_against,
        "ahead": found.ahead,
        "listed": _repair(found.listed) if found.listed else None,
        "lines": [_line(line) for gap in found.gaps for line in gap.lacked],
        "shared": [
            {"rule": line.rule, "factor": line.factor, "strength": line.strength}
            for gap in found.gaps
            for line in gap.shared
        ],
        "factors": [_factor(gap) for gap in found.gaps],
        "alone_against": list(found.alone_against),
        "unlisted": _unlisted(found.unlisted) if found.unlisted else None,
    }


def _unlisted(one: Unlisted) -> Mapping[str, object]:
    return {"rules": list(one.rules), "lines": [{"rule": rule, "decibans": weight} for rule, weight in one.lines]}


def _line(line: LackedLine) -> Mapping[str, object]:
    best, *others = line.remedies or (None,)
    return {
        "rule": line.rule,
        "factor": line.factor,
        "sentence": line.sentence,
        "strength": line.strength,
        "holds": [premise.text for premise in line.holds],
        "fails": [premise.text for premise in line.fails],
        "fails_because": [premise.sentence for premise in line.fails],
        "repair": _changes(best) if best else [],
        "repair_sentence": best.sentence if best else None,
        "alternatives": [_repair(other) for other in others if other],
        "complete": line.complete,
    }


def _repair(remedy: Remedy) -> Mapping[str, object]:
    return {"repair": _changes(remedy), "sentence": remedy.sentence}


def _changes(remedy: Remedy) -> list[str]:
    return [*remedy.assume, *(f"not {fact}" for fact in remedy.retract)]


def _factor(gap: Gap) -> Mapping[str, object]:
    return {
        "factor": gap.factor,
        "decibans": gap.decibans,
        "decibans_against": gap.decibans_against,
        "otherwise": _line(gap.otherwise) if gap.otherwise else None,
    }
