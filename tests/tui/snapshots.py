"""Every screen on the made-up case as the text that is drawn; ``make snapshots`` writes what is drawn now as golden.

The text has no colours and no cursor, so it depends neither on a theme nor on a clock.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reasoner.evidence.workspace import Workspace
from tests.tui.conftest import harbour
from tests.tui.stage import NAMES, SIZES, opened, play, press, screen, settled, until, write

GOLDEN = Path(__file__).parent / "snapshots"

BROKEN = "%% [broken] {A} is no rule.\nsupports(I, perpetrator, A, means, 3) :- candidat(I, perpetrator, A)\n"

JOURNEY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the case", ()),
    ("a chain, down to a report", ("enter", "right", "down", "right", "down")),
    ("a fact supposed left out", ("up", "space")),
    ("compare", ("backspace", "escape", "down", "3")),
    ("matrix", ("7",)),
    ("facts", ("escape", "f", "down")),
    ("a fact's form", ("enter",)),
    ("a case as text", ("escape", "y")),
    ("rules", ("escape", "escape", "r", "down", "down")),
    ("a rule's text", ("enter",)),
    ("query", ("escape", "escape", "colon", "scarce(C)", "enter")),
    ("export", ("escape", "x")),
    ("help", ("escape", "question_mark")),
    ("problems", ("escape", "p")),
)
"""Each screen, and the keys that lead to it from the one before."""


def drawn(workspace: Workspace, size: tuple[int, int]) -> str:
    """All screens at a size, one beneath the other, each under its name."""
    shown, folder = [], Path.cwd()

    async def journey() -> None:
        async with opened(workspace, size, toasts=False) as (app, pilot):
            for name, keys in JOURNEY:
                if name == "problems":
                    (workspace.rules / "broken.dl").write_text(BROKEN, encoding="utf-8")
                    app.watcher.changed()
                    app.read_again("Files read again")
                    await settled(app, pilot)
                os.chdir("/" if name == "export" else folder)  # which it names
                for key in keys:
                    await (write(pilot, key) if "(" in key else press(app, pilot, key))
                if name == "query":
                    await until(app, pilot, lambda: "60 %  drone_control" in screen(app), "the answer, laid out")
                text = "\n".join(line.rstrip() for line in screen(app).split("\n"))
                shown.append(f"==== {name} ====\n{text}\n")

    play(journey())
    return "\n".join(shown)


def main() -> None:
    """Write the golden texts."""
    for size, name in zip(SIZES, NAMES, strict=True):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            os.environ |= {"XDG_STATE_HOME": f"{folder}/state", "XDG_CONFIG_HOME": f"{folder}/configuration"}
            text = drawn(harbour(Path(folder)), size)
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
