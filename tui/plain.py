"""The border that text from files crosses on its way to the screen.

Textual reads every plain ``str`` as markup and passes ESC on to the terminal. So no widget, label, title, tab,
column, placeholder, tooltip or notification is given a ``str`` that came from a file: `plain` and `plain_text`
make values that are shown as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rich.text import Text
from textual.content import Content
from textual.style import Style

from reasoner.exchange.plain_text import visible

LABEL = 500
"""Characters that one line of a tree, table or title may take from a file."""

PASSAGE = 20_000
"""Characters that one passage of running text may take from a file."""

Piece: TypeAlias = "str | Content | tuple[str, str]"
"""Text, text that has crossed the border already, or text with a style."""


def shown(value: object, limit: int = PASSAGE, lines: bool = False) -> str:
    """The value's text, made visible and cut to a length that can be drawn; the cut says how much is missing."""
    text = str(value)
    if len(text) > limit:
        more = len(text) - limit
        text = f"{text[:limit]} … ({more:,} more characters)"
    return visible(text, lines)


def plain(value: object, style: str = "", limit: int = PASSAGE, lines: bool = False) -> Content:
    """The value as content for a widget: no markup, no control characters. ``lines`` keeps line breaks."""
    return Content.styled(shown(value, limit, lines), style) if style else Content(shown(value, limit, lines))


def plain_text(value: object, style: str = "", limit: int = LABEL) -> Text:
    """The value as one line for a tree label or a table cell."""
    return Text(shown(value, limit), style=style, no_wrap=True, overflow="ellipsis")


def acting(text: object, action: str, *arguments: str, style: str = "") -> Content:
    """Text that a click on does an action with these arguments; it is underlined."""
    does = f"{action}({', '.join(map(repr, arguments))})"
    return plain(text, style).stylize("underline").stylize(Style.from_meta({"@click": does}))


def lead(text: object, screen: str, entry: str, style: str = "") -> Content:
    """Text that a click on leads to a fact ("facts"), a rule ("rules"), or either's place in the reasoning ("case")."""
    return acting(text, "app.lead", screen, entry, style=style)


def passage(pieces: Iterable[Piece]) -> Content:
    """Pieces joined to one content; ``(text, style)`` styles a piece. Line breaks stay."""
    made: list[Content] = []
    for piece in pieces:
        match piece:
            case Content():
                made.append(piece)
            case (text, style):
                made.append(plain(text, style, lines=True))
            case str():
                made.append(plain(piece, lines=True))
    return Content("").join(made)
