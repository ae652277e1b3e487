"""A page as text for a terminal: wrapped, indented, columns lined up; no box drawing, so that it reads aloud."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.cells import cells, padded
from reasoner.exchange.layout import wrapped
from reasoner.exchange.page import Block, Bullet, Bullets, Drawing, Heading, Leads, Page, Paragraph, Table

_GAP = "  "
_NUMBER = re.compile(r"\d+\. ")
_NARROWEST_LAST = 24


@dataclass(frozen=True, slots=True)
class Element:
    """Lines that belong together: a title, a paragraph, a point, a row; with what they speak of.

    ``passing``: it is read on the way to the next one, as are titles, headings that lead nowhere, and blank lines.
    """

    lines: tuple[str, ...]
    about: Leads = ()
    passing: bool = False


def page_text(page: Page, width: int) -> str:
    """The page at a width, its blocks parted by blank lines; a list or table stands directly beneath its heading."""
    return "\n".join(line for element in elements(page, width) for line in element.lines)


def elements(page: Page, width: int) -> Iterator[Element]:
    """The page at a width, element by element."""
    yield Element(tuple(wrapped(page.title, "", "", width)), passing=True)
    before: Block | None = None
    for block in page.blocks:
        if not isinstance(before, Heading):
            yield Element(("",), passing=True)
        yield from _block(block, width)
        before = block


def _block(block: Block, width: int) -> Iterator[Element]:
    match block:
        case Heading(text, about):
            lines = wrapped(text, "", " " * len(_numbered(text)), width)
            yield Element(tuple(lines), about, passing=not about)
        case Paragraph(text, about):
            yield Element(tuple(wrapped(text, "", "", width)), about)
        case Bullets(points):
            yield from itertools.chain.from_iterable(_bullet(point, 0, width) for point in points)
        case Table():
            yield from _rows(block, width, _GAP)
        case Drawing(lines):
            yield Element(lines)


def _numbered(text: str) -> str:
    """The number that a heading begins with, and the space behind it."""
    found = _NUMBER.match(text)
    return found[0] if found else ""


def _bullet(point: Bullet, level: int, width: int) -> Iterator[Element]:
    indent = "  " * (level + 1)
    yield Element(tuple(wrapped(point.text, f"{indent}- ", f"{indent}  ", width)), point.about)
    for beneath in point.beneath:
        yield from _bullet(beneath, level + 1, width)


def table_lines(table: Table, width: int, indent: str = _GAP) -> Iterator[str]:
    """Each column as wide as its widest cell; the last takes what is left, and wraps.

    Where that leaves it too little, each row becomes a point, its cells beneath one another with their titles.
    """
    return (line for element in _rows(table, width, indent) for line in element.lines)


def _rows(table: Table, width: int, indent: str) -> Iterator[Element]:
    heads = [tuple(column.title for column in table.columns)] if table.heads else []
    widths = [max(map(cells, column), default=0) for column in zip(*heads, *table.rows, strict=True)]
    room = width - len(indent) - sum(size + len(_GAP) for size in widths[:-1])
    stacked = room < _NARROWEST_LAST and widths and widths[-1] > room
    for row in heads if not stacked else ():
        yield Element(tuple(_row(row, table, widths, width, indent)), passing=True)
    abouts = table.about or ((),) * len(table.rows)
    for row, about in zip(table.rows, abouts, strict=True):
        lines = _stacked(row, table, width, indent) if stacked else _row(row, table, widths, width, indent)
        yield Element(tuple(lines), about)


def _row(row: tuple[str, ...], table: Table, widths: list[int], width: int, indent: str) -> list[str]:
    sized = zip(row[:-1], widths, table.columns, strict=False)
    start = indent + "".join(padded(cell, size, column.side) + _GAP for cell, size, column in sized)
    last = padded(row[-1], widths[-1], "right") if table.columns[-1].side == "right" else row[-1]
    if cells(start) + cells(last) <= width:
        return [(start + last).rstrip()]
    return wrapped(last, start, " " * cells(start), width)


def _stacked(row: tuple[str, ...], table: Table, width: int, indent: str) -> Iterator[str]:
    first, further = f"{indent}- ", f"{indent}  "
    titled = [_titled(column.title, cell, table.heads) for column, cell in zip(table.columns, row, strict=True) if cell]
    for number, cell in enumerate(titled):
        yield from wrapped(cell, further if number else first, f"{further}  " if number else further, width)


def _titled(title: str, cell: str, heads: bool) -> str:
    return f"{title}: {cell}" if heads and title else cell
