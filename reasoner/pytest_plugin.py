"""pytest collects scenario files: each is a test, whose failure says what was expected, what came, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

ENDING = ".scenario.yaml"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a scenario file."""
    if file_path.name.endswith(ENDING):
        collector: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
        return collector
    return None


class ScenarioFile(pytest.File):
    """One scenario file, which holds one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the test, named after the file."""
        yield ScenarioTest.from_parent(self, name=self.path.name.removesuffix(ENDING))


class ScenarioFailure(AssertionError):
    """What a scenario expected and didn't get."""


class ScenarioTest(pytest.Item):
    """One scenario as a test."""

    def runtest(self) -> None:
        """Run the scenario in the workspace that its folder lies in."""
        from reasoner.evidence.workspace import find_workspace
        from reasoner.scenarios import run_scenario

        failures = run_scenario(self.path, find_workspace(self.path.parent))
        if failures:
            raise ScenarioFailure("\n".join(failures))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Say what went wrong without a traceback, where the scenario or its input is at fault."""
        from reasoner.problems import InputError, render_all

        if isinstance(excinfo.value, ScenarioFailure):
            return str(excinfo.value)
        if isinstance(excinfo.value, InputError):
            return render_all(excinfo.value.problems)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the test by its file."""
        return self.path, None, f"scenario: {self.name}"
