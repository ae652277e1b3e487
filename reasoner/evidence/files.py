"""Reading the fact files of a scope, and merging what they define."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from reasoner.documents import Document, check_characters, parse_yaml, read_yaml, shown_path, validate
from reasoner.evidence.atoms import Checker
from reasoner.evidence.base import Case, Entity, Source
from reasoner.evidence.entities import Directory, entities_of, entity_problems, namesakes, reserved, spoken
from reasoner.evidence.schema import BackgroundFile, CaseFile, FactFile
from reasoner.evidence.scope import Gathered, Scope, Statement
from reasoner.evidence.sources import source_problems, sources_of
from reasoner.evidence.statements import MOST_PROBLEMS, statements_of
from reasoner.evidence.workspace import Workspace, background_paths, case_ids, glimpse_title
from reasoner.language.vocabulary import NOBODY, OTHER, Scales, Vocabulary
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import is_symbol

Defined = TypeVar("Defined", Entity, Source)

_AS_THEY_ARE: Mapping[Path, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One fact file: where everything stands in it, its entries, and which case it is, if any."""

    document: Document
    entries: FactFile
    case: str | None


def read_background(path: Path, text: str | None = None) -> Sheet:
    """Read a background file, or what it would be with another text. Raises `InputError`."""
    document = _document(path, text)
    return Sheet(document, validate(document, BackgroundFile), None)


def _document(path: Path, text: str | None) -> Document:
    if text is None:
        return read_yaml(path)
    check_characters(text, shown_path(path))
    return parse_yaml(text, shown_path(path))


def background_entities(workspace: Workspace) -> dict[str, Entity]:
    """The entities of all background files that can be read, by id."""
    found: dict[str, Entity] = {}
    for path in background_paths(workspace):
        try:
            sheet = read_background(path)
        except InputError:
            continue
        found.update((entity.id, entity) for entity in entities_of(sheet.document, sheet.entries))
    return found


def taken(case_id: str, entity: Entity) -> str:
    """Why an id cannot be a case's: that it is an entity's."""
    return f"`{case_id}` cannot be the id of a case: it is that of {entity.name}"


def read_case(path: Path, workspace: Workspace, text: str | None = None) -> Sheet:
    """Read a case file, or what it would be with another text, and check its head. Raises `InputError`."""
    try:
        document = _document(path, text)
    except InputError as error:
        raise InputError(map(_with_way_to_start, error.problems)) from None
    entries = validate(document, CaseFile)
    problems = list(_head_problems(document, entries, path, case_ids(workspace)))
    if problems:
        raise InputError(problems)
    return Sheet(document, entries, entries.case)


def _with_way_to_start(problem: Problem) -> Problem:
    hint = "`ascribe new CASE` writes a case file to fill in"
    return replace(problem, hint=hint) if problem.word == "empty-file" else problem


def _head_problems(document: Document, entries: CaseFile, path: Path, known: Sequence[str]) -> Iterator[Problem]:
    place = document.spans[("case",)]
    if not is_symbol(entries.case):
        hint = "ids start with a small letter and go on with letters, digits and _, such as kadhimi_2021"
        yield document.problem("wrong-id", f"`{entries.case}` cannot be the id of a case", place, hint)
    elif entries.case in (OTHER, NOBODY):
        yield document.problem("reserved-id", reserved(entries.case), place, "use another id, and call the file so")
    elif entries.case != path.stem:
        message = f"this case is called `{entries.case}`, but its file `{path.name}`"
        hint = f"rename the file to {entries.case}.yaml"
        hint += f", or write `case: {path.stem}`" if is_symbol(path.stem) else ""
        yield document.problem("case-and-file", message, place, hint)
    for position, other in enumerate(entries.includes):
        if other not in known:
            hint = did_you_mean(other, known) or f"cases are {', '.join(known)}"
            where = document.spans[("includes", position)]
            yield document.problem("unknown-include", f"unknown case `{other}`", where, hint)


