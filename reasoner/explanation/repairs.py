"""Repairs: the smallest changes to the facts after which an atom does follow, each tried before it is told.

Proposals come smallest first. Each is applied to the reading, and all that follows is worked out anew. One that does
not do, because it upsets something that it counted on, is completed: the search goes on from the changed reading.
So a smallest repair is found wherever there is one of at most `MOST` changes, as long as the steps allowed last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.explanation.abduction import proposals
from reasoner.explanation.admission import Admission
from reasoner.explanation.attempts import Allowance, Exhausted, Proposal, is_wild
from reasoner.explanation.reading import Reading
from reasoner.terms import Atom, Variable

MOST = 3
"""Changes that a repair may take."""

STEPS = 20_000
"""Steps that the search for the repairs of one atom may take."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Facts to assume and facts to retract, in order; ``_`` stands for something that nobody need name.

    ``rules``: how many rules the change works through.
    """

    assume: tuple[Atom, ...]
    retract: tuple[Atom, ...]
    rules: int = 0

    @property
    def size(self) -> int:
        """The number of changes."""
        return len(self.assume) + len(self.retract)


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was found, smallest first; ``complete`` is false where the search was cut before it had tried everything."""

    found: tuple[Repair, ...]
    complete: bool


def repairs(
    reading: Reading,
    goal: Atom,
    admission: Admission,
    rules: frozenset[int] | None = None,
    most: int = MOST,
    steps: int = STEPS,
) -> Repairs:
    """The smallest changes after which the goal follows; none where it follows already.

    All repairs of the smallest number of changes that does, at most ``most``. The goal may have open variables;
    ``rules`` are the positions of the rules that may conclude it, None for all.
    """
    if rules is None and reading.holds(goal):
        return Repairs((Repair((), ()),), True)
    search = _Repairing(reading, goal, admission, rules, Allowance(steps))
    for size in range(1, most + 1):
        try:
            found = list(search.of_size(size))
        except Exhausted:
            return Repairs(tuple(map(_shown, search.found)), False)
        if found:
            return Repairs(tuple(map(_shown, found)), True)
    return Repairs((), True)


class _Repairing:
    """One goal, asked for repairs of growing size."""

    def __init__(
        self, reading: Reading, goal: Atom, admission: Admission, rules: frozenset[int] | None, allowance: Allowance
    ) -> None:
        self.goal, self.admission, self.rules, self.allowance = goal, admission, rules, allowance
        self.origin = reading
        self.seen: set[tuple[frozenset[Atom], frozenset[Atom]]] = set()
        self.failed: list[tuple[Proposal, Reading]] = [(Proposal(frozenset(), frozenset(), 0), reading)]
        self.found: list[Proposal] = []

    def of_size(self, size: int) -> Iterator[Proposal]:
        """The repairs of exactly so many changes, those of fewer having been asked for."""
        for base, reading in [each for each in self.failed if each[0].size < size]:
            room = size - base.size
            for step in proposals(reading, self.goal, self.admission, room, self.allowance, self.rules):
                whole = _together(base, step)
                if whole is None or whole.size != size or not self._is_new(whole):
                    continue
                after = self.origin.after(whole.assume, whole.retract, self.goal.predicate)
                if follows(after, self.goal, self.rules):
                    self.found.append(whole)
                    yield whole
                else:
                    self.failed.append((whole, after))

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
    return Proposal(base.assume | step.assume, base.retract | step.retract, base.steps + step.steps)


def follows(reading: Reading, goal: Atom, rules: frozenset[int] | None) -> bool:
    """Whether a goal holds in a reading, by one of these rules where they are given."""
    if rules is None:
        return reading.holds(goal)
    return any(True for position in sorted(rules) for _ in reading.firings(position, goal))


def _tamed(atom: Atom) -> Atom:
    """The atom with ``_`` for what nobody named."""
    return Atom(atom.predicate, tuple(Variable("_") if is_wild(term) else term for term in atom.arguments))


def _shown(proposal: Proposal) -> Repair:
    assume = sorted(map(_tamed, proposal.assume), key=str)
    return Repair(tuple(assume), tuple(sorted(proposal.retract, key=str)), proposal.steps)
