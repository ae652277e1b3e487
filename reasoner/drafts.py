"""Rule files as they would be with edits that are not saved: checked, reasoned with, tried on scenarios.

Nothing here writes a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from reasoner.documents import shown_path
from reasoner.evidence.checking import known_constants
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.inquiry import Inquiry
from reasoner.language.checking import build_program, reading
from reasoner.language.completion import Words, words_of
from reasoner.problems import InputError, Problem
from reasoner.rule_base import drafted_rules, load_rules, rule_files, rule_texts, tables
from reasoner.scenarios import ENDING, Bench
from reasoner.terms import Rule

Drafts: TypeAlias = Mapping[Path, str]
"""Rule file → the text it would have."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The rule files with the drafts: the rules of each that can be read, all problems, the words to write with."""

    rules: Mapping[Path, tuple[Rule, ...]]
    problems: tuple[Problem, ...]
    words: Words

    def problems_of(self, path: Path) -> tuple[Problem, ...]:
        """The problems that stand in one file."""
        shown = shown_path(path)
        return tuple(problem for problem in self.problems if problem.span and problem.span.file == shown)


def check_drafts(workspace: Workspace, drafts: Drafts) -> Checked:
    """Read and check all rule files with the drafts in place of what some hold.

    Raises:
        InputError: the vocabulary, the scales, or a rule file can't be read.
    """
    known = tables(workspace)
    texts = rule_texts(workspace, drafts)
    entities = known_constants(workspace, known.vocabulary)
    try:
        build_program(texts, known.vocabulary, known.scales, entities)
        problems: tuple[Problem, ...] = ()
    except InputError as error:
        problems = error.problems
    paths = {shown_path(path): path for path in (*rule_files(workspace), *drafts)}
    rules = {paths[file]: tuple(each.rule for each in reading(file, text).clauses) for file, text in texts.items()}
    every = (rule for each in rules.values() for rule in each)
    return Checked(rules, problems, words_of(known.vocabulary, known.scales, every, entities))


def drafted(inquiry: Inquiry, drafts: Drafts) -> Inquiry:
    """The same case under the rules as they would be.

    Raises:
        InputError: with every problem of the rules as they would be.
    """
    return inquiry.under(drafted_rules(inquiry.workspace, drafts))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario under the rules as drafted, and as saved: what was expected and did not come.

    ``before`` is None where the rules as saved were not asked.
    """

    path: Path
    before: tuple[str, ...] | None
    after: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether it passes under the one and fails under the other."""
        return self.before is not None and bool(self.before) != bool(self.after)


@dataclass
class Trials:
    """Runs the scenarios of a workspace, each under the rules as drafted and, where drafts differ, as saved."""

    workspace: Workspace
    drafts: Drafts
    files: tuple[Path, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.files = tuple(scenario_files(self.workspace))
        self._after = Bench.under(self.workspace, drafted_rules(self.workspace, self.drafts))
        self._before = self._as_saved() if self.drafts else None

    def _as_saved(self) -> Bench | None:
        """The rules as they are; None where they cannot be read."""
        try:
            return Bench.under(self.workspace, load_rules(self.workspace))
        except InputError:
            return None

    def run(self, path: Path) -> Outcome:
        """Run one scenario."""
        before = _failures(self._before, path) if self._before else None
        return Outcome(path, before, _failures(self._after, path))


def _failures(bench: Bench, path: Path) -> tuple[str, ...]:
    try:
        scenario = bench.read(path)
        return tuple(bench.trial(scenario, bench.workspace_of(path, scenario)).failures())
    except InputError as error:
        return tuple(problem.message for problem in error.problems)


def scenario_files(workspace: Workspace) -> Iterator[Path]:
    """The scenarios beneath the folder that the rules lie in which are about these rules, without hidden folders."""
    for folder, inside, files in os.walk(workspace.rules.parent):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        found = sorted(name for name in files if name.endswith(ENDING))
        if found and _same(find_workspace(folder).rules, workspace.rules):
            yield from (Path(folder, name) for name in found)


def _same(first: Path, second: Path) -> bool:
    return os.path.realpath(first) == os.path.realpath(second)
