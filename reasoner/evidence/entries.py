"""What each entry under ``facts:`` states, file by file, so that it can be found and changed where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reasoner.documents import shown_path
from reasoner.evidence.editing import Entry, Manuscript
from reasoner.evidence.files import Sheet, check_scope, read_scope
from reasoner.evidence.scope import Scope, Statement
from reasoner.evidence.workspace import Workspace, background_paths, case_ids
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Stated:
    """One entry: its file, its place among the facts of that file, and what it states."""

    path: Path
    position: int
    statement: Statement

    @property
    def line(self) -> int:
        """The line its fact stands in."""
        return self.statement.span.line


@dataclass(frozen=True, slots=True)
class Stock:
    """All that the files of a case state, its own file first, with the entities and sources they may name.

    ``file`` is the case's own file, as spans name it.
    """

    file: str
    entries: tuple[Stated, ...]
    scope: Scope
    incidents: tuple[str, ...]


def stock_of(workspace: Workspace, case_id: str, vocabulary: Vocabulary, scales: Scales) -> Stock:
    """The entries of a case, of those it includes and of the background. Raises `InputError` as reading them does."""
    sheets = read_scope(workspace, case_id)
    incidents = case_ids(workspace)
    scope, problems = check_scope(sheets, incidents, vocabulary, scales)
    if problems:
        raise InputError(problems)
    return Stock(sheets[0].document.file, tuple(_entries(workspace, sheets, scope)), scope, incidents)


def _entries(workspace: Workspace, sheets: list[Sheet], scope: Scope) -> Iterator[Stated]:
    paths = [*background_paths(workspace), *(workspace.cases / f"{case}.yaml" for case in case_ids(workspace))]
    by_name = {shown_path(path): path for path in paths}
    for sheet in sheets:
        own = [statement for statement in scope.statements if statement.span.file == sheet.document.file]
        for position, statement in enumerate(own):
            yield Stated(by_name[sheet.document.file], position, statement)


def entry_at(manuscript: Manuscript, stated: Stated) -> Entry:
    """The entry as the file has it. Raises `InputError` where it stands there no more."""
    if manuscript.at_line(stated.line) != stated.position:
        message = f"`{shown_path(stated.path)}` has changed, and this fact stands elsewhere in it now"
        raise InputError([Problem("entry-moved", message, hint="choose it again once the facts are read again")])
    return manuscript.entries[stated.position]
