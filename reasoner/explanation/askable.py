"""What can be asked about a case: facts that nobody has reported, and that somebody could find and report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from reasoner.abduction.admission import Reportable
from reasoner.abduction.joining import is_open
from reasoner.assessment.assess import Assessment
from reasoner.evidence.base import Base
from reasoner.grounding.graph import Derivation
from reasoner.language.vocabulary import Argument, Predicate
from reasoner.terms import Atom, Quoted, Term

UNKNOWN = "unreported_"
"""How the constants begin that stand for a thing nobody has named yet."""

_NAMELESS = {"Evidence", "Term", "Speaker"}
"""Argument types that something unnamed may fill: a trace, a reason, a person."""

_HAD = ("Capability",)


def unknown(term: Term) -> bool:
    """Whether a constant stands for a thing that nobody has named yet."""
    return isinstance(term, str) and term.startswith(UNKNOWN)


def askable(assessment: Assessment) -> Askable:
    """What can be asked about an assessed case."""
    actors = frozenset(actor for role in assessment.roles for actor in role.candidates)
    program = assessment.derivation.program
    reportable = Reportable(assessment.base, program.vocabulary, program.scales)
    return Askable(assessment.base, assessment.derivation, reportable, actors)


@dataclass(frozen=True)
class Askable:
    """One case, with what is known of it. ``actors`` are the hypotheses of all its roles."""

    base: Base
    derivation: Derivation
    reportable: Reportable
    actors: frozenset[str]

    def fact(self, goal: Atom) -> Atom | None:
        """The fact to ask for, with names for what the goal leaves open; None where it is not to be asked."""
        predicate = self._predicates.get(goal.predicate)
        if predicate is None or predicate.question is None or predicate.weightless or predicate.asked == "never":
            return None
        pairs = zip(predicate.arguments, goal.arguments, strict=True)
        values = tuple(self._name(argument) if is_open(term) else term for argument, term in pairs)
        atom = Atom(goal.predicate, tuple(value for value in values if value is not None))
        return atom if None not in values and self._open(predicate, atom) and self._sensible(predicate, atom) else None

    def _name(self, argument: Argument) -> Term | None:
        """What to call something that is left open: the day of the incident, or a thing that nobody has named yet."""
        if "Date" in argument.types and self.base.case.occurred is not None:
            return Quoted(self.base.case.occurred.written[:10])
        return UNKNOWN + argument.name if _NAMELESS & set(argument.types) else None

    def _open(self, predicate: Predicate, atom: Atom) -> bool:
        """Nobody has reported or denied it, nor, where one answer will do, another one."""
        answered = self._answered[predicate.name]
        if atom in self.base.facts or (predicate.functional and atom.arguments[:-1] in answered):
            return False
        return not (predicate.asked == "once" and atom.arguments[:1] in answered)

    @cached_property
    def _answered(self) -> Mapping[str, set[tuple[Term, ...]]]:
        """Predicate → the first arguments, one or more, of what has been reported."""
        found: dict[str, set[tuple[Term, ...]]] = defaultdict(set)
        for atom in self.base.facts:
            found[atom.predicate] |= {atom.arguments[:end] for end in range(1, len(atom.arguments))}
        return found

    def _sensible(self, predicate: Predicate, atom: Atom) -> bool:
        """Nobody is asked whether somebody had to do with himself, or two with each other whom nothing links."""
        actors = [term for term in atom.arguments if term in self.actors]
        if len({*atom.arguments}) < len(atom.arguments):
            return False
        if len(actors) > 1 and not any(pair in self._linked for pair in combinations(actors, 2)):
            return False
        pairs = zip(predicate.arguments, atom.arguments, strict=True)
        return all(self._fits(predicate, place, *pair) for place, pair in enumerate(pairs))

    def _fits(self, predicate: Predicate, place: int, argument: Argument, term: Term) -> bool:
        """Whether a value fits an argument and has to do with the case: actors are hypotheses, others spoken of."""
        types = set(argument.types)
        if unknown(term):
            return bool(_NAMELESS & types) and not ("Evidence" in types and self._left)
        assert isinstance(term, (int, str, Quoted))
        if not self.reportable.fits(predicate.name, place, term):
            return False
        if "Evidence" in types and "Capability" not in types and term in self._had:
            return False
        if term not in self.base.entities or term in self.actors or {"Capability", "Place", "Term"} & types:
            return True
        return argument.types != ("Actor",) and term in self._spoken_of

    @property
    def _predicates(self) -> Mapping[str, Predicate]:
        return self.derivation.program.vocabulary.predicates

    @cached_property
    def _linked(self) -> frozenset[tuple[Term, ...]]:
        """Which hypotheses something already speaks of together, in this order."""
        together = ([term for term in atom.arguments if term in self.actors] for atom in self.derivation.atoms)
        return frozenset(chain.from_iterable(combinations(actors, 2) for actors in together))

    @cached_property
    def _had(self) -> frozenset[Term]:
        """What some actor is known to have: a kind of arms, not a trace that could be examined."""
        told = ((self._predicates[atom.predicate].arguments, atom.arguments) for atom in self.base.facts)
        return frozenset(
            term
            for arguments, terms in told
            if arguments[0].types == ("Actor",)
            for argument, term in zip(arguments, terms, strict=True)
            if argument.types == _HAD
        )

    @cached_property
    def _left(self) -> bool:
        """Whether a trace has a name already."""
        own = (
            atom for atom in self.base.facts if atom.arguments[:1] == (self.base.case.id,) and len(atom.arguments) == 2
        )
        return any(self._predicates[atom.predicate].arguments[1].types == ("Evidence",) for atom in own)

    @cached_property
    def _spoken_of(self) -> frozenset[Term]:
        """Whatever the facts of the case itself speak of."""
        case = self.base.case.id
        return frozenset(term for fact in self.base.facts.values() if fact.case == case for term in fact.atom.arguments)
