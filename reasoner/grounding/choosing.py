"""Which engine grounds: by the size of what is stated, unless the environment says which."""

from __future__ import annotations

import os
from importlib.util import find_spec

from reasoner.grounding.engine import Engine, WholeEngine
from reasoner.problems import InputError, Problem

LARGE = 10_000
"""From so many facts on, tables are quicker than rows (docs/performance.md)."""

SETTING = "ASCRIBE_ENGINE"
"""The environment variable that forces an engine: pydatalog, duckdb, or spark."""


def engine_for(facts: int) -> Engine | WholeEngine:
    """The engine for so many facts. Raises InputError where one is forced that there is not."""
    forced = os.environ.get(SETTING, "")
    match forced or ("duckdb" if facts >= LARGE and tables_installed() else "pydatalog"):
        case "pydatalog":
            from reasoner.grounding.pydatalog import PyDatalogEngine

            return PyDatalogEngine()
        case "duckdb":
            _need("duckdb", "bulk", tables_installed())
            from reasoner.grounding.duckdb import DuckDBEngine

            return DuckDBEngine()
        case "spark":
            _need("spark", "spark", spark_installed())
            from reasoner.grounding.spark import SparkEngine

            return SparkEngine()
        case _:
            message = f"there is no engine `{forced}`"
            raise InputError([Problem("unknown-engine", message, hint=f"{SETTING} may be pydatalog, duckdb or spark")])


def tables_installed() -> bool:
    """Whether the libraries are there that grounding in tables needs."""
    return _all_found("duckdb", "sqlglot")


def spark_installed() -> bool:
    """Whether the libraries are there that Spark needs; Java, which it runs on, is another matter."""
    return tables_installed() and _all_found("pyspark", "pandas", "pyarrow")


def _all_found(*libraries: str) -> bool:
    return all(find_spec(each) is not None for each in libraries)


def _need(engine: str, extra: str, installed: bool) -> None:
    if not installed:
        message = f"the engine {engine} is not installed"
        raise InputError([Problem("no-engine", message, hint=f"pip install 'ascribe[{extra}]'")])
