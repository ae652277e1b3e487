"""All reasoning happens here: one thread beside the screen, one run after the other.

A run never touches a widget; what it finds is posted as a message with its number. The newest run of a kind
replaces those of its kind: what still waits is dropped, what is under way stops where it can, and what it finds
is stale. The thread is a daemon, so quitting never waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from textual.message import Message

from tui.messages import Answered, CaseOpened, CasesListed, CaseSupposed, ChainFound, PageFound, Refused

if TYPE_CHECKING:
    from reasoner.assessment.result import Settings
    from reasoner.evidence.workspace import Workspace
    from reasoner.explanation.changes import Changes
    from reasoner.explanation.nodes import Chain
    from reasoner.inquiry import Inquiry
    from tui.keys import Keys
    from tui.questions import Wanted

MOST_SHOWN, MOST_LEVELS = 1_500, 20
"""Statements of a chain that are unfolded before anybody asks for more, and levels beneath a line."""

Work = Callable[[int], Message]
"""Does a run, given its number, and says what it found."""


class Runs:
    """The thread, the runs that wait for it, and which run of each kind is the newest."""

    def __init__(self, post: Callable[[Message], Any]) -> None:
        self._post = post
        self._waiting: SimpleQueue[tuple[str, int, Work] | None] = SimpleQueue()
        self._newest: dict[str, int] = {}
        self._under_way: dict[int, str] = {}
        self._last = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is under way or waits that somebody still wants."""
        return bool(self.running(lambda kind: True))

    def ask(self, kind: str, work: Work) -> int:
        """Queue a run and return its number."""
        with self._lock:
            self._last += 1
            number = self._last
            self._under_way[number] = kind
            self._newest[kind] = number
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="reasoning", daemon=True)
            self._thread.start()
        self._waiting.put((kind, number, work))
        return number

    def newest(self, kind: str, number: int) -> bool:
        """Whether no later run of that kind was asked for."""
        return self._newest.get(kind) == number

    def forget(self, kind: str) -> None:
        """Make every run of that kind stale."""
        with self._lock:
            self._last += 1
            self._newest[kind] = self._last

    def running(self, chosen: Callable[[str], bool]) -> tuple[str, ...]:
        """The kinds chosen of which a run is under way or waits that somebody still wants."""
        with self._lock:
            return tuple(k for number, k in self._under_way.items() if self.newest(k, number) and chosen(k))

    def stop(self, chosen: Callable[[str], bool]) -> tuple[str, ...]:
        """Give up the runs of the kinds chosen that are under way or wait; those kinds."""
        given_up = self.running(chosen)
        for kind in given_up:
            self.forget(kind)
        return given_up

    def close(self) -> None:
        """Let the thread end once the run under way is done; what waits is dropped."""
        with self._lock:
            self._newest.clear()
        self._waiting.put(None)

    def _work(self) -> None:
        while (asked := self._waiting.get()) is not None:
            kind, number, work = asked
            found = self._found(kind, number, work) if self.newest(kind, number) else None
            with self._lock:
                del self._under_way[number]
            if found is not None:
                self._post(found)

    def _found(self, kind: str, number: int, work: Work) -> Message | None:
        """What a run finds; nothing where it is stopped because no longer wanted."""
        from reasoner.stopping import Stopped, stopping_when

        try:
            with stopping_when(lambda: not self.newest(kind, number)):
                return _outcome(kind, number, work)
        except Stopped:
            return None


def _outcome(kind: str, number: int, work: Work) -> Message:
    from reasoner.problems import InputError, Problem
    from reasoner.stopping import Stopped

    try:
        return work(number)
    except Stopped:
        raise
    except InputError as error:
        return Refused(number, kind, error.problems)
    except Exception as error:  # a defect must end in words on the screen, with the last good state, not in a crash
        message = f"ascribe itself failed here: {type(error).__name__}: {error}"
        return Refused(
            number, kind, (Problem("defect", message, note="This is a defect in ascribe: please report it."),)
        )


def listing(workspace: Workspace) -> Work:
    """The run that lists the cases, by date."""

    def work(run: int) -> Message:
        from reasoner.inquiry import case_summaries
        from tui import dossier, notes, verdicts  # noqa: F401 - the panes need them with the first case: loaded here

        cases = sorted(case_summaries(workspace), key=lambda case: (case.date or "9999", case.id))
        return CasesListed(run, tuple(cases))

    return work


def opening(workspace: Workspace, case: str, as_of: str | None, settings: Settings | None) -> Work:
    """The run that opens a case and weighs it."""

    def work(run: int) -> Message:
        from reasoner.inquiry import open_case

        inquiry = open_case(case, workspace, as_of, settings)
        _ = inquiry.rankings, inquiry.assessment.worlds  # grounds and weighs, here and not when a pane first looks
        return CaseOpened(run, inquiry)

    return work


def supposing(inquiry: Inquiry, changes: Changes) -> Work:
    """The run that weighs a case under changes, in the worlds of the case as it is; not how far to rely on that."""
    return lambda run: _supposed(run, inquiry, changes)


def _supposed(run: int, inquiry: Inquiry, changes: Changes, dropped: tuple[tuple[str, str], ...] = ()) -> CaseSupposed:
    changed = inquiry.changed(changes)
    _ = changed.standings, changed.assessment.worlds
    return CaseSupposed(run, changed, dropped)


def supposing_still(inquiry: Inquiry, changes: Changes) -> Work:
    """The same once files have changed: what cannot be supposed any more is dropped, and why; the rest stays."""

    def work(run: int) -> Message:
        from reasoner.explanation.changes import Changes, parse_changes
        from reasoner.problems import InputError

        kept, dropped = Changes(), []
        for line in changes.lines():
            more = kept.then(parse_changes(line))
            changed = inquiry.changed(more)
            try:
                _ = changed.base, changed.program
            except InputError as error:
                dropped.append((line, error.problems[0].message))
            else:
                kept = more
        return _supposed(run, inquiry, kept, tuple(dropped))

    return work


def finding_chain(inquiry: Inquiry, actor: str, role: str, filed: Chain | None = None) -> Work:
    """The run that finds the chain behind a hypothesis; ``filed``: its chain by the files alone, where it is known."""

    def work(run: int) -> Message:
        from tui.left_out import Plain

        def why(of: Inquiry) -> Chain:
            return of.why(actor, role, MOST_LEVELS, MOST_SHOWN)

        def is_ranked(of: Inquiry) -> bool:
            standing = of.standings.get(role)
            return standing is not None and actor in standing.actors

        if inquiry.plain is None or not is_ranked(inquiry.plain):
            return ChainFound(run, inquiry, why(inquiry))
        ranked = is_ranked(inquiry)
        before = filed or why(inquiry.plain)
        now = why(inquiry) if ranked else before
        return ChainFound(run, inquiry, now, Plain(before, now, inquiry, ranked))

    return work


def finding_page(inquiry: Inquiry, wanted: Wanted, keys: Keys) -> Work:
    """The run that answers a tab's question."""
    return lambda run: PageFound(run, wanted, inquiry, wanted.page(inquiry, keys))


def answering(inquiry: Inquiry, text: str) -> Work:
    """The run that answers a query."""

    def work(run: int) -> Message:
        query = inquiry.asked(text)
        _ = query.answers  # found here, and not when a pane first looks
        return Answered(run, query)

    return work
