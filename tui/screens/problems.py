"""Everything that is wrong in the rule and fact files, each with its place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from reasoner.problems import Problem, render_all
from tui.actions import bindings
from tui.messages import EditAsked
from tui.plain import plain
from tui.widgets.key_bar import KeyBar

NONE_LEFT = "No problems: every rule and fact file can be read. The ranking is up to date."


class ProblemsScreen(Screen[None]):
    """All problems as the command line prints them; `e` opens the first one's place."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("problems")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(id="problems-screen")
        self._problems = problems

    def compose(self) -> ComposeResult:
        """The text, and the keys."""
        with VerticalScroll(id="problems-text") as box:
            box.border_title = plain("Problems in rule and fact files")
            yield Static(id="problems-list")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show them."""
        self.show_problems(self._problems)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems now."""
        self._problems = problems
        text = render_all(problems, min(100, max(40, self.app.size.width - 20))) if problems else NONE_LEFT
        self.query_one("#problems-list", Static).update(plain(text, lines=True))

    def do_edit(self) -> None:
        """Open the first problem's place."""
        self.post_message(EditAsked(None))

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        return "They are shown already." if action == "problems" else None

    def do_problems(self) -> None:
        """They are shown already."""

    def do_back(self) -> None:
        """Back to where one came from."""
        self.dismiss()
