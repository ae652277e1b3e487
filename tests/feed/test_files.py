"""Files that are wrong, texts that mean harm, and what is left behind when a feed cannot be read."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reasoner.feed.database import Workbench
from reasoner.feed.digests import digests_of
from reasoner.feed.loading import load_feed
from reasoner.feed.store import FeedStore, base_of
from reasoner.problems import InputError
from reasoner.stopping import Stopped, stopping_when
from reasoner.terms import order_key
from tests.feed.feeds import Desk, Tables

MAPPING = """\
feed: trial
case: "{the incident's \\"id\\"}"
title: notes
entities: {maker: militia}
report: {source: "{source}", reliability: D, credibility: "{digit}", says: "{notes}"}
facts:
  - fact: used({case}, {weapon})
  - fact: possesses({maker}, {weapon})
  - fact: platform({case}, {kind})
  - fact: toll({case}, {dead})
"""

CASE = 'the incident\'s "id"'
HOSTILE = (
    "'); DROP TABLE stated; --",
    '"; ATTACH ',
    "{source}",
    "\x1b[31mred",
    "%s%n",
    "\u202eright to left",
    "a\x00b",
    "=cmd()",
    "$1",
    "line\nbreak",
    "😀",
    "غزة",
    "\\",
    '"',
)


def row(number: int, **cells: Any) -> dict[str, Any]:
    found = {CASE: f"raid {number}", "source": "paper", "digit": 2, "weapon": "drone", "kind": "kite", "dead": number}
    return {**found, "maker": f"Band {number % 3}", "notes": f"Number {number}.", **cells}


def write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def csv_lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The names of the columns, and each row, as CSV has them."""
    found = []
    for cells in (list(rows[0]), *(each.values() for each in rows)):
        written = io.StringIO()
        csv.writer(written).writerow(cells)
        found.append(written.getvalue())
    return found


def write_parquet(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def contents(store: FeedStore) -> dict[str, list[tuple[Any, ...]]]:
    """Every table, row by row, but for what names the files."""
    with store.connected() as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for name in names
            if name != "feed_file"
        }


def test_all_kinds_of_file_say_the_same(desk: Desk) -> None:
    """CSV, Parquet and NDJSON, in one file or in two, make the same tables."""
    rows = [row(number) for number in range(40)] + [row(7, digit=9), row(8, weapon="sword")]
    folder = desk.folder / "feed"
    files = [
        [write_csv(folder / "a.csv", rows)],
        [write_parquet(folder / "b.parquet", rows)],
        [desk.rows(rows)],
    ]
    found = [contents(desk.load(MAPPING, *each)) for each in files]
    assert found[0] == found[1] == found[2]

    none = folder / "none.ndjson"
    none.write_text("", encoding="utf-8")
    first, second = write_csv(folder / "c.csv", rows[:20]), write_parquet(folder / "d.parquet", rows[20:])
    halves = desk.load(MAPPING, none, first, none, second, none)
    assert {**contents(halves), "reject": []} == {**found[0], "reject": []}
    assert [(Path(each.file).name, each.row) for each in halves.rejected()] == [("d.parquet", 21)] * 4 + [
        ("d.parquet", 22)
    ] * 2


