"""What a ranking is made of, as parts that may fail: facts, assumptions, sources, origins and rules.

A part fails as if it had never been: a fact reported by nobody, a source without a word, a rule switched off. What
nobody disputes is no part. What a source or an origin holds down counts as its part, too: a fact that its denial, or
a rival, lets hold nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal as OneOf
from typing import TypeAlias

from reasoner.assessment.revival import releasable
from reasoner.evidence.base import Base, Fact, Report
from reasoner.evidence.changes import without
from reasoner.evidence.sources import chain
from reasoner.grounding.graph import Derivation
from reasoner.terms import Atom

What: TypeAlias = OneOf["fact", "assumption", "origin", "source", "rule"]
Named: TypeAlias = tuple[What, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that may fail.

    ``id`` is a fact in the rule language, the id of a source or origin, or the name of a rule. ``alike`` are others
    whose failure is the very same: the only source of an origin, say. What falls with it are ``facts``, ``reports``
    (each a fact with the report's place) and rule ``instances``.
    """

    what: What
    id: str
    alike: tuple[Named, ...] = ()
    facts: frozenset[Atom] = frozenset()
    reports: frozenset[tuple[Atom, int]] = frozenset()
    instances: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def name(self) -> Named:
        """What it is, and its id."""
        return (self.what, self.id)

    def within(self, other: Part) -> bool:
        """Whether all that falls with it falls with another, too."""
        return self.facts <= other.facts and self.reports <= other.reports and self.instances <= other.instances


def parts_of(base: Base, derivation: Derivation, facts: Sequence[Fact], instances: Iterable[int]) -> tuple[Part, ...]:
    """The parts among the facts and rule instances that a ranking depends on; those that fail alike are one."""
    found = [*_assumptions(facts), *_facts(facts), *_origins(facts, base), *_sources(facts, base)]
    merged: dict[tuple[object, ...], Part] = {}
    for part in found:
        loss = (part.facts, part.reports)
        known = merged.setdefault(loss, part)
        if known is not part:
            merged[loss] = replace(known, alike=(*known.alike, part.name))
    return (*merged.values(), *_rules(derivation, instances))


def _assumptions(facts: Iterable[Fact]) -> Iterator[Part]:
    for fact in facts:
        if fact.basis == "assumed":
            yield Part("assumption", str(fact.atom), facts=frozenset({fact.atom}))


def _facts(facts: Iterable[Fact]) -> Iterator[Part]:
    for fact in facts:
        if fact.drawn:
            yield Part("fact", str(fact.atom), reports=frozenset((fact.atom, n) for n in range(len(fact.reports))))


def _origins(facts: Iterable[Fact], base: Base) -> Iterator[Part]:
    resting: dict[str, set[tuple[Atom, int]]] = defaultdict(set)
    for fact, number, report in _reports(facts, base):
        resting[report.origin].add((fact.atom, number))
    for origin in sorted(resting):
        yield Part("origin", origin, reports=frozenset(resting[origin]))


def _sources(facts: Iterable[Fact], base: Base) -> Iterator[Part]:
    through: dict[str, set[tuple[Atom, int]]] = defaultdict(set)
    for fact, number, report in _reports(facts, base):
        for source in chain(report.source, base.sources):
            through[source].add((fact.atom, number))
    for source in sorted(through):
        yield Part("source", source, reports=frozenset(through[source]))


def _reports(facts: Iterable[Fact], base: Base) -> Iterator[tuple[Fact, int, Report]]:
    """Each report that can be missed, with its fact and its place there."""
    for fact in facts:
        if fact.drawn or releasable(fact, base):
            for number, report in enumerate(fact.reports):
                yield fact, number, report


def _rules(derivation: Derivation, instances: Iterable[int]) -> Iterator[Part]:
    applied: dict[str, set[int]] = defaultdict(set)
    rules = derivation.program.rules
    for instance in instances:
        rule = rules[int(derivation.rule[instance])]
        if rule.body:
            applied[rule.name].add(instance)
    for name in sorted(applied):
        yield Part("rule", name, instances=frozenset(applied[name]))


def failing(base: Base, parts: Collection[Part]) -> tuple[Base, frozenset[int]]:
    """The base once some parts have failed together, and the instances that then never fire."""
    reports: dict[Atom, set[int]] = defaultdict(set)
    for part in parts:
        for atom, number in part.reports:
            reports[atom].add(number)
    facts = {atom for part in parts for atom in part.facts}
    silenced = frozenset[int]().union(*(part.instances for part in parts))
    return (without(base, facts, reports) if facts or reports else base), silenced
