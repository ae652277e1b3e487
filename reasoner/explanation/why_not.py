"""Why not somebody: for every line that another has and this one lacks, what fails, and the least that would mend it.

All of it is said of the likeliest reading: a fact holds there if its credence is one half or more. Decibans are means
over the worlds, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reasoner.abduction.admission import reportable
from reasoner.abduction.clauses import ANONYMOUS
from reasoner.abduction.joining import Bindings
from reasoner.abduction.prospects import Prospects
from reasoner.abduction.reading import likeliest_reading
from reasoner.abduction.repairs import Repair, Repairs, rehearsed, repairs
from reasoner.assessment.assess import Assessment
from reasoner.assessment.credits import Credit, credits
from reasoner.assessment.result import Ranking
from reasoner.explanation.nearest import Instance, nearest
from reasoner.explanation.preference import Preference
from reasoner.explanation.remedies import Wording
from reasoner.explanation.sentences import Voice
from reasoner.explanation.unlisted import Unlisted, alone, unlisted
from reasoner.language.vocabulary import NOBODY, OTHER
from reasoner.terms import Atom, BodyElement, Literal, Rule, Term, Variable

SHOWN = 2
"""Repairs worked out for one line."""

STEPS = 1_000
"""Steps that the search for the repairs of one line may take."""

_STRENGTH = Variable("S")


@dataclass(frozen=True, slots=True)
class Premise:
    """One premise of a rule instance: in the rule language, and as a sentence (why it fails, where it does).

    ``fact`` is the fact of the case that it asks for or denies; None where it asks for no fact, or for one that nobody
    has reported.
    """

    text: str
    sentence: str
    fact: Atom | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A repair: facts to assume and to retract in the rule language, and all of it as a sentence.

    ``facts`` are those of them that somebody has reported.
    """

    assume: tuple[str, ...]
    retract: tuple[str, ...]
    sentence: str
    facts: tuple[Atom, ...] = ()


