"""Repairs: the smallest changes to the facts after which an atom does follow, each tried before it is told.

Proposals come smallest first. Each is applied to the reading, and all that follows is worked out anew. One that does
not do, because it upsets something that it counted on, is completed: the search goes on from the changed reading.
So a smallest repair is found wherever there is one of at most `MOST` changes, as long as the steps allowed last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from reasoner.abduction.attempts import WILD, Allowance, Exhausted, Proposal, is_wild
from reasoner.abduction.clauses import ANONYMOUS
from reasoner.abduction.prospects import Prospects
from reasoner.abduction.reading import Reading
from reasoner.abduction.search import Search
from reasoner.terms import Atom

MOST = 3
"""Changes that a repair may take."""

STEPS = 20_000
"""Steps that the search for the repairs of one atom may take."""


GUESS = 20
"""Steps that trying out a guess counts for."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Facts to assume and facts to retract, in order; ``_`` stands for something that nobody need name.

    ``rules``: how many rules the change works through. ``after`` is the reading in which it was tried, with only that
    worked out anew which the goal rests on; None before that.
    """

    assume: tuple[Atom, ...]
    retract: tuple[Atom, ...]
    rules: int = 0
    after: Reading | None = field(default=None, compare=False, repr=False)

    @property
    def size(self) -> int:
        """The number of changes."""
        return len(self.assume) + len(self.retract)


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was found, smallest first.

    ``complete`` is false where the search was cut before it had tried everything, or found nothing but guesses.
    """

    found: tuple[Repair, ...]
    complete: bool


Order = Callable[[Repair], tuple[object, ...]]
"""A key by which repairs of one size are sorted, the best first; those that are equal keep the order of the search."""


def repairs(
    prospects: Prospects,
    goal: Atom,
    rules: frozenset[int] | None = None,
    order: Order = lambda repair: (repair.rules,),
    limit: int | None = None,
    most: int = MOST,
    steps: int = STEPS,
) -> Repairs:
    """The smallest changes after which the goal follows; the empty one where it follows already.

    Only repairs of the smallest number of changes that does, at most ``most``: the best by ``order``, at most ``limit``
    of them, and those that are but guessed only where there are no others. The goal may have open variables;
    ``rules`` are the positions of the rules that may conclude it, None for all.
    """
    if follows(prospects.reading, goal, rules):
        return Repairs((Repair((), (), after=prospects.reading),), True)
    search = _Repairing(prospects, goal, rules, Allowance(steps))
    for size in range(1, most + 1):
        found = search.of_size(size, order, limit)
        if found or search.cut:
            return Repairs(found, not search.cut)
    return Repairs((), not search.allowance.passed_over)


class _Repairing:
    """One goal, asked for repairs of growing size."""

    def __init__(self, prospects: Prospects, goal: Atom, rules: frozenset[int] | None, allowance: Allowance) -> None:
        self.prospects, self.goal, self.rules, self.allowance = prospects, goal, rules, allowance
        self.seen: set[tuple[frozenset[Atom], frozenset[Atom]]] = set()
        self.failed: list[tuple[Proposal, Reading]] = [(Proposal(frozenset(), frozenset(), 0), prospects.reading)]
        self.needed = prospects.reading.clauses.needed(goal.predicate, rules)
        self.cut = False

    def of_size(self, size: int, order: Order, limit: int | None) -> tuple[Repair, ...]:
        """The best repairs of exactly so many changes, those of fewer having been asked for."""
        searches = [
            (base, Search(self.prospects, reading, size - base.size, self.allowance))
            for base, reading in self.failed
            if base.size < size
        ]
        proposed = self._gathered(
            (base, step) for base, search in searches for step in search.proposals(self.goal, self.rules)
        )
        found = self._tried(sorted(self._new(proposed, size), key=lambda each: order(_shown(each))), limit)
        if found or self.cut:
            return found
        guessed = self._gathered((base, step) for base, search in searches for step in search.guesses())
        return self._tried(self._new(guessed, size), limit)

    def _gathered(self, steps: Iterator[tuple[Proposal, Proposal]]) -> list[tuple[Proposal, Proposal]]:
        """All steps there are, or as many as are allowed."""
        found: list[tuple[Proposal, Proposal]] = []
        try:
            found.extend(steps)
        except Exhausted:
            self.cut = True
        return found

    def _new(self, steps: Iterable[tuple[Proposal, Proposal]], size: int) -> Iterator[Proposal]:
        """The changes of one size that were not proposed before."""
        for base, step in steps:
            whole = _together(base, step)
            if whole is not None and whole.size == size and self._is_new(whole):
                yield whole

    def _tried(self, proposals: Iterable[Proposal], limit: int | None) -> tuple[Repair, ...]:
        """The proposals that do, at most so many; the others are kept to be completed."""
        found: list[Repair] = []
        for proposal in proposals:
            if (limit is not None and len(found) == limit) or not self._affords(proposal):
                break
            after = self.prospects.reading.after(proposal.assume, proposal.retract, self.needed)
            if follows(after, self.goal, self.rules):
                found.append(_shown(proposal, after))
            else:
                self.failed.append((proposal, after))
        return tuple(found)

    def _affords(self, proposal: Proposal) -> bool:
        """Whether a proposal can be tried; a mere guess takes from what is allowed for the search."""
        if not proposal.guessed:
            return True
        try:
            self.allowance.spend(GUESS)
        except Exhausted:
            self.cut = True
        return not self.cut

    def _is_new(self, proposal: Proposal) -> bool:
        key = (frozenset(map(_tamed, proposal.assume)), proposal.retract)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True


def _together(base: Proposal, step: Proposal) -> Proposal | None:
    """Two changes as one; None where the second takes back something of the first."""
    if step.retract & base.assume or step.assume & base.retract:
        return None
    steps = base.steps + step.steps
    return Proposal(base.assume | step.assume, base.retract | step.retract, steps, step.guessed)


def follows(reading: Reading, goal: Atom, rules: frozenset[int] | None) -> bool:
    """Whether a goal holds in a reading, by one of these rules where they are given."""
    if rules is None:
        return reading.holds(goal)
    return any(True for position in sorted(rules) for _ in reading.firings(position, goal))


def _tamed(atom: Atom) -> Atom:
    """The atom with ``_`` for what nobody named."""
    return Atom(atom.predicate, tuple(ANONYMOUS if is_wild(term) else term for term in atom.arguments))


def _shown(proposal: Proposal, after: Reading | None = None) -> Repair:
    assume = sorted(map(_tamed, proposal.assume), key=str)
    return Repair(tuple(assume), tuple(sorted(proposal.retract, key=str)), proposal.steps, after)


def rehearsed(reading: Reading, repair: Repair) -> Reading:
    """The whole reading after a repair, with somebody or something unnamed in place of each ``_``."""
    marks = count(1)
    assumed = [
        Atom(atom.predicate, tuple(f"{WILD}{next(marks)}" if term == ANONYMOUS else term for term in atom.arguments))
        for atom in repair.assume
    ]
    return reading.after(assumed, repair.retract)
