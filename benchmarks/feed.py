"""Times the loading of an invented feed, of a million incidents unless told otherwise, twelve facts each.

Run with ``python benchmarks/feed.py`` from the checkout; ``--incidents`` says how many. The feed is Parquet, one event
a row, read beside the shipped rules and background. The goal is 180 s for a million on 2 cores, in 6 GB.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import duckdb

from reasoner.evidence.workspace import find_workspace
from reasoner.feed.loading import load_feed
from reasoner.rule_base import load_rules

ROWS = """
COPY (
  SELECT 'EV' || i AS event, DATE '2015-01-01' + CAST(random() * 3000 AS INTEGER) AS day,
    ['rockets_107mm', 'armed drones', 'A new weapon', 'rockets'][1 + CAST(floor(random() * 4) AS INTEGER)] AS weapon,
    'Group ' || CAST(random() * 5000 AS INTEGER) AS actor,
    ['Kataib Hezbollah', 'Iran', 'Islamic State'][1 + CAST(floor(random() * 3) AS INTEGER)] AS other,
    ['Erbil', 'Baghdad', 'Iraq'][1 + CAST(floor(random() * 3) AS INTEGER)] AS place,
    'Town ' || CAST(random() * 20000 AS INTEGER) AS town, 'Paper ' || CAST(random() * 500 AS INTEGER) AS source,
    DATE '2023-01-01' AS reported, 1 + CAST(floor(random() * 4) AS INTEGER) AS grade,
    ['Armed clash', 'rocket_attack', 'Shelling'][1 + CAST(floor(random() * 3) AS INTEGER)] AS kind,
    'It was said of number ' || i || ' that something had happened there.' AS notes
  FROM range($incidents) t(i)) TO $file (FORMAT parquet)
"""

MAPPING = """\
feed: an invented feed
case: event
title: notes
entities: {actor: militia, town: city, weapon: weapon}
report: {source: "{source}", reliability: B, credibility: "{grade}", date: "{reported}", says: "{notes}"}
facts:
  - fact: occurred({event}, {day})
  - fact: kind({event}, {kind})
  - fact: used({event}, {weapon})
  - fact: at({event}, {place})
  - fact: at({event}, {town})
  - fact: launched_from({event}, {town})
  - {fact: "launched_from({event}, {place})", credibility: 2}
  - {fact: "considered({actor}, {event})", given: true, source: desk}
  - fact: claimed({actor}, {event}, statement)
  - {fact: "possesses({actor}, {weapon})", credibility: 3}
  - fact: possesses({other}, {weapon})
  - fact: operates_in({actor}, {town})
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    incidents = parser.parse_args().incidents
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, mapping, store = folder / "rows.parquet", folder / "invented.feed.yaml", folder / "store.duckdb"
        mapping.write_text(MAPPING, encoding="utf-8")
        with duckdb.connect() as connection:
            connection.execute("SELECT setseed(0.5)")
            connection.execute(ROWS, {"incidents": incidents, "file": str(rows)})
        workspace = find_workspace()
        rules = load_rules(workspace)
        start = time.perf_counter()

        def told(stage: str, done: int, total: int) -> None:
            if not done:
                print(f"{time.perf_counter() - start:7.1f} s  {stage}", flush=True)

        loaded = load_feed([rows], mapping, workspace, rules, store, told)
        took = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{took:7.1f} s  done: {incidents:,} incidents, {rows.stat().st_size / 1e6:.0f} MB of Parquet")
        print(f"{memory:.1f} GB of memory at its peak, {store.stat().st_size / 1e6:.0f} MB of tables")
        print(f"rejected: {loaded.rejected_by_reason() or 'nothing'}")


if __name__ == "__main__":
    main()
