"""A line to type in that shows text from files as it is, and obeys nothing in it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Input

from reasoner.exchange.plain_text import masked


class MaskedInput(Input):
    """A sign stands in place of each character that shows nothing; what is typed over it stays as it is in the file.

    The cursor, and a click, go by what is drawn: a sign takes a column where its character would take none.
    """

    @property
    def _value(self) -> Text:
        """What is drawn, letter by letter what is held."""
        return Text(masked(self.value), no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        """The column at which a letter is drawn."""
        return cell_len(masked(self.value)[:position])

    def _cell_offset_to_index(self, offset: int) -> int:
        """The letter that is drawn at a column in sight."""
        ends = [*accumulate(map(cell_len, masked(self.value)))]
        return bisect_right(ends, offset + self.scroll_offset.x)
