"""Text in a box with a most height: where it does not fit, it says so."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.visual import VisualType
from textual.widgets import Static

from reasoner.cells import cells

MORE = " …"


class CutText(Static):
    """A text whose last line ends with … where there is no room for the rest."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; the screen is laid out anew only where that takes more or fewer lines."""
        before = self._lines_taken
        super().update(content, layout=False)
        if layout and self.styles.is_auto_height and self._lines_taken != before:
            self.refresh(layout=True)

    def update_in_place(self, content: Content) -> None:
        """Show another text for a moment, on as many lines as the one before it takes."""
        before = self._lines_taken
        super().update(content, layout=False)
        super().update(content + "\n" * (before - self._lines_taken), layout=False)

    @property
    def _lines_wanted(self) -> int:
        return self.visual.get_height(self.styles.get_rules(), self.size.width) if self.size.width else 0

    @property
    def _lines_taken(self) -> int:
        """Those of them that it takes at most."""
        most = self.styles.max_height
        return min(self._lines_wanted, (most and most.cells) or self._lines_wanted)

    def render_line(self, y: int) -> Strip:
        """A line of the text; the last that can be seen says whether there is more."""
        line = super().render_line(y)
        width, height = self.size
        if y < height - 1 or self._lines_wanted <= height:
            return line
        kept = _whole_words(line.text.rstrip(), width - len(MORE))
        style = self.visual_style.rich_style
        return Strip.join([line.crop(0, kept), Strip([Segment(MORE, style)])]).adjust_cell_length(width, style)


def _whole_words(text: str, room: int) -> int:
    """How many columns of a text to keep within the room: its whole words, or part of one that is all there is."""
    if cells(text) <= room:
        return cells(text)
    words = text.split(" ")
    fitting = [kept for count in range(1, len(words)) if (kept := cells(" ".join(words[:count]))) <= room]
    return max(fitting, default=0) or room
