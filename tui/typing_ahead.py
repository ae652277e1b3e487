"""Typing ahead: each key is read once the one before is done, so that what is typed while a form opens lands in it.

What is typed while a form saves waits for what stands afterwards: the form that is refused, or the screen beneath.
"""

from __future__ import annotations

from collections import deque
from time import monotonic

from textual import events
from textual.message import Message

from tui.looks import Looks
from tui.messages import Joining, Opening, Saver

GLANCE = 0.02
"""Seconds between two looks whether a screen is ready to be typed into."""

MOST = 3.0
"""Seconds that keys wait for a screen to open at the most; they wait for what is being saved until that is settled."""


def _for(reader: object, text: str) -> str:
    """What is pasted, as its reader takes it: a line would drop all but the first of several."""
    from textual.widgets import Input

    if not isinstance(reader, Input) or len(text.splitlines()) < 2:
        return text
    if isinstance(reader, Joining):
        return reader.joined(tuple(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    return " ".join(text.split())


class KeyDone(Message):
    """Goes the way of a key that was read, and arrives behind it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class TypingAhead(Looks):
    """An app that loses no key."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._read = 0
        self._until = 0.0

    async def on_event(self, event: events.Event) -> None:
        """Let keys wait for the one before them, and for a screen that is opening or saving."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._ahead.append(event)
        if len(self._ahead) == 1:
            self._until = monotonic() + MOST
            await self._next()

    async def _next(self) -> None:
        """Read the first of the keys that wait; it stays in front of the others until it is done."""
        if not self._ahead:
            return
        if self._saving or (self._opening and monotonic() < self._until):
            self.set_timer(GLANCE, self._next)
            return
        self._read += 1
        number, reader, event = self._read, self.focused or self.screen, self._ahead[0]
        if isinstance(event, events.Paste):
            event.text = _for(reader, event.text)
        await super().on_event(event)
        if not reader.post_message(KeyDone(number)):
            await self._done(number)
        else:
            self.set_timer(MOST, lambda: self._done(number))  # the reader may go without a word

    async def on_key_done(self, message: KeyDone) -> None:
        """The key is read, and all that it set off at once."""
        message.stop()
        await self._done(message.number)

    async def _done(self, number: int) -> None:
        if number == self._read and self._ahead:
            self._read += 1
            self._ahead.popleft()
            self._until = monotonic() + MOST
            await self._next()

    @property
    def _saving(self) -> bool:
        """Whether the screen in front may close at any moment, because what it saves is saved."""
        screen = self.screen
        return isinstance(screen, Saver) and screen.saving

    @property
    def _opening(self) -> bool:
        """Whether the screen in front is not ready to be typed into."""
        screen = self.screen
        return not screen.is_mounted or (isinstance(screen, Opening) and screen.opening)
