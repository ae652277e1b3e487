"""Draws the pictures of docs/tour.md from the shipped case, without a terminal: ``make tour``.

Each is the screen as it is after some keys, so the same rules and facts give the same pictures to the byte.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

DOCS = Path(__file__).parent.absolute()
CASE = "kadhimi_2021"
COLUMNS, LINES = 120, 36
WAIT = 0.02

PICTURES: Mapping[str, tuple[str, ...]] = {
    "tour/ranking.svg": (),
    "tui.svg": ("enter", "right", "down", "down", "right", "down", "right", "down"),
    "tour/what-if.svg": ("up", "space"),
    "tour/missing.svg": ("backspace", "escape", "5"),
    "tour/fact.svg": ("1", "f", "down", "down", "down", "down", "down", "enter"),
    "tour/rules.svg": ("escape", "escape", "r", "enter"),
}
"""Picture → the keys pressed after the one before."""


async def draw() -> Mapping[str, str]:
    """All pictures, as SVG."""
    from reasoner.inquiry import find_workspace
    from tui.app import AscribeApp
    from tui.picture import self_contained

    drawn = {}
    app = AscribeApp(find_workspace(), CASE)
    async with app.run_test(size=(COLUMNS, LINES)) as pilot:

        async def settled() -> None:
            quiet = 0
            while quiet < 5 or app.case_screen.chain.chain is None:
                await pilot.pause(WAIT)
                quiet = 0 if app.runs.busy else quiet + 1
            app.show_working()
            await pilot.pause()

        for name, keys in PICTURES.items():
            await settled()
            for key in keys:
                await pilot.press(key)
                await settled()
            drawn[name] = self_contained(app.export_screenshot(title="ascribe"))
    return drawn


def main() -> None:
    """Write the pictures."""
    os.chdir(DOCS.parent)
    for name, picture in asyncio.run(draw()).items():
        path = DOCS / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
