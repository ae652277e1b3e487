"""The rules, file by file: find one, read it, write it, and try what an edit would change before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, TextArea, Tree

from reasoner.drafts import Checked, check_drafts
from reasoner.evidence.workspace import Workspace
from reasoner.exchange.layout import counted
from reasoner.language.new_rule import new_rule
from reasoner.problems import InputError, Problem
from reasoner.rule_base import tables
from reasoner.terms import Rule
from tui.actions import bindings
from tui.dossier import Dossier, Place, place_of
from tui.editing import read_only
from tui.history import Spot
from tui.messages import EditAsked
from tui.plain import Piece, passage
from tui.questions import WHY
from tui.rule_notes import file_note, rule_note
from tui.saving import PAUSE
from tui.screens.new_rule import NewRuleScreen, Wish
from tui.trial_runs import TrialRuns
from tui.unsaved import Unsaved
from tui.widgets.completions import Completions
from tui.widgets.key_bar import KeyBar
from tui.widgets.rule_desk import RuleDesk
from tui.widgets.rule_editor import RuleEditor
from tui.widgets.rule_panel import NOTE, PROBLEMS, RulePanel
from tui.widgets.rule_tree import Leaf, RuleTree

if TYPE_CHECKING:
    from tui.app import AscribeApp

SHOWN_ALREADY = "They are shown already."


class RulesScreen(Screen[None]):
    """Files and rules on one side; on the other the file in hand, above what there is to say about it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rules")

    def __init__(self, workspace: Workspace, dossier: Dossier | None, start: Place | None = None) -> None:
        super().__init__(id="rules")
        self.workspace, self.dossier = workspace, dossier
        self.checked: Checked | None = None
        self._refused = False
        self._rules: dict[Path, tuple[Rule, ...]] = {}
        self._start = start
        self._pause: Timer | None = None
        self._unsaved = Unsaved(self)
        self.trying = TrialRuns(self)

    def compose(self) -> ComposeResult:
        """The tree, the editors above the panel, and a line to find rules with."""
        popup = Completions()
        with Container(id="rules-body"):
            yield RuleTree(self.workspace.rules)
            with Vertical(id="rules-right"):
                yield RuleDesk(self.workspace.writable, popup)
                yield RulePanel()
        yield Input(placeholder="Find a rule by name, sentence or text", id="rules-filter")
        yield popup
        yield KeyBar()

    def on_mount(self) -> None:
        """Show all rules, at the one that was in hand."""
        self.outline.focus()
        self._check()

    @property
    def app_proper(self) -> AscribeApp:
        """The app, which finds things in the background."""
        from tui.app import AscribeApp

        assert isinstance(self.app, AscribeApp)
        return self.app

    @property
    def outline(self) -> RuleTree:
        """Files and rules."""
        return self.query_one(RuleTree)

    @property
    def typing(self) -> bool:
        """Whether letters go into a line or a text."""
        focused = self.focused
        return isinstance(focused, Input) or (isinstance(focused, TextArea) and not focused.read_only)

    @property
    def opening(self) -> bool:
        """Whether the rules are not there yet."""
        return self.checked is None and not self._refused

    @property
    def desk(self) -> RuleDesk:
        """The open files."""
        return self.query_one(RuleDesk)

    @property
    def panel(self) -> RulePanel:
        """What is said beneath them."""
        return self.query_one(RulePanel)

    @property
    def chosen_rule(self) -> str:
        """The name of the rule that the cursor is on, or the path of the file; nothing before they are there."""
        chosen = self.outline.chosen if self.checked else None
        return (chosen.rule.name if chosen.rule else str(chosen.path)) if chosen else ""

    def go_to(self, place: Place | None) -> None:
        """Put the cursor on the rule that stands at a place."""
        line = self.query_one("#rules-filter", Input)
        with line.prevent(Input.Changed):
            line.value = ""
        self.outline.find("")
        self.remove_class("-finding", "-writing")
        self.outline.focus()
        self._start = place
        if self.checked:
            self._show_checked(self.checked)

    def show(self, dossier: Dossier) -> None:
        """The ranking is redone: what a rule does in the case may be otherwise."""
        self.dossier = dossier
        self._about(self.outline.chosen)

    def _check(self) -> None:
        self.app_proper.ask_for("rules", "check", partial(check_drafts, self.workspace, self.desk.drafts))

    def show_found(self, what: str, value: object) -> None:
        """Show what a check found, or how a try goes."""
        if isinstance(value, Checked):
            self._show_checked(value)
        else:
            self.trying.show(value)

    def _show_checked(self, checked: Checked) -> None:
        self.checked = checked
        self.desk.learn(checked)
        leaf = self.outline.show(self._listed(checked), self._marks(), self._start)
        self._start = None
        if not self.has_class("-writing"):  # else the cursor would be taken from under the reader's hands
            self._turn_to(leaf)
        front = self.desk.front
        here = checked.problems_of(front.file.path) if front else ()
        self.panel.tell_problems(checked.problems, len(here))
        self.refresh_bindings()
        self._unsaved.tell_saved(checked)

    def _listed(self, checked: Checked) -> dict[Path, tuple[Rule, ...]]:
        """The rules of each file; while one cannot be read whole, those that it had before."""
        before = self._rules
        self._rules = {
            path: before[path] if path in before and checked.problems_of(path) else rules
            for path, rules in checked.rules.items()
        }
        return self._rules

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Say why nothing can be checked or tried."""
        if what == "check":
            self._refused = True
            self.panel.tell_problems(problems, len(problems))
        else:
            self.panel.tell_problems(problems, 0)
            self.panel.choose(PROBLEMS)
            self.app_proper.say("It cannot be tried until its problems are mended.", "warning")

    def show_stopped(self, what: str) -> None:
        """The try was stopped."""
        self.trying.stop()

    def _marks(self) -> dict[Path, str]:
        """What stands beside each file: unsaved, so many problems."""
        unsaved = {editor.file.path for editor in self.desk.unsaved}
        marks: dict[Path, str] = {}
        for path in self.checked.rules if self.checked else ():
            count = len(self.checked.problems_of(path)) if self.checked else 0
            words = ["unsaved"] if path in unsaved else []
            words += [counted(count, "problem")] if count else []
            marks[path] = " · ".join(words)
        return marks

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Leaf]) -> None:
        """Show the rule in its file, and what it does."""
        if self.outline.has_focus:
            self._turn_to(event.node.data)
            self.refresh_bindings()

    def _turn_to(self, leaf: Leaf | None) -> None:
        """Its file in front, and a word about it beneath."""
        if leaf:
            self._bring(leaf)
            self._about(leaf)

    def _bring(self, leaf: Leaf) -> RuleEditor | None:
        """Its file in front, at its line; None, with a word about it, where it cannot be read."""
        try:
            editor = self.desk.open(leaf.path)
        except InputError as error:
            self.app_proper.say(error.problems[0].message, "warning")
            return None
        line = leaf.line
        self.call_after_refresh(editor.go_to, line)
        return editor

    def _about(self, leaf: Leaf | None) -> None:
        if leaf:
            self.panel.tell(NOTE, passage(self._said(leaf)), show=self.panel.shown == PROBLEMS and not self._here())

    def _here(self) -> tuple[Problem, ...]:
        """The problems of the file in front."""
        front = self.desk.front
        return self.checked.problems_of(front.file.path) if self.checked and front else ()

    def _said(self, leaf: Leaf) -> Iterator[Piece]:
        if leaf.rule is None:
            number = len(self.checked.rules.get(leaf.path, ())) if self.checked else 0
            yield from file_note(self.outline.name_of(leaf.path), number, self.app_proper.keys)
        else:
            yield from rule_note(leaf.rule, self.dossier)
        if not self.workspace.writable:
            yield (f"\n{read_only(self.app_proper)}", "dim")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say at once what is unsaved; check when the typing pauses."""
        self.desk.entitle()
        self.refresh_bindings()
        self.outline.mark(self._marks())
        self.trying.outdate()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._check)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is little room, the tree makes way for what is written."""
        self.set_class(event.widget is not self.outline and not isinstance(event.widget, Input), "-writing")

    def on_choice_made(self, message: object) -> None:
        """Show another text beneath the editor."""
        self.panel.choose(getattr(message, "choice", NOTE))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        found = self.outline.find(event.value)
        self._turn_to(found)
        if found is None:
            self.panel.tell(NOTE, passage(["No rule has that in its name, sentence or text."]), show=True)

    def on_input_submitted(self) -> None:
        """To the rules found."""
        self.outline.focus()

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "rules":
            return SHOWN_ALREADY
        if action in ("save_rules", "new_rule", "complete") and not self.workspace.writable:
            return read_only(self.app_proper)
        if action == "new_rule" and self.outline.chosen is None:
            return "There is no rule file to write it into."
        if action == "rule_in_chain":
            chosen = self.outline.chosen
            return self.app_proper.why_unreasoned(self.chosen_rule) if chosen and chosen.rule else "No rule is chosen."
        if action == "save_rules" and not (self.desk.front and self.desk.front.unsaved):
            others = ", ".join(editor.file.shown for editor in self.desk.unsaved)
            return f"This file has no unsaved edits; these have: {others}." if others else "Nothing is unsaved."
        if action == "next_problem" and not (self.checked and self.checked.problems):
            return "No problems: every rule file can be read."
        return None

    def do_filter_rules(self) -> None:
        """Type what to find."""
        self.add_class("-finding")
        self.query_one("#rules-filter", Input).focus()

    def do_write(self) -> None:
        """Go into the file of the chosen rule."""
        chosen = self.outline.chosen
        if chosen and (editor := self._bring(chosen)):
            self.call_after_refresh(editor.focus)

    def do_rule_in_chain(self) -> None:
        """Go to the first line of the reasoning at hand that is by the chosen rule."""
        self.app_proper.go_to(Spot(tab=WHY, entry=self.chosen_rule))

    def do_edit(self) -> None:
        """Open the chosen rule, or file, in the reader's own editor."""
        chosen = self.outline.chosen
        if chosen:
            rule = chosen.rule
            self.post_message(EditAsked(place_of(rule.span) if rule and rule.span else Place(chosen.path)))

    def do_rules(self) -> None:
        """They are shown already."""

    def do_complete(self) -> None:
        """Offer the words that fit at the cursor."""
        if self.desk.front:
            self.desk.front.offer()

    def do_next_problem(self) -> None:
        """Go to the next problem of the file in front, or to the first of another."""
        if not self.checked:
            return
        if not self._here():
            path = next((path for path in self.checked.rules if self.checked.problems_of(path)), None)
            if path is None or not self._bring(Leaf(path)):
                self.panel.choose(PROBLEMS)
                return
        front = self.desk.front
        assert front is not None
        self.panel.choose(PROBLEMS)
        self.call_after_refresh(front.next_problem)
        self.call_after_refresh(front.focus)

    def do_save_rules(self) -> None:
        """Save the file in front."""
        if self.desk.front and self._unsaved.save(self.desk.front):
            self._check()

    def do_try_rules(self) -> None:
        """What the unsaved edits change, in the open case and in every scenario."""
        self.trying.begin()

    def do_new_rule(self) -> None:
        """Ask for a rule, and write what it starts from after the one in hand."""
        chosen = self.outline.chosen
        if self.checked is None or chosen is None or (editor := self._bring(chosen)) is None:
            return
        taken = {rule.name for rules in self.checked.rules.values() for rule in rules}
        line = chosen.rule.span.end_line if chosen.rule and chosen.rule.span else editor.document.line_count

        def insert(wish: Wish | None) -> None:
            if wish:
                scales = tables(self.workspace).scales
                editor.insert_rule(new_rule(wish.name, wish.kind, wish.sentence, scales), line)

        self.app.push_screen(NewRuleScreen(editor.file.shown, taken), insert)

    def do_leave_rules(self) -> None:
        """From the text to the rules; there stop finding; else back to the ranking."""
        line = self.query_one("#rules-filter", Input)
        if not self.outline.has_focus and not line.has_focus:
            self.outline.focus()
        elif self.has_class("-finding"):
            self.remove_class("-finding")
            line.value = ""
            self.outline.focus()
        else:
            self.ask_to_leave(self.dismiss)

    def holds_edits(self) -> bool:
        """Whether leaving would lose edits."""
        return bool(self.desk.unsaved)

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Leave, once it is settled what becomes of unsaved edits."""
        self._unsaved.ask_to_leave(leave)

    def files_changed(self) -> None:
        """Somebody changed files: show them as they are now, and ask about those with unsaved edits."""
        self._unsaved.look_again()
        self._check()
