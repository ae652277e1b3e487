"""The sentences under a ranking: verdict, confidence, fronts, and what moved."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from reasoner.assessment.result import Confidence, Standing
from reasoner.assessment.words import finer_percent, percent
from reasoner.exchange.ranking_text import front_words, verdict_words
from reasoner.language.vocabulary import NOBODY, OTHER
from tui.dossier import Dossier
from tui.moves import Move
from tui.plain import LABEL, Piece, passage

ALL_BACK, AS_FILED = "All of that is taken back", "what is shown is what the files say."

MOST_MOVES = 6
"""Moves that the note on what moved lists."""


def verdict(standing: Standing, confidence: Confidence | str, dossier: Dossier) -> Content:
    """The verdict; on a line of its own how far to rely on it, and why, or a text instead; then who fronts for whom."""
    return passage(_verdict(standing, confidence, dossier))


def _verdict(standing: Standing, confidence: Confidence | str, dossier: Dossier) -> Iterator[Piece]:
    yield (f"Verdict: {verdict_words(standing, dossier.inquiry.base)}", "bold")
    yield "\n"
    if isinstance(confidence, str):
        yield ("Confidence: ", "bold")
        yield confidence
    else:
        yield (f"Confidence: {confidence.level}. ", "bold")
        yield " ".join(confidence.reasons)
    for front in standing.fronts:
        yield f"\n{front_words(front, dossier.inquiry.base)}"


def moved_summary(moves: tuple[Move, ...], because: str, dossier: Dossier) -> Content:
    """What was done, and what that moved, old and new side by side."""
    return passage(_moved(moves, because, dossier))


def _moved(moves: tuple[Move, ...], because: str, dossier: Dossier) -> Iterator[Piece]:
    yield (f"{because}: ", "bold")
    if not moves:
        yield AS_FILED if because == ALL_BACK else "the ranking is redone, and nothing moved."
        return
    yield "what moved. "
    yield " · ".join(move_words(move, dossier) for move in moves[:MOST_MOVES])
    if len(moves) > MOST_MOVES:
        yield f" · and {len(moves) - MOST_MOVES} more"


def move_words(move: Move, dossier: Dossier) -> str:
    """One move: a sign, who, and the probability before and after."""
    named = move.actor in (OTHER, NOBODY)
    name = (dossier.name(move.actor, move.role) if named else move.name)[:LABEL]
    sign = "▲" if move.size > 0 else "▼"
    before = percent(move.before) if move.before is not None else "not ranked"
    after = percent(move.after) if move.after is not None else "not ranked"
    if before == after:  # smaller than the rounding: show a digit more
        before, after = finer_percent(move.before or 0), finer_percent(move.after or 0)
    return f"{sign} {name} {before} → {after}"
