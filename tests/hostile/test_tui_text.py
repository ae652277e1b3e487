"""Text from files is text: nothing in it is interpreted by the screen, on any screen, at any size."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content
from textual.widgets import DataTable, OptionList, Static, Tree

from reasoner.evidence.workspace import Workspace
from reasoner.exchange.plain_text import visible
from reasoner.inquiry import open_case
from reasoner.problems import Problem
from reasoner.terms import Span
from tests.hostile.hostile_case import CONTROLS, LOADABLE, LONG, MARKUP, hostile_base
from tests.hostile.walking import UNSAFE, check, walk
from tests.tui.stage import SMALL, opened, play, press, screen, settled
from tui.messages import CaseOpened, FilesChanged, Refused
from tui.plain import plain, plain_text
from tui.verdicts import moved_summary

SCREENS = {
    "query",
    "help",
    "export",
    "new-case",
    "rules",
    "facts",
    "fact-form",
    "case-text",
    "case",
    "--command-palette",
}
"""Screens that a walk must have come to."""


def test_hostile_values_are_shown_as_they_are(workspace: Workspace) -> None:
    """Even text that no file reader lets through is made visible at the border of the screen."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            inquiry = open_case("harbour_2030", workspace)
            worse = replace(inquiry, facts_base=hostile_base(inquiry.facts_base))
            assert "\x1b" in worse.rankings["perpetrator"].umbrellas[0].name
            app._because = f"{CONTROLS}.dl changed"
            app.on_case_opened(CaseOpened(app.runs._newest["open"], worse))
            await settled(app, pilot)
            assert "\\x1b" in screen(app)
            assert set(await walk(app, pilot)) >= SCREENS

    play(journey())


def test_hostile_problems_and_file_names_are_shown_as_they_are(workspace: Workspace) -> None:
    """A problem that quotes a hostile line, and a file whose name is hostile, are shown and not obeyed."""
    text = f"{CONTROLS}{LOADABLE}"
    problem = Problem("syntax", text, Span(f"{CONTROLS}.dl", 3, 2, 3, 9), text, text, text)
    name = "evil\x1b]2;PWNED\x07[@click=app.bell]x[-"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            app.runs._newest["open"] = 99
            app.on_refused(Refused(99, "open", (problem,)))
            await settled(app, pilot)
            check(app)
            for keys in (("p",), ("x",), ("escape",)):
                await press(app, pilot, *keys)
                check(app)
            assert "\\x1b]2;PWNED" in screen(app)
            await press(app, pilot, "escape")
            path = workspace.cases / f"{name}.yaml"
            path.write_text("case: x\n", encoding="utf-8")
            app.on_files_changed(FilesChanged((path,)))
            await settled(app, pilot)
            check(app)
            await press(app, pilot, "c")
            check(app)

    play(journey())


@pytest.mark.parametrize("text", [*MARKUP, CONTROLS, LOADABLE, LONG], ids=lambda text: text[:12].encode().hex())
def test_the_border_makes_text_visible(text: str) -> None:
    """What crosses the border has no markup, no controls, and a length that can be drawn."""
    for made in (plain(text).plain, plain_text(text).plain, str(Content("").join([plain(text)]))):
        assert not UNSAFE.search(made)
        assert len(made) < 120_000
    assert not plain(text).spans
    assert not plain_text(text).spans
    if text in MARKUP:
        assert text == plain(text).plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("é漢 😀 العربية", "é漢 😀 العربية"),
        ("a\x1b[0m", "a\\x1b[0m"),
        ("\x9b", "\\x9b"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0041", "\\U000e0041"),
        ("one\ntwo\tthree", "one two    three"),
        ("\ud800", "\\ud800"),
    ],
)
def test_only_what_a_terminal_might_obey_is_escaped(text: str, shown: str) -> None:
    """Letters of any script stay as they are; controls, bidi and invisible characters become escapes."""
    assert visible(text) == shown


def test_lines_are_kept_where_they_are_wanted() -> None:
    """Running text keeps its line breaks, and nothing else."""
    assert visible("a\r\nb\rc\x0bd", lines=True) == "a\nb\\x0dc\\x0bd"


def test_no_widget_is_given_a_bare_string_from_a_file(workspace: Workspace) -> None:
    """Titles, labels, cells and prompts of every pane are values from the border, not markup to be parsed."""

    async def journey() -> None:
        async with opened(workspace) as (app, _):
            for widget in app.screen.query(Static):
                assert not isinstance(widget.content, str) or widget.content == "", widget
            for table in app.screen.query(DataTable):
                assert all(not isinstance(cell, str) for row in table.rows for cell in table.get_row(row))
            for tree in app.screen.query(Tree):
                assert all(not isinstance(node._label, str) for node in tree._tree_nodes.values())
            for options in app.screen.query(OptionList):
                assert all(not isinstance(option.prompt, str) for option in options.options)
            assert moved_summary((), "[/]", app.dossier).plain.startswith("[/]")  # type: ignore[arg-type]

    play(journey())
