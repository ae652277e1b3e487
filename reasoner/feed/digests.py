"""Digests of all that a feed is read and ranked by: they tell when some of it is no longer what it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from reasoner.documents import shown_path
from reasoner.evidence.workspace import Workspace, background_paths, case_ids
from reasoner.problems import InputError, Problem
from reasoner.rule_base import rule_files

FORM = 1
"""The form of a store's tables: a store of another one has to be made again."""


def digests_of(files: Sequence[Path], mapping: Path, workspace: Workspace) -> dict[str, str]:
    """Of the feed with its mapping, of the names of cases, and what `workspace_digests` gives; raises as that does.

    Files of a feed go by path, size and time, as they are large; all others by what they hold.
    """
    feed = [_bytes_of(mapping), *map(_stamp_of, files)]
    cases = "\0".join(case_ids(workspace)).encode()
    return {"feed": _digest(feed), "cases": _digest([cases]), **workspace_digests(workspace)}


def workspace_digests(workspace: Workspace) -> dict[str, str]:
    """Of the rules with vocabulary and scales, and of the background; with the form of tables that go with them.

    Raises `InputError` where a file cannot be read.
    """
    tables = (workspace.rules / "vocabulary.yaml", workspace.rules / "scales.yaml")
    return {
        "rules": _digest(map(_bytes_of, (*tables, *rule_files(workspace)))),
        "background": _digest(map(_bytes_of, background_paths(workspace))),
        "tables": f"{FORM}",
    }


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _stamp_of(path: Path) -> bytes:
    try:
        about = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from None
    return f"{path.resolve()}\0{about.st_size}\0{about.st_mtime_ns}".encode(errors="surrogateescape")


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError([Problem("unreadable-file", f"`{shown_path(path)}` cannot be read: {error.strerror or error}")])


def _digest(parts: Iterable[bytes]) -> str:
    found = sha256()
    for part in parts:
        found.update(part)
        found.update(b"\0")
    return found.hexdigest()
