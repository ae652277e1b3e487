"""Doubting by key: the ranking follows at once, nothing is written, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.widgets import Input, OptionList

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.nodes import ChainLine, Node, ShownReport
from reasoner.scenarios import run_scenario
from tests.tui.stage import (
    NAMES,
    SIZES,
    SMALL,
    Play,
    bar,
    labels,
    opened,
    paste,
    play,
    press,
    rows,
    screen,
    settled,
    until,
    write,
)
from tui.app import AscribeApp
from tui.outline import Entry
from tui.screens.ask import AskScreen
from tui.screens.ask_line import AskLine


def standing(app: AscribeApp) -> dict[str, float]:
    """Who stands where, as shown."""
    assert app.dossier is not None
    return {row.actor: row.probability for row in app.dossier.inquiry.ranking().hypotheses}


async def choose(app: AscribeApp, pilot: object, kind: type) -> Entry:
    """Open the reasoning as far as the first entry of a kind, and put the cursor there."""
    tree = app.case_screen.chain
    tree.focus()
    waiting = list(tree.root.children)
    while waiting:
        node = waiting.pop(0)
        if node.data and isinstance(node.data.value, kind) and (kind is not Node or node.data.value.kind == "reported"):
            tree.move_cursor(node)
            await settled(app, pilot)  # type: ignore[arg-type]
            return node.data
        if node.data and node.allow_expand:
            node.expand()
            await settled(app, pilot)  # type: ignore[arg-type]
            waiting = [*node.children, *waiting]
    raise AssertionError(f"there is no {kind.__name__} in the chain")


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
@pytest.mark.parametrize("kind", [ChainLine, Node], ids=["rule", "fact"])
def test_space_leaves_a_rule_or_a_fact_out(workspace: Workspace, size: tuple[int, int], kind: type) -> None:
    """The ranking and its arrows follow; what is left out stays in its place, marked, under the cursor.

    The same key again, or `u`, gives back the same digits.

    As long as anything is supposed the ranking says so, wherever one goes, and leaving asks.
    """

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = standing(app)
            place = (await choose(app, pilot, kind)).path
            for once in range(2):
                await press(app, pilot, "space")
                chosen = app.case_screen.chain.chosen
                assert chosen and chosen.path == place and chosen.gone == ("" if once else "LEFT OUT")
                assert (standing(app) == before) is bool(once)
            await press(app, pilot, "space")
            assert any(" LEFT OUT" in f" {label}" for label in labels(app))
            assert "What if (1 change" in screen(app)
            for keys in (["escape"], ["4", "escape"], ["5"]):
                await press(app, pilot, *keys)
                shown = screen(app)
                assert "upposed: 1 change" in shown and "Was" in shown and ("▼" in shown or "▲" in shown)
                assert "█" in "".join(rows(app))
            await press(app, pilot, "q")
            assert isinstance(app.screen, AskScreen) and "Save it as a scenario first" in screen(app)
            await press(app, pilot, "enter", "1")
            assert app.screen is app.case_screen
            await press(app, pilot, "u")
            assert standing(app) == before
            await press(app, pilot, "ctrl+y")
            assert standing(app) != before
            await press(app, pilot, "backspace")
            assert standing(app) == before

    play(journey())


def test_plus_and_minus_grade_a_report(workspace: Workspace) -> None:
    """One digit a key, up to the end of the scale, which is said; its source is relied on by letter.

    The bottom line has the keys that do something to the line in hand.
    """

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await choose(app, pilot, ChainLine)
            assert "space What if" in bar(app) and "Better" not in bar(app)
            await choose(app, pilot, ShownReport)
            assert "space" not in bar(app) and "+ Better grade  - Worse grade" in bar(app)
            before = standing(app)
            await press(app, pilot, "minus")
            worse = standing(app)
            assert worse != before
            await press(app, pilot, "plus")
            assert standing(app) == before
            await press(app, pilot, "less_than_sign")
            assert standing(app) != before
            await press(app, pilot, "space")
            assert "A report is graded with + and -" in screen(app)

    play(journey())


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_what_is_open_and_the_cursor_outlast_what_is_supposed(workspace: Workspace, size: tuple[int, int]) -> None:
    """The chain is another, and stands as it stood: the same lines open, the cursor on the same report.

    The sum opens to a bar for each step from nothing to the odds.
    """

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await choose(app, pilot, ShownReport)
            tree = app.case_screen.chain
            before, path, chain = len(labels(app)), tree.chosen.path, tree.chain  # type: ignore[union-attr]
            await press(app, pilot, "minus")
            assert tree.chain is not chain
            assert len(labels(app)) == before
            assert tree.chosen is not None and tree.chosen.path == path
            sum_ = next(node for node in tree.root.children if "Together" in str(node.label))
            tree.move_cursor(sum_)
            await press(app, pilot, "right")
            steps = [str(child.label) for child in sum_.children]
            assert "To start with" in steps[0] and "Together" in steps[-1]
            assert any("█" in step for step in steps) and any("░" in step for step in steps)
            assert tree.chain is not None and abs(sum(step.decibans for step in tree.chain.steps)) < 60

    play(journey())


def test_a_strength_is_typed(workspace: Workspace) -> None:
    """In decibans or a word of the scale; one off the scale is refused, with what stands kept."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            before = standing(app)
            await choose(app, pilot, ChainLine)
            await press(app, pilot, "equals_sign")
            await write(pilot, "15")
            await press(app, pilot, "enter")
            after = standing(app)
            assert after != before
            await press(app, pilot, "equals_sign")
            await write(pilot, "enormous")
            await press(app, pilot, "enter")
            assert standing(app) == after
            assert str(app.supposing.now).startswith("strength")

    play(journey())


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_what_is_supposed_is_kept_as_a_scenario_that_passes(workspace: Workspace, size: tuple[int, int]) -> None:
    """Doubt a fact, see the ranking move, save it: the file is a scenario, and it holds."""
    kept = workspace.rules.parent / "doubt.scenario.yaml"

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await choose(app, pilot, Node)
            await press(app, pilot, "space", "ctrl+s")
            await press(app, pilot, "ctrl+u")
            await paste(pilot, str(kept))
            await press(app, pilot, "enter")
            await until(app, pilot, kept.exists, "the scenario")

    play(journey())
    assert "retract" in kept.read_text(encoding="utf-8")
    assert run_scenario(kept) == ()


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_a_scenario_gets_a_name_that_is_free(workspace: Workspace, size: tuple[int, int]) -> None:
    """Enter alone saves under a name that no scenario has; one that is taken keeps the question open, and is told."""
    folder = workspace.rules.parent / "scenarios"

    async def journey() -> None:
        async with opened(workspace, size, toasts=False) as (app, pilot):
            await choose(app, pilot, Node)
            await press(app, pilot, "space")
            for name in ("harbour_2030", "harbour_2030_2", "harbour_2030_3"):
                await press(app, pilot, "ctrl+s", "enter")
                await until(app, pilot, (folder / f"{name}.scenario.yaml").exists, name)
            first = (folder / "harbour_2030.scenario.yaml").read_text(encoding="utf-8")
            await press(app, pilot, "ctrl+s", "ctrl+u")
            await paste(pilot, str(folder / "harbour_2030.scenario.yaml"))
            await press(app, pilot, "enter")
            assert isinstance(app.screen, AskLine)
            assert "already: nothing was written" in " ".join(screen(app).replace("┃", " ").split())
            assert (folder / "harbour_2030.scenario.yaml").read_text(encoding="utf-8") == first
            await press(app, pilot, "backspace")
            assert "exists" not in screen(app)
            await press(app, pilot, "escape")
            assert app.screen is app.case_screen

    play(journey())
    assert len(list(folder.iterdir())) == 3


