"""A ranking as JSON, in the form other programs read: fields may be added, not changed."""

from __future__ import annotations

from typing import Any

from reasoner.assessment.result import Ranking, Rankings, WorldCount
from reasoner.assessment.words import words
from reasoner.exchange.figures import DIGITS, figure


def rankings_json(case: str, as_of: str | None, worlds: WorldCount, rankings: Rankings) -> dict[str, Any]:
    """Everything ``ascribe rank`` says of a case."""
    return {
        "case": case,
        "as_of": as_of,
        "worlds": {
            "method": worlds.method,
            "count": worlds.count,
            "standard_error": round(worlds.standard_error, DIGITS),
        },
        "roles": {role: ranking_json(ranking) for role, ranking in rankings.items()},
    }


def ranking_json(ranking: Ranking) -> dict[str, Any]:
    """The ranking of one role."""
    return {
        "verdict": ranking.verdict,
        "leader": ranking.leader,
        "leading": ranking.leading,
        "level": list(ranking.level),
        "settled": ranking.settled,
        "with_fronts": ranking.with_fronts and round(ranking.with_fronts, DIGITS),
        "confidence": {"level": ranking.confidence.level, "reasons": list(ranking.confidence.reasons)},
        "hypotheses": [
            {
                "actor": row.actor,
                "name": row.name,
                "probability": figure(row.probability),
                "words": words(row.probability),
                "stability": figure(row.stability),
                "standard_error": round(row.spread, DIGITS),
            }
            for row in ranking.hypotheses
        ],
        "umbrellas": [
            {
                "actor": row.actor,
                "name": row.name,
                "probability": figure(row.probability),
                "words": words(row.probability),
                "stability": figure(row.stability),
                "members": list(row.members),
            }
            for row in ranking.umbrellas
        ],
        "fronts": [
            {"front": row.front, "owner": row.owner, "probability": figure(row.probability)} for row in ranking.fronts
        ],
    }
