"""The background of a feed: what holds of every incident, and what holds only at some times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reasoner.documents import shown_path
from reasoner.evidence.assembling import assemble, declared_facts, grade, in_force, known_facts
from reasoner.evidence.base import Base, Case, Draw, Fact, Moment
from reasoner.evidence.dating import best_date
from reasoner.evidence.moments import read_moment
from reasoner.evidence.rivals import REFINING, refinements, settle, slot_of
from reasoner.evidence.scope import Scope, Statement
from reasoner.evidence.workspace import Workspace, background_paths, case_ids
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError, Problem
from reasoner.rule_base import RuleBase
from reasoner.storage.store import fingerprint_of, kept
from reasoner.terms import Atom, Constant

if TYPE_CHECKING:
    from reasoner.evidence.files import Sheet

NOWHERE = Case("", "", None, (), "")
"""The case of a base without any incident."""


@dataclass(frozen=True, slots=True)
class Season:
    """What of the dated background holds for some incidents, and which values refine which there."""

    facts: tuple[Fact, ...]
    draws: tuple[Draw, ...]
    refined: frozenset[tuple[Constant, Constant]]


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The background files read together.

    ``dated`` are the atoms that do not hold alike of every incident: those stated with a validity interval, and with
    them all values of the same slot; where a refinement is one of them, every slot of several values.
    """

    scope: Scope
    dated: frozenset[Atom]
    vocabulary: Vocabulary
    scales: Scales

    def base(self) -> Base:
        """What holds of every incident, as a base without one."""
        lasting = [each for each in self.scope.statements if each.atom not in self.dated]
        facts = [*known_facts(lasting, None, ""), *declared_facts(self.scope.entities.values())]
        names = {source.id: source.name for source in self.scope.sources.values()}
        names.update((entity.id, entity.name) for entity in self.scope.entities.values())
        entities, sources = self.scope.entities, self.scope.sources
        return assemble(NOWHERE, None, entities, sources, facts, names, self.vocabulary, self.scales)

    def bounded(self) -> list[Statement]:
        """The statements with a validity interval."""
        return [each for each in self.scope.statements if each.since is not None or each.until is not None]

    def season(self, moment: Moment | None) -> Season:
        """What of the dated background holds for an incident of that moment."""
        wanted = [each for each in self.scope.statements if each.atom in self.dated or each.atom.predicate in REFINING]
        known = known_facts(in_force(wanted, moment), None, "")
        facts = {fact.atom: fact for fact in grade(known, self.scope.sources, self.scales)}
        settled, draws = settle(facts, self.vocabulary)
        return Season(
            tuple(fact for fact in settled.values() if fact.atom in self.dated),
            tuple(draw for draw in draws if not self.dated.isdisjoint(draw.values)),
            frozenset(refinements(facts.values())),
        )

    def occurrences(self) -> Iterator[tuple[str, str]]:
        """The incidents whose date the background states, each with the likeliest."""
        stated = [each for each in self.scope.statements if each.atom.predicate == "occurred"]
        incidents = dict.fromkeys(each.atom.arguments[0] for each in stated if each.atom.arguments)
        for incident in incidents:
            if isinstance(incident, str):
                about = [each for each in stated if each.atom.arguments[0] == incident]
                case = replace(NOWHERE, id=incident)
                facts = known_facts(about, None, incident)
                base = assemble(case, None, {}, self.scope.sources, facts, {}, self.vocabulary, self.scales)
                date = best_date(base)
                if date is not None:
                    yield incident, date.written


def read_backdrop(workspace: Workspace, rules: RuleBase) -> Backdrop:
    """Read the background of a workspace, or recall it where these very files were read before.

    Raises `InputError` with every problem in it.
    """
    vocabulary, scales = rules.vocabulary, rules.scales

    def fingerprint() -> str | None:
        return fingerprint_of(background_paths(workspace), *case_ids(workspace), repr(vocabulary), repr(scales))

    name = f"background of {workspace.facts.resolve()}, shown as {shown_path(workspace.facts)}"
    scope = kept(name, fingerprint, lambda: _read_scope(workspace, rules), Scope)
    return Backdrop(scope, dated_atoms(scope.statements, vocabulary), vocabulary, scales)


def _read_scope(workspace: Workspace, rules: RuleBase) -> Scope:
    """What the background files define and state. Raises `InputError` with every problem in them."""
    from reasoner.evidence.files import check_scope, read_background

    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for path in background_paths(workspace):
        try:
            sheets.append(read_background(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    scope, wrong = check_scope(sheets, case_ids(workspace), rules.vocabulary, rules.scales)
    if wrong:
        raise InputError(wrong)
    return scope


def dated_atoms(statements: Iterable[Statement], vocabulary: Vocabulary) -> frozenset[Atom]:
    """The atoms whose credence, draw or rivals depend on when the incident happened."""
    statements = list(statements)
    bounded = {each.atom for each in statements if each.since is not None or each.until is not None}
    slots = {slot_of(atom, vocabulary) for atom in bounded} - {None}
    if any(atom.predicate in REFINING for atom in bounded):
        slots |= {slot_of(each.atom, vocabulary) for each in statements} - {None}
    return frozenset(
        each.atom for each in statements if each.atom in bounded or slot_of(each.atom, vocabulary) in slots
    )


def background_base(workspace: Workspace, rules: RuleBase) -> Base:
    """What the background says of every incident alike, as a base without any incident. Raises `InputError`."""
    return read_backdrop(workspace, rules).base()


def moment_of(date: str | None) -> Moment | None:
    """The moment of a date as facts quote it."""
    return read_moment(date) if date is not None else None
