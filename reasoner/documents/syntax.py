"""What a YAML parser stumbles over, said in words someone who writes case files can act on."""

from __future__ import annotations

import re
from typing import Any

from reasoner.problems import Problem
from reasoner.terms import Span

_INDENTED_TAB = re.compile(r"[ ]*\t")
_KEY = re.compile(r"""\s*(?:- +)?(?:[^\s#'"\[{|>&*!%@`,][^:#]*|"[^"]*"|'[^']*'):(?:\s|$)""")

_LINE_UP = "lines that belong together start in the same column"
_QUOTE_IT = "put quotes around the text"


def syntax_problem(error: Any, text: str, file: str) -> Problem:
    """Turn a parser's error (a marked YAML error) into a problem at the place to mend."""
    lines = text.splitlines()
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem("yaml-syntax", f"`{file}` is not readable as YAML: {error}")
    tab = _tab_near(lines, mark.line)
    if tab is not None:
        row, column = tab
        hint = "YAML does not allow tabs; use spaces"
        return _problem("tab", "a tab indents this line", file, lines, row, column, 1, hint)
    return _stumble(error, lines, file, mark)


def _stumble(error: Any, lines: list[str], file: str, mark: Any) -> Problem:
    said, context = str(error.problem or ""), str(error.context or "")
    opened = error.context_mark or mark
    if "quoted scalar" in context and "end of stream" in said:
        return _problem(
            "open-quote",
            "this quote is never closed",
            file,
            lines,
            opened.line,
            opened.column,
            1,
            "add the closing quote",
        )
    if "unknown escape" in said:
        hint = "write two backslashes for one, or use 'single quotes'"
        column = max(0, lines[mark.line].rfind("\\", 0, mark.column + 1))
        return _problem("escape", "unknown escape after a backslash", file, lines, mark.line, column, 2, hint)
    if "node content" in said:
        return _missing_value(lines, file, mark)
    if "flow mapping" in context or "flow sequence" in context:
        return _open_bracket(lines, file, opened)
    if "cannot start any token" in said:
        character = _at(lines, mark.line, mark.column)
        message = f"text cannot start with `{character}`"
        return _problem("reserved-character", message, file, lines, mark.line, mark.column, 1, _QUOTE_IT)
    if "tag" in said:
        return _problem("tag", "tags (`!…`) are not allowed", file, lines, mark.line, mark.column, 1, _QUOTE_IT)
    if "mapping values are not allowed" in said:
        return _unexpected_colon(lines, file, mark)
    if "could not find expected ':'" in said:
        return _no_colon(lines, file, opened)
    if "block mapping" in context or "block collection" in context:
        return _bad_indentation(lines, file, mark)
    return _problem("yaml-syntax", f"not readable as YAML: {said}", file, lines, mark.line, mark.column, 1, None)


def _missing_value(lines: list[str], file: str, mark: Any) -> Problem:
    hint = "close every bracket, and leave nothing out between commas"
    if mark.line < len(lines):
        message = "a value is missing here"
        return _problem("missing-value", message, file, lines, mark.line, mark.column, 1, hint)
    row = max((place for place, line in enumerate(lines) if line.strip()), default=0)
    message = "the file ends before a bracket is closed"
    return _problem("open-bracket", message, file, lines, row, len(_at_line(lines, row).rstrip()), 1, hint)


def _open_bracket(lines: list[str], file: str, opened: Any) -> Problem:
    bracket = _at(lines, opened.line, opened.column)
    closing = "}" if bracket == "{" else "]"
    message = f"this `{bracket}` is not closed, or a comma is missing inside it"
    hint = f"close it with `{closing}`; put quotes around text inside that has `,` `:` or brackets of its own"
    return _problem("open-bracket", message, file, lines, opened.line, opened.column, 1, hint)


def _unexpected_colon(lines: list[str], file: str, mark: Any) -> Problem:
    line = lines[mark.line]
    if line[: mark.column].count(":") == 0 and mark.line > 0:
        return _bad_indentation(lines, file, mark)
    message = "a second `: ` on this line"
    hint = 'text that has `: ` in it needs quotes: "…: …"'
    return _problem("unexpected-colon", message, file, lines, mark.line, mark.column, 1, hint)


def _no_colon(lines: list[str], file: str, opened: Any) -> Problem:
    width = len(_at_line(lines, opened.line).rstrip()) - opened.column
    hint = "write `key: value`; if it continues the line above, indent it further than that line's key"
    message = "this line has no `: `"
    return _problem("missing-colon", message, file, lines, opened.line, opened.column, max(1, width), hint)


def _bad_indentation(lines: list[str], file: str, mark: Any) -> Problem:
    line = _at_line(lines, mark.line)
    indent = len(line) - len(line.lstrip())
    if line.strip() and not _KEY.match(line) and not line.lstrip().startswith("-"):
        hint = f"{_QUOTE_IT}, all of it, or write `key: value`"
        message = "this does not belong here"
        return _problem("misplaced-text", message, file, lines, mark.line, mark.column, 1, hint)
    if mark.column > indent and _at(lines, mark.line, mark.column) != ":":
        message = "more text after a value that had already ended"
        hint = "put quotes around the whole value, or start a new line"
        return _problem("misplaced-text", message, file, lines, mark.line, mark.column, 1, hint)
    message = "this line is not indented like its neighbours"
    return _problem("indentation", message, file, lines, mark.line, 0, max(1, indent), _LINE_UP)


def _tab_near(lines: list[str], row: int) -> tuple[int, int] | None:
    """The tab that indents the line in question or the one before it, as (row, column) from 0."""
    for near in (row, row - 1):
        match = _INDENTED_TAB.match(_at_line(lines, near)) if near >= 0 else None
        if match:
            return near, match.end() - 1
    return None


def _at_line(lines: list[str], row: int) -> str:
    return lines[row] if 0 <= row < len(lines) else ""


def _at(lines: list[str], row: int, column: int) -> str:
    return _at_line(lines, row)[column : column + 1]


def _problem(
    word: str, message: str, file: str, lines: list[str], row: int, column: int, width: int, hint: str | None
) -> Problem:
    span = Span(file, row + 1, column + 1, row + 1, column + 1 + width)
    return Problem(word, message, span, _at_line(lines, row), hint)
