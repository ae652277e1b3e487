"""A program on a pseudo-terminal: keys go in, and it is noted when what they set off arrives."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COLUMNS, LINES = 120, 40
LONGEST = 60.0
"""Seconds after which something counts as never."""

QUIET = 0.15
"""Seconds without anything written after which the screen counts as settled."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """Seconds from a key to the first bytes that followed, to the last, and to a word where one was waited for."""

    first: float
    settled: float
    word: float | None = None


class Session:
    """One program on its terminal."""

    def __init__(self, channel: int, process: subprocess.Popen[bytes], start: float) -> None:
        self._channel, self._process, self._start = channel, process, start
        self.written = b""

    @property
    def peak(self) -> float:
        """The most memory it has held so far, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024

    def painted(self, word: bytes) -> float:
        """Seconds from the start of the process to a word on its screen."""
        self._wait(word, 0)
        return time.perf_counter() - self._start

    def settle(self) -> None:
        """Wait until nothing more is written."""
        while self._take(QUIET):
            pass

    def press(self, keys: bytes, word: bytes = b"") -> Reaction | None:
        """Send keys once the screen is quiet, and see what follows, if anything; a word must follow."""
        self.settle()
        place = len(self.written)
        first = last = came = None
        start = time.perf_counter()
        os.write(self._channel, keys)
        while self._take(LONGEST if word and came is None else QUIET):
            last = time.perf_counter() - start
            first = first or last
            if word and came is None and word in self.written[place:]:
                came = last
            if last > LONGEST:
                break
        if word and came is None:
            raise TimeoutError(f"{keys!r}: no {word!r} in {self.written[place:][-500:]!r}")
        return Reaction(first, last, came) if first and last else None

    def go(self, keys: bytes, word: bytes) -> None:
        """Send keys and wait for a word; without one, for whatever comes."""
        self.settle()
        place = len(self.written)
        os.write(self._channel, keys)
        if word:
            self._wait(word, place)
        else:
            self._take(1.0)
        self.settle()

    def _wait(self, word: bytes, place: int) -> None:
        end = time.perf_counter() + LONGEST
        while word not in self.written[place:]:
            if time.perf_counter() > end:
                raise TimeoutError(f"no {word!r} in {self.written[place:][-500:]!r}")
            self._take(0.5)

    def _take(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._channel], [], [], seconds)
        if not ready:
            return False
        self.written += os.read(self._channel, 65_536)
        return True


@contextmanager
def running(
    command: Sequence[str], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Session]:
    """The program, until the end of the block."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    around = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=around, start_new_session=True
    )
    os.close(theirs)
    try:
        yield Session(ours, process, start)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)
