"""Rule files and their rules, with what can be read of them, what is unsaved and what has problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets.tree import TreeNode

from reasoner.documents import shown_path
from reasoner.terms import Rule
from tui.actions import Where, bindings
from tui.dossier import Place
from tui.plain import plain, plain_text
from tui.widgets.still import StillTree


@dataclass(frozen=True, slots=True)
class Leaf:
    """A rule file, or a rule of it."""

    path: Path
    rule: Rule | None = None

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.rule.span.line if self.rule and self.rule.span else 1

    @property
    def key(self) -> tuple[Path, str]:
        """What it is known by when the files are read again."""
        return self.path, self.rule.name if self.rule else ""


class RuleTree(StillTree[Leaf]):
    """The files and rules that hold a text, or all."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rule-tree")
    PLACE: ClassVar[Where] = "rule-tree"

    def __init__(self, folder: Path) -> None:
        super().__init__("", id="rules-tree")
        self._folder = folder.absolute()
        self._rules: Mapping[Path, tuple[Rule, ...]] = {}
        self._marks: Mapping[Path, str] = {}
        self._wanted = ""
        self.show_root = False
        self.guide_depth = 3
        self.ICON_NODE, self.ICON_NODE_EXPANDED = "▸ ", "▾ "
        self.border_title = plain("Rules")

    @property
    def chosen(self) -> Leaf | None:
        """The file or rule under the cursor."""
        return self.cursor_node.data if self.cursor_node else None

    def name_of(self, path: Path) -> str:
        """The file's path within the folder of rules."""
        path = path.absolute()
        return str(path.relative_to(self._folder)) if path.is_relative_to(self._folder) else str(path)

    def show(
        self, rules: Mapping[Path, tuple[Rule, ...]], marks: Mapping[Path, str], start: Place | None
    ) -> Leaf | None:
        """Show these rules with a mark for some files, at a place, or where the cursor was; the leaf come to if new."""
        same = _keys(rules) == _keys(self._rules)
        self._rules, self._marks = rules, marks
        if start is None and self.root.children and same:
            self._relabel()
            return None
        return self._fill(start)

    def mark(self, marks: Mapping[Path, str]) -> None:
        """Show these marks beside the files."""
        if marks != self._marks:
            self._marks = marks
            self._relabel()

    def _relabel(self) -> None:
        for branch in self.root.children:
            if branch.data:
                rules = self._rules.get(branch.data.path, ())
                label = self._label(branch.data.path, len(branch.children))
                if label != branch.label:
                    branch.set_label(label)
                named = {rule.name: rule for rule in rules}
                for node in branch.children:
                    if node.data and node.data.rule and node.data.rule.name in named:
                        node.data = Leaf(branch.data.path, named[node.data.rule.name])

    def find(self, wanted: str) -> Leaf | None:
        """Show only rules with a text in their name, sentence or text; the one come to, None where there are none."""
        self._wanted = wanted.casefold()
        return self._fill(None)

    def _fill(self, start: Place | None) -> Leaf | None:
        key = self.chosen.key if self.chosen else None
        folded = {branch.data.path for branch in self.root.children if branch.data and not branch.is_expanded}
        self.clear()
        chosen: TreeNode[Leaf] | None = None
        for path, rules in self._rules.items():
            leaves = [leaf for leaf in _leaves({path: rules}, self._wanted) if leaf.rule]
            if self._wanted and not leaves:
                continue
            expand = bool(self._wanted) or path not in folded
            branch = self.root.add(self._label(path, len(leaves)), data=Leaf(path), expand=expand)
            nodes = [branch, *(branch.add_leaf(plain_text(leaf.rule.name), data=leaf) for leaf in leaves if leaf.rule)]
            kept = nodes[1:] if self._wanted else nodes
            chosen = next((node for node in kept if _is(node.data, start, key)), chosen)
        if chosen is None and self.root.children:
            first = self.root.children[0]
            chosen = first.children[0] if self._wanted else first
        if chosen:
            self.call_after_refresh(self._move_to, chosen, self.root.children[0])
        return chosen.data if chosen else None

    def _move_to(self, node: TreeNode[Leaf], first: TreeNode[Leaf]) -> None:
        """Put the cursor on a node, unless the tree was filled anew since."""
        if self.root.children and self.root.children[0] is first:
            self.move_cursor(node)

    def _label(self, path: Path, count: int) -> Text:
        mark = self._marks.get(path, "")
        said = plain_text(f"{self.name_of(path)}  {count}", "bold")
        return Text.assemble(said, plain_text(f"  {mark}"), no_wrap=True, overflow="ellipsis") if mark else said


def _is(leaf: Leaf | None, start: Place | None, key: tuple[Path, str] | None) -> bool:
    if leaf is None:
        return False
    if start is None:
        return leaf.key == key
    rule = leaf.rule
    if start.line is None:
        return rule is None and leaf.path.absolute() == start.file.absolute()
    return bool(rule and rule.span and shown_path(start.file) == rule.span.file and start.line == rule.span.line)


def _keys(rules: Mapping[Path, tuple[Rule, ...]]) -> list[tuple[Path, str]]:
    return [leaf.key for leaf in _leaves(rules, "")]


def _leaves(rules: Mapping[Path, tuple[Rule, ...]], wanted: str) -> Iterator[Leaf]:
    for path, each in rules.items():
        yield Leaf(path)
        yield from (Leaf(path, rule) for rule in each if wanted in f"{rule.name} {rule.sentence} {rule}".casefold())
