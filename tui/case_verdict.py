"""What stands under the ranking: the verdict at once, and how far to rely on it once that is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.case_tabs import CaseTabs
from tui.widgets.cut import CutText

if TYPE_CHECKING:
    from tui.unseen import Unseen

CONFIDENCE = "confidence"
FINDING = "…"
STOPPED = "not found, as it was stopped. Another change, or {why}, asks again."


class CaseVerdict(CaseTabs):
    """A screen that shows a ranking before it is known how far it can be relied on."""

    relied_on = True
    """Whether that is known of the ranking that is shown."""

    unseen: Unseen | None = None
    """What was redone while another screen was in front."""

    def on_screen_suspend(self) -> None:
        """What it shows has been looked at."""
        self.unseen = None

    def ask_confidence(self) -> None:
        """Find how far to rely on the ranking, unless that is known."""
        if self.dossier is not None and not self.relied_on:
            inquiry = self.dossier.inquiry
            self._doing.ask_for(self.id or "", CONFIDENCE, lambda: (inquiry, inquiry.rankings))

    def show_verdict(self, stopped: str = "") -> None:
        """Show the verdict; where the confidence is not known, that it is being found, or ``stopped`` in its place."""
        from tui.verdicts import verdict

        standing = self.dossier.standing(self.role) if self.dossier else None
        if self.dossier is None or standing is None:
            return
        ranking = self.dossier.ranking(self.role) if self.relied_on else None
        pane = self.query_one("#verdict", CutText)
        if ranking or stopped:
            pane.update(verdict(standing, ranking.confidence if ranking else stopped, self.dossier))
        else:
            pane.update_in_place(verdict(standing, FINDING, self.dossier))

    def show_confidence(self) -> None:
        """It is known now how far to rely on the ranking."""
        if not self.relied_on:
            self.relied_on = True
            self.show_verdict()

    def show_found(self, what: str, value: object) -> None:
        """Show the confidence, or what a tab asked for."""
        if what != CONFIDENCE:
            super().show_found(what, value)
        elif isinstance(value, tuple) and self.dossier and value[0] is self.dossier.inquiry:
            self.show_confidence()

    def show_stopped(self, what: str) -> None:
        """Say in the place of the confidence that it was stopped; or in that of the sources."""
        if what == CONFIDENCE:
            self.show_verdict(self._doing.keys.worded(STOPPED))
        else:
            super().show_stopped(what)
