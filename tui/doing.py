"""What one can do anywhere: runs the actions of the table on the screen in front or on the app, or says why not."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen

from tui.actions import ACTIONS, BY_ID, PLACES, Where, method
from tui.keyboard import Keyboard
from tui.messages import CountedAsked, EditAsked, Holder, ProofAsked
from tui.plain import LABEL, shown
from tui.watching import named

if TYPE_CHECKING:
    from reasoner.evidence.workspace import Workspace
    from reasoner.explanation.querying import Query
    from reasoner.problems import Problem
    from tui.dossier import Dossier
    from tui.runs import Work
    from tui.screens.case import CaseScreen
    from tui.watching import Watcher

SOUGHT = "Find a case, hypothesis, fact, rule, source or action"
"""What stands in the line of the palette before anything is typed."""

LEAST_SECONDS, LETTERS_A_SECOND = 2.0, 25
"""How long something said in passing stands."""


class Doing(Keyboard):
    """An app that runs the actions of the table. What it acts on, the app proper sets."""

    workspace: Workspace
    dossier: Dossier | None
    as_of: str | None
    found_problems: tuple[Problem, ...]
    watcher: Watcher

    def __init__(self) -> None:
        super().__init__()
        self._standing: dict[str, float] = {}
        self.last_query: Query | None = None

    @property
    def case_screen(self) -> CaseScreen:
        """The main screen."""
        from tui.screens.case import CaseScreen

        screen = self.screen_stack[0]
        assert isinstance(screen, CaseScreen)
        return screen

    @abstractmethod
    def ask(self, kind: str, work: Work) -> int:
        """Have something worked out in the background; the number of the run."""

    @abstractmethod
    def come_to(self, name: str, make: Callable[[], Screen[Any]]) -> None:
        """Open a screen, or go back to the one of that id that stands beneath others."""

    @abstractmethod
    def show_working(self) -> None:
        """Say on the screen whether something is being worked out."""

    @property
    def _known(self) -> Dossier:
        assert self.dossier is not None
        return self.dossier

    @abstractmethod
    def take_keys(self) -> None:
        """Take the keys of the reader's own file, and show what is wrong with it."""

    @abstractmethod
    def read_again(self, because: str) -> None:
        """Read all files again, and redo the ranking for the reason given."""

    @abstractmethod
    def ask_for(self, screen: str, what: str, find: Callable[[], object]) -> None:
        """Find something for a screen in the background; it gets it with ``show_found``, or why not."""

    def say(self, text: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader something in passing, for as long as it takes to read; what still stands is not repeated."""
        if monotonic() < self._standing.get(text, 0.0):
            return
        seconds = max(LEAST_SECONDS, len(text) / LETTERS_A_SECOND)
        self._standing[text] = monotonic() + seconds
        self.notify(shown(text, LABEL), severity=severity, markup=False, timeout=seconds)

    def action_perform(self, action: str) -> object:
        """Run an action of the table on the screen in front, or say why it cannot be done.

        What the method returns is handed on, so that no key is read before an action that takes a moment is done.
        """
        target = self._target(action)
        if reason := self.why_not_now(action):
            self.say(f"{BY_ID[action].title}: {reason}" if target is None else reason)
        else:
            name, arguments = method(action)
            return getattr(target, name)(*arguments)
        return None

    def why_not_now(self, action: str, beneath: Screen[Any] | None = None, of: Screen[Any] | None = None) -> str | None:
        """Why an action cannot be done on the screen in front, the one beneath a dialog, or this one; None: it can."""
        target, place = self._target(action, beneath, of), BY_ID[action].place
        if target is None and place:
            return f"{PLACES[place][0].lower()}{PLACES[place][1:]} only."
        return _reason(target, action)

    def called(self, action: str) -> str:
        """What the bottom line calls an action."""
        return BY_ID[action].title

    def _target(self, action: str, beneath: Screen[Any] | None = None, of: Screen[Any] | None = None) -> object | None:
        """The screen in front or the app, whichever has a method for the action."""
        stack = self.screen_stack
        front = of or (stack[stack.index(beneath) - 1] if beneath in stack else self.screen)
        return next((target for target in (front, self) if hasattr(target, method(action)[0])), None)

    def on_key(self, event: events.Key) -> None:
        """A key that does nothing here says where it does something."""
        from tui.idle_keys import where_else

        if isinstance(self.screen, ModalScreen) or getattr(self.screen, "typing", False):
            return
        told = where_else(event.key, self.keys, self.screen.id)
        if told and event.key not in self.screen.active_bindings:
            self.say(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are no keys where one types. What cannot be done keeps its key, which says why."""
        return not (action == "perform" and self.typed(str(parameters[0])))

    async def action_quit(self) -> None:
        """Leave as the table says, so that a screen with something unsaved can ask."""
        self.action_perform("quit")

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "problems" and not self.found_problems:
            return "No problems: every rule and fact file can be read."
        no_case = self.dossier is None
        if no_case and (action in ("query", "facts") or (action == "rules" and not self.found_problems)):
            new = "" if self.case_screen.cases.cases else f" {self.key_text(BY_ID['new_case'])} writes a new one."
            return f"No case is open yet.{new}"
        if action == "export":
            from tui.views import why_no_view

            return why_no_view(self)
        return None

    def do_query(self) -> None:
        """Open the query line."""
        from tui.screens.query import QueryScreen

        assert self.dossier is not None
        dossier = self.dossier
        self.come_to("query", lambda: QueryScreen(dossier, self.last_query))

    def on_counted_asked(self, message: CountedAsked) -> None:
        """Open the query line with what lists all that an aggregate counts."""
        from reasoner.explanation.querying import listing
        from tui.screens.query import QueryScreen

        self.push_screen(QueryScreen(self._known, asking=listing(message.aggregate)))

    def do_rules(self) -> None:
        """Open the rules."""
        from tui.screens.rules import RulesScreen

        start = self.case_screen.place() if self.dossier else None
        self.come_to("rules", lambda: RulesScreen(self.workspace, self.dossier, start))

    def do_facts(self) -> None:
        """Open the facts."""
        from tui.screens.facts import FactsScreen

        assert self.dossier is not None
        dossier, place = self.dossier, self.case_screen.place()
        self.come_to("facts", lambda: FactsScreen(dossier, place))

    def do_problems(self) -> None:
        """Open the problems."""
        from tui.screens.problems import ProblemsScreen

        self.come_to("problems-screen", lambda: ProblemsScreen(self.found_problems))

    def do_export(self) -> None:
        """Offer what is shown as a file."""
        from tui.picture import self_contained
        from tui.screens.export import ExportScreen
        from tui.views import view_of

        view = view_of(self)
        assert view is not None
        self.push_screen(ExportScreen(view, self_contained(self.export_screenshot(title="ascribe"))))

    def do_help(self) -> None:
        """Open the list of actions; run the one that is chosen there."""
        from tui.screens.help import HelpScreen

        def run(action: str | None) -> None:
            if action:
                self.call_later(self.action_perform, action)

        self.push_screen(HelpScreen(*self.place_in_hand()), run)

    def place_in_hand(self) -> tuple[Where | None, Where | None]:
        """The screen in front, and its pane that has the focus, where actions belong to them."""
        ids: dict[str | None, Where] = {action.screen: action.place for action in ACTIONS if action.place}
        focused = self.focused
        panes = (getattr(node, "PLACE", None) for node in (focused.ancestors_with_self if focused else ()))
        return ids.get(self.screen.id), next((pane for pane in panes if pane), None)

    def do_jump(self) -> None:
        """Lay a letter on every pane and tab; go where the one pressed leads."""
        from tui.screens.jump import JumpScreen, targets

        found = targets(self.screen)

        def go(number: int | None) -> None:
            if number is not None:
                found[number].go()

        self.push_screen(JumpScreen(found), go)

    def do_palette(self) -> None:
        """Open the command palette."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open it with what it finds in its line."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=SOUGHT, id="--command-palette"))

    def do_reload(self) -> None:
        """Read all files again."""
        self.watcher.changed()
        self.take_keys()
        self.read_again("Files read again")

    @property
    def holders(self) -> list[Holder]:
        """The screens that hold edits of files."""
        return [screen for screen in self.screen_stack if isinstance(screen, Holder)]

    def do_quit(self) -> None:
        """Leave, once it is settled what becomes of unsaved edits."""
        self._leave([screen for screen in self.holders if screen.holds_edits()])

    def _leave(self, holding: list[Holder]) -> None:
        """Leave once each of these screens is settled."""
        if holding:
            holding[0].ask_to_leave(lambda: self._leave(holding[1:]))
        else:
            self.exit()

    def do_edit(self) -> None:
        """Open what is chosen on the case screen."""
        self.case_screen.do_edit()

    def on_proof_asked(self, message: ProofAsked) -> None:
        """Show what an answer to a query rests on, in the reasoning of the open case."""
        self.case_screen.prove(message.query, message.answer.bindings)

    def on_edit_asked(self, message: EditAsked) -> None:
        """Hand a place in a file to the reader's editor, or the first problem that has one."""
        from tui.editing import edit, first_place

        place = message.place or first_place(self.found_problems)
        if place:
            edit(self, place)
        else:
            self.say("These problems have no place in a file.")

    def read_changes(self) -> None:
        """Read all files again if one changed on disk."""
        if files := self.watcher.changed():
            self.read_again(named(files))


def _reason(target: object, action: str) -> str | None:
    """Why a screen or the app cannot do an action just now, or None."""
    blocked = getattr(target, "blocked", None)
    return blocked(action) if blocked else None
