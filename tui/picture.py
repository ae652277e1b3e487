"""Draws the screen to a file: ``python -m tui.picture docs/tui.svg``.

The picture is of the shipped case, without a terminal, and names no font or address outside itself.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path

COLUMNS, LINES = 120, 40
KEYS = ("enter", "right", "down", "down", "down", "right", "right")
"""What is pressed before the picture is taken: into the chain, and down its first line to a report."""

WAIT = 0.05

_OUTSIDE = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)


def self_contained(svg: str) -> str:
    """A picture of Textual's without the fonts and addresses that it names outside itself."""
    return _OUTSIDE.sub("", svg)


async def drawn(case: str) -> str:
    """The screen of a case as SVG."""
    from reasoner.inquiry import find_workspace
    from tui.app import AscribeApp

    app = AscribeApp(find_workspace(), case)
    async with app.run_test(size=(COLUMNS, LINES)) as pilot:
        while app.case_screen.chain.chain is None:
            await pilot.pause(WAIT)
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause(WAIT)
        while app.runs.busy:
            await pilot.pause(WAIT)
        app.show_working()
        await pilot.pause(WAIT)
        return self_contained(app.export_screenshot(title="ascribe"))


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--case", default="kadhimi_2021")
    asked = parser.parse_args()
    asked.file.write_text(asyncio.run(drawn(asked.case)), encoding="utf-8")


if __name__ == "__main__":
    main()
