"""What stands instead of everything where the window is too small for any of it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import BY_ID
from tui.keyboard import keys_for
from tui.plain import plain

LEAST = Size(60, 20)
"""Columns and lines that the screens need; in fewer the pane in hand would have no room."""

SENTENCE = (
    "ascribe needs {least.width} columns and {least.height} lines; this window has {now.width} by {now.height}. "
    "Make it larger to go on, or {quit} leaves."
)


def too_small(size: Size) -> bool:
    """Whether a window of this size has no room for the screens."""
    return size.width < LEAST.width or size.height < LEAST.height


class SmallScreen(ModalScreen[None]):
    """One sentence; it goes by itself once the window is large enough.

    While a question lies over it, it cannot go yet: it then shows what is beneath it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.perform('quit')", "Quit", id="quit")]

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(id="small")

    def on_mount(self) -> None:
        """Say it."""
        self.on_resize()

    def on_key(self, event: events.Key) -> None:
        """No key does anything behind it, except to leave."""
        if event.key not in (*keys_for(self).of(BY_ID["quit"]), "ctrl+q"):
            event.stop()

    def on_screen_resume(self) -> None:
        """The window may have grown while something else was in front."""
        if not too_small(self.app.size):
            self.dismiss()

    def on_resize(self) -> None:
        """Say it with the size as it is now, or nothing where there is room."""
        self.set_class(not too_small(self.app.size), "-roomy")
        self.query_one(Static).update(plain(keys_for(self).worded(SENTENCE, least=LEAST, now=self.app.size)))
