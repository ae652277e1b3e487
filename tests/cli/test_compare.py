"""`ascribe compare`: its JSON, figures that add up, a reversal that really reverses, and its refusals."""

from __future__ import annotations

import itertools
import re

import pytest

from reasoner.exchange.compare_page import compare_page
from reasoner.exchange.page_text import page_text
from reasoner.explanation.contrast import Contrast
from reasoner.inquiry import open_case
from tests.cli.running import CASES, ascribe, in_json

KADHIMI = ("kadhimi_2021", "iran_backed_groups", "islamic_state")


@pytest.fixture(scope="module")
def contrasts() -> list[Contrast]:
    """Each hypothesis of the shipped cases against the next one down, in every role."""
    found = []
    for case in CASES:
        inquiry = open_case(case)
        for role, ranking in inquiry.rankings.items():
            actors = [row.actor for row in ranking.hypotheses]
            found += [inquiry.compare(*pair, role) for pair in itertools.pairwise(actors)]
    return found


def test_the_json_has_the_fields_that_programs_read() -> None:
    """Both hypotheses, the lines that differ and those shared with the decibans of each, and a summary."""
    found = in_json("compare", *KADHIMI)

    assert found.keys() >= {"first", "second", "differ", "shared", "summary"}
    assert ("iran_backed_groups", "islamic_state") == (found["first"]["actor"], found["second"]["actor"])
    for line in (*found["differ"], *found["shared"]):
        assert line.keys() >= {"rule", "factor", "decibans_first", "decibans_second"}
    assert found["differ"]
    assert found["summary"].count(".") > 2


def test_the_parts_add_up_to_the_gap(contrasts: list[Contrast]) -> None:
    """Lines, start, members and doubt lead from one hypothesis to the other, and lines add up to their factors."""
    for contrast in contrasts:
        first, second = contrast.first.makeup, contrast.second.makeup
        lines = (*contrast.differ, *contrast.shared)
        nets = sum(first.nets.values()) + first.exclusion - sum(second.nets.values()) - second.exclusion
        assert contrast.gap == pytest.approx(first.total - second.total + contrast.doubt)
        assert sum(line.first - line.second for line in lines) == pytest.approx(nets, abs=0.05 * 5)


def test_the_greatest_difference_comes_first(contrasts: list[Contrast]) -> None:
    """Lines that differ come by the size of the difference."""
    for contrast in contrasts:
        sizes = [abs(line.first - line.second) for line in contrast.differ]
        assert sizes == sorted(sizes, reverse=True)


def test_losing_the_lines_that_are_named_turns_it_round(contrasts: list[Contrast]) -> None:
    """With the lines of every set silenced, the ranking worked out anew has the other in front."""
    inquiries = {case: open_case(case) for case in CASES}
    for contrast in contrasts:
        if contrast.reversal is None:
            continue
        ahead, behind = contrast.first, contrast.second
        if contrast.gap < 0:
            ahead, behind = behind, ahead
        for overturn in contrast.reversal.falling.overturns[:3]:
            assessment = inquiries[contrast.case].assessment
            silenced = frozenset[int]().union(*(strand.instances for strand in overturn.changes))
            after = assessment.outlooks_without(silenced=silenced)[contrast.role]
            assert overturn.behind > overturn.ahead
            if "a member not named" not in ahead.name + behind.name:
                assert after.rows[behind.actor] > after.rows[ahead.actor]


def test_asked_the_other_way_round_it_says_the_opposite() -> None:
    """A against B is B against A with every figure turned round, and the same paragraph."""
    inquiry = open_case("kadhimi_2021")
    one, other = inquiry.compare(*KADHIMI[1:]), inquiry.compare(*reversed(KADHIMI[1:]))

    assert one.gap == pytest.approx(-other.gap)
    assert one.summary == other.summary
    assert {(line.rule, line.first, line.second) for line in one.differ} == {
        (line.rule, line.second, line.first) for line in other.differ
    }


def test_a_named_member_is_compared_with_those_not_named() -> None:
    """An umbrella against one of its own members stands for a member not named, without the member's share."""
    inquiry = open_case("ain_al_assad_2023")
    found = inquiry.compare("iran_backed_groups", "kataib_hezbollah")
    alone = {row.actor: row.probability for row in inquiry.ranking().hypotheses}

    assert found.first.probability == pytest.approx(alone["iran_backed_groups"])
    assert found.first.name == "Iran-backed groups in Iraq: a member not named"


def test_level_hypotheses_are_called_level() -> None:
    """Two that start alike and have no line are said to stand alike."""
    found = open_case("kadhimi_2021").compare("other", "nobody", "sponsor")

    assert found.gap == pytest.approx(0)
    assert found.reversal is None
    assert "Nothing puts either" in found.summary


@pytest.mark.parametrize("columns", [40, 80, 110])
def test_the_text_fits_the_terminal(columns: int, contrasts: list[Contrast]) -> None:
    """No line is wider than the terminal."""
    for contrast in contrasts:
        assert max(map(len, page_text(compare_page(contrast), columns).split("\n"))) <= columns


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("iran_backed_groups", "iran_backed_groups"), "cannot be compared with itself"),
        (("Iran-backed groups in Iraq", "iran_backed_groups"), "compare it with one of: islamic_state, other"),
        (("iran_backed_groups", "islamic_stat"), "did you mean `islamic_state`?"),
        (("iran_backed_groups", "israel"), "state considered(israel, kadhimi_2021)"),
        (("iran_backed_groups", "nobody"), "nobody is not a hypothesis"),
        (("iran_backed_groups", "iran", "--role", "sponsr"), "sponsor"),
    ],
)
def test_what_cannot_be_compared_is_said(asked: tuple[str, ...], said: str) -> None:
    """The same twice, an unknown name, somebody who is no hypothesis: exit code 2, and what was meant."""
    done = ascribe("compare", "kadhimi_2021", *asked)

    assert 2 == done.returncode
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_line_that_both_have_names_both(contrasts: list[Contrast]) -> None:
    """Its sentence says it of one side; the other is said to have it likewise, perhaps on other facts."""
    for contrast in contrasts:
        for line in (*contrast.differ, *contrast.shared):
            assert line.both == (line.likewise is not None)
            if line.likewise:
                assert re.fullmatch(r"Likewise .+?(, on other facts)?\.", line.likewise)
