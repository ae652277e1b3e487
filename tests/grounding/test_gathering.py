"""What aggregates may be given, beyond what the oracle of instances can say: order, sharing, values, bounds."""

from __future__ import annotations

import pytest

from reasoner.grounding.fixpoint import ground
from reasoner.limits import Limits
from reasoner.problems import InputError
from tests.grounding.conftest import NewEngine
from tests.grounding.graphs import instance_texts, program_and_facts


def texts(rules: str, facts: str, new_engine: NewEngine) -> list[str]:
    """The instances of a program, as ground rules."""
    program, held = program_and_facts(rules, facts)
    return instance_texts(ground(program, held, new_engine()))


def test_one_aggregate_may_use_the_value_of_another(new_engine: NewEngine) -> None:
    """Each value of the one leads to its own tuples of the other; what a rule asks stands in the order of its body."""
    rules = "h(M) :- M = #count{ X : p(X), X <= N }, N = #max{ X : p(X) }, M = 1."

    assert texts(rules, "p(1). p(2).", new_engine) == [
        "h(1) :- #count{ 1 : p(1) } = 1, #max{ 1 : p(1); 2 : p(2) } = 1.",
        "h(1) :- #count{ 1 : p(1); 2 : p(2) } = 1, #max{ 1 : p(1); 2 : p(2) } = 2.",
    ]


def test_a_tuple_without_condition_always_counts(new_engine: NewEngine) -> None:
    """So a count has at least as many, and a least value is never beyond one that is there anyway."""
    rules = "h(N) :- N = #count{ a ; b ; X : p(X) }.\nk(N) :- N = #min{ 2 ; X : p(X) }."

    assert texts(rules, "p(1). p(3).", new_engine) == [
        "h(2) :- #count{ 1 : p(1); 3 : p(3); a : true; b : true } = 2.",
        "h(3) :- #count{ 1 : p(1); 3 : p(3); a : true; b : true } = 3.",
        "h(4) :- #count{ 1 : p(1); 3 : p(3); a : true; b : true } = 4.",
        "k(1) :- #min{ 1 : p(1); 2 : true; 3 : p(3) } = 1.",
        "k(2) :- #min{ 1 : p(1); 2 : true; 3 : p(3) } = 2.",
    ]


def test_a_second_guard_leaves_out_the_values_that_it_rules_out(new_engine: NewEngine) -> None:
    """A thousand instances that could never fire would be of no use."""
    assert texts("h(N) :- N = #count{ X : p(X) } <= 1.", "p(a). p(b). p(c).", new_engine) == [
        "h(0) :- #count{ a : p(a); b : p(b); c : p(c) } = 0 <= 1.",
        "h(1) :- #count{ a : p(a); b : p(b); c : p(c) } = 1 <= 1.",
    ]


def test_instances_that_go_over_the_same_share_it(new_engine: NewEngine) -> None:
    """Two rules, three values and two actors: one tally."""
    rules = "h(A, N) :- c(A), N = #count{ X : p(X) }.\nk(A) :- c(A), #count{ X : p(X) } > 1."
    program, held = program_and_facts(rules, "c(a). c(b). p(x). p(y).")
    derivation = ground(program, held, new_engine())

    assert len(derivation.tallies) == 1
    assert {test.tally for tests in derivation.tests for test in tests} == {0}


PAIRS = " ".join(f"p({number})." for number in range(12))


@pytest.mark.parametrize(
    ("rules", "facts", "limits", "word", "setting"),
    [
        ("h(N) :- N = #count{ X : p(X) }.", PAIRS, Limits(values=12), "too-many-values", "ASCRIBE_LIMIT_VALUES"),
        ("h(N) :- N = #sum{ X : p(X) }.", PAIRS, Limits(values=60), "too-many-values", "ASCRIBE_LIMIT_VALUES"),
        ("h(N) :- N = #max{ X : p(X) }.", PAIRS, Limits(values=11), "too-many-values", "ASCRIBE_LIMIT_VALUES"),
        (
            "h(Z) :- p(Z), #count{ X, Y : p(X), p(Y), X != Z } > 2.",
            PAIRS,
            Limits(instances=300),
            "too-many-instances",
            "ASCRIBE_LIMIT_INSTANCES",
        ),
        (
            "h(N) :- N = #sum{ X, Y : p(X), p(Y), Z = X*2000000000, Z > 1 ; 2147483647, X : p(X) }.",
            PAIRS,
            Limits(),
            "number-too-large",
            "2,147,483,647",
        ),
    ],
)
def test_bounds(rules: str, facts: str, limits: Limits, word: str, setting: str) -> None:
    """Too many values, ways to be counted, or too large a number end in one error that says what to do."""
    program, held = program_and_facts(rules, facts)
    with pytest.raises(InputError) as caught:
        ground(program, held, limits=limits)

    (problem,) = caught.value.problems
    assert problem.word == word
    assert setting in (problem.note or "")
    assert problem.span is not None


def test_exactly_as_many_values_as_allowed_are_allowed(new_engine: NewEngine) -> None:
    """Twelve things have thirteen numbers."""
    program, held = program_and_facts("h(N) :- N = #count{ X : p(X) }.", PAIRS)

    assert len(ground(program, held, new_engine(), Limits(values=13)).rule) == 13


def test_a_test_has_no_bound_on_values(new_engine: NewEngine) -> None:
    """Only values that are given a name are made."""
    program, held = program_and_facts("h :- #count{ X : p(X) } > 3.", PAIRS)

    assert len(ground(program, held, new_engine(), Limits(values=1)).rule) == 1
