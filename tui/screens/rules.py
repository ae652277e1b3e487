"""The rules, file by file: what each says, how it is written, and what it weighs in the open case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, Static, Tree

from reasoner.language.tokens import colour
from reasoner.terms import Rule
from tui.actions import bindings
from tui.dossier import Dossier, Place, place_of
from tui.messages import EditAsked
from tui.plain import Piece, passage, plain, plain_text

Leaf: TypeAlias = Rule | str
"""A rule, or the name of a rule file."""

STYLES = {
    "keyword": "bold",
    "variable": "$warning",
    "constant": "$success",
    "number": "$success",
    "string": "$success",
    "comment": "dim",
    "sentence": "italic",
    "predicate": "bold $primary",
    "error": "reverse",
}
"""How each class of token is shown; no two of them differ by colour alone where the difference matters."""


class RulesScreen(Screen[None]):
    """Files and rules on one side, the chosen rule on the other."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rules")

    def __init__(self, dossier: Dossier, start: Place | None = None) -> None:
        super().__init__(id="rules")
        self._dossier = dossier
        self._start = start

    def compose(self) -> ComposeResult:
        """The tree, the text, and a line to find rules with."""
        with Container(id="rules-body"):
            tree: Tree[Leaf] = Tree("", id="rules-tree")
            tree.show_root = False
            tree.guide_depth = 3
            tree.ICON_NODE, tree.ICON_NODE_EXPANDED = "▸ ", "▾ "
            tree.border_title = plain("Rules")
            yield tree
            with VerticalScroll(id="rules-text") as box:
                box.border_title = plain("Rule")
                yield Static(id="rules-rule")
        yield Input(placeholder="Find a rule by name, sentence or text", id="rules-filter")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show all rules, at the one that was in hand."""
        self._fill("")
        self.outline.focus()

    @property
    def outline(self) -> Tree[Leaf]:
        """Files and rules."""
        return self.query_one("#rules-tree", Tree)

    @property
    def text(self) -> str:
        """What is said of the chosen rule."""
        content = self.query_one("#rules-rule", Static).content
        return content.plain if isinstance(content, Content) else str(content)

    def show(self, dossier: Dossier) -> None:
        """Show the rules as they are now, after a file changed."""
        chosen = self._chosen
        self._start = place_of(chosen.span) if isinstance(chosen, Rule) and chosen.span else None
        self._dossier = dossier
        self._fill(self.query_one(Input).value)

    @property
    def _chosen(self) -> Leaf | None:
        return self.outline.cursor_node.data if self.outline.cursor_node else None

    def _fill(self, wanted: str) -> None:
        tree = self.outline
        tree.clear()
        start = None
        for file, rules in self._by_file(wanted.casefold()).items():
            branch = tree.root.add(
                plain_text(f"{self._shown_file(file)}  {len(rules)}", "bold"), data=file, expand=True
            )
            for rule in rules:
                leaf = branch.add_leaf(plain_text(rule.name), data=rule)
                if self._start and rule.span and place_of(rule.span) == self._start:
                    start = leaf
        if not tree.root.children:
            self._say(passage(["No rule has that in its name, sentence or text."]))
            return
        first = tree.root.children[0]
        chosen = start or (first.children[0] if wanted else first)
        tree.call_after_refresh(tree.move_cursor, chosen)
        self._tell(chosen.data)

    def _shown_file(self, file: str) -> str:
        """The file's path within the folder of rules."""
        folder = self._dossier.inquiry.workspace.rules.absolute()
        path = Path(file).absolute()
        return str(path.relative_to(folder)) if path.is_relative_to(folder) else file

    def _by_file(self, wanted: str) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self._dossier.inquiry.program.rules:
            if wanted in f"{rule.name} {rule.sentence} {rule}".casefold():
                found.setdefault(rule.span.file if rule.span else "", []).append(rule)
        return found

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Leaf]) -> None:
        """Show the rule, or what the file begins with."""
        self._tell(event.node.data)

    def _tell(self, leaf: Leaf | None) -> None:
        match leaf:
            case Rule() as rule:
                self._say(passage(self._about(rule)))
            case str(file):
                self._say(coloured(self._dossier.inquiry.program.sources.get(file, "")))

    def _about(self, rule: Rule) -> Iterator[Piece]:
        yield (rule.name, "bold")
        yield "\n"
        if rule.sentence:
            yield f"{rule.sentence}\n"
        yield "\n"
        yield coloured(self._written(rule))
        yield "\n\n"
        yield from self._weighs(rule)
        if rule.span:
            yield (f"\n{place_of(rule.span)}", "dim")

    def _written(self, rule: Rule) -> str:
        """The rule as its file has it, with the comment above it."""
        span = rule.span
        lines = self._dossier.inquiry.program.sources.get(span.file, "").splitlines() if span else []
        if span is None or not lines:
            return str(rule)
        first = span.line - 1
        while first > 0 and lines[first - 1].lstrip().startswith("%"):
            first -= 1
        return "\n".join(lines[first : span.end_line])

    def _weighs(self, rule: Rule) -> Iterator[Piece]:
        """How often the rule fires in the open case."""
        derivation = self._dossier.inquiry.derivation
        place = self._dossier.inquiry.program.rules.index(rule)
        number = int((derivation.rule == place).sum())
        times = "It does not fire" if number == 0 else f"It can fire {number} time{'s' if number > 1 else ''}"
        yield f"{times} in this case."

    def _say(self, text: Content) -> None:
        self.query_one("#rules-rule", Static).update(text)
        self.query_one("#rules-text", VerticalScroll).scroll_home(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        self._start = None
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """To the rules found."""
        self.outline.focus()

    def do_filter_rules(self) -> None:
        """Type what to find."""
        self.add_class("-finding")
        self.query_one(Input).focus()

    def do_edit(self) -> None:
        """Open the chosen rule, or file, in the editor."""
        match self._chosen:
            case Rule(span=span) if span:
                self.post_message(EditAsked(place_of(span)))
            case str(file):
                self.post_message(EditAsked(Place(Path(file))))

    def do_rules(self) -> None:
        """They are shown already."""

    def do_leave_rules(self) -> None:
        """Stop finding; else back to the ranking."""
        line = self.query_one(Input)
        if self.has_class("-finding"):
            self.remove_class("-finding")
            line.value = ""
            self.outline.focus()
        else:
            self.dismiss()


def coloured(text: str) -> Content:
    """Rule text in the colours of the language's token table."""
    pieces: list[Piece] = []
    end = 0
    for start, stop, kind in colour(text):
        pieces.append(text[end:start])
        pieces.append((text[start:stop], STYLES.get(kind, "")))
        end = stop
    return passage([*pieces, text[end:]])
