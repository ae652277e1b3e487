"""A run over a feed: loaded once, ranked batch by batch, written at the end; what was done before is not done again.

A part, the rankings of one batch, is there whole or not at all: a run that was broken off, wherever that was, goes on
with the first part that is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from sqlglot import exp

from reasoner.bulk.assessing import Assessor
from reasoner.bulk.batches import STORE, Batches
from reasoner.bulk.folder import PARTS, REJECTED, SPILL, STORE_FILE, claimed
from reasoner.bulk.network import Ids
from reasoner.bulk.parts import PartWriter, bring_together, write_rejects
from reasoner.documents import shown_path
from reasoner.evidence.workspace import Workspace
from reasoner.feed.database import MEMORY
from reasoner.feed.loading import digest_of, load_feed
from reasoner.feed.store import FeedStore
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.coding import NARROW, Coding
from reasoner.grounding.duckdb import DuckDB
from reasoner.grounding.tables import Setting
from reasoner.limits import Limits
from reasoner.problems import InputError, Problem
from reasoner.rule_base import RuleBase
from reasoner.terms import Quoted

if TYPE_CHECKING:
    import duckdb

_INSTANCES = 4_000_000
"""About how many rule instances a batch may come to."""

_SMALLEST, _LARGEST, _PILOT = 250, 50_000, 250
"""Bounds of the number of incidents in a batch, and how many are tried to find out what one comes to."""

Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked for: worlds to enumerate or sample, the seed, how many rows of each kind, in which form."""

    worlds: int
    seed: int
    top: int | None
    form: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run: how many incidents, and the file of rankings.

    ``rejected`` is how many rows of the feed, or facts of a row, could not be used, by reason; ``rejects`` lists them.
    """

    incidents: int
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
    progress: Progress,
) -> Done:
    """Rank every incident of a feed, or go on with what a run before it left undone.

    Raises:
        InputError: mistakes in rules, background or mapping, a file that cannot be read or written, or a folder that
            another run is at work in, or was meant for something else.
    """
    with claimed(folder, {"digest": digest_of(files, mapping, workspace), **asdict(asked)}):
        store = FeedStore(folder / STORE_FILE, workspace, rules)
        if not store.path.exists():
            store = load_feed(files, mapping, workspace, rules, store.path, progress)
        found = folder / f"rankings.{asked.form}"
        with opened(store, folder) as connection:
            write_rejects(connection, folder / REJECTED)
            incidents = np.array([row[0] for row in connection.execute(_INCIDENTS).fetchall()], dtype=np.int64)
            if not found.exists():
                _Ranking(connection, store, folder / PARTS, asked).rank(incidents, progress)
                progress("bringing together", 0, 1)
                bring_together(connection, folder / PARTS, found, asked.form)
        shutil.rmtree(folder / PARTS, ignore_errors=True)
        return Done(len(incidents), found, store.rejected_by_reason(), folder / REJECTED)


_INCIDENTS = f'SELECT "case" FROM {STORE}.incident ORDER BY "case"'  # noqa: S608  # a constant


@contextmanager
def opened(store: FeedStore, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database for what is worked out, with the feed's tables attached; it spills into the folder."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / SPILL)})
    try:
        path = exp.Literal.string(str(store.path)).sql("duckdb")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"ATTACH {path} AS {STORE} (READ_ONLY)")
        yield connection
    except duckdb.IOException as error:
        message = f"`{shown_path(folder)}` cannot be worked in: {str(error).splitlines()[0]}"
        raise InputError([Problem("unwritable", message)]) from None
    finally:
        connection.close()
        shutil.rmtree(folder / SPILL, ignore_errors=True)


class _Ranking:
    """The rankings of a feed, part by part."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, store: FeedStore, parts: Path, asked: Asked) -> None:
        rules = store.rules
        bounds = Bounds(rules.program, Limits(instances=1 << 40, seconds=1 << 30))
        self._database = DuckDB(bounds, connection)
        query = "SELECT text, quoted FROM store.constant ORDER BY code"
        constants = [Quoted(text) if quoted else text for text, quoted in connection.execute(query).fetchall()]
        coding = Coding(constants, NARROW)
        arities = {name: each.arity for name, each in rules.vocabulary.predicates.items()}
        self._batches = Batches.over(connection, self._database, arities, asked.seed)
        setting = Setting(rules.program, self._database, coding, bounds, frozenset(self._batches.owns))
        background = store.backdrop.base()
        self._assessor = Assessor(setting, background, asked.worlds, asked.seed)
        self._writer = PartWriter(connection, list(rules.program.scales.roles), dict(background.names))
        self._parts, self._asked = parts, asked

    def rank(self, incidents: Ids, progress: Progress) -> None:
        """Write every part that is not there yet."""
        self._parts.mkdir(exist_ok=True)
        size = self._size(incidents)
        starts = range(0, len(incidents), size)
        for number, start in enumerate(starts):
            progress("ranking", start, len(incidents))
            path = self._parts / f"{number:06d}-{size}.parquet"
            if not path.exists():
                self._write(incidents[start : start + size], path)
        progress("ranking", len(incidents), len(incidents))

    def _write(self, incidents: Ids, path: Path) -> None:
        with self._database.scratch():
            stated = self._batches.stated(int(incidents[0]), int(incidents[-1]))
            self._writer.write(self._assessor.rank(stated), stated.cases, path, self._asked.top)

    def _size(self, incidents: Ids) -> int:
        """How many incidents make a batch: by what some of them come to, or as many as in the parts that are there."""
        before = next(iter(self._parts.glob("*-*.parquet")), None)
        if before is not None:
            return int(before.stem.partition("-")[2])
        few = incidents[:: max(1, len(incidents) // _PILOT)][:_PILOT]
        if not len(few):
            return _SMALLEST
        with self._database.scratch():
            found = self._assessor.instances(self._batches.stated(int(incidents[0]), int(incidents[len(few) - 1])))
        return int(np.clip(_INSTANCES * len(few) // max(found, 1), _SMALLEST, _LARGEST))
