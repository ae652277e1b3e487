"""Lines of text for a terminal or a page: wrapping, columns, bars, counts."""

from __future__ import annotations

import re
import shutil
import textwrap

from reasoner.assessment.decibans import signed as signed
from reasoner.cells import is_wide

NARROWEST, WIDEST = 40, 110


def page_width() -> int:
    """Columns to write in: the terminal's, within reading width; 100 where there is none."""
    columns = shutil.get_terminal_size((100, 24)).columns
    return max(NARROWEST, min(columns, WIDEST))


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOGETHER = re.compile(rf" (?=%|dB\b)|(?<=\d) (?=(?:mm|{_MONTHS})\b)")
_COMMAND = re.compile(r"\bascribe [a-z-]+ \w+")
_NO_BREAK = "\u00a0"
_SECOND = "\U0010ffff"
"""Stands before a wide character while lines are counted, so that it counts for two; no text may hold it."""


def wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    """The text wrapped to a width, its first line after ``first`` and the others after ``rest``.

    A number stays on one line with its unit, a day with its month, and a command with its case.
    """
    lines = textwrap.wrap(
        _widened(_COMMAND.sub(lambda found: found[0].replace(" ", _NO_BREAK), _TOGETHER.sub(_NO_BREAK, text))),
        width,
        initial_indent=_widened(first),
        subsequent_indent=rest,
        break_long_words=True,
        break_on_hyphens=False,
    )
    return [line.replace(_NO_BREAK, " ").replace(_SECOND, "") for line in lines] or [first.rstrip()]


def _widened(text: str) -> str:
    if text.isascii():
        return text
    return "".join(f"{_SECOND}{character}" if is_wide(character) else character for character in text)


def bar(probability: float, width: int) -> str:
    """A bar of eighths of a block; anything above nothing shows at least the thinnest."""
    eighths = round(probability * width * 8)
    if probability > 0 and eighths == 0:
        eighths = 1
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 case``, ``1,024 worlds``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
