"""The pane that says everything about what is chosen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Detail(VerticalScroll):
    """A note that scrolls."""

    BORDER_TITLE = "Note"
    FOCUS_ON_CLICK: ClassVar[bool] = False  # the pane grows with the focus: what is clicked would move away

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._note = Static(id=f"{id}-text")

    def compose(self) -> ComposeResult:
        """The note's text."""
        yield self._note

    def on_click(self) -> None:
        """Take the focus once the click is done."""
        self.call_later(self.focus)

    def show(self, note: Content) -> None:
        """Show a note from its beginning; the one that is shown already is left alone, as drawing it takes a while."""
        shown = self._note.content
        if isinstance(shown, Content) and (shown.plain, shown.spans) == (note.plain, note.spans):
            return
        self._note.update(note)
        self.scroll_home(animate=False)

    @property
    def text(self) -> str:
        """What it says now."""
        content = self._note.content
        return content.plain if isinstance(content, Content) else str(content)
