"""Held against ProbLog: the probability of every atom of random uncertain programs, enumerated and sampled.

The programs have negation, recursion, comparisons, arithmetic and functional rivals, every fourth one aggregates. What
ProbLog can't say (those), or not in time, clingo says by every single world. ``benchmarks/oracles.py`` does the same
with other programs, and more of them.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from reasoner.assessment.assess import SMALL, assess
from reasoner.assessment.worlds import Footing
from reasoner.grounding.fixpoint import ground
from reasoner.inquiry import open_case
from reasoner.language.strata import components
from reasoner.terms import Aggregate
from tests.probabilities import SQUARES, compared, square
from tests.problog_oracle import model, probabilities
from tests.uncertain import Uncertain, random_uncertain

CHUNKS = 30
PROGRAMS = 10
"""In each chunk: 300 in all."""

ASKED = ("supports", "opposes", "candidate")


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


@pytest.mark.parametrize("case", ["kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023"])
def test_lines_of_shipped_cases_have_the_probability_of_problog(case: str) -> None:
    """Every line and candidacy under the shipped rules, but for those with aggregates; sampled ones as above."""
    inquiry = open_case(case)
    rules = tuple(rule for rule in inquiry.program.rules if not any(isinstance(e, Aggregate) for e in rule.body))
    program = replace(inquiry.program, rules=rules, components=components(rules))
    expected = probabilities(model(rules, inquiry.base, ASKED))
    derivation = ground(program, [atom for atom, fact in inquiry.base.facts.items() if fact.credence > 0])
    assessment = assess(inquiry.base, derivation)
    footing, drawn = Footing.of(inquiry.base, derivation, assessment.circuit), assessment.drawn
    known = [number for number, atom in enumerate(derivation.atoms) if atom.predicate in ASKED]
    asked = [number for number in known if number in drawn.atoms]

    assert set(expected) <= {derivation.atoms[number] for number in known}
    assert len(asked) > 20
    for number, found in zip(asked, assessment.probabilities(asked), strict=True):
        few = footing.scope([number]).count <= SMALL
        held = drawn.bits.unpack(drawn.row(number)).astype(np.float64)
        off = abs(found - expected.get(derivation.atoms[number], 0.0))
        assert off <= (1e-9 if few else 5 * float(drawn.standard_error(held))), derivation.atoms[number]


def test_sampling_errs_as_much_as_it_says() -> None:
    """A chi-squared test over all programs, by one atom of each: errors are neither under- nor overstated."""
    found = [square(case) for chunk in range(CHUNKS) for case in _programs(chunk)]
    squares = [value for value in found if value is not None]

    mean, variance = SQUARES
    assert len(squares) > 200
    assert np.mean(squares) == pytest.approx(mean, abs=3 * (variance / len(squares)) ** 0.5)
