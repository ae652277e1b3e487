"""Reading the atom of a fact, and checking it against vocabulary and entities."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.evidence.base import Base
from reasoner.evidence.entities import Directory
from reasoner.evidence.moments import is_date
from reasoner.language.vocabulary import DECLARED, ENTITY_TYPES, Argument, Predicate, Scales, Vocabulary
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import Atom, Constant, Quoted, is_symbol, term_text

if TYPE_CHECKING:
    from reasoner.documents import Document, KeyPath

_ARGUMENT = r'(?:_*[a-z][A-Za-z0-9_]*|-?(?:0|[1-9][0-9]{0,17})|"[^"\\\n]*")'
_PLAIN = re.compile(rf"\s*(_*[a-z][A-Za-z0-9_]*)\s*(?:\(\s*({_ARGUMENT}(?:\s*,\s*{_ARGUMENT})*)\s*\))?\s*\Z")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s(),"]+')
_NAMING = frozenset(ENTITY_TYPES)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with an atom; ``position`` is the argument it concerns, or -1 for the predicate."""

    word: str
    message: str
    position: int
    hint: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Checker:
    """What atoms are checked against."""

    vocabulary: Vocabulary
    scales: Scales
    directory: Directory

    def check(self, atom: Atom) -> tuple[Atom, list[Flaw]]:
        """The atom with names and aliases of entities turned into ids, and what is wrong with it."""
        predicate = self.vocabulary.predicates.get(atom.predicate)
        if atom.predicate == DECLARED:
            return atom, [_declared()]
        if predicate is None:
            return atom, [self._unknown_predicate(atom.predicate)]
        if predicate.arity != len(atom.arguments):
            return atom, [_wrong_arity(predicate, len(atom.arguments))]
        flaws: list[Flaw] = []
        resolved: list[Constant] = []
        for position, (argument, constant) in enumerate(zip(predicate.arguments, atom.arguments, strict=True)):
            assert isinstance(constant, str | int | Quoted)
            found = self._resolve(argument, constant)
            if found is None:
                flaws.append(self._misfit(predicate, position, constant))
            resolved.append(constant if found is None else found)
        return Atom(atom.predicate, tuple(resolved)), flaws

    def _resolve(self, argument: Argument, constant: Constant) -> Constant | None:
        """The constant that the argument stands for, or None where it does not fit."""
        types = argument.types
        if isinstance(constant, int):
            return constant if "Number" in types or "Term" in types else None
        text = constant if isinstance(constant, str) else constant.text
        if "Date" in types and isinstance(constant, Quoted) and is_date(text):
            return constant
        if "Role" in types and text in self.scales.roles:
            return text
        if not _NAMING.isdisjoint(types):
            found = [entity for entity in self.directory.find(text) if self._fits(entity, types)]
            if len(found) == 1:
                return found[0]
            if "Incident" in types and text in self.directory.incidents:
                return text
        return constant if "Term" in types or "Kind" in types else None

    def _fits(self, entity: str, types: Collection[str]) -> bool:
        kind = self.directory.entities[entity].kind
        # An unknown kind is a problem of the entity's own, not one of every fact that names it.
        return kind not in self.vocabulary.kinds or not set(self.vocabulary.kinds[kind]).isdisjoint(types)

    def _unknown_predicate(self, name: str) -> Flaw:
        close = did_you_mean(name, self.vocabulary.predicates)
        hint = None
        if close:
            meant = self.vocabulary.predicates[close.split("`")[1]]
            hint = f"did you mean `{meant}`? Predicates are declared in rules/vocabulary.yaml."
        note = None if hint else "predicates are declared in rules/vocabulary.yaml"
        return Flaw("unknown-predicate", f"unknown predicate `{name}`", -1, hint, note)

    def _misfit(self, predicate: Predicate, position: int, constant: Constant) -> Flaw:
        argument = predicate.arguments[position]
        text = constant.text if isinstance(constant, Quoted) else str(constant)
        if "Date" in argument.types:
            return _no_date(constant, position)
        if "Number" in argument.types:
            message = f"`{argument.name}` of `{predicate.name}` is a whole number, not `{term_text(constant)}`"
            return Flaw("wrong-type", message, position)
        if argument.types == ("Role",):
            roles = self.scales.roles
            hint = did_you_mean(text, roles) or f"roles are {', '.join(roles)}"
            return Flaw("unknown-role", f"unknown role `{text}`", position, hint)
        return self._wrong_entity(predicate, argument, position, text)

    def _wrong_entity(self, predicate: Predicate, argument: Argument, position: int, text: str) -> Flaw:
        found = self.directory.find(text)
        fitting = [entity for entity in found if self._fits(entity, argument.types)]
        if len(fitting) > 1:
            hint = f"write one of {', '.join(sorted(fitting))}"
            return Flaw("ambiguous-name", f"`{text}` may mean several entities", position, hint)
        wanted = _either(argument.types)
        if found:
            entity = self.directory.entities[found[0]]
            kinds = [kind for kind, types in self.vocabulary.kinds.items() if not set(types).isdisjoint(argument.types)]
            message = f"`{text}` is of the kind {entity.kind}, but `{argument.name}` of `{predicate}` takes {wanted}"
            return Flaw("wrong-kind", message, position, f"kinds that would do: {', '.join(kinds)}")
        if text in self.directory.incidents:
            message = f"`{text}` is an incident, but `{argument.name}` of `{predicate}` takes {wanted}"
            return Flaw("wrong-kind", message, position)
        return self._unknown_entity(argument, position, text)

    def _unknown_entity(self, argument: Argument, position: int, text: str) -> Flaw:
        incident = argument.types == ("Incident",)
        hint = did_you_mean(text, self.directory.incidents) if "Incident" in argument.types else None
        hint = hint or self.directory.suggestion(text)
        note: str | None = "entities are listed under `entities:`, each with name and kind, here or in facts/background"
        if incident:
            note = "incidents are the cases in facts/cases, and entities of the kind incident"
        if text in self.directory.sources:
            hint, note = f"`{text}` is a source; whoever speaks in a fact must stand under `entities:` as well", None
        message = f"unknown {'incident' if incident else 'entity'} `{text}`"
        return Flaw("unknown-entity", message, position, hint, note)


