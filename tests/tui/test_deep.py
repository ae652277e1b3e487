"""Reasoning that is very deep and very wide stays within reach, key by key, and never fails by its depth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.tui.stage import SMALL, Play, labels, opened, play, press, screen, settled
from tui.app import AscribeApp
from tui.widgets.chain import ChainTree
from tui.widgets.outline_tree import Branch

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from deep_case import CASE, deep_case

LEVELS, DEEDS = 25, 210


async def at(app: AscribeApp, pilot: Play, true: Callable[[str], bool]) -> ChainTree:
    """The chain with the cursor on the last line that can be seen of which something is so."""
    tree = app.case_screen.chain

    def seen(node: Branch) -> list[Branch]:
        return [each for child in node.children for each in (child, *(seen(child) if child.is_expanded else []))]

    tree.move_cursor([node for node in seen(tree.root) if true(str(node.label))][-1])
    await settled(app, pilot)
    return tree


def test_deep_and_wide_reasoning_is_read_to_its_end(tmp_path: Path) -> None:
    """What lies too deep opens by itself, down to the first step; ← and Z lead back; wide ones come page by page."""
    workspace = deep_case(tmp_path / "deep", LEVELS, DEEDS)

    async def journey() -> None:
        async with opened(workspace, SMALL, CASE) as (app, pilot):
            await press(app, pilot, "enter")
            tree = await at(app, pilot, lambda text: "Opportunity" in text)
            whole = len(labels(app))
            while not any("sets out" in text or "begins at Town 0" in text for text in labels(app)):
                await press(app, pilot, "asterisk")
                await at(app, pilot, lambda text: "The trail of" in text or "begins at" in text)
                await press(app, pilot, "right")
            assert tree.focus_on is not None
            assert "Why Group" in str(tree.border_title)
            assert "↑" in labels(app)[0]
            deepest = tree.focus_on
            await press(app, pilot, "home", "enter")
            assert tree.focus_on is not deepest
            assert tree.chosen is not None and tree.chosen.path == deepest.path
            await press(app, pilot, "Z")
            assert tree.focus_on is None

            await at(app, pilot, lambda text: "Motive" in text)
            await press(app, pilot, "z", "right")
            assert "↑ Why Group" in screen(app)
            await at(app, pilot, lambda text: "has struck" in text and "Motive" not in text)
            await press(app, pilot, "right")
            for more in (DEEDS - 100, DEEDS - 200):
                await at(app, pilot, lambda text: text.startswith("… "))
                assert f"… {more} more" in screen(app)
                await press(app, pilot, "enter")
            assert sum("Deed" in text for text in labels(app)) >= DEEDS
            assert not any(text.startswith("… ") for text in labels(app))
            await press(app, pilot, "Z")
            assert len(labels(app)) >= whole

    play(journey())
