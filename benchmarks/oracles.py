"""Holds answers against independent oracles on as many random programs as asked for, beyond those of the tests.

Run with ``python benchmarks/oracles.py ORACLE [--programs N] [--seed S]`` from the checkout. Oracles:

- ``probabilities``: every atom against ProbLog, or clingo in every world where ProbLog has no answer, as for the
  aggregates of every fourth program.
- ``repairs``: the smallest changes of facts after which something follows, against clingo's search through all worlds.

Exits 1, naming the programs, where an answer is wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

EXACT = 1e-9
SIGMAS = 6
"""Of a sampled probability; five in the tests, six for many programs."""

STEPS = 2_000
"""Steps of one search for repairs."""


def probabilities(programs: int, seed: str) -> list[str]:
    """Random uncertain programs against ProbLog; what is wrong, a line each."""
    from tests.probabilities import SQUARES, compared
    from tests.uncertain import random_uncertain

    warnings.simplefilter("ignore")
    oracles: Counter[str] = Counter()
    atoms, gap, sigmas, wrong, squares = 0, 0.0, 0.0, [], []
    for number in range(programs):
        found = compared(random_uncertain(Random(f"{seed} {number}"), aggregates=number % 4 == 3))
        oracles[found.oracle] += 1
        atoms += found.atoms
        gap, sigmas = max(gap, found.gap), max(sigmas, found.sigmas)
        squares += [] if found.square is None else [found.square]
        if found.gap > EXACT or found.sigmas > SIGMAS:
            wrong.append(f"program {seed} {number}: off by {found.gap:.2g}, sampled by {found.sigmas:.1f} errors")
    mean, variance = SQUARES
    print(f"{programs:,} programs, {atoms:,} atoms; answered by {dict(oracles)}")
    print(f"largest difference: {gap:.1e} enumerated, {sigmas:.2f} stated errors sampled")
    if squares:
        found_mean = sum(squares) / len(squares)
        print(
            f"chi-squared over {len(squares):,} atoms: {found_mean:.3f} each, "
            f"{mean:.3f} ± {(variance / len(squares)) ** 0.5:.3f} expected"
        )
    return wrong


def repairs(programs: int, seed: str) -> list[str]:
    """Random programs, every second one with aggregates, and the repairs of one atom each; what is wrong."""
    from reasoner.abduction.repairs import repairs
    from tests.abduction.abducibles import question, wrong_with

    sizes: Counter[str] = Counter()
    wrong = []
    for number in range(programs):
        asked = question(f"{seed} {number}", aggregates=number % 2 == 1)
        if asked is None:
            continue
        found = repairs(asked.prospects, asked.goal, limit=3, steps=STEPS)
        size = f"of size {found.found[0].size}" if found.found else "none"
        sizes[size if found.complete else f"{size}, cut"] += 1
        mistake = wrong_with(asked, found)
        if mistake:
            wrong.append(f"program {seed} {number}: {mistake}")
    print(f"{sizes.total():,} questions; repairs {dict(sorted(sizes.items()))}")
    return wrong


ORACLES: Mapping[str, Callable[[int, str], list[str]]] = {
    "probabilities": probabilities,
    "repairs": repairs,
}
"""Oracle → from how many programs and a seed to what is wrong."""


def main() -> None:
    """Ask one oracle; say how long it took."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("oracle", choices=sorted(ORACLES))
    options.add_argument("--programs", type=int, default=1_000)
    options.add_argument("--seed", default="0")
    given = options.parse_args()
    begun = time.perf_counter()
    wrong = ORACLES[given.oracle](given.programs, given.seed)
    print(f"{time.perf_counter() - begun:.0f} s; {len(wrong)} wrong")
    print("\n".join(wrong), end="\n" if wrong else "")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
