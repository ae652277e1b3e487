"""The list of words under the cursor that could complete what is being written."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.geometry import Offset
from textual.widgets import OptionList

from reasoner.language.completion import Completion, Suggestion
from tui.plain import passage

MOST = 60
"""Words that are listed."""

ABOUT = 40
"""Letters of what is said about a word."""


LEAST_TYPED = 2
"""Letters after which words are offered unasked."""


class Completions(OptionList):
    """Lies over the line or text that is written in, which keeps the focus and hands its keys on."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(id="completions", markup=False)
        self.start = 0
        self._words: tuple[Suggestion, ...] = ()
        self._take: Callable[[str], object] = str
        self.display = False

    @property
    def words(self) -> tuple[str, ...]:
        """What is offered."""
        return tuple(word.text for word in self._words) if self.display else ()

    def offer(
        self, completion: Completion, cursor: Offset, take: Callable[[str], object], typed: int = LEAST_TYPED
    ) -> None:
        """Show the words beneath the cursor; nothing where none fits, or too few letters are typed of it.

        ``take`` puts a word in the place of those letters.
        """
        self._words = completion.suggestions[:MOST] if typed >= LEAST_TYPED else ()
        self.start, self._take = completion.start, take
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

    def takes(self, event: events.Key) -> bool:
        """Whether a key is for the list: ↑ and ↓ choose, enter and tab take the word in hand, escape takes none."""
        if not self.display or event.key not in ("up", "down", "enter", "tab", "escape"):
            return False
        event.stop()
        event.prevent_default()
        word = self.chosen
        if event.key in ("up", "down"):
            self.step(1 if event.key == "down" else -1)
        else:
            self.close()
            if event.key != "escape" and word is not None:
                self._take(word)
        return True

    @property
    def chosen(self) -> str | None:
        """The word in hand."""
        return self._words[self.highlighted].text if self.display and self.highlighted is not None else None

    def step(self, by: int) -> None:
        """The word so many places on, around the end."""
        if self._words:
            self.highlighted = ((self.highlighted or 0) + by) % len(self._words)
