"""Missing evidence as JSON, for other programs: fields may be added, not changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reasoner.exchange.figures import figure
from reasoner.explanation.questions import Effect, Finding, MissingEvidence, Question

_DIGITS_OF_BITS = 4


def missing_json(case: str, found: MissingEvidence) -> dict[str, Any]:
    """Everything ``ascribe missing`` says about one role."""
    return {
        "case": case,
        "role": found.role,
        "entropy": round(found.entropy, _DIGITS_OF_BITS),
        "before": _rounded(found.before),
        "tried": found.tried,
        "possible": found.possible,
        "questions": [_question(question) for question in found.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    """``fact`` is the one whose answer tells most; ``findings`` has all that the question may bring to light."""
    return {
        "fact": str(question.findings[0].facts[-1]),
        "question": question.text,
        "bits": round(question.bits, _DIGITS_OF_BITS),
        "purpose": question.purpose,
        "where": question.where,
        "findings": [_finding(finding) for finding in question.findings],
        "otherwise": _rounded(question.otherwise),
        "likewise": [str(getattr(thing, "text", thing)) for thing in question.likewise],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "facts": [str(atom) for atom in finding.facts],
        "chance": figure(finding.chance),
        "after": _rounded(finding.after),
        "lines": [_line(effect) for effect in finding.effects],
    }


def _line(effect: Effect) -> dict[str, Any]:
    return {
        "actor": effect.actor,
        "side": effect.side,
        "factor": effect.factor,
        "rule": effect.rule,
        "strength": effect.strength,
        "does": "complete" if effect.gained else "defeat",
    }


def _rounded(chances: Mapping[str, float]) -> dict[str, float]:
    return {actor: figure(chance) for actor, chance in chances.items()}
