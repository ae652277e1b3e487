"""A page as text for a terminal: wrapped, indented, columns lined up; no box drawing, so that it reads aloud."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reasoner.cells import cells, padded
from reasoner.exchange.layout import wrapped
from reasoner.exchange.page import Block, Bullet, Bullets, Drawing, Heading, Page, Paragraph, Table

_GAP = "  "
_NUMBER = re.compile(r"\d+\. ")
_NARROWEST_LAST = 24


def page_text(page: Page, width: int) -> str:
    """The page at a width, its blocks parted by blank lines; a list or table stands directly beneath its heading."""
    lines = wrapped(page.title, "", "", width)
    before: Block | None = None
    for block in page.blocks:
        if not isinstance(before, Heading):
            lines.append("")
        lines += _block(block, width)
        before = block
    return "\n".join(lines)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(text):
            yield from wrapped(text, "", " " * len(_numbered(text)), width)
        case Paragraph(text):
            yield from wrapped(text, "", "", width)
        case Bullets(points):
            yield from itertools.chain.from_iterable(_bullet(point, 0, width) for point in points)
        case Table():
            yield from table_lines(block, width)
        case Drawing(lines):
            yield from lines


def _numbered(text: str) -> str:
    """The number that a heading begins with, and the space behind it."""
    found = _NUMBER.match(text)
    return found[0] if found else ""


def _bullet(point: Bullet, level: int, width: int) -> Iterator[str]:
    indent = "  " * (level + 1)
    yield from wrapped(point.text, f"{indent}- ", f"{indent}  ", width)
    for beneath in point.beneath:
        yield from _bullet(beneath, level + 1, width)


def table_lines(table: Table, width: int, indent: str = _GAP) -> Iterator[str]:
    """Each column as wide as its widest cell; the last takes what is left, and wraps.

    Where that leaves it too little, each row becomes a point, its cells beneath one another with their titles.
    """
    rows = [tuple(column.title for column in table.columns), *table.rows] if table.heads else list(table.rows)
    widths = [max(map(cells, column), default=0) for column in zip(*rows, strict=True)]
    room = width - len(indent) - sum(size + len(_GAP) for size in widths[:-1])
    if room < _NARROWEST_LAST and widths and widths[-1] > room:
        yield from _stacked(table, width, indent)
        return
    for row in rows:
        sized = zip(row[:-1], widths, table.columns, strict=False)
        start = indent + "".join(padded(cell, size, column.side) + _GAP for cell, size, column in sized)
        last = padded(row[-1], widths[-1], "right") if table.columns[-1].side == "right" else row[-1]
        if cells(start) + cells(last) <= width:
            yield (start + last).rstrip()
        else:
            yield from wrapped(last, start, " " * cells(start), width)


def _stacked(table: Table, width: int, indent: str) -> Iterator[str]:
    first, further = f"{indent}- ", f"{indent}  "
    for row in table.rows:
        titled = [
            _titled(column.title, cell, table.heads) for column, cell in zip(table.columns, row, strict=True) if cell
        ]
        for number, cell in enumerate(titled):
            yield from wrapped(cell, further if number else first, f"{further}  " if number else further, width)


def _titled(title: str, cell: str, heads: bool) -> str:
    return f"{title}: {cell}" if heads and title else cell
