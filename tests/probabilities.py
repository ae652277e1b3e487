"""Ours beside the oracle's: the probabilities of all atoms of a random uncertain program, enumerated and sampled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reasoner.assessment.assess import assess
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.result import Settings
from reasoner.assessment.worlds import EXACT, Footing, Values
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from tests.exact_oracle import exact
from tests.programs import checked
from tests.uncertain import Uncertain

SQUARES = (15 / 13, 3.39)
"""Mean and variance of a squared error in units of the one stated, which comes from 16 blocks: those of F(1, 15)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far a program's atoms are from the oracle: at most ``gap`` enumerated, ``sigmas`` stated errors sampled.

    ``square`` is the squared distance, in stated errors, of the one atom that stands for the program in a chi-squared
    test; None where sampling leaves nothing to chance.
    """

    oracle: str
    atoms: int
    gap: float
    sigmas: float
    square: float | None


def compared(case: Uncertain) -> Comparison:
    """The program's atoms beside the oracle's."""
    derivation = derived(case)
    expected = exact(case.program.text, case.program.rules, case.expected)
    wanted = np.array([expected.atoms.get(atom, 0.0) for atom in derivation.atoms])
    underivable = sum(expected.atoms[atom] for atom in set(expected.atoms) - set(derivation.atoms))
    gaps = np.abs(np.array(enumerated(case, derivation)) - wanted)
    shares, errors = sampled(case, derivation)
    return Comparison(
        oracle=expected.oracle,
        atoms=len(wanted),
        gap=float(gaps[_enumerable(case, derivation)].max(initial=underivable)),
        sigmas=float((np.abs(shares - wanted) / errors).max(initial=0.0)),
        square=_square(wanted, shares, errors),
    )


def square(case: Uncertain) -> float | None:
    """The same square, taking the enumerated probabilities for the true ones."""
    derivation = derived(case)
    return _square(np.array(enumerated(case, derivation)), *sampled(case, derivation))


def derived(case: Uncertain) -> Derivation:
    """The program, grounded over whatever may hold."""
    return ground(checked(case.program), [atom for atom, fact in case.base.facts.items() if fact.credence > 0])


def enumerated(case: Uncertain, derivation: Derivation) -> tuple[float, ...]:
    """The probability of every atom of the derivation, in its order."""
    return assess(case.base, derivation).probabilities(range(len(derivation.atoms)))


def _enumerable(case: Uncertain, derivation: Derivation) -> list[int]:
    """The atoms that depend on few enough draws; the others are sampled even if asked for one by one."""
    footing = _footing(case, derivation)
    return [atom for atom in range(len(derivation.atoms)) if footing.scope([atom]).count <= EXACT]


def sampled(case: Uncertain, derivation: Derivation) -> tuple[Values, Values]:
    """Each atom's share of 16,384 sampled worlds, and its standard error."""
    footing = _footing(case, derivation)
    atoms = range(len(derivation.atoms))
    worlds = footing.worlds(footing.scope(atoms), Settings(), limit=0)
    held = np.array([worlds.bits.unpack(worlds.row(atom)) for atom in atoms], dtype=np.float64)
    return worlds.mean(held), worlds.standard_error(held)


def _footing(case: Uncertain, derivation: Derivation) -> Footing:
    return Footing.of(case.base, derivation, Circuit.of(derivation))


def _square(wanted: Values, shares: Values, errors: Values) -> float | None:
    """Of the atoms whose error is above the least that is stated, the one nearest to one half."""
    chancy = np.flatnonzero(errors > errors.min(initial=1.0)).tolist()
    if not chancy:
        return None
    chosen = min(chancy, key=lambda atom: abs(wanted[atom] - 0.5))
    return float(((shares[chosen] - wanted[chosen]) / errors[chosen]) ** 2)
