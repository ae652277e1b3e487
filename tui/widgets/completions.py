"""The list of words under the cursor that could complete what is being written."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import OptionList

from reasoner.language.completion import Completion, Suggestion
from tui.plain import passage

MOST = 60
"""Words that are listed."""

ABOUT = 40
"""Letters of what is said about a word."""


class Completions(OptionList):
    """Lies over the editor; the editor keeps the focus, and moves the choice."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(id="completions", markup=False)
        self.start = 0
        self._words: tuple[Suggestion, ...] = ()
        self.display = False

    @property
    def words(self) -> tuple[str, ...]:
        """What is offered."""
        return tuple(word.text for word in self._words) if self.display else ()

    def offer(self, completion: Completion, cursor: Offset) -> None:
        """Show the words beneath the cursor; nothing where none fits."""
        self._words = completion.suggestions[:MOST]
        self.start = completion.start
        self.clear_options()
        if not self._words:
            self.display = False
            return
        width = max(len(word.text) for word in self._words)
        for word in self._words:
            about = word.about if len(word.about) <= ABOUT else f"{word.about[: ABOUT - 1]}…"
            self.add_option(passage([(word.text.ljust(width), "bold"), "  ", (about, "dim")]))
        self.highlighted = 0
        self.absolute_offset = Offset(max(0, cursor.x - 1), cursor.y + 1)
        self.display = True

    def close(self) -> None:
        """Take the list away."""
        self.display = False

    @property
    def chosen(self) -> str | None:
        """The word in hand."""
        return self._words[self.highlighted].text if self.display and self.highlighted is not None else None

    def step(self, by: int) -> None:
        """The word so many places on, around the end."""
        if self._words:
            self.highlighted = ((self.highlighted or 0) + by) % len(self._words)
