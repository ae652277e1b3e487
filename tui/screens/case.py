"""The main screen: the cases, the ranking of one, the reasoning behind a hypothesis, and a note on what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from reasoner.exchange.layout import counted
from tui.actions import bindings
from tui.case_verdict import CaseVerdict
from tui.editing import problem_keys
from tui.messages import ActorChosen, ChainAsked, ChangesTyped, EditAsked, EntryChosen
from tui.plain import plain
from tui.questions import SOURCES, WHY
from tui.widgets.answer import AnswerPane, LineEntered
from tui.widgets.cases import CasesBox, CasesPane
from tui.widgets.chain import ChainTree
from tui.widgets.choices import ChoiceBar, ChoiceMade
from tui.widgets.cut import CutText
from tui.widgets.detail import Detail
from tui.widgets.heading import Heading
from tui.widgets.key_bar import KeyBar
from tui.widgets.ranking import RankingTable
from tui.widgets.sources import SourcesTree

if TYPE_CHECKING:
    from reasoner.assessment.result import Umbrella
    from reasoner.explanation.nodes import Chain
    from reasoner.problems import Problem
    from tui.dossier import Dossier
    from tui.history import Spot
    from tui.left_out import Plain
    from tui.moves import Move

READING = "Reading rules and facts …"
REASONING = "Finding the reasons …"
NO_CANDIDATES = (
    "No rule makes anybody a candidate here. Report who claimed it or was blamed for it, or name a candidate with "
    "the fact considered(ACTOR, {case}). {facts} writes facts, {edit} opens the case's file."
)
NO_CASE = "There is no case to show. {new_case} writes one to fill in; so does `ascribe new CASE`."


class CaseScreen(CaseVerdict):
    """What one sees first; everything else lies one key away."""

    AUTO_FOCUS = "#ranking"
    BINDINGS: ClassVar[list[BindingType]] = bindings("case")

    def __init__(self) -> None:
        super().__init__(id="case")
        self.dossier: Dossier | None = None
        self.role = ""
        self.actor = ""
        self.moves: tuple[Move, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self._sought = ""

    def compose(self) -> ComposeResult:
        """Heading, cases, and beside them ranking over chain over note."""
        yield Heading("heading")
        with Horizontal(id="body"):
            yield CasesBox(id="cases-box")
            with Vertical(id="middle"):
                yield Static(id="problems")
                with Vertical(id="ranking-pane"):
                    yield ChoiceBar("roles")
                    yield RankingTable("ranking")
                    yield CutText(plain(READING), id="verdict")
                    yield CutText(id="moved")
                yield ChoiceBar("tabs")
                with Container(id="below"):
                    yield ChainTree("chain")
                    yield SourcesTree("sources")
                    yield Detail("detail")
                    yield AnswerPane("answer")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start with nothing but the frame."""
        self.query_one("#ranking-pane").border_title = plain("Hypotheses")
        self.roles.display = False
        self.show_tabs()
        self.query_one("#problems").border_title = plain("Problems")

    @property
    def ranking(self) -> RankingTable:
        """The ranked hypotheses."""
        return self.query_one(RankingTable)

    @property
    def roles(self) -> ChoiceBar:
        """The questions of the case, one a role."""
        return self.query_one("#roles", ChoiceBar)

    @property
    def cases(self) -> CasesPane:
        """The list of cases."""
        return self.query_one(CasesPane)

    def show_case(self, dossier: Dossier, moves: tuple[Move, ...], because: str) -> None:
        """Show an opened case, with what moved since the ranking before it."""
        same = self.dossier is not None and self.dossier.inquiry.base.case.id == dossier.inquiry.base.case.id
        self.dossier = dossier
        self.moves = moves
        short = self.has_class("-short")  # only there it looks otherwise, and finding out takes a while
        self.query_one("#ranking-pane").set_class(bool(dossier.inquiry.changes), "-supposed", update=short)
        self.query_one(Heading).show(dossier)
        self.cases.mark(dossier.inquiry.base.case.id)
        self._show_moved(moves, because)
        roles = dossier.inquiry.standings
        if not same:
            self.actor = ""
            self.sources.blank()
        if self.role not in roles or not same:
            self.role = next(iter(roles), "")
        self.relied_on = dossier.inquiry.plain is None
        self._show_role()
        self.call_after_refresh(self.ask_confidence)

    def show_role(self, role: str) -> None:
        """Answer another question."""
        self.role, self.actor = role, ""
        self._show_role()

    def _show_role(self) -> None:
        dossier = self.dossier
        assert dossier is not None
        self.roles.show({role: dossier.question(role) for role in dossier.inquiry.standings}, self.role)
        standing = dossier.standing(self.role)
        if standing is None:
            self.actor = ""
            self.say_instead(dossier.keys.worded(NO_CANDIDATES, case=dossier.inquiry.base.case.id))
            return
        self.show_verdict()
        moved = tuple(move for move in self.moves if move.role == self.role)
        chosen = self.actor or standing.ahead
        self.ranking.show(standing, dossier, moved, chosen)

    def go_to(self, wish: Spot) -> None:
        """Go to the question, hypothesis, tab and place in the reasoning that are wished for."""
        if wish.role and wish.role != self.role and self.dossier and wish.role in self.dossier.inquiry.standings:
            self.role, self.actor = wish.role, ""
        self.actor = wish.actor or self.actor
        if wish.role or wish.actor:
            self._show_role()
        if wish.tab:
            self.do_tab(wish.tab)
        if wish.tab == SOURCES and wish.entry:
            self.seek_source(wish.entry)
            return
        if wish.tab == WHY:
            self.seek_proof(wish.proof)
        if wish.tab == WHY and not wish.entry and not wish.proof:
            self.ranking.focus()
        if wish.screen == "case":
            self._sought = wish.entry
        if self.chain.chain and (self.chain.chain.role, self.chain.chain.actor) == (self.role, self.actor):
            self._seek()

    def _seek(self) -> None:
        """Put the cursor of the reasoning where it was to go once the reasoning is there."""
        if self._sought and self.chain.go_to(self._sought):
            self.chain.focus()
        self._sought = ""
        self.show_sought_proof()

    def say_instead(self, text: str) -> None:
        """Empty panes, and a sentence that says what to do."""
        self.ranking.blank()
        self.chain.blank()
        self.sources.blank(text)
        self.answer.say(text)
        self.detail.show(Content(""))
        self.query_one("#verdict", Static).update(plain(text))

    def show_no_case(self) -> None:
        """There is nothing to open."""
        self.say_instead(self._doing.keys.worded(NO_CASE))

    def show_chain(self, chain: Chain, plain: Plain | None = None) -> None:
        """Show the reasoning behind the chosen hypothesis."""
        if (chain.role, chain.actor) != (self.role, self.actor):
            return
        self.show_confidence()  # the reasoning comes with it
        self.chain.show(chain, plain)
        self.prove_anew()
        self._seek()
        self.show_note()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what is wrong in the files; the last good ranking stays below."""
        from reasoner.problems import render_all

        self.problems = problems
        banner = self.query_one("#problems", Static)
        self.set_class(bool(problems), "-problems")
        self.set_class(bool(problems) and self.dossier is None, "-alone")
        if not problems:
            return
        below = "; below, the last good ranking" if self.dossier else ""
        number = counted(len(problems), "problem")
        banner.border_title = plain(f"{number} in the files{below}")
        banner.border_subtitle = plain(problem_keys(problems, self._doing.keys))
        widest = min(100, max(40, self.size.width - (54 if self.cases.display else 24)))
        banner.update(plain(render_all(problems, widest), lines=True))

    def _show_moved(self, moves: tuple[Move, ...], because: str) -> None:
        from tui.verdicts import moved_summary

        strip = self.query_one("#moved", CutText)
        for pane in self.query("#ranking-pane, #detail"):  # all of the screen's styles take longer
            pane.set_class(bool(because), "-moved")
        strip.update(moved_summary(moves, because, self.dossier) if because and self.dossier else Content(""))

    def show_note(self) -> None:
        """Write the note on the hypothesis while the ranking is in hand, else on the line."""
        dossier, chain = self.dossier, self.chain.chain
        if dossier is None or chain is None or not self.relied_on:
            return
        from tui.notes import actor_note, entry_note, unranked_note

        ranking = dossier.ranking(self.role)
        entry = self.chain.chosen
        if self.ranking.has_focus and ranking:
            self.detail.border_title = plain("Hypothesis")
            self.detail.show(actor_note(chain, ranking, dossier) if self.chain.ranked else unranked_note(chain))
        elif self.tabs.active == SOURCES:
            self._show_source_note(dossier)
        elif entry:
            self.detail.border_title = plain("Note")
            self.detail.show(entry_note(entry, chain, dossier))

    def _show_source_note(self, dossier: Dossier) -> None:
        from tui.source_notes import source_note

        entry, sourcing = self.sources.chosen, self.sources.sourcing
        if entry and sourcing:
            self.detail.border_title = plain("Note")
            self.detail.show(source_note(entry, sourcing, dossier))

    def on_actor_chosen(self, event: ActorChosen) -> None:
        """Another hypothesis: ask for its chain."""
        self.refresh_bindings()
        self.actor = event.actor
        if self.dossier:
            if self.chain.chain is None:
                self.chain.blank(REASONING)
            self.call_after_refresh(self._ask_about, event.actor)

    def _ask_about(self, actor: str) -> None:
        """Ask for its chain and its answers, once the ranking is drawn: what is worked out slows drawing."""
        if actor == self.actor:
            self.post_message(ChainAsked(self.role, actor))
            self.ask_tab()

    def on_entry_chosen(self, event: EntryChosen) -> None:
        """Another line of the chain: write the note on it, and say what can be done with it."""
        self.refresh_bindings()
        if not self.ranking.has_focus:
            self.show_note()

    def on_choice_made(self, event: ChoiceMade) -> None:
        """A question or a tab was clicked."""
        if event.row == "roles":
            self.show_role(event.choice)
        else:
            self.do_tab(event.choice)

    def on_line_entered(self, event: LineEntered) -> None:
        """Something was typed for the question of the tab."""
        if event.text:
            self.post_message(ChangesTyped(event.text))

    def on_descendant_focus(self) -> None:
        """The note is on the hypothesis while the ranking is in hand, on the line while the chain is."""
        if self.ranking.has_focus or self.outline.has_focus:
            self.show_note()
        if not self.query_one(CasesBox).has_focus_within:
            self.remove_class("-choosing")

    def blocked(self, action: str) -> str | None:
        """Why an action cannot be done just now, or None."""
        if action in ("why", "open_all", "into", "out") and self.chain.chain is None:
            return "There is no reasoning to show yet."
        if action in ("open_all", "into", "out") and self.answering:
            return "The reasoning is not shown: 1 shows it."
        if action == "open_all" and (chosen := self.outline.cursor_node) and not chosen.allow_expand:
            return "Nothing stands beneath this line."
        if action == "focus_here" and (self.tabs.active != WHY or self.chain.chosen is None):
            return "Choose a line of the reasoning: it is then shown by itself."
        if action == "back_up" and self.chain.focus_on is None:
            return "The whole reasoning is shown already."
        if action in ("next_role", "previous_role") and self.roles.beside(1) is None:
            return "This case has candidates for one question only."
        if action == "fold" and not any(umbrella.members for umbrella in self._umbrellas()):
            return "No umbrella of several groups is ranked here."
        if action == "fold" and not self.ranking.folds:
            return "This hypothesis belongs to no umbrella."
        if action in ("cases", "filter_cases") and not self.cases.cases:
            return "There is no case to choose."
        if action == "open_case" and self.cases.chosen is None:
            return "No case is chosen."
        if action == "edit" and self.dossier is None and not self.problems:
            return "No case is open yet."
        return super().blocked(action)

    @property
    def typing(self) -> bool:
        """Whether letters find a case."""
        return self.focused is not None and self.focused.id == "cases-filter"  # asked for every key: no search for it

    @property
    def case_at_hand(self) -> str | None:
        """The case that the cursor is on, in the list of cases; else the open one."""
        if self.dossier is None or self.query_one(CasesBox).has_focus_within:
            return self.cases.chosen
        return self.dossier.inquiry.base.case.id

    def _umbrellas(self) -> tuple[Umbrella, ...]:
        standing = self.dossier.standing(self.role) if self.dossier else None
        return standing.umbrellas if standing else ()

    def do_why(self) -> None:
        """Go to the chain."""
        self.do_tab(WHY)

    def do_fold(self) -> None:
        """Fold or open the umbrella in hand."""
        self.ranking.focus()
        self.ranking.fold()

    def do_open_all(self) -> None:
        """Open everything beneath the chosen line."""
        self.outline.focus()
        self.outline.open_all()

    def do_focus_here(self) -> None:
        """Show the chosen line by itself."""
        if not self.chain.focus_here():
            self._doing.say("Nothing stands beneath this line.")
        self.do_tab(WHY)

    def do_back_up(self) -> None:
        """Show the whole reasoning again."""
        self.chain.back_up(whole=True)
        self.do_tab(WHY)

    def do_into(self) -> None:
        """Open the chosen line, or go to the first beneath it."""
        self.outline.action_into()

    def do_out(self) -> None:
        """Close the chosen line, or go to the one above it."""
        self.outline.action_out()

    def do_cases(self) -> None:
        """Go to the list of cases; where it is a drawer, open it."""
        self.add_class("-choosing")
        self.cases.focus()

    def do_filter_cases(self) -> None:
        """Go to the line that finds a case."""
        self.add_class("-choosing")
        self.query_one(CasesBox).find()

    def do_open_case(self) -> None:
        """Open the chosen case."""
        self.cases.action_select()

    def do_next_role(self) -> None:
        """The next question."""
        self.show_role(self.roles.beside(1) or self.role)

    def do_previous_role(self) -> None:
        """The question before."""
        self.show_role(self.roles.beside(-1) or self.role)

    def do_settle(self) -> None:
        """Close the drawer, put the note on what moved away, and go back to the ranking."""
        self.remove_class("-choosing")
        if (pane := self.query_one("#ranking-pane")).has_class("-moved"):
            self.moves = self.moves if pane.has_class("-supposed") else ()
            self._show_moved((), "")
            self._show_role()
        self.ranking.focus()

    def do_edit(self) -> None:
        """Open what is chosen: a broken place first, else the rule, fact or report, else the case."""
        if self.dossier is None:
            self.post_message(EditAsked(None))
        else:
            self.post_message(EditAsked(self.place()))
