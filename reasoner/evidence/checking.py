"""Every problem in the fact files of a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from reasoner.documents import shown_path
from reasoner.evidence.assembling import assemble, in_force, known_facts
from reasoner.evidence.base import Case
from reasoner.evidence.entities import entities_of
from reasoner.evidence.files import Sheet, check_scope, read_background, read_case, with_lines
from reasoner.evidence.schema import CaseFile
from reasoner.evidence.workspace import Workspace, background_paths, case_ids
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.problems import InputError, Problem
from reasoner.terms import Span


def check_facts(
    workspace: Workspace, vocabulary: Vocabulary, scales: Scales, paths: Iterable[Path] | None = None
) -> tuple[Problem, ...]:
    """Every problem in the fact files of a workspace, or only those in ``paths`` (files; in the workspace or not).

    Each case is checked in its own scope, with the background and the cases it includes. Raises `InputError` where a
    folder of fact files cannot be read.
    """
    files = _Files(workspace)
    # Not `Path.resolve`, which raises RuntimeError at a circle of links.
    extra = {os.path.realpath(path): Path(path) for path in paths or ()}
    own = [(os.path.realpath(path), path) for path in (*background_paths(workspace), *files.case_paths())]
    for real in extra.keys() - dict(own).keys():
        files.read(extra[real], is_case=True)
    problems = dict.fromkeys([*files.problems, *_misnamed(workspace)])
    incidents = [*case_ids(workspace), *(sheet.case for sheet in files.cases.values() if sheet.case)]
    for scope in files.scopes():
        problems.update(dict.fromkeys(scope_problems(scope, incidents, vocabulary, scales)))
    wanted = {shown_path(path) for path in (*extra.values(), *(path for real, path in own if real in extra))}
    kept = [each for each in problems if paths is None or (each.span and each.span.file in wanted)]
    kept += [each for each in problems if paths is not None and each.span is None and _names(each, wanted)]
    return InputError(kept).problems


def known_constants(workspace: Workspace, vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Every entity and case of a workspace, with the argument types it can fill; unreadable files are left out."""
    files = _Files(workspace)
    known: dict[str, tuple[str, ...]] = dict.fromkeys(case_ids(workspace), ("Incident",))
    for sheet in (*files.background, *files.cases.values()):
        for entity in entities_of(sheet.document, sheet.entries):
            known[entity.id] = (*known.get(entity.id, ()), *vocabulary.kinds.get(entity.kind, ()))
    return known


def _names(problem: Problem, files: Iterable[str]) -> bool:
    return any(f"`{file}`" in problem.message for file in files)


class _Files:
    """The fact files of a workspace, each read once, and the problems of those that could not be read."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.problems: list[Problem] = []
        self.background: list[Sheet] = []
        self.cases: dict[str, Sheet] = {}
        for path in background_paths(workspace):
            self.read(path, is_case=False)
        for path in self.case_paths():
            self.read(path, is_case=True)

    def case_paths(self) -> list[Path]:
        return [self.workspace.cases / f"{case}.yaml" for case in case_ids(self.workspace)]

    def read(self, path: Path, is_case: bool) -> None:
        try:
            if is_case:
                sheet = read_case(path, self.workspace)
                self.cases[sheet.document.file] = sheet
            else:
                self.background.append(read_background(path))
        except InputError as error:
            self.problems += error.problems

    def scopes(self) -> list[list[Sheet]]:
        """The background alone, and each case with what it includes; none that lacks a file which cannot be read.

        Whatever names something from an unreadable file would else be told as a mistake as well.
        """
        if len(self.background) < len(background_paths(self.workspace)):
            return []
        included = [self._included(sheet) for sheet in self.cases.values()]
        return [[*self.background], *([*sheets, *self.background] for sheets in included if sheets)]

    def _included(self, sheet: Sheet) -> list[Sheet]:
        """The case and all that it includes; nothing where one of them cannot be read."""
        by_id = {each.case: each for each in self.cases.values()}
        found, waiting = [sheet], [sheet]
        while waiting:
            entries = waiting.pop().entries
            for other in entries.includes if isinstance(entries, CaseFile) else ():
                included = by_id.get(other)
                if included is None:
                    return []
                if included not in found:
                    found.append(included)
                    waiting.append(included)
        return found


def scope_problems(
    sheets: list[Sheet], incidents: Iterable[str], vocabulary: Vocabulary, scales: Scales
) -> list[Problem]:
    """Every problem of one scope, the case in hand first, including values that exclude each other and are certain."""
    scope, problems = check_scope(sheets, incidents, vocabulary, scales)
    head = sheets[0].entries if sheets else None
    if problems or not isinstance(head, CaseFile):
        return problems
    case = Case(head.case, head.title, None, (), "")
    facts = known_facts(in_force(scope.statements, None), None, case.id)
    try:
        assemble(case, None, scope.entities, scope.sources, facts, {}, vocabulary, scales)
    except InputError as error:
        return list(with_lines(error.problems, sheets))
    return []


def _misnamed(workspace: Workspace) -> list[Problem]:
    """Files that would be passed over in silence, because of how they are called."""
    strays = [
        path
        for folder in (workspace.facts / "background", workspace.cases, workspace.facts)
        for path in (*folder.glob("*.yml"), *(folder.glob("*.yaml") if folder == workspace.facts else ()))
        if not path.name.startswith(".")
    ]
    hint = "fact files are facts/cases/*.yaml and facts/background/*.yaml"
    return [
        Problem("stray-file", "this file is not read", Span(shown_path(path), 1, 1, 1, 2), "", hint) for path in strays
    ]
