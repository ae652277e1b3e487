"""Jumping: a letter lies on every pane and tab of the screen beneath, and pressing it goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.plain import plain
from tui.widgets.choices import ChoiceBar, ChoiceMade

LETTERS = "asdfghjklqwertyuiopzxcvbnm1234567890"
"""The letters, those beneath the fingers first."""


@dataclass(frozen=True, slots=True)
class Target:
    """Somewhere to go: the id of its pane or tab, where its letter lies, how wide that is, and what goes there."""

    to: str
    x: int
    y: int
    width: int
    go: Callable[[], object]


def targets(screen: Screen[object]) -> tuple[Target, ...]:
    """Every pane and tab that can be seen, from top to bottom."""
    found = sorted((*_panes(screen), *_tabs(screen)), key=lambda target: (target.y, target.x))
    return tuple(found[: len(LETTERS)])


def _panes(screen: Screen[object]) -> Iterator[Target]:
    for widget in screen.focus_chain:
        if place := _corner(screen, widget):
            yield Target(widget.id or "", *place, 3, widget.focus)


def _tabs(screen: Screen[object]) -> Iterator[Target]:
    for bar in screen.query(ChoiceBar):
        place = _corner(screen, bar)
        for choice, start, _ in bar.spans() if place and bar.display else ():
            made = ChoiceMade(bar.id or "", choice)
            assert place is not None
            yield Target(choice, place[0] + start, place[1], 1, partial(bar.post_message, made))


def _corner(screen: Screen[object], widget: Widget) -> tuple[int, int] | None:
    """Where the part of a widget that can be seen begins, or None where nothing of it can."""
    try:
        seen = screen.find_widget(widget).visible_region
    except NoWidget:
        return None
    return (seen.x, seen.y) if seen.area else None


class Letter(Static):
    """The letter of a target; a click on it is as good as pressing it."""

    def __init__(self, number: int, target: Target) -> None:
        super().__init__(plain(LETTERS[number].center(target.width)), classes="jump-letter")
        self.number = number
        self.styles.offset = (target.x, target.y)
        self.styles.width = target.width

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        event.stop()
        self.screen.dismiss(self.number)


class JumpScreen(ModalScreen[int | None]):
    """Gives the number of the target, None for escape or a key that is no target's."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Stay here")]

    def __init__(self, found: tuple[Target, ...]) -> None:
        super().__init__(id="jump")
        self._targets = found
        self._drawn: Size | None = None

    def compose(self) -> ComposeResult:
        """The letters."""
        for number, target in enumerate(self._targets):
            yield Letter(number, target)

    def on_resize(self, event: events.Resize) -> None:
        """On a terminal of another size the letters would lie beside what they stand for."""
        self._drawn = self._drawn or event.size
        if event.size != self._drawn:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Go where the letter leads."""
        number = LETTERS.find(event.key) if len(event.key) == 1 else -1
        if event.key != "escape":
            event.stop()
            self.dismiss(number if 0 <= number < len(self._targets) else None)

    def on_click(self) -> None:
        """A click beside the letters stays here."""
        self.dismiss(None)
