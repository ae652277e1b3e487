"""The DuckDB engine: grounding in tables, a query a rule, in a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import duckdb
from sqlglot import exp

from reasoner.grounding.bounds import Bounds
from reasoner.grounding.clauses import TOO_LARGE
from reasoner.grounding.database import Columns
from reasoner.grounding.graph import Derivation
from reasoner.grounding.replaying import ground_whole
from reasoner.grounding.watching import Watch
from reasoner.language.program import Program
from reasoner.limits import Limits
from reasoner.terms import Atom, Rule

_Found = TypeVar("_Found")


class DuckDB:
    """Tables in a DuckDB database, which lives in memory unless a connection is given."""

    def __init__(self, bounds: Bounds, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self._bounds = bounds
        self._connection = connection or duckdb.connect(":memory:")
        self._watch = Watch(bounds, self._connection.interrupt)
        self._made: list[tuple[str, str]] = []

    def watched(self, work: Callable[[], _Found]) -> _Found:
        """What some work with this database comes to; it is broken off where it passes its bounds, or is unwanted.

        Without this, no query is interrupted, not even by ctrl+c.
        """
        return self._watch.over(work)

    def create(self, table: str, query: exp.Query, rule: Rule | None = None, room: int | None = None) -> int:
        """Make a table of a query's rows, at most one more than there is room for; how many there are."""
        if room is not None:
            query = query.limit(room + 1)
        self._made.append((table, "TABLE"))
        return self._counted(exp.Create(this=exp.table_(table), kind="TABLE", expression=query), rule)

    def mirror(self, table: str, source: str, query: exp.Query) -> int:
        """Give all rows of a table other columns under another name, without copying them; how many there are."""
        self._made.append((table, "VIEW"))
        self._run(exp.Create(this=exp.table_(table), kind="VIEW", expression=query), None)
        return self.size(source)

    def create_empty(self, table: str, columns: Sequence[str]) -> None:
        """Make a table without rows."""
        self._made.append((table, "TABLE"))
        kinds = [exp.ColumnDef(this=exp.to_identifier(each), kind=exp.DataType.build("bigint")) for each in columns]
        self._run(exp.Create(this=exp.Schema(this=exp.to_table(table), expressions=kinds), kind="TABLE"), None)

    def insert(self, table: str, query: exp.Query) -> int:
        """Add a query's rows to a table; how many there are."""
        return self._counted(exp.insert(query, table), None)

    def load(self, table: str, columns: Columns) -> None:
        """Make a table of columns that are at hand."""
        self._made.append((table, "TABLE"))
        self._connection.register("loaded", dict(columns))
        self._run(exp.Create(this=exp.to_table(table), kind="TABLE", expression=exp.select("*").from_("loaded")), None)
        self._connection.unregister("loaded")

    def size(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(exp.select(exp.Count(this=exp.Star())).from_(exp.table_(table)))[0][0])

    def rows(self, query: exp.Query) -> Sequence[Sequence[Any]]:
        """The rows of a query."""
        return self._run(query, None).fetchall()

    def columns(self, query: exp.Query) -> Columns:
        """The rows of a query, a column at a time."""
        found: Columns = self._run(query, None).fetchnumpy()
        return found

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """Tables made within this are gone after it."""
        before = len(self._made)
        try:
            yield
        finally:
            for table, kind in reversed(self._made[before:]):
                self._connection.execute(exp.Drop(tables=[exp.to_table(table)], kind=kind, exists=True).sql("duckdb"))
            del self._made[before:]

    def _counted(self, statement: exp.Expr, rule: Rule | None) -> int:
        row = self._run(statement, rule).fetchone()
        return int(row[0]) if row else 0

    def _run(self, statement: exp.Expr, rule: Rule | None) -> duckdb.DuckDBPyConnection:
        self._watch.rule = rule
        try:
            return self._connection.execute(statement.sql("duckdb", copy=False))
        except duckdb.Error as error:
            if TOO_LARGE in str(error) and rule is not None:
                raise self._bounds.number_too_large(rule) from None
            raise


class DuckDBEngine:
    """Grounds a whole program in tables."""

    def ground(self, program: Program, atoms: Iterable[Atom], limits: Limits) -> Derivation:
        """Every ground instance of the program's rules over some atoms. Raises InputError as `fixpoint.ground` does."""
        bounds = Bounds(program, limits)
        database, stated = DuckDB(bounds), list(dict.fromkeys(atoms))
        return database.watched(lambda: ground_whole(database, program, bounds, stated))
