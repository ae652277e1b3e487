"""Changing the facts of a file written by hand: an entry at a time, and not a character outside of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from reasoner.documents import Document, check_characters, parse_yaml, read_text, shown_path
from reasoner.documents.document import Branch
from reasoner.evidence.saving import fingerprint, save
from reasoner.problems import InputError

Entry: TypeAlias = Mapping[str, Any]
"""One entry under ``facts:`` as plain values: keys in the order of `KEYS`."""

KEYS = (
    *("fact", "assume", "given", "source", "credibility", "date", "polarity", "says", "quote", "locator"),
    *("reports", "from", "to"),
)
"""The keys of an entry in the order they are written in."""

_BOM = "\ufeff"


@dataclass(frozen=True)
class Manuscript:
    """A fact file as it was read; ``mark`` tells that content from any other, ``bom`` whether it starts with a BOM."""

    path: Path
    text: str
    mark: str
    bom: bool = False

    @cached_property
    def document(self) -> Document:
        """It as YAML. Raises `InputError` where it is none."""
        return parse_yaml(self.text, shown_path(self.path))

    @property
    def entries(self) -> Sequence[Entry]:
        """Its facts, as plain values."""
        value = self.document.value
        return (value.get("facts") if isinstance(value, dict) else None) or ()

    @property
    def newline(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def lines_of(self, position: int) -> tuple[int, int]:
        """The first and last line of an entry, from 1."""
        start, end = _extent(self, position)
        return start + 1, end

    def at_line(self, line: int) -> int | None:
        """The place of the entry that stands in a line, from 1; None where none does."""
        for position in range(len(self.entries)):
            first, last = self.lines_of(position)
            if first <= line <= last:
                return position
        return None


def read_manuscript(path: Path) -> Manuscript:
    """Read a fact file in order to change it. Raises `InputError` where it cannot be read as text."""
    mark = fingerprint(path) or ""
    text = read_text(path)
    with path.open("rb") as stream:
        bom = stream.read(3) == _BOM.encode()
    return Manuscript(path, text, mark, bom)


def with_entry(manuscript: Manuscript, position: int, entry: Entry) -> str:
    """The text with another entry in place of one. Raises `InputError` where its layout does not allow that.

    An entry of its ``reports`` that is `GONE` goes; the others are compared with those of the same place.
    """
    from reasoner.documents.rewriting import GONE, rewritten

    lines, (_, end) = _lines(manuscript), _extent(manuscript, position)
    place = manuscript.document.spans[("facts", position)]
    start, column = place.line - 1, place.column - 1
    own = "".join(lines[start:end])
    body = "".join(line[column:] if line[:column].strip() in ("", "-") else line for line in lines[start:end])
    changed = rewritten(body.replace("\r\n", "\n"), manuscript.entries[position], entry, KEYS, column)
    block = _indented(changed, own[:column], column, manuscript.newline)
    if not own.endswith(("\n", "\r")):
        block = block.rstrip("\r\n")
    wanted = {
        key: [each for each in value if each is not GONE] if key == "reports" else value for key, value in entry.items()
    }
    facts = [*manuscript.entries[:position], wanted, *manuscript.entries[position + 1 :]]
    return _as_meant(manuscript, "".join([*lines[:start], block, *lines[end:]]), facts)


def with_new_entry(manuscript: Manuscript, entry: Entry) -> str:
    """The text with an entry more, behind the last. Raises `InputError` where its layout does not allow that."""
    from reasoner.documents.rewriting import written

    lines, newline = _lines(manuscript), manuscript.newline
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    if manuscript.entries:
        last = len(manuscript.entries) - 1
        column = manuscript.document.spans[("facts", last)].column - 1
        _, place = _extent(manuscript, last)
        first = _extent(manuscript, last)[0]
        dash = " " * (lines[first][:column].find("-") if "-" in lines[first][:column] else column - 2)
    else:
        place, dash, column = _open_list(manuscript, lines), "  ", 4
    prefix = f"{dash}-".ljust(column)
    block = _indented(written(entry, column), prefix, column, newline)
    return _as_meant(manuscript, "".join([*lines[:place], block, *lines[place:]]), [*manuscript.entries, entry])


def without_entry(manuscript: Manuscript, position: int) -> str:
    """The text without an entry; comments around it stay. Raises `InputError` where its layout does not allow that."""
    lines, (start, end) = _lines(manuscript), _extent(manuscript, position)
    facts = [*manuscript.entries[:position], *manuscript.entries[position + 1 :]]
    return _as_meant(manuscript, "".join([*lines[:start], *lines[end:]]), facts)


def save_manuscript(manuscript: Manuscript, text: str) -> None:
    """Replace the file by a text, at once. Raises `InputError` where it changed since it was read, or cannot be."""
    save(manuscript.path, (_BOM if manuscript.bom else "") + text, manuscript.mark)


def difference(before: str, after: str, context: int = 1) -> tuple[str, ...]:
    """What differs between two texts, as the lines of a unified diff with so many lines of context."""
    rows = unified_diff(before.splitlines(), after.splitlines(), n=context, lineterm="")
    return tuple(rows)[2:]


def _lines(manuscript: Manuscript) -> list[str]:
    return manuscript.text.splitlines(keepends=True)


def _extent(manuscript: Manuscript, position: int) -> tuple[int, int]:
    """The lines of an entry, from 0, the last one excluded: from its dash to the end of its last value."""
    node = manuscript.document.spans.node(("facts", position))
    if manuscript.document.spans.node(("facts",)).flow:
        raise _unusual(manuscript, position)
    lines = manuscript.document.lines
    start = node.start_mark.line
    while start > 0 and "-" not in lines[start][: node.start_mark.column]:
        start -= 1
    end = _end(node)
    last = end.line + (end.column > 0)
    while last > start + 1 and not lines[last - 1].strip():
        last -= 1
    return start, last


def _end(node: Any) -> Any:
    """Where the last value of a node ends: a block's own mark lies behind all blank lines and comments after it."""
    while isinstance(node, Branch) and not node.flow and node.children:
        node = list(node.children.values())[-1]
    return node.end_mark


