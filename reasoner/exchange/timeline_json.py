"""How a ranking came about as JSON: a step for every moment at which something was reported."""

from __future__ import annotations

from typing import Any

from reasoner.assessment.words import words
from reasoner.exchange.figures import figure
from reasoner.explanation.movers import Mover
from reasoner.explanation.timeline import Step, Timeline

_DECIBAN_DIGITS = 3


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """Everything ``ascribe timeline`` says, steps without a change included."""
    return {
        "case": timeline.case,
        "role": timeline.role,
        "steps": [_step(timeline, step) for step in timeline.steps],
    }


def _step(timeline: Timeline, step: Step) -> dict[str, Any]:
    return {
        "as_of": step.moment.written,
        "leader": step.judgement.leader,
        "leading": step.judgement.subject,
        "verdict": step.judgement.verdict,
        "changed": step.changed,
        "reports": step.reports,
        "hypotheses": [_row(timeline, actor, chance) for actor, chance in step.chances.items()],
        "umbrellas": [_row(timeline, actor, chance) for actor, chance in step.umbrellas.items()],
        "newcomers": list(step.newcomers),
        "because": [_mover(mover) for mover in step.because],
    }


def _row(timeline: Timeline, actor: str, chance: float) -> dict[str, Any]:
    return {
        "actor": actor,
        "name": timeline.labels[actor],
        "probability": figure(chance),
        "words": words(chance),
    }


def _mover(mover: Mover) -> dict[str, Any]:
    return {
        "actors": list(mover.actors),
        "rule": mover.rule,
        "factor": mover.factor,
        "sentence": mover.sentence,
        "likewise": mover.likewise,
        "how": mover.how,
        "decibans_before": round(mover.before, _DECIBAN_DIGITS) + 0.0,
        "decibans_after": round(mover.after, _DECIBAN_DIGITS) + 0.0,
        "least": round(mover.least, _DECIBAN_DIGITS) + 0.0,
        "facts": [str(fact) for fact in mover.facts],
        "sources": list(mover.sources),
        "denied": mover.denied,
    }
