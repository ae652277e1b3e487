"""What a task of Spark does: it is handed all rows of some incidents, and ranks these as a process by itself would.

The rows of every table, of the feed's and of the grounding's, arrive in one stream. Each says which table it is of, and
its number there; as the task makes the tables anew for its own incidents, rows are numbered anew, and so is what refers
to them.
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from reasoner.bulk.assessing import Assessor, Stated
from reasoner.bulk.batches import STORE, Batches
from reasoner.bulk.draws import Values
from reasoner.bulk.layout import Layout
from reasoner.bulk.network import Ids
from reasoner.bulk.parts import ranked_columns
from reasoner.evidence.base import Base
from reasoner.grounding.bounds import Bounds
from reasoner.grounding.coding import Coding
from reasoner.grounding.database import Columns
from reasoner.grounding.duckdb import DuckDB
from reasoner.grounding.relations import SCOPE, Relation
from reasoner.grounding.tables import Grounded, Setting
from reasoner.language.program import Program
from reasoner.limits import UNBOUNDED, Limits
from reasoner.problems import InputError

INCIDENT, DRAW, FACT = 0, 1, 2
"""Numbers of tables in the stream: incidents, draws, from 2 on the facts of each predicate, then the grounding's."""

REFUSED = "refused:"
"""What the message of a task's error begins with, where somebody's mistake is the reason."""

RANKED = pa.schema(
    [
        ("case", pa.int64()),
        ("role", pa.int32()),
        ("kind", pa.int32()),
        ("place", pa.int32()),
        ("actor", pa.int64()),
        ("probability", pa.float64()),
        ("error", pa.float64()),
        ("said", pa.int32()),
        ("named", pa.bool_()),
        ("subject", pa.int64()),
        ("exact", pa.bool_()),
    ]
)
"""The columns of the rankings that a task gives, with numbers for names."""


@dataclass(frozen=True)
class Kit:
    """What every task needs beside the rows of its incidents.

    ``stated`` are the relations of what the feed states, in the order in which their facts are numbered as tables;
    ``grounded`` is what was found of all incidents, in tables laid out as ``layouts`` say; ``shared`` are the tables
    that no incident owns, by name.
    """

    program: Program
    background: Base
    beneath: Grounded
    coding: Coding
    worlds: int
    seed: int
    top: int | None
    stated: Mapping[str, Relation]
    grounded: Grounded
    layouts: tuple[Layout, ...]
    shared: Mapping[str, Columns]


def ranking(kit: Kit) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What turns the rows of a partition into the rankings of its incidents."""

    def ranked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        arrived = list(batches)
        if not arrived:
            return
        try:
            yield _Worker(kit).ranked(pa.Table.from_batches(arrived))
        except InputError as error:
            raise RuntimeError(REFUSED + base64.b64encode(pickle.dumps(error.problems)).decode()) from None

    return ranked


class _Worker:
    """A database of the task's own, with what all incidents share; incidents come and go."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._connection = duckdb.connect(config={"threads": "1"})
        self._connection.execute(f"ATTACH ':memory:' AS {STORE}")
        bounds = Bounds(kit.program, Limits(instances=UNBOUNDED, seconds=UNBOUNDED), kit.coding.largest)
        self._database = DuckDB(bounds, self._connection)
        for table, columns in kit.shared.items():
            self._database.load(table, columns)
        setting = Setting(kit.program, self._database, kit.coding, bounds, frozenset(kit.stated))
        self._assessor = Assessor(setting, kit.background, kit.worlds, kit.seed, kit.beneath)

    def ranked(self, rows: pa.Table) -> pa.RecordBatch:
        """The rankings of the incidents of a partition."""
        kit, arrived = self._kit, _Arrived(rows)
        with self._database.scratch():
            stated = self._stated(arrived)
            first = FACT + len(kit.stated)
            numbers = {each.table: arrived.possible(FACT + n) for n, each in enumerate(kit.stated.values())}
            numbers |= {each.table: arrived.numbers(first + n) for n, each in enumerate(kit.layouts)}
            for place, layout in enumerate(kit.layouts):
                self._database.load(layout.table, _renumbered(arrived.columns(first + place, layout), layout, numbers))
            columns = ranked_columns(self._assessor.rank(stated, kit.grounded), stated.cases, kit.top)
        return pa.RecordBatch.from_arrays([pa.array(columns[e.name], e.type) for e in RANKED], schema=RANKED)

    def _stated(self, arrived: _Arrived) -> Stated:
        """The tables of a feed, for these incidents alone, and what `Batches` makes of them."""
        stated, incidents = self._kit.stated, arrived.incidents(INCIDENT)
        self._keep("incident", {"case": incidents})
        for place, (predicate, relation) in enumerate(stated.items(), FACT):
            certain, *arguments = arrived.cells(place, 1 + relation.arity)
            columns = {f"a{n}": each for n, each in enumerate(arguments)}
            behind = {"certain": certain == 1, "credence": arrived.shares(place)}
            self._keep(f"fact_{predicate}", {"case": arrived.incidents(place), **columns, **behind})
        self._keep("draw", self._draws(arrived))
        arities = {predicate: relation.arity for predicate, relation in stated.items()}
        owns = {predicate: relation.own for predicate, relation in stated.items()}
        batches = Batches(self._connection, self._database, arities, owns, self._kit.seed)
        found = batches.stated(int(incidents.min()), int(incidents.max()))
        for predicate, relation in stated.items():
            if predicate not in found.relations:
                self._database.create_empty(relation.table, relation.columns)
        return found

    def _draws(self, arrived: _Arrived) -> Mapping[str, object]:
        """The draws, numbered from 0 on, of facts as these are numbered here."""
        draw, predicate, fact, place, inner = arrived.cells(DRAW, 5)
        for number in np.unique(predicate):
            mine, known = predicate == number, arrived.numbers(FACT + int(number))
            fact[mine] = np.searchsorted(known, fact[mine])
            within = mine & (inner >= 0)
            inner[within] = np.searchsorted(known, inner[within])
        return {
            "case": arrived.incidents(DRAW),
            "draw": np.unique(draw, return_inverse=True)[1].reshape(-1),
            "predicate": np.array(list(self._kit.stated), dtype=object)[predicate],
            "fact": fact,
            "place": place,
            "share": arrived.shares(DRAW),
            "within_fact": np.ma.array(inner, mask=inner < 0),
            "name": arrived.names(DRAW),
        }

    def _keep(self, table: str, columns: Mapping[str, object]) -> None:
        """Make one of the tables that a feed has."""
        self._connection.register("arrived", columns)
        self._connection.execute(f"CREATE OR REPLACE TABLE {STORE}.{table} AS FROM arrived")
        self._connection.unregister("arrived")


