"""Made-up feeds for the tests of bulk ranking, and one incident of a feed ranked by itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import duckdb

from reasoner.assessment.assess import Assessment, assess
from reasoner.assessment.result import Settings
from reasoner.bulk.running import Asked, Done, run
from reasoner.evidence.workspace import Workspace, find_workspace
from reasoner.feed.store import FeedStore, base_of
from reasoner.grounding.fixpoint import ground
from reasoner.rule_base import RuleBase, load_rules

ROOT = Path(__file__).parent.parent.parent

INCIDENTS = 40
"""In the feed of a small workspace."""

sys.path.append(str(ROOT / "benchmarks"))

import generate  # noqa: E402  # once its folder is known
import generated_files  # noqa: E402  # likewise


def made(folder: Path, incidents: int, seed: int = 0, **rates: float) -> tuple[Workspace, RuleBase]:
    """A workspace with a feed in it."""
    world = generate.world(60, seed, replace(generate.Rates(), **rates))
    generated_files.write_workspace(folder, world)
    generated_files.write_feed(folder, world, incidents)
    workspace = find_workspace(rules=folder / "rules", facts=folder / "facts")
    return workspace, load_rules(workspace)


def ranked(folder: Path, output: str | Path = "out", jobs: int = 1, engine: str = "duckdb", **asked: object) -> Done:
    """Rank the feed of a workspace, into one of its folders or one elsewhere."""
    workspace = find_workspace(rules=folder / "rules", facts=folder / "facts")
    wanted = replace(Asked(256, 0, None, "parquet"), **asked)
    feed, mapping = folder / "feed.parquet", folder / "made.feed.yaml"
    rules, progress = load_rules(workspace), lambda *_: None
    return run([feed], mapping, workspace, rules, folder / output, wanted, jobs, progress, engine)


def rows(done: Done) -> list[dict[str, object]]:
    """The rankings of a run, in order."""
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(done.path))
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def alone(store: FeedStore, case: str, worlds: int, method: str) -> Assessment:
    """One incident assessed as a case of its own, by the ordinary way."""
    base = base_of(store, case)
    possible = [atom for atom, fact in base.facts.items() if fact.credence > 0]
    settings = Settings(worlds, 0, "exact" if method == "exact" else "sampled")
    return assess(base, ground(store.rules.program, possible), settings)
