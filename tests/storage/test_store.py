"""What was read is kept, and never trusted further than it deserves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from reasoner.storage import store
from reasoner.storage.store import fingerprint_of, kept
from tests.evidence.desk import Desk


@dataclass(frozen=True, slots=True)
class Count:
    """What the tests keep."""

    words: tuple[str, ...]


class Reader:
    """Counts how often a file is really read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read = 0

    def words(self) -> Count:
        """The words of the file, as kept or as read now."""
        return kept("words", lambda: fingerprint_of([self.path]), self._read, Count)

    def _read(self) -> Count:
        self.read += 1
        return Count(tuple(self.path.read_text().split()))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget()
    yield tmp_path / "cache" / "ascribe"
    forget()


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """A file with three words."""
    path = tmp_path / "text"
    path.write_text("one two three")
    return Reader(path)


def forget() -> None:
    """Empty the memory, as at the end of a process that writes nothing."""
    store._waiting.clear()
    store._recent.clear()


def restart() -> None:
    """Go on as another process would."""
    store.write()
    forget()


def entry(cache: Path) -> Path:
    """The only file of the cache."""
    (found,) = cache.iterdir()
    return found


def test_what_did_not_change_is_read_once(cache: Path, reader: Reader) -> None:
    """A second call in the same process, and one in the next, answer without reading the files anew."""
    assert reader.words() == reader.words()
    restart()
    assert Count(("one", "two", "three")) == reader.words()
    assert 1 == reader.read


