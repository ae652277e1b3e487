"""The reasoning chain as a tree; what lies deep is looked at by itself, and one finds back up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.messages import BranchAsked, CountedAsked
from tui.plain import LABEL, plain
from tui.widgets.outline_tree import Branch, OutlineTree

if TYPE_CHECKING:
    from reasoner.explanation.nodes import Chain, Node
    from tui.left_out import Plain
    from tui.outline import Entry, Path

COLUMNS_A_LEVEL = 8
"""So many columns the pane must have for each level that opens in its place; what lies deeper is shown by itself."""

SHALLOWEST, DEEPEST = 6, 20

PROOF = "query"
"""The key of the entry that is an answer to a query."""


class ChainTree(OutlineTree):
    """The lines for and against a hypothesis, what each rests on, down to the reports; or one statement by itself."""

    BORDER_TITLE = "Why"

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.chain: Chain | None = None
        self._plain: Plain | None = None
        self._grown: dict[str, Node] = {}
        self._focuses: list[Entry] = []

    @property
    def focus_on(self) -> Entry | None:
        """The entry that is shown by itself; None where the whole chain is shown."""
        return self._focuses[-1] if self._focuses else None

    @property
    def shows_proof(self) -> bool:
        """Whether it shows what an answer to a query rests on."""
        return bool(self._focuses) and self._focuses[0].path == (PROOF,)

    @property
    def unfolded(self) -> frozenset[str]:
        """The statements that are unfolded somewhere in the chain."""
        from reasoner.explanation.folding import nodes_beneath

        roots = [node for line in self.chain.lines for node in line.premises] if self.chain else []
        if self.shows_proof:
            roots = [entry.node for entry in self._focuses[:1] if entry.node]
        found = (node for node in nodes_beneath([*roots, *self._grown.values()]) if node.ways)
        return frozenset(node.atom for node in found)

    @property
    def ranked(self) -> bool:
        """Whether it is a hypothesis under what is supposed, too."""
        return self._plain is None or self._plain.ranked

    def show(self, chain: Chain, plain: Plain | None = None) -> None:
        """Show a chain; of the same hypothesis, what was open stays open, and the cursor where it was."""
        from tui.outline import at_path, outline

        before, self.chain, self._plain = self.chain, chain, plain
        same = before is not None and (before.case, before.role, before.actor) == (chain.case, chain.role, chain.actor)
        self._grown = {}
        if same and self.shows_proof:
            return  # whoever asked for the proof asks for it anew, and it is shown as it stands until then
        paths = [entry.path for entry in self._focuses] if same else []
        self._focuses = [entry for path in paths if (entry := at_path(outline(chain), path)) is not None]
        self._draw(keep=same)

    def show_proof(self, proof: Node) -> None:
        """Show what an answer to a query rests on, by itself."""
        from tui.outline import Entry, at_path

        same, top = self.shows_proof, Entry(PROOF, proof)
        paths = [entry.path for entry in self._focuses] if same else [top.path]
        self._grown = {}
        self._focuses = [entry for path in paths if (entry := at_path((top,), path)) is not None]
        self._open.setdefault(top.path, 0)
        self._draw(keep=True, cursor=None if same else top.path)

    def blank(self, instead: str = "") -> None:
        """Show nothing, or a sentence instead."""
        self.chain = None
        self._focuses = []
        self._entitle()
        self.say(instead)

    def grow(self, atom: str, found: Node) -> None:
        """Put what stands beneath a statement in its place, after what is there already."""
        known = self._grown.get(atom)
        self._grown[atom] = replace(known, ways=(*known.ways, *found.ways), beyond=found.beyond) if known else found
        for branch in list(self._tree_nodes.values()):
            entry = branch.data
            if entry and entry.node and entry.value is entry.node and entry.node.atom == atom and branch.children:
                self.filled(branch)

    def focus_here(self) -> bool:
        """Show the entry under the cursor by itself, with what stands beneath it; False where nothing does."""
        from tui.outline import Up

        entry = self.chosen
        if entry is None or not entry.expandable or isinstance(entry.value, Up):
            return False
        if self.focus_on is None or entry.path != self.focus_on.path:
            self._focuses.append(entry)
            self._open[entry.path] = 0
            self._draw(keep=True, cursor=entry.path)
        return True

    def back_up(self, whole: bool = False) -> bool:
        """Show what was shown before the entry that is shown by itself, or the whole; False where it is the whole."""
        if not self._focuses:
            return False
        left = self._focuses[0] if whole else self._focuses[-1]
        self._focuses = [] if whole else self._focuses[:-1]
        self._draw(keep=True, cursor=left.path)
        return True

    def go_to_first(self, atom: str) -> bool:
        """Put the cursor where a statement is unfolded; False where it is nowhere."""
        from tui.outline import first_shown, outline

        if self.shows_proof and (within := first_shown(self._focuses[:1], atom, self._grown)):
            self._focuses = self._focuses[:1]
            self._draw(keep=True, cursor=within.path)
            return True
        return self._go_to_entry(first_shown(outline(self.chain), atom, self._grown) if self.chain else None)

    def go_to_report(self, atom: str, source: str) -> bool:
        """Put the cursor on the report of a fact by a source; False where it does not stand in the chain."""
        from tui.outline import first_reporting

        entry = first_reporting(self.chain, atom, source, self._grown) if self.chain else None
        return self._go_to_entry(entry)

    def _go_to_entry(self, entry: Entry | None) -> bool:
        if entry is None:
            return False
        focus = entry
        while entry.depth - focus.depth < self.deepest // 2 and focus.above:
            focus = focus.above
        self._focuses = [focus] if entry.depth > self.deepest else []
        self._draw(keep=True, cursor=entry.path)
        return True

    def go_to(self, wanted: str) -> bool:
        """Put the cursor on a statement, or on an instance of a rule; False where there is none."""
        from tui.outline import first_of

        return self._go_to_entry(first_of(self.chain, wanted, self._grown) if self.chain else None)

    @property
    def deepest(self) -> int:
        """Levels that open in their place."""
        return max(SHALLOWEST, min(DEEPEST, self.size.width // COLUMNS_A_LEVEL))

    def opens(self, entry: Entry) -> bool:
        """Whether an entry opens in its place: not where it lies too deep for that."""
        return entry.expandable and entry.depth < self.deepest

    def entries_beneath(self, entry: Entry) -> Sequence[Entry] | None:
        """What stands beneath an entry; None where the reasoner is asked first."""
        from tui.outline import beneath

        node = entry.node if entry.value is entry.node else None
        if node is not None and node.cut and node.atom not in self._grown:
            self.post_message(BranchAsked(node.atom, 0))
            return None
        found = beneath(entry, self._grown)
        return self._plain.beneath(entry, found) if self._plain and not self.shows_proof else found

    def beyond(self, entry: Entry) -> int:
        """How many ways to a statement are not worked out yet."""
        from reasoner.explanation.nodes import Node
        from tui.outline import whole

        value = whole(entry.value, self._grown)
        return value.beyond if isinstance(value, Node) else 0

    def find_rest(self, entry: Entry) -> None:
        """Ask for the ways to a statement that are not worked out yet; for what is counted, by a query."""
        from reasoner.explanation.nodes import Node
        from tui.outline import whole

        if entry.node is not None and entry.node.kind == "aggregate":
            self.post_message(CountedAsked(entry.node.atom))
        elif entry.node is not None:
            known = whole(entry.node, self._grown)
            self.post_message(BranchAsked(entry.node.atom, len(known.ways) if isinstance(known, Node) else 0))

    def activate(self, node: Branch) -> None:
        """Enter goes up, goes where a statement is unfolded, or goes into what lies too deep to open in its place."""
        from tui.outline import Up

        entry = node.data
        if entry is None:
            return
        if isinstance(entry.value, Up):
            self.back_up()
        elif entry.expandable:
            self.move_cursor(node)
            self.focus_here()
        elif entry.node and entry.value is entry.node:
            self.go_to_first(entry.node.atom)

    def action_out(self) -> None:
        """Close the entry, or go to the one above it; from the top of what is shown by itself, go back."""
        node = self.cursor_node
        at_top = node is not None and node.parent is self.root and not (node.is_expanded and node.allow_expand)
        if not (at_top and self.back_up()):
            super().action_out()

    def _draw(self, keep: bool, cursor: Path | None = None) -> None:
        from tui.outline import Entry, Up, heaviest

        chain, focus = self.chain, self.focus_on
        self._entitle()
        if focus is not None:
            up = Entry("up", Up(self._above()))
            tops: tuple[Entry, ...] = (up, replace(focus, depth=0))
        else:
            tops = self._tops(chain) if chain else ()
        self.show_entries(tops, heaviest(chain) if chain else 0.0, keep, cursor)

    def _tops(self, chain: Chain) -> tuple[Entry, ...]:
        from tui.outline import outline

        return self._plain.tops() if self._plain else outline(chain)

    def _above(self) -> str:
        """What one goes back to from the entry that is shown by itself."""
        if len(self._focuses) > 1:
            return self._focuses[-2].title
        return f"Why {self.chain.name}" if self.chain else "Why"

    def _entitle(self) -> None:
        names = [f"Why {self.chain.name}"] if self.chain else [self.BORDER_TITLE]
        if self.shows_proof:
            names = ["Why"]
        names += [entry.title for entry in self._focuses[-1:]]
        self.border_title = plain(" › ".join(names), limit=LABEL)
