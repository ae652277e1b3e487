"""What a score means: right, rejected, unnamed, Brier and logarithmic score, each worked by hand."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.scoring.measures import LEAST, Forecast, baseline, mean, measured
from reasoner.scoring.truth import Accepted

NONE: dict[str, frozenset[str]] = {}


def forecast(leading: str, chances: dict[str, float], counting: dict[str, frozenset[str]] = NONE) -> Forecast:
    return Forecast((leading,), True, chances, counting)


def test_a_right_forecast_by_hand() -> None:
    """70 % on the accepted one, 20 and 10 % elsewhere: Brier .3² + .2² + .1² = .14, and −log₂ .7 bits."""
    found = measured(forecast("a", {"a": 0.7, "b": 0.2, "other": 0.1}), Accepted(accept=["a"], reject=["b"]))

    assert (1.0, 0.0, 0.0) == (found.right, found.rejected_led, found.abstained)
    assert found.brier == pytest.approx(0.14)
    assert found.log == pytest.approx(-log2(0.7))


def test_accepted_ones_are_pooled() -> None:
    """Where two are accepted, what they have together counts, however it is split between them."""
    split = measured(forecast("a", {"a": 0.4, "b": 0.4, "other": 0.2}), Accepted(accept=["a", "b"]))
    whole = measured(forecast("a", {"a": 0.8, "b": 0.0, "other": 0.2}), Accepted(accept=["a", "b"]))

    assert split.brier == pytest.approx(whole.brier)
    assert split.log == pytest.approx(whole.log)


def test_an_umbrella_is_right_if_a_member_is_and_a_front_if_its_owner_is() -> None:
    """Naming the group of a guilty member, or the name that a guilty owner used, counts as right."""
    counting = {"umbrella": frozenset({"member"}), "front": frozenset({"owner"})}
    chances = {"umbrella": 0.5, "front": 0.3, "other": 0.2}

    assert 1.0 == measured(forecast("umbrella", chances, counting), Accepted(accept=["member"])).right
    assert 1.0 == measured(forecast("front", chances, counting), Accepted(accept=["owner"])).right
    assert 0.0 == measured(forecast("front", chances, counting), Accepted(accept=["member"])).right


def test_those_level_in_front_count_in_part() -> None:
    """A baseline that cannot choose between a right and a rejected one is right half of the time."""
    level = baseline({"a": 3.0, "b": 3.0}, forecast("a", {"a": 0.5, "b": 0.3, "other": 0.2}))
    found = measured(level, Accepted(accept=["a"], reject=["b"]))

    assert (0.5, 0.5) == (found.right, found.rejected_led)


def test_a_baseline_without_weights_draws_lots() -> None:
    """Where nobody is mentioned, everybody listed is as likely; someone not on the list never is."""
    found = baseline({}, forecast("a", {"a": 0.5, "b": 0.3, "other": 0.2}))

    assert {"a": 0.5, "b": 0.5} == found.probabilities


def test_unknown_means_someone_not_on_the_list() -> None:
    """A truth file may write `unknown` where the ranking has `other`."""
    assert ["other"] == Accepted(accept=["unknown"]).accept


@given(st.lists(st.floats(0.001, 1.0), min_size=2, max_size=6))
def test_scores_keep_their_ranges(weights: list[float]) -> None:
    """The Brier score lies between 0 and 2, the logarithmic one between 0 and 20 bits."""
    chances = {f"h{number}": weight / sum(weights) for number, weight in enumerate(weights)}
    found = measured(forecast("h0", chances), Accepted(accept=["h1"]))

    assert 0 <= found.brier <= 2
    assert 0 <= found.log <= -log2(LEAST)


def test_the_mean_is_by_measure() -> None:
    """Averages are taken measure by measure."""
    one = measured(forecast("a", {"a": 1.0}), Accepted(accept=["a"]))
    none = measured(forecast("b", {"a": 0.5, "b": 0.5}), Accepted(accept=["a"], reject=["b"]))
    found = mean([one, none])

    assert (0.5, 0.5, 0.75) == (found.right, found.rejected_led, found.accepted)
