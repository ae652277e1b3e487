"""From the files of a workspace to the base of one case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reasoner.documents import read_yaml
from reasoner.evidence.assembling import assemble, declared_facts, in_force, known_facts
from reasoner.evidence.base import Base, Case, Moment
from reasoner.evidence.files import Scope, Sheet, check_scope, read_scope
from reasoner.evidence.moments import parse_moment, read_moment
from reasoner.evidence.schema import CaseFile
from reasoner.evidence.statements import Statement
from reasoner.evidence.workspace import Workspace, case_ids, find_workspace, glimpse_title, init_workspace
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError, Problem
from reasoner.terms import Quoted

__all__ = [
    "CaseSummary",
    "Workspace",
    "case_summaries",
    "find_workspace",
    "init_workspace",
    "load_base",
    "parse_moment",
]

_OCCURRED = re.compile(r'\s*occurred\(\s*([a-z_]\w*)\s*,\s*"([^"]*)"\s*\)')


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case as lists show it: ``date`` as its file first states it, None where it does not (or cannot be read)."""

    id: str
    title: str
    date: str | None
    path: str


def load_base(
    workspace: Workspace, case_id: str, vocabulary: Vocabulary, scales: Scales, as_of: str | None = None
) -> Base:
    """Read one case with its background and the cases it includes, as known at ``as_of``.

    Raises `InputError` with every problem of every file read, or where case or date are unknown.
    """
    moment = parse_moment(as_of) if as_of else None
    sheets = read_scope(workspace, case_id)
    known = case_ids(workspace)
    scope, problems = check_scope(sheets, known, vocabulary, scales)
    if problems:
        raise InputError(dict.fromkeys(problems))
    try:
        return _base(workspace, sheets, scope, known, moment, vocabulary, scales)
    except InputError as error:
        raise InputError(with_lines(error.problems, sheets)) from None


def _base(
    workspace: Workspace,
    sheets: Sequence[Sheet],
    scope: Scope,
    known: Iterable[str],
    as_of: Moment | None,
    vocabulary: Vocabulary,
    scales: Scales,
) -> Base:
    head = sheets[0].entries
    assert isinstance(head, CaseFile)
    names = _names(workspace, sheets, scope, known)
    case = Case(head.case, head.title, None, tuple(head.includes), sheets[0].document.file, head.place)

    def base_of(case: Case, statements: Iterable[Statement], declared: bool) -> Base:
        facts = known_facts(statements, as_of, case.id)
        facts += declared_facts(scope.entities.values()) if declared else []
        return assemble(case, as_of, scope.entities, scope.sources, facts, names, vocabulary, scales)

    dated = base_of(case, _about_date(scope.statements, case.id), declared=False)
    case = Case(case.id, case.title, best_date(dated), case.includes, case.path, case.place)
    return base_of(case, in_force(scope.statements, case.occurred), declared=True)


def _about_date(statements: Iterable[Statement], case: str) -> list[Statement]:
    """What is stated of when the case happened."""
    return [each for each in statements if each.atom.predicate == "occurred" and each.atom.arguments[:1] == (case,)]


def best_date(base: Base) -> Moment | None:
    """The date of the case in hand that its facts make likeliest, None where nothing is reported of it."""
    dates = [
        (fact.credence, value.text)
        for atom, fact in base.facts.items()
        if atom.predicate == "occurred" and atom.arguments[:1] == (base.case.id,)
        for value in atom.arguments[1:]
        if isinstance(value, Quoted) and fact.credence > 0
    ]
    return read_moment(max(dates, key=lambda each: each[0])[1]) if dates else None


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


def case_summaries(workspace: Workspace) -> tuple[CaseSummary, ...]:
    """All cases of a workspace, by id; one whose file has mistakes is listed with what can be read of it."""
    return tuple(_summary(workspace, case) for case in case_ids(workspace))


def _summary(workspace: Workspace, case: str) -> CaseSummary:
    path = workspace.cases / f"{case}.yaml"
    try:
        value = read_yaml(path).value
    except InputError:
        return CaseSummary(case, glimpse_title(path) or case, None, str(path))
    value = value if isinstance(value, dict) else {}
    return CaseSummary(case, str(value.get("title") or case), _stated_date(value, case), str(path))


def _stated_date(value: Mapping[str, object], case: str) -> str | None:
    entries = value.get("facts")
    for entry in entries if isinstance(entries, list) else []:
        text = entry.get("fact") if isinstance(entry, dict) else None
        match = _OCCURRED.match(text) if isinstance(text, str) else None
        if match and match.group(1) == case:
            return match.group(2)
    return None
