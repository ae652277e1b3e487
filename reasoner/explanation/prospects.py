"""What a change of facts could bring about at all: which predicates may gain an atom or lose one, and over what.

Everything here errs on the side of too much, so that a search may leave out whatever it rules out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reasoner.explanation.admission import Admission
from reasoner.explanation.clauses import Clause
from reasoner.explanation.reading import Reading
from reasoner.terms import Arithmetic, Atom, Term, Variable

Column = tuple[str, int]
"""An argument of a predicate."""


@dataclass(frozen=True)
class Prospects:
    """One reading, with what may be changed in it: the ground on which repairs are looked for."""

    reading: Reading
    admission: Admission

    @cached_property
    def _clauses(self) -> tuple[Clause, ...]:
        """All clauses, each after those it depends on, but for recursion."""
        clauses = self.reading.clauses
        return tuple(clauses.all[position] for component in clauses.program.components for position in component.rules)

    @cached_property
    def _predicates(self) -> frozenset[str]:
        return frozenset(
            atom.predicate for each in self._clauses for atom in (each.head, *each.positives, *each.absences)
        ).union(*(each.settling for each in self._clauses))

    @cached_property
    def possible(self) -> frozenset[str]:
        """The predicates that something holds of, or could after some change."""
        rows, assumable = self.reading.model.rows, self.admission.assumable
        found = {name for name in self._predicates if rows(name) or assumable(name)}
        before = -1
        while len(found) != before:
            before = len(found)
            for clause in self._clauses:
                if clause.head.predicate not in found and self._may_fire(clause, found):
                    found.add(clause.head.predicate)
        return frozenset(found)

    @staticmethod
    def _may_fire(clause: Clause, possible: Iterable[str]) -> bool:
        return all(atom.predicate in possible for atom in clause.positives)

    @cached_property
    def gaining(self) -> frozenset[str]:
        """The predicates of which something more could hold after some change."""
        return self._moving[0]

    @cached_property
    def _moving(self) -> tuple[frozenset[str], frozenset[str]]:
        """The predicates that could gain an atom, and those that could lose one."""
        facts, retractable = self.reading.facts, self.admission.retractable
        gaining = {name for name in self._predicates if self.admission.assumable(name)}
        losing = {fact.predicate for fact in facts if retractable(fact)}
        fireable = [clause for clause in self._clauses if self._may_fire(clause, self.possible)]
        before = -1
        while len(gaining) + len(losing) != before:
            before = len(gaining) + len(losing)
            for clause in fireable:
                head, positives, absences = clause.head.predicate, clause.positives, clause.absences
                recounted = not clause.settling.isdisjoint(gaining | losing)
                if head not in gaining and (recounted or _touches(positives, gaining) | _touches(absences, losing)):
                    gaining.add(head)
                if head not in losing and (recounted or _touches(positives, losing) | _touches(absences, gaining)):
                    losing.add(head)
        return frozenset(gaining), frozenset(losing)

    @cached_property
    def domains(self) -> Mapping[Column, frozenset[Term] | None]:
        """Column → every constant that could ever stand there; None where arithmetic leaves that open."""
        found = self._stated_domains()
        changed = True
        while changed:
            changed = False
            for clause in self._clauses:
                for place, term in enumerate(clause.head.arguments):
                    column = (clause.head.predicate, place)
                    known, more = found[column], _values(term, clause, found)
                    if known is None or (more is not None and more <= known):
                        continue
                    found[column] = None if more is None else known | more
                    changed = True
        return {column: None if values is None else frozenset(values) for column, values in found.items()}

    def _stated_domains(self) -> dict[Column, set[Term] | None]:
        """What stands in each column as things are, and what an assumption could put there."""
        found: dict[Column, set[Term] | None] = {}
        for name, arity in self.reading.clauses.program.arities.items():
            for place in range(arity):
                assumed = self.admission.values(name, place) if self.admission.assumable(name) else ()
                found[name, place] = {*assumed, *(row[place] for row in self.reading.model.rows(name))}
        return found


def _touches(atoms: Iterable[Atom], moving: set[str]) -> bool:
    return any(atom.predicate in moving for atom in atoms)


def _values(term: Term, clause: Clause, domains: Mapping[Column, set[Term] | None]) -> set[Term] | None:
    """What a term of a clause's head could stand for."""
    if isinstance(term, Arithmetic):
        return None
    if not isinstance(term, Variable):
        return {term}
    found: set[Term] | None = None
    for atom in clause.positives:
        for place, other in enumerate(atom.arguments):
            if other == term:
                values = domains[atom.predicate, place]
                if values is not None:
                    found = values if found is None else found & values
    return found
