"""Broken rule files and exactly what is said about them: golden_errors.txt, read and written.

The file holds cases parted by lines of ``=``: a title, the rule text after ``---``, and what is shown after ``--->``.
To write what is said now: ``python -m tests.language.golden``; then read the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reasoner.problems import InputError, render_all
from tests.language.words import program

FILE = Path(__file__).with_name("golden_errors.txt")
_BETWEEN_CASES = "\n" + "=" * 100 + "\n"


@dataclass(frozen=True)
class Golden:
    """A rule text, or several files parted by ``--- next file``, and what is shown for it."""

    title: str
    text: str
    shown: str


def cases() -> list[Golden]:
    """The cases of the file, in order."""
    found = []
    for block in FILE.read_text("utf-8").split(_BETWEEN_CASES):
        title, _, rest = block.partition("\n---\n")
        text, _, shown = rest.partition("\n--->\n")
        found.append(Golden(title.strip(), text, shown.strip("\n")))
    return found


def shown(text: str) -> str:
    """What an analyst sees for a rule text."""
    try:
        program(*text.split("\n--- next file\n"))
    except InputError as error:
        return render_all(error.problems)
    return "No problem."


if __name__ == "__main__":
    blocks = [f"{case.title}\n---\n{case.text}\n--->\n{shown(case.text)}\n" for case in cases()]
    FILE.write_text(_BETWEEN_CASES.join(blocks), "utf-8")
