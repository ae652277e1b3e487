"""Decibans, ten times the decimal logarithm of odds or of a ratio: worked out, and put into words in one of two ways.

Beside a line stands its weight with its unit, whole where it is large; in a sum stand figures to one decimal, so that
a reader can add them up.
"""

from __future__ import annotations

from math import log10

_SMALLEST = 1e-15
LEAST_SHOWN = 0.05
"""Decibans that are seen at all, to one decimal."""


def log_odds(chance: float) -> float:
    """The log-odds of a probability in decibans, bounded where it is next to 0 or 1."""
    bounded = min(max(chance, _SMALLEST), 1 - _SMALLEST)
    return 10 * log10(bounded / (1 - bounded))


def ratio(first: float, second: float) -> float:
    """How many times as probable the first is as the second, in decibans, bounded where one is next to 0."""
    return 10 * log10(max(first, _SMALLEST) / max(second, _SMALLEST))


def signed(decibans: float) -> str:
    """Beside a line: with sign and unit, whole where they are large: ``+9 dB``, ``−0.4 dB``, ``0 dB``."""
    shown = f"{abs(decibans):.0f}" if abs(decibans) >= 9.95 else f"{abs(decibans):.1f}".removesuffix(".0")
    return "0 dB" if float(shown) == 0 else f"{_sign(decibans)}{shown} dB"


def summed(decibans: float) -> str:
    """In a sum: with a sign, to one decimal: ``+13.5``, ``−0.4``, ``0``."""
    shown = f"{abs(decibans):.1f}".removesuffix(".0")
    return "0" if float(shown) == 0 else f"{_sign(decibans)}{shown}"


def _sign(decibans: float) -> str:
    return "+" if decibans > 0 else "−"
