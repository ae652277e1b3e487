"""How the screen looks: its colours, or none where NO_COLOR is set, and no blinking where nothing is to move."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import App
from textual.filter import LineFilter, NoColor

from tui.direction import Direction

LOOKS = ("textual-dark", "textual-light", "ansi-dark", "ansi-light")
"""Textual's themes that the key goes through; the last two, which Textual has from 8.2.5 on, are the terminal's own."""


class Looks(App[None]):
    """An app that can be looked at in other ways."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: tuple[LineFilter, ...] = (Direction(), *([NoColor()] if self.no_color else ()))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What changes every line that is drawn: Textual's filters, and then its own."""
        return (*super().get_line_filters(), *self._drawing)

    def do_theme(self) -> None:
        """The next of the looks."""
        looks = [look for look in LOOKS if look in self.available_themes]
        place = looks.index(self.theme) if self.theme in looks else -1
        self.theme = looks[(place + 1) % len(looks)]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where no animations are wanted, the cursor of a line or text does not blink."""
        if self.animation_level == "none" and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False
