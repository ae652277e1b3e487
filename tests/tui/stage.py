"""A stage to play journeys on: the app without a terminal, its screen as text, and waiting until all is settled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import StringIO
from time import monotonic
from typing import TypeVar

from textual import _wait, events
from textual.pilot import Pilot

from reasoner.evidence.workspace import Workspace
from tui.app import AscribeApp

SMALL, LARGE = (80, 24), (160, 50)
SIZES = [SMALL, LARGE]
NAMES = ["80x24", "160x50"]

PATIENCE = 20.0
"""Seconds that anything may take on a busy machine."""

MOMENT = 0.002
"""Seconds between two looks whether something is so."""

LONGEST = 80.0
"""Seconds that a whole journey may take; less than a test may, so that it can say where it was."""

MOVING = ("up", "down", "tab", "shift+tab")

# Textual's pilot waits twenty milliseconds at a time for the process to be idle, three times a key. Nothing here relies
# on how long that is: `settled` asks the app itself.
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = MOMENT, MOMENT / 10

Result = TypeVar("Result")
Play = Pilot[None]


def play(journey: Awaitable[Result]) -> Result:
    """Play an asynchronous journey to its end; fail where it takes too long, with the step it was at."""

    async def whole() -> Result:
        task = asyncio.ensure_future(journey)
        ended, _ = await asyncio.wait([task], timeout=LONGEST)
        if not ended:
            steps = StringIO()
            task.print_stack(file=steps)
            task.cancel()
            await asyncio.wait([task], timeout=PATIENCE)
            raise AssertionError(f"the journey did not end within {LONGEST:.0f} s; it was at\n{steps.getvalue()}")
        return task.result()

    return asyncio.run(whole())


@asynccontextmanager
async def opened(
    workspace: Workspace, size: tuple[int, int] = LARGE, case: str | None = "harbour_2030", toasts: bool = True
) -> AsyncIterator[tuple[AscribeApp, Play]]:
    """The app on a workspace, once the case stands with its chain."""
    app = AscribeApp(workspace, case)
    async with app.run_test(size=size, notifications=toasts) as pilot:
        await until(app, pilot, lambda: app.runs._last and not app.runs.busy, "the case")
        yield app, pilot


async def settled(app: AscribeApp, pilot: Play) -> None:
    """Wait until nothing is being worked out, every message is handled, and all is laid out and drawn."""
    quiet = 0
    until = monotonic() + PATIENCE
    while quiet < 3 and monotonic() < until:
        await asyncio.sleep(MOMENT)
        app.screen._on_timer_update()
        quiet = 0 if app.runs.busy or app.working or _drawing(app) or _handling(app) else quiet + 1
    if quiet < 3:
        raise AssertionError(f"it did not come to rest; working: {app.runs.busy}:\n{screen(app)}")
    await pilot.pause()


def _drawing(app: AscribeApp) -> bool:
    front = app.screen
    return bool(front._layout_required or front._layout_widgets or front._dirty_widgets)


def _handling(app: AscribeApp) -> bool:
    """Whether a key waits, or a message at any widget; asking each by a message, as the pilot does, takes longer."""
    pumps = (app, *app.screen.walk_children(with_self=True))
    return bool(app._ahead) or any(each.message_queue_size or each._next_callbacks for each in pumps)


async def until(app: AscribeApp, pilot: Play, true: Callable[[], object], what: str) -> None:
    """Wait until something is so; fail with the screen if it never is."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        await asyncio.sleep(MOMENT)
        if true():
            await settled(app, pilot)
            return
    raise AssertionError(f"{what} did not come:\n{screen(app)}")


async def press(app: AscribeApp, pilot: Play, *keys: str) -> None:
    """Press keys one by one, each when what the last one set off is done."""
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


async def write(pilot: Play, text: str) -> None:
    """Type a text into the line that has the focus."""
    names = {"(": "left_parenthesis", ")": "right_parenthesis", ",": "comma", " ": "space", "_": "underscore"}
    await pilot.press(*[names.get(letter, letter) for letter in text])


async def paste(pilot: Play, text: str) -> None:
    """Put a text into the line that has the focus, as a terminal pastes it."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def screen(app: AscribeApp) -> str:
    """The screen as it is drawn, without colours."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def bar(app: AscribeApp) -> str:
    """The bottom line."""
    return screen(app).splitlines()[-1].strip()


def rows(app: AscribeApp) -> list[str]:
    """The rows of the ranking, as text."""
    table = app.case_screen.ranking
    return [" ".join(cell.plain for cell in table.get_row(row.key)) for row in table.ordered_rows]


def labels(app: AscribeApp) -> list[str]:
    """The lines of the chain that can be seen, opened ones with what is beneath them."""

    def beneath(node: object) -> list[str]:
        found = []
        for child in node.children:  # type: ignore[attr-defined]
            found.append(child.label.plain)
            if child.is_expanded:
                found += beneath(child)
        return found

    return beneath(app.case_screen.chain.root)
