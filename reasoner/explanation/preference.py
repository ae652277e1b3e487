"""Which of several repairs to tell first: the one that a report is likeliest to bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reasoner.abduction.clauses import ANONYMOUS
from reasoner.abduction.reading import Reading
from reasoner.abduction.repairs import Repair
from reasoner.evidence.base import Base
from reasoner.language.vocabulary import Predicate
from reasoner.terms import Atom, Variable

MEMBERSHIP = "member_of"
"""The predicate that makes somebody a part of somebody else."""

_LATE = {"often": 0, "seldom": 1, "unasked": 2}
"""How late a thing comes to light, if it has not yet."""


@dataclass(frozen=True)
class Preference:
    """The order of repairs for one actor beside another."""

    base: Base
    predicates: Mapping[str, Predicate]
    reading: Reading
    actor: str
    against: str

    def key(self, repair: Repair) -> tuple[object, ...]:
        """What repairs are sorted by: what is already reported first, and what names the actor, not as part of another.

        Then what comes to light soonest, works through fewest rules, says least, and is known of the other.
        """
        return (
            *self.standing(repair),
            sum(_LATE[self.predicates[atom.predicate].found] for atom in repair.assume),
            repair.rules,
            sum(len(atom.arguments) for atom in repair.assume),
            not all(map(self._like_the_other, repair.assume)),
        )

    def standing(self, repair: Repair) -> tuple[object, ...]:
        """How well the changes stand by now, and whom they are about."""
        changed = (*repair.assume, *repair.retract)
        return (
            -round(min(map(self._credibility, repair.assume), default=0.0), 6),
            -round(min((1 - self.base.facts[atom].credence for atom in repair.retract), default=1.0), 6),
            not all(self.actor in atom.arguments for atom in changed),
            any(atom.predicate == MEMBERSHIP or self.against in atom.arguments for atom in repair.assume),
        )

    def _credibility(self, atom: Atom) -> float:
        """The credence of a fact that is reported; below nothing, where it is only denied."""
        fact = self.base.facts.get(atom)
        if fact is None:
            return 0.0
        return -1.0 if fact.only_denied else fact.credence

    def _like_the_other(self, atom: Atom) -> bool:
        """Whether the like is known of the other."""
        terms = tuple(
            self.against if term == self.actor else Variable(f"_{place}") if term == ANONYMOUS else term
            for place, term in enumerate(atom.arguments)
        )
        return self.actor in atom.arguments and self.reading.holds(Atom(atom.predicate, terms))
