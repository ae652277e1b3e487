"""A page as text for a terminal: wrapped, indented, columns lined up; no box drawing, so that it reads aloud."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from reasoner.exchange.layout import wrapped
from reasoner.exchange.page import Block, Bullet, Bullets, Drawing, Heading, Page, Paragraph, Table

_GAP = "  "
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
        case Heading(text) | Paragraph(text):
            yield from wrapped(text, "", "", width)
        case Bullets(points):
            yield from itertools.chain.from_iterable(_bullet(point, 0, width) for point in points)
        case Table():
            yield from _table(block, width)
        case Drawing(lines):
            yield from lines


def _bullet(point: Bullet, level: int, width: int) -> Iterator[str]:
    indent = "  " * (level + 1)
    yield from wrapped(point.text, f"{indent}- ", f"{indent}  ", width)
    for beneath in point.beneath:
        yield from _bullet(beneath, level + 1, width)


def _table(table: Table, width: int) -> Iterator[str]:
    """Each column as wide as its widest cell; the last takes what is left, and wraps."""
    rows = [tuple(column.title for column in table.columns), *table.rows] if table.heads else list(table.rows)
    widths = [max(map(len, cells), default=0) for cells in zip(*rows, strict=True)]
    room = width - sum(widths[:-1]) - len(_GAP) * len(widths)
    if room < _NARROWEST_LAST and widths and widths[-1] > room:
        yield from _stacked(table, width)
        return
    for row in rows:
        cells = [
            cell.rjust(size) if column.side == "right" else cell.ljust(size)
            for cell, size, column in zip(row[:-1], widths, table.columns, strict=False)
        ]
        start = _GAP + "".join(cell + _GAP for cell in cells)
        last = row[-1].rjust(widths[-1]) if table.columns[-1].side == "right" else row[-1]
        if len(start) + len(last) <= width:
            yield (start + last).rstrip()
        else:
            yield from wrapped(last, start, " " * len(start), width)


def _stacked(table: Table, width: int) -> Iterator[str]:
    """A table too wide for the page: a row becomes a point, its further cells beneath it with their titles."""
    for row in table.rows:
        yield from wrapped(row[0], "  - ", "    ", width)
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            if cell:
                yield from wrapped(_titled(column.title, cell, table.heads), "    ", "      ", width)


def _titled(title: str, cell: str, heads: bool) -> str:
    return f"{title}: {cell}" if heads and title else cell
