"""Every problem in rule and fact files, and their canonical layout."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from reasoner.documents import read_text, shown_path
from reasoner.evidence.checking import check_facts, known_constants
from reasoner.evidence.saving import fingerprint, save
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.inquiry import rule_files
from reasoner.language.checking import build_program
from reasoner.language.printer import format_text
from reasoner.language.vocabulary import Scales, Vocabulary
from reasoner.language.vocabulary_files import load_scales, load_vocabulary
from reasoner.problems import InputError, Problem


def check_files(workspace: Workspace, paths: Sequence[Path] = ()) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Check files, or a whole workspace where no path is given: the files looked at, and all their problems.

    A rule file is checked together with the workspace's other rules, a fact file with its vocabulary and cases. A file
    of another workspace than the one given is checked in its own.
    """
    if not paths:
        files = _workspace_files(workspace)
        return files, _problems(workspace, files, whole=True)
    files = _files(paths)
    homes: dict[Workspace, list[Path]] = {}
    for path in files:
        homes.setdefault(_home(path, workspace), []).append(path)
    found = [problem for home, beneath in homes.items() for problem in _problems(home, beneath, whole=False)]
    return files, InputError(found).problems


def _home(path: Path, workspace: Workspace) -> Workspace:
    """The workspace that a file lies in; the given one for a file that lies in none."""
    around = find_workspace(path.parent)
    place = os.path.realpath(path)
    for known in (workspace, around):
        if any(place.startswith(os.path.realpath(folder) + os.sep) for folder in (known.rules, known.facts)):
            return known
    return workspace


def _problems(workspace: Workspace, files: Sequence[Path], whole: bool) -> tuple[Problem, ...]:
    """The problems of files of one workspace; of all that it has where it is checked as a whole."""
    try:
        vocabulary = load_vocabulary(workspace.rules / "vocabulary.yaml")
        scales = load_scales(workspace.rules / "scales.yaml")
    except InputError as error:
        return error.problems
    rules = [path for path in files if path.suffix == ".dl"]
    facts = [path for path in files if path.suffix in (".yaml", ".yml") and not _is_scale(path)]
    found: list[Problem] = []
    if rules or whole:
        found += _rule_problems(workspace, rules, vocabulary, scales)
    if facts:
        found += check_facts(workspace, vocabulary, scales, None if whole else facts)
    return InputError(found).problems


def _is_scale(path: Path) -> bool:
    return path.name in ("vocabulary.yaml", "scales.yaml") or path.name.endswith(".scenario.yaml")


def _workspace_files(workspace: Workspace) -> tuple[Path, ...]:
    scales = [workspace.rules / "vocabulary.yaml", workspace.rules / "scales.yaml"]
    return (*scales, *rule_files(workspace), *sorted(workspace.facts.rglob("*.yaml")))


def _files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The rule and fact files among and beneath the paths."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError([Problem("no-file", f"there is no file or folder `{path}`")])
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix in (".dl", ".yaml", ".yml"))
            if not inside:
                raise InputError([Problem("nothing-to-check", f"no rule or fact files (.dl, .yaml) in `{path}`")])
            found += inside
        elif path.suffix in (".dl", ".yaml", ".yml"):
            found.append(path)
        else:
            raise InputError([Problem("not-ours", f"`{path}` is neither a rule file (.dl) nor a fact file (.yaml)")])
    return tuple(dict.fromkeys(found))


def _rule_problems(
    workspace: Workspace, chosen: Sequence[Path], vocabulary: Vocabulary, scales: Scales
) -> tuple[Problem, ...]:
    together = {os.path.realpath(path): path for path in (*rule_files(workspace), *chosen)}
    problems: list[Problem] = []
    sources: dict[str, str] = {}
    for path in together.values():
        try:
            sources[shown_path(path)] = read_text(path)
        except InputError as error:
            problems += error.problems
    unread = bool(problems)
    try:
        build_program(sources, vocabulary, scales, known_constants(workspace, vocabulary))
    except InputError as error:
        problems += (each for each in error.problems if not (unread and each.word == "no-rules"))
    wanted = {shown_path(path) for path in chosen}
    return tuple(problem for problem in problems if problem.span is None or problem.span.file in wanted)


def format_files(workspace: Workspace, paths: Sequence[Path] = (), write: bool = True) -> tuple[Path, ...]:
    """Put rule files into the canonical layout: the files that change, or would.

    Raises:
        InputError: a file does not parse (none is then written), or the shipped rules would be written to.
    """
    if paths and not any(path.is_dir() or path.suffix == ".dl" or not path.exists() for path in paths):
        raise InputError([Problem("not-a-rule-file", "only rule files (.dl) have a canonical layout")])
    files = [path for path in (_files(paths) if paths else rule_files(workspace)) if path.suffix == ".dl"]
    prints = {path: fingerprint(path) for path in files}
    texts = {path: read_text(path) for path in files}
    problems: list[Problem] = []
    laid_out: dict[Path, str] = {}
    for path, text in texts.items():
        try:
            laid_out[path] = format_text(text, shown_path(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    changed = tuple(path for path in files if laid_out[path] != texts[path])
    if write and changed and not paths and not workspace.writable:
        raise InputError([Problem("read-only", "the shipped rules are read-only; make a workspace: ascribe init DIR")])
    for path in changed if write else ():
        save(path, laid_out[path], prints[path])
    return changed
