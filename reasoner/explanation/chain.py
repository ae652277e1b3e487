"""The chain behind one hypothesis: its lines by contribution, down to who reported what."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace

from reasoner.assessment.assess import Assessment
from reasoner.assessment.decibans import LEAST_SHOWN, summed
from reasoner.assessment.result import Contribution, Line, Ranking
from reasoner.assessment.words import percent, words
from reasoner.evidence.base import Base, Fact
from reasoner.explanation.folding import LIGHT, nodes_beneath
from reasoner.explanation.nodes import Chain, ChainLine, FactorShare, Member, Node, Reliance, Step
from reasoner.explanation.reliance import Reliances, leaves
from reasoner.explanation.sentences import Voice, listed, opening, sentence
from reasoner.explanation.unfolding import MOST_NODES, Unfolding
from reasoner.grounding.graph import Derivation
from reasoner.language.vocabulary import NOBODY, Scales
from reasoner.terms import Atom

PRIOR = "prior"
"""The factor name under which stated priors are shown; it is none of the scale's factors."""

EXCLUSION = "exclusion"
"""The factor name under which `excludes` lines are shown; it is none of the scale's factors."""

MOST_IN_A_BRANCH, LEVELS_OF_A_BRANCH = 1_000, 20
"""How many statements are unfolded beneath one that is opened by itself, and how many levels."""


def chain(
    assessment: Assessment,
    base: Base,
    derivation: Derivation,
    role: str,
    actor: str,
    depth: int | None = None,
    most: int | None = None,
) -> Chain:
    """Explain one hypothesis, or an umbrella, of one role.

    ``depth`` bounds the levels of rules beneath a line, ``most`` the statements unfolded. An umbrella's
    lines are those it has as a hypothesis of its own, its probability the one with its members, who are
    listed beside them.
    """
    telling = _Telling(assessment, base, derivation, role, actor, depth, most or MOST_NODES)
    return telling.chain()


def branch(
    assessment: Assessment, base: Base, derivation: Derivation, atom: str, start: int, shown: Collection[str]
) -> Node:
    """What stands beneath one statement of a chain, by its ways from a place on.

    Of statements that are ``shown``, it is only said that they are. Raises `KeyError` where nothing derives the atom.
    """
    ids = {str(each): number for number, each in enumerate(derivation.atoms)}
    there = {ids[each] for each in shown if each in ids}
    voice = Voice(base, derivation.program)
    unfolding = Unfolding(assessment, derivation, voice, LEVELS_OF_A_BRANCH, MOST_IN_A_BRANCH, shown=there)
    return unfolding.branch(ids[atom], start)


