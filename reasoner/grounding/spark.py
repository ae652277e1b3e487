"""The Spark engine: grounding in tables by the same queries, for what no longer fits one machine.

A table is a frame that was computed and cut off from how it came about, so that neither the rounds of a recursion nor
the next rule compute it again: with checkpoints where ``spark.checkpoint.dir`` names a place for them, else in what the
executors keep by themselves, and then the grounding fails with an executor.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from threading import current_thread, main_thread
from typing import Any, TypeVar
from uuid import uuid4

import numpy as np
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.errors import PySparkException, PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from sqlglot import exp

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.clauses import TOO_LARGE
from reasoner.grounding.database import Columns
from reasoner.grounding.graph import Derivation
from reasoner.grounding.relations import ROW
from reasoner.grounding.replaying import ground_whole
from reasoner.grounding.watching import Watch
from reasoner.language.program import Program
from reasoner.limits import Limits, processors
from reasoner.problems import InputError, Problem
from reasoner.terms import Atom, Rule

_Found = TypeVar("_Found")

_PARTITION_BITS = 33
"""How far Spark shifts the partition in the numbers that it makes for rows."""


class Spark:
    """Tables as views of a Spark session of their own, in the application that a session belongs to."""

    def __init__(self, bounds: Bounds, session: SparkSession) -> None:
        self._bounds = bounds
        self.session = session.newSession()
        self._context = session.sparkContext
        self._group = f"ascribe-{uuid4()}"
        self._watch = Watch(bounds, lambda: self._context.cancelJobGroup(self._group))
        self._sizes: dict[str, int] = {}

    def create(self, table: str, query: exp.Query, rule: Rule | None = None, room: int | None = None) -> int:
        """Make a table of a query's rows, at most one more than there is room for; how many there are."""
        bounded = query if room is None else query.limit(room + 1)
        return self._run(lambda: self._keep(table, self._asked(bounded)), rule)

    def mirror(self, table: str, source: str, query: exp.Query) -> int:
        """Give all rows of a table other columns under another name, without copying them; how many there are."""
        self._run(lambda: _in_64_bits(self._asked(query)).createOrReplaceTempView(table), None)
        self._sizes[table] = self._sizes[source]
        return self._sizes[table]

    def create_empty(self, table: str, columns: Sequence[str]) -> None:
        """Make a table without rows."""
        self.load(table, {name: np.zeros(0, dtype=np.int64) for name in columns})

    def insert(self, table: str, query: exp.Query) -> int:
        """Add a query's rows to a table; how many there are."""
        return self._run(lambda: self._keep(table, self._asked(query), self.session.table(table)), None)

    def load(self, table: str, columns: Columns) -> None:
        """Make a table of columns that are at hand."""
        size = len(next(iter(columns.values())))
        whole = {name: np.asarray(column, dtype=np.int64) for name, column in columns.items()}
        rows = pa.table({**whole, ROW: np.arange(size)})
        self._run(lambda: self.session.createDataFrame(rows).createOrReplaceTempView(table), None)
        self._sizes[table] = size

    def size(self, table: str) -> int:
        """How many rows a table has."""
        return self._sizes[table]

    def rows(self, query: exp.Query) -> Sequence[Sequence[Any]]:
        """The rows of a query."""
        return self._run(lambda: self._asked(query).collect(), None)

    def columns(self, query: exp.Query) -> Columns:
        """The rows of a query, a column at a time."""
        found = self._run(lambda: self._asked(query).toArrow(), None)
        return {name: found[name].to_numpy() for name in found.column_names}

    def keep(self, table: str, frame: DataFrame) -> int:
        """Make a table of a frame's rows, which are numbered; how many there are."""

        def kept() -> int:
            computed = self._computed(frame)
            self._sizes[table] = computed.count()
            computed.createOrReplaceTempView(table)
            return self._sizes[table]

        return self._run(kept, None)

    def write(self, frame: DataFrame, path: str) -> None:
        """Write a frame's rows to a folder of Parquet files."""
        self._run(lambda: frame.write.parquet(path), None)

    def frame(self, table: str) -> DataFrame:
        """A table as a frame, its rows numbered as others refer to them."""
        return self.session.table(table)

    def close(self) -> None:
        """Let go of all tables."""
        for table in self._sizes:
            self.session.catalog.dropTempView(table)
        self._sizes.clear()

    def _asked(self, query: exp.Query) -> DataFrame:
        return self.session.sql(query.transform(_as_spark_says).sql("spark", identify=True))

    def _keep(self, table: str, frame: DataFrame, before: DataFrame | None = None) -> int:
        """Compute a frame's rows, number them after those that the table has, and keep both; how many rows are new."""
        start = 0 if before is None else self._sizes[table]
        kept = self._computed(_in_64_bits(frame))
        part = F.spark_partition_id()
        counted = {row.part: row["count"] for row in kept.groupBy(part.alias("part")).count().collect()}
        sizes = [counted.get(place, 0) for place in range(max(counted, default=0) + 1)]
        starts = F.array(*(F.lit(each).cast("bigint") for each in accumulate(sizes[:-1], initial=start)))
        within = F.monotonically_increasing_id() - F.shiftleft(part.cast("bigint"), _PARTITION_BITS)
        numbered = kept.withColumn(ROW, F.get(starts, part) + within)
        self._sizes[table] = start + sum(sizes)
        (numbered if before is None else before.unionByName(numbered)).createOrReplaceTempView(table)
        return sum(sizes)

    def _computed(self, frame: DataFrame) -> DataFrame:
        return (
            frame.checkpoint()
            if self._context.getCheckpointDir()
            else frame.localCheckpoint(eager=False, storageLevel=StorageLevel.MEMORY_AND_DISK)
        )

    def _run(self, work: Callable[[], _Found], rule: Rule | None) -> _Found:
        def grouped() -> _Found:
            self._context.setJobGroup(self._group, "grounding", interruptOnCancel=True)
            return work()

        self._watch.rule = rule
        try:
            return self._watch.over(grouped)
        except PySparkException as error:
            if TOO_LARGE in str(error) and rule is not None:
                raise self._bounds.number_too_large(rule) from None
            raise


