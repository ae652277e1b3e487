"""Abduction: the smallest changes to the facts that would let an atom follow, searched from the atom downward.

A goal that holds already costs nothing. One that does not is assumed, where a report could say it, or asked of the
rules that conclude it; what must not hold but does is taken apart the same way, until each way it follows is broken
(Kakas, Kowalski and Toni 1992, "Abductive logic programming"; Denecker and De Schreye 1998, "SLDNFA").

What is found is a proposal. It takes for granted that whatever else holds stays so; `repairs` puts that to the test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count

from reasoner.abduction.attempts import (
    Allowance,
    Attempt,
    Goal,
    Proposal,
    is_variant,
    is_wild,
    turns_back,
)
from reasoner.abduction.clauses import ANONYMOUS, Clause, compared, replaced, value_of
from reasoner.abduction.closing import fitting, outline, proposal_of, values
from reasoner.abduction.figures import Figure, Instance, instance_of
from reasoner.abduction.joining import (
    Bindings,
    bodies,
    grounded,
    held,
    is_ground,
    is_open,
    matches,
    open_variables,
    resolved,
    row_matched,
    unhindered,
    unified,
)
from reasoner.abduction.prospects import Prospects, Standings
from reasoner.abduction.reading import Reading, head_matched
from reasoner.abduction.settling import Settling
from reasoner.terms import Arithmetic, Atom, Comparison, Term, Variable


class Search:
    """One search: for the changes of at most ``most`` facts after which a goal would follow, all else staying as it is.

    ``reading`` is that of the prospects, or one after some change. Every method may raise Exhausted.
    """

    def __init__(self, prospects: Prospects, reading: Reading, most: int, allowance: Allowance) -> None:
        self.reading, self.model, self.clauses = reading, reading.model, reading.clauses
        self.prospects, self.admission = prospects, prospects.admission
        self.standings = prospects.standings if reading is prospects.reading else Standings(prospects, reading)
        self.settling = Settling(self.standings, self.clauses, most)
        self.most, self.allowance = most, allowance
        self.marks = count(1)
        self.guessed: dict[tuple[frozenset[Atom], frozenset[Atom]], Attempt] = {}

    def proposals(self, goal: Atom, rules: frozenset[int] | None = None) -> Iterator[Proposal]:
        """Every such change, for a goal that may have open variables; ``rules`` are those that may conclude it."""
        if rules is None:
            yield from self.run([Attempt((Goal(goal),), {})])
            return
        for clause in self.clauses.concluding.get(goal.predicate, ()):
            if clause.position in rules:
                yield from self.run(self.by_clause(Attempt((), {}), Goal(goal), clause))

    def guesses(self) -> Iterator[Proposal]:
        """Changes that may do, but are quicker tried than searched on."""
        yield from self.run(self.guessed.values())

    def run(self, attempts: Iterable[Attempt]) -> Iterator[Proposal]:
        """All proposals that attempts lead to, those through few rules first."""
        due = [
            (attempt.steps, next(self.marks), attempt) for attempt in map(self.settling.settled, attempts) if attempt
        ]
        heapify(due)
        while due:
            self.allowance.spend()
            _, _, attempt = heappop(due)
            for following in self._following(attempt):
                if following.done:
                    proposal = proposal_of(following, self.reading, self.admission, self.most)
                    if proposal is not None:
                        yield proposal
                    continue
                settled = self.settling.settled(following)
                if settled is not None:
                    heappush(due, (settled.steps, next(self.marks), settled))

    def _following(self, attempt: Attempt) -> Iterator[Attempt]:
        """The attempts that are one step further."""
        if attempt.goals:
            return self._next_goal(attempt)
        if attempt.breaking:
            return self._break(attempt, attempt.breaking[0])
        if attempt.doomed:
            return self._doom(attempt, attempt.doomed[0])
        return self._figured(attempt)

    # --- What must hold ------------------------------------------------------------------------------------------

    def _next_goal(self, attempt: Attempt) -> Iterator[Attempt]:
        place = attempt.next
        goal = attempt.goals[place]
        rest = attempt._replace(goals=attempt.goals[:place] + attempt.goals[place + 1 :])
        standing = self.standings.of(goal.atom)
        for row in standing.rows:
            bindings = row_matched(goal.atom.arguments, row, attempt.bindings)
            if bindings is not None:
                yield rest._replace(bindings=bindings)
        yield from self._assumed(rest, goal.atom)
        if self.settling.may_come(goal.atom, standing.levers, attempt):
            yield from self._derived(rest, goal)

    def _assumed(self, attempt: Attempt, atom: Atom) -> Iterator[Attempt]:
        if atom.predicate not in self.prospects.addable:
            return
        for known in attempt.assumed:
            if known.predicate == atom.predicate:
                bindings = self._same(known, atom, attempt.bindings)
                if bindings is not None:
                    yield attempt._replace(bindings=bindings)
        if attempt.cost == self.most:
            return
        listed = self.prospects.addable[atom.predicate]
        if listed is None:
            if fitting(atom, self.admission):
                yield attempt._replace(assumed=(*attempt.assumed, atom))
            return
        for fact in listed:
            bindings = row_matched(atom.arguments, fact.arguments, attempt.bindings)
            if bindings is not None and fact not in attempt.assumed:
                yield attempt._replace(bindings=bindings, assumed=(*attempt.assumed, fact))

    def _same(self, one: Atom, other: Atom, bindings: Bindings) -> Bindings | None:
        for left, right in zip(one.arguments, other.arguments, strict=True):
            found = unified(resolved(left, bindings), resolved(right, bindings), bindings)
            if found is None:
                return None
            bindings = found
        return bindings

    def _derived(self, attempt: Attempt, goal: Goal) -> Iterator[Attempt]:
        """Ask the rules that conclude a goal; something beneath them must change, or it would hold already."""
        if any(is_variant(goal.atom, grounded(above, attempt.bindings)) for above in goal.above):
            if attempt.cost < self.most:
                yield from self._spelled_out(attempt, goal)
            else:
                self._guess(attempt)
            return
        for clause in self.clauses.concluding.get(goal.atom.predicate, ()):
            yield from self.by_clause(attempt, goal, clause)

    def _spelled_out(self, attempt: Attempt, goal: Goal) -> Iterator[Attempt]:
        """A goal that has come round to itself: only asked for with constants in place of its variables."""
        columns = enumerate(goal.atom.arguments)
        column, variable = next(((i, v) for i, term in columns for v in open_variables(term)), (0, None))
        if variable is None:
            return
        values = self.prospects.domains[goal.atom.predicate, column]
        for constant in self.admission.constants:
            if values is None or constant in values:
                bindings = {**attempt.bindings, variable: constant}
                spelled = Goal(grounded(goal.atom, bindings), goal.above)
                yield attempt._replace(bindings=bindings, goals=(spelled, *attempt.goals))

    def _guess(self, attempt: Attempt) -> None:
        """Keep the changes made so far for a try: nothing is left to change."""
        assumed = tuple(grounded(atom, attempt.bindings) for atom in attempt.assumed)
        guess = Attempt((), {}, assumed=assumed, retracted=attempt.retracted, guessed=True)
        self.guessed.setdefault((frozenset(map(outline, assumed)), attempt.retracted), guess)

    def by_clause(self, attempt: Attempt, goal: Goal, clause: Clause) -> Iterator[Attempt]:
        """All proposals by which one rule would conclude a goal."""
        names: dict[Variable, Term] = {}
        bindings = attempt.bindings
        for head, wanted in zip(clause.head.arguments, goal.atom.arguments, strict=True):
            if type(head) is Arithmetic:
                continue
            same = names.setdefault(head, wanted) if type(head) is Variable else head
            found = unified(resolved(same, bindings), resolved(wanted, bindings), bindings)
            if found is None:
                return
            bindings = found
        above: tuple[Atom, ...] = ()
        if goal.atom.predicate in self.clauses.recursive:
            above = (*goal.above, goal.atom)
            if len(above) > 1 and turns_back([grounded(atom, bindings) for atom in above]):
                return
        mark = next(self.marks)
        names.update((variable, Variable(f"{variable.name}'{mark}")) for variable in clause.inner)
        worked_out = [
            Comparison("=", value_of(head, names), wanted)
            for head, wanted in zip(clause.head.arguments, goal.atom.arguments, strict=True)
            if type(head) is Arithmetic
        ]
        yield attempt._replace(
            bindings=bindings,
            goals=(*(Goal(replaced(atom, names), above) for atom in clause.positives), *attempt.goals),
            comparisons=(*attempt.comparisons, *(compared(each, names) for each in clause.comparisons), *worked_out),
            absences=(*attempt.absences, *(replaced(atom, names) for atom in clause.absences)),
            figures=(*attempt.figures, *(Figure(counting, names) for counting in clause.countings)),
            steps=attempt.steps + 1,
        )

    # --- What aggregates come to ----------------------------------------------------------------------------------

    def _figured(self, attempt: Attempt) -> Iterator[Attempt]:
        """See that an aggregate comes to what is asked; else, or where it might come to more or less, let it."""
        place, figure = next(
            ((i, each) for i, each in enumerate(attempt.figures) if each.ready(attempt.bindings)), (0, None)
        )
        if figure is None:
            yield from self._absent(attempt)
            return
        rest = attempt._replace(figures=attempt.figures[:place] + attempt.figures[place + 1 :])
        settled = figure.settled(self.model, attempt.bindings)
        if settled is not None:
            yield rest._replace(bindings=settled)
        if settled is None or figure.assigns(attempt.bindings):
            otherwise = rest._replace(loose=True)
            if figure.helps(self.model, attempt.bindings, more=True):
                yield from self._more(otherwise, figure)
            if figure.helps(self.model, attempt.bindings, more=False):
                yield from self._less(otherwise, figure)

    def _more(self, attempt: Attempt, figure: Figure) -> Iterator[Attempt]:
        """Let an aggregate count something that it does not count as things are."""
        for element in figure.elements(next(self.marks)):
            yield attempt._replace(
                goals=(*map(Goal, element.positives), *attempt.goals),
                comparisons=(*attempt.comparisons, *element.comparisons),
                absences=(*attempt.absences, *element.absences),
            )

    def _less(self, attempt: Attempt, figure: Figure) -> Iterator[Attempt]:
        """Let an aggregate no longer count something that it counts as things are."""
        for ways in figure.tuples(self.model, attempt.bindings):
            broken = (instance_of(element, found) for element, found in ways)
            yield attempt._replace(breaking=(*broken, *attempt.breaking))

    # --- What must not hold --------------------------------------------------------------------------------------

    def _absent(self, attempt: Attempt) -> Iterator[Attempt]:
        """See that what must be absent is; what is left open then gets a value."""
        left: list[Atom] = []
        doomed: list[Atom] = []
        for atom in attempt.absences:
            pattern = grounded(atom, attempt.bindings)
            if any(term != ANONYMOUS and is_open(term) for term in pattern.arguments):
                if _has_no_value(pattern):
                    return
                left.append(atom)
                continue
            if any(_speaks_of(pattern, grounded(known, attempt.bindings)) for known in attempt.assumed):
                return
            doomed += (Atom(atom.predicate, row) for row in held(self.model, pattern, {}))
        rest = attempt._replace(absences=tuple(left))
        if doomed:
            yield rest._replace(doomed=(*doomed, *attempt.doomed))
        else:
            yield from self._closed(rest)

    def _doom(self, attempt: Attempt, atom: Atom) -> Iterator[Attempt]:
        """Let an atom hold no more: retract it where it is a fact, break every instance that concludes it."""
        rest = attempt._replace(doomed=attempt.doomed[1:])
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
        yield (rest._replace(retracted=retracted, false=rest.false | {atom}, breaking=breaking))

    def _instances(self, atom: Atom) -> Iterator[Instance]:
        """The rule instances that conclude an atom as things are."""
        for clause in self.clauses.concluding.get(atom.predicate, ()):
            bindings = head_matched(clause.head, atom.arguments)
            if bindings is None:
                continue
            for found in bodies(self.model, clause, bindings):
                if grounded(clause.head, found) == atom and unhindered(self.model, clause, found):
                    yield instance_of(clause, found)

    def _break(self, attempt: Attempt, instance: Instance) -> Iterator[Attempt]:
        """Break one instance: let one of its premises fail, or something hold that must be absent."""
        rest = attempt._replace(breaking=attempt.breaking[1:])
        if any(atom in rest.false for atom in instance.positives):
            yield rest
            return
        for atom in dict.fromkeys(instance.positives):
            yield (rest._replace(doomed=(atom, *rest.doomed)))
        for atom in instance.absences:
            yield rest._replace(goals=(Goal(self._anything(atom)), *rest.goals))
        for figure in instance.figures:
            yield from self._more(rest, figure)
            yield from self._less(rest, figure)

    def _anything(self, pattern: Atom) -> Atom:
        arguments = [Variable(f"_'{next(self.marks)}") if term == ANONYMOUS else term for term in pattern.arguments]
        return Atom(pattern.predicate, tuple(arguments))

    # --- What is left open ---------------------------------------------------------------------------------------

    def _closed(self, attempt: Attempt) -> Iterator[Attempt]:
        """Give the next open variable each value it may have, or leave open what need not be named; then propose."""
        assumed = [grounded(atom, attempt.bindings) for atom in attempt.assumed]
        variable = next((each for atom in assumed for term in atom.arguments for each in open_variables(term)), None)
        if variable is None:
            pending = attempt.comparisons or attempt.absences or attempt.figures
            if attempt.loose or not pending:
                yield attempt._replace(assumed=tuple(assumed), done=True)
            return
        found = values(variable, assumed, self.admission, None if attempt.guessed else next(self.marks))
        if found is None:
            self.allowance.passed_over = True
            return
        for constant in found:
            self.allowance.spend()
            valued = self.settling.compared(attempt._replace(bindings={**attempt.bindings, variable: constant}))
            if valued is not None:
                yield from self._figured(valued)
                if is_wild(constant):
                    return


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
