"""DuckDB as the loader uses it: bounded in memory, stopped when nobody waits, its failures told as problems."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from reasoner.documents import shown_path
from reasoner.problems import InputError, Problem
from reasoner.stopping import Stopped, stop_if_unwanted

MEMORY = "4GB"
"""What DuckDB may use; beyond it, it writes to its temporary folder."""

_GLANCE = 0.1
"""Seconds between two looks at whether somebody still waits."""

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


class Workbench:
    """A connection for intermediate tables, with the database that is being written attached as ``store``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1)

    def run(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives. Raises `Stopped` soon after nobody waits for them."""
        stop_if_unwanted()
        result = self._thread.submit(lambda: self._connection.execute(sql, parameters).fetchall())
        while True:
            try:
                return result.result(_GLANCE)
            except NotYet:
                self._glance()

    def _glance(self) -> None:
        try:
            stop_if_unwanted()
        except Stopped:
            self._connection.interrupt()
            raise

    def one(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Any:
        """The first value of the first row."""
        return self.run(sql, parameters)[0][0]

    def columns(self, sql: str, parameters: Sequence[object] = ()) -> list[str]:
        """The names of the columns that a query gives."""
        return [row[0] for row in self.run(f"DESCRIBE {sql}", parameters)]

    def close(self) -> None:
        """End what still runs, and close."""
        self._connection.interrupt()
        self._thread.shutdown()
        self._connection.close()


@contextmanager
def writing(path: Path) -> Iterator[Workbench]:
    """A workbench whose store takes the place of ``path`` when all went well; else nothing is left.

    Raises `InputError` where the store cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        message = f"`{shown_path(path)}` cannot be written: {error.strerror or error}"
        raise InputError([Problem("unwritable", message)]) from None
    try:
        with _told(path):
            bench = _opened(folder)
            try:
                yield bench
                bench.run("CHECKPOINT store")
                bench.run("USE memory")
                bench.run("DETACH store")
            finally:
                bench.close()
            os.replace(folder / "store.duckdb", path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _opened(folder: Path) -> Workbench:
    connection = duckdb.connect(config={"temp_directory": str(folder / "spill"), "memory_limit": MEMORY})
    bench = Workbench(connection)
    bench.run("SET preserve_insertion_order = true")
    bench.run("SET enable_progress_bar = false")
    for name in ("store", "work"):
        bench.run(f"ATTACH {exp.Literal.string(str(folder / f'{name}.duckdb')).sql('duckdb')} AS {name}")
    bench.run("USE work")
    return bench


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (duckdb.OperationalError, duckdb.FatalException) as error:
        raise InputError([Problem(*_failure(path, error))]) from None
    except OSError as error:
        message = f"`{shown_path(path)}` cannot be written: {error.strerror or error}"
        raise InputError([Problem("unwritable", message)]) from None


def _failure(path: Path, error: duckdb.Error) -> tuple[str, str]:
    words = str(error).splitlines()[0] if str(error) else type(error).__name__
    if "space" in words.lower():
        return "disk-full", f"there is no room left to write `{shown_path(path)}`: {words}"
    if isinstance(error, duckdb.OutOfMemoryException):
        return "too-large", f"the feed needs more memory or disk than there is: {words}"
    return "unwritable", f"`{shown_path(path)}` cannot be written: {words}"


@contextmanager
def reading_rows(file: str) -> Iterator[None]:
    """Raises `InputError` where the file cannot be read as what it should be."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        if "space" in str(error).lower():
            raise
        raise InputError([_unreadable(file, error)]) from None
    except duckdb.InterruptException:
        raise Stopped from None
    except duckdb.Error as error:
        raise InputError([_unreadable(file, error)]) from None


def _unreadable(file: str, error: duckdb.Error) -> Problem:
    words = str(error).splitlines()[0] if str(error) else type(error).__name__
    hint = "is the file whole?"
    if "invalid state" in words:
        words, hint = "its lines end in different ways", "end all its lines alike, in LF or in CR LF"
    return Problem("unreadable-file", f"`{file}` cannot be read: {words}", None, "", hint)