def test_the_tables_are_the_same_on_any_number_of_threads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads DuckDB uses, and each time anew."""
    rng = random.Random(5)
    rows = [row(rng.randrange(300), digit=rng.randrange(1, 8), dead=rng.randrange(9)) for _ in range(3_000)]
    file = write_parquet(desk.folder / "feed" / "rows.parquet", rows)
    found = []
    run = Workbench.run
    for threads in (1, 2, 7):

        def patched(self: Workbench, sql: str, parameters: Any = (), threads: int = threads) -> Any:
            if sql == "USE work":
                run(self, f"SET threads = {threads}")
            return run(self, sql, parameters)

        monkeypatch.setattr(Workbench, "run", patched)
        found.append(contents(desk.load(MAPPING, file)))
    assert found[0] == found[1] == found[2]


def test_constants_are_coded_in_the_order_of_the_language(desk: Desk) -> None:
    """Codes compare as the constants do, numbers before symbols before strings."""
    store = desk.load_rows(MAPPING, [row(number, dead=-number) for number in range(5)])
    tables = Tables(store)

    keys = [order_key(tables.constants[code]) for code in sorted(tables.constants)]
    assert keys == sorted(keys)
    assert sorted(tables.constants) == list(range(len(keys)))
    assert {"kite", "drone", "perpetrator", "militia", "raid_0"} <= set(tables.constants.values())
    tolls = [code[2] for code in tables.facts["toll"]]
    assert [tables.constant(code) for code in sorted(tolls)] == [-4, -3, -2, -1, 0]
    assert max(tolls) < 0


@pytest.mark.parametrize("kind", ["csv", "parquet", "ndjson"])
def test_hostile_texts_are_only_texts(desk: Desk, kind: str) -> None:
    """Text of rows becomes symbols, names and titles; nothing in it is run, and every incident stays."""
    rows = [
        row(number, maker=text, kind=text, notes=text, source=text, weapon=text if number % 2 else "drone")
        for number, text in enumerate(HOSTILE)
        if kind != "csv" or "\x00" not in text
    ]
    folder = desk.folder / "feed"
    file = {
        "csv": lambda: write_csv(folder / "it's [a] *feed?.csv", rows),
        "parquet": lambda: write_parquet(folder / 'it\'s "a" feed.parquet', rows),
        "ndjson": lambda: desk.rows(rows, "it's; a feed.ndjson"),
    }[kind]()
    store = desk.load(MAPPING, file)

    assert len(Tables(store).incidents) == len(rows)
    assert set(store.rejected_by_reason()) <= {"unknown-entity", "too-long"}
    for number, each in enumerate(rows):
        base = base_of(store, f"raid_{each['dead']}")
        assert base.case.title == each["notes"].strip()
        platforms = [str(atom) for atom in base.facts if atom.predicate == "platform" and "old_raid" not in str(atom)]
        assert len(platforms) == 1, number


def test_a_text_of_a_megabyte_hurts_nothing(desk: Desk) -> None:
    """It is refused as a name, and cut where it is only words."""
    long = "word " * 200_000
    store = desk.load(MAPPING, write_parquet(desk.folder / "feed" / "a.parquet", [row(1, maker=long, notes=long)]))

    assert [(each.fact, each.word) for each in store.rejected()] == [(2, "too-long")]
    title = base_of(store, "raid_1").case.title
    assert title.startswith("word word") and len(title) == 2_000


def problems_of(desk: Desk, *files: Path, mapping: str = MAPPING) -> list[str]:
    with pytest.raises(InputError) as caught:
        desk.load(mapping, *files)
    assert [path.name for path in (desk.folder / "feed").iterdir() if "store" in path.name] == []
    return [each.word for each in caught.value.problems]


def test_a_file_that_cannot_be_read_is_one_problem(desk: Desk) -> None:
    """A file that is cut off, is no feed, is not there, or lacks a column; nothing is written."""
    folder = desk.folder / "feed"
    rows = [row(number) for number in range(2_000)]
    whole = write_parquet(folder / "whole.parquet", rows).read_bytes()
    (folder / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    (folder / "mangled.parquet").write_bytes(whole[:200] + bytes(len(whole) - 400) + whole[-200:])
    (folder / "empty.parquet").write_bytes(b"")
    (folder / "binary.csv").write_bytes(bytes(range(256)) * 10)
    (folder / "some.xlsx").write_bytes(b"PK")

    assert problems_of(desk, folder / "cut.parquet") == ["unreadable-file"]
    assert problems_of(desk, folder / "mangled.parquet") == ["unreadable-file"]
    assert problems_of(desk, folder / "empty.parquet") == ["unreadable-file"]
    assert problems_of(desk, folder / "binary.csv") == ["unreadable-file"]
    assert problems_of(desk, folder / "some.xlsx") == ["unknown-format"]
    assert problems_of(desk, folder / "none.csv") == ["unreadable-file"]
    for file in (
        write_csv(folder / "a.csv", [{CASE: "x", "sauce": 1}]),
        write_parquet(folder / "a.parquet", [{CASE: "x", "sauce": 1}]),
        desk.rows([{CASE: "x", "sauce": 1}]),
    ):
        assert problems_of(desk, file) == ["missing-column"] * 7


def test_lines_that_are_no_rows_are_told(desk: Desk) -> None:
    """Too few cells or too many, in CSV; in NDJSON what is no object."""
    folder = desk.folder / "feed"
    file = write_csv(folder / "a.csv", [row(1), row(2)])
    with open(file, "a", encoding="utf-8", newline="") as opened:
        opened.write("only,three,cells\r\n")
    store = desk.load(MAPPING, file)
    assert [(each.row, each.fact, each.word) for each in store.rejected()] == [(3, None, "broken-line")]
    assert set(Tables(store).incidents) == {"raid_1", "raid_2"}

    with open(file, "a", encoding="utf-8", newline="") as opened:
        opened.write("only,three,cells\n")
    with pytest.raises(InputError, match="different ways"):
        desk.load(MAPPING, file)

    lines = folder / "b.ndjson"
    lines.write_text(f"{json.dumps(row(1))}\n{{broken\n{json.dumps(row(2))}\n", encoding="utf-8")
    store = desk.load(MAPPING, lines)
    assert [(each.row, each.word) for each in store.rejected()] == [(2, "broken-line")]
    assert set(Tables(store).incidents) == {"raid_1", "raid_2"}


def test_a_row_has_the_same_number_whatever_is_broken_before_it(desk: Desk) -> None:
    """Every row counts, read or not, however many lines its cells take; so it does where a chain names its row."""
    folder = desk.folder / "feed"
    names, *good = csv_lines([row(number, notes=f"on\r\ntwo lines, {number}") for number in (1, 2, 3)])
    flawed = csv_lines([row(4, maker="x" * 300)])[1]
    broken = "only,three,cells\r\n"
    texts = {
        "a.csv": [names, broken, good[0], broken, broken, flawed, good[1], broken],
        "b.csv": [names, flawed, broken, good[2], flawed],
    }
    for name, lines in texts.items():
        (folder / name).write_text("".join(lines), encoding="utf-8", newline="")
    store = desk.load(MAPPING, *(folder / name for name in texts))

    found = [(Path(each.file).name, each.row, each.word) for each in store.rejected()]
    for name, lines in texts.items():
        wrong = {broken: "broken-line", flawed: "too-long"}
        rows = [(name, place, wrong[line]) for place, line in enumerate(lines[1:], 1) if line in wrong]
        assert rows == [each for each in found if each[0] == name]
    for number, line in ((1, 2), (2, 6), (3, 3)):
        facts = base_of(store, f"raid_{number}").facts.values()
        assert {report.span.line for fact in facts if fact.case for report in fact.reports} == {line}


def test_a_store_that_was_there_stays_until_the_new_one_is_whole(desk: Desk) -> None:
    """A failed run leaves the old store, and no other file."""
    store = desk.load_rows(MAPPING, [row(1)])
    before = contents(store)
    with pytest.raises(InputError):
        desk.load(MAPPING, desk.folder / "none.csv")
    assert contents(store) == before
    assert sorted(os.listdir(desk.folder / "feed")) == ["rows.ndjson", "store.duckdb", "trial.feed.yaml"]


def test_a_run_that_nobody_waits_for_ends(desk: Desk) -> None:
    """It raises `Stopped` and leaves nothing."""
    file = write_parquet(desk.folder / "feed" / "rows.parquet", [row(number) for number in range(100)])
    asked = iter(range(20))
    with pytest.raises(Stopped), stopping_when(lambda: next(asked, None) is None):
        desk.load(MAPPING, file)
    assert sorted(os.listdir(desk.folder / "feed")) == ["rows.parquet", "trial.feed.yaml"]


def test_a_full_disk_is_one_problem(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What DuckDB says of it is told, and nothing is left."""
    run = Workbench.run

    def full(self: Workbench, sql: str, parameters: Any = ()) -> Any:
        if "store.draw" in sql:
            raise duckdb.IOException("IO Error: Could not write file: No space left on device")
        return run(self, sql, parameters)

    monkeypatch.setattr(Workbench, "run", full)
    assert problems_of(desk, desk.rows([row(1)])) == ["disk-full"]


