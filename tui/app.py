"""The app: asks for reasoning in the background, and hands what comes back to the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from reasoner.exchange.layout import counted
from tui.actions import bindings
from tui.messages import (
    Answered,
    Asker,
    CaseChosen,
    CaseOpened,
    CasesListed,
    ChainAsked,
    ChainFound,
    FilesChanged,
    Follower,
    Found,
    PageAsked,
    PageFound,
    QueryAsked,
    Refused,
)
from tui.runs import Runs, answering, finding_chain, finding_page, listing, opening
from tui.screens.case import CaseScreen
from tui.watching import Watcher, named
from tui.widgets.heading import Heading
from tui.working import Working

if TYPE_CHECKING:
    from reasoner.assessment.result import Settings, Standings
    from reasoner.evidence.workspace import Workspace
    from reasoner.exchange.page import Page
    from reasoner.explanation.nodes import Chain
    from reasoner.inquiry import Inquiry
    from reasoner.problems import Problem
    from tui.dossier import Dossier
    from tui.moves import Move
    from tui.questions import Wanted
    from tui.unseen import Unseen

WIDTHS = [(0, "-narrow"), (110, "-normal"), (190, "-wide")]
HEIGHTS = [(0, "-short"), (32, "-tall"), (44, "-high")]
"""The least columns and lines of each layout."""

AFTER_THE_FRAME = 0.05
"""Seconds that reading waits, so that loading the reasoner does not slow the first paint."""

MOVED = "The ranking is redone: {moved} moved, as the main screen shows."
NOTHING_MOVED = "The ranking is redone, and nothing moved."
AS_BEFORE = "The ranking is redone, and stands as the main screen last showed it."


def _finder() -> type[Provider]:
    """What the command palette finds things with; loaded when it is opened."""
    from tui.palette import Finder

    return Finder


class AscribeApp(Working):
    """ascribe on a terminal."""

    TITLE = "ascribe"
    CSS_PATH = "tui.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("working"), *bindings("everywhere")]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_finder}
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
        self._chains: dict[tuple[str, str], ChainFound] = {}
        self._filed: dict[tuple[str, str], Chain] = {}
        self._pages: dict[Wanted, Page] = {}
        self.runs = Runs(self.post_message)
        self.watcher = Watcher((workspace.rules, workspace.facts), self.post_message)

    def get_default_screen(self) -> Screen[None]:
        """The case screen lies under all others; it is laid out for the terminal's size from the start."""
        screen = CaseScreen()
        for length, widths in ((self.size.width, WIDTHS), (self.size.height, HEIGHTS)):
            screen.add_class(max(entry for entry in widths if entry[0] <= length)[1])
        return screen

    def on_ready(self) -> None:
        """Read files only once the frame is on the screen."""
        self.set_timer(AFTER_THE_FRAME, self._begin)
        self._mind_the_room()

    def on_resize(self) -> None:
        """Look at the new size once it is taken in."""
        self.call_later(self._mind_the_room)

    def _mind_the_room(self) -> None:
        """Where the window is too small for anything, ask for a larger one; else show what was there."""
        from tui.screens.small import SmallScreen, too_small

        small = too_small(self.size)
        if small and self.screen_stack and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and self.screen_stack and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    def _begin(self) -> None:
        self.take_keys()
        self.watcher.start()
        self.ask("cases", listing(self.workspace))
        if self.case:
            self.open_case(self.case)

    def take_keys(self) -> None:
        """Take the keys of the reader's own file, and show what is wrong with it."""
        if (problems := self.learn_keys()) or "keys" in self._problems:
            self._settle_problems("keys", problems)
        if problems:
            self.say(
                f"{counted(len(problems), 'problem')} in the file of your keys: {self._reader} reads what is wrong.",
                "warning",
            )
        self.case_screen.show_tabs()

    @property
    def _reader(self) -> str:
        """The key that reads problems."""
        return self.keys.first("problems")

    async def _shutdown(self) -> None:
        """Let the threads go before the screens close: what is still found would come to a screen without panes."""
        self.watcher.close()
        self.runs.close()
        await super()._shutdown()

    def open_case(self, case: str) -> None:
        """Read and weigh a case."""
        self.case = case
        self.runs.forget("chain")
        self.runs.forget("page")
        self.ask("open", opening(self.workspace, case, self.as_of, self.settings))

    def on_chain_asked(self, message: ChainAsked) -> None:
        """Find the chain behind a hypothesis, or show the one found before."""
        if self.dossier is None:
            return
        known = self._chains.get((message.role, message.actor))
        if known is not None:
            self.runs.forget("chain")
            self.case_screen.show_chain(known.chain, known.plain)
        else:
            filed = self._filed.get((message.role, message.actor))
            self.ask("chain", finding_chain(self.dossier.inquiry, message.actor, message.role, filed))

    def on_page_asked(self, message: PageAsked) -> None:
        """Answer a tab's question, or show the answer found before."""
        if self.dossier is None:
            return
        known = self._pages.get(message.wanted)
        if known is not None:
            self.runs.forget("page")
            self.case_screen.show_page(message.wanted, known)
        else:
            self.ask("page", finding_page(self.dossier.inquiry, message.wanted, self.keys))

    def on_query_asked(self, message: QueryAsked) -> None:
        """Ask a query of the open case."""
        if self.dossier:
            self.ask("query", answering(self.dossier.inquiry, message.text))

    def on_cases_listed(self, message: CasesListed) -> None:
        """Show the cases, and open the first if none is asked for."""
        if not self.runs.newest("cases", message.run):
            return
        self._settle_problems("cases", ())
        self.case_screen.cases.show(message.cases, self.case)
        self.case_screen.query_one(Heading).tell_apart(message.cases)
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
        from tui.moves import moves

        before, self.opened = self.opened, message.inquiry
        self._filed.clear()
        because, self._because = self._because, ""
        same = before is not None and before.base.case.id == message.inquiry.base.case.id
        moved = moves(before.standings, message.inquiry.standings) if same and before else ()
        unseen = self._unseen(before.standings, because) if same and before and because else None
        shown = moves(unseen.standings, message.inquiry.standings) if unseen else moved
        self._settle_problems("open", ())
        self.show_inquiry(message.inquiry, shown, unseen.because if unseen else "")
        self._tell_the_screens(_redone(moved, shown) if because else "")
        self.go_on_supposing(same)
        self.go_on()
        self.show_working()

    def _unseen(self, before: Standings, because: str) -> Unseen:
        """The rankings that the main screen showed when it was last looked at, and why they are redone."""
        from tui.unseen import Unseen

        shown = self.case_screen
        unseen = (shown.unseen or Unseen(before)).then(because)
        shown.unseen = None if self.screen is shown else unseen
        return unseen

    def show_inquiry(self, inquiry: Inquiry, moved: tuple[Move, ...], because: str) -> None:
        """Show a case as its files have it, or under what is supposed, with what moved and why."""
        from tui.dossier import Dossier

        self.dossier = Dossier(inquiry, self.opened, self.keys)
        self._chains.clear()
        self._pages.clear()
        self.case_screen.show_case(self.dossier, moved, because)

    def _tell_the_screens(self, redone: str) -> None:
        """Where rules or facts are in front, show them as they are now, and say what became of the ranking behind."""
        followers = [screen for screen in self.screen_stack if isinstance(screen, Follower)]
        for screen in followers:
            if self.dossier:
                screen.show(self.dossier)
        if followers and redone:
            self.say(redone)

    def on_chain_found(self, message: ChainFound) -> None:
        """Show the chain, unless another hypothesis or a newer ranking is shown by now."""
        if self.runs.newest("chain", message.run) and self.dossier and message.inquiry is self.dossier.inquiry:
            self._chains[message.chain.role, message.chain.actor] = message
            self._filed[message.chain.role, message.chain.actor] = (message.plain or message).chain
            self.case_screen.show_chain(message.chain, message.plain)
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
            self.last_query = message.query
            self.screen.show_answers(message.query)
        self.show_working()

    def ask_for(self, screen: str, what: str, find: Callable[[], object]) -> None:
        """Find something for a screen in the background; it gets it with ``show_found``, or why not."""
        kind = f"{screen}:{what}"
        self.ask(kind, lambda run: Found(run, kind, find()))

    def on_found(self, message: Found) -> None:
        """Hand what was found to the screen that asked."""
        asker = self._asker(message.kind)
        if asker and self.runs.newest(message.kind, message.run):
            asker.show_found(message.kind.partition(":")[2], message.value)
        self.show_working()

    def _asker(self, kind: str) -> Asker | None:
        """The screen that a run of this kind is for, if it still stands."""
        wanted, _, what = kind.partition(":")
        return next(
            (each for each in self.screen_stack if what and each.id == wanted and isinstance(each, Asker)), None
        )

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
        elif message.kind == "suppose":
            self.unsuppose(message.problems)
        elif asker := self._asker(message.kind):
            asker.show_refused(message.kind.partition(":")[2], message.problems)
        else:
            gone = self._gone(message.problems) if message.kind == "open" else None
            self._settle_problems(message.kind, (gone,) if gone else message.problems)
        self.show_working()

    def _gone(self, problems: tuple[Problem, ...]) -> Problem | None:
        """That the file of the open case is not there any more, where that is why it cannot be read."""
        from reasoner.documents import shown_path
        from reasoner.problems import Problem

        opened = self.dossier.inquiry.base.case.id if self.dossier else None
        if self.case != opened or all(problem.word != "unknown-case" for problem in problems):
            return None
        file = shown_path(self.workspace.cases / f"{opened}.yaml")
        return Problem("case-gone", f"`{file}` is gone", hint=self.keys.worded("{cases} opens another case"))

    def _settle_problems(self, kind: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems of this kind of run, and show those of all kinds, each once."""
        from tui.screens.problems import ProblemsScreen

        self._problems[kind] = problems
        self.found_problems = tuple(dict.fromkeys(problem for kept in self._problems.values() for problem in kept))
        in_files = (problem for asked, kept in self._problems.items() if asked != "keys" for problem in kept)
        self.case_screen.show_problems(tuple(dict.fromkeys(in_files)))
        for screen in self.screen_stack:
            screen.refresh_bindings()
        if isinstance(self.screen, ProblemsScreen):
            self.screen.show_problems(self.found_problems)
        elif problems and kind != "keys" and self.screen is not self.case_screen:
            self.say(f"{counted(len(problems), 'problem')} in the files: {self._reader} reads them.", "warning")

    def on_case_chosen(self, message: CaseChosen) -> None:
        """Open another case, once it is settled what becomes of what is supposed."""

        def choose() -> None:
            self.case_screen.remove_class("-choosing")
            self.case_screen.ranking.focus()
            self.open_case(message.case)

        self.leave_case_for(message.case, choose)

    def on_files_changed(self, message: FilesChanged) -> None:
        """Files changed on disk: read them again."""
        self.read_again(named(message.files))

    def read_again(self, because: str) -> None:
        """Read the cases and the open case again; then what moved is shown with the reason given."""
        self._because = because
        for holder in self.holders:
            holder.files_changed()
        self.ask("cases", listing(self.workspace))
        if self.case:
            self.ask("open", opening(self.workspace, self.case, self.as_of, self.settings))


def _redone(moved: tuple[Move, ...], shown: tuple[Move, ...]) -> str:
    """What became of the ranking: what moved just now, and what the main screen shows to have moved."""
    if not moved:
        return NOTHING_MOVED
    return MOVED.format(moved=len(shown)) if shown else AS_BEFORE


def run(
    workspace: Workspace, case: str | None = None, as_of: str | None = None, settings: Settings | None = None
) -> None:
    """Show the workspace on the terminal until the reader leaves."""
    AscribeApp(workspace, case, as_of, settings).run()
