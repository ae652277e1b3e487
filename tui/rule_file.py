"""A rule file as it was read, so that saving it never goes over what somebody else has written since."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from reasoner.documents import read_text, shown_path
from reasoner.evidence.saving import fingerprint, save
from reasoner.language.printer import format_text
from reasoner.problems import InputError


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file, its text when it was read or saved last, and the fingerprint it had then; None: there was no file."""

    path: Path
    text: str
    mark: str | None

    @property
    def shown(self) -> str:
        """Its path as messages show it."""
        return shown_path(self.path)

    @property
    def changed(self) -> bool:
        """Whether somebody else has changed it since."""
        return fingerprint(self.path) != self.mark

    def saved(self, text: str) -> RuleFile:
        """The file with this text, written whole or not at all. Raises `InputError` where it changed since."""
        return RuleFile(self.path, text, save(self.path, text, self.mark))


def read_rule_file(path: Path) -> RuleFile:
    """The file as it is now; empty where there is none. Raises `InputError` where it cannot be read."""
    mark = fingerprint(path)  # before the text: a change between the two is then noticed when it is saved
    return RuleFile(path, read_text(path) if mark else "", mark)


def laid_out(text: str, file: str) -> str:
    """The text in canonical layout; as it is where it cannot be read whole."""
    try:
        return format_text(text, file)
    except InputError:
        return text


def difference(disk: str, mine: str) -> tuple[str, ...]:
    """What lines of the file on disk (``-``) and of the edited text (``+``) differ, with a few around them."""
    rows = difflib.unified_diff(disk.splitlines(), mine.splitlines(), "on disk", "yours", n=2, lineterm="")
    return tuple(rows)[2:]


def same_place(before: str, place: int, after: str) -> int:
    """Where a place (characters from 0) of a text is in the same text laid out anew: so many letters on."""
    letters = sum(not letter.isspace() for letter in before[:place])
    if letters == 0:
        return 0
    for number, letter in enumerate(after):
        letters -= not letter.isspace()
        if letters == 0:
            return number + 1
    return len(after)
