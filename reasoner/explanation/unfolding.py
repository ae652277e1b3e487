"""The derivation graph unfolded into nodes: all alternatives, shared parts once, cycles cut and marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reasoner.assessment.assess import Assessment
from reasoner.assessment.words import percent
from reasoner.evidence.base import Fact
from reasoner.explanation.nodes import MORE_BELOW, Kind, Node, Way
from reasoner.explanation.sentences import Voice, clause, ground, opening, sentence, substitute
from reasoner.explanation.tallying import bound, label, tally_sentence
from reasoner.grounding.graph import Derivation, ElementInstance, Tally
from reasoner.terms import Aggregate, AggregateElement, Atom, Comparison, Constant, Span, Variable

MOST_NODES = 5_000
"""How many nodes one chain unfolds; past it, nodes say that there is more below."""

DEEPEST = 60
"""Levels of rules beneath a line that are unfolded at most; a recursive rule may have any number."""

MOST_WAYS = 200
"""Ways to one statement that are unfolded; the others are only counted."""

FEW_WAYS = 20
"""As many of what is counted, once there are too many nodes."""

SHOWN_ABOVE = "shown above"
SHOWN_BELOW = "shown below"


@dataclass
class Unfolding:
    """One unfolding of a derivation, from the top down, in the order a reader meets the nodes.

    ``depth`` bounds the levels of rules beneath a line, ``most`` the nodes. A statement is unfolded where it
    first stands; further places say "shown above", unless a cycle was cut beneath it, when it is unfolded
    anew. ``later`` are atoms that whoever unfolds will show after everything else.
    """

    assessment: Assessment
    derivation: Derivation
    voice: Voice
    depth: int | None = None
    most: int = MOST_NODES
    later: frozenset[int] = frozenset()
    shown: set[int] = field(default_factory=set)
    nodes: int = 0
    cut: bool = False

    @property
    def _deepest(self) -> int:
        return DEEPEST if self.depth is None else min(DEEPEST, self.depth)

    def way(self, instance: int, path: frozenset[int] = frozenset(), level: int = 0) -> Way | None:
        """One rule instance with its premises, or None where it only leads back to what is being shown."""
        rule = self.derivation.program.rules[int(self.derivation.rule[instance])]
        bindings = self.derivation.bindings(instance)
        positives = iter(self.derivation.premises(instance).tolist())
        aggregates = zip(self.derivation.tests[instance], self.assessment.circuit.gates_of(instance), strict=True)
        premises: list[Node] = []
        for element in rule.body:
            if isinstance(element, Comparison):
                premises.append(self._comparison(element, bindings))
            elif isinstance(element, Aggregate):
                test, gate = next(aggregates)
                tally = self.derivation.tallies[test.tally]
                premises.append(self._aggregate(element, tally, gate, instance, path or _A_LINE, level))
            elif element.negated:
                premises.append(self._absence(ground(element.atom, bindings)))
            else:
                node = self.node(next(positives), path or _A_LINE, level)
                if node is None:
                    return None
                premises.append(node)
        return Way(rule.name, self.voice.rule(rule, bindings), tuple(premises), instance)

    def _aggregate(
        self, aggregate: Aggregate, tally: Tally, gate: int, instance: int, path: frozenset[int], level: int
    ) -> Node:
        """What an instance asks of an aggregate, with a way for each tuple that may be counted."""
        self.nodes += 1
        bindings = self.derivation.bindings(instance)
        name = self.derivation.program.rules[int(self.derivation.rule[instance])].name
        constants = self.derivation.constants
        ways: list[Way] = []
        tuples: list[tuple[Constant, ...]] = []
        most, beyond = MOST_WAYS if self.nodes <= self.most else FEW_WAYS, 0
        for counted in tally.counted:
            terms = tuple(constants[number] for number in counted.terms)
            possible = [each for each in counted.instances if self._may_hold(each)]
            if possible:
                tuples.append(terms)
            room = max(0, most - len(ways))
            beyond += len(possible[room:])
            for each in possible[:room]:
                premises = self._counted(tally.elements[each.element], each, path, level + 1)
                ways.append(Way(name, sentence(label(self.voice, terms)), premises, instance))
        said = tally_sentence(self.voice, aggregate, bindings, tuples)
        chance = self.assessment.chance([((gate,), ())])
        atom = str(bound(aggregate, bindings))
        return Node("aggregate", atom, said, chance, (), tuple(ways), beyond=beyond)

    def _may_hold(self, instance: ElementInstance) -> bool:
        return self.assessment.chance([(instance.positive, instance.negative)]) > 0

    def _counted(
        self, element: AggregateElement, instance: ElementInstance, path: frozenset[int], level: int
    ) -> tuple[Node, ...]:
        """What stands behind one way to be counted. No way leads back: what is counted was settled before."""
        constants = self.derivation.constants
        bindings = {name: constants[n] for name, n in zip(element.variables, instance.binding, strict=True)}
        positives = iter(instance.positive)
        found: list[Node | None] = []
        for condition in element.condition:
            if isinstance(condition, Comparison):
                found.append(self._comparison(condition, bindings))
            elif condition.negated:
                found.append(self._absence(ground(condition.atom, bindings)))
            else:
                found.append(self.node(next(positives), path, level))
        return tuple(node for node in found if node is not None)

    def _comparison(self, comparison: Comparison, bindings: Mapping[str, Constant]) -> Node:
        return Node("comparison", str(_bound(comparison, bindings)), self.voice.comparison(comparison, bindings), 1.0)

    def node(self, atom_id: int, path: frozenset[int] = frozenset(), level: int = 0) -> Node | None:
        """One atom with everything that shows it, or None where all of it leads back to itself."""
        atom = self.derivation.atoms[atom_id]
        fact = self.voice.base.facts.get(atom)
        self.nodes += 1
        if atom_id in path:
            self.cut = True
            return None
        instances, beyond = self._firing(atom_id)
        if atom_id in self.shown and instances:
            return self._leaf(atom_id, fact, SHOWN_ABOVE)
        if atom_id in self.later and path:
            return self._leaf(atom_id, fact, SHOWN_BELOW)
        if instances and (self.nodes > self.most or level >= self._deepest):
            return self._leaf(atom_id, fact, MORE_BELOW)
        return self._unfolded(atom_id, (instances, beyond), path, level)

    def branch(self, atom_id: int, start: int = 0) -> Node:
        """What stands beneath one atom, by its ways from a place on; all that is ``shown`` only says so."""
        self.shown.discard(atom_id)
        fact = self.voice.base.facts.get(self.derivation.atoms[atom_id])
        firing = self._firing(atom_id, start)
        return self._unfolded(atom_id, firing, frozenset(), 0) or self._leaf(atom_id, fact, None)

    def _firing(self, atom_id: int, start: int = 0) -> tuple[list[int], int]:
        """Instances that fire and show an atom, from a place on, up to a bound; and how many were not looked at."""
        instances = self.derivation.instances_of(atom_id).tolist()
        found: list[int] = []
        for place, instance in enumerate(instances):
            if len(found) == start + MOST_WAYS:
                return found[start:], len(instances) - place
            if self._fires(instance):
                found.append(instance)
        return found[start:], 0

    def _unfolded(self, atom_id: int, firing: tuple[list[int], int], path: frozenset[int], level: int) -> Node | None:
        instances, beyond = firing
        fact = self.voice.base.facts.get(self.derivation.atoms[atom_id])
        ways, note = self._ways(instances, path | {atom_id}, level + 1)
        if not ways and instances and fact is None:
            return None
        if note is None and not _only_looked_at(ways):
            self.shown.add(atom_id)
        return self._leaf(atom_id, fact, note, ways, beyond)

    def _ways(self, instances: list[int], path: frozenset[int], level: int) -> tuple[tuple[Way, ...], str | None]:
        before, self.cut = self.cut, False
        ways = [self.way(instance, path, level) for instance in instances]
        found = tuple(way for way in ways if way is not None)
        left_out = len(ways) - len(found)
        note = "a further way that leads back to this is left out" if left_out else None
        cut_here, self.cut = self.cut, self.cut or before
        if cut_here and note is None:
            note = "a way that leads back to this is left out below"
        return found, note

    def _fires(self, instance: int) -> bool:
        return self.assessment.instance_probability(instance) > 0

    def _leaf(
        self, atom_id: int, fact: Fact | None, note: str | None, ways: tuple[Way, ...] = (), beyond: int = 0
    ) -> Node:
        atom = self.derivation.atoms[atom_id]
        probability = self.assessment.probability(atom_id)
        said = sentence(self.voice.atom(atom)) if fact else self._conclusion(atom_id, ways)
        reports = self.voice.reports(fact)
        told = tuple(_beyond(said, way) for way in ways) if len(ways) > 1 else ways
        kind = self._kind(fact, atom_id)
        return Node(kind, str(atom), said, probability, reports, told, self._note(fact, note), (), beyond)

    def _conclusion(self, atom_id: int, ways: tuple[Way, ...]) -> str:
        """What a derived atom says: as its one way says it, or in words that hold for each of its ways."""
        if len(ways) == 1:
            return ways[0].sentence
        atom = self.derivation.atoms[atom_id]
        firing, _ = self._firing(atom_id)
        claim = self.voice.claim(atom) if len(firing) > 1 else None
        if claim is None and firing:
            rule = self.derivation.program.rules[int(self.derivation.rule[firing[0]])]
            claim = self.voice.claim_by(rule, self.derivation.bindings(firing[0]))
        return sentence(claim or self.voice.atom(atom))

    def _kind(self, fact: Fact | None, atom_id: int) -> Kind:
        if fact is None:
            bodiless = all(
                not self.derivation.program.rules[int(self.derivation.rule[i])].body
                for i in self.derivation.instances_of(atom_id).tolist()
            )
            return "declared" if bodiless else "derived"
        if fact.only_denied:
            return "denied"
        return fact.basis

    def _note(self, fact: Fact | None, note: str | None) -> str | None:
        notes = [note] if note else []
        if fact and fact.rivals:
            rivals = ", or ".join(clause(self.voice.atom(rival)) for rival in fact.rivals)
            notes.append(f"disputed: others report that {rivals}")
        if fact and fact.basis == "reported" and {report.polarity for report in fact.reports} == {"affirms", "denies"}:
            notes.append("disputed: some deny it")
        if fact and fact.only_denied:
            notes.append("only denied")
        if fact and fact.basis == "given" and fact.source:
            grounds = f": {clause(fact.says)}" if fact.says else ""
            notes.append(f"undisputed, from {self.voice.source(self.voice.base.sources[fact.source])}{grounds}")
        if fact and fact.basis == "declared":
            notes.append(_entered(fact.span))
        return "; ".join(notes) or None

    def _absence(self, atom: Atom) -> Node:
        """A negated premise: that nothing matching the atom holds."""
        matching = self._matching(atom)
        held = max(map(self.assessment.probability, matching), default=0.0)
        fact = self.voice.base.facts.get(atom)
        note = None
        if held > 0:
            note = f"the contrary stands at {percent(held)}"
        elif fact and fact.only_denied:
            note = self.voice.reporters(fact)
        reports = self.voice.reports(fact)
        kind: Kind = "denied" if fact and fact.only_denied else "absent"
        chance = 1.0 - held if len(matching) < 2 else self.assessment.none_of(matching)
        return Node(kind, f"not {atom}", self.voice.absence(atom, held > 0), chance, reports, (), note)

    def _matching(self, pattern: Atom) -> list[int]:
        """The atoms of the graph that a negated premise speaks of: the one it is, or all that ``_`` lets in."""
        if not any(isinstance(term, Variable) for term in pattern.arguments):
            return [self.derivation.atom_ids[pattern]] if pattern in self.derivation.atom_ids else []
        return [
            i for i in self.derivation.with_predicate(pattern.predicate) if _matches(pattern, self.derivation.atoms[i])
        ]


def _beyond(said: str, way: Way) -> Way:
    """The way with only what its sentence adds to what is said already."""
    added = way.sentence.removeprefix(f"{clause(said)}: ")
    return way if added == way.sentence else Way(way.rule, opening(added), way.premises, way.instance)


def _entered(span: Span | None) -> str:
    """Where a name is entered with its kind: the file, from the folder of facts on."""
    if span is None:
        return "declared with the name"
    parts = Path(span.file).parts
    start = max((place for place, part in enumerate(parts) if part == "facts"), default=max(0, len(parts) - 2))
    return f"declared in {Path(*parts[start:]).as_posix()}"


def _only_looked_at(ways: tuple[Way, ...]) -> bool:
    """Whether a statement only says that its actor is a hypothesis, which is told apart."""
    return [premise.atom.partition("(")[0] for way in ways for premise in way.premises] == ["candidate"]


_A_LINE = frozenset([-1])
"""The path beneath a line, whose head is no premise of anything."""


def _matches(pattern: Atom, atom: Atom) -> bool:
    return len(pattern.arguments) == len(atom.arguments) and all(
        isinstance(wanted, Variable) or wanted == got
        for wanted, got in zip(pattern.arguments, atom.arguments, strict=True)
    )


def _bound(comparison: Comparison, bindings: Mapping[str, Constant]) -> Comparison:
    left, right = substitute(comparison.left, bindings), substitute(comparison.right, bindings)
    return Comparison(comparison.operator, left, right)
