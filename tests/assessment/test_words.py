"""Probabilities as an analyst reads them."""

import re

import pytest

from reasoner.assessment.words import finer_percent, lead_words, percent, words


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.0, "almost no chance (<1 %)"),
        (0.0099, "almost no chance (<1 %)"),
        (0.01, "almost no chance (1–5 %)"),
        (0.0499, "almost no chance (1–5 %)"),
        (0.05, "very unlikely (5–20 %)"),
        (0.2, "unlikely (20–45 %)"),
        (0.45, "roughly even chance (45–55 %)"),
        (0.5499, "roughly even chance (45–55 %)"),
        (0.1 + 0.45, "likely (55–80 %)"),
        (0.78, "likely (55–80 %)"),
        (0.8, "very likely (80–95 %)"),
        (0.95, "almost certain (95–99 %)"),
        (0.99, "almost certain (95–99 %)"),
        (0.991, "almost certain (>99 %)"),
        (1.0, "almost certain (>99 %)"),
    ],
)
def test_every_probability_has_its_word_and_band(probability: float, expected: str) -> None:
    """A band holds its lower end, not its upper; beyond the bands it is never 0 or 100 %."""
    assert words(probability) == expected


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.0, "<1 %"),
        (0.004, "<1 %"),
        (0.01, "1 %"),
        (0.4257, "43 %"),
        (0.99, "99 %"),
        (0.9999, ">99 %"),
        (1.0, ">99 %"),
        (0.5463, "<55 %"),
        (0.544, "54 %"),
        (0.79886, "<80 %"),
        (0.1992, "<20 %"),
        (0.4478, "<45 %"),
        (0.0478, "<5 %"),
        (0.9478, "<95 %"),
        (0.1 + 0.45, "55 %"),
        (0.5549, "55 %"),
        (0.9849, "98 %"),
    ],
)
def test_percentages_never_say_impossible_or_certain(probability: float, expected: str) -> None:
    """Whole per cent in between, less or more than one and ninety-nine at the ends; never past the end of a band."""
    assert percent(probability) == expected


def test_a_figure_lies_in_the_band_that_is_named_beside_it() -> None:
    """Whatever the rounding: whole per cent of one band are never said with the word of another."""
    for tenths in range(100, 9_901):
        shown, said = percent(tenths / 10_000), words(tenths / 10_000)
        low, high = map(int, re.findall(r"\d+", said))
        below, whole = shown.startswith("<"), int(re.findall(r"\d+", shown)[0])
        assert whole == high if below else low <= whole < high or whole == 99, (tenths, shown, said)


def test_a_stability_is_not_rounded_up_to_what_confidence_takes() -> None:
    """90 % would be high."""
    assert "In fewer than 90 % of the worlds" in lead_words(0.8996, "A")
    assert "In 80 % of the worlds" in lead_words(0.7989, "A")


def test_a_sample_never_speaks_for_every_world() -> None:
    """Where all worlds were enumerated, it may be said of every one; where they were drawn, of those drawn only."""
    assert lead_words(1.0, "A") == "In every world that the reports leave open, no other comes before A."
    assert lead_words(1.0, "A", 16_384) == "In every one of the 16,384 worlds sampled, no other comes before A."
    assert lead_words(0.8, "A", 16_384) == lead_words(0.8, "A")


@pytest.mark.parametrize(
    ("probability", "expected"),
    [(0.0004, "<0.1 %"), (0.57, "57.0 %"), (0.54996, "54.9 %"), (0.99996, ">99.9 %")],
)
def test_a_digit_more_never_says_impossible_or_certain_either(probability: float, expected: str) -> None:
    """Nor does it carry a probability to the end of a band that it is below."""
    assert finer_percent(probability) == expected
