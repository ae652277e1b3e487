"""A new case, empty or as a copy: asks for its id, and says at once why it cannot be that."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.doing import Doing
from tui.plain import LABEL, plain
from tui.widgets.masked_input import MaskedInput

if TYPE_CHECKING:
    from reasoner.problems import Problem

ABOUT = "Its id names the file and stands for the incident in facts and rules: what happened and when, harbour_2024."
SHORT = 4
TOO_SHORT = (
    "`{case}` is very short for an id, which says what happened and when, as harbour_2024. Enter again takes it."
)


class NewCaseScreen(ModalScreen[str | None]):
    """Gives the id of the case once its file is written; enter writes it, escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave it")]

    def __init__(self, of: str | None = None) -> None:
        super().__init__(id="new-case")
        self._of = of
        self._short = ""

    def compose(self) -> ComposeResult:
        """The line over what is to be said of it."""
        with Vertical(id="new-case-box") as box:
            box.border_title = plain(f"A copy of {self._of}" if self._of else "A new case", limit=LABEL)
            box.border_subtitle = plain("enter writes it · escape leaves it")
            yield MaskedInput(placeholder="harbour_2024", id="new-case-line")
            yield Static(plain(ABOUT), id="new-case-said")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file."""
        case, of = event.value.strip(), self._of
        doing = self.app
        assert isinstance(doing, Doing)
        workspace = doing.workspace

        def find() -> str:
            from reasoner.evidence.template import copy_case, new_case

            if of is None:
                new_case(workspace, case)
            else:
                copy_case(workspace, of, case)
            return case

        if case and len(case) < SHORT and case != self._short:
            self._short = case
            self.query_one("#new-case-said", Static).update(plain(TOO_SHORT.format(case=case)))
        elif case:
            doing.ask_for("new-case", "file", find)

    def show_found(self, what: str, value: object) -> None:
        """It is written."""
        self.dismiss(str(value))

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Say why it is not."""
        from reasoner.problems import render

        text = "\n".join(render(problem) for problem in problems)
        self.query_one("#new-case-said", Static).update(plain(text, lines=True))
