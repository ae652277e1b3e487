"""One fact as a form, checked while one types, and saved into the file that states it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from reasoner.documents import shown_path
from reasoner.evidence.drafts import EMPTY_FIELD, FactDraft, draft_of, entry_of, fact_text, lacking
from tui.actions import bindings
from tui.dossier import Dossier, Place
from tui.editing import read_only
from tui.fact_fields import Offers
from tui.messages import EditAsked
from tui.plain import Piece, passage, plain
from tui.saving import EditingScreen, shown_difference
from tui.widgets.fact_form import DraftChanged, FactForm
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from reasoner.evidence.editing import Entry, Manuscript
    from reasoner.evidence.entries import Stated, Stock
    from reasoner.problems import Problem

BLANK = "Fill it in; what is wrong with it is said here."
UNCHANGED = "As it stands in the file."


@dataclass(frozen=True)
class Checked:
    """A draft as it would stand in its file: what is wrong, what the fact would read as, and what would change."""

    draft: FactDraft
    problems: tuple[Problem, ...]
    reads: str
    change: tuple[str, ...]


class FactFormScreen(EditingScreen):
    """The form, and what is to be said of it: what is wrong, or what saving it would change."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("fact-form")
    SAVES = "save_fact"

    def __init__(self, dossier: Dossier, stock: Stock, case_file: Path, stated: Stated | None, copy: bool) -> None:
        super().__init__("fact-form", dossier)
        vocabulary, scales = dossier.inquiry.base.standards
        self._offers = Offers(vocabulary, scales, stock)
        self._stated = stated
        self._new = copy or stated is None
        self._file = case_file if self._new or stated is None else stated.path
        self._old: Entry | None = None
        self._start = FactDraft()

    def compose(self) -> ComposeResult:
        """The form over what is to be said of it."""
        yield Static(id="form-title")
        yield FactForm("form", self._offers, not self.writable)
        with VerticalScroll(id="form-said") as box:
            box.can_focus = False
            yield Static(id="form-words")
        yield KeyBar()

    @property
    def typing(self) -> bool:
        """Whether letters go into the form."""
        return self.writable

    @property
    def form(self) -> FactForm:
        """The fields."""
        return self.query_one(FactForm)

    @property
    def opening(self) -> bool:
        """Whether the fields are not there yet."""
        return self.writable and self.focused is None and not self._refused

    @property
    def changed(self) -> bool:
        """Whether the form says something else than the file."""
        return self.form.draft != self._start

    def on_mount(self) -> None:
        """Read the file."""
        what = "A new fact, into" if self._new else "A fact of"
        self.query_one("#form-title", Static).update(plain(f"{what} {shown_path(self._file)}", "bold"))
        if not self.writable:
            self.say([read_only(self.doing)])
        elif self._stated is None:
            self.form.show(self._start)
            self.say([BLANK])
        self._read()

    def _read(self) -> None:
        file, stated = self._file, self._stated

        def find() -> tuple[Manuscript, Entry | None]:
            from reasoner.evidence.editing import read_manuscript
            from reasoner.evidence.entries import entry_at

            manuscript = read_manuscript(file)
            if stated is None:
                return manuscript, None
            whole = manuscript if stated.path == file else read_manuscript(stated.path)
            return manuscript, entry_at(whole, stated)

        self.find("entry", find)

    def show_found(self, what: str, value: object) -> None:
        """The file is read, or the draft is checked, or it is saved."""
        if what == "entry":
            assert isinstance(value, tuple)
            self._manuscript, entry = value
            if entry is None:  # the form has been there from the start
                return
            draft = draft_of(entry)
            if self._new:
                draft = replace(draft, reports=tuple(replace(report, was=None) for report in draft.reports))
            else:
                self._old = entry
            self._start = draft
            self.form.show(draft)
            if self.writable:
                self.say([BLANK if self._new else UNCHANGED])
        elif isinstance(value, Checked):
            self._show_checked(value)
        else:
            super().show_found(what, value)

    def on_draft_changed(self, event: DraftChanged) -> None:
        """Check it, once the typing pauses."""
        self.written()

    def check(self) -> None:
        """Find out what is wrong with the draft, and what it would change."""
        manuscript, draft, old = self._manuscript, self.form.draft, self._old
        if manuscript is None:
            return
        vocabulary, desk, position = self._offers.vocabulary, self.desk, self._position

        def find() -> Checked:
            from reasoner.evidence.amending import Amendment
            from reasoner.evidence.editing import difference

            text = Amendment(old, entry_of(draft, vocabulary, old), position).applied(manuscript)
            problems = desk.problems(manuscript.path, text)
            reads = "" if problems else self._reads(draft)
            rows = difference(manuscript.text, text, context=0)
            return Checked(draft, problems, reads, tuple(row for row in rows if row[0] in "+-"))

        self.find("check", find)

    def _reads(self, draft: FactDraft) -> str:
        from reasoner.evidence.atoms import checked_atom
        from reasoner.explanation.sentences import clause, sentence

        atom = checked_atom(self.dossier.inquiry.base, fact_text(draft, self._offers.vocabulary))
        return sentence(clause(self.dossier.voice.atom(atom)))

    @property
    def _position(self) -> int:
        return self._stated.position if self._stated else 0

    def _show_checked(self, checked: Checked) -> None:
        if checked.draft != self.form.draft:
            return
        if checked.problems:
            self.show_problems(checked.problems)
        elif not checked.change:
            self.say([UNCHANGED])
        else:
            self.say(
                [
                    (f"{checked.reads}\n", "bold"),
                    f"{self.doing.keys.first('save_fact')} saves this:\n",
                    *shown_difference(checked.change),
                ]
            )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong."""
        self._refused = True
        from reasoner.problems import render_all

        if all(problem.word == EMPTY_FIELD for problem in problems):  # no mistakes yet, only something left to do
            self.say(["\n".join(problem.message for problem in problems)])
            return
        self.say([render_all(problems, max(40, self.size.width - 20))])

    def say(self, pieces: list[Piece]) -> None:
        """Put something into the lower pane."""
        self.query_one("#form-words", Static).update(passage(pieces))
        self.query_one("#form-said").scroll_home(animate=False)

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action == "save_fact" and self._manuscript is None:
            return "The file is still being read."
        if action in ("save_fact", "add_report", "drop_report") and not self.writable:
            return read_only(self.doing)
        if action == "save_fact" and not self.changed and not (self._new and self._stated):
            return "Nothing is changed yet."
        if action in ("add_report", "drop_report") and self.form.draft.standing != "reported":
            return "Only a reported fact has reports: set its basis to reported."
        if action == "drop_report" and self.form.report_at_hand is None:
            return "Put the cursor into the report that is to go."
        if action == "drop_report" and len(self.form.draft.reports) == 1:
            return self.doing.keys.worded(
                "It is the only report. Retract the fact instead: {retract_fact} in the list of facts."
            )
        return None

    def do_save_fact(self) -> None:
        """Write the fact into its file."""
        from reasoner.evidence.amending import Amendment
        from reasoner.problems import InputError

        assert self._manuscript is not None
        self.end_pause()
        try:
            entry = entry_of(self.form.draft, self._offers.vocabulary, self._old)
        except InputError as error:
            self.show_problems(error.problems)
            self.tell_unsaved(error.problems)
            self.form.go_to(next(iter(lacking(self.form.draft, self._offers.vocabulary))))
        else:
            self.save(self._manuscript, Amendment(self._old, entry, self._position))

    def saved(self, left: tuple[Problem, ...]) -> None:
        """Back to the facts."""
        self.doing.say("Saved. The ranking is being redone.")
        self.dismiss(fact_text(self.form.draft, self._offers.vocabulary))

    def read_anew(self, manuscript: Manuscript) -> None:
        """Back to the facts, which are read again."""
        self.dismiss()
        self.doing.read_changes()

    async def do_add_report(self) -> None:
        """A report more."""
        await self.form.add_report()

    async def do_drop_report(self) -> None:
        """A report less."""
        number = self.form.report_at_hand
        assert number is not None
        await self.form.drop_report(number)

    def do_edit(self) -> None:
        """Open the fact's place in the editor."""
        line = self._stated.line if self._stated and not self._new else None
        self.post_message(EditAsked(Place(self._file, line)))

    def do_leave_form(self) -> None:
        """Back to the facts."""
        self.ask_to_leave(self.dismiss)
