"""Batches ranked by Spark: ground with its queries, then each partition of incidents ranked where its rows are.

What every incident shares is ground here, once, and given to all tasks. A part is as in a run on one machine, only
larger: the folder has to be one that all machines of the cluster can read and write.
"""

from __future__ import annotations

import base64
import pickle
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import sqlglot
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from sqlglot import exp

from reasoner.bulk.folder import PARTS
from reasoner.bulk.layout import Layout, instance_layouts, relation_layouts
from reasoner.bulk.parts import PART
from reasoner.bulk.shipping import Carried, shipped, stated_frame
from reasoner.bulk.unpacking import RANKED, REFUSED, Kit, ranking
from reasoner.bulk.working import Work, Worker, count, opened, size_before
from reasoner.feed.database import Progress
from reasoner.grounding.database import Columns, Database
from reasoner.grounding.relations import ROW, SCOPE
from reasoner.grounding.spark import Spark, spark_session
from reasoner.grounding.tables import ground_incidents
from reasoner.problems import InputError

_PART_ON_SPARK = sqlglot.transpile(PART, read="duckdb", write="spark")[0]

_PART = 10_000_000
"""How many incidents make a part: each is ground by itself, and what Spark takes for a query comes once a part."""


def rank_on_spark(work: Work, tasks: int | None, progress: Progress) -> None:
    """Write every part that is not there yet, by Spark, as `spark_session` starts it.

    Raises:
        InputError: Spark cannot be started, or the folder not be written, or a strength is off the scale.
    """
    session = spark_session(tasks)
    folder = work.folder / PARTS
    folder.mkdir(exist_ok=True)
    with opened(work.store, work.folder) as connection:
        total, driver = count(connection), Driver(connection, session, work)
        size = size_before(folder) or _PART
        for number in range(-(-total // size)):
            progress("ranking", number * size, total)
            path = folder / f"{number:06d}-{size}.parquet"
            if not path.exists():
                driver.write(number, size, path)
        progress("ranking", total, total)


class Driver:
    """Hands the incidents of each part to Spark, with what all of them share."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, session: SparkSession, work: Work) -> None:
        self._connection, self._session, self._work = connection, session, work
        self.worker = worker = Worker(connection, work)
        self._assessor = worker.assessor
        self._size = worker.size(session.sparkContext.defaultParallelism)
        beneath = self._assessor.beneath
        layouts = [*relation_layouts(beneath.background), *instance_layouts(beneath)]
        self._shared = {each.table: _columns(worker.database, each) for each in layouts}

    def write(self, number: int, size: int, path: Path) -> None:
        """Write the part of some incidents."""
        incidents = self.worker.incidents[number * size : (number + 1) * size]
        temporary, carrying = (path.with_name(f".{path.name}.{word}") for word in ("new", "carried"))
        carried = Carried(self._connection, carrying, int(incidents[0]), int(incidents[-1]))
        spark = Spark(self._assessor.setting.bounds, self._session)
        try:
            kit = self.ground(carried, spark)
            stream = shipped(carried, spark, kit.stated, kit.layouts, -(-len(incidents) // self._size))
            ranked = stream.mapInArrow(ranking(kit), from_arrow_schema(RANKED))
            ranked.createOrReplaceTempView("ranked")
            carried.labels(spark.session, self.worker.writer.labels()).createOrReplaceTempView("label")
            spark.write(spark.session.sql(_PART_ON_SPARK), str(temporary.resolve()))
            temporary.replace(path)
        except PySparkException as error:
            refused = re.search(f"{REFUSED}([A-Za-z0-9+/=]+)", str(error))
            if refused is None:
                raise
            raise InputError(pickle.loads(base64.b64decode(refused[1]))) from None  # noqa: S301  # our own tasks'
        finally:
            spark.close()
            shutil.rmtree(carrying, ignore_errors=True)
            shutil.rmtree(temporary, ignore_errors=True)

    def ground(self, carried: Carried, spark: Spark) -> Kit:
        """Ground some incidents; what the tasks need beside the rows that are shipped to them."""
        assessor, beneath = self._assessor, self._assessor.beneath
        for relation in beneath.background.values():
            spark.load(relation.table, self._shared[relation.table])
        incidents = carried.frame(spark.session, "incident")
        spark.keep("incidents", incidents.selectExpr(f"CAST(`case` AS BIGINT) AS {SCOPE}", f"`row` AS {ROW}"))
        relations = {predicate: self.worker.batches.relation(predicate) for predicate in self.worker.batches.owns}
        stated = {
            predicate: relation
            for predicate, relation in relations.items()
            if spark.keep(relation.table, stated_frame(carried, spark.session, predicate, relation))
        }
        setting = replace(assessor.setting, database=spark)
        grounded = ground_incidents(setting, beneath, stated, "incidents")
        own = {each.table for each in stated.values()}
        found = [*relation_layouts(grounded.scoped), *instance_layouts(grounded)]
        shared = {each.table: _columns(spark, each) for each in found if not each.scoped}
        return Kit(
            program=self._work.store.rules.program,
            background=self._work.store.backdrop.base(),
            beneath=beneath,
            coding=setting.coding,
            worlds=self._work.worlds,
            seed=self._work.seed,
            top=self._work.top,
            stated=stated,
            grounded=grounded,
            layouts=tuple(each for each in found if each.scoped and each.table not in own),
            shared={**self._shared, **shared},
        )


def _columns(database: Database, layout: Layout) -> Columns:
    """The columns of a table, in the order of its rows."""
    return database.columns(exp.select(*layout.columns).from_(layout.table).order_by(ROW))
