"""What is worked out anew after a change is what working everything out anew would give."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from reasoner.assessment.bits import Bits, Row, pack
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.revision import revised
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from tests.programs import checked, random_program

WORLDS = 20


def drawn(rng: Random, derivation: Derivation) -> dict[int, Row]:
    """A random row for every fact."""
    return {fact: pack(np.array([rng.random() < 0.6 for _ in range(WORLDS)])) for fact in derivation.base.tolist()}


@pytest.mark.parametrize("chunk", range(5))
def test_a_revision_gives_what_starting_over_gives(chunk: int) -> None:
    """Random programs with recursion, negation and aggregates; some facts changed, some instances silenced."""
    bits = Bits.over(WORLDS)
    for number in range(40):
        rng = Random(f"revision {chunk} {number}")
        program = random_program(rng, aggregates=True)
        derivation = ground(checked(program), program.facts)
        circuit = Circuit.of(derivation)
        instances, atoms = range(len(circuit.head)), frozenset((*range(len(derivation.atoms)), *circuit.gates))
        before, other = drawn(rng, derivation), drawn(rng, derivation)
        after = {fact: row if rng.random() < 0.6 else other[fact] for fact, row in before.items()}
        silenced = frozenset(instance for instance in instances if rng.random() < 0.15)
        rows = circuit.propagate(instances, before, (), bits)
        circuit.decide_gates(atoms, rows, bits)
        expected = circuit.propagate(instances, after, silenced, bits)
        circuit.decide_gates(atoms, expected, bits)

        changed = [fact for fact in before if not bits.same(before[fact], after[fact])]
        found = revised(circuit, rows, after, changed, dict.fromkeys(silenced, bits.empty), silenced, atoms, bits)

        for atom in atoms:
            same = bits.same(found.get(atom, bits.empty), expected.get(atom, bits.empty))
            assert same, (chunk, number, atom)
