"""What an unsaved edit would change, in words: the ranking of the open case, then every scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from reasoner.documents import shown_path
from reasoner.drafts import Outcome, Trials
from reasoner.exchange.layout import counted
from tui.dossier import Dossier
from tui.keys import Keys
from tui.moves import Move
from tui.plain import Piece, passage
from tui.verdicts import move_words

STOPPED = "Stopped: {try_rules} tries it again, from the beginning."
CHANGED = "The text has changed since this was tried: {try_rules} tries it again."

MOST_MOVES = 12
"""Moves of one role that are listed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A try: what moved in the open case (None where no case is open), and the scenarios run so far."""

    trials: Trials
    moved: tuple[Move, ...] | None
    outcomes: tuple[Outcome, ...] = ()
    stale: bool = False
    stopped: bool = False
    saved: bool = False

    @property
    def drafted(self) -> bool:
        """Whether anything was unsaved, so that there is a before and an after."""
        return bool(self.trials.drafts)

    @property
    def done(self) -> bool:
        """Whether every scenario has run."""
        return len(self.outcomes) == len(self.trials.files)


def trial_text(trial: Trial, dossier: Dossier | None, keys: Keys) -> Content:
    """The try in words, the changes first."""
    return passage(_pieces(trial, dossier, keys))


def _pieces(trial: Trial, dossier: Dossier | None, keys: Keys) -> Iterator[Piece]:
    if trial.stale:
        yield (f"{keys.worded(CHANGED)}\n", "bold")
    elif trial.stopped:
        yield (f"{keys.worded(STOPPED)}\n", "bold")
    if trial.drafted:
        files = ", ".join(shown_path(path) for path in trial.trials.drafts)
        yield ("Tried, and saved since: " if trial.saved else "Tried, not saved: ", "bold")
        yield f"{files}\n"
        if dossier and trial.moved is not None:
            yield from _moved(trial.moved, dossier)
    else:
        yield ("Nothing is unsaved: ", "bold")
        yield "the scenarios as the rules stand.\n"
    yield from _scenarios(trial)


def _moved(moved: tuple[Move, ...], dossier: Dossier) -> Iterator[Piece]:
    yield (f"\n{dossier.inquiry.base.case.title}\n", "bold")
    if not moved:
        yield "Nothing moves.\n"
    for role in dict.fromkeys(move.role for move in moved):
        yield (f"{dossier.question(role)}\n", "italic")
        of_role = [move for move in moved if move.role == role]
        for move in of_role[:MOST_MOVES]:
            yield f"  {move_words(move, dossier)}\n"
        if len(of_role) > MOST_MOVES:
            yield f"  and {len(of_role) - MOST_MOVES} more\n"


def _scenarios(trial: Trial) -> Iterator[Piece]:
    total, ran = len(trial.trials.files), trial.outcomes
    if not total:
        yield "\nThere are no scenarios (*.scenario.yaml) in this workspace to run.\n"
        return
    yield (f"\nScenarios: {_summary(trial)}\n", "bold")
    for outcome in sorted(ran, key=lambda each: (not each.differs, not each.after)):
        yield from _outcome(outcome)


def _summary(trial: Trial) -> str:
    ran, total = trial.outcomes, len(trial.trials.files)
    failing = sum(bool(each.after) for each in ran)
    changed = sum(each.differs for each in ran)
    parts = [f"{len(ran) - failing} pass, {failing} fail"]
    if trial.drafted:
        parts.append(f"{changed or 'none'} of them {'differ' if changed > 1 else 'differs'} from the rules as saved")
    head = counted(total, "scenario") if trial.done else f"{len(ran)} of {total} run so far"
    return f"{head}: {'; '.join(parts)}."


def _outcome(outcome: Outcome) -> Iterator[Piece]:
    now = "fails" if outcome.after else "passes"
    word = f"now {now}" if outcome.differs else f"{now} as before" if outcome.before is not None else now
    sign = ("▼" if outcome.after else "▲") if outcome.differs else " "
    yield (f"{sign} {word:<16} ", "bold" if outcome.differs or outcome.after else "")
    yield f"{shown_path(outcome.path)}\n"
    for failure in outcome.after:
        yield (f"      {failure}\n", "" if outcome.differs else "dim")
