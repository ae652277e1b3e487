"""Times what an analyst waits for when doubting a case: a what-if, each single loss, and the search for sets.

Run with ``python benchmarks/sensitivity.py [CASE] [--as-of DATE] [--runs N]``. Figures are the minimum and the median
of N runs, in milliseconds, after one that doesn't count, over 16,384 sampled worlds. A what-if goes from the change to
the probabilities and the verdict of every role; losses are those of the perpetrator.
"""

from __future__ import annotations

import argparse
import statistics

from interactive import timed

from reasoner.assessment.linchpins import losses
from reasoner.assessment.result import Settings
from reasoner.inquiry import Changes, Inquiry, open_case

CASE = "kadhimi_2021"
ROLE = "perpetrator"
SETTINGS = Settings(worlds=16_384, method="sampled")


def opened(case: str = CASE, as_of: str | None = None) -> Inquiry:
    """The case, sampled, with its verdict known; as it was known by a date, it has fewer instances."""
    inquiry = open_case(case, as_of=as_of, settings=SETTINGS)
    _ = inquiry.assessment.judgements
    return inquiry


def changes(inquiry: Inquiry) -> dict[str, Changes]:
    """One change of each kind, to the first reported fact that matters and the first rule that states a strength."""
    fact = str(next(fact.atom for fact in inquiry.assessment.mattering if fact.drawn))
    rule = next(rule.name for rule in inquiry.program.rules if rule.head.predicate == "supports")
    return {
        "a fact graded otherwise": Changes(rate=((fact, "E5"),)),
        "a fact retracted": Changes(retract=(fact,)),
        "a known fact assumed": Changes(assume=(fact,)),
        "a rule off": Changes(rule_off=(rule,)),
        "another strength": Changes(strength=((rule, "20"),)),
    }


def what_if(inquiry: Inquiry, change: Changes, runs: int) -> tuple[float, ...]:
    """From a change to the new probabilities and verdicts, in seconds."""
    return timed(lambda: inquiry.what_if(change).after.judgements, runs)


def singles(inquiry: Inquiry, runs: int) -> tuple[float, ...]:
    """Every part lost alone, in seconds."""
    there = inquiry.assessment
    return timed(lambda: losses(there.whole(ROLE), there.parts(ROLE), {}), runs)


def linchpins(inquiry: Inquiry, runs: int) -> tuple[float, ...]:
    """Every part lost alone, and the search for pairs and triples, in seconds."""
    return timed(lambda: inquiry.linchpins(ROLE), runs)


def main() -> None:
    """Print the figures of one case."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("case", nargs="?", default=CASE)
    options.add_argument("--as-of", help="a date: only what was known by then")
    options.add_argument("--runs", type=int, default=20)
    given = options.parse_args()
    inquiry = opened(given.case, given.as_of)
    taken = {f"what if: {name}": what_if(inquiry, change, given.runs) for name, change in changes(inquiry).items()}
    taken |= {"every single loss": singles(inquiry, given.runs), "and pairs and triples": linchpins(inquiry, 2)}
    print(f"{given.case}: {len(inquiry.derivation.head)} instances, {SETTINGS.worlds:,} worlds")
    for name, runs in taken.items():
        print(f"{name:<36} {1000 * min(runs):>8.1f} {1000 * statistics.median(runs):>8.1f}")


if __name__ == "__main__":
    main()
