"""Scenario tests: a case, what is changed, and what must then be concluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.documents import Document, read_yaml, validate
from reasoner.evidence.loading import load_base
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.inquiry import Changes, Inquiry, RuleBase, load_rules
from reasoner.problems import InputError, Problem
from reasoner.scenario_checking import check_scenario
from reasoner.scenario_trial import Trial

if TYPE_CHECKING:
    from reasoner.scenario_schema import Scenario

ENDING = ".scenario.yaml"


def find_scenarios(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The scenario files among and beneath the paths, in order.

    Raises:
        InputError: a path is missing, or there is no scenario file at all.
    """
    paths = tuple(paths)
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError([Problem("no-file", f"there is no file or folder `{path}`")])
        found += sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
    if not found:
        where = ", ".join(str(path) for path in paths)
        raise InputError([Problem("no-scenarios", f"no scenario files (*{ENDING}) in `{where}`")])
    return tuple(dict.fromkeys(found))


def run_scenario(path: Path, workspace: Workspace | None = None) -> tuple[str, ...]:
    """Run one scenario: what was expected and didn't come, each with what came and why; empty where all came.

    Raises:
        InputError: with every problem in the scenario, or in the rules and facts that it needs.
    """
    return Bench(workspace).run(path)


@dataclass
class Bench:
    """Runs scenarios, and opens what they share only once: their rules and facts are taken to stay as they are.

    Without a workspace, each scenario runs in the one that its folder lies in, or else on the shipped rules and facts.
    """

    workspace: Workspace | None = None
    _rules: dict[Path, RuleBase] = field(default_factory=dict)
    _opened: dict[tuple[Workspace, str, str | None], Inquiry] = field(default_factory=dict)
    _changed: dict[tuple[Workspace, str, str | None, Changes], Inquiry] = field(default_factory=dict)

    @classmethod
    def under(cls, workspace: Workspace, rules: RuleBase) -> Bench:
        """A bench on which these rules stand in place of the workspace's own."""
        return cls(workspace, {workspace.rules: rules})

    def run(self, path: Path) -> tuple[str, ...]:
        """Run one scenario, as `run_scenario` does."""
        scenario = self.read(path)
        trial = self.trial(scenario, self.workspace_of(path, scenario))
        failures = tuple(trial.failures())
        return (*failures, trial.reasons()) if failures else ()

    def check(self, paths: Iterable[Path]) -> None:
        """Read all scenarios before any is run. Raises `InputError` with the problems of all of them."""
        problems: dict[Problem, None] = {}
        for path in paths:
            try:
                self.read(path)
            except InputError as error:
                problems.update(dict.fromkeys(error.problems))
        if problems:
            raise InputError(problems)

    def read(self, path: Path) -> Scenario:
        """Read one scenario, and check what it names against its case. Raises `InputError` with every problem."""
        from reasoner.scenario_schema import Scenario

        document = read_yaml(path)
        scenario = validate(document, Scenario)
        workspace = self.workspace_of(path, scenario, document)
        check_scenario(document, scenario, lambda as_of: self.inquiry(workspace, scenario.case, as_of))
        return scenario

    def workspace_of(self, path: Path, scenario: Scenario, document: Document | None = None) -> Workspace:
        """Where the scenario's rules and facts are. Raises `InputError` where it names a folder that isn't there."""
        workspace = self.workspace or find_workspace(path.parent)
        if scenario.facts is None:
            return workspace
        folder = path.parent / scenario.facts
        if not folder.is_dir():
            span = document.spans[("facts",)] if document else None
            line = document.line_text(span.line) if document and span else ""
            raise InputError([Problem("missing-folder", f"there is no folder `{folder}`", span, line)])
        return replace(workspace, facts=folder)

    def trial(self, scenario: Scenario, workspace: Workspace, under: Changes | None = None) -> Trial:
        """The scenario on trial, where the case was changed before (``under``), both as it is and as it is changed."""
        before = under or Changes()
        changes = before.then(scenario.changes)
        plain = self.inquiry(workspace, scenario.case, None, before)
        return Trial(scenario, plain, self.inquiry(workspace, scenario.case, scenario.as_of, changes))

    def inquiry(
        self, workspace: Workspace, case: str, as_of: str | None = None, changes: Changes | None = None
    ) -> Inquiry:
        """A case, opened and perhaps changed, the same one each time. Raises `InputError` as `open_case` does."""
        opened = self._opened.get((workspace, case, as_of))
        if opened is None:
            rules = self._rules.get(workspace.rules)
            if rules is None:
                rules = self._rules[workspace.rules] = load_rules(workspace)
            base = load_base(workspace, case, rules.vocabulary, rules.scales, as_of)
            opened = self._opened[workspace, case, as_of] = Inquiry(workspace, rules, base)
        if not changes:
            return opened
        key = (workspace, case, as_of, changes)
        if key not in self._changed:
            self._changed[key] = opened.changed(changes)
        return self._changed[key]
