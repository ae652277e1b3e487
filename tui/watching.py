"""Notices when rule or fact files change on disk: looks at their times and sizes once a second."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tui.messages import FilesChanged

EVERY = 1.0
"""Seconds between two looks."""

SETTLING = 0.1
"""Seconds a file must stay as it is before it is read, so that half a save is not taken for an error."""

SUFFIXES = (".dl", ".yaml", ".yml")

Mark = tuple[int, int, int]
"""Modification time, size and inode of a file: one of them changes with every save."""


def marks(folders: Iterable[Path]) -> dict[str, Mark]:
    """The mark of every rule and fact file beneath the folders."""
    return {path: mark for folder in folders for path, mark in _beneath(str(folder))}


def _beneath(folder: str) -> Iterator[tuple[str, Mark]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir():
                yield from _beneath(entry.path)
            elif entry.name.endswith(SUFFIXES):
                stat = entry.stat()
                yield entry.path, (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        except OSError:  # it went between the listing and the look
            continue


class Watcher:
    """A daemon thread that posts `FilesChanged`."""

    def __init__(self, folders: Iterable[Path], post: Callable[[FilesChanged], Any], every: float = EVERY) -> None:
        self._folders = tuple(folders)
        self._post = post
        self._every = every
        self._seen: dict[str, Mark] | None = None
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def start(self) -> None:
        """Take the files as they are now, and watch from now on."""
        self.changed()
        threading.Thread(target=self._watch, name="watching", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    def changed(self) -> tuple[Path, ...]:
        """The files that differ from the last look, which this look replaces."""
        with self._lock:
            now = marks(self._folders)
            before, self._seen = self._seen, now
        if before is None:
            return ()
        return tuple(Path(path) for path in sorted(before.keys() | now.keys()) if before.get(path) != now.get(path))

    def _watch(self) -> None:
        while not self._closed.wait(self._every):
            if files := self._settled():
                self._post(FilesChanged(files))

    def _settled(self) -> tuple[Path, ...]:
        """The files changed since the last look, once none changes any more."""
        files: set[Path] = set()
        while more := self.changed():
            files.update(more)
            if self._closed.wait(SETTLING):
                break
        return tuple(sorted(files))


def named(files: tuple[Path, ...]) -> str:
    """What changed, as the reason that what moved is shown with."""
    names = [file.name for file in files[:3]]
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return f"{', '.join(names)}{more} changed"