class _Arrived:
    """The rows of a partition, table by table, in the order of their numbers there."""

    def __init__(self, rows: pa.Table) -> None:
        rows = rows.combine_chunks()
        table, number = rows["table"].to_numpy(), rows["row"].to_numpy()
        self._order: Ids = np.lexsort((number, table))
        order = self._order
        self._table: Ids = table[order]
        self._number: Ids = number[order]
        self._incident: Ids = rows["incident"].to_numpy()[order]
        self._share, self._name = rows["share"].combine_chunks(), rows["name"].combine_chunks()
        cells = rows["cells"].combine_chunks()
        self._first, self._values = cells.offsets.to_numpy()[:-1][order], cells.values.to_numpy()

    def _within(self, table: int) -> slice:
        return slice(*np.searchsorted(self._table, [table, table + 1]))

    def numbers(self, table: int) -> Ids:
        """The numbers that rows of a table have among all, ascending."""
        return self._number[self._within(table)]

    def possible(self, facts: int) -> Ids:
        """Those of the numbers of facts that are of any credence."""
        return self.numbers(facts)[self.shares(facts) > 0]

    def incidents(self, table: int) -> Ids:
        """The incident that each row belongs to."""
        return self._incident[self._within(table)]

    def cells(self, table: int, width: int) -> list[Ids]:
        """The columns of a table that has so many."""
        first = self._first[self._within(table)]
        return [self._values[first + place] for place in range(width)]

    def shares(self, table: int) -> Values:
        """The share or credence of each row."""
        found = self._share.take(self._order[self._within(table)]).to_numpy(zero_copy_only=False)
        return np.asarray(found, dtype=np.float64)

    def names(self, table: int) -> object:
        """The name of each row, where it has one."""
        return self._name.take(self._order[self._within(table)]).to_numpy(zero_copy_only=False)

    def columns(self, table: int, layout: Layout) -> dict[str, Ids]:
        """The columns of a table of the grounding."""
        names = [name for name in layout.columns if name != SCOPE]
        return {SCOPE: self.incidents(table), **dict(zip(names, self.cells(table, len(names)), strict=True))}


def _renumbered(columns: Columns, layout: Layout, numbers: Mapping[str, Ids]) -> Columns:
    """The columns of a table, with the numbers that rows of other tables have here."""
    here = {
        name: np.searchsorted(numbers[table], columns[name])
        for name, table in layout.numbering.items()
        if table in numbers
    }
    return {**columns, **here}
