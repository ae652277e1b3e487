"""Near misses: what nobody has reported, but would complete a line for or against somebody, or defeat one.

Found backwards from the reserved heads, rule by rule: all premises but one must be something that some world may hold,
and the one that is missing must come down to facts that can be asked for. Two premises may be missing together where
they speak of the same unknown thing (a trace was left, and it matches). Conditions that compare values are left to the
worlds, which decide in the end what a fact does; so this finds rather too much than too little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations, starmap
from typing import TypeAlias

from reasoner.assessment.assess import Assessment
from reasoner.evidence.base import Base
from reasoner.grounding.graph import Derivation
from reasoner.language.vocabulary import NOBODY, OTHER, Argument, Predicate
from reasoner.terms import Atom, Constant, Literal, Quoted, Rule, Term, Variable

Missing: TypeAlias = tuple[Atom, ...]
"""Facts that would have to be so together, in the order in which a rule speaks of them."""

Open: TypeAlias = tuple[Constant | None, ...]
"""The arguments of an atom; None where any value would do."""

Ground: TypeAlias = tuple[Constant, ...]

Bindings: TypeAlias = Mapping[str, Constant]

UNKNOWN = "unreported_"
"""How the constants begin that stand for a thing nobody has named yet."""

_NAMELESS = {"Evidence", "Term", "Speaker"}
"""Argument types that something unnamed may fill: a trace, a reason, a person."""


def unknown(constant: Term) -> bool:
    """Whether a constant stands for a thing that nobody has named yet."""
    return isinstance(constant, str) and constant.startswith(UNKNOWN)


def near_misses(assessment: Assessment, role: str) -> tuple[Missing, ...]:
    """All that would complete or defeat a line for or against a hypothesis of a role, each once.

    Of findings that contain each other only the smallest are kept.
    """
    stakes = next(each for each in assessment.roles if each.role.id == role)
    actors = frozenset(actor for each in assessment.roles for actor in each.candidates)
    search = NearMisses(assessment.base, assessment.derivation, actors)
    lines = ("supports", "opposes", "excludes", "prior")
    found = {
        frozenset(missing): missing
        for actor in stakes.candidates
        for line in lines
        for missing in search.completing(line, role, actor)
    }
    for actor in (OTHER, NOBODY):
        found |= {frozenset(missing): missing for missing in search.completing("prior", role, actor)}
    weighing = (atom for stake in stakes.stakes for atom in stake.atoms())
    _, instances = assessment.circuit.reach(weighing, ())
    found |= {frozenset(missing): missing for missing in search.defeating(instances)}
    return tuple(missing for facts, missing in found.items() if not any(other < facts for other in found))


@dataclass(frozen=True)
class NearMisses:
    """One case, searched for what is missing. ``actors`` are the hypotheses of all its roles."""

    base: Base
    derivation: Derivation
    actors: frozenset[str]
    _found: dict[tuple[str, Open], tuple[tuple[Ground, Missing], ...]] = field(default_factory=dict)

    def completing(self, predicate: str, role: str, actor: str) -> Iterator[Missing]:
        """What would complete a line under a reserved head about an actor in a role."""
        arity = {"supports": 5, "opposes": 5, "excludes": 4, "prior": 4}[predicate]
        start: Open = (self.base.case.id, role, actor)
        for _, missing in self._ways(predicate, start + (None,) * (arity - 3)):
            yield missing

    def defeating(self, instances: Iterable[int]) -> Iterator[Missing]:
        """What would keep a rule instance from firing, by making true what it needs to be false."""
        rules = self.derivation.program.rules
        for instance in instances:
            rule = rules[int(self.derivation.rule[instance])]
            negated = [part.atom for part in rule.body if isinstance(part, Literal) and part.negated]
            if negated:
                bindings = self.derivation.bindings(instance)
                for atom in negated:
                    for _, missing in self._ways(atom.predicate, _opened(atom, bindings)):
                        yield missing

    def _ways(self, predicate: str, arguments: Open) -> tuple[tuple[Ground, Missing], ...]:
        """Each way to make an atom true by what is missing; an atom that waits for itself has none."""
        key = (predicate, arguments)
        if key not in self._found:
            self._found[key] = ()
            self._found[key] = tuple(dict.fromkeys(self._search(predicate, arguments)))
        return self._found[key]

    def _search(self, predicate: str, arguments: Open) -> Iterator[tuple[Ground, Missing]]:
        declared = self.derivation.program.vocabulary.predicates.get(predicate)
        if declared is not None:
            yield from self._fact(declared, arguments)
        for rule in self._rules[predicate]:
            bindings = _unified(rule.head, arguments)
            if bindings is not None:
                yield from self._through(rule, bindings)

    def _fact(self, predicate: Predicate, arguments: Open) -> Iterator[tuple[Ground, Missing]]:
        """The fact itself, where it can be asked for and nobody has spoken of it."""
        if predicate.question is None or predicate.weightless or predicate.asked == "never":
            return
        if len(arguments) != predicate.arity:
            return
        filled = [self._fill(argument, value) for argument, value in zip(predicate.arguments, arguments, strict=True)]
        values = tuple(value for value in filled if value is not None)
        if len(values) == len(filled) and self._askable(predicate, values):
            yield values, (Atom(predicate.name, values),)

    def _fill(self, argument: Argument, value: Constant | None) -> Constant | None:
        if value is not None:
            return value
        if "Date" in argument.types and self.base.case.occurred is not None:
            return Quoted(self.base.case.occurred.written[:10])
        return UNKNOWN + argument.name if _NAMELESS & set(argument.types) else None

    def _askable(self, predicate: Predicate, values: Ground) -> bool:
        """Nobody has reported or denied it, nor, where one answer will do, another one."""
        if Atom(predicate.name, values) in self.base.facts:
            return False
        if predicate.functional and values[:-1] in self._answered[predicate.name]:
            return False
        if predicate.asked == "once" and values[:1] in self._answered[predicate.name]:
            return False
        if len(set(values)) < len(values):
            return False
        actors = [value for value in values if value in self.actors]
        if len(actors) > 1 and not any(pair in self._tied for pair in combinations(actors, 2)):
            return False
        return all(starmap(self._sensible, zip(predicate.arguments, values, strict=True)))

    @cached_property
    def _tied(self) -> frozenset[tuple[Constant, ...]]:
        """Which hypotheses something already speaks of together, in this order."""
        found = (
            combinations([value for value in _ground(atom) if value in self.actors], 2)
            for atom in self.derivation.atoms
        )
        return frozenset(chain.from_iterable(found))

    def _sensible(self, argument: Argument, value: Constant) -> bool:
        """Whether a value fits an argument and has to do with the case: actors are hypotheses, others spoken of."""
        if unknown(value):
            return bool(_NAMELESS & set(argument.types))
        entity = self.base.entities.get(value) if isinstance(value, str) else None
        if entity is None or "Term" in argument.types:
            return True
        kinds = self.derivation.program.vocabulary.kinds
        if entity.kind in kinds and not set(kinds[entity.kind]) & set(argument.types):
            return False
        if "Evidence" in argument.types and "Capability" not in argument.types and entity.id in self._held:
            return False
        if entity.id in self.actors or {"Capability", "Place"} & set(argument.types):
            return True
        return argument.types != ("Actor",) and entity.id in self._spoken_of

    @cached_property
    def _held(self) -> frozenset[Constant]:
        """What some actor is known to have: a kind of arms, not a trace that could be examined."""
        known = self.derivation.program.vocabulary.predicates
        pairs = (
            (argument, value)
            for atom in self.base.facts
            for argument, value in zip(known[atom.predicate].arguments, _ground(atom), strict=True)
            if known[atom.predicate].arguments[0].types == ("Actor",)
        )
        return frozenset(value for argument, value in pairs if argument.types == ("Capability",))

    @cached_property
    def _spoken_of(self) -> frozenset[Constant]:
        """Whatever the facts of the case itself speak of."""
        case = self.base.case.id
        own = (fact.atom for fact in self.base.facts.values() if fact.case == case)
        return frozenset(value for atom in own for value in _ground(atom))

    @cached_property
    def _answered(self) -> Mapping[str, set[tuple[Term, ...]]]:
        """Predicate → the first arguments, one or more, of what has been reported."""
        found: dict[str, set[tuple[Term, ...]]] = defaultdict(set)
        for atom in self.base.facts:
            found[atom.predicate] |= {atom.arguments[:end] for end in range(1, len(atom.arguments))}
        return found

    def _through(self, rule: Rule, bindings: Bindings) -> Iterator[tuple[Ground, Missing]]:
        needed = [part.atom for part in rule.body if isinstance(part, Literal) and not part.negated]
        for place, atom in enumerate(needed):
            others = needed[:place] + needed[place + 1 :]
            for known in self._joined(others, bindings):
                for bound, missing in self._missing(atom, known):
                    yield from self._concluded(rule, bound, missing)
            for later in range(place + 1, len(needed)):
                yield from self._pairs(rule, needed, (place, later), bindings)

    def _pairs(
        self, rule: Rule, needed: Sequence[Atom], pair: tuple[int, int], bindings: Bindings
    ) -> Iterator[tuple[Ground, Missing]]:
        """Two premises that are missing together, about one thing that nothing else speaks of."""
        first, second = needed[pair[0]], needed[pair[1]]
        shared = {*_names(first)} & {*_names(second)} - bindings.keys()
        others = [atom for place, atom in enumerate(needed) if place not in pair]
        if not shared or any(shared & {*_names(atom)} for atom in others):
            return
        for known in self._joined(others, bindings):
            if any(True for there in self._joined([first], known) for _ in self._missing(second, there)):
                continue
            for bound, missing in self._missing(first, known):
                if any(unknown(bound[name]) for name in shared if name in bound):
                    for both, more in self._missing(second, bound):
                        yield from self._concluded(rule, both, missing + more)

    def _missing(self, atom: Atom, bindings: Bindings) -> Iterator[tuple[Bindings, Missing]]:
        arguments = _opened(atom, bindings)
        if None not in arguments and arguments in self._known[atom.predicate]:
            return
        for values, missing in self._ways(atom.predicate, arguments):
            bound = _bound(atom, values, bindings)
            if bound is not None:
                yield bound, missing

    def _concluded(self, rule: Rule, bindings: Bindings, missing: Missing) -> Iterator[tuple[Ground, Missing]]:
        head = _opened(rule.head, bindings)
        values = tuple(value for value in head if value is not None)
        if len(values) == len(head):
            yield values, missing

    def _joined(self, atoms: Sequence[Atom], bindings: Bindings) -> Iterator[Bindings]:
        """The bindings under which all the atoms may hold, the most bound atom first."""
        if not atoms:
            yield bindings
            return
        opened = [_opened(atom, bindings) for atom in atoms]
        chosen = min(range(len(atoms)), key=lambda place: opened[place].count(None))
        others = [atom for place, atom in enumerate(atoms) if place != chosen]
        for values in self._matching(atoms[chosen].predicate, opened[chosen]):
            bound = _bound(atoms[chosen], values, bindings)
            if bound is not None:
                yield from self._joined(others, bound)

    def _matching(self, predicate: str, arguments: Open) -> Iterable[Ground]:
        given = [(place, value) for place, value in enumerate(arguments) if value is not None]
        if len(given) == len(arguments):
            values = tuple(value for _, value in given)
            return (values,) if values in self._known[predicate] else ()
        if not given:
            return self._known[predicate]
        rows = min((self._index[predicate, *pair] for pair in given), key=len)
        return [row for row in rows if all(row[place] == value for place, value in given)]

    @cached_property
    def _rules(self) -> Mapping[str, list[Rule]]:
        found: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.derivation.program.rules:
            found[rule.head.predicate].append(rule)
        return found

    @cached_property
    def _known(self) -> Mapping[str, dict[Ground, None]]:
        """What some world may hold, by predicate."""
        found: dict[str, dict[Ground, None]] = defaultdict(dict)
        for atom in self.derivation.atoms:
            found[atom.predicate][_ground(atom)] = None
        return found

    @cached_property
    def _index(self) -> Mapping[tuple[str, int, Constant], list[Ground]]:
        found: dict[tuple[str, int, Constant], list[Ground]] = defaultdict(list)
        for predicate, rows in self._known.items():
            for row in rows:
                for place, value in enumerate(row):
                    found[predicate, place, value].append(row)
        return found


def _ground(atom: Atom) -> Ground:
    return tuple(term for term in atom.arguments if isinstance(term, (int, str, Quoted)))


def _names(atom: Atom) -> Iterator[str]:
    return (term.name for term in atom.arguments if isinstance(term, Variable) and not term.anonymous)


def _opened(atom: Atom, bindings: Bindings) -> Open:
    """The atom's arguments under the bindings; None for what they leave open."""
    return tuple(
        bindings.get(term.name)
        if isinstance(term, Variable)
        else term
        if isinstance(term, (int, str, Quoted))
        else None
        for term in atom.arguments
    )


def _unified(head: Atom, arguments: Open) -> dict[str, Constant] | None:
    """What a rule's variables stand for where it concludes such an atom; None where it cannot."""
    if len(head.arguments) != len(arguments):
        return None
    found: dict[str, Constant] = {}
    for term, value in zip(head.arguments, arguments, strict=True):
        if value is None:
            continue
        if isinstance(term, Variable):
            if found.setdefault(term.name, value) != value:
                return None
        elif term != value:
            return None
    return found


def _bound(atom: Atom, values: Ground, bindings: Bindings) -> Bindings | None:
    """The bindings with those of an atom's variables added; None where a variable would be two things."""
    found = dict(bindings)
    for term, value in zip(atom.arguments, values, strict=True):
        if isinstance(term, Variable) and not term.anonymous and found.setdefault(term.name, value) != value:
            return None
    return found
