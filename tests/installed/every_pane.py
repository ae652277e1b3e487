"""Walks through every screen of the ascribe that is installed, and fails where a pane is empty or has no size.

It needs nothing but ascribe and what that installs, so that it can be run under any Textual that ascribe admits.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from textual.app import App

from reasoner.evidence.workspace import Workspace, init_workspace
from tui.app import AscribeApp

CASE = "kadhimi_2021"
SIZES = ((80, 24), (160, 50))
PATIENCE = 60.0
"""Seconds that anything may take on a busy machine."""

QUERY = "scarce(C)"

STEPS: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (
    ((), "ranking", ("heading", "ranking", "verdict", "tabs", "chain", "detail", "roles")),
    (("enter", "right", "down"), "chain", ("heading", "ranking", "tabs", "chain", "detail")),
    *(((str(key),), f"tab {key}", ("tabs", "answer-page", "ranking")) for key in range(2, 9)),
    (("9",), "sources", ("tabs", "sources", "detail", "ranking")),
    (("1", "escape", "c"), "cases", ("cases",)),
    (("escape", "f"), "facts", ("facts-list", "facts-note")),
    (("enter",), "form", ("form-title", "form-fields", "form-said")),
    (("escape", "y"), "text", ("text-area", "text-said")),
    (("escape", "escape", "r", "down"), "rules", ("rules-tree", "rules-desk", "rules-panel", "rules-said")),
    (("enter",), "rule", ("rules-desk", "rules-panel")),
    (("escape", "escape", "colon", "QUERY", "enter"), "query", ("query-said", "query-answers", "query-line")),
    (("escape", "x"), "export", ("export-forms", "export-name", "export-said")),
    (("escape", "question_mark"), "help", ("help-list",)),
    (("escape", "n"), "new case", ("new-case-line", "new-case-said")),
    (("escape", "p"), "problems", ("problems-text",)),
)
"""Keys, the screen that they lead to, and the panes that must show text there. Problems are made before the last."""


def text_of(app: App[None], pane: str) -> str:
    """What is drawn where a pane stands."""
    found = [widget for widget in app.screen.query(f"#{pane}") if widget.display]
    assert found, f"there is no {pane}"
    region = found[0].region.intersection(app.screen.region)
    assert region.width > 1 and region.height > 0, f"{pane} has the size {region.width} × {region.height}"
    strips = app.screen._compositor.render_strips()[region.y : region.bottom]
    return "".join(segment.text for strip in strips for segment in strip.crop(region.x, region.right))


async def walk(workspace: Workspace, size: tuple[int, int]) -> list[str]:
    """Each pane of each screen at a size that is empty, or not there."""
    wrong = []
    app = AscribeApp(workspace, CASE)
    async with app.run_test(size=size) as pilot:

        async def settled() -> None:
            end, quiet = time.monotonic() + PATIENCE, 0
            while quiet < 3 and time.monotonic() < end:
                await pilot.pause(0.02)
                quiet = 0 if app.runs.busy else quiet + 1

        while app.case_screen.chain.chain is None:
            await pilot.pause(0.02)
        for keys, name, panes in STEPS:
            if name == "problems":
                (workspace.rules / "broken.dl").write_text("broken(", encoding="utf-8")
                app.read_again("Files read again")
                await settled()
            for key in keys:
                await pilot.press(*(QUERY if key == "QUERY" else (key,)))
                await settled()
            for pane in panes:
                try:
                    empty = not any(map(str.isalnum, text_of(app, pane)))
                except AssertionError as error:
                    wrong.append(f"{name}: {error}")
                else:
                    if empty:
                        wrong.append(f"{name}: {pane} shows no text")
    return [f"{size[0]}×{size[1]}, {each}" for each in wrong]


def main() -> None:
    """Walk at both sizes, in a folder of its own."""
    wrong = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            wrong += asyncio.run(walk(init_workspace(Path(folder) / "mine"), size))
    if wrong:
        raise SystemExit("\n".join([f"Textual {version('textual')}:", *wrong]))
    print(f"Textual {version('textual')}: every pane of {len(STEPS)} screens shows text at both sizes")


if __name__ == "__main__":
    main()
