"""The sentence under a ranking says who is in front, all of them, and no more than the worlds tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reasoner.exchange.ranking_text import verdict_words
from tests.assessment.test_ranking import case_of, members

BELOW = "insufficient evidence. The likeliest of those listed"
LEVEL = "level as far as can be told"


@pytest.mark.parametrize(
    ("weights", "ties", "said"),
    [
        pytest.param({"a": 30, "b": 5}, (), "a.", id="named"),
        pytest.param(
            {"a": 18, "b": 16}, (), "insufficient evidence. The likeliest is a, but not clearly enough to be named."
        ),
        pytest.param({"a": 8, "b": 6}, (), f"{BELOW} is a, below “someone not on the list”.", id="below"),
        pytest.param(
            {"a": 18, "b": 18, "c": 5},
            (),
            f"insufficient evidence. The likeliest are a and b, {LEVEL}: neither can be named.",
            id="two level",
        ),
        pytest.param(
            dict.fromkeys("abcde", 18),
            (),
            f"insufficient evidence. The likeliest are a, b, c, d and e, {LEVEL}: none can be named.",
            id="five level",
        ),
        pytest.param(
            dict.fromkeys("abcdef", 18),
            (),
            f"insufficient evidence. The likeliest are a, b, c, d and two more, {LEVEL}: none can be named.",
            id="more than are named",
        ),
        pytest.param(
            {"a": 5, "b": 5},
            (),
            f"{BELOW} are a and b, {LEVEL}, below “someone not on the list”.",
            id="level below the unlisted",
        ),
        pytest.param(
            {"a": 10, "b": 0},
            (),
            f"insufficient evidence. The likeliest are a and “someone not on the list”, {LEVEL}: neither can be named.",
            id="level with the unlisted",
        ),
        pytest.param(
            dict.fromkeys("abcd", 5),
            (*members("a", "b"), *members("c", "d", of="v")),
            f"{BELOW} are u and v, {LEVEL}, below “someone not on the list”.",
            id="groups level",
        ),
    ],
)
def test_the_verdict_says_everybody_in_front(weights: dict[str, int], ties: tuple[str, ...], said: str) -> None:
    """Whoever is level with the one in front is said with it; nobody is put first by the order of ids."""
    case = case_of(weights, ties)

    assert verdict_words(case.assessment.standings["perpetrator"], case.base) == said


def test_an_owner_named_with_its_fronts_has_the_figure_of_all_of_them() -> None:
    """Named on 48 % it would puzzle: what passes is the owner with those who front for it, and that figure is said."""
    ties = ("front_for(f, a)", "front_for(g, a)")
    case = case_of({"a": 11, "f": 9, "g": 8}, ties)
    ranking = case.assessment.standings["perpetrator"]
    together = sum(row.probability for row in ranking.hypotheses if row.actor in "afg")

    assert ranking.leader == "a" and ranking.with_fronts == pytest.approx(together)
    assert verdict_words(ranking, case.base) == ("a, together with the names it may use: 73 %, likely (55–80 %).")


def test_a_verdict_that_the_worlds_do_not_settle_says_so() -> None:
    """After the verdict itself."""
    case = case_of({"a": 30, "b": 5})
    near = replace(case.assessment.standings["perpetrator"], settled=False)

    assert verdict_words(near, case.base) == (
        "a. That is so near the line that other sampled worlds may tell otherwise."
    )
