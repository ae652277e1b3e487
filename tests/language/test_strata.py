"""Components come in dependency order, with the recursion and the strata that the rules have."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.language.parser import parse_rules
from reasoner.language.strata import components, dependencies, negative_cycles
from reasoner.terms import Atom, Literal, Rule

_names = st.sampled_from("abcdef")
_rules = st.lists(
    st.builds(
        lambda head, body: Rule("r", None, Atom(head), tuple(Literal(Atom(name), negated) for name, negated in body)),
        _names,
        st.lists(st.tuples(_names, st.booleans()), max_size=3),
    ),
    max_size=8,
)


def _reachable(rules: list[Rule]) -> dict[str, set[str]]:
    """For each predicate with rules, all it depends on, by plain closure."""
    needs = {head: {step.predicate for step in steps} for head, steps in dependencies(rules).items()}
    while True:
        grown = {head: below.union(*(needs[name] for name in below)) for head, below in needs.items()}
        if grown == needs:
            return needs
        needs = grown


@settings(max_examples=500, deadline=None)
@given(_rules)
def test_components_are_mutual_dependence_in_dependency_order(rules: list[Rule]) -> None:
    below = _reachable(rules)
    ordered = components(rules)
    place = {name: number for number, component in enumerate(ordered) for name in component.predicates}

    assert set(place) == set(below)
    for one in below:
        for other in below:
            together = one == other or (other in below[one] and one in below[other])
            assert together == (place[one] == place[other])
            if other in below[one]:
                assert place[other] <= place[one]
    assert sorted(number for component in ordered for number in component.rules) == list(range(len(rules)))
    for component in ordered:
        assert {rules[number].head.predicate for number in component.rules} == component.predicates
        assert component.recursive == any(
            not element.negated and element.atom.predicate in component.predicates
            for number in component.rules
            for element in rules[number].body
            if isinstance(element, Literal)
        )


@settings(max_examples=500, deadline=None)
@given(_rules)
def test_a_cycle_is_reported_exactly_where_a_predicate_needs_its_own_absence(rules: list[Rule]) -> None:
    below = _reachable(rules)
    wrong = any(
        step.negated and (step.predicate == head or head in below[step.predicate])
        for head, steps in dependencies(rules).items()
        for step in steps
    )
    cycles = negative_cycles(rules, components(rules))

    assert wrong == bool(cycles)
    for cycle in cycles:
        assert cycle.steps[0].negated
        path = [cycle.head, *(step.predicate for step in cycle.steps)]
        assert path[0] == path[-1]
        for head, step in zip(path, cycle.steps, strict=False):
            assert step in dependencies(rules)[head]


@settings(max_examples=200, deadline=None)
@given(_rules)
def test_a_stratum_counts_the_negations_beneath(rules: list[Rule]) -> None:
    ordered = components(rules)
    if negative_cycles(rules, ordered):
        return
    stratum = {name: component.stratum for component in ordered for name in component.predicates}
    for head, steps in dependencies(rules).items():
        for step in steps:
            assert stratum[step.predicate] + step.negated <= stratum[head]


def test_strata_of_an_example() -> None:
    rules = parse_rules("a :- x. b :- not a. c :- b, a. d :- not c, not a. e :- e. e :- d.", "f.dl")

    assert {"a": 0, "b": 1, "c": 1, "d": 2, "e": 2} == {
        name: component.stratum for component in components(rules) for name in component.predicates
    }


def test_a_long_chain_of_rules_needs_no_deep_stack() -> None:
    rules = parse_rules("".join(f"p{n} :- p{n + 1}.\n" for n in range(20_000)) + "p20000 :- p0.", "f.dl")

    (component,) = components(rules)
    assert component.recursive
