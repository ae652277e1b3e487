"""Facts changed in a file written by hand: what is not meant to change stays as it is, to the byte."""

from __future__ import annotations

import shutil
from difflib import ndiff
from pathlib import Path

import pytest

from reasoner.documents.rewriting import GONE
from reasoner.evidence.editing import (
    Manuscript,
    difference,
    read_manuscript,
    save_manuscript,
    with_entry,
    with_new_entry,
    without_entry,
)
from reasoner.problems import InputError
from tests.shipped import HOME

FILES = sorted((HOME / "facts").glob("*/*.yaml"))
each_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that went, marked ``- ``, and those that came, marked ``+ ``."""
    return [row for row in ndiff(before.splitlines(), after.splitlines()) if row[0] in "-+"]


def manuscript(folder: Path, text: str) -> Manuscript:
    """A file of that text, read."""
    path = folder / "case.yaml"
    path.write_bytes(text.encode())
    return read_manuscript(path)


@each_file
def test_saving_without_a_change_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Every entry of every shipped file, written back as it was read, leaves the file identical to the byte."""
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    read = read_manuscript(copy)
    for position, entry in enumerate(read.entries):
        assert with_entry(read, position, entry) == read.text
    save_manuscript(read, read.text)
    assert copy.read_bytes() == path.read_bytes()


@each_file
def test_another_credibility_is_one_line(path: Path) -> None:
    """A report graded otherwise changes the one line that its grade stands in."""
    read = read_manuscript(path)
    for position, entry in enumerate(read.entries):
        if "credibility" in entry:
            after = with_entry(read, position, {**entry, "credibility": 6 if entry["credibility"] != 6 else 5})
            gone, come = changed_lines(read.text, after)
            assert gone[0] == "-" and come[0] == "+"
            first, last = read.lines_of(position)
            assert gone[2:] in read.document.lines[first - 1 : last]


@each_file
def test_another_report_is_new_lines_only(path: Path) -> None:
    """Where a fact has a list of reports, one more adds its own lines and touches no other."""
    read = read_manuscript(path)
    for position, entry in enumerate(read.entries):
        if "reports" in entry:
            more = {"source": "somebody", "credibility": 2, "date": "2021-11-09", "says": "So it is: he was there."}
            after = with_entry(read, position, {**entry, "reports": [*entry["reports"], more]})
            assert all(row[0] == "+" for row in changed_lines(read.text, after))
            assert 'says: "So it is: he was there."' in after


@each_file
def test_a_new_fact_is_new_lines_only(path: Path) -> None:
    """A fact more is lines more, behind the last fact."""
    read = read_manuscript(path)
    after = with_new_entry(read, {"fact": "within(baghdad, iraq)", "given": True, "source": "gazetteer"})
    assert changed_lines(read.text, after) == [
        "+   - fact: within(baghdad, iraq)",
        "+     given: true",
        "+     source: gazetteer",
    ]


@each_file
def test_a_fact_taken_out_takes_only_its_lines(path: Path) -> None:
    """What is retracted goes, and no comment with it."""
    read = read_manuscript(path)
    for position in range(len(read.entries)):
        first, last = read.lines_of(position)
        gone = changed_lines(read.text, without_entry(read, position))
        assert len(gone) == last - first + 1
        assert all(row[0] == "-" and not row[2:].lstrip().startswith("#") for row in gone)


ODD = """\
case: odd   # the only one
facts:
# at the margin
- fact: a(b)   # why this one
  # graded on a Monday
  source: 'x'
  credibility: 2   # after a talk
  says: >
    Folded over
    two lines.

  # between the facts
-
  fact: c(d)
  reports:
  - source: x     # first
    credibility: 2
  # about the second
  - {source:   y, credibility: 3}

# the end
"""


def test_comments_stay_where_they_are(tmp_path: Path) -> None:
    """Comments above, beside, within and below an entry survive a change of it."""
    read = manuscript(tmp_path, ODD)
    after = with_entry(read, 0, {**read.entries[0], "credibility": 3})
    assert changed_lines(ODD, after) == ["-   credibility: 2   # after a talk", "+   credibility: 3   # after a talk"]
    entry = {key: value for key, value in read.entries[0].items() if key != "source"}
    after = with_entry(read, 0, {**entry, "source": "z", "date": "2021-11-09"})
    assert {row[2:] for row in changed_lines(ODD, after)} == {"  source: 'x'", "  source: 'z'", "  date: 2021-11-09"}
    short = {"assume": "a(b)"}
    after = with_entry(read, 0, short)
    assert "# at the margin" in after
    assert "# between the facts" in after
    assert "# graded on a Monday" in after


