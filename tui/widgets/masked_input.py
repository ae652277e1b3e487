"""A line to type in that shows text from files as it is, and obeys nothing in it."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input

from reasoner.exchange.plain_text import masked


class MaskedInput(Input):
    """A sign stands in place of each character that shows nothing; what is typed over it stays as it is in the file."""

    @property
    def _value(self) -> Text:
        """What is drawn, letter by letter what is held."""
        return Text(masked(self.value), no_wrap=True, overflow="ignore", end="")
