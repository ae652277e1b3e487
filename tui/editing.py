"""Handing a place in a file to the reader's editor, and reading all files again if it changed one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from reasoner.problems import Problem
    from tui.doing import Doing
    from tui.dossier import Place
    from tui.keys import Keys

READ_ONLY = (
    "These are the files that came with ascribe: read-only. `ascribe init DIR` copies them to a folder of your own; "
    "start ascribe there."
)
SERVED_TO_READ = "This page is for reading. Whoever serves it with `ascribe serve --edit` lets visitors change things."
NO_EDITOR = "No editor found: set EDITOR, for instance EDITOR=nano."


def first_place(problems: Iterable[Problem]) -> Place | None:
    """The place of the first problem that has one."""
    from tui.dossier import place_of

    return next((place_of(problem.span) for problem in problems if problem.span), None)


def problem_keys(problems: Iterable[Problem], keys: Keys) -> str:
    """The keys that lead on from problems: to all of them, and to the place of the first where they have one."""
    there = " · {edit} there: open the place" if first_place(problems) else ""
    return keys.worded(f"{{problems}}: read all{there}")


def read_only(app: Doing) -> str:
    """Why rules and facts cannot be changed, where they cannot: on a page for reading, or with the shipped files."""
    return SERVED_TO_READ if app.is_web else READ_ONLY


def why_read_only(app: Doing) -> str | None:
    """Why rules and facts cannot be changed here, or None where they can."""
    return None if app.workspace.writable else read_only(app)


def edit(app: Doing, place: Place) -> None:
    """Open a place in the editor; where that cannot be done, say why."""
    from tui import editor

    if reason := why_read_only(app):
        app.say(reason, "warning")
        return
    chosen = editor.editor(os.environ)
    if chosen is None:
        app.say(NO_EDITOR, "warning")
        return
    try:
        with app.suspend():  # what is raised in here would leave the terminal suspended
            error = editor.run(chosen, place.file, place.line)
    except SuspendNotSupported:
        app.say(f"This terminal cannot be handed over. Open {place} in an editor; changes are noticed.", "warning")
        return
    if error:
        app.say(f"The editor `{chosen}` did not start: {error}", "warning")
    app.read_changes()
