"""Less is read off more: the same graph as grounding anew, whatever facts, rules or strengths are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from reasoner.grounding.narrowing import narrowed
from reasoner.language.varying import with_strengths, without_rules
from reasoner.terms import Atom, Constant
from tests.assessment.attributions import random_attribution
from tests.assessment.cases import program_of
from tests.grounding.graphs import columns, instance_texts
from tests.programs import checked, random_program


def plain(derivation: Derivation) -> tuple[object, ...]:
    """Everything in a graph, its constants by what they are."""
    _, atoms, _, *numbers, _tallies, _tests = columns(derivation)

    def constants(ids: Iterable[int]) -> tuple[Constant, ...]:
        return tuple(derivation.constants[number] for number in ids)

    values = [constants(binding) for binding in derivation.binding]
    counted = [
        [
            (constants(each.terms), [(way.element, constants(way.binding), way.positive, way.negative)])
            for each in tally.counted
            for way in each.instances
        ]
        for tally in derivation.tallies
    ]
    asked = [
        [(test.tally, test.given, [(op, *constants([number])) for op, number in test.guards]) for test in each]
        for each in derivation.tests
    ]
    return (atoms, dict(derivation.atom_ids), values, *numbers, counted, asked)


@pytest.mark.parametrize("chunk", range(10))
def test_fewer_facts_and_rules(chunk: int) -> None:
    """Random programs without some of their facts and rules: every column is that of grounding anew."""
    for number in range(40):
        rng = Random(f"narrow {chunk} {number}")
        random = random_program(rng, aggregates=True)
        whole = ground(checked(random), random.facts)
        facts = [fact for fact in random.facts if rng.random() < 0.7]
        program = without_rules(whole.program, {rule.name for rule in random.rules if rng.random() < 0.2})

        left = narrowed(whole, program, facts)

        assert left is not None
        assert plain(ground(program, facts)) == plain(left), (chunk, number)


def test_other_strengths() -> None:
    """Random attributions with strengths changed: the same atoms and instances as grounding anew."""
    for number in range(60):
        rng = Random(f"strength {number}")
        text, base = random_attribution(rng)
        facts = [atom for atom in base.facts if rng.random() < 0.8]
        program = program_of(text, base.facts)
        weighing = [rule.name for rule in program.rules if rule.head.predicate in ("supports", "opposes", "prior")]
        whole = ground(program, base.facts)
        other = with_strengths(program, {name: rng.choice(("weak", "7", "60")) for name in rng.sample(weighing, 2)})

        left, anew = narrowed(whole, other, facts), ground(other, facts)

        assert left is not None
        assert (anew.atoms, anew.base.tolist()) == (left.atoms, left.base.tolist()), number
        assert instance_texts(anew) == instance_texts(left), number
        assert sorted(map(str, map(left.bindings, range(len(left.head))))) == sorted(
            map(str, map(anew.bindings, range(len(anew.head))))
        )


def test_what_the_graph_lacks_is_not_read_off_it() -> None:
    """A new fact, or another head that a rule goes on from, has to be grounded; a fact that was concluded has not."""
    facts = [Atom("f", ("a",))]
    program = program_of(
        "%% [one] So.\nsupports(i, perpetrator, a, means, 5) :- f(a).\n%% [two] So.\ng(X) :- f(X).\n"
        "%% [three] So.\nh(S) :- supports(i, perpetrator, _, _, S).",
        facts,
    )
    whole = ground(program, facts)
    conclusion = Atom("g", ("a",))

    assert narrowed(whole, program, [*facts, Atom("f", ("b",))]) is None
    assert narrowed(whole, with_strengths(program, {"one": "7"}), facts) is None
    left = narrowed(whole, replace(program), [*facts, conclusion])
    assert left is not None
    assert plain(ground(program, [*facts, conclusion])) == plain(left)
