"""Screens that save: a change is checked and written in the background, and never over somebody else's."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen
from textual.timer import Timer

from reasoner.exchange.layout import counted
from tui.dossier import Dossier
from tui.plain import Piece, passage, plain
from tui.screens.ask import AskScreen
from tui.wandering import Wandering

if TYPE_CHECKING:
    from reasoner.evidence.amending import Change, Conflict, Desk
    from reasoner.evidence.editing import Manuscript
    from reasoner.problems import Problem

CHANGED = "changed-underneath"
"""The word of the problem that a file changed since it was read."""

SAVINGS = ("save", "conflict")
"""What is found on the way to a saved file."""

PAUSE = 0.25
"""Seconds without a key after which what is written is checked."""

UNSAVED = "What you changed here is not saved; {key} saves it."

MOST_LINES = 200
"""Lines of a difference that a question shows."""


class SavingScreen(Screen[str | None]):
    """A screen with a case at hand, that saves changes to its files; it may say at its end what was saved."""

    dossier: Dossier
    saving = False
    """Whether something is being saved, and what comes of it is not known yet."""

    @property
    def doing(self) -> Wandering:
        """The app."""
        assert isinstance(self.app, Wandering)
        return self.app

    @property
    def desk(self) -> Desk:
        """Where changes are checked and made."""
        from reasoner.evidence.amending import Desk

        return Desk(self.dossier.inquiry.workspace, self.dossier.inquiry.base)

    def find(self, what: str, find: Callable[[], object]) -> None:
        """Find something in the background."""
        self.doing.ask_for(self.id or "", what, find)

    @abstractmethod
    def saved(self, left: tuple[Problem, ...]) -> None:
        """The change is in the file; these problems were there before, and still are."""

    @abstractmethod
    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why it is not."""

    def read_anew(self, manuscript: Manuscript) -> None:
        """The reader gives the change up for the file as it is now."""

    def save(self, manuscript: Manuscript, change: Change) -> None:
        """Check and write a change."""
        self._pending = manuscript, change
        desk, self.saving = self.desk, True
        self.find("save", lambda: desk.save(manuscript, change))

    def show_found(self, what: str, value: object) -> None:
        """It is saved, or what happened to the file meanwhile is known."""
        from reasoner.evidence.amending import Conflict

        self.saving = False
        if what == "save":
            assert isinstance(value, tuple)
            self.saved(value)
            self.doing.read_changes()
        elif isinstance(value, Conflict):
            self._ask(value)

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Where the file changed meanwhile, find out how; else say what is wrong."""
        from reasoner.evidence.amending import conflict

        if what == "save" and any(problem.word == CHANGED for problem in problems):
            manuscript, change = self._pending
            self.find("conflict", lambda: conflict(manuscript, change))
        else:
            self.show_problems(problems)
            if what in SAVINGS:
                self.saving = False
                self.tell_unsaved(problems)

    def tell_unsaved(self, problems: tuple[Problem, ...]) -> None:
        """Say that nothing is saved, and the first reason why."""
        message = problems[0].message
        others = f" {counted(len(problems) - 1, 'more problem')}." if len(problems) > 1 else ""
        self.doing.say(f"Not saved. {message[:1].upper()}{message[1:]}.{others}", "warning")

    def _ask(self, found: Conflict) -> None:
        _, change = self._pending

        def act(choice: str | None) -> None:
            if choice == "save":
                self.save(found.manuscript, change)
            elif choice == "theirs":
                self.read_anew(found.manuscript)

        choices = {"stay": "Save nothing now, and go on here"}
        if found.problems:
            choices["theirs"] = "Give my change up, and take the file as it is now"
        else:
            choices["save"] = "Make my change in the file as it is now"
        self.app.push_screen(AskScreen("The file has changed", passage(_about(found)), choices), act)


class EditingScreen(SavingScreen):
    """A screen that one writes on: it is checked once the typing pauses, and nothing is lost without a question."""

    SAVES: ClassVar[str]
    """The action that saves."""

    def __init__(self, id: str, dossier: Dossier) -> None:
        super().__init__(id=id)
        self.dossier = dossier
        self._manuscript: Manuscript | None = None
        self._pause: Timer | None = None
        self._refused = False

    @property
    def writable(self) -> bool:
        """Whether the files may be changed."""
        return self.dossier.inquiry.workspace.writable

    @property
    @abstractmethod
    def changed(self) -> bool:
        """Whether what stands here differs from the file."""

    @abstractmethod
    def check(self) -> None:
        """Find out what is wrong with what is written."""

    def written(self) -> None:
        """Something was typed: check it, once the typing pauses."""
        self.refresh_bindings()
        self.end_pause()
        self._pause = self.set_timer(PAUSE, self.check)

    def end_pause(self) -> None:
        """What is written need not be checked any more."""
        if self._pause:
            self._pause.stop()

    def holds_edits(self) -> bool:
        """Whether leaving would lose edits."""
        return self.changed

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Leave, once it is settled what becomes of unsaved edits."""

        def act(choice: str | None) -> None:
            if choice == "leave":
                leave()

        if not self.changed:
            leave()
            return
        unsaved = UNSAVED.format(key=self.doing.keys.first(self.SAVES))
        choices = {"stay": "Go on writing", "leave": "Throw the changes away"}
        self.app.push_screen(AskScreen("Leave without saving?", plain(unsaved), choices), act)

    def files_changed(self) -> None:
        """What is written here stands; saving it notices what others wrote."""


def _about(found: Conflict) -> list[Piece]:
    pieces: list[Piece] = ["Somebody else saved this file since you opened it. Nothing is overwritten.\n\n"]
    pieces += [("What changed there\n", "bold"), *shown_difference(found.theirs)]
    if found.problems:
        pieces += [f"\nYour change cannot be made any more: {found.problems[0].message}.\n"]
    else:
        pieces += [("\nWhat your change would do to it\n", "bold"), *shown_difference(found.ours)]
    return pieces


def shown_difference(rows: tuple[str, ...]) -> list[Piece]:
    """A difference as lines: + comes, - goes; the signs say it, the style only helps."""
    styles = {"+": "bold", "-": "italic", "@": "dim"}
    shown: list[Piece] = [(f"{row}\n", styles.get(row[:1], "")) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        shown.append(f"… and {len(rows) - MOST_LINES} more lines\n")
    return shown or ["nothing\n"]
