"""Facts that hold in no world until what speaks against them is gone: a denial, or a certain rival.

No rule was applied to them. A base in which they may hold needs a derivation that knows of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from reasoner.assessment.worlds import Scope
from reasoner.evidence.base import Base, Fact
from reasoner.evidence.rivals import REFINING, slot_of
from reasoner.evidence.sources import chain
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom


def dormant(base: Base, derivation: Derivation) -> tuple[Atom, ...]:
    """The facts that hold in no world of a base, and that the derivation knows nothing of."""
    return tuple(atom for atom, fact in base.facts.items() if fact.credence <= 0 and atom not in derivation.atom_ids)


def held_down(fact: Fact, base: Base) -> bool:
    """Whether somebody affirms a fact that holds nowhere, and less of what speaks against it would let it hold.

    That is a denial that the affirming origin came to, or a rival that is assumed. What is given never goes.
    """
    if fact.drawn or fact.certain or any(base.facts[rival].basis == "given" for rival in fact.rivals):
        return False
    return any(report.polarity == "affirms" for report in fact.reports)


def releasable(fact: Fact, base: Base) -> bool:
    """Whether losing sources or assumptions may let a fact hold that is held down.

    A denial by the very source that affirms it, or by one that this came through, never goes without it.
    """
    if not held_down(fact, base):
        return False
    ways = [(report, set(chain(report.source, base.sources))) for report in fact.reports]
    return fact.alone > 0 or any(
        all(came - way for denial, came in ways if denial.polarity == "denies" and denial.origin == report.origin)
        for report, way in ways
        if report.polarity == "affirms"
    )


def depended_on(base: Base, scope: Scope, derivation: Derivation) -> Iterator[Fact]:
    """The facts that a scope depends on, in order: those in it, their rivals, and what is held down and would join.

    The derivation is one that knows what is held down.
    """
    ids, rivalry = derivation.atom_ids, partial(slot_of, vocabulary=base.standards[0])
    drawn = {value for draw in scope.draws for value in draw.values}
    inside = {atom: fact for atom, fact in base.facts.items() if atom in drawn or ids.get(atom) in scope.atoms}
    slots = {rivalry(atom) for atom in drawn} - {None}
    awaited = {rivalry(atom) for atom, fact in inside.items() if held_down(fact, base)} - {None}
    for atom, fact in base.facts.items():
        joins = fact.credence <= 0 and (atom.predicate in REFINING or rivalry(atom) in slots)
        if joins or atom in inside or rivalry(atom) in awaited:
            yield fact


def awake(atoms: Iterable[Atom], base: Base) -> tuple[Atom, ...]:
    """Those that may hold in another base."""
    return tuple(atom for atom in atoms if atom in base.facts and base.facts[atom].credence > 0)


def widened(derivation: Derivation, atoms: Iterable[Atom]) -> Derivation:
    """The derivation over more facts."""
    known = (derivation.atoms[number] for number in derivation.base.tolist())
    return ground(derivation.program, dict.fromkeys((*known, *atoms)))


def instances_there(instances: Collection[int], before: Derivation, after: Derivation) -> frozenset[int]:
    """The same rule instances in a wider derivation; of a rule of which these are all, the new ones as well."""
    if not instances:
        return frozenset()
    numbers, rules_before = set(instances), before.rule.tolist()
    spared = {rule for number, rule in enumerate(rules_before) if number not in numbers}
    wanted = {_name(number, before) for number in instances}
    whole = {rules_before[number] for number in instances} - spared
    return frozenset(
        number for number, rule in enumerate(after.rule.tolist()) if rule in whole or _name(number, after) in wanted
    )


def _name(instance: int, derivation: Derivation) -> tuple[object, ...]:
    """What makes an instance the same one in two derivations of one program."""
    constants = tuple(derivation.constants[constant] for constant in derivation.binding[instance])
    premises = tuple(derivation.atoms[atom] for atom in derivation.premises(instance).tolist())
    return (int(derivation.rule[instance]), constants, premises)
