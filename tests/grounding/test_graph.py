"""The derivation graph: numbered by what things stand for, never by the order they were found in."""

from __future__ import annotations

from random import Random

import pytest

from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom, order_key
from tests import programs
from tests.grounding.conftest import NewEngine
from tests.grounding.graphs import columns, distinct_bindings, instance_texts, program_and_facts
from tests.reference_engine import ReferenceEngine

RULES = """
%% [direct] {X} leads to {Y}.
r(X, Y) :- e(X, Y), not cut(X, _).
%% [through] {X} leads to {Z} by way of {Y}.
r(X, Z) :- r(X, Y), r(Y, Z), X != Z.
%% [fixed] A place is known.
place(base).
"""
FACTS = "e(c, 3). e(a, b). e(b, c). cut(b, 1). cut(b, 0). unused(z)."


@pytest.fixture(scope="module")
def derivation() -> Derivation:
    """The graph of `RULES` over `FACTS`."""
    program, facts = program_and_facts(RULES, FACTS)
    return ground(program, facts)


def test_constants_and_atoms_are_sorted(derivation: Derivation) -> None:
    """Constants as rules compare them, atoms by predicate and arguments."""
    assert sorted(derivation.constants, key=order_key) == list(derivation.constants)
    place = {constant: number for number, constant in enumerate(derivation.constants)}
    keys = [(atom.predicate, [place[argument] for argument in atom.arguments]) for atom in derivation.atoms]  # type: ignore[index]
    assert sorted(keys) == keys
    assert {atom: number for number, atom in enumerate(derivation.atoms)} == derivation.atom_ids


def test_base_atoms_are_the_facts_and_those_of_the_rule_base(derivation: Derivation) -> None:
    """A fact that no rule uses is there as well."""
    base = {str(derivation.atoms[atom]) for atom in derivation.base}

    assert {"cut(b, 0)", "cut(b, 1)", "e(a, b)", "e(b, c)", "e(c, 3)", "unused(z)", "place(base)"} == base
    assert sorted(derivation.base.tolist()) == derivation.base.tolist()


def test_instances_are_sorted_by_component_rule_and_binding(derivation: Derivation) -> None:
    """So that equal input gives equal numbers."""
    component = {rule: n for n, part in enumerate(derivation.program.components) for rule in part.rules}
    names = [rule.name for rule in derivation.program.rules]
    keys = [
        (component[rule], names[rule], binding)
        for rule, binding in zip(derivation.rule.tolist(), derivation.binding, strict=True)
    ]
    assert sorted(keys) == keys


def test_an_instance_can_be_read_back(derivation: Derivation) -> None:
    """Bindings, premises in body order, absences, and the instances of an atom."""
    (instance,) = derivation.instances_of(derivation.atom_ids[Atom("r", ("b", 3))]).tolist()

    assert derivation.program.rules[derivation.rule[instance]].name == "through"
    assert derivation.bindings(instance) == {"X": "b", "Y": "c", "Z": 3}
    premises = [str(derivation.atoms[atom]) for atom in derivation.premises(instance)]
    assert premises == ["r(b, c)", "r(c, 3)"]
    (direct,) = derivation.instances_of(derivation.atom_ids[Atom("r", ("b", "c"))]).tolist()
    assert [str(derivation.atoms[atom]) for atom in derivation.absences(direct)] == ["cut(b, 0)", "cut(b, 1)"]


def test_a_case_without_facts_is_an_empty_graph() -> None:
    """Nothing comes of nothing."""
    program, facts = program_and_facts("h(X) :- p(X), not q(X).", "")
    derivation = ground(program, facts)

    assert (len(derivation.atoms), len(derivation.rule), len(derivation.positive)) == (0, 0, 0)
    assert [0] == derivation.positive_start.tolist() == derivation.negative_start.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_facts_changes_nothing(seed: int, new_engine: NewEngine) -> None:
    """Not one number of the graph, nor does a fact given twice."""
    rng = Random(seed)
    random = programs.random_program(rng, aggregates=True)
    program = programs.checked(random)
    shuffled = rng.sample(random.facts, len(random.facts))

    expected = columns(ground(program, random.facts, new_engine()))

    assert expected == columns(ground(program, [*shuffled, *shuffled], new_engine()))


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_rules_changes_no_instance(seed: int) -> None:
    """The same rules fire for the same reasons wherever they stand in a file."""
    rng = Random(seed)
    random = programs.random_program(rng, aggregates=True)
    shuffled = rng.sample(random.rules, len(random.rules))
    first = ground(programs.checked(random), random.facts)
    second = ground(programs.checked_text(programs.rules_text(shuffled), shuffled, random.facts), random.facts)

    assert first.atoms == second.atoms
    assert distinct_bindings(first) == distinct_bindings(second)
    assert instance_texts(first) == instance_texts(second)


@pytest.mark.parametrize("seed", range(100))
def test_engines_give_the_same_graph_to_the_last_number(seed: int) -> None:
    """Which engine answered cannot be told from the graph."""
    random = programs.random_program(Random(seed), aggregates=True)
    program = programs.checked(random)

    assert columns(ground(program, random.facts, ReferenceEngine())) == columns(ground(program, random.facts))
