"""The incidents of a feed, so many at a time, as the assessor takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
from sqlglot import exp

from reasoner.assessment.draws import BLOCKS, Raw
from reasoner.bulk.assessing import Stated
from reasoner.bulk.draws import Draws
from reasoner.bulk.network import Cases, Ids
from reasoner.grounding.database import Database
from reasoner.grounding.relations import SCOPE, Relation, number

STORE = "store"
"""The name under which the feed's tables are attached."""

_CASE = "case"


@dataclass(frozen=True, eq=False)
class Batches:
    """Reads a feed's tables, attached to the database that incidents are ground in.

    ``owns`` says of each predicate stated which argument always is the row's incident, None where none is.
    """

    connection: duckdb.DuckDBPyConnection
    database: Database
    arities: Mapping[str, int]
    owns: Mapping[str, int | None]
    seed: int

    @staticmethod
    def over(
        connection: duckdb.DuckDBPyConnection, database: Database, arities: Mapping[str, int], seed: int
    ) -> Batches:
        """The batches of a store, which says of what predicates something is stated."""
        query = (
            exp.select("table_name")
            .from_("duckdb_tables")
            .where(exp.EQ(this=exp.column("database_name"), expression=exp.Literal.string(STORE)))
        )
        tables = sorted(row[0] for row in database.rows(query) if row[0].startswith("fact_"))
        owns = {table.removeprefix("fact_"): None for table in tables}
        found = Batches(connection, database, arities, owns, seed)
        return Batches(connection, database, arities, {name: found.own(name) for name in owns}, seed)

    def own(self, predicate: str) -> int | None:
        """The first argument that is the incident in every row."""
        shown = [
            exp.Min(this=exp.cast(exp.EQ(this=exp.column(f"a{place}"), expression=_case()), exp.DataType.Type.INT))
            for place in range(self.arities[predicate])
        ]
        if not shown:
            return None
        row = self.database.rows(exp.select(*shown).from_(_table(predicate)))[0]
        return next((place for place, same in enumerate(row) if same), None)

    def stated(self, low: int, high: int) -> Stated:
        """What is stated of the incidents whose numbers lie from ``low`` to ``high``, both included."""
        within = exp.Between(this=_case(), low=number(low), high=number(high))
        query = exp.select(_case()).from_(exp.table_("incident", db=STORE)).where(within).order_by(_case())
        cases = Cases(np.asarray(self.database.columns(query)[_CASE], dtype=np.int64))
        relations: dict[str, Relation] = {}
        certain, rows, starts, size = [], {}, {}, 0
        for predicate in self.owns:
            relation, sure, numbers = self._relation(predicate, within)
            if not len(numbers):
                continue
            relations[predicate] = relation
            certain.append(sure)
            rows[predicate], starts[predicate] = numbers, size
            size += len(numbers)
        sure = np.concatenate(certain) if certain else np.zeros(0, np.bool_)
        return Stated(cases, relations, sure, self._draws(within, cases, rows, starts), self._keys)

    def relation(self, predicate: str) -> Relation:
        """Where the facts of a predicate are, once they are a table."""
        return Relation(f"stated_{predicate}", self.arities[predicate], True, self.owns[predicate])

    def _relation(self, predicate: str, within: exp.Expr) -> tuple[Relation, npt.NDArray[np.bool_], Ids]:
        """The facts of one predicate as a table, which of them are certain, and their rows in the store."""
        relation = self.relation(predicate)
        possible = exp.and_(within.copy(), exp.GT(this=exp.column("credence"), expression=number(0)))
        named = {SCOPE: _case(), **{f"a{place}": exp.column(f"a{place}") for place in range(relation.arity)}}
        shown = [exp.alias_(named[name], name) for name in relation.columns]
        facts = exp.select(*shown).from_(_table(predicate)).where(possible).order_by("rowid")
        behind = exp.select("certain", "rowid").from_(_table(predicate)).where(possible.copy()).order_by("rowid")
        found = self.database.columns(behind)
        if len(found["rowid"]):
            self.database.create(relation.table, facts)
        return relation, np.asarray(found["certain"], dtype=np.bool_), np.asarray(found["rowid"], dtype=np.int64)

    def _draws(self, within: exp.Expr, cases: Cases, rows: Mapping[str, Ids], starts: Mapping[str, int]) -> Draws:
        names = sorted(rows)
        shown: list[exp.Expr | str] = [_case(), "draw", "predicate", "fact", "share", "within_fact"]
        query = exp.select(*shown).from_(exp.table_("draw", db=STORE)).where(within.copy()).order_by("rowid")
        found = self.database.columns(query)
        share = np.asarray(found["share"], dtype=np.float64)
        case, draw, fact = (np.asarray(found[name], dtype=np.int64) for name in (_CASE, "draw", "fact"))
        inner = np.ma.filled(np.ma.asarray(found["within_fact"], dtype=np.int64), -1)
        predicate = np.searchsorted(np.array(names), np.asarray(found["predicate"], dtype=str))
        atom, gate = np.zeros_like(fact), np.full_like(fact, -1)
        for place, name in enumerate(names):
            mine = predicate == place
            atom[mine] = starts[name] + np.searchsorted(rows[name], fact[mine])
            gated = mine & (inner >= 0)
            gate[gated] = starts[name] + np.searchsorted(rows[name], inner[gated])
        return Draws(cases.places(case), draw, atom, share, gate)

    def _keys(self, draws: Ids) -> Raw:
        """The generator's starting states of some draws, hashed where their names are."""
        if not len(draws):
            return np.zeros((0, BLOCKS), dtype=np.uint64)
        self.connection.register("asked", {"draw": draws})
        found = self.connection.execute(
            "SELECT ('0x' || substr(sha256(concat(?::BIGINT, ':', b.block, ':', d.name)), 1, 16))::UBIGINT AS key"
            " FROM asked a JOIN store.draw d ON d.draw = a.draw AND d.place = 0, range(?) b(block)"
            " ORDER BY a.draw, b.block",
            [self.seed, BLOCKS],
        ).fetchnumpy()["key"]
        self.connection.unregister("asked")
        return np.asarray(found, dtype=np.uint64).reshape(-1, BLOCKS)


def _case() -> exp.Column:
    return exp.column(exp.to_identifier(_CASE, quoted=True))


def _table(predicate: str) -> exp.Table:
    return exp.table_(exp.to_identifier(f"fact_{predicate}", quoted=True), db=STORE)
