"""Times grounding alone: random small programs, recursion over a long chain, and a cross product hitting its bound.

Run with ``python benchmarks/grounding.py [--programs N]`` from the checkout; figures in milliseconds, on this machine.
Grounding a shipped case is timed by ``benchmarks/interactive.py``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from reasoner.grounding.fixpoint import ground
from reasoner.language.parser import parse_rules
from reasoner.language.program import Program
from reasoner.limits import Limits
from reasoner.problems import InputError
from reasoner.terms import Atom
from tests import programs

CLOSURE = "reach(X, Y) :- edge(X, Y).\nreach(X, Z) :- reach(X, Y), edge(Y, Z)."
PRODUCT = "all(A, B, C, D, E) :- p(A), p(B), p(C), p(D), p(E)."


def program_of(rules: str, facts: Iterable[Atom]) -> Program:
    """A checked program from rule text."""
    return programs.checked_text(rules, parse_rules(rules, programs.FILE), facts)


def milliseconds(program: Program, facts: Iterable[Atom]) -> tuple[float, int]:
    """How long one grounding took, engine set-up included, and how many instances it found."""
    held = tuple(facts)
    begun = time.perf_counter()
    try:
        found = len(ground(program, held).rule)
    except InputError:
        found = Limits.from_environment().instances
    return 1000 * (time.perf_counter() - begun), found


def random_programs(count: int) -> None:
    """Mean, median and slowest of the first random programs, those of the tests."""
    milliseconds(program_of("h(X) :- p(X).", ()), [Atom("p", (1,))])
    drawn = [programs.random_program(Random(seed)) for seed in range(count)]
    checked = [(programs.checked(random), random.facts) for random in drawn]
    runs = [milliseconds(program, facts) for program, facts in checked]
    times = [taken for taken, _ in runs]
    found = statistics.mean(instances for _, instances in runs)
    print(
        f"{count:,} random programs, {found:.1f} instances each: mean {statistics.mean(times):.2f}, "
        f"median {statistics.median(times):.2f}, slowest {max(times):.1f} ms"
    )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--programs", type=int, default=2_000)
    random_programs(options.parse_args().programs)
    chain = [Atom("edge", (number, number + 1)) for number in range(150)]
    taken, found = milliseconds(program_of(CLOSURE, chain), chain)
    print(f"reachability along 150 edges: {taken:.0f} ms, {found:,} instances")
    items = [Atom("p", (number,)) for number in range(20)]
    taken, found = milliseconds(program_of(PRODUCT, items), items)
    print(f"a five-way product of 20, stopped at {found:,} instances: {taken:.0f} ms")


if __name__ == "__main__":
    main()
