"""Random uncertain programs: those of `programs`, with some predicates functional, so that their facts are rivals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from reasoner.evidence.base import Base, Case, Draw, Fact
from reasoner.evidence.rivals import settle
from reasoner.language.vocabulary import Vocabulary
from reasoner.terms import Atom
from tests.programs import RandomProgram, random_program, vocabulary


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A program with its facts, twice over.

    ``base`` is how the reasoner settles them; ``expected`` what they should come to, worked out here from the
    credences alone.
    """

    program: RandomProgram
    base: Base
    expected: Base


def random_uncertain(rng: Random, aggregates: bool = False) -> Uncertain:
    """A random program with uncertain facts and rivals; the same for the same generator.

    One with aggregates has few uncertain facts, because only every world by itself tells what holds there.
    """
    program = random_program(rng, aggregates=aggregates)
    if aggregates:
        program = replace(program, credences=_mostly_certain(program.credences))
    predicates = sorted({fact.predicate for fact in program.facts if fact.arguments})
    functional = frozenset(name for name in predicates if rng.random() < 0.4)
    groups = _groups(program, functional)
    declared = _functional(vocabulary(program.rules, program.facts), functional)
    return Uncertain(program, _base(*settle(_facts(groups), declared)), _expected(groups))


FEW = 7


def _mostly_certain(credences: Sequence[float]) -> tuple[float, ...]:
    """Only the first few are left uncertain."""
    uncertain = [place for place, credence in enumerate(credences) if credence < 1.0][:FEW]
    return tuple(credence if place in uncertain else 1.0 for place, credence in enumerate(credences))


Group = tuple[tuple[Atom, float], ...]
"""Facts with their credences, of which at most one holds, at most one of them certain."""


def _groups(program: RandomProgram, functional: Iterable[str]) -> tuple[Group, ...]:
    """Each fact by itself, or with those of a functional predicate that agree in all but the last argument."""
    found: dict[object, list[tuple[Atom, float]]] = {}
    for fact, credence in zip(program.facts, program.credences, strict=True):
        rivals = fact.predicate in functional
        group = found.setdefault((fact.predicate, *fact.arguments[:-1]) if rivals else fact, [])
        decided = any(known == 1.0 for _, known in group)
        group.append((fact, 0.5 if decided and credence == 1.0 else credence))
    return tuple(map(tuple, found.values()))


def _facts(groups: Iterable[Group]) -> dict[Atom, Fact]:
    return {
        fact: Fact(fact, "given" if credence == 1.0 else "reported", credence, credence)
        for group in groups
        for fact, credence in group
    }


def _expected(groups: Sequence[Group]) -> Base:
    """What holds for certain, and one draw a group: each value by its odds, against 1 for none of them."""
    certain, draws = [], []
    for group in groups:
        sure = [fact for fact, credence in group if credence == 1.0]
        if sure:
            certain += sure
            continue
        odds = [credence / (1 - credence) for _, credence in group]
        shares = tuple(value / (1 + sum(odds)) for value in odds)
        draws.append(Draw(str(group[0][0]), tuple(fact for fact, _ in group), shares))
    drawn = [(fact, share) for draw in draws for fact, share in zip(draw.values, draw.shares, strict=True)]
    facts = {fact: Fact(fact, "given", 1.0, 1.0) for fact in certain}
    return _base(facts | {fact: Fact(fact, "reported", share, share) for fact, share in drawn}, tuple(draws))


def _base(facts: Mapping[Atom, Fact], draws: tuple[Draw, ...]) -> Base:
    return Base(Case("i", "A case", None, (), "case.yaml"), None, {}, {}, facts, draws, {})


def _functional(known: Vocabulary, functional: Iterable[str]) -> Vocabulary:
    changed = {name: replace(known.predicates[name], functional=True) for name in functional}
    return replace(known, predicates={**known.predicates, **changed})