def test_what_is_supposed_outlasts_a_change_of_the_files(workspace: Workspace) -> None:
    """The case is read again, and weighed again under the same changes."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await choose(app, pilot, ChainLine)
            await press(app, pilot, "space")
            supposed = standing(app)
            await press(app, pilot, "ctrl+r")
            await until(app, pilot, lambda: standing(app) == supposed, "the ranking under what is supposed")
            assert app.supposing.now

    play(journey())


def test_without_anything_supposed_the_keys_say_so(workspace: Workspace) -> None:
    """Nothing to take back, nothing to save."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "u")
            assert "no step to take back" in screen(app)
            await press(app, pilot, "ctrl+s")
            assert "Nothing is supposed" in screen(app)

    play(journey())


def another_case(workspace: Workspace) -> None:
    """The made-up case once more, as harbour_2031."""
    text = (workspace.cases / "harbour_2030.yaml").read_text(encoding="utf-8").replace("harbour_2030", "harbour_2031")
    (workspace.cases / "harbour_2031.yaml").write_text(text, encoding="utf-8")


async def by_list(app: AscribeApp, pilot: Play) -> None:
    """Choose the other case in the list."""
    await press(app, pilot, "c", "down", "enter")


async def by_line(app: AscribeApp, pilot: Play) -> None:
    """Find the other case by its id."""
    await press(app, pilot, "slash", *"2031", "enter")


