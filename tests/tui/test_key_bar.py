"""The bottom line: only keys that do something where one is, and that do what they say."""

from __future__ import annotations

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.stage import LARGE, opened, play, press, settled
from tui.widgets.key_bar import KeyBar


@pytest.mark.parametrize(
    "there",
    [[], ["slash"], ["4"], ["9"], ["f"], ["f", "slash"], ["f", "enter"], ["f", "y"], ["r"], ["p"]],
    ids=lambda keys: " ".join(keys) or "start",
)
def test_every_key_in_the_bottom_line_works_there(
    workspace: Workspace, there: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the focus on any pane, list or line of any screen, each key shown is read as its action, as nothing else."""
    if there == ["p"]:
        with (workspace.rules / "harbour.dl").open("a", encoding="utf-8") as file:
            file.write("\nwrong(")
    asked: list[str] = []

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, *there)
            monkeypatch.setattr(app, "action_perform", lambda action: asked.append(action))
            for pane in app.screen.focus_chain:
                pane.focus()
                await settled(app, pilot)
                shown = tuple(app.screen.query_one(KeyBar)._all())
                assert {"help", "quit"} <= {each.id for each in shown}
                for each in shown:
                    pane.focus()
                    await pilot.pause()
                    asked.clear()
                    await pilot.press(each.key)
                    assert asked == [each.id], (pane, each)

    play(journey())
