"""The pane that says everything about what is chosen."""

from __future__ import annotations

from typing import ClassVar

from tui.widgets.prose import Prose


class Detail(Prose):
    """A note that scrolls."""

    BORDER_TITLE = "Note"
    FOCUS_ON_CLICK: ClassVar[bool] = False  # the pane grows with the focus: what is clicked would move away

    def on_click(self) -> None:
        """Take the focus once the click is done."""
        self.call_later(self.focus)
