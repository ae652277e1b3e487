"""What is true in one world, read off a derivation graph in the slowest and plainest way."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.grounding.graph import Derivation, Test
from reasoner.terms import Atom, Constant, compares, order_key


def true_atoms(derivation: Derivation, facts: Iterable[Atom]) -> frozenset[Atom]:
    """The atoms of the graph that hold where exactly these facts do.

    Component by component, an instance fires when all its premises hold, none of its absences does, and its aggregates
    have the values it asks for, until nothing changes. ``facts`` are among those that were grounded.
    """
    holds = {derivation.atom_ids[fact] for fact in facts}
    for component in derivation.program.components:
        instances = [i for i, rule in enumerate(derivation.rule) if int(rule) in component.rules]
        changed = True
        while changed:
            changed = False
            for instance in instances:
                head = int(derivation.head[instance])
                if head not in holds and _fires(derivation, instance, holds):
                    holds.add(head)
                    changed = True
    return frozenset(derivation.atoms[atom] for atom in holds)


def _fires(derivation: Derivation, instance: int, holds: set[int]) -> bool:
    premises, absences = derivation.premises(instance), derivation.absences(instance)
    fires = all(int(atom) in holds for atom in premises) and not any(int(atom) in holds for atom in absences)
    return fires and all(_succeeds(derivation, test, holds) for test in derivation.tests[instance])


def _succeeds(derivation: Derivation, test: Test, holds: set[int]) -> bool:
    tally = derivation.tallies[test.tally]
    firsts = [
        derivation.constants[counted.terms[0]]
        for counted in tally.counted
        if any(holds.issuperset(way.positive) and holds.isdisjoint(way.negative) for way in counted.instances)
    ]
    value: Constant
    if tally.function == "count":
        value = len(firsts)
    elif tally.function == "sum":
        value = sum(first for first in firsts if isinstance(first, int))
    elif firsts:
        value = (min if tally.function == "min" else max)(firsts, key=order_key)
    else:
        return False
    return all(compares(operator, value, derivation.constants[constant]) for operator, constant in test.guards)
