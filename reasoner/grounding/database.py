"""What grounding in tables asks of a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sqlglot import exp

from reasoner.terms import Rule

Columns = Mapping[str, npt.NDArray[np.signedinteger[Any]]]


class Database(Protocol):
    """Keeps tables of whole numbers and answers queries over them; a table's rows are numbered by ``rowid``, from 0."""

    def create(self, table: str, query: exp.Query, rule: Rule | None = None, room: int | None = None) -> int:
        """Make a table of a query's rows, at most one more than there is room for; how many there are.

        ``rule`` is what is at work, for an error to name. Raises InputError where it takes too long or arithmetic
        leaves the range of numbers.
        """
        ...

    def mirror(self, table: str, source: str, query: exp.Query) -> int:
        """Give all rows of a table other columns under another name, numbered alike and not copied; how many there are.

        The query is over ``source`` alone and keeps each row's number; ``source`` must not change after this.
        """
        ...

    def create_empty(self, table: str, columns: Sequence[str]) -> None:
        """Make a table without rows."""
        ...

    def insert(self, table: str, query: exp.Query) -> int:
        """Add a query's rows to a table; how many there are."""
        ...

    def load(self, table: str, columns: Columns) -> None:
        """Make a table of columns that are at hand."""
        ...

    def size(self, table: str) -> int:
        """How many rows a table has."""
        ...

    def rows(self, query: exp.Query) -> Sequence[Sequence[Any]]:
        """The rows of a query."""
        ...

    def columns(self, query: exp.Query) -> Columns:
        """The rows of a query, a column at a time."""
        ...
