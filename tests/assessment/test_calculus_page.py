"""docs/calculus.md says what is computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.assessment.draws import key, raw_numbers
from tests.assessment.cases import stage
from tests.assessment.test_by_hand import B2, C3, RULES

PAGE = Path(__file__).parents[2] / "docs" / "calculus.md"


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").split())


def test_the_example_s_figures_are_those_computed(page: str) -> None:
    """Worlds, posteriors, probabilities and parts of the example by hand stand on the page as they come out."""
    certain = ["considered(a, i)", "considered(b, i)", "seen(b, i)"]
    case = stage(RULES, certain, {"had_means(a, i)": B2, "had_motive(a, i)": C3})
    parts = case.assessment.contribution("perpetrator", "a")
    weights = case.assessment.drawn.weights
    assert weights is not None

    four_digits = [*weights, *case.assessment.outlooks["perpetrator"].chances("a"), *case.hypotheses().values()]
    four_digits += [B2, C3, *(line.without_it for line in parts.lines)]
    for figure in four_digits:
        assert f"{figure:.4f}".removeprefix("0") in page
    for decibans in (parts.field, parts.doubt, *(factor.decibans for factor in parts.factors)):
        assert f"{decibans:+.2f}".replace("-", "−") in page


def test_the_keyed_numbers_are_those_drawn(page: str) -> None:
    """Key, first number, rank and place of the fact on the page."""
    name = "had_means(a, i)"
    raw = raw_numbers(0, name, 1_025)[0].tolist()
    rank, offset = sum(number < raw[0] for number in raw[:1_024]), raw[1_024] / 2**64

    for figure in (key(0, 0, name), raw[0], f"rank {rank}", f"v is {offset:.5f}".replace("0.", ".")):
        assert str(figure) in page
    assert f"u is {(rank + offset) / 1_024:.5f}".replace("0.", ".") in page
