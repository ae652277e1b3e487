"""What ranking a feed by Spark promises: the rankings of a run on one machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reasoner.bulk import on_spark
from reasoner.bulk.folder import STORE_FILE
from reasoner.bulk.working import Worker
from reasoner.grounding.spark import spark_session
from tests.bulk.feeds import ROOT, made, ranked, rows

INCIDENTS = 60


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a feed, some of its background uncertain, ranked without Spark."""
    folder = tmp_path_factory.mktemp("feed")
    made(folder, INCIDENTS, doubtful=0.3)
    ranked(folder)
    return folder


@pytest.fixture
def several_partitions() -> Iterator[None]:
    """Tables in more than one piece, as a cluster has them."""
    settings = spark_session().conf
    before = settings.get("spark.sql.shuffle.partitions")
    settings.set("spark.sql.shuffle.partitions", "3")
    yield
    settings.set("spark.sql.shuffle.partitions", before)


@pytest.mark.usefixtures("several_partitions")
def test_rankings_are_those_of_one_machine(feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row by row and digit by digit, in the same order, however incidents are spread over parts and partitions.

    Parts that were made without Spark go with those that it makes.
    """
    monkeypatch.setattr(on_spark, "_PART", 20)
    monkeypatch.setattr(Worker, "size", lambda *_: 9)
    by_spark, made_by_spark = on_spark.Driver.write, []

    def write(driver: on_spark.Driver, number: int, size: int, path: Path) -> None:
        if number == 1:
            made_by_spark.append(path.name)
            by_spark(driver, number, size, path)
        else:
            driver.worker.write(number, size)

    monkeypatch.setattr(on_spark.Driver, "write", write)
    done = ranked(feed, tmp_path / "spark", engine="spark")

    assert made_by_spark == ["000001-20.parquet"]
    assert rows(done) == rows(ranked(feed))
    assert {each.name for each in done.path.parent.iterdir()} == {each.name for each in (feed / "out").iterdir()}


def test_without_java_it_says_what_is_needed(feed: Path, tmp_path: Path) -> None:
    """And nothing is lost: the feed that was read stays."""
    environment = {**os.environ, "JAVA_HOME": str(tmp_path), "PATH": "/nowhere"}
    command = [sys.executable, "-m", "reasoner.cli", "bulk", "feed.parquet", "--mapping", "made.feed.yaml"]
    called = subprocess.run(
        [*command, "-o", str(tmp_path / "out"), "--engine", "spark"],
        capture_output=True,
        text=True,
        cwd=feed,
        env={**environment, "PYTHONPATH": str(ROOT)},
    )

    assert called.returncode == 2
    assert "Spark cannot be started" in called.stderr
    assert "Java 17" in called.stderr
    assert "Traceback" not in called.stderr
    assert (tmp_path / "out" / STORE_FILE).exists()
