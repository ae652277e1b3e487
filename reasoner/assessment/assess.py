"""From facts and their derivation to an assessment: what each hypothesis's probability is, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from weakref import proxy

from reasoner.assessment.bits import Row
from reasoner.assessment.circuit import Circuit
from reasoner.assessment.confidence import confidence
from reasoner.assessment.contributions import contribution, line
from reasoner.assessment.credits import Credit, credits, starts
from reasoner.assessment.judging import Judgement, Loss, judge
from reasoner.assessment.linchpins import Linchpins, linchpins
from reasoner.assessment.outlook import Outlook, Outlooks
from reasoner.assessment.parts import Named, Part, parts_of
from reasoner.assessment.posterior import posterior
from reasoner.assessment.ranking import rank
from reasoner.assessment.reliance import Reliance, Removals
from reasoner.assessment.remainder import Remainder
from reasoner.assessment.result import (
    Contribution,
    Line,
    Rankings,
    Robustness,
    Settings,
    Standings,
    WorldCount,
)
from reasoner.assessment.revision import Change
from reasoner.assessment.revival import awake, depended_on, dormant, held_down, instances_there, releasable, widened
from reasoner.assessment.robustness import robustness
from reasoner.assessment.umbrellas import Ties, read_ties
from reasoner.assessment.ways import Premises, Ways, share_of
from reasoner.assessment.weights import RoleStakes, read_stakes
from reasoner.assessment.worlds import EXACT, EXACT_FORCED, Footing, Scope, Worlds, checked, moved_facts
from reasoner.evidence.base import Base, Fact
from reasoner.grounding.graph import Derivation
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.terms import Atom

SMALL = 4_096
"""Up to so many worlds an atom's own probability is enumerated even where the ranking was sampled."""

_LIMITS: Mapping[str | None, int] = {None: EXACT, "exact": EXACT_FORCED, "sampled": 0}


def assess(base: Base, derivation: Derivation, settings: Settings | None = None) -> Assessment:
    """Assess a case. Worlds are drawn, and rankings made, when first asked for.

    Raises:
        InputError: a rule states a strength off the scale or an unknown factor or role, or the settings ask for a
            number of worlds that is no multiple of 16.
    """
    settings = settings or Settings()
    checked(settings)
    circuit = Circuit.of(derivation)
    roles = stakes_in(base, derivation, circuit, settings)
    ties = read_ties(derivation, roles)
    return Assessment(base, derivation, settings, roles, ties, circuit)


def stakes_in(base: Base, derivation: Derivation, circuit: Circuit, settings: Settings) -> tuple[RoleStakes, ...]:
    """The roles with all that weighs; a figure that no world comes to may be off the scale.

    Raises:
        InputError: as `assess`.
    """
    footing = Footing.of(base, derivation, circuit)

    def holds_somewhere(atom: int) -> bool:
        worlds = footing.worlds(footing.scope([atom]), settings)
        return worlds.share(worlds.row(atom)) > 0

    return read_stakes(base.case.id, derivation, holds_somewhere)


