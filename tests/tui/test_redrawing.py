"""An arrow draws only the lines that it changes, and every line that it changes."""

from __future__ import annotations

import pytest
from rich.segment import Segment

from reasoner.evidence.workspace import Workspace
from tests.tui.desk import at_rule, checked
from tests.tui.stage import Play, opened, play
from tui.app import AscribeApp

pytestmark = pytest.mark.usefixtures("in_layout")

ARROWS = ("down", "down", "right", "shift+down", "shift+down", "shift+up", "end", "left", "up", "ctrl+end", "up")
EDITS = ("left_parenthesis", "enter", "right_parenthesis", "ctrl+z", "ctrl+y")
OVER_A_BRACKET = ("left", "right", "left", "up")


def drawn(app: AscribeApp) -> list[list[Segment]]:
    """The lines of the screen as they were drawn last."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


async def pressed(app: AscribeApp, pilot: Play, keys: tuple[str, ...]) -> None:
    """Press keys; after each, everything is drawn anew and must look the same."""
    for key in keys:
        await pilot.press(key)
        before = drawn(app)
        for widget in app.screen.query("*"):
            widget.refresh()
        assert drawn(app) == before, key


def test_a_text_looks_as_if_drawn_whole(workspace: Workspace) -> None:
    """Wherever the cursor goes in a rule file, what is marked or matched, and whatever is written or taken back."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            await pressed(app, pilot, ARROWS + EDITS)
            await checked(app, pilot)
            await pressed(app, pilot, OVER_A_BRACKET)

    play(journey())


def test_a_list_looks_as_if_drawn_whole(workspace: Workspace) -> None:
    """Wherever its cursor goes in the list of keys."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await pressed(app, pilot, ("question_mark", "down", "down", "up", "pagedown", "up", "pageup"))

    play(journey())
