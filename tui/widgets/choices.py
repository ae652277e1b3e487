"""A row of things to choose from on one line: the questions of a case, or what is shown beneath its ranking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.plain import LABEL, plain

_NUMBERED = re.compile(r"\A(\d) ")


@dataclass
class ChoiceMade(Message):
    """The reader chose something of a row; ``row`` is the row's id."""

    row: str
    choice: str


class ChoiceBar(Widget):
    """The choices; the one that holds stands out, and a click makes another.

    Too narrow a row goes without padding, and then without the blank behind a number.
    """

    active: reactive[str] = reactive("")

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._choices: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen, in order."""
        return tuple(choice for choice, _ in self._choices)

    def show(self, choices: Mapping[str, str], active: str) -> None:
        """Show these choices (id → what it reads as), and which holds."""
        self._choices = tuple(choices.items())
        self.active = active
        self.display = bool(self._choices)
        self.refresh()

    def beside(self, step: int) -> str | None:
        """The choice so many places on, around the end; None where there is no other."""
        choices = self.choices
        if len(choices) < 2 or self.active not in choices:
            return None
        return choices[(choices.index(self.active) + step) % len(choices)]

    def render(self) -> Content:
        """The choices in a row."""
        marked = [
            text.stylize("bold reverse") if choice == self.active else text.stylize("dim")
            for choice, text in self._texts()
        ]
        return Content(" ").join(marked)

    def _texts(self) -> Iterator[tuple[str, Content]]:
        texts = [(choice, plain(text, limit=LABEL)) for choice, text in self._choices]
        width, room = sum(text.cell_length + 1 for _, text in texts) - 1, self.content_size.width
        padded = width + 2 * len(texts) <= room
        if width > room:
            texts = [(choice, plain(_NUMBERED.sub(r"\1", text), limit=LABEL)) for choice, text in self._choices]
        for choice, text in texts:
            yield choice, Content(" ") + text + Content(" ") if padded else text

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Each choice, the column at which it begins, and its width."""
        start = 0
        for choice, text in self._texts():
            yield choice, start, text.cell_length
            start += text.cell_length + 1

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the mouse."""
        for choice, start, width in self.spans():
            if start <= event.get_content_offset_capture(self).x < start + width:
                self.post_message(ChoiceMade(self.id or "", choice))
