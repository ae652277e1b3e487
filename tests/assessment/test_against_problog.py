"""Held against ProbLog: the probability of every atom of random uncertain programs, enumerated and sampled.

The programs have negation, recursion, comparisons, arithmetic and functional rivals, every fourth one aggregates. What
ProbLog can't say (those), or not in time, clingo says by every single world. ``benchmarks/oracles.py`` does the same
with other programs, and more of them.
"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from tests.probabilities import SQUARES, compared, square
from tests.uncertain import Uncertain, random_uncertain

CHUNKS = 30
PROGRAMS = 10
"""In each chunk: 300 in all."""


def _programs(chunk: int) -> list[Uncertain]:
    numbers = range(chunk * PROGRAMS, (chunk + 1) * PROGRAMS)
    return [random_uncertain(Random(f"problog {number}"), aggregates=number % 4 == 3) for number in numbers]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_atom_has_the_probability_of_the_oracle(chunk: int) -> None:
    """What is enumerated to 1e-9; what is sampled within five of the standard errors that are stated for it."""
    for number, case in enumerate(_programs(chunk)):
        comparison = compared(case)

        assert comparison.gap <= 1e-9, (chunk, number)
        assert comparison.sigmas <= 5, (chunk, number)


def test_sampling_errs_as_much_as_it_says() -> None:
    """A chi-squared test over all programs, by one atom of each: errors are neither under- nor overstated."""
    found = [square(case) for chunk in range(CHUNKS) for case in _programs(chunk)]
    squares = [value for value in found if value is not None]

    mean, variance = SQUARES
    assert len(squares) > 200
    assert np.mean(squares) == pytest.approx(mean, abs=3 * (variance / len(squares)) ** 0.5)
