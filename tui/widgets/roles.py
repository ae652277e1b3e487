"""The questions of a case, one a role, on one line."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.plain import LABEL, plain


@dataclass
class RoleChosen(Message):
    """The reader chose a question."""

    role: str


class RoleBar(Widget):
    """The questions that have candidates; the one being answered stands out, and a click chooses another."""

    active: reactive[str] = reactive("")

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._questions: tuple[tuple[str, Content], ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, in order."""
        return tuple(role for role, _ in self._questions)

    def show(self, questions: dict[str, str], active: str) -> None:
        """Show these questions (role → question), and which is being answered."""
        self._questions = tuple((role, plain(f" {text} ", limit=LABEL)) for role, text in questions.items())
        self.active = active
        self.display = bool(self._questions)
        self.refresh(layout=True)

    def beside(self, step: int) -> str | None:
        """The role so many places on, around the end; None where there is no other."""
        roles = self.roles
        if len(roles) < 2 or self.active not in roles:
            return None
        return roles[(roles.index(self.active) + step) % len(roles)]

    def render(self) -> Content:
        """The questions in a row."""
        marked = [
            text.stylize("bold reverse") if role == self.active else text.stylize("dim")
            for role, text in self._questions
        ]
        return Content(" ").join(marked)

    def on_click(self, event: events.Click) -> None:
        """Choose the question under the mouse."""
        start = 0
        for role, text in self._questions:
            if start <= event.get_content_offset_capture(self).x < start + text.cell_length:
                self.post_message(RoleChosen(role))
            start += text.cell_length + 1
