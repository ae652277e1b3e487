"""What ranks the batches of a feed, in one process."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlglot import exp

from reasoner.bulk.assessing import Assessor, Stated
from reasoner.bulk.batches import STORE, Batches
from reasoner.bulk.folder import PARTS, SPILL
from reasoner.bulk.parts import PartWriter
from reasoner.documents import shown_path
from reasoner.feed.coding import stored_coding
from reasoner.feed.store import FeedStore
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.coding import Coding
from reasoner.grounding.duckdb import DuckDB
from reasoner.grounding.tables import Setting
from reasoner.limits import UNBOUNDED, Limits
from reasoner.problems import InputError, Problem
from reasoner.terms import Constant, atom_constants, rule_constants

if TYPE_CHECKING:
    import duckdb

_INSTANCES = 8_000_000
"""About how many rule instances a batch may come to."""

_SMALLEST, _LARGEST, _PILOT = 250, 100_000, 250
"""Bounds of the number of incidents in a batch, and how many are tried to find out what one comes to."""

_MEMORY = 4_000
"""Megabytes that the databases of all processes may use together."""


@dataclass(frozen=True, slots=True)
class Work:
    """A feed that was read, the folder to work in, and how its incidents are to be ranked."""

    store: FeedStore
    folder: Path
    worlds: int
    seed: int
    top: int | None


@contextmanager
def opened(store: FeedStore, folder: Path, jobs: int = 1, job: int = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database for what is worked out, one of several, with the feed's tables attached; it spills into the folder.

    Raises:
        InputError: the feed's tables cannot be read, or the folder not be written.
    """
    import duckdb

    spill = folder / f"{SPILL}-{job}"
    limits = {"memory_limit": f"{_MEMORY // jobs}MB", "temp_directory": str(spill)}
    connection = duckdb.connect(config={**limits, **({"threads": "1"} if jobs > 1 else {})})
    try:
        path = exp.Literal.string(str(store.path)).sql("duckdb")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"ATTACH {path} AS {STORE} (READ_ONLY)")
        yield connection
    except (duckdb.IOException, OSError) as error:
        message = f"`{shown_path(folder)}` cannot be worked in: {str(error).splitlines()[0]}"
        raise InputError([Problem("unwritable", message)]) from None
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)


def count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many incidents there are."""
    found = connection.execute("SELECT count(*) FROM store.incident").fetchone()
    return int(found[0]) if found else 0


def size_before(parts: Path) -> int | None:
    """How many incidents make a batch in a run that has written parts already."""
    before = next(iter(parts.glob("*-*.parquet")), None)
    return int(before.stem.partition("-")[2]) if before else None


def _check_numbers(known: Iterable[Constant], coding: Coding) -> None:
    large = [each for each in known if isinstance(each, int) and abs(each) > coding.largest]
    if large:
        message = f"a rule or the background has the number {large[0]:,}, which is too large beside a feed"
        raise InputError([Problem("number-too-large", message, hint=f"the largest is {coding.largest:,}")])


class Worker:
    """Ranks incidents batch by batch; its rules and background are ground once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, work: Work) -> None:
        store, rules = work.store, work.store.rules
        background = store.backdrop.base()
        known = {each for fact in background.facts for each in atom_constants(fact)}
        known.update(each for rule in rules.program.rules for each in rule_constants(rule))
        coding = stored_coding(lambda query, given: connection.execute(query, given).fetchall(), known)
        _check_numbers(known, coding)
        bounds = Bounds(rules.program, Limits(instances=UNBOUNDED, seconds=UNBOUNDED), coding.largest)
        self.database = DuckDB(bounds, connection)
        arities = {name: each.arity for name, each in rules.vocabulary.predicates.items()}
        self.batches = Batches.over(connection, self.database, arities, work.seed)
        setting = Setting(rules.program, self.database, coding, bounds, frozenset(self.batches.owns))
        self.assessor = self.database.watched(lambda: Assessor(setting, background, work.worlds, work.seed))
        self._connection, self._names = connection, background.names
        self._parts, self._top = work.folder / PARTS, work.top
        query = 'SELECT "case" FROM store.incident ORDER BY "case"'
        self.incidents = np.asarray(connection.execute(query).fetchnumpy()["case"], dtype=np.int64)

    @cached_property
    def writer(self) -> PartWriter:
        """Made when something is written: it names every constant of the feed."""
        return PartWriter(self._connection, dict(self._names))

    def size(self, jobs: int) -> int:
        """How many incidents make a batch, so that all jobs have as much to do, and none too much at a time.

        That goes by what some of them come to.
        """
        if len(self.incidents) <= _SMALLEST:
            return _SMALLEST
        found = self.database.watched(self._tried)
        most = int(np.clip(_INSTANCES * _PILOT // max(found, 1), _SMALLEST, _LARGEST))
        rounds = -(-len(self.incidents) // (most * jobs))
        return max(_SMALLEST, -(-len(self.incidents) // (rounds * jobs)))

    def _tried(self) -> int:
        """How many rule instances the first incidents come to."""
        with self.database.scratch():
            grounded = self.assessor.ground(self.stated(0, _PILOT))
            return sum(self.database.size(each.table) for each in grounded.instances)

    def write(self, number: int, size: int) -> int:
        """Write the part of one batch, unless it is there; how many incidents it is of."""
        path = self._parts / f"{number:06d}-{size}.parquet"
        if not path.exists():
            self.database.watched(lambda: self._write(number, size, path))
        return len(self.incidents[number * size : (number + 1) * size])

    def _write(self, number: int, size: int, path: Path) -> None:
        with self.database.scratch():
            stated = self.stated(number, size)
            ranked = self.assessor.rank(stated, self.assessor.ground(stated))
            self.writer.write(ranked, stated.cases, path, self._top)

    def stated(self, number: int, size: int) -> Stated:
        """What is stated of the incidents of one batch."""
        incidents = self.incidents[number * size : (number + 1) * size]
        return self.batches.stated(int(incidents[0]), int(incidents[-1]))
