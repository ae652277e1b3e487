"""pytest collects scenario files: each is a test, whose failure says what was expected, what came, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from reasoner.scenarios import Bench

ENDING = ".scenario.yaml"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a scenario file."""
    if file_path.name.endswith(ENDING):
        collector: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
        return collector
    return None


_BENCH: pytest.StashKey[Bench] = pytest.StashKey()


def _bench(config: pytest.Config) -> Bench:
    """What the scenarios of one session share: each case is opened once."""
    from reasoner.scenarios import Bench

    if _BENCH not in config.stash:
        config.stash[_BENCH] = Bench()
    return config.stash[_BENCH]


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
        failures = _bench(self.config).run(self.path)
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