def read_scope(workspace: Workspace, case_id: str, texts: Mapping[Path, str] = _AS_THEY_ARE) -> list[Sheet]:
    """The case, the cases it includes, they theirs, and all background. Raises `InputError` with all problems.

    ``texts`` stand in for what is in those files.
    """
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    waiting, seen = [case_id], {case_id}
    while waiting:
        try:
            path = workspace.case_path(waiting.pop(0))
            sheet = read_case(path, workspace, texts.get(path))
        except InputError as error:
            problems += error.problems
            continue
        sheets.append(sheet)
        assert isinstance(sheet.entries, CaseFile)
        waiting += [other for other in sheet.entries.includes if other not in seen]
        seen.update(sheet.entries.includes)
    for path in background_paths(workspace):
        try:
            sheets.append(read_background(path, texts.get(path)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return sheets


def gather(workspace: Workspace, case_id: str, vocabulary: Vocabulary, scales: Scales) -> Gathered:
    """All there is on one case. Raises `InputError` with every problem of every file read."""
    sheets = read_scope(workspace, case_id)
    known = case_ids(workspace)
    scope, problems = check_scope(sheets, known, vocabulary, scales)
    if problems:
        raise InputError(dict.fromkeys(problems))
    head = sheets[0].entries
    assert isinstance(head, CaseFile)
    case = Case(head.case, head.title, None, tuple(head.includes), sheets[0].document.file, head.place)
    return Gathered(case, scope, _names(workspace, sheets, scope, known))


def _names(workspace: Workspace, sheets: Sequence[Sheet], scope: Scope, known: Iterable[str]) -> Mapping[str, str]:
    """Display names of sources, incidents and entities; an entity's own name wins over a source's of the same id."""
    titles = {sheet.case: sheet.entries.title for sheet in sheets if isinstance(sheet.entries, CaseFile)}
    named = {argument for statement in scope.statements for argument in statement.atom.arguments}
    names = {source.id: source.name for source in scope.sources.values()}
    for case in known:
        if case in titles or case in named:
            names[case] = titles.get(case) or glimpse_title(workspace.cases / f"{case}.yaml") or case
    names.update((entity.id, entity.name) for entity in scope.entities.values())
    return names


def with_lines(problems: Iterable[Problem], sheets: Iterable[Sheet]) -> Iterator[Problem]:
    """Problems with the lines they stand in, where one of the files read has them."""
    documents = {sheet.document.file: sheet.document for sheet in sheets}
    for each in problems:
        document = documents.get(each.span.file) if each.span else None
        yield document.problem(each.word, each.message, each.span, each.hint, each.note) if document else each


def check_scope(
    sheets: Sequence[Sheet], incidents: Iterable[str], vocabulary: Vocabulary, scales: Scales
) -> tuple[Scope, list[Problem]]:
    """What the files of a scope define and state together, and everything wrong with it."""
    problems: list[Problem] = []
    # Background first, so that a definition that differs from it is shown in the case, where it can be mended.
    sheets = sorted(sheets, key=lambda sheet: sheet.case is not None)
    entities = _merged(
        [(sheet, each) for sheet in sheets for each in entities_of(sheet.document, sheet.entries)], problems
    )
    sources = _merged(
        [(sheet, each) for sheet in sheets for each in sources_of(sheet.document, sheet.entries)], problems
    )
    for sheet in sheets:
        entity = entities.get(sheet.case or "")
        if sheet.case and entity and "Incident" not in vocabulary.kinds.get(entity.kind, ("Incident",)):
            message, place = taken(sheet.case, entity), sheet.document.spans[("case",)]
            problems.append(sheet.document.problem("taken-id", message, place, "use another id, and call the file so"))
    directory = Directory.of(entities, incidents, sources)
    checker = Checker(vocabulary, scales, directory)
    called = {spoken(entity.name): entity for entity in reversed(entities.values())}
    statements: list[Statement] = []
    sound = {key: _with_interest(source, directory) for key, source in sources.items()}
    for sheet in sheets:
        problems += islice(entity_problems(sheet.document, sheet.entries, vocabulary), MOST_PROBLEMS)
        if sheet.case:  # in a gazetteer of the background, places of one name are no mistake
            problems += islice(namesakes(sheet.document, sheet.entries, called), MOST_PROBLEMS)
        problems += islice(
            source_problems(sheet.document, sheet.entries, sources, directory, vocabulary), MOST_PROBLEMS
        )
        stated, wrong = statements_of(sheet.document, sheet.entries, checker, sound, sheet.case)
        statements += stated
        problems += wrong
    return Scope(entities, sound, tuple(statements)), problems


def _with_interest(source: Source, directory: Directory) -> Source:
    """The source with the actors of its interest by id, where they were named otherwise."""
    if not source.interest:
        return source
    return replace(source, interest=tuple(found for actor in source.interest for found in directory.find(actor)[:1]))


def _merged(defined: Iterable[tuple[Sheet, Defined]], problems: list[Problem]) -> dict[str, Defined]:
    """Definitions by id; the same one twice is one, two that differ are a problem."""
    merged: dict[str, Defined] = {}
    for sheet, each in defined:
        first = merged.setdefault(each.id, each)
        if first is not each and replace(first, span=None) != replace(each, span=None):
            what = "entity" if isinstance(each, Entity) else "source"
            where = f"{first.span.file}:{first.span.line}" if first.span else "elsewhere"
            message = f"the {what} `{each.id}` is defined differently in {where}"
            hint = "remove one, make them the same, or use another id"
            problems.append(sheet.document.problem("defined-twice", message, each.span, hint))
    return merged
