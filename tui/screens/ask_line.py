"""A question with one line to answer it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.plain import LABEL, plain, shown


class AskLine(ModalScreen[str | None]):
    """Enter answers; escape leaves it unanswered. An answer that cannot be acted on keeps it open, and it says why."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave it")]

    def __init__(
        self, question: str, hint: str, answer: str = "", why_not: Callable[[str], str | None] = lambda _: None
    ) -> None:
        super().__init__(id="ask-line")
        self._question, self._hint, self._answer, self._why_not = question, hint, answer, why_not

    def compose(self) -> ComposeResult:
        """The line under its question."""
        with Vertical(id="ask-box") as box:
            box.border_title = plain(self._question, limit=LABEL)
            box.border_subtitle = plain("enter: do it · escape: leave it")
            yield Input(self._answer, placeholder=shown(self._hint, LABEL), id="ask-answer")
            yield Static(id="ask-why-not")

    def on_mount(self) -> None:
        """Nothing is wrong yet."""
        self._say("")

    def on_input_changed(self) -> None:
        """Another answer has other mistakes."""
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed, or say what is wrong with it."""
        typed = event.value.strip()
        if typed and (reason := self._why_not(typed)):
            self._say(reason)
        else:
            self.dismiss(typed or None)

    def _say(self, text: str) -> None:
        said = self.query_one("#ask-why-not", Static)
        said.update(plain(text))
        said.display = bool(text)
