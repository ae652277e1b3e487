"""What is true in one world, read off a derivation graph in the slowest and plainest way."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom


def true_atoms(derivation: Derivation, facts: Iterable[Atom]) -> frozenset[Atom]:
    """The atoms of the graph that hold where exactly these facts do.

    Component by component, an instance fires when all its premises hold and none of its absences does, until
    nothing changes. ``facts`` are among those that were grounded.
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
    return all(int(atom) in holds for atom in premises) and not any(int(atom) in holds for atom in absences)
