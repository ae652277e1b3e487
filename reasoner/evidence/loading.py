"""From the files of a workspace to the base of one case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reasoner.documents import shown_path
from reasoner.evidence.assembling import assemble, declared_facts, in_force, known_facts
from reasoner.evidence.base import Base, Case, Fact, Moment
from reasoner.evidence.dating import best_date, dates_case
from reasoner.evidence.moments import parse_moment
from reasoner.evidence.scope import Gathered
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
    case, statements = gathered.case, gathered.scope.statements
    about_date = [each for each in statements if dates_case(each.atom, case.id)]
    dated = _base_of(gathered, case, as_of, known_facts(about_date, as_of, case.id), vocabulary, scales)
    return _base_at(gathered, best_date(dated), as_of, vocabulary, scales)


def redated(base: Base, occurred: Moment | None) -> Base:
    """A case as it was read, with the facts in force that are had it happened at another time.

    Only a base that nothing has been changed in. One that was not read from files stays as it is. Raises `InputError`
    for certain rivals.
    """
    if base.stated is None or occurred == base.case.occurred:
        return base
    return _base_at(base.stated, occurred, base.as_of, *base.standards)


def _base_at(
    gathered: Gathered, occurred: Moment | None, as_of: Moment | None, vocabulary: Vocabulary, scales: Scales
) -> Base:
    """The base of a case that happened at a moment."""
    case = replace(gathered.case, occurred=occurred)
    facts = known_facts(in_force(gathered.scope.statements, occurred), as_of, case.id)
    facts += declared_facts(gathered.scope.entities.values())
    return replace(_base_of(gathered, case, as_of, facts, vocabulary, scales), stated=gathered)


def _base_of(
    gathered: Gathered, case: Case, as_of: Moment | None, facts: list[Fact], vocabulary: Vocabulary, scales: Scales
) -> Base:
    scope = gathered.scope
    return assemble(case, as_of, scope.entities, scope.sources, facts, gathered.names, vocabulary, scales)


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
