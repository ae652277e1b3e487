"""A feed that was loaded: its tables, and one incident of it as a base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.documents import shown_path
from reasoner.evidence.base import Base, Case, Entity, Moment, Report, Source
from reasoner.evidence.entities import Directory
from reasoner.evidence.loading import base_as_of
from reasoner.evidence.moments import read_moment
from reasoner.evidence.scope import Gathered, Scope, Statement
from reasoner.evidence.workspace import Workspace
from reasoner.feed.backdrop import Backdrop, read_backdrop
from reasoner.feed.folding import symbol_of
from reasoner.feed.numbering import BASES, ZERO, argument_columns, predicates_of
from reasoner.feed.rejecting import Rejected
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.rule_base import RuleBase
from reasoner.terms import Atom, Constant, Quoted, Span

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class FeedStore:
    """A file of tables, with the workspace under whose vocabulary and background it was made."""

    path: Path
    workspace: Workspace
    rules: RuleBase

    def connected(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection that only reads. Raises `InputError` where the file is no store."""
        return _connected(self.path)

    @cached_property
    def backdrop(self) -> Backdrop:
        """The background that every incident shares."""
        return read_backdrop(self.workspace, self.rules)

    def rejected(self, most: int = 1_000) -> list[Rejected]:
        """The rows that could not be used, in their order."""
        with self.connected() as connection:
            rows = connection.execute(f"{rejects('main')} LIMIT ?", [most]).fetchall()
        hints = {pair: self._hint(*pair) for pair in dict.fromkeys((row[3], row[5]) for row in rows)}
        return [
            Rejected(file, row, fact, word, value, words, hints[word, value])
            for file, row, fact, word, words, value in rows
        ]

    def _hint(self, word: str, value: str | None) -> str | None:
        """What a name that nothing has was probably meant to be."""
        scope, vocabulary = self.backdrop.scope, self.rules.vocabulary
        match word:
            case "unknown-entity":
                return Directory.of(scope.entities).suggestion(value or "")
            case "unknown-predicate":
                return did_you_mean(value or "", vocabulary.predicates)
            case "unknown-source":
                return did_you_mean(value or "", [*scope.sources, *(each.name for each in scope.sources.values())])
            case "unknown-role":
                return did_you_mean(value or "", self.rules.scales.roles)
        return None

    def rejected_by_reason(self) -> dict[str, int]:
        """How many rows and facts could not be used, by the word for why."""
        with self.connected() as connection:
            return dict(
                connection.execute("SELECT word, count(*) FROM reject GROUP BY word ORDER BY 2 DESC, 1").fetchall()
            )


def rejects(schema: str) -> str:
    """The query for what could not be used, in its order: file, row, fact, reason, the reason in words, value."""
    return (
        f"SELECT f.path AS file, r.row, r.fact, r.word AS reason, w.reason AS words, r.value FROM {schema}.reject r"
        f" JOIN {schema}.feed_file f ON f.number = r.file LEFT JOIN {schema}.reason w USING (word)"
        " ORDER BY r.file, r.row, r.fact NULLS FIRST"
    )


