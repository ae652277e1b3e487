"""Reading text and YAML: no surprises, no harm, and every mistake at its place."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from reasoner.documents import parse_yaml, read_text, read_yaml, validate
from reasoner.limits import Limits
from reasoner.problems import InputError, render


@pytest.fixture(params=["libyaml", "pure Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Once with libyaml, once as on a machine that lacks it."""
    if request.param == "pure Python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return request.param


def words(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.word for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-11-10", "2021-11-10"),
        ("2021-11-10T04:00:00Z", "2021-11-10T04:00:00Z"),
        ("no", "no"),
        ("on", "on"),
        ("NO", "NO"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("0.65", 0.65),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        ("9" * 5000, "9" * 5000),
        ("'12'", "12"),
        ('"true"', "true"),
        ("=", "="),
    ],
)
def test_scalars_are_what_they_look_like(loader: str, written: str, read: object) -> None:
    """Dates, yes and no stay text; only plain integers, decimals, true and false are anything else."""
    assert parse_yaml(f"key: {written}\n", "f.yaml").value == {"key": read}


def test_keys_are_always_text(loader: str) -> None:
    """A key is text, even where it looks like a number or a boolean."""
    assert parse_yaml("{1: a, true: b, no: c, 2021-11-10: d}", "f").value == {
        "1": "a",
        "true": "b",
        "no": "c",
        "2021-11-10": "d",
    }


HARMFUL = {
    "alias": ("a: &x [1]\nb: *x\n", ["not-allowed", "not-allowed"]),
    "a bomb of aliases": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", ["not-allowed"] * 7),
    "an object": ("a: !!python/object/apply:os.system [ls]\n", ["not-allowed"]),
    "a tag of one's own": ("a: !mine b\n", ["not-allowed"]),
    "a merge key": ("<<: {a: 1}\n", ["merge-key"]),
    "a list as a key": ("? [a]\n: b\n", ["key-not-text"]),
    "two documents": ("a: 1\n---\nb: 2\n", ["second-document"]),
    "nothing": ("", ["empty-file"]),
    "comments alone": ("# a\n", ["empty-file"]),
    "one key twice": ("a: 1\nb: {c: 1, c: 2}\na: 3\n", ["duplicate-key", "duplicate-key"]),
    "a hidden escape": ('a: "\\x1b[31m"\n', ["control-character"]),
    "deep nesting": ("a: " + "[" * 100_000, ["nested-too-deeply"]),
    "deep mappings": ("{a: " * 100_000, ["nested-too-deeply"]),
    "deep lists": ("- " * 100_000 + "a", ["nested-too-deeply"]),
    "a flood of mistakes": ("a: 1\n" * 100_000, ["duplicate-key"] * 100),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_yaml_that_could_harm_or_mislead_is_refused(loader: str, name: str) -> None:
    """Anchors, tags, merge keys, second documents, floods and towers are problems, and quickly found."""
    text, expected = HARMFUL[name]
    started = time.perf_counter()
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "f.yaml")

    assert words(caught) == expected
    assert time.perf_counter() - started < 5


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t0", max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a file, reading it gives a value or problems with a place, never another error."""
    try:
        document = parse_yaml(text, "f.yaml")
    except InputError as error:
        assert error.problems
        assert all(render(problem) for problem in error.problems)
    else:
        assert document.spans[()]


