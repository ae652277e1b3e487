"""The cases of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.messages import CaseChosen
from tui.plain import LABEL, passage, plain

if TYPE_CHECKING:
    from reasoner.evidence.loading import CaseSummary

NO_CASES = "No cases yet. n writes one to fill in; so does `ascribe new CASE`."


class CasesPane(OptionList):
    """Every case with its title and date; enter or a click opens it."""

    BORDER_TITLE = "Cases"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.cases: tuple[CaseSummary, ...] = ()

    def show(self, cases: tuple[CaseSummary, ...], chosen: str | None) -> None:
        """List the cases, and mark the one that is open."""
        if cases == self.cases:
            self.mark(chosen)
            return
        self.cases = cases
        self.clear_options()
        if not cases:
            self.add_option(Option(plain(NO_CASES), disabled=True))
        for case in cases:
            self.add_option(Option(_prompt(case)))
        self.mark(chosen)

    def mark(self, chosen: str | None) -> None:
        """Put the cursor on the case that is open."""
        place = next((place for place, case in enumerate(self.cases) if case.id == chosen), None)
        if place is not None:
            self.highlighted = place

    @property
    def chosen(self) -> str | None:
        """The case that the cursor is on."""
        place = self.highlighted
        return self.cases[place].id if place is not None and place < len(self.cases) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the case."""
        event.stop()
        if event.option_index < len(self.cases):
            self.post_message(CaseChosen(self.cases[event.option_index].id))


def _prompt(case: CaseSummary) -> Content:
    from reasoner.evidence.moments import written_date

    date = written_date(case.date) if case.date else "no date" if case.readable else "cannot be read"
    return passage(
        [
            plain(case.id, "bold", LABEL),
            "\n",
            plain(case.title, limit=LABEL),
            "\n",
            plain(date, "dim", LABEL),
            "\n",
        ]
    )
