"""Times the first paint of the terminal UI against a bare Textual app with a tree, tabs and a table.

Both run in a pseudo-terminal, turn about, and are timed from the start of the process to the moment their frame has
arrived there: the last word of the frame is waited for. Run with ``python benchmarks/tui_first_paint.py [--runs N]``.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

COLUMNS, LINES = 120, 36
LONGEST = 20.0
"""Seconds that a first paint may take before it counts as never."""

BARE = """
from rich.text import Text
from textual.app import App
from textual.binding import Binding
from textual.widgets import DataTable, Footer, Tabs, Tree

class Bare(App):
    BINDINGS = [Binding("q", "quit", "Quit")]

    def compose(self):
        yield Tabs("Who did it?", "Who stood behind it?")
        yield DataTable()
        yield Tree("Why")
        yield Footer()

Bare().run()
"""

ASCRIBE = [str(Path(sys.executable).parent / "ascribe")]


def first_paint(runs: int) -> tuple[list[float], list[float]]:
    """Seconds to the first paint of ascribe and of the bare app, one of each in turn, after one that doesn't count."""
    ours, bare = [], []
    for turn in range(runs + 1):
        taken = painted(ASCRIBE), painted([sys.executable, "-c", BARE])
        if turn:
            ours.append(taken[0])
            bare.append(taken[1])
    return ours, bare


def painted(command: list[str], word: bytes = b"Quit") -> float:
    """Seconds from the start of a process on a terminal to a word on its screen.

    Raises:
        TimeoutError: the word did not come.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        return _until(ours, word, start)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)


def _until(terminal: int, word: bytes, start: float) -> float:
    written = b""
    while (taken := time.perf_counter() - start) < LONGEST:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        if ready:
            written += os.read(terminal, 65_536)
            if word in written:
                return time.perf_counter() - start
    raise TimeoutError(f"no {word!r} within {taken:.0f} s; on the terminal: {written[-500:]!r}")


def main() -> None:
    """Print both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    ours, bare = first_paint(parser.parse_args().runs)
    for name, taken in (("ascribe", ours), ("bare", bare)):
        print(f"{name:<8} min {min(taken):.3f} s   median {statistics.median(taken):.3f} s")
    print(
        f"ratio    min {min(ours) / min(bare):.2f}     median {statistics.median(ours) / statistics.median(bare):.2f}"
    )


if __name__ == "__main__":
    main()
