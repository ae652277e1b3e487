"""A desk to work on facts at: the list, the form, and what they say."""

from __future__ import annotations

from textual.widgets import Input, Static

from tests.tui.stage import Play, press, settled, until
from tui.app import AscribeApp
from tui.screens.facts import FactsScreen

NOTE = "  # Three facts that only this desk knows of.\n"
"""A comment in the made-up case, above the fact that a handful of groups had what it took."""


async def facts(app: AscribeApp, pilot: Play) -> FactsScreen:
    """The facts, once they are there."""
    await press(app, pilot, "f")
    assert isinstance(app.screen, FactsScreen)
    await until(app, pilot, lambda: app.screen.found, "the facts")
    return app.screen


async def search(app: AscribeApp, pilot: Play, text: str) -> None:
    """Find facts, and go to the first one found."""
    await press(app, pilot, "slash")
    app.screen.query_one("#facts-filter", Input).value = text
    await settled(app, pilot)
    await press(app, pilot, "enter")


def told(app: AscribeApp) -> str:
    """What the form says beneath the fields, scrolled away or not."""
    return str(app.screen.query_one("#form-words", Static).content)


async def type_in(app: AscribeApp, pilot: Play, text: str) -> None:
    """Put a text into the field at hand, in place of what is there."""
    line = app.screen.focused
    assert isinstance(line, Input)
    line.value = ""
    await pilot.press(*[{" ": "space"}.get(letter, letter) for letter in text])
    await settled(app, pilot)


async def checked(app: AscribeApp, pilot: Play, text: str) -> None:
    """Wait until the form says something."""
    await until(app, pilot, lambda: text in told(app), text)
