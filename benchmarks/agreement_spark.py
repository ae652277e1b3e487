"""A made-up feed, ground and ranked by Spark, for ``benchmarks/agreement.py``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from agreement_bulk import Read, ranked
from agreement_comparing import Alone, Bulk, Ground

from reasoner.bulk.on_spark import Driver
from reasoner.bulk.shipping import Carried
from reasoner.bulk.working import Work, opened
from reasoner.feed.store import FeedStore
from reasoner.grounding.spark import Spark, spark_session


def through_spark(folder: Path, store: FeedStore, worlds: int) -> Bulk:
    """What ``ascribe bulk --engine spark`` makes of a loaded feed; what all incidents share is ground by DuckDB."""
    instances: dict[str | None, list[Ground]] = defaultdict(list)
    rows = ranked(folder, store, worlds, "spark")
    with opened(store, folder) as connection:
        session, work = spark_session(), Work(store, folder, worlds, 0, None)
        driver, read = Driver(connection, session, work), Read(connection, store, instances)
        read.keep(driver.worker.database, driver.worker.assessor.beneath.instances)
        incidents = driver.worker.incidents
        carried = Carried(connection, folder / "carried", int(incidents[0]), int(incidents[-1]))
        spark = Spark(driver.worker.assessor.setting.bounds, session)
        read.keep(spark, driver.ground(carried, spark).grounded.instances)
        spark.close()
    return Bulk(instances.pop(None, []), instances, rows)


def each_of(bulk: Bulk, incidents: list[str]) -> Iterator[tuple[str, Alone]]:
    """What came of each incident, as if it had been by itself."""
    for case in incidents:
        yield case, Alone([*bulk.shared, *bulk.instances.get(case, ())], bulk.rows.get(case, ()))
