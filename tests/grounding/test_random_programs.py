"""2,000 random programs against clingo: the same instances, and the same truths in 20 random worlds of each."""

from __future__ import annotations

from random import Random
from time import monotonic

import pytest
from hypothesis import given, settings

from reasoner.grounding.fixpoint import ground
from tests import oracle, programs, worlds
from tests.grounding.graphs import distinct_bindings
from tests.programs import RandomProgram

CHUNKS = 20
PER_CHUNK = 100
WORLDS = 20
SLOWEST_SECONDS = 1.0


def check(random: RandomProgram, rng: Random) -> None:
    """Ground a random program and compare it with clingo."""
    program = programs.checked(random)
    begun = monotonic()
    derivation = ground(program, random.facts)
    took = monotonic() - begun

    assert oracle.instances(random.rules, random.facts) == distinct_bindings(derivation), random.text
    assert took < SLOWEST_SECONDS, random.text
    drawn = [random.world(rng) for _ in range(WORLDS)]
    expected = oracle.stable_worlds(random.text, random.facts, drawn)
    assert expected == tuple(worlds.true_atoms(derivation, world) for world in drawn), random.text


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_instances_and_worlds_agree_with_clingo(chunk: int) -> None:
    """(i) Every instance clingo finds with negation dropped, and no other; (ii) its stable model in every world."""
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        rng = Random(seed)
        check(programs.random_program(rng, aggregates=True), rng)


@settings(max_examples=50, deadline=None)
@given(programs.random_programs())
def test_programs_that_hypothesis_finds(random: RandomProgram) -> None:
    """The same, where failing programs are made small."""
    check(random, Random(0))


@pytest.mark.parametrize("seed", range(0, 400, 8))
def test_the_oracle_agrees_with_itself(seed: int) -> None:
    """Worlds switched on in one clingo run are those of the unchanged text with that world's facts, each run alone."""
    rng = Random(seed)
    random = programs.random_program(rng, aggregates=True)
    drawn = [random.world(rng) for _ in range(5)]
    alone = tuple(oracle.stable_atoms(random.text, world) for world in drawn)

    assert alone == oracle.stable_worlds(random.text, random.facts, drawn)
