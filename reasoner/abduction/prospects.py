"""What a change of facts could bring about at all: which predicates may gain an atom or lose one, and over what.

Everything here errs on the side of too much, so that a search may leave out whatever it rules out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from reasoner.abduction.admission import Admission
from reasoner.abduction.attempts import is_wild
from reasoner.abduction.clauses import Clause
from reasoner.abduction.joining import is_open
from reasoner.abduction.model import Row
from reasoner.abduction.reading import Reading
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
    def addable(self) -> Mapping[str, Sequence[Atom] | None]:
        """Predicate → the facts that could be assumed of it, None where they are too many to list."""
        found: dict[str, Sequence[Atom] | None] = {}
        for name in sorted(self._predicates):
            if self.admission.assumable(name):
                listed = self.admission.listed(name)
                new = None if listed is None else [atom for atom in listed if atom not in self.reading.facts]
                if new != []:
                    found[name] = new
        return found

    @cached_property
    def possible(self) -> frozenset[str]:
        """The predicates that something holds of, or could after some change."""
        found = {name for name in self._predicates if self.reading.model.rows(name) or name in self.addable}
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
        gaining = set(self.addable)
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
    def levers(self) -> Mapping[str, frozenset[str]]:
        """Predicate → those of which a fact has to be assumed or retracted for it to gain an atom, or lose one."""
        beneath = self.reading.clauses.beneath
        movable = {*self.addable} | {fact.predicate for fact in self.reading.facts if self.admission.retractable(fact)}
        return {name: beneath.get(name, frozenset((name,))) & movable for name in self._predicates | movable}

    @cached_property
    def standings(self) -> Standings:
        """How every atom stands in the reading."""
        return Standings(self, self.reading)

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
                found[name, place] = {
                    *self._assumed(name, place),
                    *(row[place] for row in self.reading.model.rows(name)),
                }
        return found

    def _assumed(self, predicate: str, place: int) -> Iterable[Term]:
        listed = self.addable.get(predicate, ())
        return self.admission.values(predicate, place) if listed is None else (each.arguments[place] for each in listed)


class Standing(NamedTuple):
    """How an atom stands in a reading: whether it has open variables, and the rows that may match it.

    ``levers`` are the predicates of which a fact has to be changed for more to match; none where nothing more could.
    """

    ground: bool
    rows: Mapping[Row, None]
    levers: frozenset[str]


Shape: TypeAlias = tuple[Term | None, ...]
"""The arguments of an atom, None for what is open."""


class Standings:
    """The standing of every atom that was asked for, in the reading of some prospects or in one after a change."""

    def __init__(self, prospects: Prospects, reading: Reading) -> None:
        self.prospects, self.model = prospects, reading.model
        self._known: dict[tuple[str, Shape], Standing] = {}

    def of(self, atom: Atom) -> Standing:
        """How an atom stands, its arguments being resolved."""
        key = atom.predicate, tuple([None if is_open(term) else term for term in atom.arguments])
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judged(*key)
        return known

    def _judged(self, predicate: str, shape: Shape) -> Standing:
        bound = [(place, term) for place, term in enumerate(shape) if term is not None]
        gains = predicate in self.prospects.gaining and self._in_reach(predicate, bound)
        levers = self.prospects.levers[predicate] if gains else frozenset[str]()
        if len(bound) < len(shape):
            return Standing(False, self.model.near(predicate, bound), levers)
        row = tuple(term for _, term in bound)
        return Standing(True, {row: None} if self.model.holds(predicate, row) else {}, levers)

    def _in_reach(self, predicate: str, bound: Sequence[tuple[int, Term]]) -> bool:
        """Whether an atom with these arguments could ever hold, going by what may stand there or is listed."""
        for place, term in bound:
            values = self.prospects.domains[predicate, place]
            if values is not None and term not in values and not is_wild(term):
                return False
        listed = self.prospects.addable.get(predicate)
        if listed is None or predicate in self.prospects.reading.clauses.concluding:
            return True
        return any(all(atom.arguments[place] == term for place, term in bound) for atom in listed)


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
