"""The rankings of one batch as rows of a file."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
from sqlglot import exp

from reasoner.assessment.words import ENDS, LEAST, MOST, ROUNDING, words
from reasoner.bulk.assessing import Ranked
from reasoner.bulk.batches import STORE
from reasoner.bulk.draws import Values
from reasoner.bulk.judging import NOBODY_LEADS, descending
from reasoner.bulk.network import Cases, Ids
from reasoner.bulk.propagation import run_sizes, run_starts
from reasoner.exchange.csv_text import FORMULA
from reasoner.feed.store import rejects
from reasoner.language.vocabulary import NOBODY, OTHER

COLUMNS = {
    "case": "VARCHAR",
    "role": "VARCHAR",
    "kind": "VARCHAR",
    "place": "INTEGER",
    "actor": "VARCHAR",
    "name": "VARCHAR",
    "probability": "DOUBLE",
    "standard_error": "DOUBLE",
    "words": "VARCHAR",
    "verdict": "VARCHAR",
    "leading": "VARCHAR",
    "method": "VARCHAR",
}
"""The columns of a ranking, one row for each incident, role and actor.

``kind`` is hypothesis or umbrella; ``place`` counts from 1 within a kind; ``verdict`` and ``leading`` (who is named, or
leads without being) are those of the whole ranking; ``method`` is exact or sampled, an exact row has no error.
"""

_FROM = np.array([LEAST, *ENDS])
_SAID = [words(each) for each in (0.0, 0.02, 0.1, 0.3, 0.5, 0.6, 0.9, 0.97, 1.0)]


_KINDS = ("hypothesis", "umbrella")

PART = """
SELECT c.id AS "case", CAST(r.role AS INTEGER) AS role, CAST(r.kind AS INTEGER) AS kind,
       CAST(r.place AS INTEGER) AS place, a.id AS actor, a.name, r.probability, r.error,
       CAST(r.said AS INTEGER) AS said, r.named, l.id AS "leading", r.exact
FROM ranked r JOIN label c ON c.code = r."case" JOIN label a ON a.code = r.actor LEFT JOIN label l ON l.code = r.subject
ORDER BY r."case", r.role, r.kind, r.place
"""
"""The rows of a part: what has many names in the words of the file, so that it need not be looked up in the end.

What has few names is a number still, as their texts take longest to write. Numbers of constants are in their order.
"""

_WHOLE = """
SELECT "case", {roles}[role + 1] AS role, {kinds}[kind + 1] AS kind, place, actor, name, probability,
       CASE WHEN NOT isnan(error) THEN error END AS standard_error, {words}[said + 1] AS words,
       CASE WHEN named THEN 'named' ELSE 'insufficient evidence' END AS verdict, "leading",
       CASE WHEN exact THEN 'exact' ELSE 'sampled' END AS method
