"""Grounds and ranks a made-up feed, and grounds it by other means, side by side: the same facts, rules and instances.

    python benchmarks/bulk.py [--incidents N] [--worlds N] [--json] [--folder FOLDER]

Beside ours: SQL and Polars joins written by hand for these very rules, gringo and Nemo over the rules themselves. A
peer that is not installed is left out. Grounding takes turns, three times over, and medians count; each run is a
process of its own, and its facts are in memory before the clock starts, but for gringo's, which are text. Every peer's
instances are counted rule by rule, and must be ours.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bulk_child
import bulk_facts

TURNS = 3
RATIO, GIGABYTES, SECONDS = 1.25, 8.0, {256: 60.0, 1024: 180.0}
"""The goals, at a million incidents on two cores."""

CHAINS, AT_ONCE = 20, 1.0
"""How many chains are asked for, and the seconds that one may take."""

JOINS = {"SQL by hand": ("duckdb", "bulk_sql.py"), "Polars by hand": ("polars", "bulk_polars.py")}
ENGINES = {"gringo": ("clingo", "bulk_clingo.py"), "Nemo": ("nmo_python", "bulk_nemo.py")}
PACKAGES = {"duckdb": "duckdb", "polars": "polars", "clingo": "clingo", "nmo_python": "nemo-python"}
PATIENCE, ROOM = 600.0, 20.0
"""Seconds and gigabytes that an engine may take."""

ABR = (
    "ABR is left out: it argues for each conclusion with one derivation, the longest, and so neither finds nor counts "
    "the instances that the others are timed over."
)


@dataclass(frozen=True)
class Line:
    """One line of the report; figures that were not measured are None."""

    what: str
    seconds: float | None
    gigabytes: float | None = None
    note: str = ""


class Disagreement(Exception):
    """A peer has other instances than ours."""


class Measured:
    """What one size comes to."""

    def __init__(self, folder: Path, incidents: int, worlds: int) -> None:
        self.folder, self.incidents, self.worlds = folder, incidents, worlds
        self.lines: list[Line] = []
        self.figures: dict[str, Any] = {"incidents": incidents, "worlds": worlds}
        self._counts: list[int] = []

    def load(self) -> None:
        """Make the feed, load it, and write the facts for the peers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        bulk_facts.make(self.folder, self.incidents)
        self._ours("load", "load")
        if not (self.folder / "facts.lp").exists():
            bulk_facts.write_facts(self.folder)

    def rank(self) -> None:
        """Rank and write, with every processor."""
        self._ours("rank", "rank and write", str(self.worlds))
        self.figures["rank_seconds"] = self.figures["rank"]

    def why(self) -> None:
        """The whole chain of some rows out of all, each asked for by a process of its own."""
        output, ascribe = self.folder / "out", Path(sys.executable).with_name("ascribe")
        places = ["--bulk", output, "--rules", self.folder / "rules", "--facts", self.folder / "facts"]
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        times = []
        for place in range(CHAINS + 1):
            case, begun = f"case_{place * (self.incidents - 1) // CHAINS}", time.perf_counter()
            subprocess.run([ascribe, "why", case, *places], check=True, capture_output=True, env=kept)
            times.append(time.perf_counter() - begun)
        self.figures["why_seconds"] = statistics.median(times[1:])  # before the first, nothing is kept
        note = f"{CHAINS} incidents, {min(times[1:]):.2f} to {max(times[1:]):.2f}; the first ever {times[0]:.2f}"
        self.lines.append(Line("ours: chain of one", self.figures["why_seconds"], None, note))

    def _ours(self, job: str, what: str, *more: str) -> None:
        ran = bulk_child.run("bulk_ours.py", job, str(self.folder), *more)
        if ran.said is None:
            raise SystemExit(f"{what}: {ran.failure}")
        self.figures[job] = ran.said["seconds"]
        self.figures["peak_gb"] = max(ran.peak, self.figures.get("peak_gb", 0))
        self.lines.append(Line(f"ours: {what}", ran.said["seconds"], ran.peak))

    def ground(self) -> None:
        """Ours and the joins written by hand, in turns."""
        wanted = {"ours": ("bulk_ours.py", "ground")}
        wanted |= {name: (script,) for name, (module, script) in JOINS.items() if self._here(name, module)}
        times: dict[str, list[float]] = {name: [] for name in wanted}
        spent: dict[str, list[float]] = {name: [] for name in wanted}
        peaks: dict[str, float] = {}
        for _ in range(TURNS):
            for name, (script, *job) in wanted.items():
                ran = bulk_child.run(script, *job, str(self.folder), seconds=1_800)
                if ran.said is None:
                    self.lines.append(Line(f"{name}: ground", None, ran.peak, ran.failure))
                    continue
                self.agree(name, ran.said["counts"])
                times[name].append(ran.said["seconds"])
                spent[name].append(ran.said["processor"])
                peaks[name] = max(ran.peak, peaks.get(name, 0))
                if name == "ours":
                    self.figures |= {"read": ran.said["read"], "batch": ran.said["batch"]}
        for name, found in times.items():
            if found:
                busy = statistics.median(spent[name])
                note = f"{busy:.2f} s of processors"
                note += f"; {len(found)} runs, {min(found):.2f} to {max(found):.2f}" if len(found) > 1 else ""
                self.lines.append(Line(f"{name}: ground", statistics.median(found), peaks[name], note))
                self.figures |= {f"ground {name}": statistics.median(found), f"processor {name}": busy}
        self.figures |= {"instances": sum(self._counts), "counts": self._counts}
        if "ground SQL by hand" in self.figures:
            self.figures["ground_ratio"] = self.figures["ground ours"] / self.figures["ground SQL by hand"]
            self.figures["processor_ratio"] = self.figures["processor ours"] / self.figures["processor SQL by hand"]

    def engines(self) -> None:
        """The engines that take rules, as far as they get."""
        for name, (module, script) in ENGINES.items():
            if not self._here(name, module):
                continue
            best: Line | None = None
            for size in sorted({each for each in (100, 1_000, 10_000, 100_000, 1_000_000) if each <= self.incidents}):
                other = Measured(self.folder.parent / str(size), size, self.worlds)
                other.load()
                ran = bulk_child.run(script, str(other.folder), seconds=PATIENCE, gigabytes=ROOM)
                if ran.said is None:
                    note = f"{best.note if best else 'none'}; {size:,}: {ran.failure}"
                    best = Line(best.what if best else name, best.seconds if best else None, ran.peak, note)
                    break
                if ran.said["counts"] is not None:
                    ours = bulk_child.run("bulk_ours.py", "ground", str(other.folder)).said
                    other.agree("ours", ours["counts"] if ours else [])
                    other.agree(name, ran.said["counts"])
                best = Line(f"{name}: ground", ran.said["seconds"], ran.peak, f"of {size:,} incidents")
                self.figures[f"ground {name}"] = {"incidents": size, "seconds": ran.said["seconds"]}
            if best:
                self.lines.append(best)

    def _here(self, name: str, module: str) -> bool:
        if find_spec(module):
            return True
        line = Line(f"{name}: ground", None, None, f"left out: pip install {PACKAGES[module]}")
        if line not in self.lines:
            self.lines.append(line)
        return False

    def agree(self, name: str, counts: Sequence[int | None]) -> None:
        """Hold a peer to our counts; a rule whose instances it cannot tell has none."""
        self._counts = self._counts or [each or 0 for each in counts]
        for rule, (ours, theirs) in enumerate(zip(self._counts, counts, strict=True)):
            if theirs is not None and ours != theirs:
                raise Disagreement(f"rule {rule} has {ours:,} instances, but {theirs:,} by {name}")


