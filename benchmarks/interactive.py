"""Times what a user waits for: cold calls, grounding, assessing, an edit, doubts, the first paint of the terminal UI.

Run with ``make benchmark`` or ``python benchmarks/interactive.py [--runs N] [--json]``. Every figure is the minimum
and the median of N runs on this machine, in seconds, after one that doesn't count. Cold calls are whole processes,
started one after the other; what they keep from one to the next goes into a cache folder of the benchmark's own.
ProbLog stands beside as a peer: it solves exactly one query on the same case, how probable every line for anybody is
(rules with aggregates left out, which it can't say), from its program's text on, in up to 20 s.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
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
LIBRARIES = "import numpy, pydantic, yaml, pyDatalog"


@dataclass(frozen=True)
class Figure:
    """One measured wait: its goal, where it has one, and the runs, in seconds."""

    name: str
    goal: float | None
    runs: tuple[float, ...]

    def row(self) -> dict[str, object]:
        """The figure as JSON."""
        least, median = min(self.runs), statistics.median(self.runs)
        met = None if self.goal is None else median <= self.goal
        return {"figure": self.name, "goal": self.goal, "min": least, "median": median, "met": met}

    def line(self) -> str:
        """The figure as a line of the printed table, in milliseconds."""
        least, median = 1000 * min(self.runs), 1000 * statistics.median(self.runs)
        goal = "" if self.goal is None else f"{1000 * self.goal:.0f}"
        verdict = "" if self.goal is None else "met" if median <= 1000 * self.goal else "missed"
        return f"{self.name:<57} {goal:>5} {least:>8.1f} {median:>8.1f}  {verdict}".rstrip()


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
    return process(str(Path(sys.executable).parent / "ascribe"), *arguments)


def process(*command: str) -> Callable[[], object]:
    """A whole process."""
    return lambda: subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def cold_and_new() -> object:
    """A whole process that finds nothing kept: the first call of all, or after a change of rules and facts."""
    shutil.rmtree(Path(os.environ["XDG_CACHE_HOME"], "ascribe"), ignore_errors=True)
    return cold("rank", CASE)()


def grounding(runs: int) -> tuple[float, ...]:
    """Grounding one case, rules and facts read."""
    from reasoner.grounding.fixpoint import ground
    from reasoner.inquiry import open_case

    inquiry = open_case(CASE)
    atoms = [atom for atom, fact in inquiry.base.facts.items() if fact.credence > 0]
    return timed(lambda: ground(inquiry.program, atoms), runs)


def assessing(runs: int) -> tuple[float, ...]:
    """Assessing 16,384 sampled worlds of one grounded case: from drawing them to every hypothesis's probability."""
    from reasoner.assessment.assess import assess
    from reasoner.assessment.draws import sampled_rows
    from reasoner.assessment.result import Settings
    from reasoner.inquiry import open_case

    inquiry = open_case(CASE)
    settings = Settings(worlds=16_384, method="sampled")

    def once() -> object:
        sampled_rows.cache_clear()
        return assess(inquiry.base, inquiry.derivation, settings).posteriors

    return timed(once, runs)


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
        path.write_text(
            f"{text}\n%% [edit] {{A}} is considered.\nedited_{next(turn)}(A) :- considered(A, I), at(I, P).\n"
        )
        return open_case(CASE, find_workspace(workspace.rules.parent)).rankings

    taken = timed(edit, runs)
    shutil.rmtree(folder)
    return taken


def why_not_everybody(runs: int) -> tuple[float, ...]:
    """Why not, asked of each actor of a case but the leader, the case weighed."""
    from reasoner.inquiry import open_case
    from reasoner.language.vocabulary import NOBODY, OTHER

    inquiry = open_case(CASE)
    leader = inquiry.ranking().ahead
    rows = [row.actor for row in inquiry.ranking().hypotheses]
    actors = [actor for actor in rows if actor not in (leader, OTHER, NOBODY)]
    return timed(lambda: [inquiry.why_not(actor) for actor in actors], runs)


def doubts(runs: int) -> list[Figure]:
    """What-ifs and losses, in one sampled case."""
    import sensitivity

    inquiry = sensitivity.opened(CASE)
    changes = sensitivity.changes(inquiry)
    found = [Figure(f"what if: {name}", 0.005, sensitivity.what_if(inquiry, changes[name], runs)) for name in changes]
    found.append(Figure("every part lost alone", 0.3, sensitivity.singles(inquiry, runs)))
    found.append(Figure("  and pairs and triples", 2.0, sensitivity.linchpins(inquiry, min(runs, 5))))
    return found


PROBLOG_LIMIT = 20.0


def problog(runs: int) -> tuple[float, ...]:
    """ProbLog's exact answer to one query on the same case; the limit, where it had none by then."""
    from reasoner.inquiry import open_case
    from reasoner.terms import Aggregate
    from tests.problog_oracle import model, within

    inquiry = open_case(CASE)
    sayable = [rule for rule in inquiry.program.rules if not any(isinstance(e, Aggregate) for e in rule.body)]
    text = model(sayable, inquiry.base, ("supports", "opposes"))
    solved = [within(text, PROBLOG_LIMIT) for _ in range(runs)]
    return tuple(PROBLOG_LIMIT if each is None else each.seconds for each in solved)


def figures(runs: int) -> list[Figure]:
    """Every figure, in the order of docs/performance.md."""
    from first_paint import first_paints

    found = [
        Figure("ascribe rank kadhimi_2021", 0.35, timed(cold("rank", CASE), runs)),
        Figure("  the first time, nothing kept", None, timed(cold_and_new, runs)),
        Figure(f"  python -c '{LIBRARIES}'", None, timed(process(sys.executable, "-c", LIBRARIES), runs)),
        Figure("ascribe --help", 0.08, timed(cold("--help"), runs)),
        Figure("  python -c pass", None, timed(process(sys.executable, "-c", "pass"), runs)),
        Figure("grounding one case", 0.040, grounding(runs)),
        Figure("assessing 16,384 worlds", 0.010, assessing(runs)),
        Figure("edit of a rule to new ranking", 0.100, editing(runs)),
        *doubts(runs),
        Figure("why not, for every actor", 0.100, why_not_everybody(runs)),
        Figure("  ProbLog: one query on the case", None, problog(min(runs, 5))),
    ]
    ours, bare = first_paints(runs)
    found.append(Figure("first paint of the terminal UI", 1.6 * statistics.median(bare), tuple(ours)))
    found.append(Figure("  of a bare Textual app", None, tuple(bare)))
    return found


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--json", action="store_true", dest="as_json")
    given = options.parse_args()
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        found = figures(given.runs)
    if given.as_json:
        print(json.dumps([figure.row() for figure in found], indent=2))
        return
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {given.runs} runs")
    print(f"{'figure':<57} {'goal':>5} {'min':>8} {'median':>8}  (ms)")
    for figure in found:
        print(figure.line())


if __name__ == "__main__":
    main()
