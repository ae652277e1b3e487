"""An answer as a page: headings, paragraphs, lists and tables, before any output decides how they look.

Every explanation is written once, as a page; `page_text` and `page_markdown` draw it. Texts are plain: nothing in
them is markup, whatever file they came from. Each says what it speaks of, so that a reader can go there; text and
Markdown leave that out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

Kind: TypeAlias = OneOf["fact", "rule", "source", "origin", "actor", "finding"]


@dataclass(frozen=True, slots=True)
class Lead:
    """Something of the case that a text speaks of.

    ``name`` is a fact in the rule language, a rule's name, or the id of a source, from or through which something came;
    of an origin, on which it finally rests; or of an actor: a hypothesis, in the page's role unless ``role`` says
    another. A finding is what might be found out: facts in the rule language, one a line.
    """

    kind: Kind
    name: str
    role: str = ""


Leads: TypeAlias = tuple[Lead, ...]
"""What a text speaks of, the most telling first; what is told of twice may stand in it twice."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading beneath the page's title."""

    text: str
    about: Leads = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    about: Leads = ()


@dataclass(frozen=True, slots=True)
class Bullet:
    """One point of a list, with the points beneath it."""

    text: str
    beneath: tuple[Bullet, ...] = ()
    about: Leads = ()


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

    Where the page is too narrow, the last column wraps; ``heads`` says whether the columns' titles are shown. ``about``
    is what each row speaks of, or empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: bool = True
    about: tuple[Leads, ...] = ()


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


Told: TypeAlias = tuple[str, Leads]
"""A text, and what it speaks of."""


def bullets(texts: Sequence[str]) -> Bullets:
    """A list without levels."""
    return Bullets(tuple(map(Bullet, texts)))


def points(told: Iterable[Told]) -> Bullets:
    """A list without levels, each point with what it speaks of."""
    return Bullets(tuple(Bullet(text, about=about) for text, about in told))


def leads(kind: Kind, names: Iterable[object]) -> Leads:
    """Several things of one kind."""
    return tuple(Lead(kind, str(name)) for name in names)
