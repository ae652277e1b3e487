"""From the files of a workspace to the base of one case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reasoner.documents import shown_path
from reasoner.evidence.assembling import assemble, declared_facts, in_force, known_facts
from reasoner.evidence.base import Base, Case, Moment
from reasoner.evidence.moments import parse_moment, read_moment
from reasoner.evidence.scope import Gathered, Statement
from reasoner.evidence.workspace import (
    Workspace,
    background_paths,
    case_ids,
    find_workspace,
    glimpse_title,
    init_workspace,
)
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError
from reasoner.storage.store import fingerprint_of, kept
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
    readable: bool = True


def load_base(
    workspace: Workspace, case_id: str, vocabulary: Vocabulary, scales: Scales, as_of: str | None = None
) -> Base:
    """Read one case with its background and the cases it includes, as known at ``as_of``.

    What the files say is recalled where these very files were read before. Raises `InputError` with every problem of
    every file read, or where case or date are unknown.
    """
    moment = parse_moment(as_of) if as_of else None
    gathered = gathered_case(workspace, case_id, vocabulary, scales)
    try:
        return base_as_of(gathered, moment, vocabulary, scales)
    except InputError as error:
        from reasoner.evidence.files import read_scope, with_lines

        raise InputError(with_lines(error.problems, read_scope(workspace, case_id))) from None


def gathered_case(workspace: Workspace, case_id: str, vocabulary: Vocabulary, scales: Scales) -> Gathered:
    """All there is on a case, recalled where these very files were read before. Raises `InputError` as `load_base`."""

    def read() -> Gathered:
        from reasoner.evidence.files import gather

        return gather(workspace, case_id, vocabulary, scales)

    def fingerprint() -> str | None:
        # Any case may be included, or named; which ones are is only known once they are read.
        paths = (*background_paths(workspace), *(workspace.cases / f"{case}.yaml" for case in case_ids(workspace)))
        return fingerprint_of(paths, repr(vocabulary), repr(scales))

    name = f"{case_id} of {workspace.facts.resolve()}, shown as {shown_path(workspace.facts)}"
    return kept(name, fingerprint, read, Gathered)


def base_as_of(gathered: Gathered, as_of: Moment | None, vocabulary: Vocabulary, scales: Scales) -> Base:
    """The base of a case as known at a moment. Raises `InputError` for certain rivals."""
    scope = gathered.scope

    def base_of(case: Case, statements: Iterable[Statement], declared: bool) -> Base:
        facts = known_facts(statements, as_of, case.id)
        facts += declared_facts(scope.entities.values()) if declared else []
        return assemble(case, as_of, scope.entities, scope.sources, facts, gathered.names, vocabulary, scales)

    case = gathered.case
    dated = base_of(case, _about_date(scope.statements, case.id), declared=False)
    case = replace(case, occurred=best_date(dated))
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


def case_summaries(workspace: Workspace) -> tuple[CaseSummary, ...]:
    """All cases of a workspace, by id; one whose file has mistakes is listed with what can be read of it."""
    return tuple(_summary(workspace, case) for case in case_ids(workspace))


def _summary(workspace: Workspace, case: str) -> CaseSummary:
    from reasoner.documents import read_yaml

    path = workspace.cases / f"{case}.yaml"
    try:
        value = read_yaml(path).value
    except InputError:
        return CaseSummary(case, glimpse_title(path) or case, None, shown_path(path), readable=False)
    readable = isinstance(value, dict)
    value = value if isinstance(value, dict) else {}
    return CaseSummary(case, str(value.get("title") or case), _stated_date(value, case), shown_path(path), readable)


def _stated_date(value: Mapping[str, object], case: str) -> str | None:
    entries = value.get("facts")
    for entry in entries if isinstance(entries, list) else []:
        text = entry.get("fact") if isinstance(entry, dict) else None
        match = _OCCURRED.match(text) if isinstance(text, str) else None
        if match and match.group(1) == case:
            return match.group(2)
    return None
