"""Which keys do what: those of the table of actions, and instead of some those that the reader chose."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reasoner.documents import shown_path
from reasoner.storage.user_folders import user_folder
from tui.actions import ACTIONS, BY_ID, Action, keys_text
from tui.key_names import shown, writes


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of every action. ``chosen``: action id → the reader's keys, as Textual writes them."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the one to show first first."""
        return self.chosen.get(action.id) or tuple(action.keys.split(","))

    def text(self, action: Action) -> str:
        """The keys of an action, as the screen shows them."""
        return keys_text(self.of(action))

    def first(self, action: str, typing: bool = False) -> str:
        """The key of an action that a sentence names; where one types, the first that writes nothing, or none."""
        found = (key for key in self.of(BY_ID[action]) if not (typing and writes(key)))
        return shown(next(found, ""))

    def worded(self, text: str, **values: object) -> str:
        """A sentence with the key of each action whose id stands in it in braces, and other values by name."""
        return text.format_map({id: self.first(id) for id in BY_ID if f"{{{id}}}" in text} | values)

    @property
    def keymap(self) -> dict[str, str]:
        """The chosen keys as Textual takes them."""
        return {action: ",".join(keys) for action, keys in self.chosen.items()}

    def clashes(self) -> Iterator[tuple[str, Action, Action]]:
        """A key and two actions that it would do in one place, of which at least one has it by choice."""
        for chosen in self.chosen:
            mine = BY_ID[chosen]
            for other in ACTIONS:
                later = other.id in self.chosen and list(self.chosen).index(other.id) < list(self.chosen).index(chosen)
                if other is mine or later or not mine.meets(other):
                    continue
                yield from ((key, mine, other) for key in self.of(mine) if key in self.of(other))


def key_file() -> Path:
    """Where the reader's keys are written: ``keys.yaml`` in the user's configuration folder."""
    return (user_folder("config") or Path("~", ".config", "ascribe")) / "keys.yaml"


def shown_key_file() -> str:
    """Its path as messages show it."""
    path, home = key_file(), Path(os.path.expanduser("~"))
    return f"~{os.sep}{path.relative_to(home)}" if path.is_relative_to(home) else shown_path(path)
