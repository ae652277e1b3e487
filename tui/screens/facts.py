"""The facts of the open case: a list to search, and a note on the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Input

from reasoner.documents import shown_path
from reasoner.exchange.plain_text import visible
from tui.actions import bindings
from tui.dossier import Dossier, Place
from tui.editing import read_only
from tui.fact_rows import FactRow, fact_note, rows_of, unlisted_note
from tui.history import Spot
from tui.messages import EditAsked
from tui.plain import passage, plain, plain_text
from tui.questions import WHY
from tui.saving import SavingScreen, shown_difference
from tui.screens.ask import AskScreen
from tui.telling_apart import told_apart
from tui.widgets.detail import Detail
from tui.widgets.fact_list import FactList
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from pathlib import Path

    from reasoner.evidence.amending import Amendment
    from reasoner.evidence.editing import Manuscript
    from reasoner.evidence.entries import Stock
    from reasoner.problems import Problem

SCROLLBAR = 2
"""Columns kept free for it."""

NONE_FOUND = "No fact has all of these words in its sentence, its names or its reports; {leave_facts} shows all facts."
SHOWN_ALREADY = "They are shown already."
NOT_LISTED = "It is no entry of its own; {edit} opens the file where it stands."
NO_FACTS = "This case has no facts yet. {new_fact} writes the first."


class FactsScreen(SavingScreen):
    """Facts above or beside the note on the chosen one; forms, text and questions open over it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("facts")

    def __init__(self, dossier: Dossier, start: Place | str | None = None) -> None:
        super().__init__(id="facts")
        self.dossier = dossier
        self._start = start
        self._aside, self._aside_row = "", 0
        self.stock: Stock | None = None
        self._refused = False
        self.rows: tuple[FactRow, ...] = ()
        self.found: tuple[FactRow, ...] = ()
        self._drawn_width = 0

    def compose(self) -> ComposeResult:
        """The list, the note, and a line to find facts with."""
        with Container(id="facts-body"):
            table = FactList(id="facts-list", cursor_type="row")
            table.border_title = plain("Facts")
            table.border_subtitle = plain(self.doing.keys.worded("{open_fact} opens it · tab to the note"))
            yield table
            yield Detail("facts-note")
        yield Input(placeholder="Find facts: words of the sentence, names, sources", id="facts-filter")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for all of them."""
        self.table.focus()
        self.show(self.dossier)

    @property
    def table(self) -> FactList:
        """The list."""
        return self.query_one(FactList)

    @property
    def note(self) -> Detail:
        """What is said of the chosen fact."""
        return self.query_one(Detail)

    @property
    def case_file(self) -> Path:
        """The case's own file."""
        inquiry = self.dossier.inquiry
        return inquiry.workspace.cases / f"{inquiry.base.case.id}.yaml"

    @property
    def chosen(self) -> FactRow | None:
        """The fact that the cursor is on; None while the note is on one that is not in the list."""
        place = -1 if self._aside else self.table.cursor_row
        return self.found[place] if 0 <= place < len(self.found) else None

    @property
    def opening(self) -> bool:
        """Whether the facts are not there yet."""
        return self.stock is None and not self._refused

    @property
    def wanted(self) -> str:
        """What the facts listed are found by."""
        return self.query_one(Input).value.strip()

    @property
    def typing(self) -> bool:
        """Whether letters go into the line."""
        return isinstance(self.focused, Input)

    @property
    def chosen_atom(self) -> str:
        """The fact that the note is on, in the rule language; nothing before the facts are there."""
        if self._aside:
            return self._aside
        chosen = self.chosen if self.found else None
        return str(chosen.stated.statement.atom) if chosen else ""

    def go_to(self, fact: str) -> None:
        """Put the cursor on a fact, by its text in the rule language; where it is not listed, write the note on it."""
        with (line := self.query_one(Input)).prevent(Input.Changed):
            line.value = ""
        self.remove_class("-finding")
        self._aside = ""
        if self.stock is None:
            self._start = fact
        else:
            self._fill()
            self._begin_at(fact)
        self.table.focus()

    def show(self, dossier: Dossier) -> None:
        """Show the facts as they are now."""
        self.dossier = dossier
        inquiry = dossier.inquiry
        vocabulary, scales = inquiry.base.standards

        def find() -> tuple[Stock, tuple[FactRow, ...]]:
            from reasoner.evidence.entries import stock_of

            stock = stock_of(inquiry.workspace, inquiry.base.case.id, vocabulary, scales)
            return stock, rows_of(stock, dossier)

        self.find("stock", find)

    def show_found(self, what: str, value: object) -> None:
        """The facts are there, or what else was asked for."""
        if what == "stock":
            assert isinstance(value, tuple)
            self.stock, self.rows = value
            start, self._start, self._aside = self._start or self._aside, None, ""
            self._fill()
            self._begin_at(start)
            self.refresh_bindings()
        elif what == "retract":
            assert isinstance(value, tuple)
            self._ask_to_retract(*value)
        else:
            super().show_found(what, value)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with the files, or why a fact stays where it is."""
        self._refused = True
        from reasoner.problems import render_all

        self.note.border_title = plain("Problems")
        self.note.show(plain(render_all(problems, max(40, self.note.size.width - 20)), lines=True))

    def saved(self, left: tuple[Problem, ...]) -> None:
        """The fact is out of its file."""
        self.doing.say("The fact is taken out of its file.")

    def _fill(self) -> None:
        """List the facts found, with the cursor where it was."""
        before, place = self.chosen, self.table.cursor_row
        self.found = tuple(row for row in self.rows if row.matches(self.wanted))
        self.table.clear(columns=True)
        widths = self._widths()
        for name, width in zip(("Credence", "Grades", "Fact"), widths, strict=True):
            self.table.add_column(plain_text(name), width=width)
        sentences = [visible(row.sentence) for row in self.found]
        shown = told_apart(sentences, widths[2]) if widths[2] else sentences
        for row, sentence in zip(self.found, shown, strict=True):
            self.table.add_row(plain_text(row.credence), plain_text(row.grades), plain_text(sentence))
        self.table.border_title = plain(f"Facts: {len(self.found)} of {len(self.rows)}")
        same = [
            n
            for n, row in enumerate(self.found)
            if before and row.stated.statement.atom == before.stated.statement.atom
        ]
        self.table.move_cursor(row=same[0] if same else min(place, max(0, len(self.found) - 1)))
        self._tell()

    def _widths(self) -> tuple[int, int, int | None]:
        """Columns for credence, grades and sentence."""
        credence = max((len(row.credence) for row in self.found), default=0)
        grades = max((len(row.grades) for row in self.found), default=0)
        first, second = max(credence, len("Credence")), max(grades, len("Grades"))
        room = self.table.size.width - first - second - 6 * self.table.cell_padding - SCROLLBAR
        self._drawn_width = self.table.size.width
        return first, second, room if room > 0 else None

    def on_refitted(self) -> None:
        """Fit the sentences to the new width."""
        if self.rows:
            self.call_after_refresh(self._refit)

    def _refit(self) -> None:
        if self.table.size.width != self._drawn_width:
            self._fill()

    def _begin_at(self, place: Place | str | None) -> None:
        """Put the cursor on the fact that stands at a place, or has that text in the rule language."""
        if isinstance(place, str):
            self._begin_with(place)
        if not isinstance(place, Place) or place.line is None:
            return
        before = [
            number
            for number, row in enumerate(self.found)
            if row.stated.path.absolute() == place.file.absolute() and row.stated.line <= place.line
        ]
        if before:
            self.table.move_cursor(row=before[-1])

    def _begin_with(self, fact: str) -> None:
        rows = [number for number, row in enumerate(self.found) if str(row.stated.statement.atom) == fact]
        if rows:
            self.table.move_cursor(row=rows[0])
        elif fact in self.dossier.facts:
            self._aside, self._aside_row = fact, self.table.cursor_row
            self._tell()

    def on_data_table_row_highlighted(self) -> None:
        """Write the note on it."""
        if self.table.cursor_row != self._aside_row:
            self._aside = ""
        self._tell()
        self.refresh_bindings()

    def on_data_table_row_selected(self) -> None:
        """Open it."""
        self.doing.action_perform("open_fact")

    def _tell(self) -> None:
        row, unlisted = self.chosen, self.dossier.facts.get(self._aside)
        self.note.border_title = plain("Note on a fact that is not in the list" if unlisted else "Note")
        if unlisted:
            self.note.show(passage(unlisted_note(unlisted, self.dossier)))
        elif row is None:
            self.note.show(plain(self.doing.keys.worded(NONE_FOUND if self.rows else NO_FACTS)))
        else:
            self.note.show(passage(fact_note(row, self.dossier, self.case_file)))

    def on_input_changed(self) -> None:
        """Find while typing."""
        self._aside = ""
        self._fill()

    def on_input_submitted(self) -> None:
        """To the facts found."""
        self.table.focus()

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action in ("new_fact", "copy_fact", "retract_fact") and not self.doing.workspace.writable:
            return read_only(self.doing)
        if action == "facts":
            return SHOWN_ALREADY
        if self.stock is None and action in ("new_fact", "open_fact", "copy_fact", "retract_fact"):
            return self.doing.keys.worded("The facts are not read: {fact_text} opens the case as text.")
        if action in ("open_fact", "copy_fact", "retract_fact") and self.chosen is None:
            return self.doing.keys.worded(NOT_LISTED) if self._aside else "No fact is chosen."
        if action == "fact_in_chain" and not self.chosen_atom:
            return "No fact is chosen."
        if action == "fact_in_chain":
            return self.doing.why_unreasoned(self.chosen_atom)
        return None

    def do_filter_facts(self) -> None:
        """Type what to find."""
        self.add_class("-finding")
        self.query_one(Input).focus()

    def do_leave_facts(self) -> None:
        """Stop finding; else back to the ranking."""
        line = self.query_one(Input)
        if self.has_class("-finding"):
            self.remove_class("-finding")
            line.value = ""
            self.table.focus()
        else:
            self.dismiss()

    def do_edit(self) -> None:
        """Open the chosen fact's place in the editor."""
        self.post_message(EditAsked(self._place))

    @property
    def _place(self) -> Place:
        """Where the fact that the note is on stands; else the case's own file."""
        if row := self.chosen:
            return Place(row.stated.path, row.stated.line)
        return self.dossier.fact_place(self._aside) or Place(self.case_file)

    def do_facts(self) -> None:
        """They are shown already."""

    def do_open_fact(self) -> None:
        """Open the chosen fact as a form."""
        self._form(self.chosen)

    def do_new_fact(self) -> None:
        """An empty form."""
        self._form(None)

    def do_copy_fact(self) -> None:
        """A form that starts as a copy."""
        self._form(self.chosen, copy=True)

    def _form(self, row: FactRow | None, copy: bool = False) -> None:
        from tui.screens.fact_form import FactFormScreen

        assert self.stock is not None
        self.app.push_screen(
            FactFormScreen(self.dossier, self.stock, self.case_file, row.stated if row else None, copy),
            self._begin_once_read,
        )

    def _begin_once_read(self, saved: str | None) -> None:
        """Put the cursor on a fact that was saved, once the facts are read again."""
        self._start = saved or self._start

    def do_fact_in_chain(self) -> None:
        """Go to the place of the chosen fact in the reasoning at hand."""
        self.doing.go_to(Spot(tab=WHY, entry=self.chosen_atom))

    def do_fact_text(self) -> None:
        """The file of the chosen fact as text, at its line."""
        from tui.screens.case_text import CaseTextScreen

        self.app.push_screen(CaseTextScreen(self.dossier, self._place))

    def do_retract_fact(self) -> None:
        """Find out what would go with the chosen fact."""
        row = self.chosen
        assert row is not None
        stated = row.stated

        def find() -> tuple[Manuscript, Amendment, tuple[str, ...]]:
            from reasoner.evidence.amending import Amendment, effect
            from reasoner.evidence.editing import read_manuscript
            from reasoner.evidence.entries import entry_at

            manuscript = read_manuscript(stated.path)
            change = Amendment(entry_at(manuscript, stated), None, stated.position)
            return manuscript, change, effect(manuscript, change)

        self.find("retract", find)

    def _ask_to_retract(self, manuscript: Manuscript, change: Amendment, rows: tuple[str, ...]) -> None:
        def act(choice: str | None) -> None:
            if choice == "retract":
                self.save(manuscript, change)

        about = passage([f"{shown_path(manuscript.path)} would lose these lines:\n\n", *shown_difference(rows)])
        choices = {"keep": "Keep the fact", "retract": "Retract it, with its reports"}
        self.app.push_screen(AskScreen("Retract this fact?", about, choices), act)