def test_a_change_of_content_is_seen_whatever_the_time_of_the_file(cache: Path, reader: Reader) -> None:
    """A file of the same size and time with other words in it is read anew, and takes the old entry's place."""
    reader.words()
    times = reader.path.stat()
    restart()
    reader.path.write_text("one two seven")
    os.utime(reader.path, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert "seven" in reader.words().words
    restart()
    assert "seven" in reader.words().words
    assert 2 == reader.read
    assert entry(cache).is_file()


def test_bounds_are_part_of_what_was_read(cache: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read under looser bounds does not hold under tighter ones."""
    reader.words()
    monkeypatch.setenv("ASCRIBE_LIMIT_NESTING", "7")
    reader.words()

    assert 2 == reader.read


def test_a_file_written_to_while_it_is_read_is_not_kept(cache: Path, reader: Reader) -> None:
    """What may be half old and half new is used once, and never again."""

    def read_late() -> Count:
        reader.path.write_text("changed meanwhile")
        return reader._read()

    kept("words", lambda: fingerprint_of([reader.path]), read_late, Count)
    reader.path.write_text("one two three")

    assert "three" in reader.words().words


def _body(path: Path) -> bytes:
    return path.read_bytes().partition(b"\n")[2]


def _rewritten(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the body and make the digest that guards it right again, as a forger would."""
    head, _, body = path.read_bytes().partition(b"\n")
    body = change(body)
    path.write_bytes(head.split()[0] + b" " + sha256(body).hexdigest().encode() + b"\n" + body)


def _foreign(path: Path) -> None:
    _rewritten(path, lambda body: body.replace(b"three", b"evil!"))
    path.chmod(0o666)


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "one bit": lambda path: path.write_bytes(path.read_bytes().replace(b"three", b"threg")),
    "not JSON": lambda path: _rewritten(path, lambda body: body[:-1]),
    "too deep": lambda path: _rewritten(path, lambda body: b"[" * 100_000),
    "another form": lambda path: _rewritten(path, lambda body: b'{"layers": 3, "root": []}'),
    "another class": lambda path: _rewritten(path, lambda body: body.replace(b'"Count"', b'"Path"')),
    "another type": lambda path: _rewritten(path, lambda body: body.replace(b'"three"', b"3")),
    "of other files": lambda path: path.write_bytes(b"0" * 64 + path.read_bytes()[64:]),
    "writable by all": _foreign,
    "a folder": _folder_instead,
    "a pipe": _pipe_instead,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_an_entry_that_is_not_as_it_was_written_counts_as_none(cache: Path, reader: Reader, damage: str) -> None:
    """Whatever became of the file, the answer is right, as if there were no cache."""
    reader.words()
    restart()
    DAMAGE[damage](entry(cache))

    assert Count(("one", "two", "three")) == reader.words()
    assert 2 == reader.read
    restart()


@pytest.mark.parametrize("blocked", ["a file stands in its place", "no folder of the user's", "a relative path"])
def test_without_a_folder_to_write_to_all_is_as_usual(
    blocked: str, cache: Path, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that cannot be written is no reason to complain."""
    if blocked == "a file stands in its place":
        cache.parent.write_text("in the way")
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", "relative/path" if blocked == "a relative path" else "")
        monkeypatch.setenv("HOME", str(tmp_path / "text"))

    reader.words()
    restart()
    assert Count(("one", "two", "three")) == reader.words()
    assert not (Path.cwd() / "relative").exists()


def test_entries_are_for_the_user_alone(cache: Path, reader: Reader) -> None:
    """Nobody else can read or write what is kept."""
    reader.words()
    restart()

    assert 0o700 == cache.stat().st_mode & 0o777
    assert 0o600 == entry(cache).stat().st_mode & 0o777


def test_the_folder_does_not_grow_for_ever(cache: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of entries, those written longest ago go."""
    monkeypatch.setattr(store, "MOST_FILES", 5)
    for number in range(12):
        kept(f"words {number}", lambda: fingerprint_of([reader.path]), reader._read, Count)
        restart()
    assert 5 == len(list(cache.iterdir()))

    kept("words 11", lambda: fingerprint_of([reader.path]), reader._read, Count)
    assert 12 == reader.read


def test_a_user_who_wants_no_copies_gets_none(cache: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``ASCRIBE_CACHE=off`` nothing of what is read is written anywhere else, or read from there."""
    monkeypatch.setenv("ASCRIBE_CACHE", "off")
    reader.words()
    restart()
    reader.words()

    assert 2 == reader.read
    assert not cache.exists()


def rank(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`ascribe rank` in a process of its own."""
    command = [sys.executable, "-m", "reasoner.cli", "rank", "kadhimi_2021", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def test_a_ranking_is_the_same_to_the_letter_with_and_without_a_cache(cache: Path) -> None:
    """The first call, which reads everything, and the second, which recalls it, print the same."""
    root = Path(__file__).parent.parent.parent
    first, second = rank(root, "--json"), rank(root, "--json")

    assert 3 == len(list(cache.iterdir()))
    assert json.loads(first.stdout) == json.loads(second.stdout)
    assert first.stdout == second.stdout


def test_a_ranking_that_is_recalled_waits_for_no_parser(cache: Path) -> None:
    """Once everything was read, neither YAML nor the models of its forms are loaded."""
    code = "import sys; from reasoner.inquiry import open_case; open_case('kadhimi_2021').rankings; print(*sys.modules)"
    root = Path(__file__).parent.parent.parent
    loaded = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
        ).stdout.split()
        for _ in range(2)
    ]

    assert {"yaml", "pydantic"} <= set(loaded[0])
    assert not {"yaml", "pydantic", "lark", "reasoner.language.parser"} & set(loaded[1])


def test_problems_between_recalled_facts_point_at_their_lines(cache: Path, tmp_path: Path) -> None:
    """Two certain values that exclude each other are shown with their line, read or recalled."""
    (tmp_path / "desk").mkdir()
    desk = Desk(tmp_path / "desk")
    given = "  - {{fact: 'platform(bridge_2020, {})', given: true, source: paper}}\n"
    first = desk.complaint(given.format("drone") + given.format("aircraft"))
    restart()

    assert "cannot both be certain" in first
    assert "│   - {fact: 'platform(bridge_2020, aircraft)'" in first
    assert first == desk.complaint()