class _Telling:
    """One chain while it is put together."""

    def __init__(
        self,
        assessment: Assessment,
        base: Base,
        derivation: Derivation,
        role: str,
        actor: str,
        depth: int | None,
        most: int,
    ) -> None:
        self.assessment, self.base, self.derivation = assessment, base, derivation
        self.scales: Scales = derivation.program.scales
        self.voice = Voice(base, derivation.program)
        self.ranking: Ranking = assessment.rankings[role]
        self.role, self.actor = role, actor
        self.candidacy = self._candidacy(actor)
        self.probability = self.ranking.probability(actor)
        umbrellas = {row.actor: row for row in self.ranking.umbrellas}
        self.reliances = Reliances(assessment, base, derivation, self.voice, role, actor, self.probability)
        self.umbrella = umbrellas.get(actor)
        listed_too = any(row.actor == actor for row in self.ranking.hypotheses)
        self.made_of: Contribution | None = assessment.contribution(role, actor) if listed_too else None
        self._stated = assessment.starts(role, actor)
        listed_here = (actor, *(self.umbrella.members if self.umbrella else ()))
        later = frozenset(i for i in map(self._candidacy, listed_here) if i is not None)
        self.unfolding = Unfolding(assessment, derivation, self.voice, depth, most, later)

    def chain(self) -> Chain:
        lines, starts = tuple(self._lines()), tuple(self._starts())
        uncounted = self._uncounted()
        of_it = uncounted if self._foremost else [fact for fact in uncounted if self._named_in(fact)]
        listing = self._listing(self.actor)
        members = self._members()
        return Chain(
            case=self.base.case.id,
            role=self.role,
            actor=self.actor,
            name=self._name(),
            headline=self._headline(),
            probability=self.probability,
            words=words(self.probability),
            lines=lines,
            factors=tuple(self._factors()),
            sum=self._sum(),
            not_counted=tuple(self._not_counted(uncounted)),
            disputed=tuple(self._disputed()),
            assumed=tuple(dict.fromkeys(_assumptions((*lines, *starts), listing, members))),
            rests_on=self._rests_on(),
            listing=listing,
            members=members,
            uncounted=len(uncounted),
            not_counted_of_it=tuple(self._not_counted(of_it)),
            uncounted_of_it=len(of_it),
            steps=tuple(self._steps()),
            starts=starts,
        )

    def _candidacy(self, actor: str) -> int | None:
        """The atom that makes an actor a hypothesis; None for ``other`` and ``nobody``."""
        return self.derivation.atom_ids.get(Atom("candidate", (self.base.case.id, self.role, actor)))

    def _listing(self, actor: str) -> Node | None:
        candidacy = self._candidacy(actor)
        return None if candidacy is None else self.unfolding.node(candidacy)

    def _name(self) -> str:
        role = self.scales.roles.get(self.role)
        if self.actor == NOBODY and role and role.nobody:
            return role.nobody
        return self.voice.name(self.actor)

    def _headline(self) -> str:
        role = self.scales.roles.get(self.role)
        name = self._name()
        said = "" if self.actor == NOBODY else f" {role.said}" if role else f": {self.role}"
        return f"{name[0].upper()}{name[1:]}{said} · {percent(self.probability)}, {words(self.probability)}"

    def _lines(self) -> Iterator[ChainLine]:
        return self._told(self.made_of.lines if self.made_of else ())

    def _starts(self) -> Iterator[ChainLine]:
        for about, line in self._stated:
            whom = "" if about == self.actor else f", {self.voice.name(about)}"
            for told in self._told([line]):
                yield replace(told, factor=PRIOR, factor_name=f"To start with{whom}")

    def _told(self, lines: Iterable[Line]) -> Iterator[ChainLine]:
        for line in lines:
            way = self.unfolding.way(line.instance)
            if way is None:
                continue
            yield ChainLine(
                rule=line.rule,
                factor=line.factor or EXCLUSION,
                factor_name=self.voice.factor(line.factor),
                sentence=way.sentence,
                decibans=line.decibans,
                strength=line.strength,
                probability=line.probability,
                without_it=line.without_it,
                premises=way.premises,
                instance=line.instance,
                also=self._also(line),
            )

    def _also(self, line: Line) -> str | None:
        if not line.also:
            return None
        rules = self.derivation.program.rules
        names = dict.fromkeys(rules[int(self.derivation.rule[instance])].name for instance in line.also)
        shown = [f"[{name}] on other facts" if name == line.rule else f"[{name}]" for name in names]
        return f"The same is also shown by {listed(shown)}."

    def _factors(self) -> Iterator[FactorShare]:
        if self.made_of is None:
            return
        beneath: dict[str, frozenset[Atom]] = {}
        for factor in {line.factor for line in self.made_of.lines}:
            beneath[factor] = self._leaves(line for line in self.made_of.lines if line.factor == factor)
        for net in self.made_of.factors:
            others = frozenset[Atom]().union(*(facts for factor, facts in beneath.items() if factor != net.factor))
            alone = self.reliances.without_facts(sorted(beneath.get(net.factor, frozenset()) - others, key=str))
            yield FactorShare(net.factor, self.voice.factor(net.factor), net.decibans, net.without_it, alone)

    def _leaves(self, lines: Iterable[Line]) -> frozenset[Atom]:
        """The facts beneath lines, but for those that only make the actor a hypothesis at all."""
        return leaves(self.derivation, self.base, [line.instance for line in lines], self.candidacy)

    def _rests_on(self) -> tuple[Reliance, ...]:
        if self.made_of is None:
            return ()
        lines = (*self.made_of.lines, *(line for _, line in self._stated))
        return self.reliances.of(sorted(self._leaves(lines), key=str))

    def _sum(self) -> str:
        made_of = self.made_of
        if made_of is None:
            return f"Its members together have {percent(self.probability)}."
        parts = [f"Together {summed(sum(net.decibans for net in made_of.factors) + made_of.exclusion)} dB"]
        for decibans, reason in ((made_of.prior, "to start with"), *_besides(made_of)):
            if abs(decibans) >= LEAST_SHOWN:
                parts.append(f"{summed(decibans)} {reason}")
        return f"{', '.join(parts)}: {percent(made_of.probability)}."

    def _steps(self) -> Iterator[Step]:
        """The prior, the lines that are seen in a sum, what the others add, and what remains to the log-odds."""
        made_of = self.made_of
        if made_of is None:
            return
        yield Step("To start with", made_of.prior)
        seen = [line for line in made_of.lines if abs(line.decibans) >= LEAST_SHOWN]
        for line in seen:
            yield Step(f"{self.voice.factor(line.factor)} [{line.rule}]", line.decibans)
        nets = sum(net.decibans for net in made_of.factors) + made_of.exclusion
        others = nets - sum(line.decibans for line in seen)
        if abs(others) >= LEAST_SHOWN:
            yield Step("Lighter lines", others)
        for decibans, reason in _besides(made_of):
            if abs(decibans) >= LEAST_SHOWN:
                yield Step(opening(reason), decibans)

    def _members(self) -> tuple[Member, ...]:
        """The umbrella's members, each with the lines of weight that the umbrella itself does not have."""
        if self.umbrella is None:
            return ()
        shared = {line.rule for line in self.made_of.lines} if self.made_of else set()
        rows = [
            row for row in self.ranking.hypotheses if row.actor in self.umbrella.members and row.actor != self.actor
        ]
        return tuple(
            Member(
                row.actor,
                self.voice.name(row.actor),
                row.probability,
                tuple(self._own_lines(row.actor, shared)),
                self._listing(row.actor),
                tuple(self._belonging(row.actor)),
            )
            for row in rows
        )

    def _belonging(self, member: str) -> Iterator[Node]:
        for atom in self.assessment.ties.between(member, self.actor):
            uncertain = self.assessment.probability(atom) < 1  # what is unfolded counts as shown
            node = self.unfolding.node(atom) if uncertain else None
            if node is not None:
                yield node

    def _own_lines(self, actor: str, shared: Container[str]) -> Iterator[ChainLine]:
        for credit in self.assessment.credits(self.role, actor):
            if credit.rule not in shared and abs(credit.decibans) >= LIGHT:
                yield from self._told([self.assessment.line(self.role, actor, credit)])

    def _case_facts(self) -> Iterator[Fact]:
        return (fact for fact in self.base.facts.values() if fact.case == self.base.case.id)

    def _uncounted(self) -> list[Fact]:
        """What is reported and weighs nothing for anybody."""
        weightless = self.derivation.program.vocabulary.weightless
        return [fact for fact in self._case_facts() if fact.atom.predicate in weightless]

    @property
    def _foremost(self) -> bool:
        """Whether this is the chain behind whoever comes first in the first role, which speaks for all the others."""
        return self.actor == self.ranking.ahead and self.role == next(iter(self.assessment.rankings))

    def _named_in(self, fact: Fact) -> bool:
        party = {self.actor, *(self.umbrella.members if self.umbrella else ())}
        return not party.isdisjoint(fact.atom.arguments)

    def _not_counted(self, facts: Iterable[Fact]) -> Iterator[str]:
        """What each of the facts says, with the reason why it weighs nothing: one text a reason."""
        weightless = self.derivation.program.vocabulary.weightless
        said: dict[str, list[str]] = {}
        for fact in facts:
            who = f", {self.voice.reporters(fact)}" if fact.reports else ""
            said.setdefault(weightless[fact.atom.predicate], []).append(f"{self.voice.atom(fact.atom)}{who}")
        for reason, sentences in said.items():
            yield f"{sentence('; '.join(sentences))} {reason}"

    def _disputed(self) -> Iterator[str]:
        done: set[Atom] = set()
        for fact in self._case_facts():
            denied = any(report.polarity == "denies" for report in fact.reports)
            if fact.atom in done or not (fact.rivals or denied):
                continue
            rivals = [fact, *(self.base.facts[rival] for rival in fact.rivals if rival in self.base.facts)]
            done.update(rival.atom for rival in rivals)
            yield sentence("; against it: ".join(self._side(rival) for rival in rivals))

    def _side(self, fact: Fact) -> str:
        said = self.voice.atom(fact.atom)
        standing = "held to be false" if fact.only_denied else percent(fact.credence)
        who = f", {self.voice.reporters(fact)}" if fact.reports else ", given" if fact.basis == "given" else ""
        return f"{said} ({standing}){who}"


def _besides(made_of: Contribution) -> tuple[tuple[float, str], ...]:
    """What leads from prior and lines to the log-odds."""
    return (
        (made_of.members, "for its members who are named"),
        (made_of.field, "for everyone else, listed or not"),
        (made_of.doubt, "for doubt about the facts"),
    )


def _assumptions(lines: Iterable[ChainLine], listing: Node | None, members: Iterable[Member]) -> Iterator[str]:
    """What is assumed beneath the lines, and beneath that an actor is looked at at all."""
    premises = [node for line in lines for node in line.premises]
    yield from (node.sentence for node in nodes_beneath(premises) if node.kind == "assumed")
    yield from (node.sentence for node in nodes_beneath([listing] if listing else []) if node.kind == "assumed")
    for member in members:
        yield from _assumptions(member.lines, member.listing, ())
