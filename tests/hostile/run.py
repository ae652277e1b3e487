"""The command line run within the test, as if from a shell without a terminal."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reasoner.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in this process; whatever is no exit is a traceback, and fails the test."""

    def __init__(self, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.capture = capture
        self.patch = patch

    def __call__(self, *arguments: str, columns: int = 80) -> Done:
        """Run one command in a terminal so many columns wide."""
        self.patch.setattr("sys.argv", ["ascribe", *arguments])
        self.patch.setenv("COLUMNS", str(columns))
        self.capture.readouterr()
        try:
            main()
            code = 0
        except SystemExit as leave:
            code = int(leave.code or 0)
        out, err = self.capture.readouterr()
        return Done(code, out, err)
