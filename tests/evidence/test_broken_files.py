"""Each mistake that people make in a fact file gives one screen that they can act on.

``broken/NAME.yaml`` is a case file with the mistake, ``broken/NAME.txt`` exactly what is said about it.
``python -m tests.evidence.test_broken_files`` writes what is said at present; read the difference.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from reasoner.problems import render_all
from tests.evidence.desk import Desk

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


def said_about(path: Path, desk: Desk) -> str:
    """What checking a workspace with this case in it prints."""
    desk.case("case: ferry_2020\ntitle: The ferry\n", "ferry_2020")
    desk.case(path.read_bytes().decode("utf-8"))
    return render_all(desk.check()) + "\n"


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_shown_with_its_place_and_what_was_meant(path: Path, desk: Desk) -> None:
    """The output is exactly the one on record."""
    assert said_about(path, desk) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_takes_one_screen_in_plain_words(path: Path) -> None:
    """At most 24 lines of 120, and no word of the machinery behind."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 24
    assert max(map(len, text.splitlines())) <= 140
    assert not [word for word in ("pydantic", "Model", "dict", "NoneType", "loc", "Error") if word in text.split()]


def test_loading_says_the_same_as_checking(desk: Desk) -> None:
    """Opening a broken case gives the same words as checking it."""
    path = next(path for path in BROKEN if path.stem == "many_at_once")

    assert said_about(path, desk) == desk.complaint() + "\n"


if __name__ == "__main__":
    for broken in BROKEN:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            broken.with_suffix(".txt").write_text(said_about(broken, Desk(Path(folder))), encoding="utf-8")
