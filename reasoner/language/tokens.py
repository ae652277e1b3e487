"""The tokens of the rule language: one table for the parser, the printer and the colours of an editor.

Every character of every text belongs to a token or to white space, so scanning never fails; what the language does
not have (``==``, an unclosed quote, an unquoted date) is a token too, with the colour ``error``, and the parser says
what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class TokenKind:
    """One row of the table: the terminal's name in the grammar, its pattern, and its class for colouring."""

    name: str
    pattern: str
    colour: str


TOKENS: tuple[TokenKind, ...] = (
    TokenKind("NOT", r"not(?![\w'])", "keyword"),
    TokenKind("NAME", r"_*[a-z][A-Za-z0-9_]*(?![\w'])", "constant"),
    TokenKind("VARIABLE", r"_*[A-Z][A-Za-z0-9_]*(?![\w'])", "variable"),
    TokenKind("COMMA", r",", "punctuation"),
    TokenKind("LPAR", r"\(", "punctuation"),
    TokenKind("RPAR", r"\)", "punctuation"),
    TokenKind("ANONYMOUS", r"_(?![\w'])", "variable"),
    TokenKind("IF", r":-", "keyword"),
    TokenKind("RANGE", r"\.\.", "error"),
    TokenKind("STOP", r"\.", "punctuation"),
    TokenKind("BLOCK_COMMENT", r"%\*[\s\S]*?(?:\*%|\Z)", "error"),
    TokenKind("SENTENCE", r"%%(?!%)[^\n]*", "sentence"),
    TokenKind("COMMENT", r"%[^\n]*", "comment"),
    TokenKind("DATE", r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}(?::[0-9]{2})*Z?)?(?![\w'])", "error"),
    TokenKind("ODD_NUMBER", r"[0-9]+(?:\.[0-9]+)+|0[0-9]+(?![\w'])", "error"),
    TokenKind("NUMBER", r"[0-9]+(?![\w'])", "number"),
    TokenKind("STRING", r'"(?:[^"\\\n]|\\[^\n])*"', "string"),
    TokenKind("OPEN_STRING", r'"[^\n]*', "error"),
    TokenKind("ODD_NAME", r"\w[\w']*", "error"),
    TokenKind("AGGREGATE", r"#(?:count|sum|min|max)(?![\w'+])", "keyword"),
    TokenKind("DIRECTIVE", r"#(?:[a-z]+\+?)?", "error"),
    TokenKind("ODD", r"=\\=|\\==|\\=|==|:=|:~|=>|->|<>|=<|&&|\|\||\\\+|\*\*", "error"),
    TokenKind("LBRACE", r"\{", "punctuation"),
    TokenKind("RBRACE", r"\}", "punctuation"),
    TokenKind("COLON", r":", "punctuation"),
    TokenKind("SEMICOLON", r";", "punctuation"),
    TokenKind("NE", r"!=", "operator"),
    TokenKind("LE", r"<=", "operator"),
    TokenKind("GE", r">=", "operator"),
    TokenKind("EQ", r"=", "operator"),
    TokenKind("LT", r"<", "operator"),
    TokenKind("GT", r">", "operator"),
    TokenKind("PLUS", r"\+", "operator"),
    TokenKind("MINUS", r"-", "operator"),
    TokenKind("STAR", r"\*", "operator"),
    TokenKind("OTHER", r"[^ \t\r\n]", "error"),
)
"""In the order they are tried. ``\\w`` in the look-aheads keeps ``café`` and ``7_october`` whole, as one odd name."""

COMMENTS = frozenset({"SENTENCE", "COMMENT", "BLOCK_COMMENT"})
"""The kinds that the grammar does not see."""

COMPARISONS = frozenset({"EQ", "NE", "LT", "LE", "GT", "GE"})
ARITHMETIC = frozenset({"PLUS", "MINUS", "STAR"})

_COLOURS = {kind.name: kind.colour for kind in TOKENS}
_SCANNER = re.compile(r"[ \t\r\n]*(?:" + "|".join(f"(?P<{kind.name}>{kind.pattern})" for kind in TOKENS) + ")")


class Token(NamedTuple):
    """One token: its kind (a name of the table, or ``END``), its text, and where it starts, counted from 0."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)


def scan(text: str) -> Iterator[Token]:
    """Yield every token of the text in order, comments included. Never fails."""
    for match in _SCANNER.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            yield Token(kind, match[kind], match.start(kind))


def colour(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, class) of every token, in order; offsets count characters from 0. Never fails.

    Classes: ``keyword constant variable number string comment sentence operator punctuation predicate error``. A
    name directly before a parenthesis is a ``predicate``.
    """
    held: Token | None = None
    for token in scan(text):
        if held is not None:
            yield held.start, held.end, "predicate" if token.kind == "LPAR" else _COLOURS[held.kind]
        held = token
    if held is not None:
        yield held.start, held.end, _COLOURS[held.kind]
