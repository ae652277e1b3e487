"""Workspaces to play on: the shipped cases, and a made-up one with a few rules of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace, init_workspace
from reasoner.language.printer import format_text
from tests.tui.fact_desk import NOTE

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The shipped rules and facts in a folder of one's own; not to be changed."""
    return init_workspace(tmp_path_factory.mktemp("shipped") / "copy")


def harbour(folder: Path) -> Workspace:
    """The made-up case and its rules, in a folder."""
    made = Workspace(folder / "rules", folder / "facts", writable=True)
    made.rules.mkdir()
    made.cases.mkdir(parents=True)
    for name in ("vocabulary.yaml", "scales.yaml"):
        shutil.copy(HERE.parent.parent / "rules" / name, made.rules)
    shutil.copy(HERE / "harbour.dl", made.rules)
    shutil.copy(HERE / "harbour_2030.yaml", made.cases)
    return made


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The made-up case and its rules, to be changed at will, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return harbour(tmp_path)


@pytest.fixture
def case(workspace: Workspace) -> Path:
    """The file of the made-up case, with comments in it."""
    path = workspace.cases / "harbour_2030.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  - fact: scarce(", NOTE + "  - fact: scarce(")
    path.write_text(
        text.replace("credibility: 3\n    says: A handful", "credibility: 3   # after a call\n    says: A handful")
    )
    return path


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The reader's own settings change nothing."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("NO_COLOR", "TEXTUAL_THEME", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def in_layout(workspace: Workspace) -> None:
    """The rules are laid out from the start, so that saving changes only what is edited."""
    file = workspace.rules / "harbour.dl"
    file.write_text(format_text(file.read_text(encoding="utf-8"), file.name), encoding="utf-8")
