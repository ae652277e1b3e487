"""A file of rankings that a run has written, read again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.assessment.result import Method

if TYPE_CHECKING:
    import duckdb

_ASKED = ("case", "kind", "place", "method")
"""What of a row is asked for here."""


def ranked_incidents(rankings: Path) -> int:
    """How many incidents a file ranks anybody for."""
    with _rows(rankings) as rows:
        first = rows.filter("place = '1' AND kind = 'hypothesis'")
        return int(first.aggregate('count(DISTINCT "case")').fetchall()[0][0])


def method_of(rankings: Path, case: str) -> Method | None:
    """How an incident's worlds came about, as its rows say; None where it has none, or there is no file."""
    import duckdb

    if not rankings.exists():
        return None
    with _rows(rankings) as rows:
        mine = rows.filter(duckdb.ColumnExpression("case") == duckdb.ConstantExpression(case))
        return next((method for (method,) in mine.project("method").limit(1).fetchall()), None)


@contextmanager
def _rows(rankings: Path) -> Iterator[duckdb.DuckDBPyRelation]:
    """Its rows, by the ending of its name; numbers may be texts."""
    import duckdb

    whole = rankings.suffix == ".duckdb"
    with duckdb.connect(str(rankings) if whole else ":memory:", read_only=whole) as connection:
        match rankings.suffix:
            case ".parquet":
                yield connection.read_parquet(str(rankings))
            case ".csv":
                yield connection.read_csv(str(rankings), all_varchar=True)
            case ".ndjson":
                yield connection.read_json(str(rankings), columns=dict.fromkeys(_ASKED, "VARCHAR"))
            case _:
                yield connection.table("ranking")
