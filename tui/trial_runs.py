"""Runs a try from the rules screen: the open case first, then one scenario after the other, until the text changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reasoner.drafts import Drafts, Outcome, Trials, drafted
from tui.moves import moves
from tui.plain import passage
from tui.trying import STOPPED, Trial, trial_text
from tui.widgets.rule_panel import TRIAL

if TYPE_CHECKING:
    from pathlib import Path

    from reasoner.evidence.workspace import Workspace
    from reasoner.inquiry import Inquiry
    from tui.screens.rules import RulesScreen


@dataclass(frozen=True, slots=True)
class Ran:
    """A scenario of a try."""

    trials: Trials
    outcome: Outcome


class TrialRuns:
    """The last try of a rules screen."""

    def __init__(self, screen: RulesScreen) -> None:
        self._screen = screen
        self._trial: Trial | None = None

    def begin(self) -> None:
        """Try what is unsaved now."""
        screen = self._screen
        drafts, workspace = dict(screen.desk.drafts), screen.workspace
        inquiry = screen.dossier.inquiry if screen.dossier else None
        screen.app_proper.ask_for("rules", "trial", lambda: _begun(workspace, drafts, inquiry))

    def show(self, value: object) -> None:
        """The case is weighed, or another scenario has run."""
        match value:
            case Trial():
                self._trial = value
                self._draw(show=True)
            case Ran(trials, outcome) if self._trial and trials is self._trial.trials:
                self._trial = replace(self._trial, outcomes=(*self._trial.outcomes, outcome))
                self._draw()
            case _:
                return
        self._go_on()

    def outdate(self) -> None:
        """The text changed: what was tried is no longer what is written, and running on would be no use."""
        if self._trial and not self._trial.stale and dict(self._screen.desk.drafts) != self._trial.trials.drafts:
            self._trial = replace(self._trial, stale=True)
            self._draw()

    def settle(self, path: Path) -> None:
        """A file is saved: what was tried of it is unsaved no longer."""
        if self._trial and path in self._trial.trials.drafts:
            self._trial = replace(self._trial, saved=True)
            self._draw()

    def stop(self) -> None:
        """The reader has seen enough."""
        if self._trial:
            self._trial = replace(self._trial, stopped=True)
            self._draw()
        else:
            stopped = self._screen.app_proper.keys.worded(STOPPED)
            self._screen.panel.tell(TRIAL, passage([stopped]), show=True)

    def _go_on(self) -> None:
        trial = self._trial
        if trial and not trial.done and not trial.stale and not trial.stopped:
            trials, path = trial.trials, trial.trials.files[len(trial.outcomes)]
            self._screen.app_proper.ask_for("rules", "scenario", lambda: Ran(trials, trials.run(path)))

    def _draw(self, show: bool = False) -> None:
        screen = self._screen
        if self._trial:
            screen.panel.tell(TRIAL, trial_text(self._trial, screen.dossier, screen.app_proper.keys), show)


def _begun(workspace: Workspace, drafts: Drafts, inquiry: Inquiry | None) -> Trial:
    """Raises `InputError` with the problems of the drafts."""
    trials = Trials(workspace, drafts)
    if inquiry is None or not drafts:
        return Trial(trials, None)
    return Trial(trials, moves(inquiry.standings, drafted(inquiry, drafts).standings))
