"""YAML to plain values, composed once, with bounded nesting and none of YAML's surprises.

Mappings, lists and scalars only: no anchors, aliases, merge keys, tags or second documents, and no key twice. A plain
scalar is an integer, a number, ``true``, ``false`` or empty; all else, dates and ``yes`` and ``no`` too, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from reasoner.documents.document import Branch, Document, Spans
from reasoner.documents.reading import read_text, shown_path
from reasoner.documents.syntax import syntax_problem
from reasoner.limits import Limits
from reasoner.problems import InputError, Problem
from reasoner.terms import Span

MOST_PROBLEMS = 100
"""Problems of one file after which reading gives up."""

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_NUMBER = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{1,17}(?:[eE][-+]?[0-9]{1,2})?\Z")
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STARTS_NUMBER = frozenset("0123456789-+")


def read_yaml(path: Path | str, limits: Limits | None = None, shown_as: str | None = None) -> Document:
    """Read one YAML file. Raises `InputError` with the problems of its text, its syntax and its keys."""
    limits = limits or Limits.from_environment()
    file = shown_as or shown_path(path)
    return parse_yaml(read_text(path, limits, file), file, limits)


def parse_yaml(text: str, file: str, limits: Limits | None = None) -> Document:
    """Parse YAML text; ``file`` is the name that problems carry."""
    limits = limits or Limits.from_environment()
    builder = _Builder(text, file, limits.nesting)
    # libyaml's parser is some ten times faster than the one in Python; both give the same events.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        value, root = builder.build(iter(yaml.parse(text, Loader=loader)))
    except yaml.MarkedYAMLError as error:
        builder.problems.append(syntax_problem(error, text, file))
    except (yaml.YAMLError, RecursionError) as error:
        builder.problems.append(Problem("yaml-syntax", f"`{file}` is not readable as YAML: {error}"))
    if builder.problems:
        raise InputError(builder.problems)
    return Document(file, text, value, Spans(file, root))


class _Stop(Exception):
    """The rest of the file cannot be read sensibly; the problem has been noted."""


class _Open:
    """A collection being filled: its value, its branch, and for a mapping the key that waits for a value."""

    __slots__ = ("branch", "key", "value")

    def __init__(self, value: Any, branch: Branch) -> None:
        self.value = value
        self.branch = branch
        self.key: Any = None


class _Builder:
    """Builds values and places from parser events, noting every problem on the way."""

    def __init__(self, text: str, file: str, nesting: int) -> None:
        self.text = text
        self.file = file
        self.nesting = nesting
        self.problems: list[Problem] = []

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.splitlines()

    def build(self, events: Iterator[Any]) -> tuple[Any, Any]:
        """The value of the only document and its tree of places."""
        try:
            return self._documents(events)
        except _Stop:
            return None, None

    def _documents(self, events: Iterator[Any]) -> tuple[Any, Any]:
        next(events)
        if not isinstance(next(events), yaml.DocumentStartEvent):
            self._note("empty-file", "this file is empty", None, None)
            raise _Stop
        value, root = self._value(events)
        next(events)
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._note("second-document", "a second document starts here", after, "remove the `---` line")
        return value, root

    def _value(self, events: Iterator[Any]) -> tuple[Any, Any]:
        stack: list[_Open] = []
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._reject(event)
                value, node = self._scalar(event), event
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._open(event, stack, kind is yaml.MappingStartEvent)
                continue
            elif kind is yaml.AliasEvent:
                self._reject(event)
                value, node = None, event
            else:
                done = stack.pop()
                done.branch.end_mark = event.end_mark
                value, node = done.value, done.branch
            if not stack:
                return value, node
            self._attach(stack[-1], value, node)
        raise _Stop

    def _open(self, event: Any, stack: list[_Open], mapping: bool) -> None:
        if event.anchor is not None or event.tag is not None:
            self._reject(event)
        if stack and stack[-1].key is None and isinstance(stack[-1].value, dict):
            hint = "a key is a word followed by `: `; put quotes around text that starts with { or ["
            self._note("key-not-text", "a key must be text", event, hint)
            raise _Stop
        if len(stack) >= self.nesting:
            hint = f"the setting {Limits.setting('nesting')} raises this bound"
            self._note("nested-too-deeply", f"nested more than {self.nesting} deep", event, hint)
            raise _Stop
        stack.append(_Open({} if mapping else [], Branch(event, {})))

    def _attach(self, parent: _Open, value: Any, node: Any) -> None:
        branch = parent.branch
        if isinstance(parent.value, list):
            branch.children[len(parent.value)] = node
            parent.value.append(value)
        elif parent.key is None:
            parent.key = node
        else:
            self._entry(parent, parent.key, value, node)
            parent.key = None

    def _entry(self, parent: _Open, key: Any, value: Any, node: Any) -> None:
        word = getattr(key, "value", None) or ""
        if word == "<<" and not key.style:
            self._note("merge-key", "merge keys (`<<`) are not allowed", key, "write the keys out")
        elif word in parent.value:
            first = parent.branch.keys[word].start_mark.line + 1
            self._note("duplicate-key", f"`{word}` stands here a second time", key, f"the first is in line {first}")
        else:
            parent.value[word] = value
            parent.branch.keys[word] = key
            parent.branch.children[word] = node

    def _scalar(self, event: Any) -> Any:
        text = event.value
        if not event.style:
            if text in _WORDS:
                return _WORDS[text]
            if text[0] in _STARTS_NUMBER:
                if _INTEGER.match(text):
                    return int(text)
                if _NUMBER.match(text):
                    return float(text)
        elif event.style == '"' and _HIDDEN.search(text):
            hint = "remove the escape; text holds visible characters, spaces and line ends only"
            self._note("control-character", "an escape for an invisible control character", event, hint)
        return text

    def _reject(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            what, hint = "anchors and aliases (`&`, `*`)", "write it out, or put quotes around text that starts with it"
        else:
            what, hint = "tags (`!…`)", "remove it, or put quotes around text that starts with it"
        self._note("not-allowed", f"{what} are not allowed", event, hint)

    def _note(self, word: str, message: str, event: Any, hint: str | None) -> None:
        row, column = (event.start_mark.line, event.start_mark.column) if event else (0, 0)
        line = self.lines[row] if row < len(self.lines) else ""
        one_line = event is not None and event.end_mark.line == row
        width = event.end_mark.column - column if one_line else len(line.rstrip()) - column
        span = Span(self.file, row + 1, column + 1, row + 1, column + 1 + max(1, width))
        self.problems.append(Problem(word, message, span, line, hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Stop
