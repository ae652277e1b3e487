"""Where the user's own folders are."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from reasoner.storage.user_folders import user_folder


@pytest.mark.parametrize(
    ("purpose", "variable", "within"),
    [
        ("cache", "XDG_CACHE_HOME", ".cache"),
        ("config", "XDG_CONFIG_HOME", ".config"),
        ("state", "XDG_STATE_HOME", ".local/state"),
    ],
)
def test_a_folder_is_where_its_variable_says_or_in_the_home(
    purpose: Literal["cache", "config", "state"],
    variable: str,
    within: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An absolute path is taken as it is; none, an empty and a relative one mean the usual place in the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(variable, "/elsewhere")
    assert user_folder(purpose) == Path("/elsewhere/ascribe")
    for stated in ("", "relative"):
        monkeypatch.setenv(variable, stated)
        assert user_folder(purpose) == tmp_path / within / "ascribe"
    monkeypatch.delenv(variable)
    assert user_folder(purpose) == tmp_path / within / "ascribe"
