"""Probabilities in numbers and words: the bands of ICD 203, always with the band beside the word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import floor

ENDS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95)
_BANDS = (
    "almost no chance (1–5 %)",
    "very unlikely (5–20 %)",
    "unlikely (20–45 %)",
    "roughly even chance (45–55 %)",
    "likely (55–80 %)",
    "very likely (80–95 %)",
    "almost certain (95–99 %)",
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LEAST, MOST = 0.01, 0.99
ROUNDING = 1e-12
LEADS = (0.7, 0.9)
"""Stabilities that a moderate and a high confidence take."""

_ALWAYS = 1e-9


def words(probability: float) -> str:
    """The verbal band with its limits; a band holds its lower end, not its upper, and nothing reads as 0 or 100 %.

    The bands are those of Intelligence Community Directive 203 (2015). A value within 1e-12 below the end of a band
    counts as that end, so that a rounding error in a sum does not change the word.
    """
    if probability < LEAST - ROUNDING:
        return "almost no chance (<1 %)"
    if probability > MOST + ROUNDING:
        return "almost certain (>99 %)"
    return _BANDS[bisect_right(ENDS, probability + ROUNDING)]


def word(probability: float) -> str:
    """The word of the band without its limits, where there is no room for these."""
    return words(probability).partition(" (")[0]


def lead_words(stability: float, name: str, sampled: int = 0) -> str:
    """What a stability says of a hypothesis: it counts a world where several are level in part for each.

    ``sampled`` is how many worlds were drawn, 0 where all were enumerated: a sample cannot speak for every world.
    """
    if stability >= 1 - _ALWAYS and sampled:
        return f"In every one of the {sampled:,} worlds sampled, no other comes before {name}."
    if stability >= 1 - _ALWAYS:
        return f"In every world that the reports leave open, no other comes before {name}."
    share = percent(stability, LEADS).replace("<", "fewer than ").replace(">", "more than ")
    return f"In {share} of the worlds that the reports leave open, no other comes before {name}, ties shared."


def percent(probability: float, ends: Sequence[float] = ENDS) -> str:
    """The probability in whole per cent; ``<1 %`` and ``>99 %`` beyond the bands.

    What is below the end of a band is not rounded up to it: .5463 is ``<55 %``, so that the figure and its word agree.
    """
    if probability < LEAST - ROUNDING:
        return "<1 %"
    if probability > MOST + ROUNDING:
        return ">99 %"
    whole, above = round(100 * probability), bisect_right(ends, probability + ROUNDING)
    if above < len(ends) and whole >= round(100 * ends[above]):
        return f"<{whole} %"
    return f"{whole} %"


def finer_percent(probability: float) -> str:
    """The probability in per cent with one digit more, cut off and not rounded, so that it reaches no end of a band."""
    if probability < LEAST / 10:
        return "<0.1 %"
    if probability > 1 - LEAST / 10:
        return ">99.9 %"
    return f"{floor(1000 * (probability + ROUNDING)) / 10:.1f} %"


def number_word(count: int) -> str:
    """A small number in a word, a larger one in figures: ``no``, ``twelve``, ``1,024``."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
