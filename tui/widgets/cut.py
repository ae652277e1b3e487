"""Text in a box with a most height: where it does not fit, it says so."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.visual import VisualType
from textual.widgets import Static

from reasoner.cells import cells

MORE = " …"


class CutText(Static):
    """A text whose last line ends with … where there is no room for the rest."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; the screen is laid out anew only where that takes more or fewer lines."""
        before = self._lines_wanted
        super().update(content, layout=False)
        if layout and self.styles.is_auto_height and self._lines_wanted != before:
            self.refresh(layout=True)

    @property
    def _lines_wanted(self) -> int:
        return self.visual.get_height(self.styles.get_rules(), self.size.width) if self.size.width else 0

    def render_line(self, y: int) -> Strip:
        """A line of the text; the last that can be seen says whether there is more."""
        line = super().render_line(y)
        width, height = self.size
        if y < height - 1 or self._lines_wanted <= height:
            return line
        kept = min(cells(line.text.rstrip()), width - len(MORE))
        style = self.visual_style.rich_style
        return Strip.join([line.crop(0, kept), Strip([Segment(MORE, style)])]).adjust_cell_length(width, style)
