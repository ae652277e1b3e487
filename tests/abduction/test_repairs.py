"""Repairs do what they say, and nothing smaller would: clingo has the last word."""

from __future__ import annotations

from random import Random

import pytest

from reasoner.abduction.repairs import repairs
from tests.abduction.abducibles import Question, question, wrong_with
from tests.oracle import stable_atoms

PROGRAMS = 300
PORTIONS = 6
STEPS = 1_500


def _questions(portion: int) -> list[Question]:
    """The questions of one portion; every second program has aggregates."""
    seeds = range(portion, PROGRAMS, PORTIONS)
    asked = (question(seed, aggregates=place % 2 == 1) for place, seed in enumerate(seeds))
    return [each for each in asked if each is not None]


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_repairs_do_and_nothing_smaller_would(portion: int) -> None:
    """On random programs each repair shown makes the goal follow, and no smaller change of facts does."""
    cut = 0
    for asked in _questions(portion):
        found = repairs(asked.prospects, asked.goal, steps=STEPS)
        cut += not found.complete

        assert wrong_with(asked, found) is None, asked

    assert cut <= 3


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_a_change_carried_through_is_what_follows_from_the_changed_facts(portion: int) -> None:
    """After facts are added and taken away, a reading holds exactly what clingo derives from the facts it then has."""
    rng = Random(portion)
    for asked in _questions(portion):
        assume = rng.sample(asked.admission.facts, min(2, len(asked.admission.facts)))
        others = sorted(asked.world - set(assume), key=str)

        after = asked.reading.after(assume, rng.sample(others, min(2, len(others))))

        assert stable_atoms(asked.program.text, after.facts) == frozenset(after.model)
