"""A walk through every screen, which looks after each step at what is drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.widgets import Input

from tests.tui.stage import MOVING, Play, press, settled
from tui.app import AscribeApp

UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
"""What must never be drawn. The left-to-right mark may: ascribe itself puts it around words from right to left."""

TYPED = "[/] [@click=app.bell]x[/]"
"""What is typed into every line."""

LINES: tuple[tuple[str, ...], ...] = (
    ("g",),
    ("escape", "c", "slash", "LINE"),
    ("escape", "colon", "QUERY", "tab", "down"),
    ("escape", "colon", "ANSWER", "right", "down"),
    ("Z", "escape"),
    ("escape", "question_mark", "LINE"),
    ("escape", "ctrl+p", "down"),
    ("escape", "x", "down", "down"),
    ("escape", "n", "LINE"),
    ("escape", "r", "down", "down", "enter", "ctrl+t"),
    ("escape", "slash", "LINE"),
    ("escape", "escape", "f", "down", "tab", "down"),
    ("shift+tab", "enter", "tab", "tab", "down"),
    ("escape", "x"),
    ("escape", "d", "tab", "LINE"),
    ("escape", "down", "enter"),
    ("y", "down"),
    ("escape", "slash", "LINE"),
    ("escape", "escape", "c"),
    ("escape",),
)
"""Keys from screen to screen, each line a place to look; a word in capitals types something."""

QUERIES = ("possesses(A, W)", "claimed(A, I, C)")


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


async def walk(app: AscribeApp, pilot: Play) -> list[str]:
    """Go through every screen and pane, opening what can be opened; the screens come to."""
    check(app)
    await _through_the_ranking(app, pilot)
    await _through_the_chain(app, pilot)
    for tab in "23456789":
        await press(app, pilot, tab, "down", "down", "down")
        check(app)
    await _through_the_answers(app, pilot)
    for key in ("9", "asterisk", "down", "down", "1", "z", "Z"):
        await press(app, pilot, key)
        check(app)
    await press(app, pilot, "1", "escape")
    been = []
    for keys in LINES:
        await _press(app, pilot, keys)
        been.append(app.screen.id or type(app.screen).__name__)
        check(app)
    return been


async def _through_the_ranking(app: AscribeApp, pilot: Play) -> None:
    for _ in app.case_screen.roles.choices:
        for row in range(min(2, app.case_screen.ranking.row_count)):
            app.case_screen.ranking.move_cursor(row=row)
            await settled(app, pilot)
            check(app)
        await press(app, pilot, "right_square_bracket")


async def _through_the_chain(app: AscribeApp, pilot: Play) -> None:
    await press(app, pilot, "enter")
    tree = app.case_screen.chain
    for node in list(tree.root.children):
        tree.move_cursor(node)
        await pilot.press("asterisk")
    await settled(app, pilot)
    for line in range(0, tree.last_line + 1, 12):
        tree.cursor_line = line
        await pilot.pause()
        check(app)


async def _through_the_answers(app: AscribeApp, pilot: Play) -> None:
    """Where lines lead, as the dialogs have it that ask."""
    for tab in "235678":
        await press(app, pilot, tab, "home")
        for key in ("down", "down", "down", "enter"):
            await pilot.press(key)
        await settled(app, pilot)
        check(app)
        while app.screen is not app.case_screen:
            await press(app, pilot, "escape")


async def _press(app: AscribeApp, pilot: Play, keys: Sequence[str]) -> None:
    for key in keys:
        if key == "QUERY":
            for query in (*QUERIES, TYPED):
                app.screen.query_one(Input).value = query
                await press(app, pilot, "enter")
                check(app)
        elif key == "ANSWER":
            app.screen.query_one(Input).value = QUERIES[0]
            await press(app, pilot, "enter", "tab", "enter")
            assert app.screen is app.case_screen
            check(app)
        elif key == "LINE":
            line = app.focused if isinstance(app.focused, Input) else app.screen.query_one(Input)
            line.value = TYPED
            await press(app, pilot, "enter")
        elif key in MOVING and key is not keys[-1]:
            await pilot.press(key)
        else:
            await press(app, pilot, key)
