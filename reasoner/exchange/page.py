"""An answer as a page: headings, paragraphs, lists and tables, before any output decides how they look.

Every explanation is written once, as a page; `page_text` and `page_markdown` draw it. Texts are plain: nothing in
them is markup, whatever file they came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading beneath the page's title."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """One point of a list, with the points beneath it."""

    text: str
    beneath: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    points: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and on which side its cells line up."""

    title: str
    side: OneOf["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, one cell a column.

    Where the page is too narrow, the last column wraps; ``heads`` says whether the columns' titles are shown.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines that are shown as they are, such as a plot in characters."""

    lines: tuple[str, ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Drawing


@dataclass(frozen=True, slots=True)
class Page:
    """A title and what stands beneath it."""

    title: str
    blocks: tuple[Block, ...]


def bullets(texts: Sequence[str]) -> Bullets:
    """A list without levels."""
    return Bullets(tuple(map(Bullet, texts)))
