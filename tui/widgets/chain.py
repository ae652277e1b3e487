"""The reasoning chain as a tree whose entries are made when they are opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.actions import Where, bindings
from tui.messages import EntryChosen
from tui.plain import plain_text

if TYPE_CHECKING:
    from reasoner.explanation.nodes import Chain
    from tui.outline import Entry

MOST_AT_ONCE = 200
"""Entries that "open all" opens at most."""

Branch: TypeAlias = "TreeNode[Entry]"


class ChainTree(Tree["Entry"]):
    """The lines for and against a hypothesis, what each rests on, down to the reports."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chain")
    PLACE: ClassVar[Where] = "chain"
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    BORDER_TITLE = "Why"

    def __init__(self, id: str) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.guide_depth = 3
        self.chain: Chain | None = None

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        return self.cursor_node.data if self.cursor_node else None

    def show(self, chain: Chain) -> None:
        """Show a chain; of the same hypothesis, what was open stays open and the cursor where it was."""
        from tui.outline import outline

        same = self.chain is not None and (self.chain.case, self.chain.role, self.chain.actor) == (
            chain.case,
            chain.role,
            chain.actor,
        )
        opened = self._opened(self.root) if same else set()
        cursor = self.chosen.path if same and self.chosen else None
        self.chain = chain
        self.clear()
        self._add(self.root, outline(chain))
        self._reopen(self.root, opened)
        self._choose(cursor)

    def blank(self, instead: str = "") -> None:
        """Show nothing, or a sentence instead."""
        self.chain = None
        self.border_title = self.BORDER_TITLE
        self.clear()
        if instead:
            self.root.add_leaf(plain_text(instead, "dim"))

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

    def go_to_first(self, atom: str) -> bool:
        """Put the cursor where a statement is unfolded; False where it is nowhere."""
        from tui.outline import first_shown

        entry = first_shown(self.chain, atom) if self.chain else None
        if entry is None:
            return False
        self._choose(entry.path)
        return True

    def go_to(self, wanted: str) -> bool:
        """Put the cursor on a statement, or on an instance of a rule; False where there is none."""
        from tui.outline import first_of

        entry = first_of(self.chain, wanted) if self.chain else None
        if entry is not None:
            self._choose(entry.path)
        return entry is not None

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Entry]) -> None:
        """Make the entries beneath, when they are first looked at."""
        event.stop()
        self._fill(event.node)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Entry]) -> None:
        """Say which entry is chosen."""
        event.stop()
        self.post_message(EntryChosen(event.node.data))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Entry]) -> None:
        """Enter on a statement that is shown elsewhere goes there."""
        event.stop()
        entry = event.node.data
        if entry and entry.node and entry.value is entry.node and not event.node.allow_expand:
            self.go_to_first(entry.node.atom)

    def into(self) -> None:
        """Open the entry; if it is open, go to the first beneath it."""
        node = self.cursor_node
        if node is None or not node.allow_expand:
            return
        if not node.is_expanded:
            node.expand()
        elif node.children:
            self.move_cursor(node.children[0])

    def out(self) -> None:
        """Close the entry; if it is closed, go to the one above it."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand:
            node.collapse()
        elif node.parent and node.parent is not self.root:
            self.move_cursor(node.parent)

    def render_label(self, node: Branch, base_style: Style, style: Style) -> Text:
        """The label, cut with an ellipsis where the pane ends."""
        label = super().render_label(node, base_style, style)
        depth = node.data.depth if node.data else 0
        room = self.scrollable_content_region.width - self.guide_depth * depth
        if room > 1:
            label.truncate(room, overflow="ellipsis")
        return label

    def _add(self, branch: Branch, entries: Iterable[Entry]) -> None:
        from tui.labels import label

        for entry in entries:
            branch.add(label(entry), data=entry, allow_expand=entry.expandable)

    def _fill(self, node: Branch) -> None:
        from tui.outline import beneath

        if node.data is not None and not node.children:
            self._add(node, beneath(node.data))

    def _opened(self, node: Branch) -> set[tuple[str, ...]]:
        paths: set[tuple[str, ...]] = set()
        for child in node.children:
            if child.is_expanded and child.data:
                paths.add(child.data.path)
                paths |= self._opened(child)
        return paths

    def _reopen(self, node: Branch, paths: set[tuple[str, ...]]) -> None:
        for child in node.children:
            if child.data and child.data.path in paths:
                self._fill(child)
                child.expand()
                self._reopen(child, paths)

    def _choose(self, path: tuple[str, ...] | None) -> None:
        """Put the cursor on the entry of that path, or as near above it as there is one; else on the first."""
        node = self.root
        for key in path or ():
            self._fill(node)
            found = next((child for child in node.children if child.data and child.data.key == key), None)
            if found is None:
                break
            if node is not self.root:
                node.expand()
            node = found
        chosen = node if node is not self.root else next(iter(self.root.children), None)
        if chosen is not None:
            self.call_after_refresh(self.move_cursor, chosen)
            self.post_message(EntryChosen(chosen.data))
