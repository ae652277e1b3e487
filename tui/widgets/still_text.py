"""A text to edit of which an arrow draws only the lines that it changes."""

from __future__ import annotations

from textual.reactive import Reactive
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection


class StillText(TextArea):
    """A text that is drawn whole only when it is edited or scrolled, not wherever its cursor goes."""

    selection: Reactive[Selection] = Reactive(Selection(), init=False, always_update=True, repaint=False)

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        """Draw the lines that the cursor leaves and reaches, and those of the brackets that match there."""
        brackets = [self.matching_bracket_location]
        super()._watch_selection(previous_selection, selection)
        brackets.append(self.matching_bracket_location)
        if self.is_mounted:
            for start, end in (previous_selection, selection, *((place, place) for place in brackets if place)):
                self._refresh_between(start, end)

    def _refresh_between(self, start: Location, end: Location) -> None:
        """Draw the lines from one place to another, or as far as the text goes now."""
        last = self.document.line_count - 1
        first_row, last_row = (min(row, last) for row, _ in sorted((start, end)))
        above = self.wrapped_document.location_to_offset((first_row, 0)).y
        below = self.wrapped_document.location_to_offset((last_row, len(self.document[last_row]))).y
        self.refresh_lines(above, below - above + 1)

    def _refresh_size(self) -> None:
        """Draw it all: Textual comes here after each edit, and when the width is another."""
        super()._refresh_size()
        self.refresh()
