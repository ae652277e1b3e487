"""A question with one line to answer it in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.plain import LABEL, plain, shown


class AskLine(ModalScreen[str | None]):
    """Enter answers; escape leaves it unanswered."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave it")]

    def __init__(self, question: str, hint: str, answer: str = "") -> None:
        super().__init__(id="ask-line")
        self._question, self._hint, self._answer = question, hint, answer

    def compose(self) -> ComposeResult:
        """The line under its question."""
        with Vertical(id="ask-box") as box:
            box.border_title = plain(self._question, limit=LABEL)
            box.border_subtitle = plain("enter: do it · escape: leave it")
            yield Input(self._answer, placeholder=shown(self._hint, LABEL), id="ask-answer")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed."""
        self.dismiss(event.value.strip() or None)
