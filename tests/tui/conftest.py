"""Workspaces to play on: the shipped rules, with a made-up case beside the shipped ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace, init_workspace

CASE = Path(__file__).parent / "harbour_2030.yaml"


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The shipped rules and facts in a folder of one's own; not to be changed."""
    workspace = init_workspace(tmp_path_factory.mktemp("shipped") / "copy")
    shutil.copy(CASE, workspace.cases)
    return workspace


@pytest.fixture
def workspace(copied: Workspace, tmp_path: Path) -> Workspace:
    """Rules and the made-up case alone, to be changed at will."""
    (tmp_path / "facts" / "cases").mkdir(parents=True)
    (tmp_path / "facts" / "background").mkdir()
    shutil.copytree(copied.rules, tmp_path / "rules")
    shutil.copy(CASE, tmp_path / "facts" / "cases")
    return Workspace(tmp_path / "rules", tmp_path / "facts", writable=True)


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's own settings change nothing."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
