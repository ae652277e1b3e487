"""The one door: open a case, and ask it things.

An `Inquiry` is immutable; what it is asked for is computed once, when it is first asked. A what-if is a second
inquiry, opened with changes, and compared with the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.assessment.result import Ranking, Rankings, Settings
from reasoner.documents import read_text, shown_path
from reasoner.evidence import changes as evidence_changes
from reasoner.evidence.base import Base
from reasoner.evidence.entities import resolve_entity
from reasoner.evidence.loading import CaseSummary, case_summaries, load_base
from reasoner.evidence.workspace import Workspace, case_ids, find_workspace
from reasoner.language.program import Program
from reasoner.language.vocabulary import NOBODY, OTHER, PERPETRATOR, Scales, Vocabulary
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.storage.store import fingerprint_of, kept
from reasoner.terms import Atom, Constant, Quoted, Rule, Variable

if TYPE_CHECKING:
    from reasoner.assessment.assess import Assessment
    from reasoner.explanation.contrast import Contrast
    from reasoner.explanation.nodes import Chain
    from reasoner.grounding.graph import Derivation


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be otherwise: facts assumed or retracted, things re-rated, rules switched off.

    ``assume`` and ``retract`` hold facts in the rule language; ``rate`` pairs of a fact, source or origin with a
    grade (``B2``, ``C``, ``4``); ``rule_off`` rule names.
    """

    assume: tuple[str, ...] = ()
    retract: tuple[str, ...] = ()
    rate: tuple[tuple[str, str], ...] = ()
    rule_off: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return bool(self.assume or self.retract or self.rate or self.rule_off)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a query: what its variables are bound to, how probable it is, and in which cases."""

    bindings: Mapping[str, Constant]
    probability: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBase:
    """The rules of a workspace with what they are checked against."""

    program: Program
    vocabulary: Vocabulary
    scales: Scales


QUERY_HEAD = "ascribe_query"
"""The head of the rule that a query becomes while it is answered."""


def rule_files(workspace: Workspace) -> tuple[Path, ...]:
    """The rule files of a workspace, in order of their names, without hidden ones such as an editor's locks."""
    found = workspace.rules.rglob("*.dl")
    return tuple(sorted(path for path in found if not path.name.startswith(".")))


def load_rules(workspace: Workspace) -> RuleBase:
    """Read and check the rule base, or recall it from when these very files were last read.

    Raises:
        InputError: with every problem of every rule file.
    """
    tables = (workspace.rules / "vocabulary.yaml", workspace.rules / "scales.yaml")
    name = f"rules of {workspace.rules.resolve()}, shown as {shown_path(workspace.rules)}"
    program = kept(
        name, lambda: fingerprint_of((*tables, *rule_files(workspace))), lambda: _read_rules(workspace), Program
    )
    return RuleBase(program, program.vocabulary, program.scales)


def _read_rules(workspace: Workspace) -> Program:
    from reasoner.language.checking import build_program
    from reasoner.language.vocabulary_files import load_scales, load_vocabulary

    vocabulary = load_vocabulary(workspace.rules / "vocabulary.yaml")
    scales = load_scales(workspace.rules / "scales.yaml")
    files = rule_files(workspace)
    if not files:
        raise InputError([Problem("no-rules", f"no rule files (*.dl) in `{workspace.rules}`")])
    return build_program({shown_path(path): read_text(path) for path in files}, vocabulary, scales)


