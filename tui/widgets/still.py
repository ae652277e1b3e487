"""Scrolling that leaves the rest of the screen alone.

Textual lays the whole screen out anew when there is more or less to scroll, and again when a scrollbar comes or goes;
at each key that takes longer than all else.
"""

from __future__ import annotations

from typing import Any, TypeVar

from rich.segment import Segments
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widgets import OptionList, Tree
from textual.widgets.tree import TreeNode

Data = TypeVar("Data")


class WhereNeeded(ScrollBarRender):
    """A scrollbar of which nothing is seen where everything fits."""

    @classmethod
    def render_bar(
        cls, size: int = 25, virtual_size: float = 50, window_size: float = 20, *arguments: Any, **named: Any
    ) -> Segments:
        """The bar; one as long as what is scrolled is drawn without a handle."""
        return super().render_bar(
            size, virtual_size if virtual_size > window_size else size, window_size, *arguments, **named
        )


ScrollBar.renderer = WhereNeeded


class Still(ScrollView):
    """A view whose scrollbar is always there, by its style, and which lays out nothing when there is more to scroll.

    As a second base, it comes after the widget it stills: Textual takes styles from the first.
    """

    virtual_size = Reactive(Size(0, 0))

    def watch_virtual_size(self, size: Size) -> None:
        """Let the scrollbar follow, and the place where it is scrolled to."""
        self._scroll_update(size)


class StillTree(Tree[Data], Still):
    """A tree whose guides look the same wherever its cursor is: only the lines it leaves and reaches are drawn."""

    def _refresh_node(self, node: TreeNode[Data]) -> None:
        if node.line >= 0:
            self.refresh_line(node.line)


class StillList(OptionList):
    """A list of which only the options that its cursor leaves and reaches are drawn."""

    highlighted: Reactive[int | None] = Reactive(None, repaint=False)

    def _watch_highlighted(self, before: int | None, now: int | None) -> None:
        for place in (before, now):
            if place in self._index_to_line:
                self.refresh_lines(self._index_to_line[place], self._heights[place])
