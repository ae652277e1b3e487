"""Times what a user waits for: cold calls, grounding, assessing, an edit, the first paint of the terminal UI.

Run with ``make benchmark`` or ``python benchmarks/interactive.py [--runs N] [--json]``. Every figure is the minimum
and the median of N runs on this machine, in seconds. Cold calls are whole processes, started one after the other.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CASE = "kadhimi_2021"


@dataclass(frozen=True)
class Figure:
    """One measured wait: its goal and the runs, in seconds."""

    name: str
    goal: float
    runs: tuple[float, ...]

    def row(self) -> dict[str, object]:
        """The figure as JSON."""
        least, median = min(self.runs), statistics.median(self.runs)
        return {"figure": self.name, "goal": self.goal, "min": least, "median": median, "met": median <= self.goal}


def timed(call: Callable[[], object], runs: int) -> tuple[float, ...]:
    """How long each call took, after one that doesn't count."""
    call()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return tuple(taken)


def cold(*arguments: str) -> Callable[[], object]:
    """A whole process of the installed command."""
    command = [str(Path(sys.executable).parent / "ascribe"), *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def grounding(runs: int) -> tuple[float, ...]:
    """Grounding one case, rules and facts read."""
    from reasoner.grounding.fixpoint import ground
    from reasoner.inquiry import open_case

    inquiry = open_case(CASE)
    atoms = [atom for atom, fact in inquiry.base.facts.items() if fact.credence > 0]
    return timed(lambda: ground(inquiry.program, atoms), runs)


def assessing(runs: int) -> tuple[float, ...]:
    """Assessing 16,384 sampled worlds of one grounded case, to the ranking of every role."""
    from reasoner.assessment.assess import assess
    from reasoner.assessment.result import Settings
    from reasoner.inquiry import open_case

    inquiry = open_case(CASE)
    settings = Settings(worlds=16_384, method="sampled")
    return timed(lambda: assess(inquiry.base, inquiry.derivation, settings).posteriors, runs)


def editing(runs: int) -> tuple[float, ...]:
    """From a changed rule file on disk to the new ranking, in a running process."""
    from reasoner.evidence.workspace import find_workspace, init_workspace
    from reasoner.inquiry import open_case

    folder = Path(tempfile.mkdtemp())
    workspace = init_workspace(folder / "mine")
    path = sorted(workspace.rules.glob("*.dl"))[0]
    text = path.read_text()
    turn = iter(range(10_000))

    def edit() -> object:
        path.write_text(f"{text}\n%% [edit] {{A}} is considered.\nedited_{next(turn)}(A) :- considered(A, I), at(I, P).\n")
        return open_case(CASE, find_workspace(workspace.rules.parent)).rankings

    taken = timed(edit, runs)
    shutil.rmtree(folder)
    return taken


def figures(runs: int) -> list[Figure]:
    """Every figure, in the order of docs/performance.md."""
    from tui_first_paint import first_paint

    found = [
        Figure("cold: ascribe rank kadhimi_2021", 0.35, timed(cold("rank", CASE), runs)),
        Figure("cold: ascribe --help", 0.08, timed(cold("--help"), runs)),
        Figure("grounding one case", 0.040, grounding(runs)),
        Figure("assessing 16,384 worlds", 0.010, assessing(runs)),
        Figure("edit of a rule to new ranking", 0.100, editing(runs)),
    ]
    ours, bare = first_paint(runs)
    found.append(Figure("first paint of the TUI", 1.6 * statistics.median(bare), tuple(ours)))
    found.append(Figure("  of a bare Textual app, same run", float("inf"), tuple(bare)))
    return found


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--json", action="store_true", dest="as_json")
    given = options.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    rows = [figure.row() for figure in figures(given.runs)]
    if given.as_json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'figure':<36} {'goal':>8} {'min':>8} {'median':>8}  (ms)")
    for row in rows:
        goal = "" if row["goal"] == float("inf") else f"{1000 * float(str(row['goal'])):.0f}"
        least, median = (f"{1000 * float(str(row[key])):.1f}" for key in ("min", "median"))
        print(f"{row['figure']:<36} {goal:>8} {least:>8} {median:>8}  {'' if row['met'] else 'missed'}")


if __name__ == "__main__":
    main()
