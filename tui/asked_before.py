"""The queries asked before, kept from one session to the next: one a line, in the reader's state folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reasoner.storage.store import put
from reasoner.storage.user_folders import user_folder

MOST = 200
"""Queries that are kept; the ones asked longest ago go first."""

LONGEST = 2_000
"""Characters of a query that is kept."""

LARGEST = 1_000_000
"""Bytes of a file that is read."""


def kept_in() -> Path | None:
    """``queries`` in the reader's state folder; None where the reader has no home."""
    folder = user_folder("state")
    return folder / "queries" if folder else None


def asked_before() -> tuple[str, ...]:
    """The queries kept, the oldest first; none where there is no such file, or it cannot be read."""
    path = kept_in()
    try:
        if path is None or not path.is_file() or path.stat().st_size > LARGEST:
            return ()
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(line for line in lines if 0 < len(line) <= LONGEST)[-MOST:]


def remember(text: str) -> None:
    """Keep a query as the last one asked, after those that other sessions have kept meanwhile.

    The file is written whole or not at all; where it cannot be, the query is not kept.
    """
    path = kept_in()
    if path is None or not 0 < len(text) <= LONGEST or len(text.splitlines()) != 1:
        return
    lines = [*(line for line in asked_before() if line != text), text][-MOST:]
    with suppress(OSError):
        put(path, "".join(f"{line}\n" for line in lines).encode())
