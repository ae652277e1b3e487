"""Spark, with settings of its own, started once for the tests that need it: they run in one process, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reasoner.grounding.spark import SparkEngine, spark_session
from tests.grounding.conftest import NewGrounder


@pytest.fixture(scope="session", autouse=True)
def spark() -> Iterator[None]:
    """The one session."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_CONF_DIR", str(Path(__file__).parent))
        session = spark_session()
        yield
        session.stop()


@pytest.fixture
def new_grounder() -> NewGrounder:
    """Makes the engine that the conformance suite asks for."""
    return SparkEngine
