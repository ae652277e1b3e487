"""The app: asks for reasoning in the background, hands what comes back to the screens, and runs the actions."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.actions import ACTIONS, BY_ID, bindings, method
from tui.messages import (
    Answered,
    CaseChosen,
    CaseOpened,
    CasesListed,
    ChainAsked,
    ChainFound,
    EditAsked,
    FilesChanged,
    PageAsked,
    PageFound,
    QueryAsked,
    Refused,
)
from tui.plain import LABEL, shown
from tui.runs import Runs, Work, answering, finding_chain, finding_page, listing, opening
from tui.screens.case import CaseScreen
from tui.watching import Watcher, named

if TYPE_CHECKING:
    from reasoner.assessment.result import Settings
    from reasoner.evidence.workspace import Workspace
    from reasoner.exchange.page import Page
    from reasoner.explanation.nodes import Chain
    from reasoner.problems import Problem
    from tui.dossier import Dossier
    from tui.moves import Move
    from tui.questions import Wanted

WIDTHS = [(0, "-narrow"), (100, "-normal"), (190, "-wide")]
HEIGHTS = [(0, "-short"), (32, "-tall"), (44, "-high")]
"""The least columns and lines of each layout."""

PATIENCE = 0.3
"""Seconds that something may take before the screen says that it is under way."""

AFTER_THE_FRAME = 0.05
"""Seconds that reading waits, so that loading the reasoner does not slow the first paint."""

LEAST_SECONDS, LETTERS_A_SECOND = 2.0, 25
"""How long something said in passing stands."""

NOTHING_MOVED = "The ranking is redone, and nothing moved."

DARK, LIGHT = "textual-dark", "textual-light"


class AscribeApp(App[None]):
    """ascribe on a terminal."""

    TITLE = "ascribe"
    CSS_PATH = "tui.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        workspace: Workspace,
        case: str | None = None,
        as_of: str | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.workspace, self.as_of, self.settings = workspace, as_of, settings
        self.case = case
        self.dossier: Dossier | None = None
        self.found_problems: tuple[Problem, ...] = ()
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._because = ""
        self._standing: dict[str, float] = {}
        self._chains: dict[tuple[str, str], Chain] = {}
        self._pages: dict[Wanted, Page] = {}
        self.runs = Runs(self.post_message)
        self.watcher = Watcher((workspace.rules, workspace.facts), self.post_message)

    def get_default_screen(self) -> Screen[None]:
        """The case screen lies under all others; it is laid out for the terminal's size from the start."""
        screen = CaseScreen()
        for length, widths in ((self.size.width, WIDTHS), (self.size.height, HEIGHTS)):
            screen.add_class(max(entry for entry in widths if entry[0] <= length)[1])
        return screen

    @property
    def case_screen(self) -> CaseScreen:
        """The main screen."""
        screen = self.screen_stack[0]
        assert isinstance(screen, CaseScreen)
        return screen

    def on_ready(self) -> None:
        """Read files only once the frame is on the screen."""
        self.set_timer(AFTER_THE_FRAME, self._begin)

    def _begin(self) -> None:
        self.watcher.start()
        self._ask("cases", listing(self.workspace))
        if self.case:
            self.open_case(self.case)

    def on_unmount(self) -> None:
        """Let the threads go."""
        self.watcher.close()
        self.runs.close()

    def _ask(self, kind: str, work: Work) -> int:
        number = self.runs.ask(kind, work)
        self.set_timer(PATIENCE, self.show_working)
        return number

    def show_working(self) -> None:
        """Say on the screen whether something is being worked out."""
        from tui.widgets.heading import Heading

        if self.screen_stack:  # a timer may still ring while the app closes
            self.case_screen.query_one(Heading).working(self.runs.busy)

    def open_case(self, case: str) -> None:
        """Read and weigh a case."""
        self.case = case
        self.runs.forget("chain")
        self.runs.forget("page")
        self._ask("open", opening(self.workspace, case, self.as_of, self.settings))

    def on_chain_asked(self, message: ChainAsked) -> None:
        """Find the chain behind a hypothesis, or show the one found before."""
        if self.dossier is None:
            return
        known = self._chains.get((message.role, message.actor))
        if known is not None:
            self.runs.forget("chain")
            self.case_screen.show_chain(known)
        else:
            self._ask("chain", finding_chain(self.dossier.inquiry, message.actor, message.role))

    def on_page_asked(self, message: PageAsked) -> None:
        """Answer a tab's question, or show the answer found before."""
        if self.dossier is None:
            return
        known = self._pages.get(message.wanted)
        if known is not None:
            self.runs.forget("page")
            self.case_screen.show_page(message.wanted, known)
        else:
            self._ask("page", finding_page(self.dossier.inquiry, message.wanted))

    def on_query_asked(self, message: QueryAsked) -> None:
        """Ask a query of the open case."""
        if self.dossier:
            self._ask("query", answering(self.dossier.inquiry, message.text))

    def on_cases_listed(self, message: CasesListed) -> None:
        """Show the cases, and open the first if none is asked for."""
        if not self.runs.newest("cases", message.run):
            return
        self._settle_problems("cases", ())
        self.case_screen.cases.show(message.cases, self.case)
        if self.case is None and message.cases:
            self.open_case(message.cases[0].id)
        elif not message.cases:
            self.case_screen.show_no_case()
        self.screen.refresh_bindings()
        self.show_working()

    def on_case_opened(self, message: CaseOpened) -> None:
        """Show the case, and what moved if it was open before."""
        if not self.runs.newest("open", message.run):
            return
        from tui.dossier import Dossier
        from tui.moves import moves

        before, self.dossier = self.dossier, Dossier(message.inquiry)
        self._chains.clear()
        self._pages.clear()
        because, self._because = self._because, ""
        same = before is not None and before.inquiry.base.case.id == message.inquiry.base.case.id
        moved = moves(before.inquiry.rankings, message.inquiry.rankings) if same and before else ()
        self._settle_problems("open", ())
        self.case_screen.show_case(self.dossier, moved, because if same else "")
        self._tell_the_rules(moved if because else None)
        self.show_working()

    def _tell_the_rules(self, moved: tuple[Move, ...] | None) -> None:
        """Where the rules are in front, show them as they are now, and say that the ranking behind them is redone."""
        from tui.screens.rules import RulesScreen

        if isinstance(self.screen, RulesScreen) and self.dossier:
            self.screen.show(self.dossier)
            if moved is not None:
                self.say(f"The ranking is redone: {len(moved)} moved. Escape shows it." if moved else NOTHING_MOVED)

    def on_chain_found(self, message: ChainFound) -> None:
        """Show the chain, unless another hypothesis or a newer ranking is shown by now."""
        if self.runs.newest("chain", message.run) and self.dossier and message.inquiry is self.dossier.inquiry:
            self._chains[message.chain.role, message.chain.actor] = message.chain
            self.case_screen.show_chain(message.chain)
        self.show_working()

    def on_page_found(self, message: PageFound) -> None:
        """Show the answer, unless another is wanted by now."""
        if self.runs.newest("page", message.run) and self.dossier and message.inquiry is self.dossier.inquiry:
            self._pages[message.wanted] = message.page
            self.case_screen.show_page(message.wanted, message.page)
        self.show_working()

    def on_answered(self, message: Answered) -> None:
        """Show a query's answers, where the query line is still open."""
        from tui.screens.query import QueryScreen

        if self.runs.newest("query", message.run) and isinstance(self.screen, QueryScreen):
            self.screen.show_answers(message.text, message.answers)
        self.show_working()

    def on_refused(self, message: Refused) -> None:
        """Show what was wrong; the last good state stays."""
        from tui.screens.query import QueryScreen

        if not self.runs.newest(message.kind, message.run):
            return
        if message.kind == "query":
            if isinstance(self.screen, QueryScreen):
                self.screen.show_problems(message.problems)
        elif message.kind == "page":
            self.case_screen.show_page_problems(message.problems)
        else:
            self._settle_problems(message.kind, message.problems)
        self.show_working()

    def _settle_problems(self, kind: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems of this kind of run, and show those of all kinds, each once."""
        from tui.screens.problems import ProblemsScreen

        self._problems[kind] = problems
        self.found_problems = tuple(dict.fromkeys(problem for kept in self._problems.values() for problem in kept))
        self.case_screen.show_problems(self.found_problems)
        self.screen.refresh_bindings()
        if isinstance(self.screen, ProblemsScreen):
            self.screen.show_problems(self.found_problems)
        elif problems and self.screen is not self.case_screen:
            self.say(
                f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in the files: p reads them.", "warning"
            )

    def on_case_chosen(self, message: CaseChosen) -> None:
        """Open another case."""
        self.case_screen.remove_class("-choosing")
        self.case_screen.ranking.focus()
        self.open_case(message.case)

    def on_files_changed(self, message: FilesChanged) -> None:
        """Files changed on disk: read them again."""
        self.read_again(named(message.files))

    def read_again(self, because: str) -> None:
        """Read the cases and the open case again; then what moved is shown with the reason given."""
        self._because = because
        self._ask("cases", listing(self.workspace))
        if self.case:
            self._ask("open", opening(self.workspace, self.case, self.as_of, self.settings))

    def say(self, text: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader something in passing, for as long as it takes to read; what still stands is not repeated."""
        if monotonic() < self._standing.get(text, 0.0):
            return
        seconds = max(LEAST_SECONDS, len(text) / LETTERS_A_SECOND)
        self._standing[text] = monotonic() + seconds
        self.notify(shown(text, LABEL), severity=severity, markup=False, timeout=seconds)

    def action_perform(self, action: str) -> None:
        """Run an action of the table on the screen in front, or say why it cannot be done."""
        target = self._target(action)
        if target is None:
            self.say(f"{BY_ID[action].title}: on the {BY_ID[action].screen} screen only.")
        elif reason := _reason(target, action):
            self.say(reason)
        else:
            name, arguments = method(action)
            getattr(target, name)(*arguments)

    def _target(self, action: str) -> object | None:
        """The screen in front or the app, whichever has a method for the action."""
        return next((target for target in (self.screen, self) if hasattr(target, method(action)[0])), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While no case is open, the footer leaves out what cannot be done."""
        if action != "perform" or self.dossier is not None or not self.case_screen.is_mounted:
            return True
        wanted = str(parameters[0])
        target = self._target(wanted)
        return not BY_ID[wanted].footer or target is None or _reason(target, wanted) is None

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "problems" and not self.found_problems:
            return "No problems: every rule and fact file can be read."
        if action in ("query", "rules") and self.dossier is None:
            return "No case is open yet."
        return None

    def do_query(self) -> None:
        """Open the query line."""
        from tui.screens.query import QueryScreen

        assert self.dossier is not None
        self.push_screen(QueryScreen(self.dossier))

    def do_rules(self) -> None:
        """Open the rules."""
        from tui.screens.rules import RulesScreen

        assert self.dossier is not None
        self.push_screen(RulesScreen(self.dossier, self.case_screen.place()))

    def do_problems(self) -> None:
        """Open the problems."""
        from tui.screens.problems import ProblemsScreen

        self.push_screen(ProblemsScreen(self.found_problems))

    def do_help(self) -> None:
        """Open the list of actions; run the one that is chosen there."""
        from tui.screens.help import HelpScreen

        def run(action: str | None) -> None:
            if action:
                self.call_later(self.action_perform, action)

        self.push_screen(HelpScreen(self.screen.id or "case"), run)

    def do_reload(self) -> None:
        """Read all files again."""
        self.watcher.changed()
        self.read_again("Files read again")

    def do_theme(self) -> None:
        """Change between dark and light."""
        self.theme = DARK if not self.current_theme.dark else LIGHT

    def do_quit(self) -> None:
        """Leave."""
        self.exit()

    def do_edit(self) -> None:
        """Open what is chosen on the case screen."""
        self.case_screen.do_edit()

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

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The command palette offers the action table, and the themes."""
        for action in ACTIONS:
            if action.screen in (None, screen.id or "case"):
                yield SystemCommand(action.title, action.about, lambda id=action.id: self.action_perform(id))
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)


def _reason(target: object, action: str) -> str | None:
    """Why a screen or the app cannot do an action just now, or None."""
    blocked = getattr(target, "blocked", None)
    return blocked(action) if blocked else None


def run(
    workspace: Workspace, case: str | None = None, as_of: str | None = None, settings: Settings | None = None
) -> None:
    """Show the workspace on the terminal until the reader leaves."""
    AscribeApp(workspace, case, as_of, settings).run()
