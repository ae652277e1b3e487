"""New cases on the screen: an empty one to fill in, or a copy of one there is."""

from __future__ import annotations

from abc import abstractmethod

from textual.screen import Screen

from tui.doing import Doing
from tui.editing import read_only
from tui.keyboard import keys_for

MAKING = ("new_case", "copy_case")


class CaseMaking(Screen[None]):
    """A screen that new cases can be made on."""

    @property
    @abstractmethod
    def case_at_hand(self) -> str | None:
        """The case that a copy would be made of."""

    def blocked(self, action: str) -> str | None:
        """Why no case can be made just now, or None."""
        if action in MAKING and isinstance(self.app, Doing) and not self.app.workspace.writable:
            return read_only(self.app)
        if action == "copy_case" and self.case_at_hand is None:
            return keys_for(self).worded("There is no case to copy: {new_case} starts an empty one.")
        return None

    def do_new_case(self) -> None:
        """Ask for an id, and write a file to fill in."""
        self._make(None)

    def do_copy_case(self) -> None:
        """Ask for an id, and write a copy of the case at hand."""
        self._make(self.case_at_hand)

    def _make(self, of: str | None) -> None:
        from tui.messages import CaseChosen
        from tui.screens.new_case import NewCaseScreen

        def opened(case: str | None) -> None:
            if case is not None and isinstance(self.app, Doing):
                self.app.read_changes()
                self.post_message(CaseChosen(case))
                self.app.say(f"{case} is made. Once it is open, {keys_for(self).first('facts')} writes its facts.")

        self.app.push_screen(NewCaseScreen(of), opened)
