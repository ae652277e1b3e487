"""The rules of ``generate.py`` for Nemo: the tables of `bulk_sql` as predicates over whole numbers.

python benchmarks/bulk_nemo.py FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb
import nmo_python
from bulk_sql import LINES, OPPOSING, PAIRS, SUPPORTING

RULES = """
rule_0(?P, ?R) :- within(?P, ?R) .
rule_1(?P, ?Q, ?R) :- within(?P, ?Q), lies_in(?Q, ?R) .
lies_in(?P, ?R) :- rule_0(?P, ?R) .
lies_in(?P, ?R) :- rule_1(?P, ?Q, ?R) .
rule_2(?I, ?P, ?R) :- at(?I, ?P), lies_in(?P, ?R) .
rule_3(?I, ?P) :- at(?I, ?P) .
around(?I, ?R) :- rule_2(?I, ?P, ?R) .
around(?I, ?P) :- rule_3(?I, ?P) .
rule_4(?I, ?R, ?A) :- around(?I, ?R), operates_in(?A, ?R) .
candidate(?I, ?A) :- rule_4(?I, ?R, ?A) .
rule_5(?A, ?W) :- possesses(?A, ?W) .
has(?A, ?W) :- rule_5(?A, ?W) .
owners(?W, #count(?A)) :- possesses(?A, ?W) .
rule_6(?W, 0) :- is_a(?W, $weapon) .
rule_6(?W, ?N + 1) :- rule_6(?W, ?N), owners(?W, ?C), ?N < ?C .
holders(?W, ?N) :- rule_6(?W, ?N) .
rule_7(?I, ?W, ?N) :- used(?I, ?W), holders(?W, ?N), ?N >= 1 .
known_weapon(?I) :- rule_7(?I, ?W, ?N) .
rule_8(?I, ?A, ?W) :- candidate(?I, ?A), used(?I, ?W), has(?A, ?W) .
armed(?I, ?A) :- rule_8(?I, ?A, ?W) .
rule_9(?I, ?A) :- armed(?I, ?A) .
rule_10(?I, ?A) :- candidate(?I, ?A), known_weapon(?I) .
rule_11(?I, ?A, ?T) :- candidate(?I, ?A), hit(?I, ?T), strikes(?A, ?T) .
rule_12(?I, ?A, ?T) :- candidate(?I, ?A), hit(?I, ?T) .
rule_13(?I, ?A, ?T) :- candidate(?I, ?A), left(?I, ?T), works_with(?A, ?T) .
rule_14(?I, ?A, ?T) :- candidate(?I, ?A), left(?I, ?T) .
rule_15(?I, ?A, ?S) :- candidate(?I, ?A), done_by(?I, ?S), known_for(?A, ?S) .
rule_16(?I, ?A, ?S) :- candidate(?I, ?A), done_by(?I, ?S) .
rule_17(?I, ?A, ?L) :- candidate(?I, ?A), written_in(?I, ?L), writes(?A, ?L) .
rule_18(?I, ?A, ?L) :- candidate(?I, ?A), written_in(?I, ?L) .
rule_19(?I, ?A) :- candidate(?I, ?A), claimed(?A, ?I) .
rule_20(?I, ?A) :- candidate(?I, ?A) .
rule_21(?S, ?A, ?I) :- named(?S, ?A, ?I) .
pointed_at(?I, ?A) :- rule_21(?S, ?A, ?I) .
rule_22(?I, ?A) :- candidate(?I, ?A), pointed_at(?I, ?A) .
rule_23(?I, ?A) :- candidate(?I, ?A) .
rule_24(?I, ?A) :- candidate(?I, ?A), seen(?A, ?I) .
rule_25(?I, ?A) :- candidate(?I, ?A) .
"""

MOST_COUNTED = 2_000_000
"""Results are counted one by one, which takes longer than finding them; beyond so many they are not."""


def program(folder: Path, names: dict) -> str:
    """Facts from files, the rules, and what they conclude for and against."""
    parts = []
    for name, columns in PAIRS.items():
        kinds = ", ".join(["int"] * len(columns.split(", ")))
        parts.append(f'@import {name} :- csv {{resource="{folder / "csv" / name}.csv", format=({kinds})}} .')
    parts.append(RULES.replace("$weapon", str(names["codes"]["weapon"])))
    role = names["codes"]["perpetrator"]
    for predicate, rules, prefix in (("supports", SUPPORTING, ""), ("opposes", OPPOSING, "not_")):
        for rule, (factor, way) in zip(rules, LINES, strict=True):
            rest = ", ?X" if f"rule_{rule}(?I, ?A, " in RULES else ""
            weight = names["weights"][prefix + way]
            head = f"{predicate}(?I, {role}, ?A, {names['codes'][factor]}, {weight})"
            parts.append(f"{head} :- rule_{rule}(?I, ?A{rest}) .")
    return "\n".join(parts)


def main(folder: Path) -> None:
    (folder / "csv").mkdir(exist_ok=True)
    for name in PAIRS:
        source, target = folder / "tables" / f"{name}.parquet", folder / "csv" / f"{name}.csv"
        duckdb.execute(f"COPY (FROM '{source}') TO '{target}' (HEADER false)")
    engine = nmo_python.NemoEngine(
        nmo_python.load_string(program(folder, json.loads((folder / "names.json").read_text())))
    )
    begun, spent = time.perf_counter(), time.process_time()
    engine.reason()
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    incidents = duckdb.execute(f"SELECT count(*) FROM '{folder / 'tables' / 'at.parquet'}'").fetchone()[0]
    counted = incidents * 90 <= MOST_COUNTED
    counts = [sum(1 for _ in engine.result(f"rule_{rule}")) for rule in range(26)] if counted else None
    print(json.dumps({"seconds": seconds, "processor": processor, "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
