"""Work that takes a moment: it is asked for in the background, the screen says so, and it can be stopped."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from tui.following import Following
from tui.messages import Stoppable

if TYPE_CHECKING:
    from tui.runs import Work

PATIENCE = 0.3
"""Seconds that something may take before the screen says that it is under way."""

STOPPABLE = (
    "open",
    "chain",
    "page",
    "suppose",
    "query",
    "rules:trial",
    "rules:scenario",
    "case:sources",
    "case:confidence",
    "export",
)
"""The kinds of work that are only for looking at; whatever checks or saves goes on to its end."""

STOPPED = "Stopped."
STEP_BACK = "Stopped: that step is taken back."
NO_PAGE = "Stopped before it was worked out. The key of the tab asks again."
NO_CHAIN = "Stopped. Another hypothesis, or {why} on this one, asks again."
NO_CASE = "Stopped before the case was weighed. {reload} reads it again, {cases} chooses another."


class Working(Following):
    """An app with work under way."""

    case: str | None
    working = False
    """Whether the screen says that something is under way."""
    _since = 0.0

    @property
    def working_text(self) -> str:
        """What the bottom line says of it: nothing, or that it goes on, and from a second on for how long it has."""
        if not self.working:
            return ""
        seconds = int(monotonic() - self._since)
        return f" working … {seconds} s " if seconds else " working … "

    def ask(self, kind: str, work: Work) -> int:
        """Have something worked out in the background; the number of the run."""
        number = self.runs.ask(kind, work)
        self.set_timer(PATIENCE, self._show_waiting)
        return number

    def _show_waiting(self) -> None:
        self.show_working(waited=True)

    def show_working(self, waited: bool = False) -> None:
        """Say on the screen whether something is being worked out; of what has only begun, once it was waited for."""
        from tui.widgets.heading import Heading
        from tui.widgets.key_bar import KeyBar

        if not self.screen_stack:  # a timer may still ring while the app closes
            return
        if self.runs.busy and not (self.working or waited):
            return
        if self.working is not self.runs.busy:
            self.working, self._since = self.runs.busy, monotonic()
            self.case_screen.query_one(Heading).working(self.working)
        elif not self.working:
            return
        for bar in (bar for screen in self.screen_stack for bar in screen.query(KeyBar)):
            bar.refresh()  # beneath a dialog, too
        if self.working:  # what is stopped says nothing when it ends
            self.set_timer(PATIENCE, self._show_waiting)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to stop only while the screen says that it is under way."""
        if action == "perform" and parameters == ("stop",):
            return self.working and bool(self.runs.running(_stoppable))
        return super().check_action(action, parameters)

    def do_stop(self) -> None:
        """Stop all that is only for looking at; what was there before stays."""
        for kind in self.runs.stop(_stoppable):
            self._show_stopped(kind)
        self.show_working()

    def _show_stopped(self, kind: str) -> None:
        """Say where something would have stood that it was stopped."""
        main = self.case_screen
        if kind == "page":
            main.answer.say(NO_PAGE)
        elif kind == "chain":
            main.chain.blank(self.keys.worded(NO_CHAIN))
        elif kind == "suppose":
            self.unsuppose(())
            self.say(STEP_BACK)
        elif kind == "open" and self.dossier is None:
            main.say_instead(self.keys.worded(NO_CASE))
        elif kind == "open":
            self.case = self._known.inquiry.base.case.id
            main.cases.mark(self.case)
            self.say(STOPPED)
        elif stopped := self._who_asked(kind):
            stopped.show_stopped(kind.partition(":")[2])
        else:
            self.say(STOPPED)

    def _who_asked(self, kind: str) -> Stoppable | None:
        """The screen that a run of this kind is for, where it says itself that it is stopped."""
        wanted = kind.partition(":")[0]
        return next((each for each in self.screen_stack if each.id == wanted and isinstance(each, Stoppable)), None)


def _stoppable(kind: str) -> bool:
    return kind.startswith(STOPPABLE)