@dataclass(frozen=True, eq=False)
class Assessment:
    """What follows about a case, and what would follow without this or that. Immutable; answers are kept.

    ``like`` is another assessment over the same derivation, by the same method, that this one differs little from.
    """

    base: Base
    derivation: Derivation
    settings: Settings
    roles: tuple[RoleStakes, ...]
    ties: Ties
    circuit: Circuit
    like: Assessment | None = field(default=None, repr=False)

    def on(self, base: Base, settings: Settings) -> Assessment:
        """The same derivation on another base, by these settings; what doesn't differ is taken over."""
        same = settings == replace(self.settings, method=self.drawn.method)
        return replace(self, base=base, settings=checked(settings), like=self if same else None)

    @cached_property
    def standings(self) -> Standings:
        """How the hypotheses of every role that has a candidate stand; quicker than with how far to rely on it."""
        return {role: rank(outlook, self.judgements[role], self.base) for role, outlook in self.outlooks.items()}

    @cached_property
    def rankings(self) -> Rankings:
        """The ranking of every role that has a candidate."""
        return {role: standing.relied_on(confidence(self.reliances[role])) for role, standing in self.standings.items()}

    @cached_property
    def worlds(self) -> WorldCount:
        """How the probabilities came about; the standard error is the largest of any hypothesis."""
        drawn = self.drawn
        errors = [drawn.standard_error(outlook.posterior.chances).max() for outlook in self.outlooks.values()]
        return WorldCount(drawn.method, drawn.bits.count, float(max(errors, default=0.0)))

    @cached_property
    def drawn(self) -> Worlds:
        """The worlds, with what holds in each."""
        if self.like is not None:
            return self.like.drawn_without(self.base, frozenset())
        return self._footing.worlds(self._scope, self.settings, _LIMITS[self.settings.method])

    @cached_property
    def outlooks(self) -> Mapping[str, Outlook]:
        """Role → probabilities, before anybody is named."""
        if self.like is not None:
            return dict(self.like._outlooks_in(self.drawn))
        return {role.role.id: Outlook(posterior(role, self.ties, self.drawn, self._exclusion)) for role in self.roles}

    @cached_property
    def posteriors(self) -> Mapping[str, Mapping[str, float]]:
        """Role → hypothesis or umbrella → probability; an id that is both has the umbrella's."""
        return {role: outlook.rows for role, outlook in self.outlooks.items()}

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """Role → who is named, or leads."""
        return {role: judge(outlook) for role, outlook in self.outlooks.items()}

    @cached_property
    def mattering(self) -> tuple[Fact, ...]:
        """The facts that some ranking depends on, in order."""
        ids = self.derivation.atom_ids
        return tuple(fact for atom, fact in self.base.facts.items() if ids.get(atom) in self._scope.atoms)

    @cached_property
    def suppressed(self) -> tuple[Fact, ...]:
        """The facts that some ranking would depend on, were they not held down, in order."""
        if not any(held_down(fact, self.base) for fact in self.base.facts.values()):
            return ()
        there = self._roused or self
        facts = depended_on(self.base, there._scope, there.derivation)
        return tuple(fact for fact in facts if held_down(fact, self.base))

    @cached_property
    def bearing(self) -> tuple[Fact, ...]:
        """The facts that bear on some ranking, in order: what it depends on, and rivals of that."""
        known = {value for draw in self._scope.draws for value in draw.values}
        known.update(fact.atom for fact in self.mattering)
        return tuple(fact for atom, fact in self.base.facts.items() if atom in known)

    def without(
        self, base: Base | None = None, silenced: frozenset[int] = frozenset()
    ) -> Mapping[str, Mapping[str, float]]:
        """The posteriors on another base, or with rule instances silenced, or both.

        The derivation, the random numbers and the method stay, so the difference is the change's alone. Facts new to
        the base that the derivation lacks play no part; those that nothing but the change lets hold do.
        """
        return {role: outlook.rows for role, outlook in self.outlooks_without(base, silenced).items()}

    def outlooks_without(
        self, base: Base | None = None, silenced: frozenset[int] = frozenset()
    ) -> Mapping[str, Outlook]:
        """The same as outlooks, which also know owners with their fronts."""
        base = base or self.base
        wider = self.wider(base)
        if wider is not None:
            there = instances_there(silenced, self.derivation, wider.derivation)
            return wider.outlooks_without(silenced=there)
        return self._outlooks_in(self.drawn_without(base, silenced))

    def outlooks_on(self, bases: Sequence[Base]) -> list[Mapping[str, Outlook]]:
        """The outlooks on each of several bases, quicker than one by one."""
        moved = [None if self.wider(base) else self._moved(base) for base in bases]
        changes = [Change(facts) for facts in moved if facts is not None]
        quick = self.drawn.with_each(changes, self._targets)
        return [
            self.outlooks_without(base) if facts is None else self._outlooks_in(next(quick))
            for base, facts in zip(bases, moved, strict=True)
        ]

    def drawn_without(self, base: Base, silenced: frozenset[int]) -> Worlds:
        """The worlds of a changed base, by the method of this one's, in which some instances never fire."""
        drawn = self.drawn
        if base is self.base:
            return drawn.silenced(silenced)
        facts = self._moved(base)
        if facts is not None:
            return drawn.with_facts(facts, silenced)
        footing = Footing.of(base, self.derivation, self.circuit)
        scope = footing.scope(self._targets)
        return footing.worlds(scope, self.settings, _LIMITS[drawn.method]).silenced(silenced)

    def contribution(self, role: str, actor: str) -> Contribution:
        """What a hypothesis's log-odds are made of; of its umbrella's, where it heads one.

        Raises:
            KeyError: there is no such role here, or the actor is no hypothesis of it.
        """
        without = partial(self._probability_without, role, actor)
        return contribution(self.outlooks[role], actor, self.derivation, self._exclusion, without)

    def line(self, role: str, actor: str, credit: Credit) -> Line:
        """One line of a hypothesis, with its probability without it."""
        return line(credit, self._probability_without(role, actor, frozenset({credit.instance})))

    def starts(self, role: str, actor: str) -> tuple[tuple[str, Line], ...]:
        """What rules state of where a hypothesis, ``other`` and ``nobody`` begin: whom it is about, and the line.

        Its decibans are by how much it moves that beginning, its probability without it that of the ``actor``.
        """
        outlook, found = self.outlooks[role], []
        for stake in outlook.posterior.role.stakes:
            if stake.priors and stake.actor in (actor, OTHER, NOBODY):
                stated = starts(stake, outlook.posterior.default(stake), self.drawn, self.derivation)
                found += [(stake.actor, self.line(role, actor, credit)) for credit in stated]
        return tuple(found)

    def _probability_without(self, role: str, actor: str, silenced: frozenset[int]) -> float:
        return self.outlooks_without(silenced=silenced)[role].probability(actor)

    def credits(self, role: str, actor: str) -> tuple[Credit, ...]:
        """A hypothesis's lines, each with its part of its factor's mean net; none where it is no hypothesis."""
        outlook = self.outlooks.get(role)
        stake = outlook.posterior.role.stake(actor) if outlook else None
        return credits(stake, self.drawn, self.derivation, self._exclusion) if stake else ()

    def linchpins(self, role: str) -> Linchpins:
        """What the lead in a role hangs on: each part without which it moves, and the smallest sets that end it."""
        known: dict[Named, Loss] = {("origin", origin): loss for origin, loss in self.reliances[role].losses.items()}
        return linchpins(self.whole(role), self.parts(role), known)

    def parts(self, role: str) -> tuple[Part, ...]:
        """What a role's ranking is made of, as parts that may fail; rivals of its facts take part, too."""
        awaited = any(releasable(fact, self.base) for fact in self.base.facts.values())
        scope, roused = self._scope_of(role), self._roused if awaited else None
        wider = roused._scope_of(role) if roused else scope
        facts = list(depended_on(self.base, wider, (roused or self).derivation))
        return parts_of(self.base, self.derivation, facts, scope.instances)

    def _scope_of(self, role: str) -> Scope:
        """What a role depends on."""
        stakes = next(stakes for stakes in self.roles if stakes.role.id == role)
        return self._footing.scope((*self.ties.atoms(), *stakes.atoms))

    def whole(self, role: str) -> Remainder:
        """A role with nothing taken away from it yet."""
        return Remainder.whole(self, role)

    def robustness(self, role: str, decibans: float = 3.0) -> Robustness:
        """Whether the lead in a role holds when every strength moves by so many decibans."""
        return robustness(self.outlooks[role], self.judgements[role], self.ties, self._exclusion, decibans)

    def robust(self, role: str, decibans: float = 3.0) -> bool:
        """Whether it does, in one word."""
        return self.robustness(role, decibans).holds

    def probability(self, atom: int) -> float:
        """The probability of an atom, whether or not it has to do with any ranking."""
        return self.chance([((atom,), ())])

    def probabilities(self, atoms: Sequence[int]) -> tuple[float, ...]:
        """The probability of each atom, in order; neighbours share their worlds as long as these are few."""
        scope = self._footing.scope(atoms)
        if scope.count <= SMALL:
            worlds = self._footing.worlds(scope, self.settings)
            return tuple(worlds.share(worlds.row(atom)) for atom in atoms)
        if len(atoms) == 1:
            return (self.probability(atoms[0]),)
        middle = len(atoms) // 2
        return self.probabilities(atoms[:middle]) + self.probabilities(atoms[middle:])

    def instance_probability(self, instance: int) -> float:
        """How often a rule instance fires."""
        return self.chance([(self.circuit.positive[instance], self.circuit.negative[instance])])

    def none_of(self, atoms: Iterable[int]) -> float:
        """The probability that none of the atoms holds."""
        return self.chance([((), tuple(atoms))])

    def chance(self, ways: Sequence[Premises]) -> float:
        """The probability that in at least one way all that must hold does, and nothing that mustn't.

        Enumerated wherever that takes few worlds, else from the ranking's worlds where they decide it, else from
        worlds of its own.
        """
        wanted = tuple((tuple(positive), tuple(negative)) for positive, negative in ways)
        if wanted not in self._chances:
            atoms = [atom for way in wanted for some in way for atom in some]
            self._chances[wanted] = share_of(wanted, self._worlds_deciding(atoms))
        return self._chances[wanted]

    @cached_property
    def _chances(self) -> dict[Ways, float]:
        return {}

    def _worlds_deciding(self, atoms: Sequence[int]) -> Worlds:
        scope = self._footing.scope(atoms)
        if scope.atoms <= self._scope.atoms and (scope.count > SMALL or self.drawn.method == "exact"):
            return self.drawn
        return self._footing.worlds(scope, self.settings)

    @cached_property
    def _footing(self) -> Footing:
        return Footing.of(self.base, self.derivation, self.circuit)

    @cached_property
    def _targets(self) -> frozenset[int]:
        weighing = (atom for role in self.roles for stake in role.stakes for atom in stake.atoms())
        return frozenset((*weighing, *self.ties.atoms()))

    @cached_property
    def _scope(self) -> Scope:
        return self._footing.scope(self._targets)

    @property
    def _exclusion(self) -> float:
        return self.derivation.program.scales.exclusion

    def _outlooks_in(self, worlds: Worlds) -> Mapping[str, Outlook]:
        """The outlooks in changed worlds; they are compared row by row where the worlds themselves are the same."""
        comparable = worlds.weights is self.drawn.weights
        ties, exclusion = self.ties, self._exclusion

        def in_role(role: RoleStakes, before: Outlook) -> Outlook:
            after = posterior(role, ties, worlds, exclusion, like=before.posterior if comparable else None)
            return before if after is before.posterior else Outlook(after)

        return Outlooks({role.role.id: partial(in_role, role, self.outlooks[role.role.id]) for role in self.roles})

    def _moved(self, base: Base) -> Mapping[int, Row] | None:
        """Where what a base changes holds in the worlds at hand; None where it takes others."""
        if self.drawn.method == "exact":
            return None
        return moved_facts(self._footing, base, self.drawn, self.settings)

    @cached_property
    def _dormant(self) -> tuple[Atom, ...]:
        return dormant(self.base, self.derivation)

    @cached_property
    def _roused(self) -> Assessment | None:
        """The same base with rules applied to what is held down in it, too; None where nothing new is."""
        held = [atom for atom in self._dormant if held_down(self.base.facts[atom], self.base)]
        return assess(self.base, widened(self.derivation, held), self.settings) if held else None

    def wider(self, base: Base) -> Assessment | None:
        """A base in which facts may hold that no rule was applied to, with rules applied to these; else None."""
        revived = awake(self._dormant, base)
        if not revived:
            return None
        settings = replace(self.settings, method=self.drawn.method)
        if revived in self._widened:
            return self._widened[revived].on(base, settings)
        self._widened[revived] = assess(base, widened(self.derivation, revived), settings)
        return self._widened[revived]

    @cached_property
    def _widened(self) -> dict[tuple[Atom, ...], Assessment]:
        """Facts that no rule was applied to → an assessment with rules applied to these."""
        return {}

    @cached_property
    def removals(self) -> Removals:
        """What the roles would look like without an origin or a fact; each computed once for all roles.

        It lives no longer than the assessment: held by it, the assessment's worlds would stay until the next
        collection of garbage.
        """
        there = proxy(self)
        return Removals(self.base, lambda bases: there.outlooks_on(bases))

    @cached_property
    def reliances(self) -> Mapping[str, Reliance]:
        """Role → what the lead in it relies on."""
        vocabulary, facts = self.derivation.program.vocabulary, self.mattering
        return {
            role: Reliance(vocabulary, role, outlook, self.judgements[role], facts, self.removals)
            for role, outlook in self.outlooks.items()
        }
