"""What of an attempt is decided by now, which goal to go on with, and whether to go on at all."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.abduction.attempts import Attempt, Goal
from reasoner.abduction.clauses import Clauses
from reasoner.abduction.joining import Bindings, compare, grounded, is_open, resolved
from reasoner.abduction.prospects import Standings
from reasoner.terms import Atom


class Settling:
    """Settles the attempts of one search, for changes of at most ``most`` facts."""

    def __init__(self, standings: Standings, clauses: Clauses, most: int) -> None:
        self.standings, self.clauses, self.most = standings, clauses, most

    def settled(self, attempt: Attempt) -> Attempt | None:
        """The attempt without what is decided, and with the goal that leaves least to try next; None if it is hopeless.

        Hopeless is what fails whatever is changed, or waits for more changes than are left.
        """
        compared = self.compared(attempt)
        if compared is None or not compared.goals:
            return compared
        goals: dict[Atom, Goal] = {}
        waiting: list[frozenset[str]] = []
        place, fewest = 0, None
        for goal in compared.goals:
            atom = grounded(goal.atom, compared.bindings)
            ground, rows, levers = self.standings.of(atom)
            if ground and atom in compared.false:
                return None
            if (ground and rows) or atom in compared.assumed or atom in goals:
                continue
            if not rows:
                if not self.may_come(atom, levers, compared):
                    return None
                waiting.append(levers)
            tries = -1 if ground else len(rows)
            if fewest is None or tries < fewest:
                place, fewest = len(goals), tries
            goals[atom] = Goal(atom, goal.above)
        if len(waiting) > 1 and self._too_many(waiting, compared):
            return None
        return compared._replace(goals=tuple(goals.values()), next=place)

    def compared(self, attempt: Attempt) -> Attempt | None:
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
        return attempt._replace(bindings=bindings, comparisons=pending)

    def may_come(self, atom: Atom, levers: frozenset[str], attempt: Attempt) -> bool:
        """Whether more could come to match an atom, after the changes made and those that are left."""
        if attempt.cost < self.most:
            return bool(levers)
        if atom.predicate in self.clauses.concluding:
            return any(each.predicate in levers for each in (*attempt.assumed, *attempt.retracted))
        return any(_alike(each, atom, attempt.bindings) for each in attempt.assumed)

    def _too_many(self, waiting: Iterable[frozenset[str]], attempt: Attempt) -> bool:
        """Whether goals that wait for changes of different predicates are more than changes are left."""
        left = self.most - attempt.cost
        moved = {each.predicate for each in (*attempt.assumed, *attempt.retracted)}
        for levers in waiting:
            if moved.isdisjoint(levers):
                if not left:
                    return True
                left -= 1
                moved |= levers
        return False


def _alike(one: Atom, other: Atom, bindings: Bindings) -> bool:
    """Whether two atoms may come to the same."""
    if one.predicate != other.predicate:
        return False
    for left, right in zip(one.arguments, other.arguments, strict=True):
        first, second = resolved(left, bindings), resolved(right, bindings)
        if first != second and not is_open(first) and not is_open(second):
            return False
    return True
