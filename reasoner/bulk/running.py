"""A run over a feed: loaded once, ranked batch by batch, written at the end; what was done before is not done again.

A part, the rankings of one batch, is there whole or not at all: a run that was broken off, wherever that was, goes on
with the first part that is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from reasoner.bulk.folder import PARTS, REJECTED, STORE_FILE, claimed
from reasoner.bulk.parts import bring_together, write_rejects
from reasoner.bulk.rankings import ranked_incidents
from reasoner.bulk.sharing_out import rank_together
from reasoner.bulk.working import Work, count, opened
from reasoner.evidence.workspace import Workspace
from reasoner.feed.database import Progress
from reasoner.feed.digests import digests_of
from reasoner.feed.loading import load_feed
from reasoner.feed.store import FeedStore
from reasoner.limits import processors
from reasoner.rule_base import RuleBase


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked for: worlds to enumerate or sample, the seed, how many rows of each kind, in which form."""

    worlds: int
    seed: int
    top: int | None
    form: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run: how many incidents, of how many anybody is looked at, and the file of rankings.

    ``rejected`` is how many rows of the feed, or facts of a row, could not be used, by reason; ``rejects`` lists them.
    """

    incidents: int
    ranked: int
    path: Path
    rejected: dict[str, int]
    rejects: Path


def run(
    files: Sequence[Path],
    mapping: Path,
    workspace: Workspace,
    rules: RuleBase,
    folder: Path,
    asked: Asked,
    jobs: int | None,
    progress: Progress,
    engine: str = "duckdb",
) -> Done:
    """Rank every incident of a feed, or go on with what a run before it left undone.

    The ``engine`` is duckdb, with ``jobs`` processes, one a processor where none are asked for; or spark, with so many
    tasks on this machine, or where its own settings say.

    Raises:
        InputError: mistakes in rules, background or mapping, a file that cannot be read or written, or a folder that
            another run is at work in, or was meant for something else.
    """
    with claimed(folder, {**digests_of(files, mapping, workspace), **asdict(asked)}):
        store = FeedStore(folder / STORE_FILE, workspace, rules)
        if not store.path.exists():
            store = load_feed(files, mapping, workspace, rules, store.path, progress)
        found = folder / f"rankings.{asked.form}"
        with opened(store, folder) as connection:
            write_rejects(connection, folder / REJECTED)
            incidents = count(connection)
        if not found.exists():
            _rank(Work(store, folder, asked.worlds, asked.seed, asked.top), jobs, progress, engine)
            progress("bringing together", 0, 1)
            with opened(store, folder) as connection:
                bring_together(connection, folder / PARTS, list(rules.program.scales.roles), found, asked.form)
        shutil.rmtree(folder / PARTS, ignore_errors=True)
        return Done(incidents, ranked_incidents(found), found, store.rejected_by_reason(), folder / REJECTED)


def _rank(work: Work, jobs: int | None, progress: Progress, engine: str) -> None:
    if engine == "spark":
        from reasoner.bulk.on_spark import rank_on_spark

        rank_on_spark(work, jobs, progress)
    else:
        rank_together(work, jobs or processors(), progress)
