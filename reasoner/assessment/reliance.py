"""What a lead relies on: origins, assumptions, admissions, and evidence open to deception."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from reasoner.assessment.deception import Exposed, exposed
from reasoner.assessment.decibans import log_odds
from reasoner.assessment.judging import Judgement, Loss, judge
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.ranking import stability
from reasoner.evidence.base import Base, Fact
from reasoner.evidence.changes import retract, without_each_origin, without_source
from reasoner.evidence.sources import chain
from reasoner.language.vocabulary import Vocabulary
from reasoner.terms import Atom

COUNTS = 1.0
"""What a removal must cost the leader, in decibans, for an origin, an assumption or a fact to count."""

_ROUNDING = 1e-9

Thing = TypeVar("Thing", str, Atom)


@dataclass(frozen=True, eq=False)
class Removals:
    """What the roles would look like without an origin or a fact of a base; what holds then is found once for all.

    ``outlooks`` gives them on each of several bases, in the same worlds otherwise.
    """

    base: Base
    outlooks: Callable[[Sequence[Base]], Sequence[Mapping[str, Outlook]]]
    _known: dict[str | Atom, Mapping[str, Outlook]] = field(default_factory=dict)
    _passed_on: dict[str, Mapping[str, Outlook]] = field(default_factory=dict)

    def origins(self, origins: Iterable[str]) -> None:
        """Find out about many origins, quicker than one by one."""
        if unknown := [origin for origin in origins if origin not in self._known]:
            self._find(without_each_origin(self.base, unknown))

    def facts(self, atoms: Iterable[Atom]) -> None:
        """Find out about many facts, quicker than one by one."""
        self._find({atom: retract(self.base, [atom]) for atom in atoms if atom not in self._known})

    def origin(self, origin: str, role: str) -> Outlook:
        """A role without every report that rests on an origin."""
        self.origins([origin])
        return self._known[origin][role]

    def fact(self, atom: Atom, role: str) -> Outlook:
        """A role without a fact, as if never reported, given or assumed."""
        self.facts([atom])
        return self._known[atom][role]

    def source(self, source: str, role: str) -> Outlook:
        """A role without every report that came by a source, or from it."""
        if source not in self._passed_on:
            (self._passed_on[source],) = self.outlooks([without_source(self.base, source)])
        return self._passed_on[source][role]

    def _find(self, bases: Mapping[str, Base] | Mapping[Atom, Base]) -> None:
        if bases:
            self._known.update(zip(bases, self.outlooks(list(bases.values())), strict=True))


@dataclass(frozen=True)
class Reliance:
    """What the lead of one role's subject relies on.

    ``facts`` are those that matter to any ranking, in a fixed order; only origins, assumptions and facts whose
    removal costs the subject at least 1 dB count, and only admissions that do and that more probably than not were
    made.
    """

    vocabulary: Vocabulary
    role: str
    outlook: Outlook
    judged: Judgement
    facts: Sequence[Fact]
    removals: Removals

    @property
    def base(self) -> Base:
        """The facts that the lead was judged on."""
        return self.removals.base

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The origins that count, the dearest first."""
        return _dearest({origin: self._costing(loss.probability) for origin, loss in self.losses.items()}, COUNTS)

    @cached_property
    def channels(self) -> Mapping[str, tuple[str, ...]]:
        """A source that two or more of these origins reached us through, itself perhaps among them → these origins."""
        ways: dict[str, set[str]] = {}
        for report in (report for fact in self.facts for report in fact.reports if report.counted):
            way = {report.origin, *chain(report.source, self.base.sources)}
            ways[report.origin] = ways.get(report.origin, way) & way
        sources = sorted({source for origin in self.origins for source in ways[origin]})
        found = {source: tuple(each for each in self.origins if source in ways[each]) for source in sources}
        return {source: through for source, through in found.items() if len(through) > 1}

    @cached_property
    def independent(self) -> int:
        """How many of the origins count, those that reached us through one source counting as one."""
        first = {origin: origin for origin in self.origins}
        for through in self.channels.values():
            joined = {first[origin] for origin in through}
            first = {origin: min(joined) if head in joined else head for origin, head in first.items()}
        return len(set(first.values()))

    @cached_property
    def severed(self) -> Mapping[str, Judgement]:
        """The channels without which somebody else would lead, or nobody be named any more: what would be judged."""
        after = {source: judge(self.removals.source(source, self.role)) for source in self.channels}
        return {source: judged for source, judged in after.items() if self.lost(judged)}

    @cached_property
    def breaking(self) -> Mapping[str, Judgement]:
        """The origins without which somebody else would lead, or nobody be named any more: what would be judged."""
        return {origin: loss.after for origin, loss in self.losses.items() if self.lost(loss.after)}

    @cached_property
    def assumptions(self) -> tuple[Atom, ...]:
        """The assumptions that it rests on."""
        return self._counting([fact.atom for fact in self.facts if fact.basis == "assumed"])

    @cached_property
    def admissions(self) -> tuple[Atom, ...]:
        """The subject's own admissions, or its members' and fronts'."""
        made = [fact.atom for fact in self.facts if fact.atom.predicate == "admitted" and fact.credence > 0.5]
        return self._counting([atom for atom in made if _by_party(atom, self.party, self.base)])

    @cached_property
    def lead(self) -> float:
        """The share of worlds in which it leads, with those who count with it; ties are shared."""
        return stability(self.outlook, self.judged.party(self.outlook))

    @cached_property
    def party(self) -> frozenset[str]:
        """The subject with those who count with it."""
        return frozenset(self.judged.party(self.outlook))

    @cached_property
    def exposed(self) -> Exposed:
        """The evidence of it that is open to deception, as far as it speaks for the subject."""
        over = self.outlook.posterior.related.over
        blamed = self.party.union(*(over.get(actor, ()) for actor in self.party))
        found = exposed(self.base, self.vocabulary, self.facts, blamed)
        planted = [atom for atom in found.planted if self._cost_of(atom) > _ROUNDING]
        return replace(found, planted=tuple(planted))

    @cached_property
    def bare(self) -> Reliance | None:
        """The same lead without all evidence open to deception; None where its loss costs less than 1 dB."""
        if not self.exposed:
            return None
        base = self.exposed.taken_from(self.base)
        (outlooks,) = self.removals.outlooks([base])
        outlook = outlooks[self.role]
        if self._cost(outlook) < COUNTS - _ROUNDING:
            return None
        facts = [base.facts[fact.atom] for fact in self.facts if fact.atom in base.facts]
        return Reliance(
            self.vocabulary, self.role, outlook, judge(outlook), facts, Removals(base, self.removals.outlooks)
        )

    @cached_property
    def planted(self) -> tuple[Atom, ...]:
        """What is easy to plant among the evidence for it, the dearest first."""
        return _dearest({atom: self._cost_of(atom) for atom in self.exposed.planted}, 0)

    def lost(self, after: Judgement) -> bool:
        """Whether under another judgement somebody else leads, or nobody is named any more."""
        return self.judged.lost(self.outlook, after)

    @cached_property
    def losses(self) -> Mapping[str, Loss]:
        """Origin → what would be without every report that rests on it."""
        origins = sorted({report.origin for fact in self.facts for report in fact.reports if report.counted})
        self.removals.origins(origins)
        outlooks = ((origin, self.removals.origin(origin, self.role)) for origin in origins)
        return {
            origin: Loss(self.judged.probability(outlook), judge(outlook), outlook.rows) for origin, outlook in outlooks
        }

    def _counting(self, atoms: Sequence[Atom]) -> tuple[Atom, ...]:
        self.removals.facts(atoms)
        return tuple(atom for atom in atoms if self._cost_of(atom) >= COUNTS - _ROUNDING)

    def _cost_of(self, atom: Atom) -> float:
        return self._cost(self.removals.fact(atom, self.role))

    def _cost(self, after: Outlook) -> float:
        return self._costing(self.judged.probability(after))

    def _costing(self, probability: float) -> float:
        return self._standing - log_odds(probability)

    @cached_property
    def _standing(self) -> float:
        """The subject's log-odds, in decibans."""
        return log_odds(self.judged.probability(self.outlook))


def _dearest(costs: Mapping[Thing, float], least: float) -> tuple[Thing, ...]:
    counting = [thing for thing, cost in costs.items() if cost >= least - _ROUNDING]
    return tuple(sorted(counting, key=lambda thing: (-costs[thing], str(thing))))


def _by_party(atom: Atom, party: Collection[str], base: Base) -> bool:
    return len(atom.arguments) == 2 and atom.arguments[0] in party and atom.arguments[1] == base.case.id
