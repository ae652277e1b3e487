"""Abduction: the smallest changes to the facts that would let an atom follow, searched from the atom downward.

A goal that holds already costs nothing. One that does not is assumed, where a report could say it, or asked of the
rules that conclude it; what must not hold but does is taken apart the same way, until each way it follows is broken
(Kakas, Kowalski and Toni 1992, "Abductive logic programming"; Denecker and De Schreye 1998, "SLDNFA").

What is found is a proposal. It takes for granted that whatever else holds stays so; `repairs` puts that to the test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import heapify, heappop, heappush
from itertools import count

from reasoner.explanation.admission import Admission
from reasoner.explanation.attempts import (
    WILD,
    Allowance,
    Attempt,
    Goal,
    Instance,
    Proposal,
    is_variant,
    is_wild,
    turns_back,
)
from reasoner.explanation.clauses import ANONYMOUS, Clause
from reasoner.explanation.joining import (
    Bindings,
    bodies,
    cheapest,
    compare,
    grounded,
    held,
    is_ground,
    is_open,
    matches,
    matching,
    open_variables,
    resolved,
    unhindered,
    unified,
)
from reasoner.explanation.reading import Reading, head_matched
from reasoner.terms import Arithmetic, Atom, Comparison, Constant, Term, Variable


def proposals(
    reading: Reading,
    goal: Atom,
    admission: Admission,
    most: int,
    allowance: Allowance,
    rules: frozenset[int] | None = None,
) -> Iterator[Proposal]:
    """Every change of at most so many facts that would let the goal follow if all else stayed as it is.

    The goal may have open variables. ``rules`` are the positions of the rules that may conclude it, None for all.
    Raises Exhausted when the allowance is used up.
    """
    search = _Search(reading, admission, most, allowance)
    if rules is None:
        yield from search.run([Attempt((Goal(goal),), {})])
        return
    for clause in reading.clauses.concluding.get(goal.predicate, ()):
        if clause.position in rules and not clause.countings:
            yield from search.run(search.by_clause(Attempt((), {}), Goal(goal), clause))


class _Search:
    """One search under one bound on the number of changes."""

    def __init__(self, reading: Reading, admission: Admission, most: int, allowance: Allowance) -> None:
        self.reading, self.model, self.clauses = reading, reading.model, reading.clauses
        self.admission, self.most, self.allowance = admission, most, allowance
        self.marks = count(1)
        self.possible = _possible(reading, admission)

    def run(self, attempts: Iterable[Attempt]) -> Iterator[Proposal]:
        """All proposals that attempts lead to, those through few rules first."""
        due = [(attempt.steps, next(self.marks), attempt) for attempt in attempts]
        heapify(due)
        while due:
            self.allowance.spend()
            _, _, attempt = heappop(due)
            if attempt.done:
                yield from self._proposed(attempt)
                continue
            for following in self._following(attempt):
                heappush(due, (following.steps, -next(self.marks), following))

    def _following(self, attempt: Attempt) -> Iterator[Attempt]:
        """The attempts that are one step further."""
        compared = self._compared(attempt)
        if compared is None:
            return
        if compared.goals:
            yield from self._next_goal(compared)
        elif compared.breaking:
            yield from self._break(compared, compared.breaking[0])
        elif compared.doomed:
            yield from self._doom(compared, compared.doomed[0])
        else:
            yield from self._absent(compared)

    def _compared(self, attempt: Attempt) -> Attempt | None:
        """The attempt with every comparison decided that can be; None where one fails."""
        if not attempt.comparisons:
            return attempt
        bindings, pending = attempt.bindings, attempt.comparisons
        while True:
            left = []
            for comparison in pending:
                after, decided = compare(comparison, bindings)
                if after is None:
                    return None
                bindings = after
                if not decided:
                    left.append(comparison)
            if len(left) == len(pending):
                break
            pending = tuple(left)
        return replace(attempt, bindings=bindings, comparisons=pending)

    # --- What must hold ------------------------------------------------------------------------------------------

    def _next_goal(self, attempt: Attempt) -> Iterator[Attempt]:
        place = cheapest(self.model, [goal.atom for goal in attempt.goals], attempt.bindings)
        goal = attempt.goals[place]
        rest = replace(attempt, goals=attempt.goals[:place] + attempt.goals[place + 1 :])
        atom = grounded(goal.atom, attempt.bindings)
        if is_ground(atom.arguments):
            if atom in attempt.false:
                return
            if self.model.holds(atom.predicate, atom.arguments):
                yield rest
                return
        else:
            yield from self._held(rest, atom)
        yield from self._assumed(rest, atom)
        yield from self._derived(rest, Goal(atom, goal.above))

    def _held(self, attempt: Attempt, atom: Atom) -> Iterator[Attempt]:
        for bindings in matching(self.model, atom, attempt.bindings):
            if not attempt.false or grounded(atom, bindings) not in attempt.false:
                yield replace(attempt, bindings=bindings)

    def _assumed(self, attempt: Attempt, atom: Atom) -> Iterator[Attempt]:
        if not self.admission.assumable(atom.predicate):
            return
        for known in attempt.assumed:
            if known.predicate == atom.predicate:
                bindings = self._same(known, atom, attempt.bindings)
                if bindings is not None:
                    yield replace(attempt, bindings=bindings)
        if attempt.cost < self.most and self._fitting(atom):
            yield (replace(attempt, assumed=(*attempt.assumed, atom)))

    def _same(self, one: Atom, other: Atom, bindings: Bindings) -> Bindings | None:
        for left, right in zip(one.arguments, other.arguments, strict=True):
            found = unified(resolved(left, bindings), resolved(right, bindings), bindings)
            if found is None:
                return None
            bindings = found
        return bindings

    def _fitting(self, atom: Atom) -> bool:
        """Whether a report could say the atom, as far as its arguments are known."""
        return all(
            is_open(term) or self.admission.fits(atom.predicate, place, _constant(term))
            for place, term in enumerate(atom.arguments)
        )

    def _derived(self, attempt: Attempt, goal: Goal) -> Iterator[Attempt]:
        """Ask the rules that conclude a goal; something beneath them must change, or it would hold already."""
        clauses = self.clauses.concluding.get(goal.atom.predicate, ())
        if not clauses or not self._movable(attempt, goal.atom.predicate):
            return
        if any(is_variant(goal.atom, grounded(above, attempt.bindings)) for above in goal.above):
            yield from self._spelled_out(attempt, goal)
            return
        for clause in clauses:
            if not clause.countings and all(atom.predicate in self.possible for atom in clause.positives):
                yield from self.by_clause(attempt, goal, clause)

    def _movable(self, attempt: Attempt, predicate: str) -> bool:
        if attempt.cost < self.most:
            return True
        beneath = self.clauses.beneath[predicate]
        return any(atom.predicate in beneath for atom in (*attempt.assumed, *attempt.retracted))

    def _spelled_out(self, attempt: Attempt, goal: Goal) -> Iterator[Attempt]:
        """A goal that has come round to itself: only asked for with constants in place of its variables."""
        variable = next((each for term in goal.atom.arguments for each in open_variables(term)), None)
        if variable is None:
            return
        for constant in self.admission.constants:
            bindings = {**attempt.bindings, variable: constant}
            yield (
                replace(
                    attempt, bindings=bindings, goals=(Goal(grounded(goal.atom, bindings), goal.above), *attempt.goals)
                )
            )

    def by_clause(self, attempt: Attempt, goal: Goal, clause: Clause) -> Iterator[Attempt]:
        """All proposals by which one rule would conclude a goal."""
        mine = clause.renamed(next(self.marks))
        bindings = attempt.bindings
        comparisons = list(mine.comparisons)
        for head, wanted in zip(mine.head.arguments, goal.atom.arguments, strict=True):
            if type(head) is Arithmetic:
                comparisons.append(Comparison("=", head, wanted))
                continue
            found = unified(resolved(head, bindings), resolved(wanted, bindings), bindings)
            if found is None:
                return
            bindings = found
        above = (*goal.above, goal.atom)
        if len(above) > 1 and turns_back([grounded(atom, bindings) for atom in above]):
            return
        yield (
            replace(
                attempt,
                bindings=bindings,
                goals=(*(Goal(atom, above) for atom in mine.positives), *attempt.goals),
                comparisons=(*attempt.comparisons, *comparisons),
                absences=(*attempt.absences, *mine.absences),
                steps=attempt.steps + 1,
            )
        )

    # --- What must not hold --------------------------------------------------------------------------------------

    def _absent(self, attempt: Attempt) -> Iterator[Attempt]:
        """See that what must be absent is; what is left open then gets a value."""
        for place, atom in enumerate(attempt.absences):
            pattern = grounded(atom, attempt.bindings)
            if any(term != ANONYMOUS and is_open(term) for term in pattern.arguments):
                if _has_no_value(pattern):
                    return
                continue
            if any(_speaks_of(pattern, grounded(known, attempt.bindings)) for known in attempt.assumed):
                return
            doomed = [Atom(atom.predicate, row) for row in held(self.model, pattern, {})]
            rest = attempt.absences[:place] + attempt.absences[place + 1 :]
            yield (replace(attempt, absences=rest, doomed=(*doomed, *attempt.doomed)))
            return
        yield from self._closed(attempt)

    def _doom(self, attempt: Attempt, atom: Atom) -> Iterator[Attempt]:
        """Let an atom hold no more: retract it where it is a fact, break every instance that concludes it."""
        rest = replace(attempt, doomed=attempt.doomed[1:])
        if atom in rest.false:
            yield rest
            return
        if atom in self.clauses.stated or any(grounded(known, rest.bindings) == atom for known in rest.assumed):
            return
        retracted = rest.retracted
        if atom in self.reading.facts:
            if rest.cost >= self.most or not self.admission.retractable(atom):
                return
            retracted = retracted | {atom}
        breaking = (*self._instances(atom), *rest.breaking)
        yield (replace(rest, retracted=retracted, false=rest.false | {atom}, breaking=breaking))

    def _instances(self, atom: Atom) -> Iterator[Instance]:
        """The rule instances that conclude an atom as things are."""
        for clause in self.clauses.concluding.get(atom.predicate, ()):
            bindings = head_matched(clause.head, atom.arguments)
            if bindings is None:
                continue
            for found in bodies(self.model, clause, bindings):
                if grounded(clause.head, found) == atom and unhindered(self.model, clause, found):
                    yield Instance(
                        tuple(grounded(each, found) for each in clause.positives),
                        tuple(grounded(each, found) for each in clause.absences),
                    )

    def _break(self, attempt: Attempt, instance: Instance) -> Iterator[Attempt]:
        """Break one instance: let one of its premises fail, or something hold that must be absent."""
        rest = replace(attempt, breaking=attempt.breaking[1:])
        if any(atom in rest.false for atom in instance.positives):
            yield rest
            return
        for atom in dict.fromkeys(instance.positives):
            yield (replace(rest, doomed=(atom, *rest.doomed)))
        for atom in instance.absences:
            yield (replace(rest, goals=(Goal(self._anything(atom)), *rest.goals)))

    def _anything(self, pattern: Atom) -> Atom:
        arguments = [Variable(f"_'{next(self.marks)}") if term == ANONYMOUS else term for term in pattern.arguments]
        return Atom(pattern.predicate, tuple(arguments))

    # --- What is left open ---------------------------------------------------------------------------------------

    def _closed(self, attempt: Attempt) -> Iterator[Attempt]:
        """Give the next open variable each value it may have, or leave open what need not be named; then propose."""
        assumed = [grounded(atom, attempt.bindings) for atom in attempt.assumed]
        variable = next((each for atom in assumed for term in atom.arguments for each in open_variables(term)), None)
        if variable is None:
            if not attempt.comparisons and not attempt.absences:
                yield replace(attempt, assumed=tuple(assumed), done=True)
            return
        for constant in self._values(variable, assumed):
            valued = self._compared(replace(attempt, bindings={**attempt.bindings, variable: constant}))
            if valued is not None:
                yield valued
                if is_wild(constant):
                    return

    def _values(self, variable: Variable, assumed: Iterable[Atom]) -> Iterator[Constant]:
        """What a variable of assumed facts may stand for: nothing in particular first, where it stands in one alone."""
        places = [
            (atom.predicate, place) for atom in assumed for place, term in enumerate(atom.arguments) if term == variable
        ]
        if len(places) == 1 and self.admission.leaves_open(*places[0]):
            yield f"{WILD}{next(self.marks)}"
        first, *others = places
        for constant in self.admission.values(*first):
            if all(self.admission.fits(*place, constant) for place in others):
                yield constant

    def _proposed(self, attempt: Attempt) -> Iterator[Proposal]:
        """The proposal, with the facts retracted that exclude what is assumed; nothing where that cannot be."""
        assumed = frozenset(attempt.assumed)
        retracted = set(attempt.retracted)
        if any(atom in self.reading.facts or atom in attempt.false for atom in assumed):
            return
        for atom in assumed:
            if any(self.admission.exclude(atom, other) for other in assumed if other != atom):
                return
            for row in self.model.rows(atom.predicate):
                other = Atom(atom.predicate, row)
                if other in self.reading.facts and self.admission.exclude(atom, other):
                    if not self.admission.retractable(other):
                        return
                    retracted.add(other)
        if len(assumed) + len(retracted) <= self.most:
            yield Proposal(assumed, frozenset(retracted), attempt.steps)


def _constant(term: Term) -> Constant:
    assert not isinstance(term, (Variable, Arithmetic))
    return term


def _possible(reading: Reading, admission: Admission) -> frozenset[str]:
    """The predicates that something holds of, or could after some change."""
    clauses = reading.clauses
    found = {atom.predicate for clause in clauses.all for atom in (clause.head, *clause.positives)}
    found = {predicate for predicate in found if reading.model.rows(predicate) or admission.assumable(predicate)}
    for component in clauses.program.components:
        due = True
        while due:
            due = False
            for clause in (clauses.all[position] for position in component.rules):
                if clause.head.predicate not in found and found.issuperset(atom.predicate for atom in clause.positives):
                    found.add(clause.head.predicate)
                    due = True
    return frozenset(found)


def _speaks_of(pattern: Atom, atom: Atom) -> bool:
    """Whether a negated literal is about a ground atom."""
    return (
        pattern.predicate == atom.predicate and is_ground(atom.arguments) and matches(pattern.arguments, atom.arguments)
    )


def _has_no_value(pattern: Atom) -> bool:
    """Whether arithmetic in it can never come to anything."""
    return any(
        isinstance(term, Arithmetic) and not any(True for _ in open_variables(term)) for term in pattern.arguments
    )
