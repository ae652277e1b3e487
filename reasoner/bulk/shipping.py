"""From the tables of a feed and of its grounding to one stream of rows, those of an incident together.

A row holds the incident, the table it is of, its number there, its cells, and what is no whole number: a share or
credence, and the name of a draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path

import duckdb
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from sqlglot import exp

from reasoner.bulk.batches import STORE
from reasoner.bulk.layout import Layout
from reasoner.bulk.unpacking import DRAW, FACT, INCIDENT
from reasoner.grounding.relations import ROW, SCOPE, Relation, number
from reasoner.grounding.spark import Spark


class Carried:
    """Some incidents of a feed as frames, each written to a folder that every machine can read when it is asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, low: int, high: int) -> None:
        """Make the folder; the incidents are those whose numbers lie from ``low`` to ``high``, both included."""
        self._connection, self._folder, self.bounds = connection, folder, (low, high)
        folder.mkdir()

    def frame(self, session: SparkSession, table: str) -> DataFrame:
        """The rows of one table, numbered by ``row``."""
        named = exp.table_(exp.to_identifier(table, quoted=True), db=STORE)
        low, high = self.bounds
        within = exp.Between(this=exp.column("case", quoted=True), low=number(low), high=number(high))
        rows = exp.select(exp.alias_(exp.column(ROW), "row"), exp.Star()).from_(named).where(within)
        return self._written(session, table, self._connection.sql(rows.sql("duckdb")))

    def labels(self, session: SparkSession, labels: duckdb.DuckDBPyRelation) -> DataFrame:
        """What constants are called, without those incidents that are others'."""
        low, high = self.bounds
        incidents = self._connection.table(f"{STORE}.incident")
        others = incidents.filter(f'"case" < {low} OR "case" > {high}')
        return self._written(session, "label", labels.join(others, 'code = "case"', how="anti"))

    def _written(self, session: SparkSession, name: str, rows: duckdb.DuckDBPyRelation) -> DataFrame:
        path = self._folder / f"{name}.parquet"
        if not path.exists():
            rows.write_parquet(str(path))
        return session.read.parquet(str(path.resolve()))


def stated_frame(carried: Carried, session: SparkSession, predicate: str, relation: Relation) -> DataFrame:
    """What is stated with one predicate, as a relation, numbered and in order as the feed's tables have them."""
    facts = carried.frame(session, f"fact_{predicate}").where(F.col("credence") > 0).orderBy("row")
    named = {SCOPE: "case", **{f"a{place}": f"a{place}" for place in range(relation.arity)}}
    shown = [F.col(named[name]).cast("bigint").alias(name) for name in relation.columns]
    return facts.select(*shown, F.col("row").alias(ROW))


def shipped(
    carried: Carried, spark: Spark, stated: Mapping[str, Relation], layouts: Sequence[Layout], partitions: int
) -> DataFrame:
    """All rows of some incidents in so many partitions; the incidents of each lie next to each other."""
    session = spark.session
    parts = [_rows(carried.frame(session, "incident"), INCIDENT, "case", "row", [])]
    if stated:
        parts.append(_draws(carried.frame(session, "draw"), list(stated)))
    for place, (predicate, relation) in enumerate(stated.items(), FACT):
        facts = carried.frame(session, f"fact_{predicate}")
        cells = ["certain", *(f"a{n}" for n in range(relation.arity))]
        parts.append(_rows(facts, place, "case", "row", cells, F.col("credence")))
    for place, layout in enumerate(layouts, FACT + len(stated)):
        cells = [name for name in layout.columns if name != SCOPE]
        parts.append(_rows(spark.frame(layout.table), place, SCOPE, ROW, cells))
    low, high = carried.bounds
    home = F.floor((F.col("incident") - low) * partitions / (high - low + 1)).cast("int")
    return reduce(DataFrame.unionByName, parts).repartitionById(partitions, home)


def _rows(
    frame: DataFrame,
    table: int,
    incident: str,
    row: str,
    cells: Sequence[str],
    share: Column | None = None,
    name: Column | None = None,
) -> DataFrame:
    """The rows of one table as the stream has them."""
    nothing = F.lit(None)
    values = F.array(*(F.col(each).cast("bigint") for each in cells)) if cells else F.array().cast("array<bigint>")
    return frame.select(
        F.col(incident).cast("bigint").alias("incident"),
        F.lit(table).alias("table"),
        F.col(row).cast("bigint").alias("row"),
        values.alias("cells"),
        (nothing if share is None else share).cast("double").alias("share"),
        (nothing if name is None else name).cast("string").alias("name"),
    )


def _draws(frame: DataFrame, predicates: Sequence[str]) -> DataFrame:
    """The draws; a predicate is its place, what lies within nothing is within -1, and the first row has the name."""
    place = F.array_position(F.array(*map(F.lit, predicates)), F.col("predicate")) - 1
    told = frame.withColumns({"predicate": place, "within": F.coalesce(F.col("within_fact"), F.lit(-1))})
    name = F.when(F.col("place") == 0, F.col("name"))
    return _rows(told, DRAW, "case", "row", ["draw", "predicate", "fact", "place", "within"], F.col("share"), name)
