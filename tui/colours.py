"""How each class of token of the rule language looks, in running text and in the editor."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.widgets.text_area import TextAreaTheme

from reasoner.language.tokens import colour
from tui.plain import Piece, passage

STYLES = {
    "keyword": "bold",
    "variable": "$text-warning",
    "constant": "$text-success",
    "number": "$text-success",
    "string": "$text-success",
    "comment": "dim",
    "sentence": "italic",
    "predicate": "bold $text-primary",
    "error": "reverse",
}
"""How each class of token is shown; no two of them differ by colour alone where the difference matters."""

PROBLEM = "problem"
"""The class of what a problem points at."""


def coloured(text: str) -> Content:
    """Rule text in the colours of the language's token table."""
    pieces: list[Piece] = []
    end = 0
    for start, stop, kind in colour(text):
        pieces.append(text[end:start])
        pieces.append((text[start:stop], STYLES.get(kind, "")))
        end = stop
    return passage([*pieces, text[end:]])


def editor_theme(variables: Mapping[str, str]) -> TextAreaTheme:
    """The same colours for an editor, given the colour variables of the app's theme; problems are underlined."""
    styles = {kind: _style(words, variables) for kind, words in STYLES.items()}
    styles[PROBLEM] = Style(underline=True, bold=True) + _style("$text-error", variables)
    return TextAreaTheme("ascribe", syntax_styles=styles)


def _style(words: str, variables: Mapping[str, str]) -> Style:
    style = Style()
    for word in words.split():
        if word.startswith("$"):
            style += Style(color=Color.parse(variables[word[1:]]).rich_color)
        else:
            style += Style.parse(word)
    return style
