"""A line to type a query in: words that fit are offered while a name is typed, and earlier queries brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.actions import BY_ID
from tui.keyboard import keys_for
from tui.widgets.completions import LEAST_TYPED, Completions

if TYPE_CHECKING:
    from reasoner.language.completion import Words


@dataclass
class Entered(Message):
    """The reader asks what stands in the line."""

    text: str


class QueryLine(Input):
    """While words are offered, ↑ and ↓ choose one, enter and tab take it, escape puts them away."""

    def __init__(self, before: tuple[str, ...], popup: Completions, id: str) -> None:
        super().__init__(placeholder="possesses(A, W), not scarce(W)", id=id)
        self.words: Words | None = None
        self._before = list(before)
        self._place = len(self._before)
        self._draft = ""
        self._popup = popup
        self._typed = False

    class Below(Message):
        """The reader goes on below the last of the queries."""

    def remember(self, text: str) -> None:
        """A query was asked: it is the last of those that ↑ brings back."""
        self._before = [*(each for each in self._before if each != text), text]
        self._place = len(self._before)

    async def _on_key(self, event: events.Key) -> None:
        """Keys that the list of words takes while it is shown; ↑ and ↓ otherwise; then what a line does with keys."""
        popup = self._popup
        self._typed = event.is_printable or event.key == "backspace"
        written = popup.display and popup.chosen == self.value[popup.start : self.cursor_position]
        if event.key == "enter" and written:
            popup.close()  # the word stands there already: enter asks
        elif popup.takes(event):
            return
        elif event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            self._earlier(-1 if event.key == "up" else 1)
        elif event.key in keys_for(self).of(BY_ID["complete"]):
            event.stop()
            event.prevent_default()
            self._offer(unasked=False)

    def _earlier(self, step: int) -> None:
        """Go through the queries asked before; beyond the last stands what was being typed, and below that more."""
        if step > 0 and self._place == len(self._before):
            self.post_message(self.Below())
            return
        if self._place == len(self._before):
            self._draft = self.value
        self._place = max(0, min(len(self._before), self._place + step))
        self.put(self._before[self._place] if self._place < len(self._before) else self._draft)

    def put(self, text: str) -> None:
        """Show a text, with the cursor behind it."""
        self._typed = False
        self.value = text
        self.cursor_position = len(text)

    def on_input_changed(self) -> None:
        """Offer words while a name is typed."""
        if self._typed and self.has_focus:
            self._offer(unasked=True)
        else:
            self._popup.close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask."""
        event.stop()
        self._popup.close()
        self.post_message(Entered(self.value))

    def on_blur(self) -> None:
        """The list of words goes with the focus."""
        self._popup.close()

    def _offer(self, unasked: bool) -> None:
        from reasoner.language.completion import complete

        if self.words is None:
            return
        found = complete(self.value, self.cursor_position, self.words)
        typed = self.cursor_position - found.start if unasked else LEAST_TYPED
        self._popup.offer(found, self.cursor_screen_offset, self._take, typed)

    def _take(self, word: str) -> None:
        """Put a word in the place of what was typed of it."""
        start, end = self._popup.start, self.cursor_position
        self._typed = False
        self.value = f"{self.value[:start]}{word}{self.value[end:]}"
        self.cursor_position = start + len(word)
