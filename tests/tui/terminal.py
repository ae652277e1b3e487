"""A pseudo-terminal with the real command in it: keys go in, bytes come out."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0


class Terminal:
    """What was written to the terminal so far, and a way to type."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self.written = b""

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self._channel, keys.encode())

    def read(self, seconds: float) -> None:
        """Take what comes within some seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._take(left):
                return

    def wait_for(self, word: str, after: int = 0) -> None:
        """Wait until a word is written somewhere behind a position."""
        until = time.monotonic() + PATIENCE
        while word.encode() not in self.written[after:]:
            if time.monotonic() > until:
                raise AssertionError(f"{word!r} was not written; the last was {self.written[-2000:]!r}")
            self._take(0.2)

    def _take(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._channel], [], [], seconds)
        if not ready:
            return True
        try:
            taken = os.read(self._channel, 65_536)
        except OSError:
            return False
        self.written += taken
        return bool(taken)


@contextmanager
def ascribe(folder: Path, size: tuple[int, int], **environment: str) -> Iterator[Terminal]:
    """The command `ascribe` in a folder, on a terminal of so many columns and lines."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", "from reasoner.cli import main; main()"],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            # Both would go before the size of the terminal, and other tests may have set them.
            "COLUMNS": str(size[0]),
            "LINES": str(size[1]),
            **environment,
        },
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(ours)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)
