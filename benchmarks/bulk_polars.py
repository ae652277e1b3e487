"""The rules of ``generate.py`` as joins of Polars, by hand: the tables of `bulk_sql`, with the same bindings.

python benchmarks/bulk_polars.py FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import polars
from bulk_sql import PAIRS

Frames = dict[str, polars.DataFrame]


def read(folder: Path) -> Frames:
    """The facts, with the columns that `PAIRS` names."""
    found = {}
    for name, columns in PAIRS.items():
        frame = polars.read_parquet(folder / "tables" / f"{name}.parquet")
        found[name] = frame.rename(dict(zip(frame.columns, columns.split(", "), strict=True)))
    return found


def closed(within: polars.DataFrame) -> polars.DataFrame:
    """Where each place lies, in any number of steps."""
    found = fresh = within.rename({"q": "r"})
    while len(fresh):
        step = within.join(fresh.rename({"p": "q"}), on="q").select("p", "r").unique()
        fresh = step.join(found, on=["p", "r"], how="anti")
        found = polars.concat([found, fresh])
    return found


def background(facts: Frames, weapon: int) -> tuple[Frames, dict[int, polars.DataFrame]]:
    """What follows for every incident alike."""
    lies_in = closed(facts["within"])
    counted = facts["is_a"].filter(polars.col("kind") == weapon).join(facts["possesses"], on="w", how="left")
    holders = counted.group_by("w").agg(n=polars.int_ranges(0, polars.col("a").count() + 1, dtype=polars.Int32).first())
    holders = holders.explode("n")
    bindings = {
        0: facts["within"],
        1: facts["within"].join(lies_in.rename({"p": "q"}), on="q"),
        5: facts["possesses"],
        6: holders,
    }
    return {"lies_in": lies_in, "has": facts["possesses"], "holders": holders}, bindings


def ground(facts: Frames, names: dict) -> tuple[Frames, dict[int, polars.DataFrame]]:
    """The atoms of each predicate that rules conclude, and the bindings of each rule."""
    atoms, rules = background(facts, names["codes"]["weapon"])
    rules[2] = collected(facts["at"].lazy().join(atoms["lies_in"].lazy(), on="p"))
    rules[3] = facts["at"]
    both = [rules[2].lazy().select("i", "r"), rules[3].lazy().select("i", r="p")]
    atoms["around"] = collected(polars.concat(both).unique())
    rules[4] = collected(atoms["around"].lazy().join(facts["operates_in"].lazy(), on="r"))
    atoms["candidate"] = collected(rules[4].lazy().select("i", "a").unique())
    candidate, used = atoms["candidate"].lazy(), facts["used"].lazy()
    rules[7] = collected(used.join(atoms["holders"].lazy().filter(polars.col("n") >= 1), on="w"))
    atoms["known_weapon"] = collected(rules[7].lazy().select("i").unique())
    rules[8] = collected(candidate.join(used, on="i").join(atoms["has"].lazy(), on=["a", "w"], how="semi"))
    atoms["armed"] = collected(rules[8].lazy().select("i", "a").unique())
    rules[9], rules[10] = atoms["armed"], collected(candidate.join(atoms["known_weapon"].lazy(), on="i"))
    ways = (("hit", "strikes", "t"), ("left", "works_with", "t"), ("done_by", "known_for", "s"))
    for place, (said, own, column) in enumerate((*ways, ("written_in", "writes", "l"))):
        rules[12 + 2 * place] = collected(candidate.join(facts[said].lazy(), on="i"))
        met = rules[12 + 2 * place].lazy().join(facts[own].lazy(), on=["a", column], how="semi")
        rules[11 + 2 * place] = collected(met)
    rules[21] = facts["named"]
    atoms["pointed_at"] = collected(rules[21].lazy().select("i", "a").unique())
    for rule, said in ((19, facts["claimed"]), (22, atoms["pointed_at"]), (24, facts["seen"])):
        rules[rule] = collected(candidate.join(said.lazy(), on=["i", "a"], how="semi"))
    rules |= dict.fromkeys((20, 23, 25), atoms["candidate"])
    return atoms, rules


def collected(query: polars.LazyFrame) -> polars.DataFrame:
    return query.collect(engine="streaming")


def main(folder: Path) -> None:
    facts, names = read(folder), json.loads((folder / "names.json").read_text())
    begun, spent = time.perf_counter(), time.process_time()
    _, rules = ground(facts, names)
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    print(json.dumps({"seconds": seconds, "processor": processor, "counts": [len(rules[rule]) for rule in range(26)]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
