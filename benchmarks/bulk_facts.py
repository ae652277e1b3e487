"""What every engine of ``benchmarks/bulk.py`` starts from: one made-up feed, as tables of numbers and as text.

The numbers are those that our own loader gives, so that all ground the very same atoms.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import duckdb
import generate
import generated_files

from reasoner.bulk.working import Work, Worker, opened
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.feed.loading import load_feed
from reasoner.feed.store import FeedStore
from reasoner.rule_base import load_rules

OF_AN_INCIDENT = ("at", "used", "hit", "left", "done_by", "written_in", "claimed", "named", "seen")
BACKGROUND = ("within", "operates_in", "is_a", "possesses", "strikes", "works_with", "known_for", "writes")
"""The predicates that rules ask about."""

FACTORS = ("means", "motive", "traces", "manner", "words", "own_words", "judgement", "presence")


def make(folder: Path, incidents: int) -> None:
    """The feed with its workspace; nothing where it is there."""
    if not (folder / "feed.parquet").exists():
        world = generate.world()
        generated_files.write_workspace(folder, world)
        generated_files.write_feed(folder, world, incidents)


def workspace_in(folder: Path) -> Workspace:
    return find_workspace(rules=folder / "rules", facts=folder / "facts")


def store_in(folder: Path) -> FeedStore:
    """The loaded feed; it need not be there yet."""
    workspace = workspace_in(folder)
    return FeedStore(folder / "feed.duckdb", workspace, load_rules(workspace))


def load(folder: Path) -> float:
    """Load the feed, as ``ascribe bulk`` does; how many seconds that took."""
    store = store_in(folder)
    begun = time.perf_counter()
    load_feed(
        [folder / "feed.parquet"],
        folder / "made.feed.yaml",
        store.workspace,
        store.rules,
        store.path,
        lambda *_: None,
    )
    return time.perf_counter() - begun


def write_facts(folder: Path) -> None:
    """The facts that some world may hold: ``facts/NAME.parquet`` as numbers, ``facts.lp`` as text, and ``names.json``.

    The text leaves open whether a fact holds, as our grounding does.
    """
    store, tables = store_in(folder), folder / "tables"
    tables.mkdir(exist_ok=True)
    with opened(store, folder) as connection:
        worker = Worker(connection, Work(store, folder, 256, 0, None))
        setting, relations = worker.assessor.setting, worker.assessor.beneath.background
        tables_of = {name: relations[name].table for name in BACKGROUND}
        tables_of |= {name: f"(FROM store.fact_{name} WHERE credence > 0)" for name in OF_AN_INCIDENT}
        for name, table in tables_of.items():
            columns = ", ".join(f"a{place}::INTEGER AS a{place}" for place in range(setting.program.arities[name]))
            connection.execute(f"COPY (SELECT {columns} FROM {table}) TO '{tables / name}.parquet'")
        (folder / "names.json").write_text(json.dumps(_names(setting.coding.codes)))
        _write_text(connection, folder, {name: setting.program.arities[name] for name in tables_of})


def _names(codes: dict) -> dict[str, dict[str, int]]:
    """The numbers of what the rules name, and what their lines weigh."""
    world = generate.world()
    rivals = world.regions.sum() / generate.REGIONS - 0.5
    return {
        "codes": {name: codes[name] for name in ("weapon", "perpetrator", *FACTORS)},
        "weights": generated_files.strengths(world.rates, rivals),
    }


def _write_text(connection: duckdb.DuckDBPyConnection, folder: Path, arities: dict[str, int]) -> None:
    parts = []
    for name, arity in arities.items():
        joins = " ".join(f"JOIN store.constant c{place} ON c{place}.code = f.a{place}" for place in range(arity))
        arguments = " || ',' || ".join(f"c{place}.text" for place in range(arity))
        parts.append(
            f"SELECT '{{{name}(' || {arguments} || ')}}.' AS line FROM '{folder / 'tables' / name}.parquet' f {joins}"
        )
    query = " UNION ALL ".join(parts)
    connection.execute(
        f"COPY ({query}) TO '{folder / 'facts.lp'}' (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\t')"
    )
