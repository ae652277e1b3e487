"""The list of facts."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import DataTable

from tui.actions import Where, bindings


class FactList(DataTable[object]):
    """Facts, one a row; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("fact-list")
    PLACE: ClassVar[Where] = "fact-list"
