"""The rules of a made-up feed in gringo, clingo's grounder, as they stand, over facts as text.

    python benchmarks/bulk_clingo.py FOLDER

Each fact may fail to hold, so that gringo keeps every instance that some world has.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from bulk_sql import LINES, OPPOSING, SUPPORTING

MOST_COUNTED = 2_000_000
"""Bytes of facts up to which the instances are counted in a second run, which prints them."""

ALONE = {4: "candidate", 5: "has", 6: "holders", 7: "known_weapon", 8: "armed", 21: "pointed_at"}
"""The rules that alone conclude something of a predicate."""


def ground(folder: Path, *how: str, to: int) -> subprocess.CompletedProcess:
    files = [str(folder / "facts.lp"), *map(str, sorted((folder / "rules").glob("*.dl")))]
    command = [sys.executable, "-m", "clingo", "--mode=gringo", *how, *files]
    return subprocess.run(command, stdout=to, stderr=subprocess.DEVNULL, text=True, check=True)


def counted(text: str) -> list[int | None]:
    """How many instances each rule has; None where two rules conclude the same, and text does not tell them apart."""
    found: Counter[str] = Counter()
    for line in text.splitlines():
        said = re.match(r"(supports|opposes)\([^,]*,[^,]*,[^,]*,(\w+),|(\w+)", line)
        if said:
            found[said[3] or f"{said[1]} {said[2]}"] += 1
    counts: list[int | None] = [None] * 26
    for rule, predicate in ALONE.items():
        counts[rule] = found[predicate]
    for predicate, rules in (("supports", SUPPORTING), ("opposes", OPPOSING)):
        for rule, (factor, _) in zip(rules, LINES, strict=True):
            counts[rule] = found[f"{predicate} {factor}"]
    return counts


def main(folder: Path) -> None:
    begun = time.perf_counter()
    ground(folder, to=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    counts = None
    if (folder / "facts.lp").stat().st_size <= MOST_COUNTED:
        counts = counted(ground(folder, "--text", to=subprocess.PIPE).stdout)
    print(json.dumps({"seconds": seconds, "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
