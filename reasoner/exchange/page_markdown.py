"""A page as Markdown, for a report or a ticket; text from files is escaped, so none of it is interpreted."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from reasoner.exchange.chain_markdown import escaped
from reasoner.exchange.page import Block, Bullet, Bullets, Drawing, Heading, Page, Paragraph, Table


def page_markdown(page: Page) -> str:
    """The whole page under one heading."""
    rows = [f"# {escaped(page.title)}"]
    for block in page.blocks:
        rows += ["", *_block(block)]
    return "\n".join(rows) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"## {escaped(text.removesuffix(':'))}"
        case Paragraph(text):
            yield escaped(text)
        case Bullets(points):
            yield from itertools.chain.from_iterable(_bullet(point, 0) for point in points)
        case Table():
            yield from _table(block)
        case Drawing(lines):
            # Four spaces make a block of code, in which nothing is interpreted and no fence can be closed.
            yield from (f"    {line}" for line in lines)


def _bullet(point: Bullet, level: int) -> Iterator[str]:
    yield f"{'  ' * level}- {escaped(point.text)}"
    for beneath in point.beneath:
        yield from _bullet(beneath, level + 1)


def _table(table: Table) -> Iterator[str]:
    yield _row(column.title for column in table.columns)
    yield _row_of("---:" if column.side == "right" else "---" for column in table.columns)
    for row in table.rows:
        yield _row(row)


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return _row_of(escaped(cell) for cell in cells)


def _row_of(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"
