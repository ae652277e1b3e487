"""What stands beneath the ranking: the reasoning, the sources, or the answer to another question."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from tui.case_making import CaseMaking
from tui.doing import Doing
from tui.history import Asked
from tui.messages import BranchAsked, PageAsked, ReportChosen
from tui.plain import plain
from tui.questions import BY_ID as QUESTIONS_BY_ID
from tui.questions import SOURCES, TABS, WHY, Wanted
from tui.widgets.answer import AnswerPane
from tui.widgets.chain import ChainTree
from tui.widgets.choices import ChoiceBar
from tui.widgets.detail import Detail
from tui.widgets.outline_tree import OutlineTree
from tui.widgets.sources import SourcesTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reasoner.exchange.page import Leads, Page
    from reasoner.explanation.nodes import Node
    from reasoner.explanation.querying import Query
    from reasoner.explanation.sourcing import Sourcing
    from reasoner.inquiry import Inquiry
    from reasoner.problems import Problem
    from reasoner.terms import Constant
    from tui.dossier import Dossier, Place
    from tui.outline import Entry, Path

WORKING = "Working it out …"
NOT_THERE = "It does not stand in the reasoning on {name}: it weighs nothing there."
NO_SOURCE = "{name} reports nothing that counts here, and passes nothing on."
NO_ANSWER = "`{text}` has no such answer any more."
STOPPED = "Stopped before they were found. The key of the tab asks again."
FOUND_BRANCH, FOUND_SOURCES, FOUND_PROOF = "branch", "sources", "proof"


class CaseTabs(CaseMaking):
    """A screen with a case at hand, and a tab beneath its ranking."""

    dossier: Dossier | None
    role: str
    actor: str
    _source_wanted: Path | None = None
    _proof: Asked | None = None
    _proof_sought: Asked | None = None

    @property
    def tabs(self) -> ChoiceBar:
        """What can be shown beneath the ranking."""
        return self.query_one("#tabs", ChoiceBar)

    @property
    def answer(self) -> AnswerPane:
        """The answer to the question of the tab, where it is a page."""
        return self.query_one(AnswerPane)

    @property
    def chain(self) -> ChainTree:
        """The reasoning."""
        return self.query_one(ChainTree)

    @property
    def sources(self) -> SourcesTree:
        """Who stands behind the answer."""
        return self.query_one(SourcesTree)

    @property
    def outline(self) -> OutlineTree:
        """The sources where their tab is shown, else the reasoning."""
        return self.sources if self.tabs.active == SOURCES else self.chain

    @property
    def detail(self) -> Detail:
        """The note."""
        return self.query_one(Detail)

    @property
    def answering(self) -> bool:
        """Whether the tab shows an answer as a page."""
        return self.has_class("-answering")

    @property
    def in_hand(self) -> Entry | None:
        """The line that the cursor is on, in the reasoning or among the sources; None where neither is shown."""
        return None if self.answering else self.outline.chosen

    @property
    def leads(self) -> Leads:
        """What the chosen line of an answer leads to."""
        from tui.leads import standing

        return standing(self.answer.about, self.role, self.dossier) if self.answering and self.dossier else ()

    def place(self) -> Place:
        """What an editor should open."""
        assert self.dossier is not None
        if self.answer.lines.has_focus:
            from tui.leads import place_of_lead

            places = (place_of_lead(lead, self.dossier) for lead in self.leads)
            return next((place for place in places if place), self.dossier.case_place)
        if self.outline.has_focus or self.detail.has_focus:
            return self.dossier.place(self.in_hand)
        return self.dossier.case_place

    @abstractmethod
    def show_note(self) -> None:
        """Write the note on what is chosen."""

    @property
    def _doing(self) -> Doing:
        assert isinstance(self.app, Doing)
        return self.app

    def show_tabs(self) -> None:
        """Show the tabs, each with its key."""
        named = {tab: f"{self._doing.keys.first(f'tab:{tab}')} {title}" for tab, title in TABS.items()}
        self.tabs.show(named, self.tabs.active or WHY)

    def do_tab(self, tab: str) -> None:
        """Show what a tab holds, and go there."""
        if tab == SOURCES and self.tabs.active == WHY:
            self._source_wanted = _source_of(self.chain.chosen)
        self.tabs.active = tab
        self.set_class(tab not in (WHY, SOURCES), "-answering")
        self.set_class(tab == SOURCES, "-sourcing")
        if tab == WHY:
            self.chain.focus()
            return
        if tab == SOURCES:
            self.sources.focus()
        else:
            self.answer.ask_for(QUESTIONS_BY_ID[tab].line)
            self.answer.border_title = plain(QUESTIONS_BY_ID[tab].title)
        self.ask_tab()
        if tab != SOURCES:
            self.answer.take_focus()

    def on_element_chosen(self) -> None:
        """Another line of an answer: say what can be done with it."""
        self.refresh_bindings()

    def seek_source(self, source: str) -> None:
        """Put the cursor on a source once the sources are there."""
        self._source_wanted = (source,)

    @property
    def asked_about(self) -> str:
        """The hypothesis in hand; where it is none under what is supposed, whoever is ahead."""
        ranking = self.dossier.standing(self.role) if self.dossier else None
        if ranking is None:
            return self.actor
        return self.actor if self.actor in ranking.actors else ranking.ahead

    def ask_tab(self) -> None:
        """Ask the question of the tab about the hypothesis in hand."""
        question = QUESTIONS_BY_ID.get(self.tabs.active)
        if question is None or self.dossier is None or not self.actor:
            return
        actor = self.asked_about
        if question.id == SOURCES:
            inquiry, role = self.dossier.inquiry, self.role
            if self.sources.sourcing is None:
                self.sources.say(WORKING)
            self._doing.ask_for(self.id or "", FOUND_SOURCES, lambda: (inquiry, inquiry.sources(actor, role)))
            return
        self.answer.say(WORKING)
        self.post_message(PageAsked(Wanted(question.id, self.role, actor if question.of_actor else "")))

    def show_page(self, wanted: Wanted, page: Page) -> None:
        """Show the answer to the question of the tab."""
        if (wanted.tab, wanted.role) == (self.tabs.active, self.role) and wanted.actor in ("", self.asked_about):
            self.answer.show(page, (self.dossier and self.dossier.inquiry.base.case.id, wanted))
            self.answer.taken()

    def show_page_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why the question of the tab has no answer."""
        from reasoner.problems import render_all

        if self.answering:
            self.answer.refused(render_all(problems, max(40, self.answer.size.width - 2)))
        else:
            self._doing.say(problems[0].message, "warning")

    def on_branch_asked(self, message: BranchAsked) -> None:
        """Find what stands beneath a statement of the reasoning that was too deep or too wide to be unfolded."""
        if self.dossier is None:
            return
        inquiry, atom, start, shown = self.dossier.inquiry, message.atom, message.start, self.chain.unfolded
        what = f"{FOUND_BRANCH} {atom}"
        self._doing.ask_for(self.id or "", what, lambda: (inquiry, atom, inquiry.beneath(atom, start, shown)))

    def on_report_chosen(self, message: ReportChosen) -> None:
        """Go from a report among the sources to where it stands in the reasoning."""
        if self.chain.go_to_report(message.fact, message.source):
            self.do_tab(WHY)
        elif self.dossier:
            self._doing.say(NOT_THERE.format(name=self.dossier.name(self.actor, self.role)))

    def prove(self, query: Query, bindings: Mapping[str, Constant]) -> None:
        """Show what an answer to a query rests on, by itself in the place of the reasoning."""
        if self.dossier is None:
            return
        self._proof = Asked(query.text, tuple(bindings.items()))
        inquiry = self.dossier.inquiry
        self._doing.ask_for(self.id or "", FOUND_PROOF, lambda: (inquiry, query.proof(bindings)))
        self.do_tab(WHY)

    def prove_anew(self) -> None:
        """Another ranking is shown: where an answer to a query is, find what it rests on now."""
        if self.chain.shows_proof:
            self._find_proof()

    def _find_proof(self) -> None:
        if self.dossier is None or self._proof is None:
            return
        inquiry, asked = self.dossier.inquiry, self._proof

        def find() -> tuple[Inquiry, Node | None]:
            return inquiry, inquiry.asked(asked.text).proof(dict(asked.bindings))

        self._doing.ask_for(self.id or "", FOUND_PROOF, find)

    @property
    def proof(self) -> Asked | None:
        """The answer to a query whose reasons are shown; None where it is a hypothesis's or another tab."""
        return self._proof if self.tabs.active == WHY and self.chain.shows_proof else None

    def seek_proof(self, proof: Asked | None) -> None:
        """Show the reasons of an answer once the reasoning is there; of none, show the hypothesis's."""
        self._proof_sought = proof
        if proof is None and self.proof is not None:
            self.chain.back_up(whole=True)

    def show_sought_proof(self) -> None:
        """The reasoning is there: find the reasons that are sought."""
        sought, self._proof_sought = self._proof_sought, None
        if sought is not None:
            self._proof = sought
            self._find_proof()

    def _show_proof(self, proof: Node | None) -> None:
        if proof is not None:
            self.chain.show_proof(proof)
            self.show_note()
        elif self._proof is not None:
            self.chain.back_up(whole=True)
            self._doing.say(NO_ANSWER.format(text=self._proof.text))

    def show_found(self, what: str, value: object) -> None:
        """Show the sources, or what stands beneath a statement, unless something else is asked about by now."""
        assert isinstance(value, tuple)
        inquiry, *found = value
        if self.dossier is None or inquiry is not self.dossier.inquiry:
            return
        if what == FOUND_SOURCES:
            (sourcing,) = found
            if (sourcing.role, sourcing.actor) == (self.role, self.asked_about):
                self._show_sources(sourcing, self.dossier)
        elif what == FOUND_PROOF:
            self._show_proof(*found)
        else:
            atom, node = found
            self.chain.grow(atom, node)

    def _show_sources(self, sourcing: Sourcing, dossier: Dossier) -> None:
        wanted, self._source_wanted = self._source_wanted, None
        self.sources.show(sourcing, dossier.name(sourcing.actor, self.role), wanted)
        self.show_note()
        source = dossier.source(wanted[0]) if wanted else None
        if source and source.id not in {each.source.id for each in sourcing.sources}:
            self._doing.say(NO_SOURCE.format(name=source.name))

    def show_stopped(self, what: str) -> None:
        """The sources were stopped: say so in their place."""
        self.sources.say(STOPPED)

    def show_refused(self, what: str, problems: tuple[Problem, ...]) -> None:
        """Say why it was not found."""
        self._doing.say(problems[0].message, "warning")


def _source_of(entry: Entry | None) -> Path | None:
    """Where the report of an entry stands among the sources; None where it is no report."""
    from reasoner.explanation.nodes import ShownReport

    if entry is None or not isinstance(entry.value, ShownReport) or entry.node is None:
        return None
    report = entry.value
    return report.source, f"{entry.node.atom.removeprefix('not ')} {report.source} {report.polarity}"
