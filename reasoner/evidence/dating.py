"""When the incident in hand happened: the dates that its facts make possible, and the likeliest of them."""

from __future__ import annotations

from dataclasses import replace

from reasoner.evidence.base import Base, Fact, Moment
from reasoner.evidence.moments import read_moment
from reasoner.terms import Atom, Quoted

OCCURRED = "occurred"
"""The predicate that says when an incident happened."""


def dates_case(atom: Atom, case: str) -> bool:
    """Whether an atom says when a case happened."""
    return atom.predicate == OCCURRED and atom.arguments[:1] == (case,)


def possible_dates(base: Base) -> list[tuple[Moment, Fact]]:
    """The dates that may be right, the likeliest first, each with the fact that says so."""
    found = [
        (read_moment(value.text), fact)
        for atom, fact in base.facts.items()
        if dates_case(atom, base.case.id) and fact.credence > 0
        for value in atom.arguments[1:]
        if isinstance(value, Quoted)
    ]
    return sorted(found, key=lambda each: -each[1].credence)


def best_date(base: Base) -> Moment | None:
    """The date of the case in hand that its facts make likeliest, None where nothing is reported of it."""
    return next((moment for moment, _ in possible_dates(base)), None)


def dates_alone(base: Base) -> Base:
    """The base with nothing but what is stated of when the case happened."""
    facts = {atom: fact for atom, fact in base.facts.items() if dates_case(atom, base.case.id)}
    return replace(base, facts=facts, draws=tuple(draw for draw in base.draws if facts.keys() >= set(draw.values)))
