"""A process that only reads: what would write a file or start a program is refused, whichever part of ascribe tries.

What a visitor may do is decided where it is done; this holds where that was forgotten. It is an audit hook (PEP 578),
so it is no wall against foreign code, of which there is none here.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

WHY = "this page is for reading"

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    f"os.{name}" for name in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir", "symlink", "truncate")
)
_STARTS = frozenset(
    ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn", "subprocess.Popen")
)


def only_read(apart_from: Path | None) -> None:
    """From now on, let this process change no file but those in one folder, and start no other.

    What is refused raises `PermissionError`.
    """
    kept = os.path.realpath(apart_from) + os.sep if apart_from else None

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES:
            _refuse_outside(kept, arguments[:1])
        elif event in _CHANGES:
            _refuse_outside(kept, arguments[:2])
        elif event in _STARTS:
            raise PermissionError(errno.EPERM, WHY)

    sys.addaudithook(refuse)


def _refuse_outside(kept: str | None, arguments: tuple[object, ...]) -> None:
    for argument in arguments:
        if isinstance(argument, (str, bytes, os.PathLike)):
            path = os.path.realpath(os.fsdecode(argument))
            if kept is None or not (path + os.sep).startswith(kept):
                raise PermissionError(errno.EPERM, WHY, path)