def test_both_parsers_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values and places do not depend on whether libyaml is there."""
    text = "a: {b: 'it''s', c: [1, \"x\"]}\nd:\n  - e: plain text\n    f: |\n      block\n"
    paths = [("a",), ("a", "b"), ("a", "c", 1), ("d", 0), ("d", 0, "e")]
    fast = parse_yaml(text, "f")
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = parse_yaml(text, "f")

    assert slow.value == fast.value
    assert [slow.spans[path] for path in paths[:3]] == [fast.spans[path] for path in paths[:3]]
    assert [slow.key_span(path) for path in paths] == [fast.key_span(path) for path in paths]


@pytest.mark.parametrize(
    ("line", "word", "column"),
    [
        ("key: posesses(a, b)", "posesses", 6),
        ("key: 'posesses(a, b)'", "posesses", 7),
        ("key: 'it''s posesses'", "posesses", 13),
        ('key: "say \\"posesses\\""', "posesses", 13),
        ("{key: posesses(a)}", "posesses(a)", 7),
        ("key: the Ölfeld posesses", "posesses", 17),
    ],
)
def test_a_word_in_a_text_has_its_own_place(loader: str, line: str, word: str, column: int) -> None:
    """A word inside a plain or quoted text is found at the column where it stands in the file."""
    document = parse_yaml(line + "\n", "f.yaml")
    start = document.value["key"].index(word)
    span = document.within(("key",), start, start + len(word))

    assert (span.line, span.column, span.end_column) == (1, column, column + len(word))
    assert document.line_text(1)[span.column - 1 : span.end_column - 1] == word


class Grade(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    letter: str = Field(description="a letter")
    digit: int


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: str
    grades: dict[str, Grade] = {}
    rows: list[Grade] = []


def test_all_mistakes_of_a_document_are_told_at_once(loader: str) -> None:
    """Wrong, missing and unknown keys are all reported, each where it is, in the words of the file."""
    text = "titel: x\ngrades:\n  one: {letter: A, digit: two}\n  two: {digit: 1}\nrows:\n  - letter: 5\n    digit: 1\n"
    with pytest.raises(InputError) as caught:
        validate(parse_yaml(text, "f.yaml"), Sheet)
    told = [(each.message, each.span.line, each.span.column, each.hint) for each in caught.value.problems]

    assert told == [
        ("this file lacks `title`", 1, 1, None),
        ("unknown key `titel`", 1, 1, "did you mean `title`?"),
        ("`digit` must be a whole number, not the text `two`", 3, 27, None),
        ("`two` lacks `letter`", 4, 3, "`letter` is a letter"),
        ("`letter` must be text, not the number 5", 6, 13, "put quotes around it"),
    ]


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "word", "place"),
    [
        (b"a: 1\nb: \xff\n", "not-utf-8", (2, 4)),
        (b"a: 1\nb: x\x00y\n", "control-character", (2, 5)),
        (b"a: \x1b[31m\n", "control-character", (1, 4)),
        (b"\x07", "control-character", (1, 1)),
        ("a: \u0085b\n\x7f".encode(), "control-character", (3, 1)),
    ],
)
def test_bytes_that_are_no_text_are_shown_with_their_place(tmp_path: Path, raw: bytes, word: str, place) -> None:
    """Bytes that are not UTF-8, and control characters, are problems that can be drawn without printing them."""
    with pytest.raises(InputError) as caught:
        read_text(write(tmp_path / "f.yaml", raw))
    (problem,) = caught.value.problems

    assert (problem.word, (problem.span.line, problem.span.column)) == (word, place)
    assert not set(render(problem)) & {"\x00", "\x1b", "\x07", "\x7f"}


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    """Files saved on Windows read like others, places included."""
    document = read_yaml(write(tmp_path / "f.yaml", b"\xef\xbb\xbfa: 1\r\nb: two\r\n"))

    assert document.value == {"a": 1, "b": "two"}
    assert (document.spans[("b",)].line, document.spans[("b",)].column) == (2, 4)


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    """Missing files, folders, pipes and oversized files are problems, and none of them blocks."""
    os.mkfifo(tmp_path / "pipe")
    write(tmp_path / "big", b"#" * 101)
    expected = {"none": "missing-file", ".": "unreadable-file", "pipe": "unreadable-file", "big": "file-too-large"}
    for name, word in expected.items():
        with pytest.raises(InputError) as caught:
            read_text(tmp_path / name, Limits(file_bytes=100))

        assert words(caught) == [word]
    assert "ASCRIBE_LIMIT_FILE_BYTES" in (caught.value.problems[0].hint or "")