def _open_list(manuscript: Manuscript, lines: list[str]) -> int:
    """Make an empty ``facts:`` ready for entries, and return the line, from 0, where they go."""
    key = manuscript.document.spans.key_node(("facts",))
    if key is None:
        lines.append(f"facts:{manuscript.newline}")
        return len(lines)
    line: int = key.start_mark.line
    value = manuscript.document.spans.node(("facts",))
    if isinstance(value, Branch):
        if value.start_mark.line != line or value.end_mark.line != line:
            raise _unusual(manuscript, None)
        text = lines[line]
        lines[line] = (text[: value.start_mark.column].rstrip(" ") + text[value.end_mark.column :]).rstrip(" ")
    return line + 1


def _indented(block: str, prefix: str, column: int, newline: str) -> str:
    """A block moved to its column, its first line behind a prefix."""
    margin = " " * column
    rows = [(margin + row).rstrip(" ") if row else row for row in block.splitlines()]
    return "".join(row + newline for row in [prefix + rows[0][column:], *rows[1:]])


def _as_meant(manuscript: Manuscript, text: str, facts: Sequence[Entry]) -> str:
    """The text, once it is certain that it reads as meant and that everything but the facts reads as before."""
    value = manuscript.document.value
    wanted = {**(value if isinstance(value, dict) else {}), "facts": list(facts)}
    check_characters(text, manuscript.document.file)
    found = parse_yaml(text, manuscript.document.file).value
    if {**found, "facts": found.get("facts") or []} != wanted:
        raise _unusual(manuscript, None)
    return text


def _unusual(manuscript: Manuscript, position: int | None) -> InputError:
    message = "the facts of this file are laid out in a way that cannot be changed here"
    document = manuscript.document
    place = document.key_span(("facts",) if position is None else ("facts", position))
    return InputError([document.problem("unusual-layout", message, place, "change the text of the file instead")])
