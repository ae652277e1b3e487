"""The top of the screen: which case this is, what is known of it, and whether something is being worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.plain import LABEL, passage, plain

if TYPE_CHECKING:
    from tui.dossier import Dossier

WORKING = "working …"


class Heading(Horizontal):
    """The case's title, date and footing; on the right, what is under way."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._title = Static(plain("ascribe", "bold"), id=f"{id}-title")
        self._state = Static(id=f"{id}-state")
        self._busy = False

    def compose(self) -> ComposeResult:
        """The title, and the state beside it."""
        yield self._title
        yield self._state

    def show(self, dossier: Dossier) -> None:
        """Show the case."""
        from reasoner.exchange.ranking_text import footing
        from reasoner.explanation.sentences import moment_text

        case = dossier.inquiry.base.case
        occurred = moment_text(case.occurred)
        self._title.update(
            passage(
                [
                    plain(case.title, "bold", LABEL),
                    plain(f" · {occurred}" if occurred else "", limit=LABEL),
                    "\n",
                    plain(" · ".join(footing(dossier.inquiry.assessment)), "dim", LABEL),
                ]
            )
        )

    def working(self, busy: bool) -> None:
        """Say whether something is being worked out; saying it anew would lay the screen out anew."""
        if busy != self._busy:
            self._busy = busy
            self._state.update(plain(WORKING if busy else "", "italic"))
