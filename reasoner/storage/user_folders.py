"""The user's own folders, where the XDG base directories say they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

_FOLDERS = {
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", os.path.join(".local", "state")),
}
"""What a folder is for → the variable that says where it is, and where it is in the home folder otherwise."""


def user_folder(purpose: Literal["cache", "config", "state"]) -> Path | None:
    """``ascribe`` in the user's folder for a purpose; None where the user has no home.

    A variable that is no absolute path says nothing.
    """
    variable, within = _FOLDERS[purpose]
    stated = os.environ.get(variable, "")
    if os.path.isabs(stated):
        return Path(stated, "ascribe")
    try:
        return Path.home() / within / "ascribe"
    except RuntimeError:
        return None
