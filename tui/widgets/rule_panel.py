"""What stands beneath the editor: about the rule in hand, the problems, or what an edit would change."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from reasoner.problems import Problem, render
from tui.keyboard import keys_for
from tui.plain import passage, plain
from tui.widgets.choices import ChoiceBar
from tui.widgets.prose import Prose

NOTE, PROBLEMS, TRIAL = "note", "problems", "trial"

NO_PROBLEMS = "No problems: every rule file can be read."
NOT_TRIED = "{try_rules} tries what this edit changes, before it is saved: in the open case, and in every scenario."
MOST_PROBLEMS = 50


class RulePanel(Vertical):
    """Three texts, one of them shown."""

    def __init__(self) -> None:
        super().__init__(id="rules-panel")
        self._texts = {NOTE: Content(""), PROBLEMS: plain(NO_PROBLEMS), TRIAL: Content("")}
        self._titles = {NOTE: "About", PROBLEMS: "Problems", TRIAL: "Tried"}
        self.shown = NOTE
        self._drawn: tuple[str, dict[str, str], Content] | None = None

    def on_mount(self) -> None:
        """Nothing is tried yet."""
        self._texts[TRIAL] = plain(keys_for(self).worded(NOT_TRIED))

    def compose(self) -> ComposeResult:
        """A line to choose with, above the text."""
        yield ChoiceBar("rules-choices")
        yield Prose("rules-said")

    @property
    def text(self) -> str:
        """What it says now."""
        return self._texts[self.shown].plain

    def tell(self, what: str, text: Content, show: bool = False) -> None:
        """One of the texts is this now; show it if asked."""
        self._texts[what] = text
        if show:
            self.shown = what
        self._draw()

    def tell_problems(self, problems: tuple[Problem, ...], here: int) -> None:
        """These are the problems of all files, and so many of the file in hand; new ones are shown, none go away."""
        width = max(30, self.size.width - 14)
        drawn = "\n\n".join(render(problem, width) for problem in problems[:MOST_PROBLEMS])
        more = f"\n\nand {len(problems) - MOST_PROBLEMS} more" if len(problems) > MOST_PROBLEMS else ""
        self._texts[PROBLEMS] = passage([f"{drawn}{more}"]) if problems else plain(NO_PROBLEMS)
        self._titles[PROBLEMS] = f"Problems {len(problems)}" if problems else "Problems"
        if here and self.shown == NOTE:
            self.shown = PROBLEMS
        elif not problems and self.shown == PROBLEMS:
            self.shown = NOTE
        self._draw()

    def choose(self, what: str) -> None:
        """Show one of the texts."""
        self.shown = what
        self._draw()

    def _draw(self) -> None:
        drawn = (self.shown, dict(self._titles), self._texts[self.shown])
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.set_class(self.shown == TRIAL, "-trial")
        self.query_one(ChoiceBar).show(self._titles, self.shown)
        self.query_one(Prose).show(self._texts[self.shown], keep=self.shown == TRIAL)
