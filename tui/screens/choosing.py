"""A question with a few answers, over whatever is in front: nothing happens until one of them is chosen."""

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

from tui.plain import plain


class ChoosingScreen(ModalScreen[str | None]):
    """Says what it is about and offers answers (id → what it reads as); escape is None, which changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("pageup", "scroll(-1)", "Up", show=False),
        Binding("pagedown", "scroll(1)", "Down", show=False),
    ]

    def __init__(self, title: str, about: Content, answers: Mapping[str, str]) -> None:
        super().__init__(id="choosing")
        self._title, self._about, self._answers = title, about, answers

    def compose(self) -> ComposeResult:
        """What it is about, above the answers."""
        with Vertical(id="choosing-box") as box:
            box.border_title = plain(self._title)
            box.border_subtitle = plain("↑ ↓ and enter choose · page keys scroll · escape cancels")
            with VerticalScroll(id="choosing-scroll") as scroll:
                scroll.can_focus = False
                yield Static(self._about, id="choosing-about")
            yield OptionList(
                *(Option(plain(text), id=answer) for answer, text in self._answers.items()), id="choosing-answers"
            )

    def on_mount(self) -> None:
        """Start at the first answer."""
        answers = self.query_one(OptionList)
        answers.focus()
        answers.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option.id)

    def action_scroll(self, pages: int) -> None:
        """Read on in what it is about."""
        scroll = self.query_one(VerticalScroll)
        (scroll.scroll_page_down if pages > 0 else scroll.scroll_page_up)(animate=False)
