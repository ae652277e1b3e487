"""Whether the lead survives when every strength is somewhat off."""

from __future__ import annotations

from collections.abc import Collection

from reasoner.assessment.judging import Judgement, judge
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.posterior import posterior
from reasoner.assessment.result import Move, Robustness, Shifted
from reasoner.assessment.umbrellas import Ties
from reasoner.assessment.weighing import Shift
from reasoner.assessment.weights import Head


def robustness(outlook: Outlook, judged: Judgement, ties: Ties, exclusion: float, decibans: float) -> Robustness:
    """Move the strengths of all lines by ``decibans``: all up, all down, and each against the leader.

    Against the leader means that what supports it (or its members or fronts) loses and what opposes it gains, and
    the other way round for everyone else, ``other`` and ``nobody`` included. A line never turns into its opposite:
    strengths stop at 0, and a line of 0 dB, which says nothing, stays so. Priors and exclusions are not lines, and
    stay.
    """
    party = frozenset(judged.party(outlook))
    shifts: tuple[tuple[Move, Shift], ...] = (
        ("all up", everywhere(decibans)),
        ("all down", everywhere(-decibans)),
        ("against the leader", against(party, decibans)),
    )
    moved, holds = [], True
    for name, shift in shifts:
        there = outlook.posterior
        after = Outlook(posterior(there.role, ties, there.worlds, exclusion, shift))
        verdict = judge(after)
        holds = holds and judged.kept(outlook, verdict)
        moved.append(Shifted(name, verdict.subject, verdict.leader is not None, judged.probability(after)))
    return Robustness(outlook.posterior.role.role.id, decibans, judged.subject, holds, tuple(moved))


def everywhere(decibans: float) -> Shift:
    """Every line moved alike; never into its opposite, and a line of 0 dB, which says nothing, stays."""

    def shift(actor: str, side: Head, strength: float) -> float:
        return _moved(strength, decibans)

    return shift


def against(party: Collection[str], decibans: float) -> Shift:
    """Every line moved against a party; with negative decibans, in its favour."""

    def shift(actor: str, side: Head, strength: float) -> float:
        weaker = (actor in party) == (side == "supports")
        return _moved(strength, -decibans if weaker else decibans)

    return shift


def _moved(strength: float, decibans: float) -> float:
    return max(0.0, strength + decibans) if strength > 0 else 0.0
