"""Where things stand in a text: offsets turned into lines, columns, spans and problems."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from reasoner.problems import Problem
from reasoner.terms import Span


@dataclass(frozen=True)
class Source:
    """A text and the file it is (part of).

    ``line`` and ``column`` are where the text starts in the file: 1, 1 unless it was cut out of a larger one.
    ``line_text`` is the line of the file it was cut out of, where the text is not the whole file.
    """

    file: str
    text: str
    line: int = 1
    column: int = 1
    line_text: str | None = field(default=None, repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def row(self, offset: int) -> int:
        """The line of the text, counted from 0, that an offset is on."""
        return bisect_right(self._line_starts, offset) - 1

    def column_of(self, offset: int) -> int:
        """How many characters stand before the offset on its line of the text."""
        return offset - self._line_starts[self.row(offset)]

    def begins_line(self, offset: int) -> bool:
        """Whether nothing but spaces stands before the offset on its line."""
        return not self.text[offset - self.column_of(offset) : offset].strip()

    def row_text(self, row: int) -> str:
        """A line of the text, counted from 0, without its end."""
        starts = self._line_starts
        end = starts[row + 1] if row + 1 < len(starts) else len(self.text)
        return self.text[starts[row] : end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """The span from one offset up to another, exclusive."""
        starts = self._line_starts
        first = bisect_right(starts, start) - 1
        last = first if first + 1 == len(starts) or end < starts[first + 1] else bisect_right(starts, end) - 1
        column, end_column = start - starts[first] + 1, end - starts[last] + 1
        if not first:
            column += self.column - 1
        if not last:
            end_column += self.column - 1
        return Span(self.file, first + self.line, column, last + self.line, end_column)

    def problem(
        self, word: str, message: str, start: int, end: int, hint: str | None = None, note: str | None = None
    ) -> Problem:
        """A problem with the text between two offsets."""
        row = self.row(start)
        shown = self.line_text if self.line_text is not None and not row else self.row_text(row)
        return Problem(word, _visible(message), self.span(start, end), _visible(shown), hint and _visible(hint), note)


def _visible(text: str) -> str:
    """The text with a replacement character for each character that a terminal would act on rather than show."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character == "\t" else "\ufffd" for character in text)
