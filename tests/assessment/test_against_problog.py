"""Held against ProbLog: the probability of every atom of random uncertain programs, enumerated and sampled.

The programs have negation, recursion, comparisons, arithmetic and functional rivals. What ProbLog can't say, or not in
time, clingo says by every single world.
"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from reasoner.assessment.assess import assess
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.result import Settings
from reasoner.assessment.worlds import Footing, Values
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from tests.exact_oracle import exact
from tests.programs import checked
from tests.uncertain import Uncertain, random_uncertain

CHUNKS = 30
PROGRAMS = 10
"""In each chunk: 300 in all."""


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_atom_has_the_probability_of_the_oracle(chunk: int) -> None:
    """What is enumerated to 1e-9; what is sampled within five of the standard errors that are stated for it."""
    for number in range(chunk * PROGRAMS, (chunk + 1) * PROGRAMS):
        case, derivation = _case(number)
        expected = exact(case.program.text, case.program.rules, case.expected).atoms
        assert set(expected) <= set(derivation.atoms), number
        wanted = [expected.get(atom, 0.0) for atom in derivation.atoms]

        shares, errors = _sampled(case, derivation)

        assert wanted == pytest.approx(_enumerated(case, derivation), abs=1e-9), number
        assert (np.abs(shares - wanted) <= 5 * errors).all(), number


def test_sampling_errs_as_much_as_it_says() -> None:
    """A chi-squared test over all programs, one atom of each: of those that are left to chance the nearest to one half.

    Errors come from 16 blocks, so their squares in units of the stated one follow F(1, 15): mean 15/13, variance 3.39.
    """
    squares = []
    for number in range(CHUNKS * PROGRAMS):
        case, derivation = _case(number)
        wanted = _enumerated(case, derivation)
        shares, errors = _sampled(case, derivation)
        chancy = np.flatnonzero(errors > errors.min())
        if chancy.size:
            chosen = min(chancy.tolist(), key=lambda atom: abs(wanted[atom] - 0.5))
            squares.append(((shares[chosen] - wanted[chosen]) / errors[chosen]) ** 2)

    assert len(squares) > 200
    assert np.mean(squares) == pytest.approx(15 / 13, abs=3 * (3.39 / len(squares)) ** 0.5)


def _case(number: int) -> tuple[Uncertain, Derivation]:
    case = random_uncertain(Random(f"problog {number}"))
    possible = [atom for atom, fact in case.base.facts.items() if fact.credence > 0]
    return case, ground(checked(case.program), possible)


def _enumerated(case: Uncertain, derivation: Derivation) -> tuple[float, ...]:
    return assess(case.base, derivation).probabilities(range(len(derivation.atoms)))


def _sampled(case: Uncertain, derivation: Derivation) -> tuple[Values, Values]:
    """Each atom's share of 16,384 sampled worlds, and its standard error."""
    footing = Footing.of(case.base, derivation, Circuit.of(derivation))
    atoms = range(len(derivation.atoms))
    worlds = footing.worlds(footing.scope(atoms), Settings(), limit=0)
    held = np.array([worlds.bits.unpack(worlds.row(atom)) for atom in atoms], dtype=np.float64)
    return worlds.mean(held), worlds.standard_error(held)
