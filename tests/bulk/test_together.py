"""Ranked together or alone, a case has the same figures: the law of bulk ranking, on shipped and on random cases."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from reasoner.evidence.base import Base, Case, Draw
from reasoner.evidence.workspace import case_ids, find_workspace
from reasoner.inquiry import open_case
from reasoner.problems import InputError
from reasoner.terms import Atom, Term
from tests.assessment.attributions import random_facts, random_rules
from tests.assessment.cases import base_of, program_of
from tests.bulk.together import check, shared

INCIDENTS = ("incident_a", "incident_b", "incident_c")


def test_the_shipped_cases() -> None:
    """Under all shipped rules: probabilities, umbrellas, owners of fronts, who is named, who leads, in every role."""
    workspace = find_workspace()
    opened = {case: open_case(case, workspace) for case in case_ids(workspace)}
    bases = {case: inquiry.base for case, inquiry in opened.items()}
    program = next(iter(opened.values())).rules.program

    assert check(program, bases, shared(bases), 256) == 0


@pytest.mark.parametrize("seed", range(20))
def test_random_cases(seed: int) -> None:
    """Rivals, gates, recursion, negation, aggregates, figures, priors, exclusions, ties and fronts as they come."""
    rng = Random(seed)
    rules = random_rules(rng, rng.randint(3, 9)).replace("(i,", "(I,").replace("used(I, ", "used(_, ", 0)
    rules = rules.replace("used(I, W), has(A, W)", "used(_, W), has(A, W)").replace(
        "used(I, W), not cleared(A)", "used(_, W), not cleared(A)"
    )
    background = base_of(*_without_incident(*random_facts(rng)))
    bases = {case: _base(case, *random_facts(rng), background) for case in INCIDENTS}
    program = program_of(rules, [atom for base in bases.values() for atom in base.facts])

    check(program, bases, background, 4_096 if seed % 2 else 64)


def _without_incident(certain: list[str], draws: list[Draw]) -> tuple[list[str], list[Draw]]:
    plain = [draw for draw in draws if draw.within is None and "i" not in draw.values[0].arguments]
    return [fact for fact in certain if not fact.endswith(", i)")], plain


def _base(case: str, certain: list[str], draws: list[Draw], background: Base) -> Base:
    """The background with an incident's facts, except where the background speaks of the same."""
    own = base_of(certain, draws)
    known = background.facts
    draws = [draw for draw in own.draws if not any(value in known for value in draw.values)]
    kept = {value for draw in draws for value in draw.values}
    draws = [draw for draw in draws if draw.within is None or draw.within in kept]
    drawn = {value for draw in draws for value in draw.values}
    facts = {
        _named(a, case): replace(f, atom=_named(a, case))
        for a, f in own.facts.items()
        if a not in known and (f.certain or a in drawn)
    }
    renamed = tuple(
        Draw(
            draw.name.replace("(i,", f"({case},"),
            tuple(_named(value, case) for value in draw.values),
            draw.shares,
            None if draw.within is None else _named(draw.within, case),
        )
        for draw in draws
    )
    return replace(
        background,
        case=Case(case, "A case", None, (), "case.yaml"),
        facts={**known, **facts},
        draws=(*background.draws, *renamed),
    )


def _named(atom: Atom, case: str) -> Atom:
    """The atom, about a case of another name."""
    return Atom(atom.predicate, tuple(_term(each, case) for each in atom.arguments))


def _term(term: Term, case: str) -> Term:
    return case if term == "i" else term


OFF_THE_SCALE = """
candidate(I, perpetrator, A) :- considered(A, I).
supports(I, perpetrator, A, means, S) :- considered(A, I), N = #count{ B : mark(B) }, S = N*25.
"""


@pytest.mark.parametrize(("marks", "fits"), [(2, True), (3, False)])
def test_a_strength_off_the_scale_matters_where_it_comes_about(marks: int, fits: bool) -> None:
    """Figures that no world comes to may be off the scale, as for a single case; one that comes about is refused."""
    certain = [f"considered(a, {INCIDENTS[0]})", *(f"mark(m{number})" for number in range(marks))]
    background = base_of([], [])
    base = replace(base_of(certain, []), case=Case(INCIDENTS[0], "A case", None, (), "case.yaml"))
    program = program_of(OFF_THE_SCALE, base.facts)

    if fits:
        check(program, {INCIDENTS[0]: base}, background, 64)
    else:
        with pytest.raises(InputError, match="75"):
            check(program, {INCIDENTS[0]: base}, background, 64)
