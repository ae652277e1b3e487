"""From files to one table of rows with the texts that the mapping asks of them.

``sheet(e0 …)``: one row per row of the files, in their order, each text trimmed, cut where it is too long, NULL where
it is empty. ``row`` is the rowid throughout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlglot import exp

from reasoner.documents import shown_path
from reasoner.feed.database import Progress, Workbench, reading_rows
from reasoner.feed.mapping import Column, Mapping, Text
from reasoner.feed.numbering import LONGEST
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.stopping import stop_if_unwanted

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

LONGEST_SAID = 2_000
"""Characters that are kept of a title and of what a report says."""

ENDINGS = {".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".ndjson": "json", ".jsonl": "json"}
"""How each kind of file is read."""


def read_rows(bench: Workbench, files: Sequence[Path], mapping: Mapping, progress: Progress) -> None:
    """Make ``sheet`` and ``store.feed_file``. Raises `InputError` for files that are wrong."""
    texts = mapping.texts
    said = {template.form.says for template in mapping.facts} | {mapping.title}
    bench.run(f"CREATE TABLE sheet ({', '.join(f'e{number} VARCHAR' for number in range(len(texts)))})")
    bench.run("CREATE TABLE store.feed_file (number INTEGER, path VARCHAR, first_row BIGINT, rows BIGINT)")
    bench.run("CREATE TABLE store.reject (file INTEGER, row BIGINT, fact INTEGER, word VARCHAR, value VARCHAR)")
    problems: list[Problem] = []
    for number, file in enumerate(files):
        progress("reading", number, len(files))
        stop_if_unwanted()
        try:
            first = bench.one("SELECT count(*) FROM sheet")
            with reading_rows(shown_path(file)):
                _read_file(bench, number, file, mapping, {text: text in said for text in texts})
            rows = bench.one("SELECT count(*) FROM sheet") - first
            bench.run("INSERT INTO store.feed_file VALUES (?, ?, ?, ?)", [number, str(file), first, rows])
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)


def _read_file(bench: Workbench, number: int, file: Path, mapping: Mapping, texts: Table[Text, bool]) -> None:
    kind = ENDINGS.get(file.suffix.lower())
    if kind is None:
        hint = f"feeds are files that end in {', '.join(ENDINGS)}"
        raise InputError([Problem("unknown-format", f"`{shown_path(file)}` is no feed", hint=hint)])
    reader, known = _readers[kind](bench, file, mapping.columns)
    check_columns(shown_path(file), mapping.columns, known)
    wanted = [_text(text, mapping, LONGEST_SAID if said else LONGEST + 1) for text, said in texts.items()]
    query = exp.select(*wanted).from_(reader)
    if kind == "csv":
        bench.run(exp.Create(this=exp.to_table("part"), kind="TABLE", expression=query).sql("duckdb"))
        _note_broken(bench, number, "SELECT line - 1 AS row, csv_line AS text FROM reject_errors")
        _add_part(bench, number)
        return
    first = bench.one("SELECT count(*) FROM sheet")
    bench.run(exp.insert(query, "sheet").sql("duckdb"))
    if kind == "json" and bench.one("SELECT count(*) FROM sheet WHERE e0 IS NULL AND rowid >= ?", [first]):
        objects = _table("read_ndjson_objects", file, ignore_errors=True).sql("duckdb")
        lines = f"SELECT row_number() OVER () AS row, json FROM {objects}"
        _note_broken(bench, number, f"SELECT row, NULL AS text FROM ({lines}) WHERE json IS NULL")


def check_columns(file: str, wanted: Iterable[str], known: Sequence[str]) -> None:
    """Raise `InputError` for columns that the file does not have."""
    missing = [column for column in wanted if column not in known]
    if missing:
        raise InputError(
            Problem(
                "missing-column",
                f"`{file}` has no column `{column}`",
                hint=did_you_mean(column, known) or f"it has {', '.join(known[:20])}",
            )
            for column in missing
        )


def _text(text: Text, mapping: Mapping, longest: int) -> exp.Expr:
    """A text of the mapping, as an expression over the columns of a file."""
    pieces = [_column(piece.name, mapping) if isinstance(piece, Column) else _literal(piece) for piece in text]
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = exp.DPipe(this=whole, expression=piece, safe=True)
    return exp.func("left", exp.paren(whole), exp.Literal.number(longest))


def _literal(text: str) -> exp.Expr:
    return exp.Literal.string(text)


def _column(name: str, mapping: Mapping) -> exp.Expr:
    cell: exp.Expr = exp.cast(exp.column(exp.to_identifier(name, quoted=True)), "VARCHAR")
    blanks = exp.Literal.string(" \t\r\n\xa0")
    cell = exp.func("nullif", exp.Anonymous(this="trim", expressions=[cell, blanks]), exp.Literal.string(""))
    form = mapping.dates.get(name)
    if form is None:
        return cell
    moment = exp.Anonymous(this="try_strptime", expressions=[cell.copy(), exp.Literal.string(form)])
    iso = exp.Anonymous(this="strftime", expressions=[moment, exp.Literal.string("%Y-%m-%d")])
    return exp.func("coalesce", iso, cell)


def _table(function: str, file: Path, **options: exp.Expr | str | bool) -> exp.Expr:
    """A call of one of DuckDB's functions that read files; a file's name holds no patterns."""
    name = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(file))
    arguments: list[exp.Expr] = [exp.Literal.string(name)]
    for key, value in options.items():
        right = exp.convert(value) if isinstance(value, str | bool) else value
        arguments.append(exp.EQ(this=exp.to_identifier(key), expression=right))
    return exp.Anonymous(this=function, expressions=arguments)


def _struct(columns: Iterable[str]) -> exp.Expr:
    """``{'column': 'VARCHAR', …}``."""
    pairs = [
        exp.PropertyEQ(this=exp.Literal.string(column), expression=exp.Literal.string("VARCHAR")) for column in columns
    ]
    return exp.Struct(expressions=pairs)


def _parquet(bench: Workbench, file: Path, wanted: Sequence[str]) -> tuple[exp.Expr, list[str]]:
    reader = _table("read_parquet", file)
    return reader, bench.columns(exp.select("*").from_(reader).sql("duckdb"))


def _csv(bench: Workbench, file: Path, wanted: Sequence[str]) -> tuple[exp.Expr, list[str]]:
    delimiter = "\t" if file.suffix.lower() == ".tsv" else ","
    known = _header(file, delimiter)
    # Columns by their place: names may be given twice, and one that nobody asks for does no harm.
    columns = [column if known.index(column) == place else f"\0{place}" for place, column in enumerate(known)]
    check_columns(shown_path(file), wanted, known)
    # What could not be read of an earlier file is no part of this one.
    bench.run("DROP TABLE IF EXISTS reject_errors")
    bench.run("DROP TABLE IF EXISTS reject_scans")
    options: dict[str, exp.Expr | str | bool] = {
        "header": True,
        "auto_detect": False,
        "columns": _struct(columns),
        "delim": delimiter,
        "quote": '"',
        "escape": '"',
        "store_rejects": True,
        "strict_mode": True,
    }
    return _table("read_csv", file, **options), known


def _header(file: Path, delimiter: str) -> list[str]:
    try:
        with open(file, "rb") as opened:
            line = opened.readline(1_000_000).decode("utf-8-sig")
        if "\0" in line:
            raise InputError([Problem("unreadable-file", f"`{shown_path(file)}` is no text")])
        return next(csv.reader([line], delimiter=delimiter), [])
    except UnicodeDecodeError:
        message = f"the first line of `{shown_path(file)}`, which names the columns, is no text in UTF-8"
        raise InputError([Problem("unreadable-file", message, hint="save the file as UTF-8")]) from None
    except (OSError, csv.Error) as error:
        raise InputError([Problem("unreadable-file", f"`{shown_path(file)}` cannot be read: {error}")]) from None


def _note_broken(bench: Workbench, number: int, lines: str) -> None:
    """Note the lines of a file that are no rows, which are numbered as if they were."""
    bench.run(
        "INSERT INTO store.reject"
        f" SELECT DISTINCT ON (row) ?, row, NULL, 'broken-line', left(text, 100) FROM ({lines}) ORDER BY row",
        [number],
    )


def _add_part(bench: Workbench, number: int) -> None:
    """Add what was read of a file to ``sheet``, with an empty row for each broken line: every row has its place."""
    if not bench.one("SELECT count(*) FROM store.reject WHERE file = ?", [number]):
        bench.run("INSERT INTO sheet FROM part")
    else:
        bench.run(
            """
            INSERT INTO sheet
            WITH broken AS (
              SELECT row, row_number() OVER (ORDER BY row) AS so_far FROM store.reject WHERE file = $number),
            later AS (SELECT row - so_far AS after, max(so_far) AS broken FROM broken GROUP BY 1),
            read AS (SELECT rowid AS place, * FROM part)
            SELECT * EXCLUDE (place, after, broken) FROM (
              SELECT * REPLACE (place + coalesce(l.broken, 0) AS place) FROM read ASOF LEFT JOIN later l
                ON read.place >= l.after
              UNION ALL BY NAME
              SELECT row - 1 AS place FROM broken)
            ORDER BY place
            """,
            {"number": number},
        )
    bench.run("DROP TABLE part")


def _json(bench: Workbench, file: Path, wanted: Sequence[str]) -> tuple[exp.Expr, list[str]]:
    options: dict[str, exp.Expr | str | bool] = {"format": "newline_delimited", "ignore_errors": True}
    reader = _table("read_json", file, columns=_struct(wanted), **options)
    return reader, _present(bench, file, wanted, reader)


def _present(bench: Workbench, file: Path, wanted: Sequence[str], reader: exp.Expr) -> list[str]:
    """The wanted columns that some row has, and what else a file without them has."""
    counts = [exp.func("count", exp.column(exp.to_identifier(column, quoted=True))) for column in wanted]
    found = bench.run(exp.select(*counts).from_(reader.copy()).sql("duckdb"))[0]
    if all(found):
        return list(wanted)
    objects = _table("read_ndjson_objects", file, ignore_errors=True)
    keys = exp.select(exp.func("unnest", exp.func("json_keys", exp.column("json")))).from_(objects)
    known = {row[0] for row in bench.run(exp.select("*").distinct().from_(keys.subquery("k")).sql("duckdb"))}
    return sorted(known) if known else list(wanted)


_readers = {"csv": _csv, "parquet": _parquet, "json": _json}
