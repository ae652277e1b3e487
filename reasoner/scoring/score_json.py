"""Scorecards as JSON, in the form other programs read: fields may be added, not changed."""

from __future__ import annotations

from typing import Any

from reasoner.exchange.figures import DIGITS, figure
from reasoner.language.vocabulary import PERPETRATOR
from reasoner.scoring.measures import Measures
from reasoner.scoring.scorecard import Scorecard


def scores_json(cards: tuple[Scorecard, ...]) -> dict[str, Any]:
    """Everything ``ascribe score`` says: the perpetrator's card, and those of other roles beneath ``roles``."""
    found = {card.role: _card(card) for card in cards}
    empty = {"cases": [], "right": 0, "rejected_led": 0, "abstained": 0, "brier": None, "baselines": {}}
    return {**found.get(PERPETRATOR, empty), "roles": found}


def _card(card: Scorecard) -> dict[str, Any]:
    """One role; ``right``, ``rejected_led`` and ``abstained`` count cases (in parts, over draws), scores are means."""
    number = len(card.cases)
    return {
        "terms": {
            "cap": card.terms.cap,
            "draws": card.terms.draws,
            "naming": card.terms.naming,
            "seed": card.terms.seed,
        },
        "cases": [
            {
                "case": case.case,
                "leader": case.leader,
                "name": case.leader_name,
                **_measures(case.measures),
                "expected": case.expected,
                "as_expected": case.met,
                "baselines": {name: _measures(each) for name, each in case.baselines.items()},
            }
            for case in card.cases
        ],
        "number": number,
        **_totals(card.overall, number),
        "baselines": {name: _totals(each, number) for name, each in card.baselines.items()},
        "differences": {
            name: {"mean": round(gain.mean, DIGITS), "low": round(gain.low, DIGITS), "high": round(gain.high, DIGITS)}
            for name, gain in card.differences.items()
        },
        "calibration": [
            {"band": band.words, "number": band.number, "said": figure(band.said), "right": round(band.right, 6)}
            for band in card.calibration
        ],
    }


def _measures(measures: Measures) -> dict[str, Any]:
    return {
        "right": _flag(measures.right),
        "rejected_led": _flag(measures.rejected_led),
        "abstained": _flag(measures.abstained),
        "accepted": figure(measures.accepted),
        "brier": round(measures.brier, DIGITS),
        "log": round(measures.log, DIGITS),
    }


def _flag(share: float) -> bool | float:
    """True or false where it is one or the other in every draw, else the share of draws."""
    return bool(share) if share in (0.0, 1.0) else figure(share)


def _totals(measures: Measures, number: int) -> dict[str, Any]:
    return {
        "right": round(measures.right * number, DIGITS),
        "rejected_led": round(measures.rejected_led * number, DIGITS),
        "abstained": round(measures.abstained * number, DIGITS),
        "brier": round(measures.brier, DIGITS),
        "log": round(measures.log, DIGITS),
    }
