"""What can be doubted, what it leaves behind, and what of it a small window shows."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.changes import Changes
from reasoner.explanation.nodes import Node
from reasoner.inquiry import open_case
from tests.tui.stage import (
    opened,
    play,
    press,
    screen,
    settled,
    until,
)
from tests.tui.test_supposing import choose
from tui.dossier import Dossier
from tui.doubts import Unchangeable, toggled
from tui.messages import ChangesTyped
from tui.outline import Entry


def test_what_was_supposed_is_not_held(workspace: Workspace) -> None:
    """What was supposed and taken back takes no memory: its worlds go, without waiting for garbage to be collected."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await choose(app, pilot, Node)
            gc.collect()
            gc.disable()
            try:
                held = []
                for _ in range(3):
                    await press(app, pilot, "space")
                    assert app.dossier is not None and app.dossier.filed is not None
                    held.append(ref(app.dossier.inquiry.assessment))
                    await press(app, pilot, "u")
                assert [each() for each in held] == [None, None, None]
            finally:
                gc.enable()

    play(journey())


@pytest.mark.parametrize("atom", ["not held_above(a, b)", "not near(harbour_2030, red_brigade)"])
def test_what_rules_find_absent_cannot_be_assumed(workspace: Workspace, atom: str) -> None:
    """Only what can be stated as a fact is; what rules would conclude leads to the facts that would show it."""
    dossier = Dossier(open_case("harbour_2030", workspace))
    absent = Entry("", Node("absent", atom, "Nothing shows it.", 1.0, None))

    with pytest.raises(Unchangeable, match="follows by rules"):
        toggled(Changes(), absent, dossier)
    lacking = Entry("", Node("absent", "not possesses(red_brigade, armed_drone)", "Nothing shows it.", 1.0, None))
    assert toggled(Changes(), lacking, dossier).assume == ("possesses(red_brigade, armed_drone)",)


@pytest.mark.parametrize("size", [(60, 20), (62, 21), (70, 22)])
def test_the_smallest_window_shows_what_moved(workspace: Workspace, size: tuple[int, int]) -> None:
    """Where there is no room for all columns the limits of the words go first; what it was, with its arrow, stays."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            app.post_message(ChangesTyped("rule off presence; rule off scarce means"))
            await until(
                app, pilot, lambda: len(app.supposing.now.rule_off) == 2 and "Was" in screen(app), "the ranking"
            )
            await settled(app, pilot)
            shown = screen(app)
            assert "Supposed: 2 changes" in shown or "2 supposed" in shown
            moved = [line for line in shown.splitlines() if "%" in line and ("▲ " in line or "▼ " in line)]
            assert moved and all(line.rstrip().endswith("%") for line in moved if "What if" not in line)

    play(journey())