def test_a_place_that_cannot_be_written_is_one_problem(desk: Desk) -> None:
    """As where a file stands in the way of the folder."""
    (desk.folder / "in the way").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        path = desk.folder / "in the way" / "store.duckdb"
        load_feed([desk.rows([row(1)])], desk.mapping(MAPPING), desk.workspace, desk.rules, path)
    assert [each.word for each in caught.value.problems] == ["unwritable"]


def test_digests_tell_what_changed(desk: Desk) -> None:
    """The feed or its mapping, the names of cases, the rules with their vocabulary, the background: each by itself."""
    file = desk.rows([row(1)])
    desk.load(MAPPING, file)
    mapping, rules, facts = desk.folder / "feed" / "trial.feed.yaml", desk.workspace.rules, desk.workspace.facts

    def write(path: Path, text: str) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    changes = {
        "feed": [lambda: desk.rows([row(1), row(2)]), lambda: write(mapping, MAPPING + "\n")],
        "cases": [lambda: write(facts / "cases" / "another.yaml", "case: another\n")],
        "rules": [
            lambda: write(rules / "more.dl", "% nothing\n"),
            lambda: write(rules / "vocabulary.yaml", (rules / "vocabulary.yaml").read_text() + "\n"),
        ],
        "background": [lambda: write(facts / "background" / "more.yaml", "background: more\n")],
    }
    seen = digests_of([file], mapping, desk.workspace)
    assert digests_of([file], mapping, desk.workspace) == seen
    for named, ways in changes.items():
        for change in ways:
            change()
            now = digests_of([file], mapping, desk.workspace)
            assert [key for key in now if now[key] != seen[key]] == [named]
            seen = now


def test_what_is_no_store_is_told(desk: Desk) -> None:
    """A file in its place that is none is one problem, not a crash."""
    store = desk.folder / "store.duckdb"
    store.write_bytes(b"no store")
    with pytest.raises(InputError, match="cannot be read"):
        base_of(FeedStore(store, desk.workspace, desk.rules), "raid_1")
