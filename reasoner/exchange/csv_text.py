"""Rows as CSV (RFC 4180) for a spreadsheet that obeys nothing in them.

Text from files loses its control characters, and where a spreadsheet would take it for a formula it starts with an
apostrophe, which spreadsheets read as "this is text" (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from reasoner.exchange.plain_text import bare

Cell: TypeAlias = str | int | float | None

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
"""What a text begins with that a spreadsheet would work out."""


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV, one a line; numbers stay numbers, None is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue()


def as_text(text: str) -> str:
    """Text that is no formula, on one line and without control characters."""
    plain = " ".join(bare(text).split())
    return f"'{plain}" if plain.startswith(FORMULA) else plain
