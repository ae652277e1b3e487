"""What costs time to make from files, made once: kept in memory, and as JSON in the user's cache folder.

An entry has the name of what it is (the rules of one folder, say) and the fingerprint of what it was made from; made
from anything else, it is made anew and takes the old one's place. Files are written when the process ends, so that
nobody waits for it. Whatever cannot be read, or is not what it should be, counts as not there; whatever cannot be
written is not kept. Nothing read is ever run.
"""

from __future__ import annotations

import atexit
import json
import os
import stat
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from reasoner.limits import Limits
from reasoner.storage.user_folders import user_folder
from reasoner.storage.values import MisfitError, from_plain, to_plain

Value = TypeVar("Value")

LARGEST = 32_000_000
"""Bytes of one entry; a larger file is no entry."""

MOST_FILES = 64
"""Entries in the folder; the ones written longest ago go first."""

MOST_IN_MEMORY = 16
"""Values kept in memory; the ones asked for longest ago go first."""

_recent: dict[tuple[str, str], Any] = {}
_waiting: dict[Path, tuple[str, Any, type]] = {}


def kept(name: str, fingerprint: Callable[[], str | None], make: Callable[[], Value], kind: type[Value]) -> Value:
    """The value of a kind under a name, if it was made from what has this fingerprint; else made now, and kept.

    Where there is no fingerprint, nothing is looked up or kept. Raises what ``make`` raises.
    """
    found = fingerprint()
    if found is None:
        return make()
    key = (name, found)
    value: Value | None = _recent.pop(key, None) or _recalled(name, found, kind)
    if value is None:
        value = make()
        # A file written to in the meantime may be read as it is now, under the fingerprint of what it was.
        if fingerprint() != found:
            return value
        if path := _path(name):
            _waiting[path] = (found, value, kind)
            _drop_oldest(_waiting)
    _recent[key] = value
    _drop_oldest(_recent)
    return value


def _drop_oldest(values: dict[Any, Any]) -> None:
    for oldest in list(values)[:-MOST_IN_MEMORY]:
        values.pop(oldest, None)


def fingerprint_of(paths: Iterable[Path], *besides: str) -> str | None:
    """A digest of files, by path and content, of what is given besides them, of the bounds in force and of this code.

    None where one of the files cannot be read, or is larger than the bounds allow.
    """
    limits = Limits.from_environment()
    found = sha256(repr((_code(), limits, besides)).encode())
    for path in paths:
        content = _content(path, limits.file_bytes)
        if content is None:
            return None
        found.update(f"\0{path}\0{len(content)}\0".encode(errors="surrogateescape"))
        found.update(content)
    return found.hexdigest()


def folder() -> Path | None:
    """Where entries are kept: ``ascribe`` in the user's cache folder; None where the user has none, or wants none.

    The setting ``ASCRIBE_CACHE=off`` says so.
    """
    if os.environ.get("ASCRIBE_CACHE") == "off":
        return None
    return user_folder("cache")


@cache
def _code() -> str:
    """Which state of the reasoner makes the values: every source file with its size and time."""
    sources = sorted(Path(__file__).parent.parent.rglob("*.py"))
    return repr([(str(path), each.st_size, each.st_mtime_ns) for path in sources for each in (path.stat(),)])


def _content(path: Path, most: int) -> bytes | None:
    """The bytes of a regular file of at most that size; opening anything else could block for ever."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as stream:
            content = stream.read(most + 1)
    except (OSError, ValueError):
        return None
    return content if len(content) <= most else None


def _recalled(name: str, fingerprint: str, kind: type[Value]) -> Value | None:
    """An entry of the folder, if it was made from this, is whole, and nobody else could have written it."""
    path = _path(name)
    content = _content(path, LARGEST) if path and _own(path) else None
    if content is None:
        return None
    head, _, body = content.partition(b"\n")
    if head != _head(fingerprint, body):
        return None
    try:
        return from_plain(json.loads(body), kind)
    except (MisfitError, ValueError, RecursionError):
        return None


@atexit.register
def write() -> None:
    """Put into the folder what was made and not yet written."""
    while _waiting:
        path, (fingerprint, value, kind) = _waiting.popitem()
        try:
            body = json.dumps(to_plain(value, kind), ensure_ascii=False, separators=(",", ":")).encode()
            put(path, _head(fingerprint, body) + b"\n" + body)
            _bound(path.parent)
        except (OSError, ValueError):
            continue


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for the user alone."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix="new-")
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
        os.replace(fresh, path)
    except OSError:
        os.unlink(fresh)
        raise


def _bound(where: Path) -> None:
    """Remove the entries written longest ago where there are too many."""
    found = sorted(where.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[MOST_FILES:]:
        path.unlink(missing_ok=True)


def _path(name: str) -> Path | None:
    where = folder()
    return where / f"{sha256(name.encode(errors='surrogateescape')).hexdigest()[:32]}.json" if where else None


def _head(fingerprint: str, body: bytes) -> bytes:
    return f"{fingerprint} {sha256(body).hexdigest()}".encode()


def _own(path: Path) -> bool:
    """Whether the file and its folder are the user's, and nobody else may write to them."""
    if os.name != "posix":
        return True
    try:
        found = [path.parent.stat(), path.lstat()]
    except OSError:
        return False
    return all(each.st_uid == os.getuid() and not each.st_mode & 0o022 for each in found)
