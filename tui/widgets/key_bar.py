"""The bottom line: the keys that fit, those of what is in hand first, help and leaving always; a click presses one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tui.actions import ALWAYS, BY_ID

SPACES = 3
"""Columns around a key and its name."""

WORKING = " working … "

LEAVES = Binding("ctrl+q", "quit", "Quit", id="quit")
"""Leaves even where one types, so it stands there instead of a letter that would be written."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A key as it stands in the line. ``wanted``: how much, as in the table of actions."""

    id: str
    key: str
    text: str
    title: str
    wanted: int

    @property
    def width(self) -> int:
        """The columns it takes."""
        return Content(self.text).cell_length + Content(self.title).cell_length + SPACES


class KeyBar(Widget):
    """The keys of the widget in hand, of its screen, and of the app, in this order."""

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        self.refresh()

    @property
    def _working(self) -> bool:
        """Whether something is being worked out."""
        return bool(getattr(self.app, "working", False))

    @property
    def _before(self) -> int:
        """The columns before the first key."""
        return len(WORKING) if self._working else 0

    def render(self) -> Content:
        """One key after the other."""
        texts = [Content.styled(WORKING, "italic")] if self._working else []
        texts += [
            Content.assemble((f" {each.text} ", "bold $footer-key-foreground"), f"{each.title} ")
            for each in self._fitting()
        ]
        return Content("").join(texts)

    def _all(self) -> Iterator[Shown]:
        """Every key that could stand here, each action once."""
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.id in BY_ID and binding.id not in seen:
                seen.add(binding.id)
                yield self._shown(binding)
        if "quit" not in seen:
            yield self._shown(LEAVES)

    def _shown(self, binding: Binding) -> Shown:
        action = BY_ID[binding.id or ""]
        return Shown(action.id, binding.key, self.app.get_key_display(binding), action.title, action.footer)

    def _fitting(self) -> tuple[Shown, ...]:
        """Those there is room for: the ones wanted most, the first of them first, in the order of the line."""
        every = tuple(sorted(self._all(), key=lambda each: each.id != "stop"))
        room, kept = self.size.width - self._before, set[int]()
        for wanted in range(ALWAYS, 0, -1):
            for place, each in enumerate(every):
                if each.wanted == wanted and each.width <= room:
                    room -= each.width
                    kept.add(place)
        return tuple(each for place, each in enumerate(every) if place in kept)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        start = self._before
        for each in self._fitting():
            if start <= event.get_content_offset_capture(self).x < start + each.width:
                self.app.simulate_key(each.key)
                return
            start += each.width
