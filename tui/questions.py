"""The questions one can ask of a ranking, each a tab beneath it: what it asks the reasoner, and the page it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui import answers_json

if TYPE_CHECKING:
    from reasoner.exchange.page import Page
    from reasoner.inquiry import Inquiry
    from tui.keys import Keys

WHY, SOURCES = "why", "sources"
"""The tabs with the chain and with the sources, which are trees."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question is asked about: a case's role, and the hypothesis in hand.

    ``worded`` puts keys in the place of actions that stand in a sentence in braces.
    """

    inquiry: Inquiry
    role: str
    actor: str
    worded: Callable[[str], str] = str

    @property
    def ahead(self) -> str:
        """Whoever is ahead in the role."""
        return self.inquiry.rankings[self.role].ahead

    @property
    def rival(self) -> str | None:
        """The hypothesis in hand, or the next one where that is ahead; None where there is no other."""
        if self.actor != self.ahead:
            return self.actor
        others = (row.actor for row in self.inquiry.rankings[self.role].hypotheses if row.actor != self.ahead)
        return next(others, None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answer is wanted: a tab's, in a role, about a hypothesis where that matters."""

    tab: str
    role: str
    actor: str = ""

    def page(self, inquiry: Inquiry, keys: Keys) -> Page:
        """The answer."""
        return BY_ID[self.tab].page(Asking(inquiry, self.role, self.actor, keys.worded))

    def value(self, inquiry: Inquiry) -> object:
        """The answer as JSON."""
        return BY_ID[self.tab].value(Asking(inquiry, self.role, self.actor))


@dataclass(frozen=True, slots=True)
class Question:
    """One tab: its name, a sentence for the key list, and what answers it, as a page and as JSON.

    ``of_actor``: the answer depends on the hypothesis in hand. ``line`` is what the line to type changes in suggests,
    where the question takes one.
    """

    id: str
    title: str
    about: str
    page: Callable[[Asking], Page]
    value: Callable[[Asking], object]
    of_actor: bool = False
    line: str = ""


def _why_not(asking: Asking) -> Page:
    from reasoner.exchange.why_not_page import why_not_page

    if asking.rival is None:
        return nothing("Why not", "There is only one hypothesis here.")
    return why_not_page(asking.inquiry.why_not(asking.rival, asking.role, asking.ahead))


def _compare(asking: Asking) -> Page:
    from reasoner.exchange.compare_page import compare_page

    if asking.rival is None:
        return nothing("Compare", "There is only one hypothesis here.")
    return compare_page(asking.inquiry.compare(asking.ahead, asking.rival, asking.role))


def _missing(asking: Asking) -> Page:
    from reasoner.exchange.missing_page import missing_page

    inquiry, role = asking.inquiry, asking.role
    known = inquiry.rules.scales.roles[role]
    return missing_page(inquiry.missing(role), inquiry.ranking(role), inquiry.base, known)


def _linchpins(asking: Asking) -> Page:
    from reasoner.exchange.linchpins_page import linchpins_page
    from reasoner.explanation.sentences import Voice

    inquiry = asking.inquiry
    robustness = inquiry.assessment.robustness(asking.role)
    return linchpins_page(inquiry.linchpins(asking.role), robustness, Voice(inquiry.base, inquiry.program))


def _matrix(asking: Asking) -> Page:
    from reasoner.exchange.matrix_page import matrix_page

    return matrix_page(asking.inquiry.matrix(asking.role))


def _timeline(asking: Asking) -> Page:
    from reasoner.exchange.timeline_page import timeline_page

    return timeline_page(asking.inquiry.timeline(asking.role))


def _sources(asking: Asking) -> Page:
    from reasoner.exchange.sources_page import sources_page
    from reasoner.explanation.sentences import Voice

    inquiry = asking.inquiry
    return sources_page(inquiry.sources(asking.actor, asking.role), Voice(inquiry.base, inquiry.program))


def nothing(title: str, *why: str) -> Page:
    """A page that says why there is no answer, or what to do to get one."""
    from reasoner.exchange.page import Page, Paragraph

    return Page(title, tuple(map(Paragraph, why)))


HOW_TO_SUPPOSE = (
    "Nothing is supposed yet. In the reasoning, under Why, {toggle} leaves the chosen fact or rule out, {surer} and "
    "{less_sure} grade the chosen report better or worse, {rely_more} and {rely_less} let its source be relied on more "
    "or less, {strength} gives a rule another strength. In an answer, {leave_out} leaves out what the chosen line "
    "speaks of. The ranking follows at once; {undo} takes a step back, {redo} takes it again, and no file is touched.",
    "Or type changes below, separated by semicolons: assume FACT; retract FACT; rate WHAT=GRADE; source off NAME; "
    "origin off NAME; rule off NAME; strength RULE=DB; to DATE.",
)


def _what_if(asking: Asking) -> Page:
    from reasoner.exchange.what_if_page import what_if_page

    inquiry = asking.inquiry
    if inquiry.plain is None:
        return nothing("What if?", *map(asking.worded, HOW_TO_SUPPOSE))
    return what_if_page(inquiry.plain.what_if(inquiry.changes))


QUESTIONS: tuple[Question, ...] = (
    Question(
        "why_not",
        "Why not",
        "What speaks for whoever is ahead and not for the hypothesis in hand, and what it would take",
        _why_not,
        answers_json.why_not,
        of_actor=True,
    ),
    Question(
        "compare",
        "Compare",
        "How the hypothesis in hand compares with whoever is ahead",
        _compare,
        answers_json.compare,
        of_actor=True,
    ),
    Question(
        "what_if",
        "What if",
        "What is supposed to be otherwise, with the ranking before and after",
        _what_if,
        answers_json.what_if,
        line="retract FACT; rule off NAME; rate SOURCE=D4",
    ),
    Question(
        "missing",
        "Missing",
        "What is worth finding out, by how much it is expected to settle",
        _missing,
        answers_json.missing,
    ),
    Question(
        "linchpins",
        "Linchpins",
        "Which facts, sources and rules the answer hangs on, and the smallest sets that upset it",
        _linchpins,
        answers_json.linchpins,
    ),
    Question("matrix", "Matrix", "How each piece of evidence bears on each hypothesis", _matrix, answers_json.matrix),
    Question("timeline", "Timeline", "How the ranking moved as reports came in", _timeline, answers_json.timeline),
    Question(
        SOURCES,
        "Sources",
        "Who stands behind the answer, what each reports, and what the lead would be without it",
        _sources,
        answers_json.sources,
        of_actor=True,
    ),
)

BY_ID = {question.id: question for question in QUESTIONS}

TABS = {WHY: "Why"} | {question.id: question.title for question in QUESTIONS}
"""Tab → what it is called."""
