"""A mapping file: how the rows of a feed are read as facts, checked before any row is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.documents import Document, read_yaml, validate
from reasoner.evidence.atoms import Checker
from reasoner.evidence.base import Basis, Source
from reasoner.evidence.entities import Directory
from reasoner.evidence.rivals import REFINING
from reasoner.evidence.scope import Scope
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import Atom, Constant, Quoted, is_symbol

if TYPE_CHECKING:
    from reasoner.feed.schema import FactKeys, FeedFile, ReportKeys

_ATOM = re.compile(r"\s*([^\s(){}]+|\{[^{}]+\})\s*\((.*)\)\s*\Z", re.DOTALL)
_ARGUMENT = re.compile(r'\s*("(?:[^"{}]|\{[^{}]+\})*"|(?:[^\s(),"{}]|\{[^{}]+\})+)\s*(,|\Z)')
_PIECE = re.compile(r"\{([^{}]+)\}|([^{}]+)")
_INTEGER = re.compile(r"-?[0-9]{1,18}\Z")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the feed, by its name."""

    name: str


Text = tuple[str | Column, ...]
"""A text of constants and columns, in their order; empty where one of its columns is."""

OWN_CASE: Text = (Column("case"),)
"""How templates name the incident of the row, whatever its column is called."""


@dataclass(frozen=True, slots=True)
class Form:
    """Who reports a fact and how good that is, each as the text that holds it."""

    source: Text | None = None
    reliability: Text | None = None
    via: Text | None = None
    origin: Text | None = None
    credibility: Text | None = None
    polarity: Text | None = None
    date: Text | None = None
    says: Text | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """One fact that a row states; a ``predicate`` that is a `Text` differs from row to row."""

    predicate: str | Text
    arguments: tuple[Constant | Text, ...]
    basis: Basis
    form: Form


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the rows of a feed are read.

    ``kinds`` maps a column to the kind of the entities it names, ``values`` to its table of constants (None: no fact),
    ``dates`` to the form of its dates.
    """

    case: Text
    title: Text | None
    facts: tuple[Template, ...]
    sources: dict[str, Source]
    kinds: dict[str, str]
    values: dict[str, dict[str, str | None]]
    dates: dict[str, str]

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text that a row has to be asked for, each once."""
        found: dict[Text, None] = {self.case: None}
        if self.title is not None:
            found[self.title] = None
        for template in self.facts:
            stated = (template.predicate, *template.arguments)
            keys = (getattr(template.form, key) for key in Form.__slots__)
            found.update((text, None) for text in (*stated, *keys) if isinstance(text, tuple) and text != OWN_CASE)
        return tuple(found)

    @property
    def alone(self) -> frozenset[str]:
        """The columns that a fact or its report uses by themselves, not as part of a longer text."""
        used = [each for fact in self.facts for each in (fact.predicate, *fact.arguments)]
        used += [getattr(fact.form, key) for fact in self.facts for key in Form.__slots__]
        texts = [text for text in used if isinstance(text, tuple) and len(text) == 1 and text != OWN_CASE]
        return frozenset(piece.name for text in texts for piece in text if isinstance(piece, Column))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a feed must have."""
        return tuple(dict.fromkeys(piece.name for text in self.texts for piece in text if isinstance(piece, Column)))


def read_mapping(path: Path, background: Scope, vocabulary: Vocabulary, scales: Scales) -> Mapping:
    """Read a mapping and check it against the vocabulary and the background. Raises `InputError` with all problems."""
    from reasoner.feed.schema import FeedFile

    document = read_yaml(path)
    entries = validate(document, FeedFile)
    directory = Directory.of(background.entities, (), background.sources)
    reader = _Reader(document, entries, Checker(vocabulary, scales, directory))
    mapping = reader.mapping(background)
    if reader.problems:
        raise InputError(reader.problems)
    return mapping


def text_of(written: str) -> Text:
    """The text with columns in braces as its pieces."""
    return tuple(Column(match[1]) if match[1] else match[2] for match in _PIECE.finditer(written))


def _named(written: str) -> Text:
    """A text that is a column's name where it has no braces."""
    return text_of(written) if "{" in written else (Column(written),)