@contextmanager
def _connected(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        words = str(error).splitlines()[0]
        raise InputError([Problem("unreadable-store", f"`{shown_path(path)}` cannot be read: {words}")]) from None
    try:
        yield connection
    finally:
        connection.close()


def base_of(store: FeedStore, case: str) -> Base:
    """One incident, by its id or as the feed names it, as `reasoner.evidence` assembles it from what its rows state.

    Raises `InputError` where the feed has no such incident.
    """
    with store.connected() as connection:
        case, code, title = _incident(connection, case)
        rows = _Rows(connection, store.backdrop, code)
        statements, entities, sources = rows.statements(case), rows.entities(), rows.sources()
    background = store.backdrop.scope
    scope = Scope(
        {**background.entities, **entities},
        {**background.sources, **sources},
        (*background.statements, *statements),
    )
    names = {each.id: each.name for each in scope.sources.values()}
    names[case] = title
    names.update((each.id, each.name) for each in scope.entities.values())
    gathered = Gathered(Case(case, title, None, (), shown_path(store.path)), scope, names)
    return base_as_of(gathered, None, store.rules.vocabulary, store.rules.scales)


def _incident(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, int, str]:
    """The id, number and title of an incident."""
    known = 'FROM incident i JOIN constant c ON c.code = i."case" AND NOT c.quoted'
    query = f'SELECT c.text, i."case", coalesce(i.title, c.text) {known} WHERE c.text = ?'
    found = connection.execute(query, [name]).fetchone()
    if found is None:
        symbol = symbol_of(connection, name)
        found = connection.execute(query, [symbol]).fetchone()
    if found is None:
        nearest = f"SELECT c.text {known} ORDER BY levenshtein(c.text, ?), c.text LIMIT 1"
        near = connection.execute(nearest, [symbol]).fetchone()
        hint = did_you_mean(symbol, near) if near else None
        raise InputError([Problem("unknown-case", f"the feed has no incident `{name}`", hint=hint)])
    return found[0], found[1], found[2]


class _Rows:
    """The rows of one incident."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, backdrop: Backdrop, code: int) -> None:
        self._connection = connection
        self._backdrop = backdrop
        self._predicates = predicates_of(backdrop.vocabulary)
        names = argument_columns(backdrop.vocabulary)
        self._width = len(names)
        self._reports = self._all(
            f"SELECT r.predicate, {', '.join(names)}, r.basis, s.id, r.credibility, r.denies, r.date, t.text,"
            ' f.path, r.row - f.first_row + 1 FROM (FROM report WHERE "case" = ?) r'
            " LEFT JOIN source s ON s.code = r.source LEFT JOIN saying y ON y.fact = r.fact"
            " LEFT JOIN said t ON t.text_number = y.text_number AND t.row = r.row"
            " ASOF JOIN (FROM feed_file WHERE rows > 0) f ON r.row >= f.first_row ORDER BY r.row, r.fact",
            [code],
        )
        codes = {each for row in self._reports for each in row[1 : 1 + self._width] if each >= 0}
        found = self._all(
            "SELECT code, text, quoted FROM constant WHERE code IN (SELECT unnest(CAST(? AS INTEGER[])))",
            [sorted(codes)],
        )
        self._constants: dict[int, Constant] = {code: Quoted(text) if quoted else text for code, text, quoted in found}

    def _all(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, parameters).fetchall()

    def statements(self, case: str) -> list[Statement]:
        """What the rows state."""
        return [self._statement(row, case) for row in self._reports]

    def _statement(self, row: tuple[Any, ...], case: str) -> Statement:
        predicate = self._predicates[row[0]]
        arguments = tuple(self._constant(code) for code in row[1 : 1 + predicate.arity])
        basis, source, credibility, denies, date, says, file, line = row[1 + self._width :]
        span = Span(shown_path(Path(file)), line, 1, line, 2)
        moment = read_moment(date) if date is not None else None
        reported = BASES[basis] == "reported"
        reports = (_report(source, credibility, denies, moment, says, span),) if reported else ()
        return Statement(
            atom=Atom(predicate.name, arguments),
            basis=BASES[basis],
            reports=reports,
            source=source if BASES[basis] == "given" else None,
            says=None if reported else says,
            dated=moment if BASES[basis] == "given" else None,
            since=None,
            until=None,
            case=case,
            span=span,
        )

    def _constant(self, code: int) -> Constant:
        return self._constants[code] if code >= 0 else code - ZERO

    def entities(self) -> dict[str, Entity]:
        """The entities that only the feed names, of those that the rows name."""
        named = [each for each in self._constants.values() if isinstance(each, str)]
        rows = self._all("SELECT id, name, kind FROM made WHERE id IN (SELECT unnest(?)) ORDER BY id", [named])
        return {key: Entity(key, name, kind) for key, name, kind in rows}

    def sources(self) -> dict[str, Source]:
        """The sources of the rows that the background does not define, with those they lead to."""
        known = self._backdrop.scope.sources
        waiting = sorted({row[2 + self._width] for row in self._reports if row[2 + self._width] is not None})
        found: dict[str, Source] = {}
        while waiting:
            rows = self._all(
                "SELECT id, name, reliability, via, origin, interest FROM source WHERE id IN (SELECT unnest(?))",
                [waiting],
            )
            for key, name, letter, via, origin, interest in rows:
                if key not in known:
                    found[key] = Source(key, name, letter, None, via, origin, interest=tuple(interest))
            links = {link for row in rows for link in row[3:5] if link is not None}
            waiting = sorted(link for link in links if link not in found and link not in known)
        return found


def _report(source: str, credibility: int, denies: bool, date: Moment | None, says: str | None, span: Span) -> Report:
    return Report(
        source=source,
        polarity="denies" if denies else "affirms",
        credibility=credibility,
        date=date,
        says=says,
        quote=None,
        locator=None,
        origin=source,
        letter="F",
        weight=0.0,
        counted=False,
        span=span,
    )