async def by_palette(app: AscribeApp, pilot: Play) -> None:
    """Find the other case in the palette."""
    await press(app, pilot, "ctrl+p")
    app.screen.query_one(Input).value = "Case harbour_2031"

    def found() -> bool:
        options = app.screen.query_one(OptionList).options
        return bool(options) and "Case harbour_2031" in str(options[0].prompt)

    await until(app, pilot, found, "the case in the palette")
    await press(app, pilot, "enter")


async def by_history(app: AscribeApp, pilot: Play) -> None:
    """Go back to the other case."""
    while not isinstance(app.screen, AskScreen):
        await press(app, pilot, "ctrl+o")


async def by_making(app: AscribeApp, pilot: Play) -> None:
    """Make a case."""
    await press(app, pilot, "d")
    app.screen.query_one(Input).value = "pier_2032"
    await press(app, pilot, "enter")


@pytest.mark.parametrize("way", [by_list, by_line, by_palette, by_history, by_making])
def test_another_case_is_opened_only_after_a_question(
    workspace: Workspace, way: Callable[[AscribeApp, Play], Awaitable[None]]
) -> None:
    """Whichever way it is opened: what is supposed is forgotten, or saved first, only as the reader says.

    The case that is open already is no other.
    """
    another_case(workspace)
    kept = workspace.rules.parent / "doubt.scenario.yaml"

    async def journey() -> None:
        async with opened(workspace, SMALL, "harbour_2031" if way is by_history else "harbour_2030") as (app, pilot):
            if way is by_history:
                await press(app, pilot, "c", "up", "enter")
            await choose(app, pilot, ChainLine)
            await press(app, pilot, "space", "c", "enter")
            supposed = standing(app)
            assert app.screen is app.case_screen and app.case == "harbour_2030" and app.supposing.now
            await way(app, pilot)
            assert isinstance(app.screen, AskScreen)
            assert "and forget what is supposed" in screen(app)
            await press(app, pilot, "enter")
            assert app.case == "harbour_2030" and standing(app) == supposed
            if way is by_making:
                return
            await way(app, pilot)
            await press(app, pilot, "down", "down", "enter", "ctrl+u")
            await paste(pilot, str(kept))
            await press(app, pilot, "enter")
            await until(app, pilot, lambda: app.spot and app.spot.case == "harbour_2031", "the other case")
            assert kept.exists() and not app.supposing.now

    play(journey())


def test_what_is_supposed_may_be_forgotten_for_another_case(workspace: Workspace) -> None:
    """The second answer does that, and leaving is no question then."""
    another_case(workspace)

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await choose(app, pilot, ChainLine)
            await press(app, pilot, "space")
            await by_list(app, pilot)
            await press(app, pilot, "down", "enter")
            await until(app, pilot, lambda: app.spot and app.spot.case == "harbour_2031", "the other case")
            assert not app.supposing.now and "upposed" not in screen(app)
            await press(app, pilot, "q")
            assert not app.is_running or not isinstance(app.screen, AskScreen)

    play(journey())


def test_leaving_may_save_what_is_supposed_first(workspace: Workspace) -> None:
    """The last answer asks for a file and leaves once it is written; where it cannot be, one stays."""
    kept = workspace.rules.parent / "doubt.scenario.yaml"

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await choose(app, pilot, ChainLine)
            await press(app, pilot, "space")
            for name in ("doubt.yaml", kept.name):
                assert app.is_running
                await press(app, pilot, "q", "down", "down", "enter", "ctrl+u")
                await paste(pilot, str(kept.parent / name))
                await pilot.press("enter")
                await pilot.pause()
            assert kept.exists() and app._exit

    play(journey())
