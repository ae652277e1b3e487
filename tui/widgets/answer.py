"""The pane that shows the answer to a question as a page, with a line to type in where the question takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from tui.actions import ACTIONS
from tui.keyboard import keys_for
from tui.plain import plain

if TYPE_CHECKING:
    from reasoner.exchange.page import Page

NARROWEST = 40
"""Columns for which a page is laid out at the least."""

LENGTH = 200_000
"""Characters of an answer that are drawn."""


@dataclass
class LineEntered(Message):
    """The reader entered the line of the pane."""

    text: str


class ChangesLine(Input):
    """The line; where it is empty, a digit is the key of a tab, for no change begins with one."""

    async def _on_key(self, event: events.Key) -> None:
        tabs = (action for action in ACTIONS if action.id.startswith("tab:"))
        tab = next((action for action in tabs if event.key in keys_for(self).of(action)), None)
        if tab and event.key.isdigit() and not self.value:
            event.stop()
            event.prevent_default()
            await self.app.run_action(f"perform('{tab.id}')")


class AnswerPane(Vertical):
    """A page, laid out for the pane's width; it scrolls."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._text = ""

    def compose(self) -> ComposeResult:
        """The page above the line."""
        with VerticalScroll(id="answer-scroll"):
            yield Static(id="answer-text")
        yield ChangesLine(id="answer-line")

    def on_mount(self) -> None:
        """Without a line until a question asks for one."""
        self.ask_for("")

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text

    @property
    def page(self) -> Page | None:
        """The page it shows, where it is one."""
        return self._page

    @property
    def line(self) -> Input:
        """The line to type in."""
        return self.query_one(Input)

    def ask_for(self, placeholder: str) -> None:
        """Offer a line to type in, or none."""
        self.line.placeholder = placeholder
        self.line.display = bool(placeholder)

    def show(self, page: Page) -> None:
        """Show a page from its beginning."""
        self._page = page
        self._draw()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def say(self, text: str) -> None:
        """Show a text instead of a page."""
        self._page = None
        self._write(text)

    def take_focus(self) -> None:
        """Put the focus where the reader goes on: on the line while it is empty, else on the page."""
        target = self.line if self.line.display and not self.line.value else self.query_one(VerticalScroll)
        target.focus()

    def on_resize(self) -> None:
        """Lay the page out anew."""
        if self._page:
            self._draw()

    def _draw(self) -> None:
        from reasoner.exchange.page_text import page_text

        assert self._page is not None
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        self._write(page_text(self._page, max(NARROWEST, width)))

    def _write(self, text: str) -> None:
        self._text = text
        self.query_one("#answer-text", Static).update(plain(text, limit=LENGTH, lines=True))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask with what was entered."""
        event.stop()
        self.post_message(LineEntered(event.value.strip()))
