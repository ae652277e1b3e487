"""A word with a text beside it that wraps within its own column, so that its lines hang beneath each other."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


@dataclass(frozen=True, slots=True)
class Hanging(Visual):
    """The word takes so many columns, or as many as it needs."""

    word: Content
    text: Content
    columns: int

    @property
    def _indent(self) -> int:
        return max(self.columns, self.word.cell_length + 1)

    def __str__(self) -> str:
        """The word and the text on one line."""
        return f"{self.word.plain:<{self._indent}}{self.text.plain}"

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The columns of both on one line."""
        return self._indent + self.text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The lines that the text takes beside the word."""
        return self.text.get_height(rules, max(1, width - self._indent))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The word before the first line of the text, blanks before the others."""
        lines = self.text.render_strips(max(1, width - self._indent), height, style, options)
        first = self.word.render_strips(self._indent, 1, style, options)
        blank = Strip.blank(self._indent, style.rich_style)
        befores = [first[0].adjust_cell_length(self._indent, style.rich_style), *[blank] * (len(lines) - 1)]
        return [Strip.join([before, line]) for before, line in zip(befores, lines, strict=True)]