def goals(figures: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    """What was to be reached: in words, how much was found, and how much is allowed."""
    if "ground_ratio" in figures:
        yield "grounding, times that of SQL by hand", figures["ground_ratio"], RATIO
    if figures["worlds"] in SECONDS:
        yield f"seconds to rank and write at {figures['worlds']:,} worlds", figures["rank"], SECONDS[figures["worlds"]]
    yield "seconds for the chain of one incident, median", figures["why_seconds"], AT_ONCE
    yield "gigabytes at the peak", figures["peak_gb"], GIGABYTES


def show(measured: Measured) -> None:
    """The report as a table."""
    figures = measured.figures
    print(f"{measured.incidents:,} incidents, {figures['instances']:,} instances of {len(figures['counts'])} rules\n")
    width = max(len(line.what) for line in measured.lines)
    print(f"{'':{width}}  {'seconds':>9}  {'GB':>6}")
    for line in measured.lines:
        seconds = f"{line.seconds:9.2f}" if line.seconds is not None else f"{'–':>9}"
        memory = f"{line.gigabytes:6.2f}" if line.gigabytes is not None else f"{'':6}"
        print(f"{line.what:{width}}  {seconds}  {memory}  {line.note}".rstrip())
    print(f"\n{ABR}\n")
    for words, found, allowed in goals(figures):
        print(f"{words}: {found:.2f}, at most {allowed:g}: {'met' if found <= allowed else 'missed'}")
    if measured.incidents < 1_000_000:
        print("The goals are for 1,000,000 incidents on two cores that do nothing else.")


def measure(folder: Path, options: argparse.Namespace) -> Measured:
    measured = Measured(folder / str(options.incidents), options.incidents, options.worlds)
    measured.load()
    measured.rank()
    measured.why()
    measured.ground()
    if not options.without_engines:
        measured.engines()
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--without-engines", action="store_true", help="leave out gringo and Nemo, which take minutes")
    parser.add_argument("--folder", type=Path, help="where to keep the feeds, for the next time")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        measured = measure(options.folder or Path(passing), options)
    if options.json:
        print(json.dumps(measured.figures))
    else:
        show(measured)


if __name__ == "__main__":
    main()
