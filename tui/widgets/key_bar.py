"""The bottom line: the keys that fit, those of what is in hand first, help and leaving always; a click presses one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.actions import ALWAYS, BY_ID

SPACES = 3
"""Columns around a key and its name."""

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
        return cell_len(self.text) + cell_len(self.title) + SPACES


class KeyBar(Widget):
    """The keys of the widget in hand, of its screen, and of the app, in this order."""

    ALLOW_SELECT = False

    _drawn = Content("")

    def on_mount(self) -> None:
        """Follow what can be done, and which dialog lies over the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.app.screen_change_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        line = self._line()
        if (line.plain, line.spans) != (self._drawn.plain, self._drawn.spans):
            self.refresh()

    def render(self) -> Content:
        """One key after the other; at the right end, where nothing is in its way, that something is worked out.

        Beneath a dialog stands what the dialog takes.
        """
        self._drawn = self._line()
        return self._drawn

    def _line(self) -> Content:
        if (taken := self._taken) is not None:
            return Content(" ").join([Content(""), taken, Content.styled(self._working, "italic")])
        keys, stop = self._fitting()
        texts = [_drawn(each) for each in keys]
        gap = self.size.width - sum(each.width for each in (*keys, *stop)) - len(self._working)
        texts += [Content(" " * max(0, gap)), Content.styled(self._working, "italic"), *map(_drawn, stop)]
        return Content("").join(texts)

    @property
    def _working(self) -> str:
        """That something is being worked out, in words."""
        return str(getattr(self.app, "working_text", ""))

    @property
    def _taken(self) -> Content | None:
        """What the dialog over the screen says of its keys; None where none lies there, or it says nothing."""
        front = self.app.screen
        if front is self.screen or not isinstance(front, ModalScreen):
            return None
        said = (Content.from_text(each.border_subtitle or "") for each in front.query("Vertical"))
        return next((each for each in said if each), None)

    def _all(self) -> Iterator[Shown]:
        """Every key that does something just now and could stand here, each action once."""
        why_not_now = getattr(self.app, "why_not_now", None)
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.id in BY_ID and binding.id not in seen:
                seen.add(binding.id)
                if why_not_now and why_not_now(binding.id, of=self.screen):
                    continue
                yield self._shown(binding)
        if "quit" not in seen:
            yield self._shown(LEAVES)

    def _shown(self, binding: Binding) -> Shown:
        action = BY_ID[binding.id or ""]
        called = getattr(self.app, "called", None)
        title = called(action.id) if called else action.title
        return Shown(action.id, binding.key, self.app.get_key_display(binding), title, action.footer)

    def _fitting(self) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
        """The keys there is room for, and the one that stops.

        The ones wanted most, the first of them first, in the order of the line.
        """
        every = tuple(self._all())
        stop = tuple(each for each in every if each.id == "stop")
        room, kept = self.size.width - len(self._working) - sum(each.width for each in stop), set[str]()
        for wanted in range(ALWAYS, 0, -1):
            for each in every:
                if each.wanted == wanted and each.width <= room and each not in stop:
                    room -= each.width
                    kept.add(each.id)
        return tuple(each for each in every if each.id in kept), stop

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        if self._taken is not None:
            return
        x = event.get_content_offset_capture(self).x
        keys, stop = self._fitting()
        start = 0
        for each in keys:
            if start <= x < start + each.width:
                self.app.simulate_key(each.key)
                return
            start += each.width
        if stop and x >= self.size.width - stop[0].width:
            self.app.simulate_key(stop[0].key)


def _drawn(each: Shown) -> Content:
    return Content.assemble((f" {each.text} ", "bold $footer-key-foreground"), f"{each.title} ")
