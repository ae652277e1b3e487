"""Running text that scrolls, drawn line by line: another text is drawn without laying the screen out anew."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual

from tui.widgets.still import Still


class Prose(Still, can_focus=True):
    """A text, wrapped to the width."""

    def __init__(self, id: str, text: Content | None = None) -> None:
        super().__init__(id=id)
        self._text = text or Content("")
        self._lines: list[Strip] = []

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.plain

    def show(self, text: Content, keep: bool = False) -> None:
        """Show a text from its beginning, or ``keep`` the place; the one that is shown already is left alone."""
        if (text.plain, text.spans) == (self._text.plain, self._text.spans):
            return
        self._text = text
        self._wrap()
        if not keep:
            self.scroll_home(animate=False)

    def render(self) -> Content:
        """The text, whole."""
        return self._text

    def render_line(self, y: int) -> Strip:
        """A line of it, as scrolled."""
        place = y + self.scroll_offset.y
        blank = Strip.blank(self.size.width, self.rich_style)
        return self._lines[place] if 0 <= place < len(self._lines) else blank

    def on_resize(self) -> None:
        """Wrap it to the new width."""
        self._wrap()

    def notify_style_update(self) -> None:
        """Draw it in other colours."""
        super().notify_style_update()
        self._wrap()

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is marked with the mouse."""
        self._wrap()

    def _wrap(self) -> None:
        size = self.scrollable_content_region.size
        if not size or not self.is_attached:
            return
        self._lines = Visual.to_strips(self, self._text, size.width, None, self.visual_style, pad=True)
        self.virtual_size = Size(size.width, len(self._lines))
        self.refresh()
