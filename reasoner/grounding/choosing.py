"""Which engine grounds: by the size of what is stated, unless the environment says which."""

from __future__ import annotations

import os
from importlib.util import find_spec

from reasoner.grounding.engine import Engine, WholeEngine
from reasoner.problems import InputError, Problem

LARGE = 10_000
"""From so many facts on, tables are quicker than rows (docs/performance.md)."""

SETTING = "ASCRIBE_ENGINE"
"""The environment variable that forces an engine: pydatalog, or duckdb."""


def engine_for(facts: int) -> Engine | WholeEngine:
    """The engine for so many facts. Raises InputError where one is forced that there is not."""
    forced = os.environ.get(SETTING, "")
    if forced not in ("", "pydatalog", "duckdb"):
        message = f"there is no engine `{forced}`"
        raise InputError([Problem("unknown-engine", message, hint=f"{SETTING} may be pydatalog or duckdb")])
    if forced == "pydatalog" or (not forced and (facts < LARGE or not tables_installed())):
        from reasoner.grounding.pydatalog import PyDatalogEngine

        return PyDatalogEngine()
    if not tables_installed():
        message = "the engine duckdb is not installed"
        raise InputError([Problem("no-engine", message, hint="pip install 'ascribe[bulk]'")])
    from reasoner.grounding.duckdb import DuckDBEngine

    return DuckDBEngine()


def tables_installed() -> bool:
    """Whether the libraries are there that grounding in tables needs."""
    return all(find_spec(each) is not None for each in ("duckdb", "sqlglot"))