class _Reader:
    """A mapping file on its way to a `Mapping`, with the problems found on it."""

    def __init__(self, document: Document, entries: FeedFile, checker: Checker) -> None:
        self.document = document
        self.entries = entries
        self.checker = checker
        self.problems: list[Problem] = []

    def mapping(self, background: Scope) -> Mapping:
        entries = self.entries
        case = _named(entries.case)
        self._check_kinds()
        facts = [self._template(position, entry, case) for position, entry in enumerate(entries.facts)]
        mapping = Mapping(
            case=case,
            title=_named(entries.title) if entries.title else None,
            facts=tuple(template for template in facts if template is not None),
            sources=dict(self._sources(background)),
            kinds=entries.entities,
            values=entries.values,
            dates=entries.dates,
        )
        self._check_columns(mapping)
        return mapping

    def _problem(self, word: str, message: str, path: tuple[str | int, ...], hint: str | None = None) -> None:
        self.problems.append(self.document.problem(word, message, self.document.spans[path], hint))

    def _sources(self, background: Scope) -> Iterator[tuple[str, Source]]:
        known = {**background.sources, **self.entries.sources}
        for key, entry in self.entries.sources.items():
            path = ("sources", key)
            if not is_symbol(key) or key in background.sources:
                what = "is defined in the background" if key in background.sources else "cannot be an id"
                self._problem("wrong-id", f"the source `{key}` {what}", path, "use another id")
            for link in ("via", "origin"):
                other = getattr(entry, link)
                if other is not None and other not in known:
                    hint = did_you_mean(other, known)
                    self._problem("unknown-source", f"unknown source `{other}`", (*path, link), hint)
            interest = [self._actor((*path, "interest", n), actor) for n, actor in enumerate(entry.interest)]
            yield (
                key,
                Source(
                    id=key,
                    name=entry.name,
                    reliability=entry.reliability,
                    published=entry.published,
                    via=entry.via,
                    origin=entry.origin,
                    interest=tuple(actor for actor in interest if actor is not None),
                ),
            )

    def _actor(self, path: tuple[str | int, ...], actor: str) -> str | None:
        found = self.checker.directory.find(actor)
        if len(found) == 1:
            return found[0]
        self._problem("unknown-entity", f"unknown entity `{actor}`", path, self.checker.directory.suggestion(actor))
        return None

    def _check_kinds(self) -> None:
        kinds = self.checker.vocabulary.kinds
        for column, kind in self.entries.entities.items():
            if kind not in kinds:
                hint = did_you_mean(kind, kinds) or f"kinds are {', '.join(kinds)}"
                self._problem("unknown-kind", f"unknown kind `{kind}`", ("entities", column), hint)

    def _check_columns(self, mapping: Mapping) -> None:
        for key, used in (("entities", mapping.alone), ("values", mapping.alone), ("dates", mapping.columns)):
            for column in getattr(self.entries, key):
                if column not in used:
                    message = f"no fact uses the column `{column}`{'' if key == 'dates' else ' by itself'}"
                    self._problem("unused-column", message, (key, column), did_you_mean(column, used))

    def _template(self, position: int, entry: FactKeys, case: Text) -> Template | None:
        path = ("facts", position)
        written = entry.fact or entry.assume
        if written is None or (entry.fact and entry.assume):
            message = "an entry has `fact:` or `assume:`, and not both"
            self.problems.append(self.document.problem("missing-key", message, self.document.entry_span(path)))
            return None
        place = (*path, "fact" if entry.fact else "assume")
        basis: Basis = "assumed" if entry.assume else "given" if entry.given else "reported"
        form = self._form(path, entry, basis)
        match = _ATOM.match(written)
        arguments = list(_arguments(match[2])) if match else []
        if match is None or None in arguments:
            hint = "write predicate({column}, constant)"
            self._problem("not-a-fact", f"`{written}` is not a fact", place, hint)
            return None
        read = [_argument(argument, case) for argument in arguments if argument is not None]
        if match[1].startswith("{"):
            return Template(text_of(match[1]), tuple(read), basis, form)
        return self._checked(place, Template(match[1], tuple(read), basis, form))

    def _checked(self, place: tuple[str | int, ...], template: Template) -> Template | None:
        """The template with its constants resolved, where vocabulary and background allow it."""
        assert isinstance(template.predicate, str)
        stand_ins = tuple("_" if isinstance(each, tuple) else each for each in template.arguments)
        atom, flaws = self.checker.check(Atom(template.predicate, stand_ins))
        fixed = [number for number, each in enumerate(template.arguments) if not isinstance(each, tuple)]
        flaws = [flaw for flaw in flaws if flaw.position < 0 or flaw.position in fixed]
        for flaw in flaws:
            self._problem(flaw.word, flaw.message, place, flaw.hint)
        if template.predicate in REFINING:
            message = f"`{template.predicate}` is no fact of an incident"
            self._problem("refinement", message, place, "state it in facts/background")
        if flaws or template.predicate in REFINING:
            return None
        both = zip(template.arguments, atom.arguments, strict=True)
        resolved = tuple(each if isinstance(each, tuple) else constant for each, constant in both)
        return Template(template.predicate, resolved, template.basis, template.form)  # type: ignore[arg-type]  # names stay constants

    def _form(self, path: tuple[str | int, ...], entry: FactKeys, basis: Basis) -> Form:
        shared = self.entries.report
        keys = {"assumed": ("says",), "given": ("source", "reliability", "via", "origin", "date", "says")}
        wanted = keys.get(basis, Form.__slots__)
        for key in Form.__slots__:
            if key not in wanted and getattr(entry, key) is not None:
                self._problem("wrong-key", f"a fact that is {basis} has no `{key}`", (*path, key))
        form = Form(**{key: _key(entry, shared, key) for key in wanted})
        for key in ("source", "credibility"):
            if key in wanted and getattr(form, key) is None:
                hint = f"write `{key}:` here, or once for all under `report:`"
                span = self.document.entry_span(path)
                self.problems.append(self.document.problem("missing-key", f"this fact lacks `{key}`", span, hint))
        return form


def _key(entry: FactKeys, shared: ReportKeys, key: str) -> Text | None:
    own, all_have = getattr(entry, key), getattr(shared, key)
    written = own if own is not None else all_have
    return text_of(written) if written is not None else None


def _arguments(written: str) -> Iterator[str | None]:
    """The arguments between the parentheses of a template; None where they cannot be told."""
    position = 0
    while True:
        match = _ARGUMENT.match(written, position)
        yield match[1] if match else None
        if match is None or not match[2]:
            return
        position = match.end()


def _argument(written: str, case: Text) -> Constant | Text:
    quoted = written.startswith('"')
    inner = written[1:-1] if quoted else written
    if "{" in inner:
        text = text_of(inner)
        return OWN_CASE if text == case else text
    if quoted:
        return Quoted(inner)
    return int(inner) if _INTEGER.match(inner) else inner
