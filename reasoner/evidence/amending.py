"""A change to a fact file: made, checked against the whole case, and saved if nothing is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reasoner.evidence.base import Base
from reasoner.evidence.checking import scope_problems
from reasoner.evidence.editing import (
    Entry,
    Manuscript,
    difference,
    read_manuscript,
    save_manuscript,
    with_entry,
    with_new_entry,
    without_entry,
)
from reasoner.evidence.files import read_scope
from reasoner.evidence.workspace import Workspace, case_ids
from reasoner.problems import InputError, Problem


class Change(Protocol):
    """Something to be done to a file."""

    def applied(self, manuscript: Manuscript) -> str:
        """The text that the file would have then. Raises `InputError` where that cannot be done."""


@dataclass(frozen=True)
class Amendment:
    """One entry in place of another; without an old one an entry more, without a new one an entry less.

    ``position`` is where the old one stood; where another stands there by now, its equal is looked for.
    """

    old: Entry | None
    new: Entry | None
    position: int = 0

    def applied(self, manuscript: Manuscript) -> str:
        """The text with the entry changed."""
        if self.old is None:
            return with_new_entry(manuscript, self.new or {})
        position = self._found(manuscript)
        return without_entry(manuscript, position) if self.new is None else with_entry(manuscript, position, self.new)

    def gone(self, manuscript: Manuscript) -> tuple[str, ...]:
        """The lines that the old entry has in the text."""
        first, last = manuscript.lines_of(self._found(manuscript))
        return tuple(manuscript.text.splitlines()[first - 1 : last])

    def _found(self, manuscript: Manuscript) -> int:
        places = [place for place, entry in enumerate(manuscript.entries) if entry == self.old]
        if not places:
            hint = "read it again, and change it as it is now"
            raise InputError([Problem("entry-gone", "this very fact has been changed or taken out there", hint=hint)])
        return min(places, key=lambda place: abs(place - self.position))


@dataclass(frozen=True)
class NewText:
    """Another text altogether."""

    text: str

    def applied(self, manuscript: Manuscript) -> str:
        """That text, with the line ends that the file has."""
        return self.text.replace("\r\n", "\n").replace("\n", manuscript.newline)


@dataclass(frozen=True)
class Desk:
    """Where changes are made: a case of a workspace, with what it is read by."""

    workspace: Workspace
    base: Base

    def problems(self, path: Path, text: str) -> tuple[Problem, ...]:
        """Everything that would be wrong with the case if one of its files had this text."""
        vocabulary, scales = self.base.standards
        try:
            sheets = read_scope(self.workspace, self.base.case.id, {path: text})
        except InputError as error:
            return error.problems
        return InputError(scope_problems(sheets, case_ids(self.workspace), vocabulary, scales)).problems

    def save(self, manuscript: Manuscript, change: Change) -> tuple[Problem, ...]:
        """Change the file.

        A text that leaves wrong what was wrong with the case before is saved all the same, and what is still wrong
        returned. Raises `InputError` where the workspace is not the user's own, where the case could not be read any
        more, or where the file has changed since it was read or cannot be written.
        """
        if not self.workspace.writable:
            hint = "make a workspace of your own first: ascribe init DIR, and work in it"
            raise InputError([Problem("read-only", "the shipped facts are read-only", hint=hint)])
        text = change.applied(manuscript)
        problems = self.problems(manuscript.path, text)
        if problems and not self.problems(manuscript.path, manuscript.text):
            raise InputError(problems)
        save_manuscript(manuscript, text)
        return problems


@dataclass(frozen=True)
class Conflict:
    """A file that changed between reading and saving: how it is now, by whom ever, and what the change would do to it.

    ``theirs`` and ``ours`` are lines of a diff; ``problems`` say why the change cannot be made any more.
    """

    manuscript: Manuscript
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def effect(manuscript: Manuscript, change: Change) -> tuple[str, ...]:
    """What a change does to a file, as the lines of a diff. Raises `InputError` where it cannot be made.

    An entry that goes has exactly its own lines there: where the one before ends alike, a diff could as well have
    those.
    """
    text = change.applied(manuscript)
    if isinstance(change, Amendment) and change.old is not None and change.new is None:
        return tuple(f"-{line}" for line in change.gone(manuscript))
    return difference(manuscript.text, text)


def conflict(before: Manuscript, change: Change) -> Conflict:
    """What happened to a file since it was read. Raises `InputError` where it cannot be read any more."""
    now = read_manuscript(before.path)
    theirs = difference(before.text, now.text)
    try:
        return Conflict(now, theirs, effect(now, change))
    except InputError as error:
        return Conflict(now, theirs, (), error.problems)
