"""Names and words that run from right to left stay in their place on the line.

Some terminals lay such text out themselves, a whole line at a time; a number or a border beside it would then change
sides. Each run is put between two marks that say where the line goes on from left to right (Unicode's LEFT-TO-RIGHT
MARK, UAX #9), which take no room and which other terminals do not show.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

MARK = "\N{LEFT-TO-RIGHT MARK}"

_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""Hebrew, Arabic, Syriac, Thaana, N'Ko and the further scripts in the blocks set aside for right-to-left."""

_BETWEEN = r"(?:(?! {2})[ 0-9.,:;!?'\"()/%-]){1,12}"
"""What may stand between two words of one run: never two spaces, which part columns."""

_RUN = re.compile(f"{_LETTER}+(?:{_BETWEEN}{_LETTER}+)*")


def kept_in_place(text: str) -> str:
    """The text with a mark before and behind each run that goes from right to left."""
    return text if text.isascii() else _RUN.sub(rf"{MARK}\g<0>{MARK}", text)


class Direction(LineFilter):
    """Does it to everything that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, those with such runs replaced."""
        return [_kept(segment) for segment in segments]


def _kept(segment: Segment) -> Segment:
    text = segment.text if segment.control else kept_in_place(segment.text)
    return segment if text == segment.text else segment._replace(text=text)
