"""Random questions for repairs, and clingo's own answer to them: the smallest number of changes that would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from random import Random

import clingo

from reasoner.abduction.prospects import Prospects
from reasoner.abduction.reading import Reading, reading_of
from reasoner.abduction.repairs import MOST, Repairs
from reasoner.assessment.circuit import Circuit
from reasoner.grounding.fixpoint import ground
from reasoner.terms import (
    Aggregate,
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    Constant,
    Literal,
    Rule,
    Term,
    Variable,
    literals_in,
    order_key,
)
from tests.oracle import stable_atoms
from tests.programs import RandomProgram, checked, random_program


@dataclass(frozen=True)
class SomeFacts:
    """What a change may touch: facts over these predicates (name → arity) and constants, and what is not fixed.

    Of predicates in ``few`` nothing but what is listed there may be assumed.
    """

    arities: Mapping[str, int]
    constants: tuple[Constant, ...]
    few: Mapping[str, tuple[Atom, ...]]
    fixed: frozenset[Atom]

    def assumable(self, predicate: str) -> bool:
        return predicate in self.arities

    def listed(self, predicate: str) -> tuple[Atom, ...] | None:
        return self.few.get(predicate)

    def fits(self, predicate: str, place: int, constant: Constant) -> bool:
        return constant in self.constants

    def values(self, predicate: str, place: int) -> tuple[Constant, ...]:
        return self.constants

    def leaves_open(self, predicate: str, place: int) -> bool:
        return False

    def retractable(self, atom: Atom) -> bool:
        return atom not in self.fixed

    def exclude(self, one: Atom, other: Atom) -> bool:
        return False

    def tells(self, atom: Atom) -> bool:
        return True

    @property
    def guesses(self) -> bool:
        return True

    @cached_property
    def facts(self) -> tuple[Atom, ...]:
        """All that may be assumed."""
        return tuple(
            atom
            for name, arity in self.arities.items()
            for atom in self.few.get(name, _all(name, arity, self.constants))
        )


def _all(name: str, arity: int, constants: tuple[Constant, ...]) -> tuple[Atom, ...]:
    return tuple(Atom(name, row) for row in product(constants, repeat=arity))


def _admission(rng: Random, program: RandomProgram, world: Sequence[Atom]) -> SomeFacts:
    """Anything goes in every second question; else a few facts of some predicates, and some facts are fixed."""
    arities, constants = _base_predicates(program), _constants(program)
    if rng.random() < 0.5:
        return SomeFacts(arities, constants, {}, frozenset())
    few = {}
    for name, arity in sorted(arities.items()):
        if rng.random() < 0.5:
            whole = _all(name, arity, constants)
            few[name] = tuple(rng.sample(whole, min(rng.randrange(1, 7), len(whole))))
    return SomeFacts(arities, constants, few, frozenset(atom for atom in world if rng.random() < 0.3))


@dataclass(frozen=True)
class Question:
    """What would have to change in one world of a random program for the goal to hold, which it does not."""

    program: RandomProgram
    world: frozenset[Atom]
    prospects: Prospects
    admission: SomeFacts
    goal: Atom

    @property
    def reading(self) -> Reading:
        return self.prospects.reading


def question(seed: int | str, aggregates: bool) -> Question | None:
    """The question of that seed, None where its program leaves nothing to ask."""
    rng = Random(seed)
    program = random_program(rng, aggregates)
    world = program.world(rng)
    derivation = ground(checked(program), program.facts)
    reading = reading_of(derivation, Circuit.of(derivation), world)
    every = SomeFacts(_base_predicates(program), _constants(program), {}, frozenset())
    goal = _goal(rng, program, reading, every)
    admission = _admission(rng, program, world)
    if goal is None:
        return None
    return Question(program, frozenset(world), Prospects(reading, admission), admission, goal)


def _goal(rng: Random, program: RandomProgram, reading: Reading, admission: SomeFacts) -> Atom | None:
    """An atom that some rule could conclude and that does not hold; two in five have an open variable."""
    heads = {rule.head.predicate: len(rule.head.arguments) for rule in program.rules}
    name, arity = rng.choice(sorted(heads.items()))
    rows = [row for row in product(admission.constants, repeat=arity) if not reading.holds(Atom(name, row))]
    if not rows:
        return None
    goal = Atom(name, rng.choice(rows))
    if arity and rng.random() < 0.4:
        place = rng.randrange(arity)
        opened = Atom(name, (*goal.arguments[:place], Variable("Q"), *goal.arguments[place + 1 :]))
        goal = goal if reading.holds(opened) else opened
    return goal


def _base_predicates(program: RandomProgram) -> dict[str, int]:
    heads = {rule.head.predicate for rule in program.rules}
    atoms = [*program.facts, *(each.atom for rule in program.rules for each in literals_in(rule.body))]
    return {atom.predicate: len(atom.arguments) for atom in atoms if atom.predicate not in heads}


def _constants(program: RandomProgram) -> tuple[Constant, ...]:
    terms = [term for fact in program.facts for term in fact.arguments]
    terms += [term for rule in program.rules for term in _rule_terms(rule)]
    return tuple(sorted({constant for term in terms for constant in _within(term)}, key=order_key))


def _rule_terms(rule: Rule) -> Iterator[Term]:
    yield from rule.head.arguments
    for element in rule.body:
        yield from _terms(element)


def _terms(element: BodyElement) -> Iterator[Term]:
    match element:
        case Literal(atom):
            yield from atom.arguments
        case Comparison(_, left, right):
            yield from (left, right)
        case Aggregate():
            yield from (guard.term for guard in element.guards)
            for counted in element.elements:
                yield from counted.terms
                for condition in counted.condition:
                    yield from _terms(condition)


def _within(term: Term) -> Iterator[Constant]:
    match term:
        case Variable():
            pass
        case Arithmetic(_, left, right):
            yield from _within(left)
            yield from _within(right)
        case _:
            yield term


def shows(atoms: Iterable[Atom], goal: Atom) -> bool:
    """Whether one of the atoms is what the goal asks for."""
    return any(
        atom.predicate == goal.predicate
        and all(
            isinstance(wanted, Variable) or wanted == got
            for wanted, got in zip(goal.arguments, atom.arguments, strict=True)
        )
        for atom in atoms
    )


def wrong_with(asked: Question, found: Repairs) -> str | None:
    """What is wrong with the repairs found, as clingo sees it: one that does not do, or a smaller one that would."""
    for repair in found.found[:3]:
        world = (asked.world - frozenset(repair.retract)) | frozenset(repair.assume)
        if not shows(stable_atoms(asked.program.text, world), asked.goal):
            return f"{asked.goal} does not follow after {repair}"
    least = smallest(asked, MOST)
    shown = found.found[0].size if found.found else None
    right = least == shown if found.complete else shown is None or (least is not None and least <= shown)
    return None if right else f"{asked.goal} takes {least} changes, not {shown}"


def smallest(asked: Question, most: int) -> int | None:
    """The fewest changes that are admitted, at most so many, after which clingo derives the goal; None if none do.

    Every fact that may hold hangs on a choice of its own, so a stable model is a world, and clingo searches them all.
    """
    fixed = sorted(asked.world & asked.admission.fixed, key=str)
    lines = [asked.program.text, *(f"{fact}." for fact in fixed)]
    flippable = {*asked.admission.facts, *asked.world}.difference(fixed)
    for number, fact in enumerate(sorted(flippable, key=str)):
        changed = "not " if fact in asked.world else ""
        lines.append(f"{{on__({number})}}. {fact} :- on__({number}). flip__({number}) :- {changed}on__({number}).")
    lines.append(f":- {most + 1} {{flip__(I)}}. goal__ :- {asked.goal}. :- not goal__.")
    lines.append("#minimize{1,I : flip__(I)}.")
    control = clingo.Control(["--warn=none", "--models=0"])
    control.add("base", [], "\n".join(lines))
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        costs = [model.cost[0] for model in handle]
    return min(costs, default=None)
