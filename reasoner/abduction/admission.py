"""What a report could say of a case, and what of it may turn out wrong: the changes that a repair may make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from reasoner.evidence.base import Base
from reasoner.evidence.moments import is_date
from reasoner.evidence.rivals import REFINING
from reasoner.language.vocabulary import DECLARED, Predicate, Scales, Vocabulary
from reasoner.terms import Atom, Constant, Quoted, Term, order_key

_NAMED = frozenset({"Date", "Incident", "Kind", "Number", "Role"})
"""Types of arguments that a fact has to name to say anything."""

SURE = 0.95
"""From this credence on, "almost certain", what is reported is not expected to turn out wrong."""

_PARTIES = frozenset({"Actor", "Speaker"})


class Admission(Protocol):
    """What a change may touch."""

    @property
    def constants(self) -> Sequence[Constant]:
        """Every constant that an assumption may name."""
        ...

    def assumable(self, predicate: str) -> bool:
        """Whether a report could say a fact of this predicate."""
        ...

    def listed(self, predicate: str) -> Sequence[Atom] | None:
        """All that it could say of the predicate, where that is but a few facts; else None."""
        ...

    def fits(self, predicate: str, place: int, constant: Constant) -> bool:
        """Whether it could name this constant at this place."""
        ...

    def values(self, predicate: str, place: int) -> Sequence[Constant]:
        """All that it could name there, of a predicate that is not listed."""
        ...

    def leaves_open(self, predicate: str, place: int) -> bool:
        """Whether it tells enough though it does not say what stands there."""
        ...

    def retractable(self, atom: Atom) -> bool:
        """Whether a fact that holds may turn out wrong."""
        ...

    def exclude(self, one: Atom, other: Atom) -> bool:
        """Whether two facts of one predicate cannot both hold."""
        ...

    def tells(self, atom: Atom) -> bool:
        """Whether an assumption, once all of it is known, says anything."""
        ...

    @property
    def guesses(self) -> bool:
        """Whether two assumptions may speak of the same thing when nothing else tells what that is."""
        ...


@dataclass(frozen=True)
class Reportable:
    """The facts that a report on this case could still be expected to add, over the entities that the case knows.

    What the vocabulary says is never asked for, or once and is answered, is settled: of it only what is on file may
    yet turn out so. A predicate that speaks of no actor, and of which undisputed facts are on file, is settled, too:
    nobody will report that Baghdad lies elsewhere. One that speaks of an incident is where all of them are undisputed.
    """

    base: Base
    vocabulary: Vocabulary
    scales: Scales

    @cached_property
    def constants(self) -> Sequence[Constant]:
        """Every entity and every constant of a fact, in order."""
        named = [term for atom in self.base.facts for term in atom.arguments]
        found = {*self.base.entities, *(term for term in named if isinstance(term, (int, str, Quoted)))}
        return sorted(found, key=order_key)

    @cached_property
    def _settled(self) -> frozenset[str]:
        given = {atom.predicate for atom, fact in self.base.facts.items() if fact.basis == "given"}
        disputed = {atom.predicate for atom, fact in self.base.facts.items() if fact.basis != "given"}
        return frozenset(name for name in given if self._is_settled(name, name in disputed))

    def _is_settled(self, predicate: str, disputed: bool) -> bool:
        """Whether what is given of a predicate leaves nothing to report: of the world at large, any of it does."""
        types = {kind for argument in self.vocabulary.predicates[predicate].arguments for kind in argument.types}
        return _PARTIES.isdisjoint(types) and not (disputed and "Incident" in types)

    @cached_property
    def _assumable(self) -> Mapping[str, Predicate]:
        return {
            name: predicate
            for name, predicate in self.vocabulary.predicates.items()
            if name != DECLARED
            and predicate.weightless is None
            and name not in self._settled
            and (predicate.asked != "never" or name in self._in_doubt)
        }

    @cached_property
    def _in_doubt(self) -> Mapping[str, Sequence[Atom]]:
        """Predicate → what has been said of it, but is not certain."""
        found: dict[str, list[Atom]] = {}
        for atom, fact in self.base.facts.items():
            if not fact.certain:
                found.setdefault(atom.predicate, []).append(atom)
        return found

    @cached_property
    def _answered(self) -> frozenset[tuple[str, Term]]:
        """The predicates of which something is on file, each with its first argument."""
        return frozenset((atom.predicate, atom.arguments[0]) for atom in self.base.facts if atom.arguments)

    def assumable(self, predicate: str) -> bool:
        """Whether a report could say a fact of this predicate."""
        return predicate in self._assumable

    def listed(self, predicate: str) -> Sequence[Atom] | None:
        """Of what is settled, that which is on file but in doubt."""
        settled = self.vocabulary.predicates[predicate].asked == "never"
        return self._in_doubt.get(predicate, ()) if settled else None

    def fits(self, predicate: str, place: int, constant: Constant) -> bool:
        """Whether it could name this constant at this place."""
        types = self.vocabulary.predicates[predicate].arguments[place].types
        return any(kind in types for kind in self._types(constant))

    def _types(self, constant: Constant) -> Sequence[str]:
        """The argument types that a constant can fill."""
        if isinstance(constant, int):
            return ("Number", "Term")
        if isinstance(constant, Quoted):
            return ("Date", "Term") if is_date(constant.text) else ("Term",)
        return self._symbols.get(constant, ("Term",))

    @cached_property
    def _symbols(self) -> Mapping[str, Sequence[str]]:
        kinds = self.vocabulary.kinds
        found = {entity.id: (*kinds.get(entity.kind, ()), "Term") for entity in self.base.entities.values()}
        incidents = [
            name for name in self.base.names if name not in self.base.entities and name not in self.base.sources
        ]
        for incident in (self.base.case.id, *incidents):
            found[incident] = (*found.get(incident, ()), "Incident")
        for role in self.scales.roles:
            found[role] = (*found.get(role, ()), "Role")
        return found

    def values(self, predicate: str, place: int) -> Sequence[Constant]:
        """All that it could name there: entities of a fitting kind, or what facts of its like name in that place."""
        return self._values[predicate, place]

    @cached_property
    def _values(self) -> Mapping[tuple[str, int], Sequence[Constant]]:
        seen: dict[tuple[str, int], set[Constant]] = {}
        for atom in self.base.facts:
            for place, term in enumerate(atom.arguments):
                if isinstance(term, (int, str, Quoted)):
                    seen.setdefault((atom.predicate, place), set()).add(term)
        dates = {term for found in seen.values() for term in found if isinstance(term, Quoted) and is_date(term.text)}
        fitting: dict[str, set[str]] = {}
        for symbol, types in self._symbols.items():
            for kind in set(types) - {"Term"}:
                fitting.setdefault(kind, set()).add(symbol)
        table = {}
        for name, predicate in self._assumable.items():
            if predicate.asked == "never":
                continue
            for place, argument in enumerate(predicate.arguments):
                found = set(seen.get((name, place), ())).union(*(fitting.get(kind, ()) for kind in argument.types))
                if "Date" in argument.types:
                    found |= dates
                table[name, place] = sorted(found, key=order_key)
        return table

    def leaves_open(self, predicate: str, place: int) -> bool:
        """Whether it tells enough though it does not say what stands there, as in "somebody supplied it"."""
        return _NAMED.isdisjoint(self.vocabulary.predicates[predicate].arguments[place].types)

    def retractable(self, atom: Atom) -> bool:
        """Whether a fact that holds may turn out wrong: an assumption may, and a report that is not all but sure."""
        fact = self.base.facts.get(atom)
        return fact is not None and (fact.basis == "assumed" or (fact.basis == "reported" and fact.credence < SURE))

    def exclude(self, one: Atom, other: Atom) -> bool:
        """Whether two facts are rival values, neither a refinement of the other."""
        predicate = self.vocabulary.predicates[one.predicate]
        if not predicate.functional or one.arguments[:-1] != other.arguments[:-1]:
            return False
        return other.arguments[-1] not in self._linked(one.arguments[-1])

    def tells(self, atom: Atom) -> bool:
        """Whether a report of the fact could be expected, and would say anything: nobody belongs to himself."""
        if len(set(atom.arguments)) < len(atom.arguments):
            return False
        asked = self.vocabulary.predicates[atom.predicate].asked
        settled = asked == "never" or (asked == "once" and (atom.predicate, atom.arguments[0]) in self._answered)
        return atom in self.base.facts or not settled

    @property
    def guesses(self) -> bool:
        """No: that somebody or other ordered it and made the weapon is no report to look for."""
        return False

    def _linked(self, value: Term) -> set[Term]:
        """The value, and all that a chain of refinements links it with, up or down."""
        return _reached(value, self._wider) | _reached(value, self._narrower)

    @cached_property
    def _wider(self) -> Mapping[Term, Sequence[Term]]:
        return self._steps(0, 1)

    @cached_property
    def _narrower(self) -> Mapping[Term, Sequence[Term]]:
        return self._steps(1, 0)

    def _steps(self, start: int, end: int) -> Mapping[Term, Sequence[Term]]:
        found: dict[Term, list[Term]] = {}
        for atom, fact in self.base.facts.items():
            if atom.predicate in REFINING and fact.alone > 0:
                found.setdefault(atom.arguments[start], []).append(atom.arguments[end])
        return found


def _reached(start: Term, onward: Mapping[Term, Sequence[Term]]) -> set[Term]:
    seen = {start}
    waiting = [start]
    while waiting:
        for term in onward.get(waiting.pop(), ()):
            if term not in seen:
                seen.add(term)
                waiting.append(term)
    return seen


def reportable(base: Base) -> Reportable:
    """What a report on the case could say. Raises ValueError where the base was not read from files."""
    return Reportable(base, *base.standards)
