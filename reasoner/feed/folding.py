"""How texts of a feed are compared and turned into constants, as macros of DuckDB.

``folded(text)`` is `reasoner.evidence.entities.spoken`; ``symbol_of(text)`` a symbol made of a text; ``iso_date(text)``
and ``moment(text)`` the date and the moment it writes; ``instant(moment)`` when that had passed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MACROS = (
    r"""folded(t) AS trim(regexp_replace(lower(t), '[_\s\p{Z}]+', ' ', 'g'))""",
    r"""is_symbol(t) AS regexp_full_match(t, '_*[a-z][A-Za-z0-9_]*') AND t <> 'not'""",
    # What has no letters of ours in it is told apart by a digest of what it was.
    r"""bare(t) AS trim(regexp_replace(lower(strip_accents(t)), '[^a-z0-9]+', '_', 'g'), '_')""",
    r"""lettered(s) AS CASE WHEN regexp_matches(s, '^[a-z]') AND s <> 'not' THEN s ELSE 'n_' || s END""",
    r"""symbol_of(t) AS CASE
          WHEN is_symbol(t) THEN t
          WHEN regexp_full_match(strip_accents(t), '[\x00-\x7F]*[A-Za-z0-9][\x00-\x7F]*') THEN lettered(bare(t))
          ELSE lettered(trim(bare(t) || '_' || left(md5(t), 10), '_')) END""",
    r"""whole(t) AS CASE WHEN regexp_full_match(t, '-?[0-9]{1,18}(\.0+)?')
          THEN try_cast(regexp_extract(t, '^-?[0-9]+') AS BIGINT) END""",
    r"""iso_date(t) AS CASE
          WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z?)?')
           AND left(t, 4) <> '0000'
          THEN CAST(try_cast(regexp_extract(t, '^[0-9]+-[0-9]+-[0-9]+') AS DATE) AS VARCHAR) END""",
    r"""clock(t) AS regexp_extract(
          t, '^[0-9-]+[T ]([0-9]{2}:[0-9]{2}(:[0-9]{2})?)(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$', 1)""",
    r"""offset_of(t) AS regexp_extract(t, '[0-9]:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$', 3)""",
    r"""day_of(t) AS CASE WHEN regexp_matches(t, '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}($|[T ])')
          THEN iso_date(regexp_extract(t, '^[0-9-]+')) END""",
    r"""moment(t) AS CASE
          WHEN regexp_full_match(t, '[0-9-]+') THEN day_of(t)
          WHEN clock(t) = '' OR try_cast(clock(t) AS TIME) IS NULL OR clock(t) >= '24' THEN NULL
          ELSE day_of(t) || 'T' || clock(t) || offset_of(t) END""",
    r"""minutes(z) AS CASE WHEN z IN ('', 'Z') THEN 0 ELSE
          (CASE WHEN z[1] = '-' THEN -1 ELSE 1 END)
          * (CAST(z[2:3] AS BIGINT) * 60 + CAST(z[5:6] AS BIGINT)) END""",
    r"""instant(m) AS CASE
          WHEN length(m) = 10 THEN epoch_us(CAST(m AS DATE)) + 86399999999
          ELSE epoch_us(CAST(m[1:10] || ' ' || clock(m) AS TIMESTAMP)) - minutes(offset_of(m)) * 60000000 END""",
)


def define(run: Callable[[str], object]) -> None:
    """Define the macros, by what runs a statement."""
    for macro in MACROS:
        run(f"CREATE OR REPLACE TEMP MACRO {macro}")


def symbol_of(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """The symbol that a feed's text becomes."""
    define(connection.execute)
    found = connection.execute("SELECT symbol_of(?)", [text]).fetchone()
    return str(found[0]) if found else text
