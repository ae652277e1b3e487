"""The folder of a run: what it was asked for, what it keeps there, and that only one run at a time works in it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reasoner.documents import shown_path
from reasoner.problems import InputError, Problem

SETTINGS, STORE_FILE, PARTS, REJECTED, SPILL = "run.json", "feed.duckdb", "parts", "rejected.csv", ".spill"
"""What was asked for, the feed's tables, rankings batch by batch, what could not be used, what memory cannot hold."""

_DIFFERS = {
    "feed": "the feed or its mapping",
    "cases": "the names of cases",
    "rules": "the rules",
    "background": "the background",
    "tables": "how ascribe keeps a feed",
    "worlds": "--worlds",
    "seed": "--seed",
    "top": "--top",
    "form": "--format",
}


@contextmanager
def claimed(folder: Path, settings: Mapping[str, Any]) -> Iterator[None]:
    """The folder, for this run alone; what a run that was broken off left half done is cleared away.

    Raises:
        InputError: it cannot be written, another run is at work in it, or it holds a run that was asked for otherwise.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        message = f"`{shown_path(folder)}` cannot be written: {error.strerror or error}"
        raise InputError([Problem("unwritable", message)]) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"another run is at work in `{shown_path(folder)}`"
            raise InputError([Problem("run-at-work", message, hint="wait for it, or name another folder")]) from None
        _settle(folder, settings)
        for left in (
            *folder.glob(f".{STORE_FILE}-*"),
            *folder.glob(f"{SPILL}-*"),
            *folder.glob(f"{PARTS}/.*"),
            *folder.glob(".rankings.*"),
        ):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield


def settings_of(folder: Path) -> Mapping[str, Any]:
    """What the run in a folder was asked for. Raises `InputError` where there is none."""
    try:
        found = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = f"`{shown_path(folder)}` holds no run"
        raise InputError([Problem("no-run", message, hint="name the folder that `ascribe bulk … -o` wrote")]) from None
    return dict(found)


def check_ranked_by(folder: Path, now: Mapping[str, str]) -> None:
    """Check that a run went by the rules and the background that there are now, as `workspace_digests` gives them.

    Raises:
        InputError: there is no run, or it went by others.
    """
    changed = _changed(settings_of(folder), now)
    if changed:
        message = f"the rankings in `{shown_path(folder)}` were made otherwise: {changed} changed since"
        hint = "rank the feed into another folder, or name the rules and facts of then with --rules and --facts"
        raise InputError([Problem("changed-since", message, hint=hint)])


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What of the settings that there are now was otherwise before, in words; empty where nothing was."""
    return ", ".join(words for key, words in _DIFFERS.items() if key in now and before.get(key) != now[key])


def _settle(folder: Path, settings: Mapping[str, Any]) -> None:
    path = folder / SETTINGS
    if path.exists() and any(any(folder.glob(kept)) for kept in (STORE_FILE, "rankings.*")):  # else it read no feed
        changed = _changed(settings_of(folder), settings)
        if changed:
            message = f"`{shown_path(folder)}` holds a run that was asked for otherwise: {changed} changed"
            hint = "name another folder, or remove this one to start anew"
            raise InputError([Problem("another-run", message, hint=hint)])
        return
    if not path.exists() and any(each.name != ".lock" for each in folder.iterdir()):
        message = f"`{shown_path(folder)}` is not empty, and holds no run"
        raise InputError([Problem("no-run", message, hint="name a new folder")])
    temporary = folder / f".{SETTINGS}.{os.getpid()}"
    temporary.write_text(json.dumps(dict(settings), indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
