"""The engines that grounding runs on, each held to the same promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from reasoner.grounding.duckdb import DuckDBEngine
from reasoner.grounding.engine import Engine, WholeEngine
from reasoner.grounding.pydatalog import PyDatalogEngine
from tests.reference_engine import ReferenceEngine

NewEngine: TypeAlias = Callable[[], Engine]
NewGrounder: TypeAlias = Callable[[], Engine | WholeEngine]

ENGINES: dict[str, NewEngine] = {"pydatalog": PyDatalogEngine, "reference": ReferenceEngine}


@pytest.fixture(params=ENGINES.values(), ids=list(ENGINES))
def new_engine(request: pytest.FixtureRequest) -> NewEngine:
    """Makes a new engine, of each kind in turn."""
    made: NewEngine = request.param
    return made


@pytest.fixture(params=[*ENGINES.values(), DuckDBEngine], ids=[*ENGINES, "duckdb"])
def new_grounder(request: pytest.FixtureRequest) -> NewGrounder:
    """Makes a new one of whatever grounding can be given, of each kind in turn."""
    made: NewGrounder = request.param
    return made
