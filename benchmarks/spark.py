"""What ranking a made-up feed by Spark takes, beside DuckDB on the same machine, and how much of it is shuffled.

python benchmarks/spark.py [--incidents N] [--json]

Spark runs two tasks at a time on this machine. What stages write for others to read comes from its own event log, in
bytes as they are written, compressed. Rankings are compared row by row; where they differ, the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import generate
import generated_files

sys.path.insert(0, str(Path(__file__).parent.parent))

from reasoner.bulk.running import Asked, Done, run
from reasoner.evidence.workspace import find_workspace
from reasoner.rule_base import load_rules

SETTINGS = """
spark.master                  local[2]
spark.ui.enabled              false
spark.ui.showConsoleProgress  false
spark.sql.shuffle.partitions  2
spark.eventLog.enabled        true
spark.eventLog.compress       false
spark.eventLog.dir            {log}
"""


def ranked(folder: Path, engine: str, worlds: int) -> tuple[Done, float]:
    """Rank the feed of a folder, once it is loaded; seconds without loading."""
    workspace = find_workspace(rules=folder / "rules", facts=folder / "facts")
    files, mapping, rules = [folder / "feed.parquet"], folder / "made.feed.yaml", load_rules(workspace)
    stages: dict[str, float] = {}
    asked = Asked(worlds, 0, None, "parquet")
    done = run(
        files, mapping, workspace, rules, folder / engine, asked, None,
        lambda stage, *_: stages.setdefault(stage, time.perf_counter()) and None, engine,
    )  # fmt: skip
    return done, time.perf_counter() - stages.get("done", 0.0)


def shuffled(log: Path) -> dict[str, float]:
    """Bytes and rows written for other stages, and bytes spilled, from an event log."""
    found = {"bytes": 0, "records": 0, "spilled": 0, "tasks": 0}
    for path in log.rglob("*"):
        if path.is_file() and not path.name.endswith(".crc"):
            for line in path.open(encoding="utf-8"):
                if '"SparkListenerTaskEnd"' in line[:60]:
                    metrics = json.loads(line).get("Task Metrics", {})
                    written = metrics.get("Shuffle Write Metrics", {})
                    found["bytes"] += written.get("Shuffle Bytes Written", 0)
                    found["records"] += written.get("Shuffle Records Written", 0)
                    found["spilled"] += metrics.get("Disk Bytes Spilled", 0)
                    found["tasks"] += 1
    return found


def differing(one: Path, other: Path) -> int:
    """How many rows only one of two rankings has."""
    with duckdb.connect() as connection:
        left, right = connection.read_parquet(str(one)), connection.read_parquet(str(other))
        return len(left.except_(right)) + len(right.except_(left))


def measure(folder: Path, incidents: int, worlds: int) -> dict[str, Any]:
    """The figures of both engines."""
    world = generate.world()
    generated_files.write_workspace(folder, world)
    generated_files.write_feed(folder, world, incidents)
    alone, alone_seconds = ranked(folder, "duckdb", worlds)
    settings, log = folder / "settings", folder / "log"
    for each in (settings, log):
        each.mkdir()
    (settings / "spark-defaults.conf").write_text(SETTINGS.format(log=log.as_uri()), encoding="utf-8")
    os.environ["SPARK_CONF_DIR"] = str(settings)
    spark, spark_seconds = ranked(folder, "spark", worlds)
    from pyspark.sql import SparkSession

    SparkSession.active().stop()
    found = shuffled(log)
    return {
        "incidents": incidents,
        "duckdb_seconds": alone_seconds,
        "spark_seconds": spark_seconds,
        "differing_rows": differing(alone.path, spark.path),
        "shuffle_bytes_per_incident": found["bytes"] / incidents,
        "shuffle_rows_per_incident": found["records"] / incidents,
        "spilled_bytes": found["spilled"],
        "tasks": found["tasks"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.incidents, options.worlds)
    if options.as_json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(
                f"{name.replace('_', ' '):28} {value:,.1f}"
                if isinstance(value, float)
                else f"{name.replace('_', ' '):28} {value:,}"
            )
    sys.exit(1 if figures["differing_rows"] else 0)


if __name__ == "__main__":
    main()
