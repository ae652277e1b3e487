"""The list of all actions: type to find one, enter runs it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.actions import ACTIONS, Action, matching
from tui.plain import plain

LEAVING = ("back", "leave_rules", "leave_facts", "leave_form", "leave_text")
"""What escape does on each screen: needs no finding."""

KEYS = 8
"""Width of the column with the keys."""


class HelpScreen(ModalScreen[str | None]):
    """Every action with its key and a sentence; what cannot be done just now says why."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Previous", show=False),
        Binding("enter", "choose", "Run", show=False),
    ]

    def __init__(self, beneath: str) -> None:
        super().__init__(id="help")
        self._beneath = beneath
        self._found: tuple[Action, ...] = ()

    def compose(self) -> ComposeResult:
        """A line to type in, and the actions found."""
        with Vertical(id="help-box") as box:
            box.border_title = plain("Keys and actions")
            box.border_subtitle = plain("type to find · enter runs it · escape closes")
            yield Input(placeholder="Find an action")
            yield OptionList(id="help-list")

    def on_mount(self) -> None:
        """Start with all of them."""
        self.query_one(OptionList).can_focus = False
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what matches."""
        self._find(event.value)

    def on_input_submitted(self) -> None:
        """Run what the cursor is on."""
        self.action_choose()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Run what was clicked."""
        self.dismiss(self._found[event.option_index].id)

    def action_move(self, step: int) -> None:
        """Move the cursor while the typing goes on."""
        found = self.query_one(OptionList)
        (found.action_cursor_down if step > 0 else found.action_cursor_up)()

    def action_choose(self) -> None:
        """Run what the cursor is on."""
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._found):
            self.dismiss(self._found[place].id)

    def _find(self, text: str) -> None:
        self._found = matching(text, tuple(action for action in ACTIONS if action.id not in LEAVING))
        found = self.query_one(OptionList)
        found.clear_options()
        if not self._found:
            found.add_option(Option(plain("No action is called that."), disabled=True))
            return
        for action in self._found:
            found.add_option(Option(self._prompt(action)))
        found.highlighted = 0

    def _prompt(self, action: Action) -> Content:
        key = plain(f"{action.key_text:<{KEYS}}", "bold")
        reason = self._blocked(action)
        if reason:
            return key + plain(action.title, "dim") + plain(f"  not now: {reason}", "dim italic")
        return key + plain(action.title, "bold") + plain(f"  {action.about}")

    def _blocked(self, action: Action) -> str | None:
        if action.screen not in (None, self._beneath):
            return f"on the {action.screen} screen only."
        beneath = next((screen for screen in reversed(self.app.screen_stack) if screen is not self), None)
        for target in (beneath, self.app):
            if hasattr(target, f"do_{action.id}"):
                blocked = getattr(target, "blocked", None)
                return blocked(action.id) if blocked else None
        return None