class SparkEngine:
    """Grounds a whole program in tables of Spark."""

    def ground(self, program: Program, atoms: Iterable[Atom], limits: Limits) -> Derivation:
        """Every ground instance of the program's rules over some atoms. Raises InputError as `fixpoint.ground` does."""
        bounds = Bounds(program, limits)
        database = Spark(bounds, spark_session())
        try:
            return ground_whole(database, program, bounds, list(dict.fromkeys(atoms)))
        finally:
            database.close()


def spark_session(tasks: int | None = None) -> SparkSession:
    """The session of this process: as Spark's own settings say where there are any, else on this machine alone.

    ``tasks`` keeps it to this machine in any case, so many tasks at a time.

    Raises:
        InputError: Spark cannot be started.
    """
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("ascribe")
    if tasks is not None:
        builder = builder.master(f"local[{tasks}]")
    if not any(name in os.environ for name in _SETTINGS):
        cores = tasks or processors()
        bar = sys.stderr.isatty()
        ours = {"spark.ui.enabled": False, "spark.ui.showConsoleProgress": bar, "spark.sql.shuffle.partitions": cores}
        builder = builder.config(map=ours)
    interrupted = signal.getsignal(signal.SIGINT)
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        message = f"Spark cannot be started: {str(error).splitlines()[0]}"
        raise InputError(
            [Problem("no-engine", message, hint="it needs Java 17 or later; JAVA_HOME says where")]
        ) from None
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, interrupted)  # Spark takes it for itself, and keeps it when it is stopped
    session.sparkContext.setLogLevel("ERROR")
    return session


_SETTINGS = ("SPARK_CONF_DIR", "SPARK_HOME", "PYSPARK_SUBMIT_ARGS", "PYSPARK_GATEWAY_PORT")
"""Where Spark finds its settings, or has been started with some."""


def _as_spark_says(node: exp.Expr) -> exp.Expr:
    """What Spark calls otherwise."""
    if isinstance(node, exp.Anonymous) and node.name == "error":
        return exp.Anonymous(this="raise_error", expressions=node.expressions)
    return node


def _in_64_bits(frame: DataFrame) -> DataFrame:
    """A frame with its whole numbers, and what holds none, in 64 bits; lists stay as they are."""
    kinds = frame.dtypes
    if all(kind == "bigint" or kind.startswith("array") for _, kind in kinds):
        return frame
    return frame.select(
        *(F.col(name) if kind.startswith("array") else F.col(name).cast("bigint") for name, kind in kinds)
    )
