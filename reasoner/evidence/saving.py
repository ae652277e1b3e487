"""Writing a file whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from reasoner.documents import shown_path
from reasoner.problems import InputError, Problem


def fingerprint(path: Path) -> str | None:
    """What tells one content of a file from another; None where there is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def save(path: Path, text: str, expected: str | None) -> str:
    """Replace a file's content at once, and return its new fingerprint.

    ``expected`` is the fingerprint it had when it was read, None for a file that must not exist yet. Raises
    `InputError` where it has another by now, or cannot be written; the file is then as it was.
    """
    shown = shown_path(path)
    if fingerprint(path) != expected:
        what = "changed since it was read" if expected else "exists already"
        hint = "nothing was written; read it again first" if expected else "nothing was written; choose another name"
        raise InputError([Problem("changed-underneath", f"`{shown}` {what}", hint=hint)])
    raw = text.encode("utf-8")
    try:
        _replace(path, raw, exclusive=expected is None)
    except FileExistsError:
        raise InputError([Problem("changed-underneath", f"`{shown}` exists already")]) from None
    except OSError as error:
        raise InputError([Problem("unwritable", f"`{shown}` cannot be written: {error.strerror or error}")]) from None
    return hashlib.sha256(raw).hexdigest()


def _replace(path: Path, raw: bytes, exclusive: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        if exclusive:
            # A hard link, unlike a rename, fails where the name is taken.
            os.link(name, path)
        else:
            os.replace(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
