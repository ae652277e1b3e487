"""Doubting what is on the screen: each key supposes a change, and the ranking follows at once in the same worlds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from reasoner.problems import InputError
from tui.case_verdict import CONFIDENCE
from tui.doing import Doing
from tui.editing import why_read_only
from tui.messages import CaseSupposed, ChangesTyped
from tui.plain import passage
from tui.questions import SOURCES, WHY
from tui.supposing import Supposing

if TYPE_CHECKING:
    from reasoner.explanation.changes import Changes
    from reasoner.inquiry import Inquiry
    from reasoner.problems import Problem
    from tui.moves import Move
    from tui.outline import Entry
    from tui.runs import Runs

NOTHING = "Nothing is supposed: what is shown is what the files say."
NOTHING_TO_DOUBT = "There is no reasoning to doubt yet."
NOT_SHOWN = "Only what is shown is doubted: {reasoning} shows the reasoning, {sources} the sources."
NO_STEP = "There is no step to take {}."

DOUBTS = ("toggle", "surer", "less_sure", "rely_more", "rely_less")
"""Actions that suppose something of the chosen line."""

LEAVE, KEEP = "leave", "keep"

Change = Callable[["Changes", "Entry"], "Changes"]


class Doubting(Doing):
    """An app in which facts, grades, rules and strengths can be supposed otherwise, without touching any file.

    ``opened`` is the case as its files have it; what is shown is the case under what is supposed.
    """

    runs: Runs

    def __init__(self) -> None:
        super().__init__()
        self.opened: Inquiry | None = None
        self.supposing = Supposing()

    @abstractmethod
    def show_inquiry(self, inquiry: Inquiry, moved: tuple[Move, ...], because: str) -> None:
        """Show a case as its files have it, or under what is supposed, with what moved and why."""

    def suppose(self, supposing: Supposing) -> None:
        """Show the case under these changes instead of those in force."""
        if supposing != self.supposing:
            self.supposing = supposing
            self.show_supposed()

    def show_supposed(self) -> None:
        """Weigh the case under the changes in force, in the background."""
        from tui.runs import supposing

        if self.opened is not None:
            self.runs.forget(f"{self.case_screen.id}:{CONFIDENCE}")  # else it would be waited for
            self.ask("suppose", supposing(self.opened, self.supposing.now))

    def go_on_supposing(self, same: bool) -> None:
        """After a case was opened: weigh it under what is supposed, where it is the same case as before."""
        from tui.runs import supposing_still

        if not same:
            self.supposing = Supposing()
        elif self.supposing.now and self.opened is not None:
            self.ask("suppose", supposing_still(self.opened, self.supposing.now))

    def on_changes_typed(self, message: ChangesTyped) -> None:
        """Suppose what was typed, besides what is supposed already."""
        from reasoner.explanation.changes import parse_changes

        try:
            typed = parse_changes(message.text)
        except InputError as error:
            self.case_screen.show_page_problems(error.problems)
        else:
            meant = self.opened.meant(typed) if self.opened else typed
            self.suppose(self.supposing.then(self.supposing.now.then(meant)))

    def on_case_supposed(self, message: CaseSupposed) -> None:
        """Show the case under what is supposed, with what moved against the case as it is."""
        if not self.runs.newest("suppose", message.run) or self.opened is None:
            return
        from tui.moves import moves

        for line, why in message.dropped:
            self.say(f"The files have changed, and this is supposed no more: {line} ({why}).", "warning")
        if message.dropped:
            self.supposing = self.supposing.then(message.inquiry.changes)
        moved = moves(self.opened.standings, message.inquiry.standings)
        self.show_inquiry(message.inquiry, moved, self._what_if())
        self.show_working()

    def _what_if(self) -> str:
        """What is supposed, in a word or two."""
        from reasoner.exchange.layout import counted
        from tui.verdicts import ALL_BACK

        number = sum(1 for _ in self.supposing.now.lines())
        if number == 0:
            return ALL_BACK
        return f"What if ({counted(number, 'change')}, {self.keys.first('undo')} takes one back)"

    def do_quit(self) -> None:
        """Leave, once it is settled what becomes of what is supposed."""
        self._settle_supposed("Leave", super().do_quit)

    def leave_case_for(self, case: str, go: Callable[[], object]) -> None:
        """Go on to a case; where it is another than the open one, settle first what becomes of what is supposed."""
        if self.opened is None or case in ("", self.opened.base.case.id):
            go()
        else:
            self._settle_supposed(f"Open {case}", go)

    def _settle_supposed(self, going: str, go: Callable[[], object]) -> None:
        """Go at once where nothing is supposed; else ask first, as it would be lost."""
        if not self.supposing.now:
            go()
            return
        from tui.screens.ask import AskScreen

        answers = {"stay": "Stay here", LEAVE: f"{going}, and forget what is supposed"}
        if not self.is_web:
            answers[KEEP] = "Save it as a scenario first"

        def settled(answer: str | None) -> None:
            if answer == LEAVE:
                go()
            elif answer == KEEP:
                self._ask_to_save(go)

        about = passage(["Only supposed, and in no file:\n", *(f"  · {line}\n" for line in self.supposing.now.lines())])
        self.push_screen(AskScreen("What is supposed", about, answers), settled)

    def unsuppose(self, problems: tuple[Problem, ...]) -> None:
        """Take the last step back for good, and say why: it cannot be worked out."""
        steps = self.supposing.steps[: self.supposing.place] or (self.supposing.steps[0],)
        self.supposing = Supposing(steps, len(steps) - 1)
        self.case_screen.ask_confidence()
        self.case_screen.show_page_problems(problems)

    def _doubt(self, action: str) -> Change:
        """What an action supposes of the chosen line."""
        from tui.doubts import regraded, relied_on, toggled

        known = self._known
        doubts: dict[str, Change] = {
            "toggle": lambda changes, entry: toggled(changes, entry, known),
            "surer": lambda changes, entry: regraded(changes, entry, True, known),
            "less_sure": lambda changes, entry: regraded(changes, entry, False, known),
            "rely_more": lambda changes, entry: relied_on(changes, entry, True, known),
            "rely_less": lambda changes, entry: relied_on(changes, entry, False, known),
        }
        return doubts[action]

    def _undoubted(self, action: str) -> str | None:
        """Why an action supposes nothing of the chosen line, or None."""
        if self._covered or self.case_screen.answering:
            return self._not_shown
        entry = self.case_screen.in_hand
        if entry is None or self.dossier is None:
            return NOTHING_TO_DOUBT
        from tui.doubts import Unchangeable

        try:
            self._doubt(action)(self.supposing.now, entry)
        except Unchangeable as reason:
            return self.keys.worded(str(reason))
        return None

    @property
    def _not_shown(self) -> str:
        """Why nothing is doubted that is not shown."""
        return NOT_SHOWN.format(reasoning=self.keys.first(f"tab:{WHY}"), sources=self.keys.first(f"tab:{SOURCES}"))

    @property
    def _covered(self) -> bool:
        """Whether another screen than a dialog lies over the main one."""
        return not all(isinstance(screen, ModalScreen) for screen in self.screen_stack[1:])

    def _change(self, change: Change) -> None:
        entry = self.case_screen.in_hand
        if entry is None or self.dossier is None:
            self.say(NOTHING_TO_DOUBT)
            return
        from tui.doubts import Unchangeable

        try:
            self.suppose(self.supposing.then(change(self.supposing.now, entry)))
        except Unchangeable as reason:
            self.say(self.keys.worded(str(reason)))

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action in DOUBTS:
            return self._undoubted(action)
        if action == "undo" and not self.supposing.undoable:
            return NO_STEP.format("back")
        if action == "redo" and not self.supposing.redoable:
            return NO_STEP.format("again")
        if action in ("take_back", "save_scenario") and not self.supposing.now:
            return NOTHING
        if action == "save_scenario" and self.is_web:
            return why_read_only(self)
        return super().blocked(action)

    def do_toggle(self) -> None:
        """Leave the chosen fact or rule out, or take it back."""
        self._change(self._doubt("toggle"))

    def do_surer(self) -> None:
        """Grade the chosen report one digit better."""
        self._change(self._doubt("surer"))

    def do_less_sure(self) -> None:
        """Grade it one digit worse."""
        self._change(self._doubt("less_sure"))

    def do_rely_more(self) -> None:
        """Rely on the chosen report's source one letter more."""
        self._change(self._doubt("rely_more"))

    def do_rely_less(self) -> None:
        """Rely on it one letter less."""
        self._change(self._doubt("rely_less"))

    def do_strength(self) -> None:
        """Type what the chosen line's rule is to state."""
        if self._covered or self.case_screen.answering:
            self.say(self._not_shown)
            return
        from tui.doubts import strengthened
        from tui.screens.ask_line import AskLine

        entry = self.case_screen.in_hand
        if entry is None or entry.line is None:
            self.say("Choose a line of evidence: its rule states a strength.")
            return
        words = ", ".join(self._known.inquiry.program.scales.strengths)

        def strengthen(typed: str | None) -> None:
            if typed:
                self._change(lambda changes, _: strengthened(changes, entry, typed))

        self.push_screen(AskLine(f"Strength of [{entry.line.rule}]", f"decibans, or one of {words}"), strengthen)

    def do_undo(self) -> None:
        """One step back."""
        self.suppose(self.supposing.undone())

    def do_redo(self) -> None:
        """One step on."""
        self.suppose(self.supposing.redone())

    def do_take_back(self) -> None:
        """Suppose nothing any more; that is a step, too."""
        from reasoner.explanation.changes import Changes

        self.suppose(self.supposing.then(Changes()))

    def do_save_scenario(self) -> None:
        """Keep what is supposed, and who then comes first, as a scenario file."""
        self._ask_to_save(lambda: None)

    def _ask_to_save(self, then: Callable[[], object]) -> None:
        """Ask for the file's name; once it is written, go on."""
        from reasoner.scenarios import ENDING
        from tui.forms import free_name
        from tui.screens.ask_line import AskLine

        folder = self.workspace.rules.parent / "scenarios"
        name = free_name(self._known.inquiry.base.case.id, ENDING, folder, "_")

        def keep(typed: str | None) -> None:
            if typed:
                then()

        asking = "Save what is supposed as a scenario"
        self.push_screen(AskLine(asking, "a file name", str(folder / name), self._why_not_saved), keep)

    def _why_not_saved(self, typed: str) -> str | None:
        """Write the scenario file; why it cannot be written, or None."""
        from pathlib import Path

        from reasoner.scenario_saving import save_scenario

        assert self.opened is not None
        path = Path(typed).expanduser()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_scenario(path, self.opened.what_if(self.supposing.now), self.workspace)
        except InputError as error:
            problem = error.problems[0]
            return f"{problem.message}: {problem.hint}." if problem.hint else f"{problem.message}."
        except OSError as error:
            return f"{path} cannot be written: {error.strerror}."
        self.say(f"Saved: {path}. `ascribe test {path}` runs it.")
        return None
