"""A script run by itself: how much memory it and its children take at most, and what it prints, as JSON.

Memory is what their pages come to, where one that several share counts once (Linux's proportional set size).
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SHARE = 20
"""A look at the memory holds up who uses it: it is looked at again after such a share of the time so far."""

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ran:
    """What came of a script: what it said, or why it did not get that far; gigabytes at its peak."""

    said: dict[str, Any] | None
    peak: float
    failure: str = ""


def run(script: str, *arguments: str, seconds: float = 7_200, gigabytes: float = 1_000) -> Ran:
    """Run a script beside this one, within bounds of time and address space."""
    command = [sys.executable, str(HERE / script), *arguments]

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 1e9),) * 2)

    begun, peak, passed = time.monotonic(), 0.0, 0.0
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, preexec_fn=bounded, start_new_session=True, **pipes)
    while True:
        try:
            out, err = process.communicate(timeout=max(0.1, passed / _SHARE))
            break
        except subprocess.TimeoutExpired:
            peak, passed = max(peak, sum(map(_memory, _family(process.pid))) / 1e9), time.monotonic() - begun
            if passed > seconds:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                return Ran(None, peak, f"not done after {seconds:.0f} s")
    if process.returncode:
        return Ran(None, peak, (err.strip().splitlines() or [f"ended with {process.returncode}"])[-1])
    return Ran(json.loads(out.strip().splitlines()[-1]), peak)


def _family(process: int) -> list[int]:
    """A process, its children, and theirs."""
    found = [process]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    return found


def _memory(process: int) -> int:
    """Bytes that a process has in memory, its share of what it shares."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
