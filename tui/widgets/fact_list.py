"""The list of facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import DataTable

from tui.actions import Where, bindings


@dataclass
class Refitted(Message):
    """The list has another width than before."""


class FactList(DataTable[object]):
    """Facts, one a row; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("fact-list")
    PLACE: ClassVar[Where] = "fact-list"

    def on_resize(self) -> None:
        """Say so; the screen may lay the list out anew without another size of its own."""
        self.post_message(Refitted())