def test_reports_come_and_go_in_their_own_style(tmp_path: Path) -> None:
    """A report taken out takes its own lines; one that comes in looks like its neighbour."""
    read = manuscript(tmp_path, ODD)
    first, second = read.entries[1]["reports"]
    after = with_entry(read, 1, {**read.entries[1], "reports": [GONE, second]})
    assert "source: x     # first" not in after
    assert "{source: y, credibility: 3}" in after.replace("source:   y", "source: y")
    after = with_entry(read, 1, {**read.entries[1], "reports": [first, second, {"source": "z", "credibility": 1}]})
    assert "  - {source: z, credibility: 1}\n\n# the end" in after


def test_one_report_becomes_several(tmp_path: Path) -> None:
    """A second report turns the short form into a list, which stands where the one report stood."""
    short = 'facts:\n  - {fact: "a(b, c)", source: x, credibility: 2, says: Once.}\n'
    text = short + "  - {fact: d(e), given: true, source: x}\n"
    read = manuscript(tmp_path, text)
    reports = [{"source": "x", "credibility": 2, "says": "Once."}, {"source": "y", "credibility": 3}]
    assert with_entry(read, 0, {"fact": "a(b, c)", "reports": reports}) == (
        "facts:\n  - fact: a(b, c)\n    reports:\n      - {source: x, credibility: 2, says: Once.}\n"
        "      - {source: y, credibility: 3}\n  - {fact: d(e), given: true, source: x}\n"
    )


@pytest.mark.parametrize(
    "text", ["case: a\nfacts:\n", "case: a\nfacts: []\n", "case: a", "case: a\nfacts: [] # none\n"]
)
def test_the_first_fact_of_a_file(text: str, tmp_path: Path) -> None:
    """A file without facts gets its first, whether its list is open, empty or not there."""
    after = with_new_entry(manuscript(tmp_path, text), {"assume": "a(b)"})
    assert manuscript(tmp_path, after).entries == [{"assume": "a(b)"}]
    assert after.endswith("  - assume: a(b)\n")


HOSTILE = [
    *("[red]", "[/]", "a: b", "- a", "# no comment", "it's", '"quoted"', "{a: b}", "yes", "1", "true", "~", " padded "),
    *(
        "two\nlines",
        "tab\there",
        "2021-11-09",
        "&a",
        "*a",
        "!tag",
        "%x",
        "@x",
        "`x`",
        "|",
        ">",
        "é ‮ 😀",
        "a #b",
        "\\n",
        "<<",
    ),
]


@pytest.mark.parametrize("says", HOSTILE)
@pytest.mark.parametrize("position", [0, 1])
def test_any_text_is_read_back_as_it_was_written(says: str, position: int, tmp_path: Path) -> None:
    """Whatever is said, in a block or in braces, means itself and nothing else once it is in the file."""
    read = manuscript(tmp_path, "facts:\n  - fact: a(b)\n    says: x\n  - {fact: c(d), says: x}\n")
    after = with_entry(read, position, {**read.entries[position], "says": says})
    assert manuscript(tmp_path, after).entries[position]["says"] == says
    new = with_new_entry(read, {"fact": "e(f)", "reports": [{"source": "x", "says": says}]})
    assert manuscript(tmp_path, new).entries[2]["reports"][0]["says"] == says


def test_invisible_characters_are_refused(tmp_path: Path) -> None:
    """No escape sequence gets into a file."""
    read = manuscript(tmp_path, "facts:\n  - fact: a(b)\n")
    with pytest.raises(InputError):
        with_new_entry(read, {"fact": "e(f)", "says": "\x1b]2;x\x07"})


def test_what_cannot_be_changed_entry_by_entry_is_refused(tmp_path: Path) -> None:
    """Facts within brackets are left alone, and the message says what to do instead."""
    read = manuscript(tmp_path, "facts: [{fact: a(b)}]\n")
    with pytest.raises(InputError) as refused:
        with_entry(read, 0, {"fact": "c(d)"})
    assert "change the text of the file" in str(refused.value.problems[0].hint)


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    """A file from another system keeps the ends of its lines and its first bytes."""
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfcase: a\r\nfacts:\r\n  - fact: a(b)\r\n    source: x")
    read = read_manuscript(path)
    save_manuscript(read, with_new_entry(read, {"assume": "c(d)"}))
    assert path.read_bytes() == (
        b"\xef\xbb\xbfcase: a\r\nfacts:\r\n  - fact: a(b)\r\n    source: x\r\n  - assume: c(d)\r\n"
    )


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """What somebody else saved since the file was read stays."""
    read = manuscript(tmp_path, "facts:\n  - fact: a(b)\n")
    read.path.write_text("facts: []\n")
    with pytest.raises(InputError) as refused:
        save_manuscript(read, with_new_entry(read, {"assume": "c(d)"}))
    assert refused.value.problems[0].word == "changed-underneath"
    assert read.path.read_text() == "facts: []\n"
    assert difference(read.text, "facts: []\n") == ("@@ -1,2 +1 @@", "-facts:", "-  - fact: a(b)", "+facts: []")
