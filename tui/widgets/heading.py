"""The top of the screen: which case this is, what is known of it, and whether something is being worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tui.plain import LABEL, plain

if TYPE_CHECKING:
    from tui.dossier import Dossier

WORKING = " working …"


class Heading(Widget):
    """The case's title and date, above its footing; on the right of the first line, what is under way."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._lines = (plain("ascribe", "bold"), Content(""))
        self._busy = False

    def show(self, dossier: Dossier) -> None:
        """Show the case."""
        from reasoner.exchange.case_heading import happened_text
        from reasoner.exchange.ranking_text import footing

        base = dossier.inquiry.base
        happened = happened_text(base)
        title = plain(base.case.title, "bold", LABEL) + plain(f" · {happened}" if happened else "", limit=LABEL)
        self._lines = title, plain(" · ".join(footing(dossier.inquiry.assessment)), "dim", LABEL)
        self.refresh()

    def working(self, busy: bool) -> None:
        """Say whether something is being worked out."""
        if busy != self._busy:
            self._busy = busy
            self.refresh()

    def render(self) -> Content:
        """Both lines, cut to the width."""
        state = plain(WORKING if self._busy else "", "italic")
        title, footing = self._lines
        first = title.truncate(self.size.width - state.cell_length, ellipsis=True, pad=self._busy) + state
        return Content("\n").join([first, footing.truncate(self.size.width, ellipsis=True)])
