"""The whole way through the screen, once by keyboard alone and once by mouse alone."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.nodes import ShownReport
from tests.tui.stage import LARGE, NAMES, SIZES, SMALL, Play, labels, opened, play, press, rows, screen, settled, until
from tui.app import AscribeApp
from tui.screens.fact_form import FactFormScreen
from tui.widgets.chain import ChainTree

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


def on_a_report(app: AscribeApp) -> bool:
    """Whether the reasoning is opened down to a report."""
    chosen = app.case_screen.chain.chosen
    return chosen is not None and isinstance(chosen.value, ShownReport)


@both_sizes
def test_everything_by_keyboard_alone(workspace: Workspace, size: tuple[int, int]) -> None:
    """Open a case, rank, reason, report; doubt until another leads; rules, facts, a query; and leave."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            ranking = rows(app)
            await press(app, pilot, "c", "enter", "enter")
            while not on_a_report(app):
                await pilot.press("right", "down")
                await settled(app, pilot)
            assert "Also rests on it" in app.case_screen.detail.text
            await pilot.press("home")
            await press(app, pilot, "space")
            assert rows(app) != ranking
            assert "What if (1 change" in screen(app)
            assert rows(app)[0] != ranking[0]
            rule = app.case_screen.chain.chosen.line.rule
            await press(app, pilot, "r")
            assert app.rules_screen is not None and app.rules_screen.chosen_rule == rule
            await press(app, pilot, "enter", "escape", "escape", "u")
            await until(app, pilot, lambda: rows(app) == ranking, "the ranking as it was")
            await press(app, pilot, "f", "delete", "escape", "enter")
            assert app.screen.id == "fact-form"
            await press(app, pilot, "escape", "escape", "colon")
            await pilot.press(*"scarce", "left_parenthesis", "C", "right_parenthesis", "enter")
            await until(app, pilot, lambda: "1 answer" in screen(app), "the answer")
            await pilot.press("escape", "f1", *"quit", "enter")
            await pilot.pause()
            assert not app.is_running

    play(journey())


async def click(app: AscribeApp, pilot: Play, text: str, times: int = 1) -> None:
    """Click where a text stands on the screen, the lowest first."""
    lines = screen(app).splitlines()
    places = [(line.index(text) + 1, y) for y, line in enumerate(lines) if text in line]
    assert places, f"{text} is not on the screen:\n{screen(app)}"
    await pilot.click(offset=places[-1], times=times)
    await settled(app, pilot)


async def run(app: AscribeApp, pilot: Play, action: str) -> None:
    """Find an action in the list of all of them, and click it."""
    await click(app, pilot, "? Keys")
    while f" {action}  " not in screen(app):
        app.screen.query_one(OptionList).scroll_relative(y=3, animate=False)  # as the wheel does
        await pilot.pause()
    await click(app, pilot, f" {action}  ")


@both_sizes
def test_everything_by_mouse_alone(workspace: Workspace, size: tuple[int, int]) -> None:
    """The same with no key pressed: lines, tabs, underlined words, the bottom line and the list of actions."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            tree, ranking = app.case_screen.chain, rows(app)
            await click(app, pilot, "c Cases")
            await click(app, pilot, "harbour_2030")
            await click(app, pilot, "+4.7 dB  █")
            await open_down(app, pilot, tree)
            await pilot.click(tree, offset=(30, 1))
            await click(app, pilot, "space What if")
            assert rows(app) != ranking
            await run(app, pilot, "Undo")
            await until(app, pilot, lambda: rows(app) == ranking, "the ranking as it was")
            rule = tree.chosen.line.rule
            await click(app, pilot, "Rule [" if size == LARGE else "r Rules")
            assert app.rules_screen.chosen_rule == rule
            await click(app, pilot, "It can fire")
            assert app.screen is app.case_screen and tree.chosen.line.rule == rule
            await click(app, pilot, "f Facts")
            assert app.screen.id == "facts"
            await click(app, pilot, "escape Back")
            await click(app, pilot, "7Matrix" if size == SMALL else "7 Matrix")
            assert app.case_screen.tabs.active == "matrix"
            await (run(app, pilot, "Query") if size == SMALL else click(app, pilot, ": Query"))
            await click(app, pilot, "candidate(I, Role, A)")
            await until(app, pilot, lambda: "answers. Tab" in screen(app), "the answers")

    async def open_down(app: AscribeApp, pilot: Play, tree: ChainTree) -> None:
        """Click the chosen line open, then the one beneath it, down to a report."""
        for _ in range(12):
            if on_a_report(app):
                return
            beneath = tree.cursor_line - tree.scroll_offset.y + (1 if tree.cursor_node.is_expanded else 0)
            await pilot.click(tree, offset=(30, beneath + 1))
            await settled(app, pilot)
        raise AssertionError(screen(app))

    play(journey())


def test_a_window_too_small_for_anything_asks_for_a_larger_one(workspace: Workspace) -> None:
    """One sentence stands there, no key does anything behind it, and all is as it was once there is room."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "enter")
            before = labels(app)
            await pilot.resize_terminal(40, 12)
            await settled(app, pilot)
            await press(app, pilot, "f", "space", "d")
            assert "needs 60 columns and 20 lines" in screen(app) and not app.supposing.now
            await pilot.resize_terminal(*SMALL)
            await settled(app, pilot)
            assert "needs 60 columns" not in screen(app)
            assert labels(app) == before and app.case_screen.chain.has_focus

    play(journey())


def test_a_question_over_too_small_a_window_lies_over_the_screens_once_it_grows(workspace: Workspace) -> None:
    """Asked on leaving with something unsaved, it stands over what is unsaved, and nothing asks for more room."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "f", "n", "a")
            await pilot.resize_terminal(50, 15)
            await settled(app, pilot)
            assert "needs 60 columns" in screen(app)
            await press(app, pilot, "q")
            assert "Leave without saving?" in screen(app)
            await pilot.resize_terminal(*SMALL)
            await settled(app, pilot)
            assert "Leave without saving?" in screen(app)
            assert "needs 60 columns" not in screen(app) and "A new fact, into" in screen(app)
            await press(app, pilot, "escape")
            assert isinstance(app.screen, FactFormScreen)

    play(journey())
