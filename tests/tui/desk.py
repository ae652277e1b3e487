"""At the desk of the rules screen: which editor is in front, how to get to a rule, and when an edit is checked."""

from __future__ import annotations

from textual.widgets import Input

from tests.tui.stage import Play, press, settled, until
from tui.app import AscribeApp
from tui.screens.rules import RulesScreen
from tui.widgets.rule_editor import RuleEditor


def rules_of(app: AscribeApp) -> RulesScreen:
    """The rules screen, which is open."""
    return next(each for each in app.screen_stack if isinstance(each, RulesScreen))


def front(app: AscribeApp) -> RuleEditor:
    """The editor in front."""
    editor = rules_of(app).desk.front
    assert editor is not None
    return editor


def said(app: AscribeApp, text: str) -> bool:
    """Whether something was said in passing; on a slow machine it may have gone from the screen again."""
    return any(text in each for each in app._standing)


async def at_rule(app: AscribeApp, pilot: Play, name: str) -> RuleEditor:
    """Find a rule by its name and go into its file."""
    await press(app, pilot, "r")
    await pilot.press("slash")
    rules_of(app).query_one(Input).value = name
    await pilot.press("enter", "enter")
    await settled(app, pilot)
    assert app.focused is front(app)
    return front(app)


async def change(app: AscribeApp, pilot: Play, old: str, new: str) -> None:
    """Replace a text of the file in front, and wait for the check that follows a pause in typing."""
    editor = front(app)
    start = editor.written.index(old)
    editor.focus()
    editor.replace(new, editor._location(start), editor._location(start + len(old)), maintain_selection_offset=False)
    await pilot.pause()
    await checked(app, pilot)


async def checked(app: AscribeApp, pilot: Play) -> None:
    """Wait for the check that follows a pause in typing."""
    pause = rules_of(app)._pause
    if pause is not None:
        await until(app, pilot, lambda: pause._task is None or pause._task.done(), "the check")
    await settled(app, pilot)
