"""The query line, and the answers above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import DataTable, Input, Static

from reasoner.assessment.words import percent, words
from reasoner.exchange.layout import counted
from reasoner.problems import Problem, render
from reasoner.terms import term_text
from tui.dossier import Dossier
from tui.messages import QueryAsked
from tui.plain import passage, plain, plain_text, shown

if TYPE_CHECKING:
    from reasoner.explanation.querying import Answer

WIDE = 100
"""Columns from which on the probability stands in words as well."""

MOST_ROWS = 500
"""Answers that are listed; the count names all of them."""

EXAMPLE = "Ask in the rule language: candidate(I, Role, A), or possesses(A, W), not scarce(W). Capitals are variables."


class QueryScreen(ModalScreen[None]):
    """A line to type a query in. Enter asks; up and down go through the queries asked before; escape leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("up", "earlier(-1)", "Earlier", show=False),
        Binding("down", "earlier(1)", "Later", show=False),
        Binding("x,f4", "app.perform('export')", "Export", show=False),
    ]
    asked: ClassVar[list[str]] = []

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(id="query")
        self._dossier = dossier
        self._place = len(self.asked)
        self.answered: tuple[str, tuple[Answer, ...]] | None = None

    def compose(self) -> ComposeResult:
        """What came of the query, and the line."""
        predicates = [str(predicate) for predicate in self._dossier.inquiry.program.vocabulary.predicates.values()]
        with Vertical(id="query-box") as box:
            box.border_title = plain("Query")
            box.border_subtitle = plain("enter asks · ↑ ↓ earlier · tab to the answers · f4 exports · escape closes")
            yield Static(plain(EXAMPLE, "dim"), id="query-said")
            yield DataTable[Text](id="query-answers", cursor_type="row")
            yield Input(
                placeholder="means(I, A, W)",
                id="query-line",
                suggester=SuggestFromList([shown(text) for text in predicates], case_sensitive=True),
            )

    def on_mount(self) -> None:
        """Start at the line."""
        self.query_one("#query-answers").display = False
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask."""
        text = event.value.strip().removesuffix(".")
        if not text:
            return
        if text not in self.asked[-1:]:
            self.asked.append(text)
        self._place = len(self.asked)
        self._say("Working it out …")
        self.post_message(QueryAsked(text))

    def action_earlier(self, step: int) -> None:
        """Go through the queries asked before."""
        line = self.query_one(Input)
        if not line.has_focus or not self.asked:
            return
        self._place = max(0, min(len(self.asked), self._place + step))
        line.value = self.asked[self._place] if self._place < len(self.asked) else ""
        line.cursor_position = len(line.value)

    def show_answers(self, text: str, answers: tuple[Answer, ...]) -> None:
        """List the answers, the most probable first."""
        self.answered = text, answers
        table = self.query_one("#query-answers", DataTable)
        table.clear(columns=True)
        table.display = bool(answers)
        if not answers:
            self._say(
                f"No answers: nothing in this case makes `{text}` so. Are the constants spelt as in the case file?"
            )
            return
        names = tuple(answers[0].bindings)
        more = f", the first {MOST_ROWS} listed" if len(answers) > MOST_ROWS else ""
        self._say(f"{counted(len(answers), 'answer')}{more}." if names else "It is so:")
        for name in ("%", *names, *self._wording()):
            table.add_column(plain_text(name))
        for answer in answers[:MOST_ROWS]:
            table.add_row(*self._row(answer))

    def _row(self, answer: Answer) -> list[Text]:
        cells = [self._value(value) for value in answer.bindings.values()]
        wording = [Text(words(answer.probability)) for _ in self._wording()]
        return [Text(percent(answer.probability), justify="right"), *cells, *wording]

    def _wording(self) -> tuple[str, ...]:
        """The column of probability words, where the screen has the room."""
        return ("in words",) if self.size.width >= WIDE else ()

    def _value(self, value: object) -> Text:
        """A constant with its name beside it, where that says more."""
        written = term_text(value)  # type: ignore[arg-type]
        name = self._dossier.voice.name(value)  # type: ignore[arg-type]
        told = plain_text(written)
        return told if name.casefold() == written.replace("_", " ") else told + plain_text(f"  {name}", "dim")

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with the query."""
        self.answered = None
        self.query_one("#query-answers").display = False
        self._say("\n\n".join(render(problem, min(100, max(40, self.size.width - 20))) for problem in problems))

    def _say(self, text: str) -> None:
        self.query_one("#query-said", Static).update(passage([plain(text, lines=True)]))
