"""What hostile input is tried on: workspaces, screens and a shell."""

import pytest

from tests.hostile.run import Shell
from tests.tui.conftest import copied, plain_terminal, workspace

__all__ = ["copied", "plain_terminal", "workspace"]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line."""
    return Shell(capsys, monkeypatch)
