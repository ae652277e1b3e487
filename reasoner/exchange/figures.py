"""Probabilities as numbers for programs: rounded, but never to more certainty than there is."""

from __future__ import annotations

DIGITS = 6
"""Decimals of a probability in JSON and CSV."""

_MOST_DIGITS = 17


def figure(probability: float) -> float:
    """A probability to 6 decimals, or to as many as it takes to tell it from 0 or 1 where it is neither."""
    for digits in range(DIGITS, _MOST_DIGITS):
        shown = round(probability, digits)
        if 0.0 < shown < 1.0:
            return shown
    return probability
