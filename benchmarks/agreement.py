"""Whether a feed has the ground instances and the rankings that its incidents have one by one.

    python benchmarks/agreement.py [--incidents N] [--doubtful R] [--worlds N] [--spark] [--json]

A made-up feed is ground and ranked as ``ascribe bulk`` does it, in tables of DuckDB. Then each incident is taken as a
case by itself, row by row with pyDatalog, in the worlds of its row. Instances are compared as rule, binding and
premises, rows of rankings in every column, probabilities and standard errors to twelve digits. What all incidents share
must be among the instances of each. It tells how much was compared, and ends with 1 and the first differences where
there are any. An incident takes about a second of a processor.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from agreement_alone import take
from agreement_bulk import incidents_in, made, through_duckdb
from agreement_comparing import Alone, Bulk, Compared, compare

from reasoner.grounding.choosing import SETTING
from reasoner.limits import processors


def each_alone(folder: Path, bulk: Bulk, incidents: Sequence[str], worlds: int) -> Iterator[tuple[str, Alone]]:
    """Each incident by itself, in the worlds of its row, shared out over the processors."""
    methods = {case: rows[0]["method"] for case, rows in bulk.rows.items()}
    asked = [(folder, case, methods.get(case), worlds) for case in incidents]
    with ProcessPoolExecutor(processors(), get_context("spawn")) as processes:
        found = processes.map(take, *zip(*asked, strict=True), chunksize=5)
        for number, (case, each) in enumerate(zip(incidents, found, strict=True), 1):
            yield case, each
            if number % 100 == 0:
                print(f"{number:,} of {len(incidents):,} incidents compared", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=1_000)
    parser.add_argument("--doubtful", type=float, default=0.0, help="share of the background that is only reported")
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--spark", action="store_true", help="also through Spark")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ[SETTING] = "pydatalog"  # for incidents by themselves, in processes that start from here
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing)
        store = made(folder, options.incidents, options.doubtful)
        bulk = through_duckdb(folder, store, options.worlds)
        incidents, rules = incidents_in(store), store.rules.program.rules
        found = {}
        if options.spark:
            from agreement_spark import each_of, through_spark

            by_spark = through_spark(folder, store, options.worlds)
            found["Spark, against DuckDB"] = compare(by_spark, each_of(bulk, incidents), rules)
        alone = each_alone(folder, bulk, incidents, options.worlds)
        found["DuckDB, against each by itself"] = compare(bulk, alone, rules)
    report(found, options.json)
    sys.exit(1 if any(compared.differences for compared, _ in found.values()) else 0)


def report(found: Mapping[str, tuple[Compared, list[str]]], as_json: bool) -> None:
    """What was compared with what, and what came of it."""
    if as_json:
        print(json.dumps({what: {**asdict(compared), "first": first} for what, (compared, first) in found.items()}))
        return
    for what, (compared, first) in found.items():
        print(what)
        for name, figure in asdict(compared).items():
            print(f"  {name.replace('_', ' '):18}{figure:>12,}")
        print("\n".join(first), file=sys.stderr)


if __name__ == "__main__":
    main()
