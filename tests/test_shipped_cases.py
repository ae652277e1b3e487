"""Every shipped case is whole: it loads, names everything, dates every report, and explains every hypothesis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest
from click.testing import CliRunner

from reasoner.cli import cli
from reasoner.evidence.base import Fact
from reasoner.inquiry import Inquiry, open_case
from tests.shipped import CASES, HOME

STATEMENTS = {"claimed": 0, "admitted": 0, "denied": 0, "blamed": 1, "judged": 1, "testified": 1, "cleared": 1}
"""Statements about who did it, each with the position of the actor that it is about."""

TIMELESS = {"gazetteer"}
"""Sources without a date: what they say was always known."""


@cache
def opened(case: str) -> Inquiry:
    return open_case(case)


def own_facts(case: str) -> Iterator[Fact]:
    """What the case's own file states, alone or beside others."""
    yield from (fact for fact in opened(case).base.facts.values() if fact.case == case)


def test_check_finds_nothing() -> None:
    """`ascribe check` has no error and no warning for any file that is shipped."""
    done = CliRunner().invoke(cli, ["check"])

    assert 0 == done.exit_code
    assert re.fullmatch(r"No problems in \d+ files\.\n", done.output)


@pytest.mark.parametrize("case", CASES)
def test_everything_that_a_case_names_has_a_name(case: str) -> None:
    """Whatever stands in a fact of the case reads as words: it has a display name, or is a word itself."""
    names = opened(case).base.names
    nameless = {
        argument
        for fact in own_facts(case)
        for argument in fact.atom.arguments
        if fact.atom.predicate != "is_a" and isinstance(argument, str) and "_" in names.get(argument, argument)
    }

    assert set() == nameless


@pytest.mark.parametrize("case", CASES)
def test_every_report_has_a_source_and_a_date(case: str) -> None:
    """Every report says who made it, in what words, and on what day it became known."""
    sources = opened(case).base.sources
    for fact in own_facts(case):
        assert fact.reports or fact.source in sources or fact.basis == "declared", fact.atom
        for report in fact.reports:
            assert report.source in sources
            assert report.says, (fact.atom, report.source)
            assert report.date or report.source in TIMELESS, (fact.atom, report.source)


@pytest.mark.parametrize("case", CASES)
def test_everybody_considered_or_spoken_of_is_a_hypothesis(case: str) -> None:
    """Whoever is on the list, and whoever a statement lays the incident to, is ranked or stands in another role."""
    inquiry = opened(case)
    ranked = {(role, row.actor) for role, ranking in inquiry.rankings.items() for row in ranking.hypotheses}
    listed = {
        str(fact.atom.arguments[0])
        for fact in own_facts(case)
        if fact.atom.predicate == "considered" and fact.atom.arguments[1] == case
    }
    spoken_of = {
        str(fact.atom.arguments[STATEMENTS[fact.atom.predicate]])
        for fact in own_facts(case)
        if fact.atom.predicate in STATEMENTS and case in fact.atom.arguments
    }

    assert len(listed) >= 2
    assert set() == {actor for actor in listed if ("perpetrator", actor) not in ranked}
    assert set() == spoken_of - {actor for _, actor in ranked}


@pytest.mark.parametrize("case", CASES)
def test_every_hypothesis_has_a_chain(case: str) -> None:
    """The chain of each hypothesis of each role can be built, and of whoever is listed says why it is looked at."""
    inquiry = opened(case)
    for role, ranking in inquiry.rankings.items():
        for row in ranking.hypotheses:
            chain = inquiry.why(row.actor, role)
            assert row.actor in ("other", "nobody") or chain.listing, (role, row.actor)


@pytest.mark.parametrize("case", CASES)
def test_no_report_is_later_than_the_file_says(case: str) -> None:
    """What a case's own file reports was public within three weeks of the incident: no case knows how it ended."""
    base = opened(case).base
    assert base.case.occurred is not None
    happened = base.case.occurred.instant
    for fact in own_facts(case):
        for report in fact.reports:
            assert report.date is None or (report.date.instant - happened).days <= 21, (fact.atom, report.source)


@pytest.mark.parametrize("case", CASES)
def test_the_page_about_the_cases_has_each_of_them(case: str) -> None:
    """docs/cases.md has a section for every shipped case, by id and title."""
    page = (HOME / "docs" / "cases.md").read_text("utf-8")

    assert re.search(rf"^## `{case}`", page, re.M)
    assert f"**{opened(case).base.case.title}**" in page


# --- Madrid, day by day ---------------------------------------------------------------------------------------------

EXPLOSIVE = "matches(explosive_of_the_bombs, eta)"
KNOWN = {
    "2004-03-10": {"owns_up(eta)": False, "blamed(spanish_government, eta, perpetrator, madrid_2004)": False},
    "2004-03-11T12:00": {"recovered(madrid_2004, detonators_at_alcala)": False, EXPLOSIVE: False},
    "2004-03-11": {"recovered(madrid_2004, detonators_at_alcala)": True, EXPLOSIVE: True},
    "2004-03-12": {"inconsistent_with(explosive_of_the_bombs, eta)": True, EXPLOSIVE: False},
    "2004-03-13": {"inconsistent_with(explosive_of_the_bombs, eta)": True, EXPLOSIVE: False},
}


@pytest.mark.parametrize("day", KNOWN)
def test_madrid_reads_only_what_was_known(day: str) -> None:
    """As of a day after the bombs, nothing reported later is read, and what was withdrawn later still stands."""
    inquiry = open_case("madrid_2004", as_of=day)
    facts = {str(atom): fact for atom, fact in inquiry.base.facts.items()}

    end = datetime.fromisoformat(day if "T" in day else f"{day}T23:59:59").replace(tzinfo=UTC)
    dates = [report.date.instant for fact in facts.values() for report in fact.reports if report.date]
    assert max(dates) <= end.replace(microsecond=999_999)
    for atom, known in KNOWN[day].items():
        assert known == (atom in facts and facts[atom].credence > 0), atom
