"""A form for a new rule: its name, what kind of conclusion it draws, its sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, RadioButton, RadioSet, Static

from reasoner.language.new_rule import HEAD_KINDS, HeadKind
from tui.plain import plain


class Choice(RadioButton):
    """One of several; a filled sign where it is the one chosen and an empty one else, as colour alone does not tell."""

    @property
    def _button(self) -> Content:
        self.BUTTON_INNER = "●" if self.value else "○"
        return super()._button


class Kinds(RadioSet):
    """The kinds of rules; enter takes the one at the cursor and goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "Take it", show=False)]

    def action_take(self) -> None:
        """Choose it, and go to the next field."""
        self.action_toggle_button()
        self.screen.focus_next()


@dataclass(frozen=True, slots=True)
class Wish:
    """The rule wanted."""

    name: str
    kind: HeadKind
    sentence: str


class NewRuleScreen(ModalScreen[Wish | None]):
    """Enter goes on to the next field and, at the last, makes the rule; escape makes none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, file: str, taken: Collection[str]) -> None:
        super().__init__(id="new-rule")
        self._file, self._taken, self._told = file, taken, False

    def compose(self) -> ComposeResult:
        """Three fields, and a line that says what is wrong."""
        with Vertical(id="new-rule-box") as box:
            box.border_title = plain(f"New rule in {self._file}")
            box.border_subtitle = plain("enter, tab: next · space chooses · enter at the end inserts · escape cancels")
            yield Label(plain("Name, by which tests and questions call it"))
            yield Input(placeholder="seized weapons", id="new-rule-name")
            yield Label(plain("What it does"))
            with Kinds(id="new-rule-kind"):
                for number, (kind, about) in enumerate(HEAD_KINDS.items()):
                    yield Choice(plain(f"{kind}: {about}"), value=number == 0)
            yield Label(plain("Sentence, with the rule's variables in braces"))
            yield Input(placeholder="{A} held weapons of the kind that was used.", id="new-rule-sentence")
            yield Static(id="new-rule-wrong")

    def on_mount(self) -> None:
        """Start with the name."""
        self.query_one("#new-rule-name", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong with the name may be mended, or something else be wrong with it."""
        said = self.query_one("#new-rule-wrong", Static)
        if event.input.id == "new-rule-name" and self._told:
            said.update(plain(self._wrong() or "", "bold"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the name to the kind; from the sentence to the rule."""
        if event.input.id == "new-rule-name":
            self.query_one(RadioSet).focus()
        elif wrong := self._wrong():
            self._told = True
            self.query_one("#new-rule-wrong", Static).update(plain(wrong, "bold"))
            self.query_one("#new-rule-name", Input).focus()
        else:
            kind = list(HEAD_KINDS)[max(0, self.query_one(RadioSet).pressed_index)]
            self.dismiss(Wish(self._named, kind, event.value.strip()))

    @property
    def _named(self) -> str:
        return " ".join(self.query_one("#new-rule-name", Input).value.split())

    def _wrong(self) -> str | None:
        """Why there can be no rule of that name."""
        if not self._named:
            return "It needs a name."
        if set(self._named) & set("[]{}%"):
            return "A name has no brackets, braces or % in it."
        return f"There is a rule called {self._named} already." if self._named in self._taken else None
