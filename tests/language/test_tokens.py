"""Tokens and colours: every text can be coloured, and the parser sees what the colours show."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.language.tokens import TOKENS, colour, scan

CLASSES = {
    "keyword", "constant", "predicate", "variable", "number", "string", "comment", "sentence", "operator",
    "punctuation", "error",
}  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80) | st.text('abX_1."%*()\\:-,=<>! \n\t#é', max_size=80))
def test_any_text_can_be_coloured_whole(text: str) -> None:
    covered = 0
    for start, end, name in colour(text):
        assert covered <= start < end <= len(text)
        assert text[covered:start].strip(" \t\r\n") == ""
        assert name in CLASSES
        covered = end

    assert text[covered:].strip(" \t\r\n") == ""


COLOURED = [
    ("%% [means] {A} had it.", [("%% [means] {A} had it.", "sentence")]),
    ("% a remark", [("% a remark", "comment")]),
    ("%%%%%%%%", [("%%%%%%%%", "comment")]),
    ("means(A) :-", [
        ("means", "predicate"), ("(", "punctuation"), ("A", "variable"), (")", "punctuation"), (":-", "keyword"),
    ]),
    ("not _x, _X, _", [
        ("not", "keyword"), ("_x", "constant"), (",", "punctuation"), ("_X", "variable"), (",", "punctuation"),
        ("_", "variable"),
    ]),
    ("notable", [("notable", "constant")]),
    ("N = #count{ B : p ; 3 }", [
        ("N", "variable"), ("=", "operator"), ("#count", "keyword"), ("{", "punctuation"), ("B", "variable"),
        (":", "punctuation"), ("p", "constant"), (";", "punctuation"), ("3", "number"), ("}", "punctuation"),
    ]),
    ("#avg #counts #sum+", [("#avg", "error"), ("#counts", "error"), ("#sum+", "error")]),
    ('"a % \\" b" 12', [('"a % \\" b"', "string"), ("12", "number")]),
    ("X >= 3+Y.", [
        ("X", "variable"), (">=", "operator"), ("3", "number"), ("+", "operator"), ("Y", "variable"),
        (".", "punctuation"),
    ]),
    ('"open', [('"open', "error")]),
    ("2021-11-07 café 1.5 == 7th", [
        ("2021-11-07", "error"), ("café", "error"), ("1.5", "error"), ("==", "error"), ("7th", "error"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COLOURED, ids=[text for text, _ in COLOURED])
def test_each_kind_of_token_has_its_colour(text: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [(text[start:end], name) for start, end, name in colour(text)]


def test_every_row_of_the_table_is_named_once_and_has_a_known_colour() -> None:
    names = [kind.name for kind in TOKENS]

    assert len(set(names)) == len(names)
    assert {kind.colour for kind in TOKENS} <= CLASSES


def test_a_long_broken_text_is_scanned_in_no_time() -> None:
    """No pattern of the table backtracks over what it has read."""
    for piece in ('"', "%*", "\\", "a'", "'", "#", "_", "0", "-", "1-", "café", '"\\'):
        assert sum(1 for _ in scan(piece * 20_000)) >= 1


def test_colours_and_rules_need_no_parser_generator() -> None:
    """Lark is imported only to build a table that is not stored."""
    script = (
        "import sys; from reasoner.language.tokens import colour; from reasoner.language.parser import parse_rules;"
        "list(colour('p(X) :- q(X).')); parse_rules('p(X) :- q(X).', 'f.dl'); sys.exit('lark' in sys.modules)"
    )

    assert 0 == subprocess.run([sys.executable, "-c", script], check=False).returncode
