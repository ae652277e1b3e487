"""A parsed YAML document that knows where each of its keys and values stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from reasoner.problems import Problem
from reasoner.terms import Span

KeyPath: TypeAlias = tuple[str | int, ...]


class Mark(Protocol):
    """A position: lines and columns count from 0."""

    line: int
    column: int


class Node(Protocol):
    """Anything with a beginning and an end; a scalar's parser event is one."""

    start_mark: Mark
    end_mark: Mark


class Branch:
    """A mapping or sequence: where it stands, its children, and for a mapping its keys."""

    __slots__ = ("children", "end_mark", "flow", "keys", "start_mark")

    def __init__(self, event: Any, children: dict[Any, Any]) -> None:
        self.start_mark: Mark = event.start_mark
        self.end_mark: Mark = event.end_mark
        self.flow: bool = bool(event.flow_style)
        self.children: dict[str | int, Any] = children
        self.keys: dict[str, Node] = {}


@dataclass(frozen=True, slots=True)
class Spans:
    """Path → Span of the value there. A path that does not exist gives the nearest collection around it."""

    file: str
    root: Any

    def node(self, path: KeyPath) -> Any:
        """The node at a path, or the last one on the way to it."""
        node = self.root
        for step in path:
            child = node.children.get(step) if isinstance(node, Branch) else None
            if child is None:
                break
            node = child
        return node

    def key_node(self, path: KeyPath) -> Any:
        """The key that a path ends in, or None where it ends in a list or nowhere."""
        parent = self.root
        for step in path[:-1]:
            parent = parent.children.get(step) if isinstance(parent, Branch) else None
        return parent.keys.get(str(path[-1])) if path and isinstance(parent, Branch) else None

    def __getitem__(self, path: KeyPath) -> Span:
        """Where the value stands."""
        return self.of(self.node(path))

    def of(self, node: Any) -> Span:
        """Where a node stands."""
        start, end = node.start_mark, node.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


@dataclass(frozen=True)
class Document:
    """One YAML file: the text, its plain value (keys are always text), and where everything stands.

    ``file`` is the path as shown to the user.
    """

    file: str
    text: str
    value: Any
    spans: Spans = field(repr=False, compare=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without line ends."""
        return self.text.splitlines()

    def line_text(self, line: int) -> str:
        """One line of the text, counted from 1."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def key_span(self, path: KeyPath) -> Span:
        """Where the key that a path ends in stands; for a list's entry, the entry's first key."""
        key = self.spans.key_node(path)
        return self.spans.of(key) if key is not None else self.entry_span(path)

    def entry_span(self, path: KeyPath) -> Span:
        """A short span for a collection, to point at it: its first key, or the scalar itself."""
        node = self.spans.node(path)
        if isinstance(node, Branch) and not node.flow and node.keys:
            return self.spans.of(next(iter(node.keys.values())))
        span = self.spans.of(node)
        if span.end_line == span.line:
            return span
        width = len(self.line_text(span.line).rstrip()) + 1
        return Span(span.file, span.line, span.column, span.line, max(width, span.column + 1))

    def within(self, path: KeyPath, start: int, end: int) -> Span:
        """Where characters ``start`` to ``end`` of a text value stand; the whole value where that is unclear.

        Unclear are values over several lines and unusual escapes.
        """
        columns = self._columns(path)
        whole = self.spans[path]
        if columns is None:
            return self.entry_span(path)
        start = min(start, len(columns) - 1)
        end = min(max(end, start + 1), len(columns) - 1)
        last = columns[end] if end > start else columns[start] + 1
        return Span(whole.file, whole.line, columns[start], whole.line, max(last, columns[start] + 1))

    def _columns(self, path: KeyPath) -> list[int] | None:
        """The column of each character of a one-line scalar's text, and of its end."""
        node, span = self.spans.node(path), self.spans[path]
        text = getattr(node, "value", None)
        if not isinstance(text, str) or span.line != span.end_line:
            return None
        source = self.line_text(span.line)[span.column - 1 : span.end_column - 1]
        quote = source[:1] if getattr(node, "style", None) in ("'", '"') else ""
        inner = source[1:-1] if quote else source
        first = span.column + len(quote)
        escapes = {"'": ("''",), '"': ('\\"', "\\\\")}.get(quote, ())
        columns, read, at = [], [], 0
        while at < len(inner):
            columns.append(first + at)
            step = 2 if inner[at : at + 2] in escapes else 1
            read.append(inner[at + step - 1])
            at += step
        return [*columns, first + len(inner)] if "".join(read) == text else None

    def problem(
        self, word: str, message: str, span: Span | None, hint: str | None = None, note: str | None = None
    ) -> Problem:
        """A problem at a place in this document, with its line."""
        return Problem(word, message, span, self.line_text(span.line) if span else "", hint, note)

    def relocate(self, path: KeyPath) -> Callable[[Problem], Problem]:
        """Turn problems of a text value, placed as if its text were line 1 of a file, into problems of this file."""

        def moved(problem: Problem) -> Problem:
            span = problem.span
            if span is None or span.line != 1:
                place = self.entry_span(path)
            else:
                end = span.end_column - 1 if span.end_line == 1 else span.column
                place = self.within(path, span.column - 1, end)
            return self.problem(problem.word, problem.message, place, problem.hint, problem.note)

        return moved
