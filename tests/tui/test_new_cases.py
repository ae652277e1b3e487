"""Cases made on the screen: empty ones to fill in, and copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from reasoner.evidence.workspace import Workspace
from tests.tui.stage import NAMES, SIZES, SMALL, bar, opened, play, press, rows, screen, until, write
from tui.screens.new_case import NewCaseScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


@both_sizes
def test_a_case_is_copied(workspace: Workspace, size: tuple[int, int]) -> None:
    """`d` asks for an id, says why a wrong one cannot be, and opens the copy, which ranks as the first does."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = rows(app)
            await press(app, pilot, "d")
            assert isinstance(app.screen, NewCaseScreen)
            app.screen.query_one(Input).value = "[/no] id"
            await press(app, pilot, "enter")
            assert "`[/no] id` cannot be the id of a case" in screen(app)
            app.screen.query_one(Input).value = "h"
            await press(app, pilot, "enter")
            assert "`h` is very short" in screen(app)
            app.screen.query_one(Input).value = "harbour_2030"
            await press(app, pilot, "enter")
            assert "exists already" in screen(app)
            app.screen.query_one(Input).value = "pier_2031"
            await press(app, pilot, "enter")
            await until(
                app, pilot, lambda: app.case == "pier_2031" and app.case_screen.cases.chosen == "pier_2031", "it"
            )
            assert rows(app) == before

    play(journey())
    first, copy = (workspace.cases / f"{case}.yaml" for case in ("harbour_2030", "pier_2031"))
    assert copy.read_text() == first.read_text().replace("harbour_2030", "pier_2031")


@both_sizes
def test_a_copy_is_told_from_its_original(workspace: Workspace, size: tuple[int, int]) -> None:
    """While two cases have one title, the id stands before it; once the copy has its own, the title is enough."""
    copy = workspace.cases / "pier_2031.yaml"

    async def journey() -> None:
        async with opened(workspace, size, toasts=False) as (app, pilot):
            assert screen(app).splitlines()[0].strip().startswith("Drone attack on the fuel depot")
            await press(app, pilot, "d")
            app.screen.query_one(Input).value = "pier_2031"
            await press(app, pilot, "enter")
            await until(
                app, pilot, lambda: app.case == "pier_2031" and app.case_screen.cases.chosen == "pier_2031", "it"
            )
            assert screen(app).splitlines()[0].strip().startswith("pier_2031 · Drone attack on the fuel depot")
            text = copy.read_text(encoding="utf-8")
            copy.write_text(text.replace("title: Drone attack on", "title: Fire in"), encoding="utf-8")
            await until(app, pilot, lambda: "Fire in the fuel depot" in screen(app), "the new title")
            assert screen(app).splitlines()[0].strip().startswith("Fire in the fuel depot")

    play(journey())


def test_a_new_case_is_made_where_there_is_none(workspace: Workspace) -> None:
    """In an empty workspace `n` writes the commented case file that `ascribe new` writes, and opens it.

    The bottom line has it, and of other keys only what works; the others say why not. A dialog's keys stand there, too.
    """
    (workspace.cases / "harbour_2030.yaml").unlink()

    async def journey() -> None:
        async with opened(workspace, SMALL, None) as (app, pilot):
            assert "n writes one to fill in" in screen(app)
            assert bar(app) == "n New case  g Jump  ? Keys  q Quit"
            for key in ("f", "r"):
                app._notifications.clear()
                app._standing.clear()
                await press(app, pilot, key)
                assert [str(each.message) for each in app._notifications] == [
                    "No case is open yet. n writes a new one."
                ]
            await press(app, pilot, "n")
            assert bar(app) == "enter writes it · escape leaves it"
            app.screen.query_one(Input).value = "pier_2031"
            await press(app, pilot, "enter")
            await until(app, pilot, lambda: app.dossier, "the case")
            assert "f writes its facts" in screen(app)

    play(journey())
    assert (workspace.cases / "pier_2031.yaml").read_text().startswith("# One incident")


def test_no_case_is_made_among_the_shipped_ones(workspace: Workspace) -> None:
    """In a read-only workspace it is said how to get one's own."""
    before = list(workspace.cases.iterdir())
    shipped = Workspace(workspace.rules, workspace.facts, writable=False)

    async def journey() -> None:
        async with opened(shipped, SMALL) as (app, pilot):
            await press(app, pilot, "n", "d")
            assert app.screen is app.case_screen
            assert any("ascribe init DIR" in str(notice.message) for notice in app._notifications)

    play(journey())
    assert list(Path(workspace.cases).iterdir()) == before


def test_a_case_is_found_by_its_words(copied: Workspace) -> None:
    """`/` lists the cases with all words typed in id, title or date; enter opens one, escape shows all again.

    Letters typed in the list do the same: none of them runs what its key does elsewhere.
    """

    async def journey() -> None:
        async with opened(copied, SMALL, "kadhimi_2021") as (app, pilot):
            await press(app, pilot, "c", *"dqn")
            assert app.screen is app.case_screen and app.case_screen.query_one("#cases-filter", Input).value == "dqn"
            await press(app, pilot, "escape", "slash")
            await write(pilot, "2021 e")
            await write(pilot, "rb")
            assert "erbil_2021" in screen(app)
            assert "madrid_2004" not in screen(app)
            assert app.case_screen.cases.chosen == "erbil_2021"
            await write(pilot, "zz")
            assert "No case has all of these words" in screen(app)
            await press(app, pilot, "escape")
            assert app.case_screen.cases.chosen == "kadhimi_2021"
            await press(app, pilot, "slash")
            await write(pilot, "february")
            await pilot.press("enter")
            await pilot.pause()
            assert app.case == "erbil_2021"
            assert not app.case_screen.cases.display

    play(journey())
