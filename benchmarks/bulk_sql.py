"""The rules of ``generate.py`` as a good engineer would write them in SQL, by hand, for these very rules.

    python benchmarks/bulk_sql.py FOLDER

One table of bindings a rule, its heads without duplicates, over whole numbers of 32 bits, all incidents at once.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

PAIRS = {
    "at": "i, p",
    "used": "i, w",
    "hit": "i, t",
    "left": "i, t",
    "done_by": "i, s",
    "written_in": "i, l",
    "claimed": "a, i",
    "named": "s, a, i",
    "seen": "a, i",
    "within": "p, q",
    "operates_in": "a, r",
    "is_a": "w, kind",
    "possesses": "a, w",
    "strikes": "a, t",
    "works_with": "a, t",
    "known_for": "a, s",
    "writes": "a, l",
}
"""What each table of facts holds."""

RULES = """
lies_in: WITH RECURSIVE l(p, r) AS (FROM "within" UNION SELECT p, r FROM "within" w JOIN l l(q, r) USING (q)) FROM l
0: SELECT p, q AS r FROM "within"
1: SELECT p, q, r FROM "within" JOIN lies_in l(q, r) USING (q)
2: SELECT i, p, r FROM "at" JOIN lies_in USING (p)
3: FROM "at"
around: SELECT i, r FROM rule_2 UNION SELECT i, p FROM rule_3
4: SELECT i, r, a FROM around JOIN operates_in USING (r)
candidate: SELECT DISTINCT i, a FROM rule_4
5: FROM possesses
has: SELECT a, w FROM rule_5
weapon: SELECT w FROM is_a WHERE kind = $weapon
6: SELECT w, unnest(range(count(a) + 1))::INTEGER AS n FROM weapon LEFT JOIN possesses USING (w) GROUP BY w
holders: SELECT w, n FROM rule_6
7: SELECT i, w, n FROM used JOIN holders USING (w) WHERE n >= 1
known_weapon: SELECT DISTINCT i FROM rule_7
8: SELECT i, a, w FROM candidate JOIN used USING (i) JOIN has USING (a, w)
armed: SELECT DISTINCT i, a FROM rule_8
9: FROM armed
10: SELECT i, a FROM candidate JOIN known_weapon USING (i)
11: SELECT i, a, t FROM candidate JOIN hit USING (i) JOIN strikes USING (a, t)
12: SELECT i, a, t FROM candidate JOIN hit USING (i)
13: SELECT i, a, t FROM candidate JOIN "left" USING (i) JOIN works_with USING (a, t)
14: SELECT i, a, t FROM candidate JOIN "left" USING (i)
15: SELECT i, a, s FROM candidate JOIN done_by USING (i) JOIN known_for USING (a, s)
16: SELECT i, a, s FROM candidate JOIN done_by USING (i)
17: SELECT i, a, l FROM candidate JOIN written_in USING (i) JOIN writes USING (a, l)
18: SELECT i, a, l FROM candidate JOIN written_in USING (i)
19: SELECT i, a FROM candidate JOIN claimed USING (i, a)
20: FROM candidate
21: FROM named
pointed_at: SELECT DISTINCT i, a FROM rule_21
22: SELECT i, a FROM candidate JOIN pointed_at USING (i, a)
23: FROM candidate
24: SELECT i, a FROM candidate JOIN seen USING (i, a)
25: FROM candidate
"""
"""Number of a rule: its bindings; or predicate: its atoms, where some rule asks for them (not supports and opposes)."""

LINES = (
    ("means", "weapon"),
    ("motive", "target"),
    ("traces", "tool"),
    ("manner", "style"),
    ("words", "language"),
    ("own_words", "claimed"),
    ("judgement", "named"),
    ("presence", "sighted"),
)
SUPPORTING = (9, 11, 13, 15, 17, 19, 22, 24)
OPPOSING = (10, 12, 14, 16, 18, 20, 23, 25)
"""The rules for and against, of each line."""


def statements(names: dict) -> dict[str, str]:
    """The table that each statement makes → its query."""
    found = {}
    for line in RULES.strip().splitlines():
        name, query = line.split(": ", 1)
        found[f"rule_{name}" if name.isdigit() else name] = query.replace("$weapon", str(names["codes"]["weapon"]))
    return found


def main(folder: Path) -> None:
    names = json.loads((folder / "names.json").read_text())
    with duckdb.connect(config={"memory_limit": "12GB", "temp_directory": str(folder / "spill")}) as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET enable_progress_bar = false")
        for name, columns in PAIRS.items():
            connection.execute(f"CREATE TABLE \"{name}\" AS FROM '{folder / 'tables' / name}.parquet' t({columns})")
        begun, spent = time.perf_counter(), time.process_time()
        times = {}
        for name, query in statements(names).items():
            started = time.perf_counter()
            connection.execute(f"CREATE TABLE {name} AS {query}")
            times[name] = time.perf_counter() - started
        seconds, processor = time.perf_counter() - begun, time.process_time() - spent
        counts = [connection.execute(f"SELECT count(*) FROM rule_{rule}").fetchone()[0] for rule in range(26)]
    print(json.dumps({"seconds": seconds, "processor": processor, "counts": counts, "times": times}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
