"""The keyboard: which keys do what, by the table or by the reader's own file, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.dom import DOMNode

from tui.actions import BY_ID, Action
from tui.key_names import shown, writes
from tui.keys import Keys, key_file
from tui.typing_ahead import TypingAhead

if TYPE_CHECKING:
    from reasoner.problems import Problem


def keys_for(node: DOMNode) -> Keys:
    """The keys in force where a widget or screen stands."""
    assert isinstance(node.app, Keyboard)
    return node.app.keys


class Keyboard(TypingAhead):
    """An app whose actions have the keys that the reader wants them to have."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = Keys()

    def learn_keys(self) -> tuple[Problem, ...]:
        """Take the keys of the reader's file, where there is one; what is wrong with it."""
        if not key_file().exists() and not self.keys.chosen:
            return ()
        from tui.key_file import read_keys

        self.keys, problems = read_keys()
        self.set_keymap(self.keys.keymap)
        return problems

    def key_text(self, action: Action) -> str:
        """The keys of an action, as the screen shows them."""
        return self.keys.text(action)

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it."""
        return shown(binding.key)

    def typed(self, action: str) -> bool:
        """Whether all of the action's keys are letters that go into a line or a text just now."""
        return (
            bool(self.screen_stack)
            and getattr(self.screen, "typing", False)
            and all(map(writes, self.keys.of(BY_ID[action])))
        )
