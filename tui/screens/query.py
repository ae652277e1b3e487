"""The query console: a line to ask in, what is wrong with it beneath, and the answers, each leading to its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Static

from reasoner.assessment.words import percent, words
from reasoner.exchange.layout import counted
from reasoner.problems import Problem, render
from reasoner.terms import Constant, term_text
from tui.asked_before import asked_before, remember
from tui.doing import Doing
from tui.dossier import Dossier
from tui.messages import ProofAsked, QueryAsked
from tui.plain import Piece, acting, passage, plain, plain_text
from tui.widgets.completions import Completions
from tui.widgets.query_line import Entered, QueryLine

if TYPE_CHECKING:
    from reasoner.explanation.querying import Answer, Query

WIDE = 120
"""Columns from which on the probability stands in words as well."""

LEAST_COLUMN = 8
"""Columns that no column of answers is cut below."""

FRAME, SCROLLBAR = 4, 2

MOST_ROWS = 500
"""Answers that are listed; the count names all of them."""

KEYS = "enter asks · ↑ earlier · ↓ tab to the answers{export} · escape closes"
EXAMPLES = ("candidate(I, Role, A)", "possesses(A, W), not scarce(W)")
MOST_BEFORE = 5
"""Queries asked before that stand there to be clicked."""
WORKING = "Working it out …"
NO_ANSWERS = "No answers: nothing in this case makes `{text}` so. Are the constants spelt as in the case file?"
FINDING = "Finding its reasons …"


class QueryScreen(ModalScreen[None]):
    """Opens as it was left, or with something to ask.

    Enter on an answer closes it and shows what the answer rests on, in the reasoning.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("x,f4", "app.perform('export')", "Export", show=False, id="export"),
    ]

    def __init__(self, dossier: Dossier, before: Query | None = None, asking: tuple[str, ...] = ()) -> None:
        super().__init__(id="query")
        self._asking = asking
        self._dossier = dossier
        self._before = before
        self.answered: Query | None = None

    def compose(self) -> ComposeResult:
        """The line, and what came of it."""
        popup = Completions()
        with Vertical(id="query-box") as box:
            box.border_title = plain("Query")
            export = self.doing.keys.first("export", typing=True)
            box.border_subtitle = plain(KEYS.format(export=f" · {export} exports" if export else ""))
            yield QueryLine(asked_before(), popup, "query-line")
            yield Static(passage(_how_to_ask()), id="query-said")
            yield DataTable[Text](id="query-answers", cursor_type="row")
        yield popup

    def on_mount(self) -> None:
        """Start at the line, with the answers that were there."""
        inquiry = self._dossier.inquiry
        self.table.display = False
        self.line.focus()
        self.doing.ask_for("query", "words", lambda: inquiry.words)
        for text in reversed(self._asking):  # the first is asked last, and ↑ brings the others back
            self.line.remember(text)
        if self._asking:
            self.action_ask(self._asking[0])
        elif self._before is not None:
            self.line.put(self._before.text)
            if self._before.of is inquiry:
                self.show_answers(self._before)
            else:
                self._ask(self._before.text)

    @property
    def doing(self) -> Doing:
        """The app."""
        assert isinstance(self.app, Doing)
        return self.app

    @property
    def line(self) -> QueryLine:
        """The line."""
        return self.query_one(QueryLine)

    @property
    def table(self) -> DataTable[Text]:
        """The answers."""
        return self.query_one("#query-answers", DataTable)

    def action_ask(self, text: str) -> None:
        """Ask a query that stands there."""
        self.line.put(text)
        self.post_message(Entered(text))

    def on_entered(self, event: Entered) -> None:
        """Ask, and keep the query."""
        text = event.text.strip().removesuffix(".").strip()
        if text and self.answered and self.answered.text == text and self._go_to_answers():
            return
        if text:
            self.line.remember(text)
            if not self.app.is_web:  # whoever serves a page keeps nothing of what its visitors ask
                remember(text)
            self._ask(text)

    def on_query_line_below(self) -> None:
        """↓ beyond the last query: to the answers."""
        self._go_to_answers()

    def _go_to_answers(self) -> bool:
        """Into the list of answers; False where there are none."""
        if self.table.display:
            self.table.focus()
        return self.table.display

    def _ask(self, text: str) -> None:
        self.answered = None
        self._say(WORKING)
        self.post_message(QueryAsked(text))

    def show_found(self, what: str, value: object) -> None:
        """Offer the words of the case while one types."""
        from reasoner.language.completion import Words

        assert isinstance(value, Words)
        self.line.words = value

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Without words, nothing is offered."""

    def show_answers(self, query: Query) -> None:
        """List the answers, the most probable first."""
        self.answered = query
        answers, table = query.answers, self.table
        table.clear(columns=True)
        table.display = bool(answers)
        if not answers:
            self._say(NO_ANSWERS.format(text=query.text))
            return
        more = f", the first {MOST_ROWS} listed" if len(answers) > MOST_ROWS else ""
        number = f"{counted(len(answers), 'answer')}{more}." if query.names else "It is so."
        self._say(f"{number} Tab, ↓ or enter goes there; enter on one shows what it rests on.")
        titles = [plain_text(name) for name in ("%", *query.names, *self._wording())]
        rows = [self._row(answer) for answer in answers[:MOST_ROWS]]
        wanted = [max(cell.cell_len for cell in column) for column in zip(titles, *rows, strict=True)]
        edges = 2 * table.cell_padding * len(titles) + SCROLLBAR
        for title, width in zip(titles, shared_out(wanted, self.size.width - FRAME - edges), strict=True):
            table.add_column(title, width=width)
        for row in rows:
            table.add_row(*row)
        table.styles.height = 1 + table.row_count  # known at once, where an automatic height may come a frame late

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Show what an answer rests on."""
        event.stop()
        if self.answered is not None:
            self._say(FINDING)
            self.post_message(ProofAsked(self.answered, self.answered.answers[event.cursor_row]))
            self.dismiss(None)

    def _row(self, answer: Answer) -> list[Text]:
        cells = [self._value(value) for value in answer.bindings.values()]
        wording = [Text(words(answer.probability)) for _ in self._wording()]
        return [Text(percent(answer.probability), justify="right"), *cells, *wording]

    def _wording(self) -> tuple[str, ...]:
        """The column of probability words, where the screen has the room."""
        return ("in words",) if self.size.width >= WIDE else ()

    def _value(self, value: Constant) -> Text:
        """A constant with its name beside it, where that says more."""
        written = term_text(value)
        name = self._dossier.voice.name(value)
        told = plain_text(written)
        return told if name.casefold() == written.replace("_", " ") else told + plain_text(f"  {name}", "dim")

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with the query, and where."""
        self.answered = None
        self.table.display = False
        self._say("\n\n".join(render(problem, min(100, max(40, self.size.width - 6))) for problem in problems))

    def _say(self, text: str) -> None:
        self.query_one("#query-said", Static).update(passage([plain(text, lines=True)]))


def shared_out(wanted: list[int], room: int) -> list[int]:
    """The widths of columns that want so much each: where there is too little room, the widest give way."""
    widest = max(wanted)
    while widest > LEAST_COLUMN and sum(min(each, widest) for each in wanted) > room:
        widest -= 1
    return [min(each, widest) for each in wanted]


def _how_to_ask() -> Iterator[Piece]:
    """Examples, and what was asked before: a click asks it."""
    yield ("Ask in the rule language, such as ", "dim")
    for number, example in enumerate(EXAMPLES):
        yield (" or " if number else "", "dim")
        yield acting(example, "screen.ask", example)
    yield (". Capitals are variables.", "dim")
    for before in reversed(asked_before()[-MOST_BEFORE:]):
        yield "\n"
        yield acting(before, "screen.ask", before)
