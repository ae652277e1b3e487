"""The one door: open a case, and ask it things.

An `Inquiry` is immutable; what it is asked for is computed once, when it is first asked. A what-if is a second
inquiry, opened with changes, and compared with the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.assessment.result import Method, Ranking, Rankings, Settings, Standings
from reasoner.evidence.base import Base
from reasoner.evidence.entities import Directory, can_act, resolve_actor, resolve_entity
from reasoner.evidence.loading import CaseSummary, case_summaries, load_base, redated
from reasoner.evidence.moments import beginning
from reasoner.evidence.workspace import Workspace, case_ids, find_workspace
from reasoner.explanation.changes import Changes, parse_changes
from reasoner.explanation.changing import changed_base, changed_then, with_ids
from reasoner.language.program import Program
from reasoner.language.varying import varied
from reasoner.language.vocabulary import NOBODY, OTHER, PERPETRATOR
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.rule_base import RuleBase, load_rules, rule_files
from reasoner.terms import Atom

if TYPE_CHECKING:
    from reasoner.abduction.prospects import Prospects
    from reasoner.assessment.assess import Assessment
    from reasoner.assessment.linchpins import Linchpins
    from reasoner.explanation.contrast import Contrast
    from reasoner.explanation.matrix import Matrix
    from reasoner.explanation.nodes import Chain, Node
    from reasoner.explanation.querying import Answer, Query
    from reasoner.explanation.questions import MissingEvidence
    from reasoner.explanation.sourcing import Sourcing
    from reasoner.explanation.timeline import Timeline
    from reasoner.explanation.what_if import WhatIf
    from reasoner.explanation.why_not import WhyNot
    from reasoner.grounding.graph import Derivation
    from reasoner.language.completion import Words


@dataclass(frozen=True)
class Inquiry:
    """One case under one rule base, as known at one time, with what was changed.

    ``facts_base`` is the case as loaded, ``base`` with the changes made. ``plain`` is the inquiry that this one is a
    change of, and is compared with; None where this is the plain one.
    """

    workspace: Workspace
    rules: RuleBase
    facts_base: Base
    settings: Settings = field(default_factory=Settings)
    changes: Changes = field(default_factory=Changes)
    plain: Inquiry | None = field(default=None, repr=False, compare=False)

    @cached_property
    def base(self) -> Base:
        """The facts, changed as asked."""
        moment = self.changes.as_of
        return changed_base(self.facts_base if moment is None else self._as_known(moment), self.changes)

    def _as_known(self, moment: str) -> Base:
        loaded = self.rules
        return load_base(self.workspace, self.facts_base.case.id, loaded.vocabulary, loaded.scales, moment)

    @cached_property
    def program(self) -> Program:
        """The rules, without those switched off, and with the strengths asked for."""
        return varied(self.rules.program, self.changes.rule_off, dict(self.changes.strength))

    @cached_property
    def derivation(self) -> Derivation:
        """Every rule instance that can fire, read off the graph of the plain inquiry where that holds them all."""
        from reasoner.grounding.narrowing import narrowed

        shared = narrowed(self.plain.derivation, self.program, _possible(self.base)) if self.plain else None
        return shared or self._ground(self.program)

    def _ground(self, program: Program) -> Derivation:
        from reasoner.grounding.fixpoint import ground

        return ground(program, _possible(self.base))

    @cached_property
    def assessment(self) -> Assessment:
        """The weighed derivation."""
        return self._assessed(self.plain.assessment.drawn.method if self.plain else None)

    def _assessed(self, method: Method | None) -> Assessment:
        from reasoner.assessment.assess import assess

        settings = replace(self.settings, method=self.settings.method or method)
        if self.plain is not None and self.derivation is self.plain.derivation:
            return self.plain.assessment.on(self.base, settings)
        return assess(self.base, self.derivation, settings)

    @property
    def standings(self) -> Standings:
        """How the hypotheses of each role that has a candidate stand; how far to rely on it takes longer to find."""
        return self.assessment.standings

    @property
    def rankings(self) -> Rankings:
        """The ranking of each role that has a candidate."""
        return self.assessment.rankings

    def ranking(self, role: str | None = None) -> Ranking:
        """The ranking of one role; without a role, of the perpetrator.

        Raises:
            InputError: there is no such role, or no rule makes anybody a candidate for it.
        """
        wanted = PERPETRATOR if role is None else role
        if wanted in self.rankings:
            return self.rankings[wanted]
        roles, case = self.rules.scales.roles, self.base.case.id
        if wanted not in roles:
            hint = did_you_mean(wanted, roles) or f"roles: {', '.join(roles)}"
            raise InputError([Problem("unknown-role", f"there is no role `{wanted}`", hint=hint)])
        taken, name_one = ", ".join(self.rankings), f"name somebody to look at with a fact: considered(ACTOR, {case})"
        hint = f"roles with candidates: {taken}" if taken else name_one
        raise InputError(
            [Problem("no-candidate", f"nobody is a candidate for the role `{wanted}` in {case}", hint=hint)]
        )

    def hypothesis(self, text: str, role: str | None = None) -> str:
        """The id of the hypothesis or umbrella that an id, name or alias means.

        Raises:
            InputError: there is no such actor, or it is no hypothesis of the role.
        """
        ranking = self.ranking(role)
        actor = text if text in ranking.actors else resolve_entity(self.base, text)
        if actor in ranking.actors:
            return actor
        hint = f"hypotheses: {', '.join(row.actor for row in ranking.hypotheses)}"
        if actor not in (OTHER, NOBODY) and can_act(self.base, actor):
            hint += f"; to have it looked at, state considered({actor}, {self.base.case.id})"
        message = f"{self.base.name(actor)} is not a hypothesis for the role `{ranking.role}` in {self.base.case.id}"
        raise InputError([Problem("no-hypothesis", message, hint=hint)])

    def why(
        self, actor: str | None = None, role: str | None = None, depth: int | None = None, most: int | None = None
    ) -> Chain:
        """The reasoning chain behind a hypothesis; without an actor, behind whoever leads.

        ``depth`` bounds the levels of rules beneath a line, ``most`` the statements unfolded.
        """
        from reasoner.explanation.chain import chain

        ranking = self.ranking(role)
        chosen = self.hypothesis(actor, role) if actor is not None else ranking.ahead
        return chain(self.assessment, self.base, self.derivation, ranking.role, chosen, depth, most)

    def beneath(self, atom: str, start: int = 0, shown: Collection[str] = ()) -> Node:
        """What a statement rests on, by its ways from a place on; of those ``shown`` it is only said that they are.

        Raises:
            KeyError: nothing in the case makes it so.
        """
        from reasoner.explanation.chain import branch

        return branch(self.assessment, self.base, self.derivation, atom, start, shown)

    def compare(self, first: str, second: str, role: str | None = None) -> Contrast:
        """One hypothesis rather than another: what tells them apart, and what would turn it round.

        Raises:
            InputError: one of them is no hypothesis of the role, or there is nothing to compare.
        """
        from reasoner.explanation.contrast import contrast

        wanted = self.ranking(role).role
        return contrast(self.assessment, wanted, self.hypothesis(first, wanted), self.hypothesis(second, wanted))

    def why_not(self, actor: str, role: str | None = None, against: str | None = None) -> WhyNot:
        """What speaks for another and not for an actor, and what it would take for it to.

        The other is the leader unless ``against`` says who. The actor need not be a hypothesis.

        Raises:
            InputError: there is no such actor or role, or the other is no hypothesis, or the actor itself.
        """
        from reasoner.explanation.why_not import rival_of, why_not

        ranking = self.ranking(role)
        asked = actor if actor in ranking.actors else resolve_actor(self.base, actor)
        other = self.hypothesis(against, role) if against is not None else rival_of(ranking, asked)
        if other == asked:
            message = f"{self.base.name(asked)} cannot be set against itself"
            hint = f"hypotheses: {', '.join(row.actor for row in ranking.hypotheses)}"
            raise InputError([Problem("nobody-to-set-against", message, hint=hint)])
        return why_not(self.assessment, self._prospects, ranking.role, asked, other)

    @cached_property
    def _prospects(self) -> Prospects:
        """The likeliest reading, with what a report could change in it."""
        from reasoner.explanation.why_not import likeliest_prospects

        return likeliest_prospects(self.assessment)

    def missing(self, role: str | None = None) -> MissingEvidence:
        """What nobody has reported and would tell most about a role (without one, the perpetrator)."""
        from reasoner.explanation.missing import missing_evidence

        return missing_evidence(self.assessment, self.ranking(role).role)

    def matrix(self, role: str | None = None) -> Matrix:
        """Every hypothesis of a role against the evidence (without a role, of the perpetrator)."""
        from reasoner.explanation.matrix import matrix

        return matrix(self.assessment, self.ranking(role).role)

    def timeline(self, role: str | None = None) -> Timeline:
        """How the ranking of a role came about, report by report (without a role, the perpetrator's)."""
        from reasoner.explanation.timeline import timeline

        return timeline(list(self._known_since()), self.ranking(role).role)

    def _known_since(self) -> Iterator[Assessment]:
        """The case weighed as known at each moment, in the same worlds by the same method; rules are applied once."""
        from reasoner.assessment.assess import assess
        from reasoner.grounding.fixpoint import ground
        from reasoner.grounding.narrowing import narrowed

        settings = replace(self.settings, method=self.assessment.drawn.method)
        bases = self._bases_since()
        whole = ground(self.program, dict.fromkeys(atom for base in bases for atom in _possible(base)))
        for base in bases:
            derivation = narrowed(whole, self.program, _possible(base)) or ground(self.program, _possible(base))
            yield assess(base, derivation, settings)

    def _bases_since(self) -> list[Base]:
        """The case, changed as asked, as known at each moment since it happened at which something was reported.

        Where nothing was reported yet: as known at the moment asked for. Raises `InputError` where none was asked for.
        """
        from reasoner.evidence.history import load_history

        loaded, occurred = self.rules, self.base.case.occurred
        history = load_history(self.workspace, self.base.case.id, loaded.vocabulary, loaded.scales)
        moments = history.moments(self.base.as_of) or tuple(filter(None, [self.base.as_of]))
        if not moments:
            message = f"nothing reported in {self.base.case.id} has a date, so there is no timeline"
            raise InputError([Problem("no-dates", message, hint="give reports a `date:`, or sources a `published:`")])
        since = [moment for moment in moments if occurred is None or moment.instant >= beginning(occurred)]
        _ = self.base  # what no report is about at any time is refused here
        earlier = (history.at(moment) for moment in since or moments[-1:])
        return [changed_then(base, self.changes) for base in earlier]

    def linchpins(self, role: str | None = None) -> Linchpins:
        """What the lead in a role hangs on: how far it moves without each part, and the smallest sets that end it."""
        return self.assessment.linchpins(self.ranking(role).role)

    def sources(self, actor: str | None = None, role: str | None = None) -> Sourcing:
        """Who stands behind the answer in a role, weighed for a hypothesis; without one, for whoever leads.

        What is left out by changes is told of, too.

        Raises:
            InputError: the actor is no hypothesis of the role.
        """
        from reasoner.explanation.sourcing import sourcing

        ranking = self.ranking(role)
        chosen = self.hypothesis(actor, role) if actor is not None else ranking.ahead
        before = self.plain.facts_base if self.plain and self.changes.as_of is None else None
        whole = redated(before, self.base.case.occurred) if before else self.base
        return sourcing(self.assessment, whole, ranking.role, chosen, self.changes.source_off)

    def query(self, text: str) -> tuple[Answer, ...]:
        """All answers to a conjunction of literals, the most probable first. Raises `InputError` as `asked` does."""
        return self.asked(text).answers

    def asked(self, text: str) -> Query:
        """A conjunction of literals asked of the case: its answers, and what each rests on.

        Raises:
            InputError: the query is not well-formed, or asks for an unknown predicate.
        """
        from reasoner.assessment.assess import assess
        from reasoner.explanation.querying import Query, query_program
        from reasoner.language.checking import check_query
        from reasoner.language.parser import parse_query

        elements = parse_query(text)
        called = Directory.of(self.base.entities).find
        check_query(elements, self.rules.program, text, self._known_constants(), called)
        program, names = query_program(self.program, elements)
        return Query(text, names, assess(self.base, self._ground(program), self.settings), self)

    @property
    def words(self) -> Words:
        """The words that a query can be made of."""
        from reasoner.language.completion import words_of

        return words_of(self.rules.vocabulary, self.rules.scales, self.program.rules, self._known_constants())

    def _known_constants(self) -> Mapping[str, tuple[str, ...]]:
        """What the case names, with the argument types each can fill."""
        kinds = self.rules.vocabulary.kinds
        known = {entity.id: kinds.get(entity.kind, ()) for entity in self.base.entities.values()}
        for case in case_ids(self.workspace):
            known[case] = (*known.get(case, ()), "Incident")
        return known

    def meant(self, changes: Changes) -> Changes:
        """The changes with the id of each source that they call by its name."""
        return with_ids(self.base, changes)

    def changed(self, changes: Changes) -> Inquiry:
        """The same case with these changes instead of the present ones, in the same worlds and by the same method."""
        plain = self.plain or self
        return replace(plain, changes=changes, plain=plain) if changes else plain

    def under(self, rules: RuleBase) -> Inquiry:
        """The same case, changed in the same way, under other rules of the same vocabulary and scales."""
        plain = replace(self.plain or self, rules=rules, changes=Changes(), plain=None)
        return plain.changed(self.changes)

    def what_if(self, changes: Changes) -> WhatIf:
        """The case as it is here beside the same case with further changes.

        Raises:
            InputError: a change names what isn't there, or says what cannot be.
        """
        from reasoner.explanation.what_if import WhatIf

        other = self.changed(self.changes.then(changes))
        before, after = self.assessment, other.assessment
        if before.drawn.method != after.drawn.method:  # the change made too many facts uncertain to be enumerated
            before, after = self._assessed("sampled"), other._assessed("sampled")
        return WhatIf(changes, before, after)


def _possible(base: Base) -> list[Atom]:
    """The facts that hold in some world."""
    return [atom for atom, fact in base.facts.items() if fact.credence > 0]


def open_case(
    case: str,
    workspace: Workspace | None = None,
    as_of: str | None = None,
    settings: Settings | None = None,
    changes: Changes | None = None,
) -> Inquiry:
    """Open a case of a workspace (the one found from the current folder, else the shipped one).

    Raises:
        InputError: with every problem of the rule files or of the fact files in scope.
    """
    workspace = workspace or find_workspace()
    rules = load_rules(workspace)
    base = load_base(workspace, case, rules.vocabulary, rules.scales, as_of)
    return Inquiry(workspace, rules, base, settings or Settings()).changed(changes or Changes())


__all__ = [
    "CaseSummary",
    "Changes",
    "Inquiry",
    "RuleBase",
    "Workspace",
    "case_summaries",
    "find_workspace",
    "load_rules",
    "open_case",
    "parse_changes",
    "rule_files",
]
