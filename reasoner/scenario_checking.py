"""What a scenario names, checked against its case: dates, facts, rules, actors, roles and queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from reasoner.documents import Document, KeyPath
from reasoner.evidence.atoms import checker_of, read_atom
from reasoner.evidence.changes import rate
from reasoner.evidence.entities import resolve_entity
from reasoner.explanation.changing import about_date
from reasoner.inquiry import Changes, Inquiry
from reasoner.language.checking import check_query
from reasoner.language.parser import QUERY, parse_query
from reasoner.language.varying import with_strengths
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.scenario_trial import pattern_of

if TYPE_CHECKING:
    from reasoner.scenario_schema import Scenario

Open = Callable[[str | None], Inquiry]
"""The scenario's case as known at a date, or as known now."""

_HALVED = ("unclosed-parenthesis", "unopened-parenthesis")

_OWN = ("", "fact", QUERY)
"""What other stages call the file of a text that was handed to them alone: problems there are the scenario's."""


def check_scenario(document: Document, scenario: Scenario, open_as_known: Open) -> None:
    """Check every name in a scenario.

    Raises:
        InputError: with every problem, each at its place in the scenario, or in the rule or fact file at fault.
    """
    checking = _Checking(document, scenario)
    checking.check(open_as_known)
    if checking.problems:
        raise InputError(checking.problems)


@dataclass
class _Checking:
    """One scenario while it is checked, with the problems found so far."""

    document: Document
    scenario: Scenario
    problems: list[Problem] = field(default_factory=list)

    def check(self, open_as_known: Open) -> None:
        known: list[Inquiry] = []
        self._try(("case",), lambda: known.append(open_as_known(None)))
        if known and self.scenario.as_of is not None:
            self._try(("as_of",), lambda: known.append(open_as_known(self.scenario.as_of)))
        if known:
            self._changes(known[-1])
            self._names(known[-1])

    def _try(self, path: KeyPath, look: Callable[[], object], key: bool = False) -> None:
        """Look something up, and place what is wrong with it at a value of the scenario, or at a key."""
        try:
            look()
        except InputError as error:
            self.problems += [self._placed(path, problem, key) for problem in error.problems]

    def _placed(self, path: KeyPath, problem: Problem, key: bool) -> Problem:
        span = problem.span
        if span is not None and span.file not in _OWN:
            return problem
        if span is not None and not key:
            return self._advice(path, self.document.relocate(path)(problem))
        place = self.document.key_span(path) if key else self.document.entry_span(path)
        return self.document.problem(problem.word, problem.message, place, problem.hint, problem.note)

    def _advice(self, path: KeyPath, problem: Problem) -> Problem:
        """A comma between brackets ends a text without quotes: say so where that left half of an atom."""
        around = self.document.spans.node(path[:-1])
        if problem.word not in _HALVED or not getattr(around, "flow", False):
            return problem
        return replace(problem, hint="inside [ ] put quotes around text that has a comma: a comma ends it")

    def _changes(self, known: Inquiry) -> None:
        asked, dating = self.scenario, self._dating(known)
        for number, text in enumerate(asked.retract):
            self._try(("retract", number), partial(_changed_base, known, dating.then(Changes(retract=(text,)))))
        for what, grade in asked.rate.items():
            self._try(("rate", what), partial(rate, known.changed(dating).base, what, grade), key=True)
        for rule, strength in asked.strength.items():
            self._try(("strength", rule), partial(with_strengths, known.program, {rule: strength}), key=True)
        for number, text in enumerate(asked.assume):
            path: KeyPath = ("assume", number)
            _, problems = read_atom(self.document, path, text, checker_of(known.base))
            self.problems += [self._advice(path, problem) for problem in problems]
        if not self.problems:
            changed = Changes(retract=tuple(asked.retract), assume=tuple(asked.assume))
            self._try(("assume",), partial(_changed_base, known, changed), key=True)

    def _dating(self, known: Inquiry) -> Changes:
        """The assumptions that give the incident another date, and so bring other facts into force; none if wrong."""
        dating = Changes(assume=about_date(Changes(assume=tuple(self.scenario.assume))).assume)
        try:
            _changed_base(known, dating)
        except InputError:
            return Changes()
        return dating

    def _names(self, known: Inquiry) -> None:
        rules = {rule.name: None for rule in known.program.rules}
        for key in ("rule_off", "because", "not_because"):
            self._each(key, getattr(self.scenario, key), rules, "unknown-rule", "no rule is called `{}`")
        for key in ("source_off", "origin_off"):
            named = getattr(self.scenario, key)
            self._each(key, named, known.base.sources, "unknown-source", "unknown source `{}`")
        roles = known.rules.scales.roles
        named = [self.scenario.role] if self.scenario.role else []
        self._each("role", named, roles, "unknown-role", "there is no role `{}`")
        if isinstance(self.scenario.unchanged, list):
            self._each("unchanged", self.scenario.unchanged, roles, "unknown-role", "there is no role `{}`")
        for path, actor, key_only in self._actors():
            self._try(path, partial(resolve_entity, known.base, actor), key=key_only)
        for number, text in enumerate(self.scenario.missing):
            self._try(("missing", number), partial(_check_pattern, text, known))
        for path, query, key_only in self._queries():
            self._try(path, partial(_check, query, known), key=key_only)

    def _each(self, key: str, names: Iterable[str], known: Collection[str], word: str, message: str) -> None:
        for number, name in enumerate(names):
            if name not in known:
                place = self.document.entry_span((key,) if key == "role" else (key, number))
                hint = did_you_mean(name, known)
                self.problems.append(self.document.problem(word, message.format(name), place, hint))

    def _actors(self) -> Iterator[tuple[KeyPath, str, bool]]:
        """Where an actor is named: the path, the actor, and whether it is the path's last key."""
        asked = self.scenario
        for field_name in ("leader", "of"):
            if getattr(asked, field_name):
                yield (field_name,), getattr(asked, field_name), False
        for number, actor in enumerate(asked.order):
            yield ("order", number), actor, False
        for field_name in ("probability", "falls", "rises"):
            for actor in getattr(asked, field_name):
                if "(" not in actor or field_name != "probability":
                    yield (field_name, actor), actor, True

    def _queries(self) -> Iterator[tuple[KeyPath, str, bool]]:
        for field_name in ("answers", "no_answers"):
            for number, query in enumerate(getattr(self.scenario, field_name)):
                yield (field_name, number), query, False
        for what in self.scenario.probability:
            if "(" in what:
                yield ("probability", what), what, True


def _changed_base(known: Inquiry, changes: Changes) -> object:
    return known.changed(changes).base


def _check_pattern(text: str, known: Inquiry) -> None:
    wanted = pattern_of(text)
    if wanted.arguments:
        _check(text, known)
    elif wanted.predicate not in known.rules.vocabulary.predicates:
        hint = did_you_mean(wanted.predicate, known.rules.vocabulary.predicates)
        raise InputError([Problem("unknown-predicate", f"unknown predicate `{wanted.predicate}`", hint=hint)])


def _check(query: str, known: Inquiry) -> None:
    check_query(parse_query(query), known.program, query)