def _declared() -> Flaw:
    message = f"`{DECLARED}` is not for facts: it follows from the kind of each entity"
    return Flaw("declared-predicate", message, -1, "set `kind:` under `entities:` instead")


def _wrong_arity(predicate: Predicate, given: int) -> Flaw:
    takes = f"{predicate.arity} argument{'s' if predicate.arity != 1 else ''}"
    return Flaw("wrong-arity", f"`{predicate.name}` takes {takes}, not {given}", -1, f"write `{predicate}`")


def _no_date(constant: Constant, position: int) -> Flaw:
    text = constant.text if isinstance(constant, Quoted) else str(constant)
    message = f"`{text}` is not a date" if isinstance(constant, Quoted) else f"`{text}` stands where a date belongs"
    return Flaw("not-a-date", message, position, 'dates in facts are quoted and exist: "2021-11-07"')


_ARTICLES = {"Actor": "an actor", "Evidence": "evidence", "Incident": "an incident"}


def _either(types: Collection[str]) -> str:
    return " or ".join(_ARTICLES.get(name, f"a {name.lower()}") for name in types)


def read_atom(document: Document, path: KeyPath, text: str, checker: Checker) -> tuple[Atom | None, list[Problem]]:
    """The atom written at a path of a document, or None, and the problems with it at their places."""
    try:
        atom = ground_atom(text, document.file)
    except InputError as error:
        return None, [document.relocate(path)(problem) for problem in error.problems]
    atom, flaws = checker.check(atom)
    if not flaws:
        return atom, []
    places = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    problems = []
    for flaw in flaws:
        start, end = places[flaw.position + 1] if flaw.position + 1 < len(places) else (0, len(text))
        place = document.within(path, start, end)
        problems.append(document.problem(flaw.word, flaw.message, place, flaw.hint, flaw.note))
    return atom, problems


def ground_atom(text: str, file: str = "") -> Atom:
    """One atom without variables. Raises `InputError` with places as if the text were line 1 of a file."""
    match = _PLAIN.match(text)
    tokens = _TOKEN.findall(match.group(2) or "") if match else []
    if match is None or "not" in (match.group(1), *tokens):
        return _parse(text, file)
    return Atom(match.group(1), tuple(map(_constant, tokens)))


def _constant(token: str) -> Constant:
    if token[0] == '"':
        return Quoted(token[1:-1])
    return token if is_symbol(token) else int(token)


def _parse(text: str, file: str) -> Atom:
    # The grammar is only loaded for atoms with escapes or mistakes in them: plain ones are read faster than that.
    from reasoner.language.parser import parse_fact

    return parse_fact(text, file, 1, 1, text)


def checked_atom(base: Base, text: str | Atom) -> Atom:
    """An atom as a what-if names it, with aliases resolved. Raises `InputError` where no fact can say it."""
    atom = ground_atom(text, "fact") if isinstance(text, str) else text
    atom, flaws = checker_of(base).check(atom)
    if flaws:
        raise InputError(Problem(flaw.word, flaw.message, None, "", flaw.hint, flaw.note) for flaw in flaws)
    return atom


def checker_of(base: Base) -> Checker:
    """What further atoms of a base are checked against."""
    vocabulary, scales = base.standards
    incidents = [name for name in base.names if name not in base.entities and name not in base.sources]
    return Checker(vocabulary, scales, Directory.of(base.entities, [*incidents, base.case.id], base.sources))
