"""The instance of a rule that comes nearest to firing: which of its premises hold, and which fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reasoner.abduction.attempts import is_wild
from reasoner.abduction.clauses import ANONYMOUS, Clause
from reasoner.abduction.joining import (
    Bindings,
    all_compared,
    bodies,
    compare,
    countable,
    counted,
    grounded,
    held,
    is_open,
    matching,
    resolved,
)
from reasoner.abduction.reading import Reading, goal_matched
from reasoner.abduction.repairs import Repair
from reasoner.explanation.tallying import bound
from reasoner.terms import Aggregate, Atom, BodyElement, Comparison, Literal, Rule, Term, Variable


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a rule, with its premises in body order; ``_`` stands for what is left open.

    ``values`` are what the rule's variables stand for.
    """

    values: dict[str, Term]
    holds: tuple[BodyElement, ...]
    fails: tuple[BodyElement, ...]


def nearest(
    reading: Reading, position: int, goal: Atom, repair: Repair | None, like: Iterable[Bindings] = ()
) -> Instance | None:
    """The instance of a rule that a repair completes; without one, an instance of which fewest premises fail.

    Of several, the one that shares most with some instance of the same rule in ``like``. None where the rule cannot
    conclude the goal whatever holds.
    """
    clause, rule = reading.clauses.all[position], reading.clauses.program.rules[position]
    if repair is None or repair.after is None:
        candidates = _incomplete(reading, clause, goal)
    else:
        candidates = repair.after.firings(position, goal)
    known = tuple(like)

    def distance(bindings: Bindings) -> tuple[int, int]:
        shared = (len(each.items() & bindings.items()) for each in known)
        return len(_judged(reading, rule, clause, bindings).fails), -max(shared, default=0)

    found = min(candidates, key=distance, default=None)
    return None if found is None else _judged(reading, rule, clause, found)


def _incomplete(reading: Reading, clause: Clause, goal: Atom) -> Iterator[Bindings]:
    """The bindings that come with as few positive premises left out as possible."""
    asked = goal_matched(clause.head, goal)
    if asked is None:
        return
    places = range(len(clause.positives))
    for missing in range(len(clause.positives) + 1):
        some = False
        for left_out in combinations(places, missing):
            kept = tuple(atom for place, atom in enumerate(clause.positives) if place not in left_out)
            partial = Clause(clause.position, clause.head, kept, (), (), ())
            for bindings in bodies(reading.model, partial, asked):
                if all_compared(_decidable(clause.comparisons, bindings), bindings) is not None:
                    some = True
                    yield bindings
        if some:
            return


def _decidable(comparisons: Sequence[Comparison], bindings: Bindings) -> list[Comparison]:
    return [
        each
        for each in comparisons
        if not is_open(resolved(each.left, bindings)) and not is_open(resolved(each.right, bindings))
    ]


def _judged(reading: Reading, rule: Rule, clause: Clause, bindings: Bindings) -> Instance:
    """An instance with each premise put to the reading."""
    positives, absences = iter(clause.positives), iter(clause.absences)
    holds: list[BodyElement] = []
    fails: list[BodyElement] = []
    figures, bindings = _figures(reading, clause, bindings)
    for element in rule.body:
        if isinstance(element, Comparison):
            left, right = (_tame(resolved(side, bindings)) for side in (element.left, element.right))
            fitting = compare(element, bindings)[0] is not None
            (holds if fitting else fails).append(Comparison(element.operator, left, right))
            continue
        if isinstance(element, Aggregate):
            values = {name: _tame(resolved(Variable(name), bindings)) for name in rule.variables}
            (holds if next(figures) else fails).append(bound(element, values))
            continue
        atom = grounded(next(absences if element.negated else positives), bindings)
        true = (
            not held(reading.model, atom, {})
            if element.negated
            else any(True for _ in matching(reading.model, atom, {}))
        )
        told = Literal(Atom(atom.predicate, tuple(map(_tame, atom.arguments))), element.negated)
        (holds if true else fails).append(told)
    values = {variable.name: _tame(resolved(variable, bindings)) for variable in clause.variables}
    return Instance(values, tuple(holds), tuple(fails))


def _figures(reading: Reading, clause: Clause, bindings: Bindings) -> tuple[Iterator[bool], Bindings]:
    """Whether each aggregate comes to what is asked of it, and the bindings with the values that it gives."""
    outcomes = []
    for counting in clause.countings:
        after = counted(reading.model, counting, bindings) if countable(counting, bindings) else None
        outcomes.append(after is not None)
        bindings = bindings if after is None else after
    return iter(outcomes), bindings


def _tame(term: Term) -> Term:
    return ANONYMOUS if is_wild(term) or is_open(term) else term
