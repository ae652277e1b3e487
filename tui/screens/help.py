"""The list of all actions, those of what is in hand first: type to find one, enter runs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.actions import ACTIONS, PLACES, Action, Where
from tui.finding import matching
from tui.hanging import Hanging
from tui.plain import plain
from tui.widgets.still import StillList

if TYPE_CHECKING:
    from tui.doing import Doing

LEAVING = ("back", "leave_rules", "leave_facts", "leave_form", "leave_text", "stop")
"""What escape does on each screen: needs no finding."""

KEYS = 14
"""Width of the column with the keys."""

NOTHING = "No action is called that, has that key, or says that. Escape closes this list."


class HelpScreen(ModalScreen[str | None]):
    """Every action with its key and a sentence; what cannot be done just now says why."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Previous", show=False),
        Binding("pagedown", "move(10)", "Further down", show=False),
        Binding("pageup", "move(-10)", "Further up", show=False),
        Binding("enter", "choose", "Run", show=False),
    ]

    def __init__(self, screen: Where | None, pane: Where | None) -> None:
        super().__init__(id="help")
        self._screen, self._pane = screen, pane

    def compose(self) -> ComposeResult:
        """A line to type in, and the actions found."""
        with Vertical(id="help-box") as box:
            box.border_title = plain("Keys and actions")
            box.border_subtitle = plain("type to find · enter or a click runs it · escape closes")
            yield Input(placeholder="Find an action by its name, its key, or what it does")
            yield StillList(id="help-list")

    def on_mount(self) -> None:
        """Start with all of them."""
        self.listed.can_focus = False
        self._find("")

    @property
    def listed(self) -> OptionList:
        """The actions found."""
        return self.query_one(OptionList)

    @property
    def doing(self) -> Doing:
        """The app, which knows the keys and what can be done."""
        return cast("Doing", self.app)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what matches."""
        self._find(event.value)

    def on_input_submitted(self) -> None:
        """Run what the cursor is on."""
        self.action_choose()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Run what was clicked."""
        self.dismiss(event.option.id)

    def action_move(self, step: int) -> None:
        """Move the cursor while the typing goes on, past the headings."""
        move = self.listed.action_cursor_down if step > 0 else self.listed.action_cursor_up
        for _ in range(abs(step)):
            before = self.listed.highlighted
            move()
            if abs(step) > 1 and before is not None and (self.listed.highlighted or 0) * step < before * step:
                self.listed.highlighted = before  # a page ends at the end; a step goes around
                return

    def action_choose(self) -> None:
        """Run what the cursor is on."""
        place = self.listed.highlighted
        if place is not None:
            self.dismiss(self.listed.get_option_at_index(place).id)

    def _find(self, text: str) -> None:
        actions = tuple(action for action in ACTIONS if action.id not in LEAVING)
        found = self.listed
        found.clear_options()
        found.add_options(self._grouped(actions) if not text.strip() else self._matching(text, actions))
        if not found.option_count:
            found.add_option(Option(plain(NOTHING), disabled=True))
        found.highlighted = next((n for n, option in enumerate(found.options) if not option.disabled), None)

    def _grouped(self, actions: tuple[Action, ...]) -> Iterator[Option]:
        """Place by place, where the reader is first."""
        first = [place for place in (self._pane, self._screen, *self._panes(), "everywhere") if place]
        for place in dict.fromkeys((*first, *PLACES)):
            listed = [action for action in actions if action.where == place]
            if listed:
                yield Option(plain(PLACES[place], "bold underline"), disabled=True)
                yield from (Option(self._prompt(action), id=action.id) for action in listed)

    def _panes(self) -> Iterator[Where]:
        """The other panes of the screen."""
        yield from dict.fromkeys(action.where for action in ACTIONS if action.place == self._screen is not None)

    def _matching(self, text: str, actions: tuple[Action, ...]) -> Iterator[Option]:
        """The closest first; what belongs to another screen comes last."""
        found = matching(text, actions, self.doing.key_text)
        for action in sorted(found, key=lambda action: action.place not in (None, self._screen)):
            yield Option(self._prompt(action), id=action.id)

    def _prompt(self, action: Action) -> Hanging:
        key = plain(self.doing.key_text(action), "bold")
        reason = self.doing.why_not_now(action.id, beneath=self)
        if reason:
            said = plain(action.title, "dim") + plain(f"  not now: {reason}", "dim italic")
        else:
            said = plain(action.title, "bold") + plain(f"  {action.about}")
        return Hanging(key, said, KEYS)