FROM part
"""


_SAFELY = r"""
CREATE OR REPLACE TEMP MACRO safely(t) AS CASE WHEN regexp_matches(t, '^\s*[{signs}]|[\s\p{{C}}]')
  THEN regexp_replace(trim(regexp_replace(t, '[\s\p{{C}}]+', ' ', 'g')), '^([{signs}])', '''\1') ELSE t END
"""
"""A text that is no formula, on one line and without control characters."""


class PartWriter:
    """Writes the rankings of batches, with the names that constants have in the feed's tables.

    ``names`` is a table of display names by constant; who only the feed names is called as it does.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, names: dict[str, str]) -> None:
        self._connection = connection
        self._connection.execute(
            "CREATE TEMP TABLE label AS SELECT c.code, c.text AS id, coalesce(n.name, m.name, c.text) AS name"
            " FROM store.constant c LEFT JOIN (SELECT unnest(?) AS id, unnest(?) AS name) n ON n.id = c.text"
            " LEFT JOIN store.made m ON m.id = c.text WHERE NOT c.quoted",
            [list(names), list(names.values())],
        )
        count = self._connection.execute("SELECT count(*) FROM store.constant").fetchone()
        beyond = int(count[0]) if count else 0
        self._connection.execute(
            "INSERT INTO label VALUES (?, ?, 'someone not on the list'), (?, ?, 'nobody')",
            [beyond, OTHER, beyond + 1, NOBODY],
        )

    def labels(self) -> duckdb.DuckDBPyRelation:
        """What numbers of constants are called: code, id, and display name."""
        return self._connection.table("label")

    def write(self, ranked: Ranked, cases: Cases, path: Path, top: int | None) -> int:
        """Write a file of rankings, whole or not at all, the first ``top`` of each kind; how many rows."""
        columns = ranked_columns(ranked, cases, top)
        self._connection.register("ranked", columns)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self._connection.sql(PART).write_parquet(str(temporary))
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
            self._connection.unregister("ranked")
        return len(columns["place"])


def ranked_columns(ranked: Ranked, cases: Cases, top: int | None) -> dict[str, Ids | Values]:
    """Rankings as columns with numbers for names, the first ``top`` of each kind."""
    field, companies = ranked.field, ranked.companies
    umbrellas = np.flatnonzero(companies.owns == 0)
    contest = np.concatenate([field.contest, companies.contest[umbrellas]])
    kind = np.repeat([0, 1], [len(field), len(umbrellas)])
    actor = np.concatenate([field.actor, companies.head[umbrellas]])
    probability = np.concatenate([ranked.probability, ranked.together[umbrellas]])
    error = np.concatenate([ranked.error, np.full(len(umbrellas), np.nan)])
    group = contest * 2 + kind
    by_name = np.lexsort((actor, group))
    order = by_name[descending(group[by_name], probability[by_name])]
    starts = run_starts(group[order])
    place = np.arange(1, len(order) + 1) - np.repeat(starts, run_sizes(starts, len(order)))
    if top is not None:
        order, place = order[place <= top], place[place <= top]
    first = field.starts[contest[order]]
    case, subject = field.case[first], ranked.verdicts.subject[contest[order]]
    return {
        "case": cases.codes[case],
        "role": field.role[first],
        "kind": kind[order],
        "place": place,
        "actor": actor[order],
        "probability": probability[order],
        "error": np.where(ranked.exact[case], np.nan, error[order]),
        "said": np.searchsorted(_FROM, probability[order] + ROUNDING, side="right")
        + (probability[order] > MOST + ROUNDING),
        "named": ranked.verdicts.named[contest[order]],
        "subject": np.where(subject == NOBODY_LEADS, -(1 << 60), subject),
        "exact": ranked.exact[case],
    }


def bring_together(
    connection: duckdb.DuckDBPyConnection, parts: Path, roles: Sequence[str], path: Path, form: str
) -> None:
    """Make one file of all parts, in order, whole or not at all; ``roles`` are their ids in order."""
    temporary = path.with_name(f".{path.name}")
    named = exp.Literal.string(str(temporary)).sql("duckdb")
    _all_parts(connection, parts, roles).create_view("together")
    try:
        match form:
            case "parquet":
                connection.view("together").write_parquet(str(temporary))
            case "csv":
                _write_csv(connection, "FROM together", ["name"], temporary)
            case "ndjson":
                connection.execute(f"COPY (FROM together) TO {named} (FORMAT json)")
            case _:
                connection.execute(f"ATTACH {named} AS made")
                connection.execute("CREATE TABLE made.ranking AS FROM together")
                connection.execute("DETACH made")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the rows of the feed that could not be used, each with the reason, if that was not done before."""
    if path.exists():
        return
    temporary = path.with_name(f".{path.name}")
    _write_csv(connection, rejects(STORE), ["file", "value"], temporary)
    temporary.replace(path)


def _write_csv(connection: duckdb.DuckDBPyConnection, query: str, said: Sequence[str], path: Path) -> None:
    """Write a query's rows; a spreadsheet obeys nothing in the columns that say what files do (see `csv_text`)."""
    connection.execute(_SAFELY.format(signs=re.escape("".join(FORMULA))))
    safe = ", ".join(f"safely({each}) AS {each}" for each in said)
    connection.sql(query).project(f"* REPLACE ({safe})").write_csv(str(path), header=True)


def _all_parts(connection: duckdb.DuckDBPyConnection, parts: Path, roles: Sequence[str]) -> duckdb.DuckDBPyRelation:
    files = [str(file) for part in sorted(parts.glob("*-*.parquet")) for file in _files(part)]
    if files:
        connection.read_parquet(files).create_view("part")
        return connection.sql(_WHOLE.format(roles=_listed(roles), kinds=_listed(_KINDS), words=_listed(_SAID)))
    columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS.items())
    return connection.sql(f"SELECT {columns}").limit(0)


def _files(part: Path) -> list[Path]:
    """The files of a part, in order: Spark writes several."""
    return sorted(part.glob("*.parquet")) if part.is_dir() else [part]


def _listed(names: Sequence[str]) -> str:
    """Some names as a list in a query."""
    return exp.array(*map(exp.Literal.string, names)).sql("duckdb")
