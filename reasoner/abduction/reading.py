"""One reading of a case: the facts taken to hold, all that follows, and what would follow after a change.

A change is carried through component by component: what rested on something lost, or on the absence of something
gained, is taken back unless it also follows otherwise; then what newly follows is added (Gupta, Mumick and
Subrahmanian 1993, "Maintaining views incrementally").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import heapify, heappop, heappush

from reasoner.abduction.clauses import ANONYMOUS, Clause, Clauses
from reasoner.abduction.joining import (
    Bindings,
    bodies,
    grounded,
    is_ground,
    matching,
    row_matched,
    unhindered,
)
from reasoner.abduction.model import Model, Row
from reasoner.assessment.bits import Bits
from reasoner.assessment.circuit import Circuit
from reasoner.evidence.base import Base
from reasoner.grounding.graph import Derivation
from reasoner.terms import Arithmetic, Atom, Term, Variable

LIKELY = 0.5
"""A fact holds in the likeliest reading from this credence on."""


@dataclass(frozen=True)
class Reading:
    """The facts that are taken to hold, rule-base facts left out, and the model of everything that follows."""

    clauses: Clauses
    facts: frozenset[Atom]
    model: Model = field(compare=False)

    def after(
        self, assume: Iterable[Atom] = (), retract: Iterable[Atom] = (), needed: frozenset[str] | None = None
    ) -> Reading:
        """The reading with facts added and taken away.

        Where ``needed`` are given, only those predicates are worked out anew; the rest of the model is then stale.
        """
        gone = frozenset(retract) & self.facts
        come = frozenset(assume) - self.facts
        change = _Change(self, come, gone)
        change.carry_through(needed)
        return replace(self, facts=(self.facts - gone) | come, model=change.model)

    def holds(self, goal: Atom) -> bool:
        """Whether an atom holds; an open variable may be anything."""
        return any(True for _ in matching(self.model, goal, {}))

    def firings(self, position: int, goal: Atom) -> Iterator[Bindings]:
        """The bindings under which one rule concludes an atom that matches the goal."""
        clause = self.clauses.all[position]
        bindings = goal_matched(clause.head, goal)
        if bindings is None:
            return
        for found in bodies(self.model, clause, bindings):
            head = grounded(clause.head, found)
            if row_matched(goal.arguments, head.arguments, {}) is not None and unhindered(self.model, clause, found):
                yield found

    def concluding(self, atom: Atom) -> tuple[int, ...]:
        """The positions of the rules that conclude a ground atom; kept once they are known."""
        if atom not in self._rules_behind:
            clauses = self.clauses.concluding.get(atom.predicate, ())
            firing = (each.position for each in clauses if any(True for _ in self.firings(each.position, atom)))
            self._rules_behind[atom] = tuple(firing)
        return self._rules_behind[atom]

    @cached_property
    def _rules_behind(self) -> dict[Atom, tuple[int, ...]]:
        return {}

    def concluded(self, position: int, bindings: Bindings) -> Atom:
        """What one rule concludes under some bindings."""
        return grounded(self.clauses.all[position].head, bindings)


def reading_of(derivation: Derivation, circuit: Circuit, facts: Collection[Atom]) -> Reading:
    """What follows where exactly these facts hold, all of which the derivation has to know."""
    bits = Bits.over(1)
    ids = derivation.atom_ids
    held = {ids[atom]: bits.full for atom in facts}
    rows = circuit.propagate(range(len(circuit.head)), held, (), bits)
    known = len(derivation.atoms)  # past these stand what aggregates are asked
    atoms = [derivation.atoms[atom] for atom in sorted(rows) if atom < known and rows[atom].any()]
    return Reading(Clauses(derivation.program), frozenset(facts), Model(atoms))


def likeliest_reading(base: Base, derivation: Derivation, circuit: Circuit) -> Reading:
    """The reading in which a fact holds if it is certain or its credence, beside any rivals, is one half or more."""
    facts = [atom for atom, fact in base.facts.items() if fact.certain or fact.credence >= LIKELY]
    return reading_of(derivation, circuit, [atom for atom in facts if atom in derivation.atom_ids])


class _Change:
    """One change while it is carried through the components of a program."""

    def __init__(self, before: Reading, come: Collection[Atom], gone: Collection[Atom]) -> None:
        self.clauses = before.clauses
        self.old = before.model
        self.model = before.model.copy()
        self.facts = (before.facts - frozenset(gone)) | frozenset(come)
        self.added: dict[str, dict[Row, None]] = {}
        self.removed: dict[str, dict[Row, None]] = {}
        self.come, self.gone = _by_predicate(come), _by_predicate(gone)

    def carry_through(self, needed: frozenset[str] | None) -> None:
        """Settle, in order, whatever the change reaches."""
        components, place, above = self.clauses.program.components, self.clauses.place, self.clauses.above
        due: list[int] = []
        for predicate in sorted({*self.come, *self.gone}):
            if predicate in place:
                due.append(place[predicate])
            else:
                self._settle((predicate,), ())
                due += above.get(predicate, ())
        heapify(due)
        last = -1
        while due:
            number = heappop(due)
            component = components[number]
            if number == last or (needed is not None and needed.isdisjoint(component.predicates)):
                continue
            last = number
            touched = {*self.added, *self.removed, *self.come, *self.gone}
            rules = [i for i in component.rules if not touched.isdisjoint(self.clauses.resting_on[i])]
            self._settle(tuple(sorted(component.predicates)), component.rules if component.recursive else rules)
            for predicate in component.predicates:
                if predicate in self.added or predicate in self.removed:
                    for higher in above.get(predicate, ()):
                        heappush(due, higher)

    def _settle(self, predicates: tuple[str, ...], rules: Iterable[int]) -> None:
        """Work out one component anew, everything beneath it being settled."""
        clauses = [self.clauses.all[position] for position in rules]
        doubtful = self._doubtful(predicates, clauses)
        for predicate, rows in doubtful.items():
            for row in rows:
                self.model.remove(predicate, row)
        due = self._fresh(predicates, clauses, doubtful)
        while due:
            newest: dict[str, dict[Row, None]] = {}
            for atom in due:
                if not self.model.holds(atom.predicate, atom.arguments):
                    self.model.add(atom.predicate, atom.arguments)
                    newest.setdefault(atom.predicate, {})[atom.arguments] = None
            due = list(self._following(clauses, newest)) if newest else []
        self._record(predicates, doubtful)

    def _doubtful(self, predicates: Iterable[str], clauses: list[Clause]) -> dict[str, dict[Row, None]]:
        """What held because of something that is lost, or of the absence of something gained."""
        found: dict[str, dict[Row, None]] = {}
        waiting: list[Atom] = [Atom(name, row) for name in predicates for row in self.gone.get(name, ())]
        waiting += self._resting(clauses, self.removed, self.added)
        while waiting:
            atom = waiting.pop()
            rows = found.setdefault(atom.predicate, {})
            if atom.arguments in rows or not self.old.holds(atom.predicate, atom.arguments):
                continue
            rows[atom.arguments] = None
            waiting += self._resting(clauses, {atom.predicate: {atom.arguments: None}}, {})
        return found

    def _resting(
        self, clauses: list[Clause], lost: dict[str, dict[Row, None]], gained: dict[str, dict[Row, None]]
    ) -> Iterator[Atom]:
        """The heads that rested, before, on what is lost or on the absence of what is gained."""
        for clause in clauses:
            for bindings, place in _touching(clause.positives, lost):
                for found in bodies(self.old, clause, bindings, place):
                    yield grounded(clause.head, found)
            for bindings, _ in _touching(clause.absences, gained):
                for found in bodies(self.old, clause, bindings):
                    yield grounded(clause.head, found)
            if not clause.settling.isdisjoint((*lost, *gained)):
                for found in bodies(self.old, clause, {}):
                    yield grounded(clause.head, found)

    def _fresh(
        self, predicates: Iterable[str], clauses: list[Clause], doubtful: dict[str, dict[Row, None]]
    ) -> list[Atom]:
        """What comes first: facts, what is doubtful and follows otherwise, what follows from what has changed."""
        found = [Atom(name, row) for name in predicates for row in self.come.get(name, ())]
        for predicate, rows in doubtful.items():
            found += [atom for atom in (Atom(predicate, row) for row in rows) if self._stands(atom)]
        found += self._following(clauses, self.added)
        for clause in clauses:
            for bindings, _ in _touching(clause.absences, self.removed):
                found += self._heads(clause, bindings)
            if not clause.settling.isdisjoint((*self.added, *self.removed)):
                found += self._heads(clause, {})
        return found

    def _stands(self, atom: Atom) -> bool:
        """Whether an atom is a fact or follows from what is settled by now."""
        if atom in self.facts:
            return True
        for clause in self.clauses.concluding.get(atom.predicate, ()):
            bindings = head_matched(clause.head, atom.arguments)
            if bindings is None:
                continue
            for found in bodies(self.model, clause, bindings):
                if grounded(clause.head, found) == atom and unhindered(self.model, clause, found):
                    return True
        return False

    def _following(self, clauses: list[Clause], newest: dict[str, dict[Row, None]]) -> Iterator[Atom]:
        for clause in clauses:
            for bindings, place in _touching(clause.positives, newest):
                yield from self._heads(clause, bindings, place)

    def _heads(self, clause: Clause, bindings: Bindings, place: int | None = None) -> Iterator[Atom]:
        for found in bodies(self.model, clause, bindings, place):
            head = grounded(clause.head, found)
            if is_ground(head.arguments) and unhindered(self.model, clause, found):
                yield head

    def _record(self, predicates: Iterable[str], doubtful: dict[str, dict[Row, None]]) -> None:
        """Note, of the predicates just settled, what was not there before and what is there no more."""
        for predicate in predicates:
            lost = {row: None for row in doubtful.get(predicate, ()) if not self.model.holds(predicate, row)}
            if lost:
                self.removed[predicate] = lost
            before, after = self.old.rows(predicate), self.model.rows(predicate)
            if before is not after:
                gained = {row: None for row in after if row not in before}
                if gained:
                    self.added[predicate] = gained


def head_matched(head: Atom, row: Row) -> Bindings | None:
    """The bindings under which a clause concludes a row, as far as arithmetic in its head leaves them open; or None."""
    plain = [(term, value) for term, value in zip(head.arguments, row, strict=True) if not isinstance(term, Arithmetic)]
    return row_matched([term for term, _ in plain], tuple(value for _, value in plain), {})


def goal_matched(head: Atom, goal: Atom) -> Bindings | None:
    """The same for a goal with open variables: the bindings that its constants ask for."""
    if head.predicate != goal.predicate:
        return None
    found: Bindings = {}
    for term, value in zip(head.arguments, goal.arguments, strict=True):
        if type(value) is Variable or type(term) is Arithmetic:
            continue
        if type(term) is Variable:
            if found.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return found


def _touching(atoms: Iterable[Atom], changed: dict[str, dict[Row, None]]) -> Iterator[tuple[Bindings, int]]:
    """For each literal and each changed row that it speaks of: what its variables stand for then, and its place."""
    for place, atom in enumerate(atoms):
        for row in changed.get(atom.predicate, ()):
            bindings = _spoken_of(atom.arguments, row)
            if bindings is not None:
                yield bindings, place


def _spoken_of(arguments: tuple[Term, ...], row: Row) -> Bindings | None:
    pairs = zip(arguments, row, strict=True)
    plain = [(term, value) for term, value in pairs if term != ANONYMOUS and not isinstance(term, Arithmetic)]
    return row_matched([term for term, _ in plain], tuple(value for _, value in plain), {})


def _by_predicate(atoms: Iterable[Atom]) -> dict[str, dict[Row, None]]:
    found: dict[str, dict[Row, None]] = {}
    for atom in sorted(atoms, key=str):
        found.setdefault(atom.predicate, {})[atom.arguments] = None
    return found
