"""A fact file as the text it is, checked while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from reasoner.documents import shown_path
from reasoner.exchange.plain_text import masked
from tui.actions import bindings
from tui.dossier import Dossier, Place
from tui.editing import read_only
from tui.messages import EditAsked
from tui.plain import plain
from tui.saving import EditingScreen
from tui.widgets.key_bar import KeyBar
from tui.widgets.still_text import StillText

if TYPE_CHECKING:
    from reasoner.evidence.editing import Manuscript
    from reasoner.problems import Problem

SOUND = "No problems: the case can be read as it stands here."


class MaskedArea(StillText):
    """A text that is edited as it is, with a sign drawn for each character that shows nothing."""

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn."""
        return Text(masked(self.document.get_line(line_index)), end="", no_wrap=True)


class CaseTextScreen(EditingScreen):
    """The text over its problems."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("case-text")
    SAVES = "save_text"

    def __init__(self, dossier: Dossier, place: Place) -> None:
        super().__init__("case-text", dossier)
        self._place = place

    def compose(self) -> ComposeResult:
        """The text and the problems."""
        area = MaskedArea(id="text-area", show_line_numbers=True, soft_wrap=False, read_only=not self.writable)
        area.border_title = plain(shown_path(self._place.file))
        yield area
        with VerticalScroll(id="text-said") as box:
            box.border_title = plain("Problems")
            yield Static(id="text-problems")
        yield KeyBar()

    @property
    def typing(self) -> bool:
        """Whether letters go into the text."""
        return self.writable and isinstance(self.focused, MaskedArea)

    @property
    def area(self) -> MaskedArea:
        """The text."""
        return self.query_one(MaskedArea)

    @property
    def opening(self) -> bool:
        """Whether the text is not there yet."""
        return self._manuscript is None and not self._refused

    @property
    def changed(self) -> bool:
        """Whether the text differs from the file."""
        return self._manuscript is not None and self.area.text != _unix(self._manuscript.text)

    def on_mount(self) -> None:
        """Read the file."""
        file = self._place.file

        def find() -> Manuscript:
            from reasoner.evidence.editing import read_manuscript

            return read_manuscript(file)

        self.find("text", find)

    def show_found(self, what: str, value: object) -> None:
        """The text is there, or checked, or saved."""
        from reasoner.evidence.editing import Manuscript

        if isinstance(value, Manuscript):
            self.read_anew(value)
        elif what == "check":
            assert isinstance(value, tuple)
            self.show_problems(value)
        else:
            super().show_found(what, value)

    def read_anew(self, manuscript: Manuscript) -> None:
        """Show the file as it is."""
        self._manuscript = manuscript
        self.area.load_text(_unix(manuscript.text))
        self.area.move_cursor((max(0, (self._place.line or 1) - 1), 0), center=True)
        self.area.focus()
        self.check()

    def on_text_area_changed(self) -> None:
        """Check it, once the typing pauses."""
        self.written()

    def check(self) -> None:
        """Find what is wrong with the text."""
        desk, path, text = self.desk, self._place.file, self.area.text
        self.find("check", lambda: desk.problems(path, text))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """List what is wrong."""
        self._refused = True
        from reasoner.problems import render_all

        text = render_all(problems, max(40, self.size.width - 20)) if problems else SOUND
        if not self.writable:
            text = f"{text}\n\n{read_only(self.doing)}"
        self.query_one("#text-problems", Static).update(plain(text, lines=True))
        self.query_one("#text-said").scroll_home(animate=False)

    def tell_unsaved(self, problems: tuple[Problem, ...]) -> None:
        """Say why nothing is saved, with the cursor where the first mistake of this file is."""
        super().tell_unsaved(problems)
        file = shown_path(self._place.file)
        span = next((each.span for each in problems if each.span and each.span.file == file), None)
        if span:
            self.area.move_cursor((span.line - 1, span.column - 1), center=True)

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "save_text" and not self.writable:
            return read_only(self.doing)
        if action == "save_text" and not self.changed:
            return "Nothing is changed yet."
        return None

    def do_save_text(self) -> None:
        """Write the text into its file."""
        from reasoner.evidence.amending import NewText

        assert self._manuscript is not None
        self.save(self._manuscript, NewText(self.area.text))

    def saved(self, left: tuple[Problem, ...]) -> None:
        """It is the file's text now."""
        if left:
            self.doing.say("Saved, and the case still cannot be read.", "warning")
        else:
            self.doing.say("Saved. The ranking is being redone.")
        self.dismiss()

    def do_edit(self) -> None:
        """Open the file in the editor."""
        self.post_message(EditAsked(Place(self._place.file, self.area.cursor_location[0] + 1)))

    def do_leave_text(self) -> None:
        """Back to the facts."""
        self.ask_to_leave(self.dismiss)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")