@dataclass(frozen=True, slots=True)
class LackedLine:
    """A rule that speaks for the other and not for this one.

    ``sentence`` is what the rule would say of this one, ``strength`` what it states of the other in decibans. ``holds``
    and ``fails`` are the premises of the nearest instance, first among those that fail the one that the best remedy
    says in so many words. ``remedies`` come best first; ``complete`` is false where the search for them was cut.
    """

    rule: str
    factor: str
    sentence: str
    strength: float
    holds: tuple[Premise, ...]
    fails: tuple[Premise, ...]
    remedies: tuple[Remedy, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A rule that speaks for both, and what it states of this one in decibans."""

    rule: str
    factor: str
    strength: float


@dataclass(frozen=True, slots=True)
class Gap:
    """One factor in which something speaks for the other: mean nets in decibans, and the lines, strongest first.

    ``decibans`` is None for who is no hypothesis.
    ``otherwise`` is a line of another rule that this one could have, where none of the other's can be mended.
    """

    factor: str
    name: str
    decibans: float | None
    decibans_against: float
    lacked: tuple[LackedLine, ...]
    shared: tuple[SharedLine, ...]
    otherwise: LackedLine | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one actor does not stand where another stands, in one role.

    ``listed`` is what would make the actor a hypothesis, where it is none; its lines are then told as if it were.
    ``alone_against`` names the rules that speak against this one and not against the other. ``ahead``: no other name
    stands before this one. ``unlisted`` is said of whichever has no name, ``alone``: nobody else than this one has one.
    """

    case: str
    role: str
    actor: str
    name: str
    probability: float | None
    against: str
    against_name: str
    probability_against: float
    listed: Remedy | None
    gaps: tuple[Gap, ...]
    alone_against: tuple[str, ...]
    ahead: bool
    unlisted: Unlisted | None
    alone: bool


def likeliest_prospects(assessment: Assessment) -> Prospects:
    """The likeliest reading of a case, with what a report could change in it: what every why-not starts from."""
    reading = likeliest_reading(assessment.base, assessment.derivation, assessment.circuit)
    return Prospects(reading, reportable(assessment.base))


def why_not(assessment: Assessment, prospects: Prospects, role: str, actor: str, against: str) -> WhyNot:
    """What speaks for one hypothesis and not for an actor, factor by factor, and what would have to be otherwise.

    ``prospects`` are those of the case's likeliest reading. ``other`` and ``nobody`` have rules of their own, so all
    that is told of them is where they stand, and by which rules.
    """
    return _Asking(assessment, prospects, role, actor, against).answer()


def rival_of(ranking: Ranking, actor: str) -> str:
    """Whom an actor is set against where nobody is named: the leader, or the likeliest beside an actor that leads.

    A member of the leading umbrella is set against the likeliest other member. Where nobody else has a name, it is
    the likelier of ``other`` and ``nobody``.
    """
    named = [row.actor for row in ranking.hypotheses if row.actor not in (OTHER, NOBODY)]
    umbrellas = {row.actor: row.members for row in ranking.umbrellas}
    within = umbrellas.get(ranking.ahead, ())
    if actor != ranking.ahead and actor in within:
        others = [each for each in named if each in within]
    elif ranking.ahead in (*named, *umbrellas) and actor != ranking.ahead:
        others = [ranking.ahead] if ranking.ahead in named else [each for each in named if each in within]
    else:
        others = [each for each in named if each not in umbrellas.get(actor, ())]
    unnamed = [row.actor for row in ranking.hypotheses if row.actor in (OTHER, NOBODY)]
    return next(each for each in (*others, *named, *unnamed) if each != actor)


class _Asking:
    """One question while it is answered."""

    def __init__(self, assessment: Assessment, prospects: Prospects, role: str, actor: str, against: str) -> None:
        self.assessment, self.role, self.actor, self.against = assessment, role, actor, against
        self.likeliest = prospects
        self.base, self.derivation = assessment.base, assessment.derivation
        self.case, self.program = self.base.case.id, self.derivation.program
        self.ranking = assessment.rankings[role]
        self.voice = Voice(self.base, self.program)
        self.wording = Wording(assessment, self.voice)
        self.preference = Preference(self.base, self.program.vocabulary.predicates, prospects.reading, actor, against)

    def answer(self) -> WhyNot:
        return WhyNot(
            case=self.case,
            role=self.role,
            actor=self.actor,
            name=self._name(self.actor),
            probability=self.ranking.probability(self.actor) if self.actor in self.ranking.actors else None,
            against=self.against,
            against_name=self._name(self.against),
            probability_against=self.ranking.probability(self.against),
            listed=self._listed,
            gaps=tuple(self._gaps()),
            alone_against=self._alone_against(),
            ahead=self.actor == self.ranking.ahead,
            unlisted=next(filter(None, map(self._unlisted, (self.actor, self.against))), None),
            alone=alone(self.ranking, self.actor),
        )

    def _name(self, actor: str) -> str:
        declared = self.program.scales.roles[self.role]
        return f"“{declared.nobody or 'nobody'}”" if actor == NOBODY else self.voice.name(actor)

    def _unlisted(self, actor: str) -> Unlisted | None:
        return unlisted(self.assessment, self.role, actor, self._name(actor))

    # --- Who is a hypothesis -------------------------------------------------------------------------------------

    @cached_property
    def _candidacy(self) -> Repair | None:
        """What would make the actor a hypothesis; None where it is one, or nothing would."""
        if self.actor in (OTHER, NOBODY):
            return None
        goal = Atom("candidate", (self.case, self.role, self.actor))
        found = repairs(self.likeliest, goal, order=self.preference.key, limit=1, steps=STEPS)
        return found.found[0] if found.found and found.found[0].size else None

    @cached_property
    def _listed(self) -> Remedy | None:
        return None if self._candidacy is None else self._remedy(self._candidacy, ())

    @cached_property
    def _prospects(self) -> Prospects:
        """The likeliest reading, in which the actor is a hypothesis."""
        if self._candidacy is None:
            return self.likeliest
        return Prospects(rehearsed(self.likeliest.reading, self._candidacy), self.likeliest.admission)

    # --- Lines ---------------------------------------------------------------------------------------------------

    def _gaps(self) -> Iterator[Gap]:
        """The factors in which something speaks for the other, by how much it does."""
        if {self.actor, self.against} & {OTHER, NOBODY}:
            return
        nets, others = self._nets(self.actor), self._nets(self.against)
        rules = self._speaking_for(self.against)
        factors = self.program.scales.factors
        for factor in sorted({factor for factor, _ in rules.values()}, key=lambda each: (-others.get(each, 0.0), each)):
            here = sorted(
                (position for position, (each, _) in rules.items() if each == factor),
                key=lambda position: (-rules[position][1], self.program.rules[position].name),
            )
            own = {position: strength for position, (each, strength) in self._own.items() if each == factor}
            lacked = tuple(
                self._lacked(position, factor, rules[position][1]) for position in here if position not in own
            )
            yield Gap(
                factor=factor,
                name=factors[factor].name if factor in factors else factor,
                decibans=None if self._candidacy else nets.get(factor, 0.0),
                decibans_against=others.get(factor, 0.0),
                lacked=lacked,
                shared=tuple(
                    SharedLine(self.program.rules[position].name, factor, own[position])
                    for position in sorted(own, key=lambda each: (-own[each], self.program.rules[each].name))
                ),
                otherwise=self._otherwise(factor, lacked) if lacked and not own else None,
            )

    @cached_property
    def _own(self) -> Mapping[int, tuple[str, float]]:
        return self._speaking_for(self.actor)

    def _speaking_for(self, actor: str, head: str = "supports") -> Mapping[int, tuple[str, float]]:
        """The rules that speak for a hypothesis in the likeliest reading: factor, and the most that each states."""
        reading = self._prospects.reading
        found: dict[int, tuple[str, float]] = {}
        about = ((0, self.case), (1, self.role), (2, actor))
        for row in reading.model.near(head, about):
            if row[:3] != (self.case, self.role, actor):
                continue
            factor, weighs = str(row[3]), self._decibans(row[4])
            for position in reading.concluding(Atom(head, row)):
                if position not in found or found[position][1] < weighs:
                    found[position] = (factor, weighs)
        return found

    def _decibans(self, strength: Term) -> float:
        return float(self.program.scales.strengths.get(str(strength), strength if isinstance(strength, int) else 0))

    def _nets(self, actor: str) -> Mapping[str, float]:
        """Factor → mean net over the worlds; nothing for who is no hypothesis."""
        stakes = next(each for each in self.assessment.roles if each.role.id == self.role)
        stake = next((each for each in stakes.stakes if each.actor == actor), None)
        if stake is None:
            return {}
        lines: Iterable[Credit] = credits(stake, self.assessment.drawn, self.derivation, self.program.scales.exclusion)
        nets: dict[str, float] = {}
        for line in lines:
            nets[line.factor] = nets.get(line.factor, 0.0) + line.decibans
        return nets

    def _alone_against(self) -> tuple[str, ...]:
        if {self.actor, self.against} & {OTHER, NOBODY}:
            return ()
        theirs = self._speaking_for(self.against, "opposes")
        mine = self._speaking_for(self.actor, "opposes")
        names = {
            self.program.rules[position].name: weight
            for position, (_, weight) in mine.items()
            if position not in theirs
        }
        return tuple(sorted(names, key=lambda name: (-names[name], name)))

    # --- What fails, and what would mend it ----------------------------------------------------------------------

    def _lacked(self, position: int, factor: str, strength: float) -> LackedLine:
        goal = Atom("supports", (self.case, self.role, self.actor, factor, _STRENGTH))
        found = repairs(
            self._prospects, goal, frozenset((position,)), order=self.preference.key, limit=SHOWN, steps=STEPS
        )
        return self._told(position, goal, factor, strength, found)

    def _told(self, position: int, goal: Atom, factor: str, strength: float, found: Repairs) -> LackedLine:
        rule = self.program.rules[position]
        ways = self._plainest_first(position, goal, found.found)
        best = ways[0] if ways else None
        instance = nearest(self._prospects.reading, position, goal, best, self._theirs(position))
        fails = instance.fails if instance else ()
        if best is None:
            fails = self._beyond_repair(fails)
        else:
            fails = tuple(sorted(fails, key=lambda each: not self.wording.is_just(best, each)))
        return LackedLine(
            rule=rule.name,
            factor=factor,
            sentence=self._sentence(rule, instance),
            strength=strength,
            holds=tuple(
                Premise(str(each), self.wording.element(each), self._fact(each))
                for each in (instance.holds if instance else ())
            ),
            fails=tuple(Premise(str(each), self.wording.failing(each, best), self._fact(each)) for each in fails),
            remedies=tuple(self._remedy(repair, fails) for repair in ways),
            complete=found.complete,
        )

    def _fact(self, element: BodyElement) -> Atom | None:
        """The fact of the case that a premise asks for or denies."""
        return element.atom if isinstance(element, Literal) and element.atom in self.base.facts else None

    def _theirs(self, position: int) -> Iterator[Bindings]:
        """The instances by which a rule speaks for the other."""
        speaking = Atom("supports", (self.case, self.role, self.against, Variable("F"), _STRENGTH))
        return self._prospects.reading.firings(position, speaking)

    def _plainest_first(self, position: int, goal: Atom, found: tuple[Repair, ...]) -> tuple[Repair, ...]:
        """The repairs, first one that says just what fails, where it is as credible as the first."""
        if len(found) < 2:
            return found
        first = nearest(self._prospects.reading, position, goal, found[0])
        if first is None or self._says_just(found[0], first):
            return found
        for repair in found[1:]:
            alike = self.preference.standing(repair) == self.preference.standing(found[0])
            if alike and self._says_just(repair, first):
                return (repair, *(each for each in found if each != repair))
        return found

    def _says_just(self, repair: Repair, instance: Instance) -> bool:
        return any(self.wording.is_just(repair, each) for each in instance.fails)

    def _beyond_repair(self, fails: tuple[BodyElement, ...]) -> tuple[BodyElement, ...]:
        """Of premises that fail, those that no report would mend by itself; all, where each could be mended."""
        beyond = [each for each in fails if isinstance(each, Literal) and not (each.negated or self._mended(each.atom))]
        return tuple(beyond) or fails

    def _mended(self, atom: Atom) -> bool:
        wanted = Atom(
            atom.predicate,
            tuple(Variable(f"V{place}") if term == ANONYMOUS else term for place, term in enumerate(atom.arguments)),
        )
        return bool(repairs(self._prospects, wanted, limit=1, steps=STEPS).found)

    def _sentence(self, rule: Rule, instance: Instance | None) -> str:
        values = instance.values if instance else {}
        return self.wording.rule(rule, values)

    def _remedy(self, repair: Repair, fails: Sequence[BodyElement]) -> Remedy:
        said = self.wording.remedy(repair, fails[0] if fails else None)
        facts = tuple(atom for atom in (*repair.assume, *repair.retract) if atom in self.base.facts)
        return Remedy(tuple(map(str, repair.assume)), tuple(map(str, repair.retract)), said, facts)

    def _otherwise(self, factor: str, lacked: tuple[LackedLine, ...]) -> LackedLine | None:
        """A line of any rule in the factor, where no rule of the other's can be mended."""
        if any(line.remedies for line in lacked):
            return None
        goal = Atom("supports", (self.case, self.role, self.actor, factor, _STRENGTH))
        found = repairs(self._prospects, goal, order=self.preference.key, limit=1, most=1, steps=STEPS)
        if not found.found:
            return None
        after = found.found[0].after or self._prospects.reading
        firing = [
            (self._decibans(after.concluded(clause.position, bindings).arguments[-1]), -clause.position)
            for clause in after.clauses.concluding["supports"]
            for bindings in after.firings(clause.position, goal)
        ]
        strength, position = max(firing)
        return self._told(-position, goal, factor, strength, found)
