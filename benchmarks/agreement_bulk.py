"""A made-up feed, ground and ranked at once, for ``benchmarks/agreement.py``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import bulk_facts
import duckdb
import generate
import generated_files
from agreement_comparing import Bulk, Ground, Ranked
from sqlglot import exp

from reasoner.bulk.running import Asked, run
from reasoner.bulk.working import Work, Worker, count, opened
from reasoner.feed.store import FeedStore
from reasoner.grounding.coding import NARROW, Coding
from reasoner.grounding.database import Database
from reasoner.grounding.ordering import positive
from reasoner.grounding.relations import ROW, SCOPE, Instances, premise
from reasoner.terms import Atom, Quoted, Variable


def made(folder: Path, incidents: int, doubtful: float) -> FeedStore:
    """The feed with its workspace, loaded."""
    world = generate.world(rates=generate.Rates(doubtful=doubtful))
    generated_files.write_workspace(folder, world)
    generated_files.write_feed(folder, world, incidents)
    bulk_facts.load(folder)
    return bulk_facts.store_in(folder)


def incidents_in(store: FeedStore) -> list[str]:
    """The names of all incidents, in order."""
    with store.connected() as connection:
        query = 'SELECT c.text FROM incident i JOIN constant c ON c.code = i."case" ORDER BY c.code'
        return [name for (name,) in connection.execute(query).fetchall()]


def through_duckdb(folder: Path, store: FeedStore, worlds: int) -> Bulk:
    """What ``ascribe bulk`` makes of a loaded feed."""
    instances: dict[str | None, list[Ground]] = defaultdict(list)
    with opened(store, folder) as connection:
        worker, read = Worker(connection, Work(store, folder, worlds, 0, None)), Read(connection, store, instances)
        read.keep(worker.database, worker.assessor.beneath.instances)
        size = worker.size(1)
        for number in range(-(-count(connection) // size)):
            with worker.database.scratch():
                read.keep(worker.database, worker.assessor.ground(worker.stated(number, size)).instances)
    return Bulk(instances.pop(None, []), instances, ranked(folder, store, worlds, "duckdb"))


def ranked(folder: Path, store: FeedStore, worlds: int, engine: str) -> dict[str, list[Ranked]]:
    """The rows of the rankings that ``ascribe bulk`` writes, by incident."""
    files, mapping, jobs = [folder / "feed.parquet"], folder / "made.feed.yaml", 1 if engine == "duckdb" else None
    asked, output = Asked(worlds, 0, None, "parquet"), folder / f"out-{engine}"
    done = run(files, mapping, store.workspace, store.rules, output, asked, jobs, lambda *_: None, engine)
    return _rows(done.path)


class Read:
    """Reads rule instances from the tables of a grounding, and keeps them by incident."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, store: FeedStore, instances: dict[str | None, list[Ground]]
    ) -> None:
        self._coding, self._rules, self._instances = _coding(connection), len(store.rules.program.rules), instances

    def keep(self, database: Database, tables: Iterable[Instances]) -> None:
        """Read some tables of a database."""
        for case, ground in read_instances(database, self._coding, tables, self._rules):
            self._instances[case].append(ground)


def _coding(connection: duckdb.DuckDBPyConnection) -> Coding:
    """The numbers of every constant of the feed."""
    rows = connection.execute("SELECT code, text, quoted FROM store.constant").fetchall()
    return Coding({Quoted(text) if quoted else text: code for code, text, quoted in rows}, len(rows), NARROW)


def read_instances(
    database: Database, coding: Coding, tables: Iterable[Instances], rules: int
) -> Iterator[tuple[str | None, Ground]]:
    """The rule instances in the tables of a grounding, each with its incident, if any; of the first so many rules."""
    for each in tables:
        if each.position < rules:  # membership in umbrellas comes after them
            yield from _read(database, coding, each)


def _read(database: Database, coding: Coding, each: Instances) -> Iterator[tuple[str | None, Ground]]:
    values, names = each.values("i"), each.rule.variables
    shown: list[exp.Expr] = [exp.column(SCOPE, "i") if each.scoped else exp.null()]
    shown += [values[Variable(name)] for name in names]
    query = exp.Select().from_(exp.to_table(each.table).as_("i"))
    for place, source in enumerate(each.sources):
        same = exp.EQ(this=exp.column(ROW, f"s{place}"), expression=exp.column(premise(place), "i"))
        query = query.join(exp.to_table(source.table).as_(f"s{place}"), on=same)
        shown += source.arguments(f"s{place}")
    predicates = [atom.predicate for atom in positive(each.rule.body)]
    for case, *codes in database.rows(query.select(*(exp.alias_(value, f"c{n}") for n, value in enumerate(shown)))):
        constants = [coding.constant(code) for code in codes]
        binding, left = tuple(constants[: len(names)]), constants[len(names) :]
        premises = []
        for predicate, source in zip(predicates, each.sources, strict=True):
            premises.append(Atom(predicate, tuple(left[: source.arity])))
            left = left[source.arity :]
        yield None if case is None else str(coding.constant(case)), (each.position, binding, tuple(premises))


def _rows(path: Path) -> dict[str, list[Ranked]]:
    """The rows of a file of rankings, by incident."""
    found: dict[str, list[Ranked]] = defaultdict(list)
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        for row in relation.fetchall():
            each = dict(zip(relation.columns, row, strict=True))
            found[each["case"]].append(each)
    return found
