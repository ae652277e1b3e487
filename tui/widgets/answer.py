"""The pane that shows the answer to a question as a page, with a line to type in where the question takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tui.actions import ACTIONS
from tui.keyboard import keys_for
from tui.widgets.page_lines import Hand, PageLines

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from reasoner.exchange.page import Leads, Page
    from reasoner.exchange.page_text import Element

NARROWEST = 40
"""Columns for which a page is laid out at the least."""


@dataclass
class LineEntered(Message):
    """The reader entered the line of the pane."""

    text: str


class ChangesLine(Input):
    """The line; where it is empty, a digit is the key of a tab, for no change begins with one."""

    def joined(self, lines: tuple[str, ...]) -> str:
        """Several lines are several changes."""
        return "; ".join(line.rstrip("; ") for line in lines)

    async def _on_key(self, event: events.Key) -> None:
        tabs = (action for action in ACTIONS if action.id.startswith("tab:"))
        tab = next((action for action in tabs if event.key in keys_for(self).of(action)), None)
        if tab and event.key.isdigit() and not self.value:
            event.stop()
            event.prevent_default()
            await self.app.run_action(f"perform('{tab.id}')")


class AnswerPane(Vertical):
    """A page, laid out for the pane's width, above a line to type in where there is one."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._asked: Hashable = None
        self._entered = ""
        self._left: dict[Hashable, Hand] = {}
        self._drawn_width = 0
        self.text = ""
        """What it says now."""

    def compose(self) -> ComposeResult:
        """The page above the line."""
        yield PageLines("answer-page")
        yield ChangesLine(id="answer-line")

    def on_mount(self) -> None:
        """Without a line until a question asks for one."""
        self.ask_for("")

    @property
    def page(self) -> Page | None:
        """The page it shows, where it is one."""
        return self._page

    @property
    def lines(self) -> PageLines:
        """The page as it is drawn."""
        return self.query_one(PageLines)

    @property
    def about(self) -> Leads:
        """What the element under the cursor speaks of, each thing once."""
        chosen = self.lines.chosen
        return tuple(dict.fromkeys(chosen.about)) if chosen else ()

    @property
    def said(self) -> str:
        """The text of the element under the cursor."""
        chosen = self.lines.chosen
        return "\n".join(chosen.lines) if chosen else ""

    @property
    def line(self) -> Input:
        """The line to type in."""
        return self.query_one(Input)

    def ask_for(self, placeholder: str) -> None:
        """Offer a line to type in, or none."""
        self.line.placeholder = placeholder
        self.line.display = bool(placeholder)

    def show(self, page: Page, asked: Hashable) -> None:
        """Show the page that answers what is asked, from its beginning, or with the cursor where the reader left it."""
        self._leave()
        self._page, self._asked = page, asked
        self._draw(self._left.get(asked))

    def say(self, text: str) -> None:
        """Show a text instead of a page."""
        from reasoner.exchange.page_text import Element

        self._leave()
        self._page = self._asked = None
        self._write([Element(tuple(text.split("\n")), passing=True)], None)

    def take_focus(self) -> None:
        """Put the focus where the reader goes on: on the line where there is one, else on the page."""
        target = self.line if self.line.display else self.lines
        target.focus()

    def on_resize(self) -> None:
        """Lay the page out anew where it has another width."""
        if self._page and self.lines.columns != self._drawn_width:
            self._draw(self.lines.hand)
        else:
            self.lines.keep_in_sight()

    def _leave(self) -> None:
        if self._asked is not None and (hand := self.lines.hand):
            self._left[self._asked] = hand

    def _draw(self, hand: Hand | None) -> None:
        from reasoner.exchange.page_text import elements

        assert self._page is not None
        self._write(elements(self._page, max(NARROWEST, self.lines.columns)), hand)

    def _write(self, elements: Iterable[Element], hand: Hand | None) -> None:
        from tui.page_layout import laid_out

        self._drawn_width = self.lines.columns
        layout = laid_out(elements, max(NARROWEST, self._drawn_width))
        self.text = "\n".join(layout.lines)
        self.lines.show(layout, hand)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask with what was entered."""
        event.stop()
        self._entered = event.value
        self.post_message(LineEntered(event.value.strip()))

    def refused(self, text: str) -> None:
        """Say why there is no answer; what was entered stays in the line, to be mended."""
        self._entered = ""
        self.say(text)

    def taken(self) -> None:
        """Empty the line where it still holds what was entered; what is typed since stays."""
        if self._entered and self.line.value == self._entered:
            self.line.value = ""
        self._entered = ""
