"""Giving away what is shown: in which form, as a file of which name, or as something copied."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reasoner.evidence.saving import fingerprint, save
from reasoner.problems import InputError, Problem, render_all
from tui.actions import bindings
from tui.forms import Form, ending_changed, forms_of, proposed
from tui.plain import LABEL, plain
from tui.widgets.still import StillList

if TYPE_CHECKING:
    from tui.doing import Doing
    from tui.views import View

WORKING = "Working it out …"
TO_A_FILE = "A file in {folder}, unless the name says otherwise."
TO_A_BROWSER = "Your browser downloads it; nothing is written where ascribe runs."
KEYS = "enter writes it · {copy_view} copies it · tab: name · escape closes"
KEYS_IN_A_BROWSER = "enter downloads it · {copy_view} copies it · tab: name · escape closes"
THERE = "{path} is there already. {write_over} writes over it, or give another name."
STOPPED = "Stopped: nothing is written."
NO_NAME = "Give it a name."
NO_FILE = "{path} is no file that can be written over."
NO_PICTURE = "A picture can be written, not copied."
COPIED = "Sent to the terminal: {size:,} characters. Not every terminal hands them on; a file always works."


class ExportScreen(ModalScreen[None]):
    """A list of forms, and the name of the file; enter in either writes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        *bindings("export"),
    ]

    def __init__(self, view: View, picture: str) -> None:
        super().__init__(id="export")
        self._view, self._picture, self._offered = view, picture, forms_of(view)
        self._folder = Path.cwd()
        self._taken: tuple[Path, str | None] | None = None

    def compose(self) -> ComposeResult:
        """The forms above the name, and what is said of it."""
        with Vertical(id="export-box") as box:
            box.border_title = plain(f"Export {self._view.title}", limit=LABEL)
            box.border_subtitle = plain(self._doing.keys.worded(KEYS_IN_A_BROWSER if self.app.is_web else KEYS))
            yield StillList(*(Option(_prompt(form)) for form in self._offered), id="export-forms")
            yield Input(proposed(self._view.name, self._offered[0], self._folder), id="export-name")
            yield Static(id="export-said")

    def on_mount(self) -> None:
        """Start at the forms."""
        self.forms.highlighted = 0
        self.forms.focus()
        self._say(TO_A_BROWSER if self.app.is_web else TO_A_FILE.format(folder=self._folder))

    @property
    def forms(self) -> OptionList:
        """The list of forms."""
        return self.query_one(OptionList)

    @property
    def name_line(self) -> Input:
        """The line with the name."""
        return self.query_one(Input)

    @property
    def said(self) -> str:
        """What it says beneath the name."""
        content = self.query_one("#export-said", Static).content
        return content.plain if isinstance(content, Content) else str(content)

    @property
    def _doing(self) -> Doing:
        return cast("Doing", self.app)

    @property
    def _form(self) -> Form:
        return self._offered[self.forms.highlighted or 0]

    def _say(self, text: str) -> None:
        self.query_one("#export-said", Static).update(plain(text, lines=True))

    def on_option_list_option_highlighted(self) -> None:
        """Another form has another ending; a proposed name stays one that is free."""
        line, form = self.name_line, self._form
        if line.value in {proposed(self._view.name, each, self._folder) for each in self._offered}:
            line.value = proposed(self._view.name, form, self._folder)
        else:
            line.value = ending_changed(line.value, form)

    def on_option_list_option_selected(self) -> None:
        """Write it."""
        self._make("write")

    def on_input_submitted(self) -> None:
        """Write it."""
        self._make("write")

    def on_input_changed(self) -> None:
        """Another name is another file."""
        self._taken = None

    def do_copy_view(self) -> None:
        """Copy it."""
        if self._form.made is None:
            self._say(NO_PICTURE)
        else:
            self._make("copy")

    def do_write_over(self) -> None:
        """Write over the file that was said to be there."""
        if self._taken:
            self._make("write over")

    def _make(self, what: str) -> None:
        """Put the view into the form, in the background; `show_found` goes on with it."""
        made, view = self._form.made, self._view
        if made is None:
            self.show_found(what, self._picture)
            return
        self._say(WORKING)
        self._doing.ask_for("export", what, lambda: made(view))

    def show_found(self, what: str, value: object) -> None:
        """Do with it what was asked."""
        text = str(value)
        if what == "copy":
            self._leave(COPIED.format(size=len(text)))
            self.app.copy_to_clipboard(text)
        elif self.app.is_web:
            self._download(text)
        else:
            self._write(text, over=what == "write over")

    def show_stopped(self, what: str) -> None:
        """It was stopped."""
        self._say(STOPPED)

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Say why it could not be put into that form, or written."""
        self._say(render_all(problems, max(40, self.size.width - 20)))

    def _download(self, text: str) -> None:
        name = Path(self.name_line.value.strip()).name
        if not name:
            self._say(NO_NAME)
            return
        self.app.deliver_text(io.StringIO(text), save_filename=name, encoding="utf-8", mime_type=self._form.mime)
        self._leave(f"Sent to your browser as {name}.")

    def _write(self, text: str, over: bool) -> None:
        typed = self.name_line.value.strip()
        if not typed:
            self._say(NO_NAME)
            return
        taken = self._taken if over else None
        try:
            path = self._path(typed)
            if path.exists() and taken is None:
                self._ask_to_write_over(path)
                return
            save(path, text, taken[1] if taken else None)
        except InputError as error:
            self.show_refused("write", error.problems)
        except OSError as error:
            self._say(f"{typed} cannot be written: {error.strerror or error}")
        except RuntimeError as error:  # a home that nobody has
            self._say(f"{typed} cannot be written: {error}")
        else:
            self._leave(f"Written: {path}")

    def _path(self, typed: str) -> Path:
        """The file that a name means; where it names a folder, a file in it."""
        path = self._folder / Path(typed).expanduser()
        return path / proposed(self._view.name, self._form, path) if path.is_dir() else path

    def _ask_to_write_over(self, path: Path) -> None:
        if not path.is_file():
            self._say(NO_FILE.format(path=path))
            return
        self._taken = path, fingerprint(path)
        self._say(self._doing.keys.worded(THERE, path=path))

    def _leave(self, said: str) -> None:
        self.dismiss()
        self._doing.say(said)


def _prompt(form: Form) -> Content:
    return plain(f"{form.title:<10}", "bold") + plain(form.about)
