"""How many columns of a terminal a text takes: two for a wide character, none for a mark on the one before."""

from __future__ import annotations

import unicodedata

_NARROW = "\u02ff"
"""Up to here every character that shows takes one column."""


def cells(text: str) -> int:
    """The columns that a text takes; Unicode's wide and full-width characters take two (UAX #11)."""
    if text.isascii() or max(text) <= _NARROW:
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if is_wide(character) else 1


def is_wide(character: str) -> bool:
    """Whether a character takes two columns."""
    return unicodedata.east_asian_width(character) in "WF"


def padded(text: str, width: int, side: str = "left") -> str:
    """The text with spaces to a width; they stand before it where it goes to the right."""
    space = " " * (width - cells(text))
    return space + text if side == "right" else text + space


def cut(text: str, width: int) -> str:
    """As much of a text as fits a width; where that is not all of it, it ends with an ellipsis."""
    if cells(text) <= width:
        return text
    kept = text[:width]
    while cells(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…"
