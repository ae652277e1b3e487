"""The file of a case as text on the screen: checked while one types, saved whole, never over somebody else's save."""

from __future__ import annotations

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.desk import said
from tests.tui.stage import NAMES, SIZES, SMALL, Play, opened, play, press, rows, screen, settled, until
from tui.app import AscribeApp
from tui.screens.ask import AskScreen
from tui.screens.case_text import CaseTextScreen
from tui.screens.facts import FactsScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


async def text_of_the_case(app: AscribeApp, pilot: Play) -> CaseTextScreen:
    """The text, once it is there."""
    await press(app, pilot, "f", "y")
    assert isinstance(app.screen, CaseTextScreen)
    await until(app, pilot, lambda: app.screen.area.text, "the text")
    return app.screen


@both_sizes
def test_a_source_is_rated_in_the_text(workspace: Workspace, size: tuple[int, int]) -> None:
    """A mistake is listed with its place and not saved; mended, the text is saved and the ranking follows."""
    file = workspace.cases / "harbour_2030.yaml"
    before = file.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            ranking = rows(app)
            here = await text_of_the_case(app, pilot)
            here.area.text = before.replace("via: courier, reliability: C}", "via: courier, reliability: G}", 1)
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: "`reliability`" in screen(app), "what is wrong")
            assert app.screen is here
            assert file.read_text(encoding="utf-8") == before
            here.area.text = before.replace("via: courier, reliability: C}", "via: courier, reliability: E}", 1)
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: isinstance(app.screen, FactsScreen), "the facts")
            await press(app, pilot, "escape")
            await until(app, pilot, lambda: rows(app) != ranking, "the new ranking")

    play(journey())
    assert file.read_text(encoding="utf-8") == before.replace(
        "via: courier, reliability: C}", "via: courier, reliability: E}", 1
    )


@both_sizes
def test_a_text_that_is_not_saved_says_so_where_it_is_wrong(workspace: Workspace, size: tuple[int, int]) -> None:
    """A save that is refused says so, and why; the cursor goes to the first mistake, and what was typed stays."""
    file = workspace.cases / "harbour_2030.yaml"
    before = file.read_text(encoding="utf-8")
    wrong = before.replace("polarity: denies", "polarity: deny", 1)

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            here = await text_of_the_case(app, pilot)
            here.area.text = wrong
            here.area.move_cursor((2, 0))
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: said(app, "Not saved. `polarity` must be"), "that it is not saved")
            assert app.screen is here
            assert "polarity: deny" in wrong.splitlines()[here.area.cursor_location[0]]
            assert here.area.text == wrong

    play(journey())
    assert file.read_text(encoding="utf-8") == before


def test_a_broken_case_is_mended_in_the_text(workspace: Workspace) -> None:
    """Where the facts cannot be read, what is wrong is said, and the text is there to mend it."""
    file = workspace.cases / "harbour_2030.yaml"
    good = file.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            file.write_text(good.replace("scarce(", "scarse("), encoding="utf-8")
            await press(app, pilot, "f")
            await until(app, pilot, lambda: "unknown predicate `scarse`" in app.screen.note.text, "what is wrong")
            await press(app, pilot, "n")
            assert isinstance(app.screen, FactsScreen)
            await press(app, pilot, "y")
            await until(app, pilot, lambda: app.screen.area.text, "the text")
            app.screen.area.text = good
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: isinstance(app.screen, FactsScreen) and app.screen.rows, "the facts")

    play(journey())
    assert file.read_text(encoding="utf-8") == good


def test_letters_go_into_the_text(workspace: Workspace) -> None:
    """Keys that are actions elsewhere are letters here, and leaving with something unsaved asks first."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            here = await text_of_the_case(app, pilot)
            await press(app, pilot, "q", "x")
            assert "qx" in here.area.text
            await press(app, pilot, "ctrl+q")
            assert isinstance(app.screen, AskScreen)
            await press(app, pilot, "escape", "escape", "down", "enter")
            assert isinstance(app.screen, FactsScreen)

    play(journey())


def test_a_text_saved_by_somebody_else_is_not_overwritten(workspace: Workspace) -> None:
    """Both differences are shown; enter alone saves nothing."""
    file = workspace.cases / "harbour_2030.yaml"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            here = await text_of_the_case(app, pilot)
            here.area.text = here.area.text.replace("Dr Mira Drell", "Dr M. Drell")
            theirs = file.read_text(encoding="utf-8").replace("burned all night", "burned for days")
            file.write_text(theirs, encoding="utf-8")
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: isinstance(app.screen, AskScreen), "the question")
            assert "burned for days" in screen(app)
            assert "Dr M. Drell" in screen(app)
            await press(app, pilot, "enter")
            await settled(app, pilot)
            assert app.screen is here
            assert file.read_text(encoding="utf-8") == theirs

    play(journey())


def test_what_shows_nothing_is_drawn_as_a_sign(workspace: Workspace) -> None:
    """A character that turns text around is in the text as it is in the file, and drawn as a sign in its place."""
    file = workspace.cases / "harbour_2030.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("case: harbour", "# ‮ evil\ncase: harbour", 1), encoding="utf-8"
    )

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            here = await text_of_the_case(app, pilot)
            here.area.move_cursor((0, 0))
            await settled(app, pilot)
            assert "‮" in here.area.text
            assert "# � evil" in screen(app)
            assert "‮" not in screen(app)

    play(journey())
