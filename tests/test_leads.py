"""Whatever a page speaks of is there: every lead of every page of every shipped case goes somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from reasoner.exchange.page import Bullet, Bullets, Column, Drawing, Heading, Lead, Page, Paragraph, Table
from reasoner.exchange.page_text import elements, page_text
from reasoner.exchange.what_if_page import what_if_page
from reasoner.explanation.changes import Changes, parse_changes
from reasoner.inquiry import Inquiry, open_case
from tests.shipped import CASES
from tui.questions import QUESTIONS, Asking

TOLD = [question for question in QUESTIONS if question.id not in ("what_if", "sources")]
"""The questions whose pages the screen shows, but for the one that needs changes."""


@cache
def opened(case: str) -> Inquiry:
    return open_case(case)


def leads_of(page: Page) -> Iterator[Lead]:
    """Everything that a page leads to."""
    for element in elements(page, 80):
        yield from element.about


def ranked(inquiry: Inquiry, role: str) -> set[str]:
    """The ids of all rows of a ranking."""
    ranking = inquiry.rankings.get(role)
    rows = (*ranking.hypotheses, *ranking.umbrellas) if ranking else ()
    return {row.actor for row in rows}


def missed(page: Page, role: str, *inquiries: Inquiry) -> set[Lead]:
    """The leads of a page that go nowhere in any of these inquiries."""
    return {lead for lead in leads_of(page) if not any(stands(lead, role, inquiry) for inquiry in inquiries)}


def stands(lead: Lead, role: str, inquiry: Inquiry) -> bool:
    """Whether there is what a page of a role leads to."""
    match lead.kind:
        case "fact":
            return lead.name in map(str, inquiry.base.facts)
        case "rule":
            return inquiry.program.rule_named(lead.name) is not None
        case "finding":
            return bool(parse_changes("; ".join(f"assume {fact}" for fact in lead.name.splitlines())))
        case "source" | "origin":
            return lead.name in inquiry.base.sources
        case "actor":
            return lead.name in ranked(inquiry, lead.role or role)


@pytest.mark.parametrize("case", CASES)
def test_every_lead_goes_somewhere(case: str) -> None:
    """To a fact, rule or source of the case, or to a hypothesis of its role; and no page is without any."""
    inquiry = opened(case)
    for role, ranking in inquiry.rankings.items():
        for question in TOLD:
            for actor in [row.actor for row in ranking.hypotheses][: 3 if question.of_actor else 1]:
                page = question.page(Asking(inquiry, role, actor))
                assert set() == missed(page, role, inquiry), (role, actor, question.id)
                if len(ranking.hypotheses) > 1 and len(page.blocks) > 1:
                    assert any(leads_of(page)), (role, actor, question.id)


@pytest.mark.parametrize("case", CASES)
def test_what_is_supposed_leads_on(case: str) -> None:
    """Each change to what it is about, also where that is gone; each hypothesis to its own role."""
    inquiry = opened(case)
    facts = [fact for fact in inquiry.base.facts.values() if fact.basis == "reported"]
    rule = inquiry.why(inquiry.ranking().ahead).lines[0].rule
    report = facts[1].reports[0]
    changes = parse_changes(
        f"retract {facts[0].atom}; rate {facts[1].atom}@{report.source}=F6; source off {report.source}; "
        f"rule off {rule}; assume {facts[2].atom}"
    )
    page = what_if_page(inquiry.what_if(changes))
    points = next(block for block in page.blocks if isinstance(block, Bullets)).points

    assert set() == missed(page, "", inquiry, inquiry.changed(changes))
    assert [
        (Lead("fact", str(facts[2].atom)),),
        (Lead("fact", str(facts[0].atom)),),
        (Lead("fact", str(facts[1].atom)), Lead("source", report.source)),
        (Lead("source", report.source),),
        (Lead("rule", rule),),
    ] == [point.about for point in points]


def test_a_date_leads_nowhere() -> None:
    """What is known by a date is about no one thing."""
    page = what_if_page(opened("kadhimi_2021").what_if(Changes(as_of="2021-11-09")))

    assert page.blocks[1] == Bullets((Bullet(page.blocks[1].points[0].text),))  # type: ignore[union-attr]


@pytest.mark.parametrize("width", [30, 80])
def test_an_element_has_all_its_lines_and_what_they_speak_of(width: int) -> None:
    """At any width, also where a row has become a list; joined, the elements are the text."""
    fact, rule, actor = Lead("fact", "f(a)"), Lead("rule", "means"), Lead("actor", "a")
    page = Page(
        "Title",
        (
            Heading("Heading"),
            Table(
                (Column("A"), Column("B")),
                (("one", "first row " * 8), ("two", "second row " * 8)),
                False,
                ((fact,), (rule,)),
            ),
            Heading("Who", (actor,)),
            Bullets((Bullet("point " * 20, (Bullet("beneath", about=(rule,)),), (fact,)),)),
            Paragraph("No lead."),
            Drawing(("█", "██")),
        ),
    )
    found = list(elements(page, width))

    assert page_text(page, width).split("\n") == [line for element in found for line in element.lines]
    telling = [element for element in found if not element.passing]
    assert [(fact,), (rule,), (actor,), (fact,), (rule,), (), ()] == [element.about for element in telling]
    assert "first row" in " ".join(telling[0].lines) and "second row" in " ".join(telling[1].lines)
    assert len(telling[3].lines) > 1
