"""What an answer is worth keeps the laws of probability."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.assessment.information import Prospect, divergence, entropy, prospect
from reasoner.assessment.worlds import Values

WEIGHTS = st.lists(st.floats(0.001, 1.0), min_size=3, max_size=3)
SHARES = st.floats(0.01, 0.95)


def ranking(weights: list[float]) -> Values:
    """Weights as probabilities."""
    values = np.array(weights)
    return np.asarray(values / values.sum())


@st.composite
def prospects(draw: st.DrawFn) -> Prospect:
    """A ranking of three hypotheses and one to four findings."""
    after = draw(st.lists(WEIGHTS, min_size=1, max_size=4))
    found = draw(st.lists(SHARES, min_size=len(after), max_size=len(after)))
    return prospect(ranking(draw(WEIGHTS)), list(map(ranking, after)), found)


@given(prospects())
def test_what_is_expected_of_the_answer_is_the_ranking_as_it_is(asked: Prospect) -> None:
    """The law of total probability: rankings after every answer, weighted by its chance, give the ranking before."""
    expected = sum(chance * each for chance, each in zip(asked.chances, asked.after, strict=True))
    assert asked.before == pytest.approx(expected + asked.rest * asked.otherwise)
    assert asked.otherwise.sum() == pytest.approx(1.0)


@given(prospects())
def test_an_answer_never_costs_and_never_tells_more_than_there_is(asked: Prospect) -> None:
    """Bits are 0 or more, and at most the entropy of the ranking."""
    assert 0.0 <= asked.bits <= entropy(asked.before) + 1e-9


@given(prospects(), SHARES)
def test_something_is_found_no_more_often_than_things_come_to_light(asked: Prospect, _share: float) -> None:
    """Every answer has a chance above 0, and together they leave one for none."""
    assert all(0 < chance < 1 for chance in asked.chances)
    assert 0 < asked.rest < 1


@given(WEIGHTS, SHARES)
def test_an_answer_that_changes_nothing_is_worth_nothing(weights: list[float], share: float) -> None:
    """A finding as likely under each hypothesis tells nothing."""
    before = ranking(weights)
    assert prospect(before, [before], [share]).bits == pytest.approx(0.0, abs=1e-9)


def test_by_hand() -> None:
    """Two hypotheses at one half, a finding three times as likely under the first, found in half of its cases.

    P(found) = .5 · .5 + .5 · .1667 = .3333; after it .75; else (.5 − .25) / .6667 = .375.
    """
    asked = prospect(np.array([0.5, 0.5]), [np.array([0.75, 0.25])], [0.5])

    assert asked.chances == pytest.approx((1 / 3,))
    assert asked.otherwise == pytest.approx([0.375, 0.625])
    assert asked.bits == pytest.approx(1 - (0.811278 / 3 + 0.954434 * 2 / 3), abs=1e-5)


def test_findings_that_exclude_each_other_share_what_comes_to_light() -> None:
    """Two findings, each sure to be found under its own hypothesis, leave room for both under each."""
    asked = prospect(np.array([0.5, 0.5]), [np.array([0.75, 0.25]), np.array([0.25, 0.75])], [0.9, 0.9])

    for hypothesis in (0, 1):
        found = sum(chance * after[hypothesis] / 0.5 for chance, after in zip(asked.chances, asked.after, strict=True))
        assert found == pytest.approx(0.9)


def test_divergence_of_a_ranking_from_itself_is_nil() -> None:
    """And something impossible before stays out of the sum."""
    before = np.array([0.3, 0.7, 0.0])
    assert divergence(before, before) == 0.0
