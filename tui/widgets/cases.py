"""The cases of the workspace, and a line to find one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.actions import Where, bindings
from tui.keyboard import keys_for
from tui.messages import CaseChosen
from tui.plain import LABEL, passage, plain
from tui.widgets.still import StillList

if TYPE_CHECKING:
    from reasoner.evidence.loading import CaseSummary

NO_CASES = "No cases yet. {new_case} writes one to fill in; so does `ascribe new CASE`."
NONE_FITS = "No case has all of these words. Escape shows all cases again."
FIND = "Find: id, title, date"


class CasesPane(StillList):
    """Every case with its title and date, or those that all words typed are found in; enter or a click opens one."""

    BORDER_TITLE = "Cases"
    BINDINGS: ClassVar[list[BindingType]] = bindings("case-list")
    PLACE: ClassVar[Where] = "case-list"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.cases: tuple[CaseSummary, ...] = ()
        self._shown: tuple[CaseSummary, ...] = ()
        self._opened: str | None = None
        self._words: tuple[str, ...] = ()

    def show(self, cases: tuple[CaseSummary, ...], opened: str | None) -> None:
        """List the cases, and mark the one that is open."""
        place = self.highlighted or 0
        if cases != self.cases or not cases:  # then the sentence in their place may name another key
            self.cases = cases
            self._list()
        self.mark(opened)
        if self.highlighted is None and self._shown:  # the one that is open is not listed any more
            self.highlighted = min(place, len(self._shown) - 1)

    def find(self, text: str) -> None:
        """List only the cases that have all these words in id, title or date; the cursor goes to such an id."""
        self._words = tuple(text.casefold().split())
        self._list()
        if self._words and self._shown:
            so = (place for place, case in enumerate(self._shown) if self._words[0] in case.id.casefold())
            self.highlighted = next(so, 0)
        else:
            self.mark(self._opened)

    def _list(self) -> None:
        self._shown = tuple(case for case in self.cases if all(word in _text(case) for word in self._words))
        self.clear_options()
        if not self._shown:
            self.add_option(Option(plain(NONE_FITS if self.cases else keys_for(self).worded(NO_CASES)), disabled=True))
        for case in self._shown:
            self.add_option(Option(_prompt(case)))

    def mark(self, opened: str | None) -> None:
        """Put the cursor on the case that is open, where it is listed."""
        self._opened = opened
        place = next((place for place, case in enumerate(self._shown) if case.id == opened), None)
        if place is not None:
            self.highlighted = place

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters and digits begin to find a case, whatever they do elsewhere."""
        return character is not None and character.isalnum()

    @property
    def chosen(self) -> str | None:
        """The case that the cursor is on."""
        place = self.highlighted
        return self._shown[place].id if place is not None and place < len(self._shown) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the case."""
        event.stop()
        if self.chosen is not None:
            self.post_message(CaseChosen(self.chosen))


class CasesBox(Vertical):
    """The cases, and above them a line to find one in, while it is wanted.

    Letters typed in the list go into that line. ↑ and ↓ choose while one types, enter opens, escape shows all cases.
    """

    def compose(self) -> ComposeResult:
        """The line above the list."""
        yield Input(placeholder=FIND, id="cases-filter", select_on_focus=False)
        yield CasesPane("cases")

    def on_mount(self) -> None:
        """Without the line at first."""
        self.line.display = False

    @property
    def line(self) -> Input:
        """The line."""
        return self.query_one(Input)

    @property
    def pane(self) -> CasesPane:
        """The list."""
        return self.query_one(CasesPane)

    def find(self, letter: str = "") -> None:
        """Show the line, and go there; a letter typed in the list begins it anew."""
        self.line.display = True
        if letter:
            self.line.value = letter
            self.line.cursor_position = len(letter)
        self.line.focus()

    def show_all(self) -> None:
        """Put the line away, and show all cases."""
        self.line.value = ""
        self.line.display = False
        self.pane.find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        event.stop()
        self.pane.find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the case that the cursor is on."""
        event.stop()
        if self.pane.chosen is not None:
            self.post_message(CaseChosen(self.pane.chosen))
            self.show_all()

    def on_key(self, event: events.Key) -> None:
        """A letter in the list begins to find; choose, or give up, while one types."""
        letter = event.character
        if letter and self.pane.has_focus and self.pane.check_consume_key(event.key, letter):
            event.stop()
            event.prevent_default()
            self.find(letter)
            return
        if not self.line.has_focus or event.key not in ("up", "down", "escape"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.show_all()
            self.pane.focus()
        elif event.key == "up":
            self.pane.action_cursor_up()
        else:
            self.pane.action_cursor_down()


def _text(case: CaseSummary) -> str:
    from reasoner.evidence.moments import written_date

    date = f"{case.date} {written_date(case.date)}" if case.date else ""
    return f"{case.id} {case.title} {date}".casefold()


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
