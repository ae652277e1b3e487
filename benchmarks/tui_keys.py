"""Times keys on the terminal UI: from the key to the first repaint, and to the last one that it sets off.

Plays the same journey through the chain of every shipped case, and through that of a case with more than ten thousand
statements (`deep_case`), on a screen of 160 columns and 50 lines without a terminal. Figures are milliseconds of wall
time, and of the processor's time, which other work on the machine does not lengthen. Run with
``python benchmarks/tui_keys.py [--deep] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from deep_case import CASE, deep_case
from textual import events
from textual.pilot import Pilot

import tui.app
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.inquiry import case_summaries
from tui.app import AscribeApp

SIZE = (160, 50)
QUIET = 0.05
"""Seconds without a repaint, and with nothing being worked out, after which a key is done."""

JOURNEY = (
    *["down"] * 3,
    *["up"] * 3,
    *("enter", "down", "up", "right", "down", "right", "down", "right", "down", "down", "left", "left"),
    *("asterisk", "pagedown", "pagedown", "end", "up", "home"),
)
"""Through the ranking, into the reasoning, further in, out again; then all of a line opened, and leafed through."""


@dataclass(frozen=True)
class Timing:
    """One key: milliseconds to the first repaint, to the last, and of processor time in all."""

    key: str
    first: float
    last: float
    busy: float


class Watched(AscribeApp):
    """The app, noting when it paints."""

    CSS_PATH = Path(tui.app.__file__).parent / "tui.tcss"
    painted: list[float]

    def _display(self, *arguments: Any, **named: Any) -> None:
        self.painted = [*getattr(self, "painted", []), perf_counter()]
        super()._display(*arguments, **named)


async def pressed(app: Watched, key: str) -> Timing:
    """Press a key, and wait until all it sets off is done."""
    app.painted = []
    character = key if len(key) == 1 else None
    begun, busy = perf_counter(), process_time()
    app.post_message(events.Key(key, character))
    while True:
        await asyncio.sleep(0.002)
        latest = max([begun, *app.painted])
        if not app.runs.busy and perf_counter() - latest > QUIET:
            break
    first, last = (1000 * (each - begun) if app.painted else 0.0 for each in (min([*app.painted, latest]), latest))
    return Timing(key, first, last, 1000 * (process_time() - busy))


async def played(workspace: Workspace, case: str, rounds: int) -> list[Timing]:
    """The journey through one case, so many times."""
    app = Watched(workspace, case)
    found: list[Timing] = []
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot)
        for _ in range(rounds):
            await pressed(app, "escape")
            found += [await pressed(app, key) for key in JOURNEY]
    return found


async def opened(app: Watched, pilot: Pilot[None]) -> None:
    """Wait until the case stands with its chain."""
    while app.dossier is None or app.case_screen.chain.chain is None or app.runs.busy:
        await pilot.pause(0.1)


def told(name: str, timings: Sequence[Timing]) -> None:
    """Print the figures of one case."""
    for what, values in (
        ("to the first repaint", [each.first for each in timings]),
        ("to the last repaint", [each.last for each in timings]),
        ("of processor time", [each.busy for each in timings]),
    ):
        ninety_five = statistics.quantiles(values, n=20)[-1]
        print(
            f"{name:<20} {what:<22} median {statistics.median(values):6.1f}  p95 {ninety_five:6.1f}  "
            f"most {max(values):6.1f} ms ({max(zip(values, timings, strict=True), key=lambda row: row[0])[1].key})"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deep", action="store_true", help="only the deep case")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    if not given.deep:
        workspace = find_workspace()
        for case in case_summaries(workspace):
            told(case.id, asyncio.run(played(workspace, case.id, given.rounds)))
    with tempfile.TemporaryDirectory() as folder:
        told(CASE, asyncio.run(played(deep_case(Path(folder, "deep")), CASE, given.rounds)))


if __name__ == "__main__":
    main()