@dataclass(frozen=True)
class Inquiry:
    """One case under one rule base, as known at one time, with what was changed.

    ``facts_base`` is the case as loaded, ``base`` with the changes made.
    """

    workspace: Workspace
    rules: RuleBase
    facts_base: Base
    settings: Settings = field(default_factory=Settings)
    changes: Changes = field(default_factory=Changes)

    @cached_property
    def base(self) -> Base:
        """The facts, changed as asked."""
        base = self.facts_base
        for text in self.changes.retract:
            base = evidence_changes.retract(base, [self._known_fact(base, text)])
        for what, grade in self.changes.rate:
            base = evidence_changes.rate(base, what, grade)
        for text in self.changes.assume:
            base = evidence_changes.assume(base, _fact(text))
        return base

    @staticmethod
    def _known_fact(base: Base, text: str) -> Atom:
        atom = _fact(text)
        if atom not in base.facts:
            hint = did_you_mean(str(atom), map(str, base.facts))
            raise InputError([Problem("unknown-fact", f"nobody reports `{atom}` in {base.case.id}", hint=hint)])
        return atom

    @cached_property
    def program(self) -> Program:
        """The rules, without those switched off."""
        off = set(self.changes.rule_off)
        if not off:
            return self.rules.program
        program = self.rules.program
        names = {rule.name for rule in program.rules}
        unknown = [
            Problem("unknown-rule", f"no rule is called `{name}`", hint=did_you_mean(name, names))
            for name in sorted(off - names)
        ]
        if unknown:
            raise InputError(unknown)
        return _program_of(program, tuple(rule for rule in program.rules if rule.name not in off))

    @cached_property
    def derivation(self) -> Derivation:
        """Every rule instance that can fire."""
        return self._ground(self.program)

    def _ground(self, program: Program) -> Derivation:
        from reasoner.grounding.fixpoint import ground

        return ground(program, [atom for atom, fact in self.base.facts.items() if fact.credence > 0])

    @cached_property
    def assessment(self) -> Assessment:
        """The weighed derivation."""
        from reasoner.assessment.assess import assess

        return assess(self.base, self.derivation, self.settings)

    @property
    def rankings(self) -> Rankings:
        """The ranking of each role that has a candidate."""
        return self.assessment.rankings

    def ranking(self, role: str | None = None) -> Ranking:
        """The ranking of one role; without a role, of the perpetrator.

        Raises:
            InputError: no rule makes anybody a candidate for that role.
        """
        wanted = role or PERPETRATOR
        if wanted in self.rankings:
            return self.rankings[wanted]
        roles = ", ".join(self.rankings) or "none"
        message = f"nobody is a candidate for the role `{wanted}` in {self.base.case.id}"
        hint = did_you_mean(wanted, self.rankings) or f"roles with candidates: {roles}"
        raise InputError([Problem("unknown-role", message, hint=hint)])

    def hypothesis(self, text: str, role: str | None = None) -> str:
        """The id of the hypothesis or umbrella that an id, name or alias means.

        Raises:
            InputError: there is no such actor, or it is no hypothesis of the role.
        """
        ranking = self.ranking(role)
        known = {row.actor for row in (*ranking.hypotheses,)} | {row.actor for row in ranking.umbrellas}
        if text in known:
            return text
        actor = resolve_entity(self.base, text)
        if actor in known:
            return actor
        hint = f"hypotheses: {', '.join(row.actor for row in ranking.hypotheses)}"
        if actor not in (OTHER, NOBODY):
            hint += f"; to have it looked at, state considered({actor}, {self.base.case.id})"
        message = f"{self.base.name(actor)} is not a hypothesis for the role `{ranking.role}` in {self.base.case.id}"
        raise InputError([Problem("no-hypothesis", message, hint=hint)])

    def why(self, actor: str | None = None, role: str | None = None, depth: int | None = None) -> Chain:
        """The reasoning chain behind a hypothesis; without an actor, behind whoever leads."""
        from reasoner.explanation.chain import chain

        ranking = self.ranking(role)
        chosen = self.hypothesis(actor, role) if actor else ranking.ahead
        return chain(self.assessment, self.base, self.derivation, ranking.role, chosen, depth)

    def compare(self, first: str, second: str, role: str | None = None) -> Contrast:
        """One hypothesis rather than another: what tells them apart, and what would turn it round.

        Raises:
            InputError: one of them is no hypothesis of the role, or there is nothing to compare.
        """
        from reasoner.explanation.contrast import contrast

        wanted = self.ranking(role).role
        return contrast(self.assessment, wanted, self.hypothesis(first, wanted), self.hypothesis(second, wanted))

    def query(self, text: str) -> tuple[Answer, ...]:
        """All answers to a conjunction of literals, the most probable first.

        Raises:
            InputError: the query is not well-formed, or asks for an unknown predicate.
        """
        from reasoner.assessment.assess import assess
        from reasoner.language.checking import check_query
        from reasoner.language.parser import parse_query

        elements = parse_query(text)
        check_query(elements, self.rules.program, text, self._known_constants())
        names = Rule(QUERY_HEAD, None, Atom(QUERY_HEAD), elements).variables
        head = Atom(QUERY_HEAD, tuple(map(Variable, names)))
        asked = _program_of(self.program, (*self.program.rules, Rule("your query", None, head, elements)))
        derivation = self._ground(asked)
        atoms = list(derivation.with_predicate(QUERY_HEAD))
        chances = assess(self.base, derivation, self.settings).probabilities(atoms)
        answers = [
            Answer(
                dict(zip(names, _constants(derivation.atoms[atom]), strict=True)), float(chance), (self.base.case.id,)
            )
            for atom, chance in zip(atoms, chances, strict=True)
            if chance > 0
        ]
        return by_probability(answers)

    def _known_constants(self) -> Mapping[str, tuple[str, ...]]:
        """What the case names, with the argument types each can fill."""
        kinds = self.rules.vocabulary.kinds
        known = {entity.id: kinds.get(entity.kind, ()) for entity in self.base.entities.values()}
        for case in case_ids(self.workspace):
            known[case] = (*known.get(case, ()), "Incident")
        return known

    def changed(self, changes: Changes) -> Inquiry:
        """The same case with these changes instead of the present ones."""
        return replace(self, changes=changes)


def by_probability(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, the most probable first."""
    return tuple(sorted(answers, key=lambda answer: (-answer.probability, str(tuple(answer.bindings.values())))))


def merged(cases: Sequence[str], ask: Callable[[str], tuple[Answer, ...]]) -> tuple[Answer, ...]:
    """The answers of several cases; those that agree in bindings and probability stand together, with their cases.

    Raises:
        InputError: none of the cases can answer; what some lack, as an entity that they do not name, others may have.
    """
    found: dict[object, Answer] = {}
    refused: list[InputError] = []
    for case in cases:
        try:
            answers = ask(case)
        except InputError as error:
            refused.append(error)
            continue
        for answer in answers:
            key = (tuple(answer.bindings.items()), round(answer.probability, 12))
            known = found[key].cases if key in found else ()
            found[key] = replace(answer, cases=(*known, *answer.cases))
    if refused and len(refused) == len(cases):
        raise refused[0]
    return by_probability(found.values())


def _constants(atom: Atom) -> tuple[Constant, ...]:
    return tuple(term for term in atom.arguments if isinstance(term, (int, str, Quoted)))


def _fact(text: str) -> Atom:
    from reasoner.language.parser import parse_fact

    return parse_fact(text, "fact", 1, 1)


def _program_of(program: Program, rules: tuple[Rule, ...]) -> Program:
    from reasoner.language.strata import components

    return replace(program, rules=rules, components=components(rules))


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
    return Inquiry(workspace, rules, base, settings or Settings(), changes or Changes())


__all__ = [
    "Answer",
    "CaseSummary",
    "Changes",
    "Inquiry",
    "RuleBase",
    "Workspace",
    "case_summaries",
    "find_workspace",
    "load_rules",
    "open_case",
    "rule_files",
]
