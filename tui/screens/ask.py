"""A question before something is lost: what is at stake, and what to do, the harmless choice first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.plain import LABEL, plain


class AskScreen(ModalScreen[str | None]):
    """Gives the id of the choice, None for escape. Enter alone takes the first, so that must be the harmless one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, title: str, about: Content, choices: Mapping[str, str]) -> None:
        super().__init__(id="question")
        self._title, self._about, self._choices = title, about, choices

    def compose(self) -> ComposeResult:
        """The question over its choices."""
        with Vertical(id="question-box") as box:
            box.border_title = plain(self._title, limit=LABEL)
            box.border_subtitle = plain("↑ ↓ choose · enter does it · escape leaves all as it is")
            with VerticalScroll(id="question-about", can_focus=False):
                yield Static(self._about)
            yield OptionList(
                *(Option(plain(text, limit=LABEL)) for text in self._choices.values()), id="question-choices"
            )

    def on_mount(self) -> None:
        """Start at the harmless choice."""
        choices = self.query_one(OptionList)
        choices.focus()
        choices.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(list(self._choices)[event.option_index])
