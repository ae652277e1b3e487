"""Near misses: what nobody has reported, but would complete a line for or against somebody, or defeat one.

Found backwards from the reserved heads, rule by rule: all premises but one must be something that some world may hold,
and the one that is missing must come down to facts that can be asked for. Two premises may be missing together where
they speak of the same unknown thing (a trace was left, and it matches). Conditions that compare values are left to the
worlds, which decide in the end what a fact does; so this finds rather too much than too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from reasoner.abduction.clauses import ANONYMOUS, Clause, Clauses
from reasoner.abduction.joining import Bindings, grounded, is_open, joined, resolved, row_matched
from reasoner.abduction.model import Model, Row
from reasoner.abduction.reading import goal_matched
from reasoner.assessment.assess import Assessment
from reasoner.explanation.askable import UNKNOWN, Askable, askable, unknown
from reasoner.language.vocabulary import NOBODY, OTHER, RESERVED_HEADS
from reasoner.terms import Atom, Variable

Missing: TypeAlias = tuple[Atom, ...]
"""Facts that would have to be so together, in the order in which a rule speaks of them."""

DEEPEST = 60
"""Statements that may wait for one another: what lies beneath more rules than that is not looked for."""

_LINES = ("supports", "opposes", "excludes", "prior")


def near_misses(assessment: Assessment, role: str) -> tuple[Missing, ...]:
    """All that would complete or defeat a line for or against a hypothesis of a role, each once.

    Of findings that contain each other only the smallest are kept.
    """
    stakes = next(each for each in assessment.roles if each.role.id == role)
    derivation = assessment.derivation
    search = _Search(askable(assessment), Clauses(derivation.program), Model(derivation.atoms))
    about = [(line, actor) for actor in stakes.candidates for line in _LINES]
    about += [("prior", actor) for actor in (OTHER, NOBODY)]
    found: dict[frozenset[Atom], Missing] = {}
    for line, actor in about:
        given = (assessment.base.case.id, role, actor)
        goal = Atom(line, given + (ANONYMOUS,) * (RESERVED_HEADS[line] - len(given)))
        found |= {frozenset(missing): missing for _, missing in search.ways(goal)}
    weighing = (atom for stake in stakes.stakes for atom in stake.atoms())
    _, instances = assessment.circuit.reach(weighing, ())
    found |= {frozenset(missing): missing for missing in search.defeating(instances)}
    return tuple(missing for facts, missing in found.items() if not any(other < facts for other in found))


@dataclass(frozen=True)
class _Search:
    """One case, searched for what is missing; ``model`` is what some world may hold."""

    askable: Askable
    clauses: Clauses
    model: Model
    _found: dict[Atom, tuple[tuple[Row, Missing], ...]] = field(default_factory=dict)
    _waiting: list[Atom] = field(default_factory=list)

    def ways(self, goal: Atom) -> tuple[tuple[Row, Missing], ...]:
        """Each way to make an atom true by what is missing; one that waits for itself has none.

        ``_`` in the goal may be anything. A way is the arguments that the atom then has, and the facts.
        """
        if goal not in self._found:
            if len(self._waiting) == DEEPEST:
                return ()
            self._waiting.append(goal)
            self._found[goal] = ()
            self._found[goal] = tuple(dict.fromkeys(self._searched(goal)))
            self._waiting.pop()
        return self._found[goal]

    def defeating(self, instances: Iterable[int]) -> Iterator[Missing]:
        """What would keep a rule instance from firing, by making true what it needs to be false."""
        derivation = self.askable.derivation
        for instance in instances:
            clause = self.clauses.all[int(derivation.rule[instance])]
            if clause.absences:
                bindings: Bindings = {Variable(name): value for name, value in derivation.bindings(instance).items()}
                for atom in clause.absences:
                    for _, missing in self.ways(_opened(atom, bindings)):
                        yield missing

    def _searched(self, goal: Atom) -> Iterator[tuple[Row, Missing]]:
        fact = self.askable.fact(goal)
        if fact is not None:
            yield fact.arguments, (fact,)
        for clause in self.clauses.concluding.get(goal.predicate, ()):
            bindings = goal_matched(clause.head, goal)
            if bindings is not None:
                yield from self._through(clause, bindings)

    def _through(self, clause: Clause, bindings: Bindings) -> Iterator[tuple[Row, Missing]]:
        """The ways through one rule: all that it needs holds in some world, but for one premise, or for two."""
        needed = clause.positives
        for place, atom in enumerate(needed):
            for known in joined(self.model, needed[:place] + needed[place + 1 :], bindings):
                for bound, missing in self._missing(atom, known):
                    yield from _concluded(clause, bound, missing)
            for later in range(place + 1, len(needed)):
                yield from self._together(clause, (place, later), bindings)

    def _together(self, clause: Clause, pair: tuple[int, int], bindings: Bindings) -> Iterator[tuple[Row, Missing]]:
        """Two premises that are missing together, about one thing that nothing else speaks of."""
        first, second = (clause.positives[place] for place in pair)
        others = tuple(atom for place, atom in enumerate(clause.positives) if place not in pair)
        shared = {*_variables(first)} & {*_variables(second)} - bindings.keys()
        if not shared or any(shared & {*_variables(atom)} for atom in others):
            return
        for known in joined(self.model, others, bindings):
            if any(True for there in joined(self.model, (first,), known) for _ in self._missing(second, there)):
                continue
            for bound, missing in self._missing(first, known):
                if any(unknown(resolved(variable, bound)) for variable in shared):
                    for both, more in self._missing(second, bound):
                        yield from _concluded(clause, both, missing + more)

    def _missing(self, atom: Atom, bindings: Bindings) -> Iterator[tuple[Bindings, Missing]]:
        """The ways to a premise that does not hold in any world, with what its variables then stand for."""
        goal = _opened(atom, bindings)
        if self.model.holds(goal.predicate, goal.arguments):
            return
        wanted = grounded(atom, bindings).arguments
        for row, missing in self.ways(goal):
            bound = row_matched(wanted, row, bindings)
            if bound is not None:
                yield bound, missing


def _concluded(clause: Clause, bindings: Bindings, missing: Missing) -> Iterator[tuple[Row, Missing]]:
    """What the rule then concludes; the worlds will say what a value comes to that it works out."""
    head = grounded(clause.head, bindings).arguments
    yield tuple(f"{UNKNOWN}value" if is_open(term) else term for term in head), missing


def _opened(atom: Atom, bindings: Bindings) -> Atom:
    """The atom under the bindings, with ``_`` for what they leave open."""
    terms = grounded(atom, bindings).arguments
    return Atom(atom.predicate, tuple(ANONYMOUS if is_open(term) else term for term in terms))


def _variables(atom: Atom) -> Iterator[Variable]:
    return (term for term in atom.arguments if isinstance(term, Variable))
