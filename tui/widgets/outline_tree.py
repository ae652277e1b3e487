"""A tree of entries that are made when they are opened, wide ones page by page; what is open outlasts new entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.geometry import Region
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.actions import Where, bindings
from tui.messages import EntryChosen
from tui.plain import plain_text
from tui.widgets.still import StillTree

if TYPE_CHECKING:
    from tui.labels import Bars
    from tui.outline import Entry, Path

MOST_AT_ONCE = 200
"""Entries that "open all" opens at most."""

PAGE = 100
"""Entries beneath one that are shown at a time."""

GOES_IN = "▸▸ "
"""Before an entry that opens by itself, as it lies too deep to open in its place."""

FINDING = "Finding what stands beneath …"

Branch: TypeAlias = "TreeNode[Entry]"


class OutlineTree(StillTree["Entry"]):
    """Entries beneath entries. A subclass says what stands beneath one, and what enter on one does."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chain")
    PLACE: ClassVar[Where] = "chain"
    FOCUS_ON_CLICK: ClassVar[bool] = False  # the pane grows with the focus: between press and release, lines would move
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    _drawing = False

    def __init__(self, id: str) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.guide_depth = 3
        self.bars: Bars | None = None
        self._open: dict[Path, int] = {}
        self._cursor: Path | None = None

    def refresh(self, *regions: Region, layout: bool = False, **named: bool) -> Self:
        """Draw it again; while entries come and go its place on the screen stays, so nothing is laid out anew."""
        return super().refresh(*regions, layout=layout and not self._drawing, **named)

    def entries_beneath(self, entry: Entry) -> Sequence[Entry] | None:
        """What stands beneath an entry; None where that has to be found first."""
        raise NotImplementedError

    def beyond(self, entry: Entry) -> int:
        """How many entries stand beneath one besides those worked out."""
        return 0

    def find_rest(self, entry: Entry) -> None:
        """Work out entries beneath one that are not worked out yet."""

    def opens(self, entry: Entry) -> bool:
        """Whether an entry opens in its place."""
        return entry.expandable

    def activate(self, node: Branch) -> None:
        """Do what enter does on an entry that does not open."""

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        return self.cursor_node.data if self.cursor_node else None

    @property
    def bar_width(self) -> int:
        """Columns that the bar beside a line takes."""
        width = self.app.size.width
        return 6 if width < 100 else 10 if width < 190 else 16

    def show_entries(self, tops: Iterable[Entry], most: float, keep: bool, cursor: Path | None = None) -> None:
        """Show these entries; ``keep`` what is open and where the cursor is. ``most`` is the longest bar's decibans."""
        if keep:
            self._open |= self._opened(self.root)
            cursor = cursor or self._cursor or (self.chosen.path if self.chosen else None)
        else:
            self._open = {}
        from tui.labels import Bars

        self.bars = Bars(most, self.bar_width)
        self._drawing = True
        self.clear()
        self._add(self.root, list(tops), 0)
        self._reopen(self.root)
        self._drawing = False
        self.choose(cursor)

    def say(self, text: str) -> None:
        """Show a sentence instead of entries."""
        self._open = {}
        self.clear()
        if text:
            self.root.add_leaf(plain_text(text, "dim"))

    def filled(self, branch: Branch) -> None:
        """More of what stands beneath an entry has been found: show it in its place, and what was open beneath it."""
        if branch.data is None or not branch.children or not _stands_in(branch.children[-1]):
            return
        start = len(branch.children) - 1
        branch.children[-1].remove()
        self._add(branch, self.entries_beneath(branch.data) or (), start)
        self._reopen(branch)
        if self._cursor is not None:
            self.choose(self._cursor)

    def open_all(self) -> int:
        """Open everything beneath the cursor, up to a bound; say how many entries were opened."""
        waiting = [self.cursor_node] if self.cursor_node else []
        opened = 0
        while waiting and opened < MOST_AT_ONCE:
            node = waiting.pop(0)
            if node.allow_expand:
                self._fill(node)
                node.expand()
                opened += 1
                waiting.extend(node.children)
        return opened

    def on_click(self) -> None:
        """Take the focus once the click is done."""
        self.call_later(self.focus)

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Entry]) -> None:
        """Make the entries beneath, when they are first looked at."""
        event.stop()
        self._fill(event.node)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Entry]) -> None:
        """What is closed by hand stays closed."""
        event.stop()
        if event.node.data:
            self._open.pop(event.node.data.path, None)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Entry]) -> None:
        """Say which entry is chosen."""
        event.stop()
        if event.node.data and self._cursor and event.node.data.path != self._cursor[: len(event.node.data.path)]:
            self._cursor = None
        self.post_message(EntryChosen(event.node.data))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Entry]) -> None:
        """Enter on an entry that does not open."""
        event.stop()
        if not event.node.allow_expand:
            self._go(event.node)

    def _go(self, node: Branch) -> None:
        if node.data and _stands_in(node):
            self._next_page(node)
        else:
            self.activate(node)

    def _next_page(self, node: Branch) -> None:
        """Show the next entries in the place of the one that says how many more there are."""
        branch = node.parent
        if branch is None or branch.data is None:
            return
        start = len(branch.children) - 1
        entries = self.entries_beneath(branch.data) or ()
        if start < len(entries):
            node.remove()
            self._add(branch, entries, start)
            self._go_to(branch.children[start])
        else:
            self.find_rest(branch.data)

    def action_into(self) -> None:
        """Open the entry; if it is open, go to the first beneath it."""
        node = self.cursor_node
        if node is None:
            return
        if not node.allow_expand:
            self._go(node)
        elif not node.is_expanded:
            self._fill(node)
            node.expand()
        elif node.children:
            self.move_cursor(node.children[0])

    def action_out(self) -> None:
        """Close the entry; if it is closed, go to the one above it."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand:
            node.collapse()
        elif node.parent and node.parent is not self.root:
            self.move_cursor(node.parent)

    def scroll_to_line(self, line: int, animate: bool = False) -> None:
        """Bring a line into sight at once: an animation would only hold up what the next key does."""
        super().scroll_to_line(line, animate=False)

    def get_label_width(self, node: Branch) -> int:
        """Labels are cut where the pane ends, so that none makes the tree wider; measuring each would take long."""
        return 1

    def render_label(self, node: Branch, base_style: Style, style: Style) -> Text:
        """The label, cut with an ellipsis where the pane ends."""
        shown = super().render_label(node, base_style, style)
        if node.data and node.data.expandable and not node.allow_expand:
            shown = Text.assemble((GOES_IN, base_style), shown)
        depth = node.data.depth if node.data else 0
        if depth == 0 and node.data and not node.data.expandable:
            shown = Text.assemble((" " * len(self.ICON_NODE), base_style), shown)  # in line with those that open
        room = self.scrollable_content_region.width - self.guide_depth * depth
        if room > 1:
            shown.truncate(room, overflow="ellipsis")
        return shown

    def on_resize(self) -> None:
        """Draw the bars for the new width; the entry in hand stays in sight."""
        if self.cursor_line >= 0:
            self.call_after_refresh(self.scroll_to_line, self.cursor_line, False)
        if self.bars is not None and self.bars.width != self.bar_width:
            self.bars = replace(self.bars, width=self.bar_width)
            for node in self._tree_nodes.values():
                if node.data is not None:
                    node.set_label(self._label(node.data))

    def _add(self, branch: Branch, entries: Sequence[Entry], start: int) -> None:
        """Add a page of the entries, from a place on, and how many more there are; with all before it where opened."""
        from tui.outline import rest_beneath

        wanted = self._open.get(branch.data.path, 0) if branch.data else len(entries)
        end = max(start + PAGE, wanted)
        for entry in entries[start:end]:
            branch.add(self._label(entry), data=entry, allow_expand=self.opens(entry))
        more = max(0, len(entries) - end) + (self.beyond(branch.data) if branch.data else 0)
        if more:
            rest = rest_beneath(branch.data, more)
            branch.add(self._label(rest), data=rest, allow_expand=False)

    def _label(self, entry: Entry) -> Text:
        from tui.labels import label

        assert self.bars is not None
        return label(entry, self.bars)

    def _fill(self, node: Branch) -> None:
        if node.data is None or node.children:
            return
        entries = self.entries_beneath(node.data)
        if entries is None:
            node.add_leaf(plain_text(FINDING, "dim"))
        else:
            self._add(node, entries, 0)

    def _opened(self, node: Branch) -> dict[Path, int]:
        """The open entries by path, each with how many are shown beneath it."""
        found: dict[Path, int] = {}
        for child in node.children:
            if child.is_expanded and child.data:
                found[child.data.path] = sum(not _stands_in(each) for each in child.children)
                found |= self._opened(child)
        return found

    def _reopen(self, node: Branch) -> None:
        for child in node.children:
            if child.data and child.allow_expand and child.data.path in self._open:
                self._fill(child)
                child.expand()
                self._reopen(child)

    def choose(self, path: Path | None) -> None:
        """Put the cursor on the entry of that path, or as near above it as there is one; else on the first."""
        node, found = self.root, bool(path)
        while path and found:
            within = (
                child for child in node.children if child.data and child.data.path == path[: len(child.data.path)]
            )
            child = next(within, None)
            found = child is not None
            if child is not None:
                if node is not self.root:
                    node.expand()
                node = child
                if child.data and len(child.data.path) == len(path):
                    break
                self._fill(child)
        self._cursor = path if path and (node.data is None or node.data.path != path) else None
        self._go_to(node if node is not self.root else next(iter(self.root.children), None))

    def _go_to(self, node: Branch | None) -> None:
        if node is not None:
            self.call_after_refresh(self._move_to, node)
            self.post_message(EntryChosen(node.data))

    def _move_to(self, node: Branch) -> None:
        if self._tree_nodes.get(node.id) is node:  # the tree may have been drawn anew since
            self.move_cursor(node)


def _stands_in(node: Branch) -> bool:
    """Whether a line stands for entries that are not shown, or not found yet."""
    from tui.outline import Rest

    return node.data is None or isinstance(node.data.value, Rest)
