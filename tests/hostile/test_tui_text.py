"""Text from files is text: nothing in it is interpreted by the screen or the terminal, on any screen, at any size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.content import Content
from textual.widgets import DataTable, Input, OptionList, Static, Tree

from reasoner.evidence.workspace import Workspace
from reasoner.exchange.plain_text import visible
from reasoner.inquiry import open_case
from reasoner.problems import Problem
from reasoner.terms import Span
from tests.hostile.hostile_case import (
    CONTROLS,
    LOADABLE,
    LONG,
    MARKUP,
    RAW,
    hostile_base,
    hostile_file,
    hostile_rules,
)
from tests.tui.stage import NAMES, SIZES, opened, play, press, rows, screen, settled, write
from tests.tui.terminal import ascribe
from tui.app import AscribeApp
from tui.messages import CaseOpened, FilesChanged, Refused
from tui.plain import plain, plain_text
from tui.verdicts import moved_summary

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)

UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)

POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""The shape of the mouse pointer, which Textual sets."""


def check(app: AscribeApp) -> None:
    """Nothing unsafe is drawn, and nothing drawn is a link or an action of the text's making."""
    styles = set()
    for strip in app.screen._compositor.render_strips():
        unsafe = UNSAFE.search("".join(segment.text for segment in strip))
        assert unsafe is None, unsafe
        styles |= {segment.style for segment in strip if segment.style is not None}
    for style in styles:
        assert style.link is None
        assert "app.bell" not in str(style.meta)


async def walk(app: AscribeApp, pilot: object) -> None:
    """Go through every screen and pane, opening what can be opened."""
    check(app)
    for _ in app.case_screen.query_one("#roles").choices:  # type: ignore[attr-defined]
        for row in range(len(rows(app))):
            app.case_screen.ranking.move_cursor(row=row)
            await settled(app, pilot)  # type: ignore[arg-type]
            check(app)
        await press(app, pilot, "right_square_bracket")  # type: ignore[arg-type]
    app.case_screen.ranking.move_cursor(row=1)
    await press(app, pilot, "enter")  # type: ignore[arg-type]
    tree = app.case_screen.chain
    for node in list(tree.root.children):
        tree.move_cursor(node)
        await press(app, pilot, "asterisk")  # type: ignore[arg-type]
        check(app)
    for line in range(0, tree.last_line + 1, 3):
        tree.cursor_line = line
        await pilot.pause()  # type: ignore[attr-defined]
        check(app)
    for keys in (("c",), ("escape", "r"), ("down", "down"), ("slash", "m"), ("escape", "escape", "question_mark")):
        await press(app, pilot, *keys)  # type: ignore[arg-type]
        check(app)
    await press(app, pilot, "escape", "colon")  # type: ignore[arg-type]
    for query in ("possesses(A, W)", "claimed(A, I, C)", "[/]"):
        app.screen.query_one(Input).value = ""
        await write(pilot, query.replace("[", "x").replace("]", "x"))  # type: ignore[arg-type]
        app.screen.query_one(Input).value = query
        await press(app, pilot, "enter")  # type: ignore[arg-type]
        check(app)
    await press(app, pilot, "escape")  # type: ignore[arg-type]


@both_sizes
def test_a_hostile_file_is_shown_as_it_is_written(workspace: Workspace, size: tuple[int, int]) -> None:
    """A case file with hostile text in every field opens; every screen shows the text and obeys none of it."""
    hostile_file(workspace.cases / "harbour_2030.yaml")
    hostile_rules(workspace.rules / "harbour.dl", f"{' '.join(MARKUP[:3])} \u202e\u200b")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            assert not app.found_problems
            await walk(app, pilot)
            assert "\\u202e" in app.case_screen.detail.text

    play(journey())


@both_sizes
def test_hostile_values_are_shown_as_they_are(workspace: Workspace, size: tuple[int, int]) -> None:
    """Even text that no file reader lets through is made visible at the border of the screen."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            inquiry = open_case("harbour_2030", workspace)
            worse = replace(inquiry, facts_base=hostile_base(inquiry.facts_base))
            assert "\x1b" in worse.rankings["perpetrator"].umbrellas[0].name
            app._because = f"{CONTROLS}.dl changed"
            app.on_case_opened(CaseOpened(app.runs._newest["open"], worse))
            await settled(app, pilot)
            assert "\\x1b" in screen(app)
            await walk(app, pilot)

    play(journey())


def test_hostile_problems_are_shown_as_they_are(workspace: Workspace) -> None:
    """A problem that quotes a hostile line shows it, with its place, and obeys none of it."""
    text = f"{CONTROLS}{LOADABLE}"
    problem = Problem("syntax", text, Span(f"{CONTROLS}.dl", 3, 2, 3, 9), text, text, text)

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            app.runs._newest["open"] = 99
            app.on_refused(Refused(99, "open", (problem,)))
            await settled(app, pilot)
            check(app)
            await press(app, pilot, "p")
            check(app)
            assert "\\x1b]2;PWNED" in screen(app)

    play(journey())


def test_a_hostile_file_name_is_shown_as_it_is(workspace: Workspace) -> None:
    """A file whose name holds an escape sequence is listed, and what changed is said, without obeying it."""
    name = "evil\x1b]2;PWNED\x07[@click=app.bell]x[-"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
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


@both_sizes
def test_no_hostile_byte_reaches_the_terminal(workspace: Workspace, size: tuple[int, int]) -> None:
    """On a real terminal none of the sequences in a hostile case is among the bytes written to it."""
    hostile_file(workspace.cases / "harbour_2030.yaml")
    hostile_rules(workspace.rules / "harbour.dl", " ".join(MARKUP[:3]))
    folder = workspace.rules.parent
    with ascribe(folder, size) as terminal:
        terminal.wait_for("Hypothesis")
        for keys in ("\r", "*", "\x1b[B", "\x1b[B", "\x1b[C", "r", "\x1b[B", "\x1b", "?", "\x1b", "c", "\x1b", ":"):
            terminal.press(keys)
            terminal.read(0.25)
        terminal.press("possesses(A, W)\r")
        terminal.read(1.0)
        assert b"Query" in terminal.written
        written = POINTER.sub(b"", terminal.written)
        for sequence in RAW:
            assert sequence not in written, sequence


def test_problems_with_hostile_lines_write_no_hostile_byte(workspace: Workspace) -> None:
    """A rule file that is nothing but escape sequences is complained about, in visible characters."""
    (workspace.rules / "harbour.dl").write_text(f"%% [x] {CONTROLS}\nmeans({LOADABLE}.\n", encoding="utf-8")
    with ascribe(workspace.rules.parent, (80, 24)) as terminal:
        terminal.wait_for("problem")
        terminal.press("p")
        terminal.read(1.0)
        written = POINTER.sub(b"", terminal.written)
        for sequence in RAW:
            assert sequence not in written, sequence
