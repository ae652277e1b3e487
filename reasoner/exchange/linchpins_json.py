"""What a lead hangs on as JSON."""

from __future__ import annotations

from typing import Any

from reasoner.assessment.linchpins import Breaking, Linchpin, Linchpins
from reasoner.assessment.result import Robustness
from reasoner.exchange.figures import DIGITS, figure


def linchpins_json(case: str, found: Linchpins, robustness: Robustness) -> dict[str, Any]:
    """Everything ``ascribe linchpins`` says; ``probability_after`` is that of whoever leads now."""
    return {
        "case": case,
        "role": found.role,
        "leader": found.judged.leader,
        "leading": found.judged.subject,
        "probability": figure(found.probability),
        "single": [_single(each) for each in found.single],
        "sets": [[part.id for part in each.parts] for each in found.sets],
        "breaking": [_breaking(each) for each in found.sets],
        "tried": found.tried,
        "searched": found.searched,
        "unsearched": found.unsearched,
        "robustness": {
            "decibans": robustness.decibans,
            "holds": robustness.holds,
            "shifts": [
                {
                    "shift": shift.shift,
                    "leading": shift.leading,
                    "named": shift.named,
                    "probability": figure(shift.probability),
                }
                for shift in robustness.shifts
            ],
        },
    }


def _single(each: Linchpin) -> dict[str, Any]:
    return {
        "what": each.part.what,
        "id": each.part.id,
        "alike": [{"what": what, "id": id} for what, id in each.part.alike],
        "leader_after": each.after.leader,
        "leading_after": each.after.subject,
        "probability_after": figure(each.probability),
        "decibans": round(each.decibans, DIGITS),
        "ends_the_lead": each.lost,
    }


def _breaking(each: Breaking) -> dict[str, Any]:
    return {
        "parts": [{"what": part.what, "id": part.id} for part in each.parts],
        "outcome": "somebody else leads" if each.passed else "nobody named",
        "leader_after": each.after.leader,
        "leading_after": each.after.subject,
    }
