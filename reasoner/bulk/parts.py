"""The rankings of one batch as rows of a file."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import numpy as np
from sqlglot import exp

from reasoner.assessment.ranking import DIGITS
from reasoner.assessment.words import words
from reasoner.bulk.assessing import Ranked
from reasoner.bulk.draws import Values
from reasoner.bulk.judging import NOBODY_LEADS
from reasoner.bulk.network import Cases, Ids
from reasoner.bulk.propagation import run_starts
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

_ENDS = np.array([0.01, 0.05, 0.20, 0.45, 0.55, 0.80, 0.95])
_SAID = [words(each) for each in (0.0, 0.02, 0.1, 0.3, 0.5, 0.6, 0.9, 0.97, 1.0)]


class PartWriter:
    """Writes the rankings of batches, with the names that constants have in the feed's tables.

    ``names`` is a table of display names by constant, ``roles`` are the ids of the roles in order.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, roles: list[str], names: dict[str, str]) -> None:
        self._connection = connection
        self._connection.execute(
            "CREATE TEMP TABLE role_name AS SELECT unnest(range(?)) AS number, unnest(?) AS role", [len(roles), roles]
        )
        self._connection.execute(
            "CREATE TEMP TABLE said AS SELECT unnest(range(?)) AS number, unnest(?) AS words", [len(_SAID), _SAID]
        )
        self._connection.execute(
            "CREATE TEMP TABLE label AS SELECT c.code, c.text AS id, coalesce(n.name, c.text) AS name"
            " FROM store.constant c LEFT JOIN (SELECT unnest(?) AS id, unnest(?) AS name) n ON n.id = c.text"
            " WHERE NOT c.quoted",
            [list(names), list(names.values())],
        )
        count = self._connection.execute("SELECT count(*) FROM store.constant").fetchone()
        beyond = int(count[0]) if count else 0
        self._connection.execute(
            "INSERT INTO label VALUES (?, ?, 'someone not on the list'), (?, ?, 'nobody')",
            [beyond, OTHER, beyond + 1, NOBODY],
        )

    def write(self, ranked: Ranked, cases: Cases, path: Path, top: int | None) -> int:
        """Write a file of rankings, whole or not at all, the first ``top`` of each kind; how many rows."""
        columns = _columns(ranked, cases, top)
        self._connection.register("ranked", columns)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self._connection.execute(
                'COPY (SELECT c.id AS "case", o.role, k.kind, CAST(r.place AS INTEGER) AS place, a.id AS actor,'
                " a.name, r.probability, r.error AS standard_error, s.words,"
                " CASE WHEN r.named THEN 'named' ELSE 'insufficient evidence' END AS verdict, l.id AS leading,"
                " CASE WHEN r.exact THEN 'exact' ELSE 'sampled' END AS method"
                ' FROM ranked r JOIN label c ON c.code = r."case" JOIN role_name o ON o.number = r.role'
                " JOIN (VALUES (0, 'hypothesis'), (1, 'umbrella')) k(number, kind) ON k.number = r.kind"
                " JOIN label a ON a.code = r.actor JOIN said s ON s.number = r.said"
                " LEFT JOIN label l ON l.code = r.subject"
                f" ORDER BY c.id, r.role, r.kind, r.place) TO {_text(str(temporary))} (FORMAT parquet)"  # noqa: S608
            )
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
            self._connection.unregister("ranked")
        return len(columns["place"])


def _columns(ranked: Ranked, cases: Cases, top: int | None) -> dict[str, Ids | Values]:
    field, companies = ranked.field, ranked.companies
    umbrellas = np.flatnonzero(companies.owns == 0)
    contest = np.concatenate([field.contest, companies.contest[umbrellas]])
    kind = np.repeat([0, 1], [len(field), len(umbrellas)])
    actor = np.concatenate([field.actor, companies.head[umbrellas]])
    probability = np.concatenate([ranked.probability, ranked.together[umbrellas]])
    error = np.concatenate([ranked.error, np.full(len(umbrellas), np.nan)])
    order = np.lexsort((actor, -np.round(probability, DIGITS), kind, contest))
    starts = run_starts(contest[order] * 2 + kind[order])
    place = np.arange(1, len(order) + 1) - np.repeat(starts, np.diff([*starts, len(order)]))
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
        "error": error[order],
        "said": np.searchsorted(_ENDS, probability[order] + 1e-12, side="right") + (probability[order] > 0.99 + 1e-12),
        "named": ranked.verdicts.named[contest[order]],
        "subject": np.where(subject == NOBODY_LEADS, -(1 << 60), subject),
        "exact": ranked.exact[case],
    }


def bring_together(connection: duckdb.DuckDBPyConnection, parts: Path, path: Path, form: str) -> None:
    """Make one file of all parts, in order, whole or not at all."""
    temporary = path.with_name(f".{path.name}")
    pattern = str(parts / "*.parquet")
    columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS.items())
    some = any(parts.glob("*.parquet"))
    rows = f"SELECT * FROM read_parquet({_text(pattern)})" if some else f"SELECT {columns} LIMIT 0"  # noqa: S608
    try:
        if form == "duckdb":
            connection.execute(f"ATTACH {_text(str(temporary))} AS made")
            connection.execute(f"CREATE TABLE made.ranking AS {rows}")
            connection.execute("DETACH made")
        else:
            options = {"parquet": "FORMAT parquet", "csv": "FORMAT csv, HEADER", "ndjson": "FORMAT json"}[form]
            connection.execute(f"COPY ({rows}) TO {_text(str(temporary))} ({options})")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the rows of the feed that could not be used, each with the reason, if that was not done before."""
    if path.exists():
        return
    temporary = path.with_name(f".{path.name}")
    connection.execute(
        "COPY (SELECT f.path AS file, r.row, r.fact, r.word AS reason, w.reason AS words, r.value FROM store.reject r"
        " JOIN store.feed_file f ON f.number = r.file LEFT JOIN store.reason w USING (word)"
        f" ORDER BY r.file, r.row, r.fact NULLS FIRST) TO {_text(str(temporary))} (FORMAT csv, HEADER)"  # noqa: S608
    )
    temporary.replace(path)


def _text(text: str) -> str:
    """A text as it stands in a statement."""
    return exp.Literal.string(text).sql("duckdb")
