"""Near misses: what is missing from a line, or would defeat one, is found by the rules alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from reasoner.assessment.assess import Assessment, assess
from reasoner.evidence.base import Entity
from reasoner.explanation.askable import unknown
from reasoner.explanation.near_misses import near_misses
from reasoner.grounding.fixpoint import ground
from reasoner.language.checking import build_program
from reasoner.language.vocabulary import Argument, Asking, Predicate, Vocabulary
from tests.assessment.cases import FILE, SCALES, base_of

LISTED = "candidate(I, perpetrator, A) :- listed(A, I)."


def predicate(name: str, *types: str, asked: Asking = "always", question: str | None = "Is it so?") -> Predicate:
    """A predicate over arguments of these types."""
    arguments = tuple(Argument(f"a{place}", (kind,)) for place, kind in enumerate(types))
    return Predicate(name, arguments, f"{name} holds", question, asked=asked)


VOCABULARY = Vocabulary(
    {
        each.name: each
        for each in (
            predicate("listed", "Actor", "Incident", question=None),
            predicate("has", "Actor", "Capability"),
            predicate("used", "Incident", "Capability", asked="once"),
            predicate("includes", "Capability", "Capability", asked="never"),
            predicate("left", "Incident", "Evidence"),
            predicate("like", "Evidence", "Actor"),
            predicate("forged", "Evidence"),
            predicate("excused", "Actor", "Incident"),
        )
    },
    {"militia": ("Actor",), "weapon": ("Capability", "Evidence"), "trace": ("Evidence",)},
)
KINDS = {"a": "militia", "b": "militia", "gun": "weapon", "drone": "weapon", "shell": "trace"}


def assessed(rules: str, facts: Iterable[str]) -> Assessment:
    """A case with two listed actors."""
    program = build_program({FILE: f"{LISTED}\n{rules}"}, VOCABULARY, SCALES)
    plain = base_of(["listed(a, i)", "listed(b, i)", *facts], [])
    own = {atom: replace(fact, case="i") for atom, fact in plain.facts.items()}
    base = replace(plain, facts=own, entities={name: Entity(name, name, kind) for name, kind in KINDS.items()})
    return assess(base, ground(program, base.facts))


def missing(rules: str, *facts: str) -> set[str]:
    """What is missing, each as one text; what nobody has named is a star."""
    found = near_misses(assessed(rules, facts), "perpetrator")
    return {
        " & ".join(
            f"{atom.predicate}({', '.join('*' if unknown(term) else str(term) for term in atom.arguments)})"
            for atom in facts
        )
        for facts in found
    }


MEANS = "supports(I, perpetrator, A, means, 10) :- candidate(I, perpetrator, A), used(I, C), has(A, C)."
CHAINED = """
supports(I, perpetrator, A, means, 10) :- candidate(I, perpetrator, A), used(I, C), ready(A, C).
ready(A, C) :- has(A, C).
ready(A, C) :- has(A, D), within(D, C).
within(D, C) :- includes(D, C).
within(D, C) :- includes(D, E), within(E, C).
"""
TRACE = "supports(I, perpetrator, A, record, 8) :- candidate(I, perpetrator, A), trace(I, E), like(E, A).\n"
TRACE += "trace(I, E) :- left(I, E), not forged(E)."
GUARDED = "opposes(I, perpetrator, A, words, 5) :- candidate(I, perpetrator, A), not excused(A, I)."


@pytest.mark.parametrize(
    ("rules", "facts", "wanted"),
    [
        pytest.param(MEANS, ["used(i, gun)"], {"has(a, gun)", "has(b, gun)"}, id="one premise is missing"),
        pytest.param(MEANS, ["used(i, gun)", "has(a, gun)"], {"has(b, gun)"}, id="what holds is not missing"),
        pytest.param(MEANS, ["has(a, gun)", "has(b, drone)"], {"used(i, gun)", "used(i, drone)"}, id="either premise"),
        pytest.param(MEANS, [], set(), id="two premises about a thing with a name"),
        pytest.param(CHAINED, ["used(i, gun)"], {"has(a, gun)", "has(b, gun)"}, id="through a rule"),
        pytest.param(
            CHAINED,
            ["used(i, gun)", "includes(drone, gun)"],
            {"has(a, gun)", "has(b, gun)", "has(a, drone)", "has(b, drone)"},
            id="through recursion, but never what is not asked",
        ),
        pytest.param(TRACE, ["left(i, shell)"], {"like(shell, a)", "like(shell, b)"}, id="about a thing that is there"),
        pytest.param(
            TRACE, [], {"left(i, *) & like(*, a)", "left(i, *) & like(*, b)"}, id="about a thing without name"
        ),
        pytest.param(
            TRACE,
            ["left(i, shell)", "like(shell, a)"],
            {"forged(shell)", "like(shell, b)"},
            id="what would defeat it",
        ),
        pytest.param(GUARDED, [], {"excused(a, i)", "excused(b, i)"}, id="an absence that holds"),
    ],
)
def test_what_is_missing(rules: str, facts: list[str], wanted: set[str]) -> None:
    """Exactly the facts that would complete or defeat a line."""
    assert missing(rules, *facts) == wanted


def test_a_thing_that_somebody_has_is_no_trace() -> None:
    """A kind of arms is asked for as means, not compared as if it had been found."""
    rules = "supports(I, perpetrator, A, record, 8) :- candidate(I, perpetrator, A), used(I, E), like(E, A)."
    assert missing(rules, "used(i, gun)", "has(a, gun)") == set()


def test_a_rule_that_waits_for_itself_ends() -> None:
    """Recursion through the head finds no way, and no end of ways."""
    rules = "supports(I, perpetrator, A, means, 5) :- candidate(I, perpetrator, A), ready(A, C).\n"
    rules += "ready(A, C) :- ready(A, D), includes(D, C)."
    assert missing(rules, "includes(drone, gun)") == set()
