"""Held against clingo: what is true in a world, and whole rankings against brute force."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from reasoner.assessment.bits import Bits, Row, pack
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.result import Method, Settings
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom
from tests.assessment.attributions import random_attribution
from tests.assessment.cases import SCALES, staged
from tests.assessment.reference import reference, worlds
from tests.oracle import stable_worlds
from tests.programs import checked, random_program

WORLDS = 20


def _true_atoms(derivation: Derivation, worlds: list[frozenset[Atom]]) -> list[frozenset[Atom]]:
    """What holds in each world, by propagating rows of bits over all of the derivation."""
    circuit, bits = Circuit.of(derivation), Bits.over(len(worlds))
    facts: dict[int, Row] = {}
    for number in derivation.base.tolist():
        facts[number] = pack(np.array([derivation.atoms[number] in world for world in worlds]))
    rows = circuit.propagate(range(len(circuit.head)), facts, (), bits)
    held = {number: bits.unpack(row) for number, row in rows.items() if number not in circuit.gates}
    return [
        frozenset(derivation.atoms[number] for number, flags in held.items() if flags[world])
        for world in range(len(worlds))
    ]


@pytest.mark.parametrize("chunk", range(20))
def test_what_holds_in_a_world_is_the_stable_model(chunk: int) -> None:
    """Random programs, 20 random worlds each: what is true is what clingo finds true by the unchanged text."""
    for number in range(100):
        rng = Random(f"world {chunk} {number}")
        program = random_program(rng, aggregates=True)
        worlds = [frozenset(program.world(rng)) for _ in range(WORLDS)]
        derivation = ground(checked(program), program.facts)

        expected = stable_worlds(program.text, program.facts, worlds)

        for world, true in zip(_true_atoms(derivation, worlds), expected, strict=True):
            assert true == world, (chunk, number)


@pytest.mark.parametrize("chunk", range(10))
def test_rankings_equal_brute_force(chunk: int) -> None:
    """Hypotheses, umbrellas and fronts of random cases, each to 1e-9."""
    for number in range(40):
        text, base = random_attribution(Random(f"ranking {chunk} {number}"))
        case = staged(text, base, Settings(method="exact"))
        expected = reference(text, case.derivation.program.rules, base, SCALES)

        found = case.assessment.outlooks
        assert set(expected.hypotheses) == set(found), (chunk, number)
        for role, outlook in found.items():
            assert expected.hypotheses[role] == pytest.approx(outlook.actors, abs=1e-9), (chunk, number)
            assert expected.umbrellas[role] == pytest.approx(outlook.umbrellas, abs=1e-9), (chunk, number)
            assert expected.fronts[role] == pytest.approx(outlook.fronts, abs=1e-9), (chunk, number)


@pytest.mark.parametrize("method", ["exact", "sampled"])
def test_every_atom_has_its_probability(method: Method) -> None:
    """Whether or not it reaches a line, one by one and asked together; sampled rankings change nothing here."""
    for number in range(15):
        text, base = random_attribution(Random(f"atom {number}"))
        case = staged(text, base, Settings(method=method))
        weighed = list(worlds(base))
        possible = sorted({atom for _, held in weighed for atom in held}, key=str)
        models = stable_worlds(text, possible, [held for _, held in weighed])
        expected = [
            sum(share for (share, _), model in zip(weighed, models, strict=True) if atom in model)
            for atom in case.derivation.atoms
        ]

        atoms = range(len(expected))
        assert case.assessment.probabilities(atoms) == pytest.approx(expected, abs=1e-9), number
        assert [case.assessment.probability(atom) for atom in atoms] == pytest.approx(expected, abs=1e-9), number
