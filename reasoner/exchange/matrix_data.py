"""Hypotheses against evidence for other programs: as JSON, and as CSV for a spreadsheet."""

from __future__ import annotations

from typing import Any

from reasoner.exchange.csv_text import Cell, csv_text
from reasoner.exchange.figures import figure
from reasoner.exchange.rows import folded
from reasoner.explanation.matrix import Matrix
from reasoner.explanation.sentences import sentence

_DECIBAN_DIGITS = 3


def matrix_json(matrix: Matrix) -> dict[str, Any]:
    """Every hypothesis and umbrella, and every fact with what it does for each, in decibans."""
    return {
        "case": matrix.case,
        "role": matrix.ranking.role,
        "hypotheses": [
            {
                "actor": row.actor,
                "name": row.name,
                "probability": figure(row.probability),
                "against": {
                    "facts": matrix.against[row.actor, False].facts,
                    "decibans": _decibans(matrix.against[row.actor, False].decibans),
                },
            }
            for row in matrix.ranking.hypotheses
        ],
        "umbrellas": [
            {"actor": row.actor, "name": row.name, "probability": figure(row.probability)}
            for row in matrix.ranking.umbrellas
        ],
        "evidence": [
            {
                "fact": each.fact,
                "sentence": sentence(each.said),
                "probability": figure(each.credence),
                "assumed": each.assumed,
                "diagnosticity": _decibans(each.diagnosticity),
                "decibans": {actor: _decibans(w) for (actor, together), w in each.decibans.items() if not together},
                "umbrellas": {actor: _decibans(w) for (actor, together), w in each.decibans.items() if together},
            }
            for each in matrix.evidence
        ],
        "idle": matrix.idle,
    }


def matrix_csv(matrix: Matrix) -> str:
    """A row a hypothesis, a column a fact, in decibans; beneath them how diagnostic each fact is."""
    head: list[Cell] = ["Hypothesis", "Probability", "Against (dB)", *(sentence(each.said) for each in matrix.evidence)]
    rows: list[list[Cell]] = [head]
    for row in folded(matrix.ranking):
        against = _decibans(matrix.against[row.actor, row.group].decibans)
        cells = [_decibans(each.decibans[row.actor, row.group]) for each in matrix.evidence]
        rows.append([row.name, figure(row.probability), against, *cells])
    rows.append(["Diagnosticity (dB)", None, None, *(_decibans(each.diagnosticity) for each in matrix.evidence)])
    return csv_text(rows)


def _decibans(decibans: float) -> float:
    return round(decibans, _DECIBAN_DIGITS) + 0.0
