"""The facts of a case: read, found, added, graded otherwise, retracted, each from the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from reasoner.evidence.workspace import Workspace
from tests.tui.desk import said
from tests.tui.fact_desk import NOTE, checked, facts, search, type_in
from tests.tui.stage import LARGE, NAMES, SIZES, SMALL, Play, opened, play, press, rows, screen, settled, until
from tui.app import AscribeApp
from tui.screens.ask import AskScreen
from tui.screens.fact_form import FactFormScreen
from tui.screens.facts import FactsScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


@both_sizes
def test_facts_are_listed_with_credence_and_grade(workspace: Workspace, size: tuple[int, int]) -> None:
    """Each fact stands with its sentence, how sure it is and its grades; the note has its reports in words."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            here = await facts(app, pilot)
            shown = screen(app)
            assert "Facts: 27 of 27" in shown
            assert "given" in shown
            assert "The fuel depot belonged to Republic of Ensa." in [row.sentence for row in here.rows]
            await press(app, pilot, "slash")
            await pilot.press(*"accident")
            await settled(app, pilot)
            assert [row.grades for row in here.found] == ["B2 −C4"]
            assert "DENIES it" in here.note.text
            assert "doubtful" in here.note.text
            await press(app, pilot, "escape")
            assert len(here.found) == len(here.rows)
            await press(app, pilot, "escape")
            assert app.screen is app.case_screen

    play(journey())


def test_the_facts_begin_at_the_fact_in_hand(workspace: Workspace) -> None:
    """From a report in the chain, `f` goes to the fact that it is about."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter", "right", "right", "right", "right")
            assert app.case_screen.chain.chosen.depth > 1
            here = await facts(app, pilot)
            place = app.case_screen.place()
            assert place.line - 4 < here.chosen.stated.line <= place.line

    play(journey())


def test_what_is_not_found_is_said(workspace: Workspace) -> None:
    """A search without results says what is searched, and how to get all facts back."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await press(app, pilot, "slash", "z", "z", "z")
            assert "No fact has all of these words" in screen(app)

    play(journey())


@both_sizes
def test_a_fact_is_added_by_form(workspace: Workspace, case: Path, size: tuple[int, int]) -> None:
    """Predicate, arguments and report are picked from what is offered; saved, the ranking moves, comments are kept.

    The list then stands at the new fact.
    """
    before = case.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            ranking = rows(app)
            await facts(app, pilot)
            await press(app, pilot, "n")
            assert isinstance(app.screen, FactFormScreen)
            await type_in(app, pilot, "posse")
            await press(app, pilot, "enter")
            await type_in(app, pilot, "free h")
            assert "Free Harbour Movement" in screen(app)
            await press(app, pilot, "enter")
            await type_in(app, pilot, "drone c")
            await press(app, pilot, "enter", "enter")
            await type_in(app, pilot, "Gul")
            await press(app, pilot, "enter")
            await type_in(app, pilot, "1")
            await press(app, pilot, "enter")
            await checked(app, pilot, "+  - fact: possesses(free_harbour, drone_control)")
            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, FactsScreen)
            await until(app, pilot, lambda: len(app.screen.rows) == 28, "the new fact")
            assert app.screen.chosen_atom == "possesses(free_harbour, drone_control)"
            await press(app, pilot, "escape")
            await until(app, pilot, lambda: rows(app) != ranking, "the new ranking")
            assert "harbour_2030.yaml changed: " in screen(app)

    play(journey())
    new = "  - fact: possesses(free_harbour, drone_control)\n    source: monitor\n    credibility: 1\n"
    assert case.read_text(encoding="utf-8") == before + new


@both_sizes
def test_a_report_is_doubted(workspace: Workspace, case: Path, size: tuple[int, int]) -> None:
    """Another digit, picked with its wording, is the one change in the file; the comment beside it stays."""
    before = case.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            ranking = rows(app)
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            assert isinstance(app.screen, FactFormScreen)
            app.screen.form.go_to("report:0:credibility")
            await settled(app, pilot)
            assert "3  possibly true" in screen(app)
            await press(app, pilot, "down", "down", "enter")
            await checked(app, pilot, "credibility: 5   # after a call")
            await press(app, pilot, "ctrl+s", "escape", "escape")
            await until(app, pilot, lambda: rows(app) != ranking, "the new ranking")

    play(journey())
    assert case.read_text(encoding="utf-8") == before.replace("3   # after a call", "5   # after a call")


async def change_the_handful(app: AscribeApp, pilot: Play, field: str, text: str) -> None:
    """Write something else into a field of the report of a handful of groups, and save it."""
    await search(app, pilot, "scarce")
    await press(app, pilot, "enter")
    app.screen.form.go_to(f"report:0:{field}")
    await settled(app, pilot)
    await type_in(app, pilot, text)
    await press(app, pilot, "ctrl+s")
    await until(app, pilot, lambda: isinstance(app.screen, FactsScreen), "the facts")


def test_the_main_screen_shows_what_moved_since_one_looked(workspace: Workspace, case: Path) -> None:
    """A save that moves nothing does not hide what the one before it moved, until one has been there to see it."""

    async def journey() -> None:
        async with opened(workspace, LARGE, toasts=False) as (app, pilot):
            await facts(app, pilot)
            await change_the_handful(app, pilot, "credibility", "5")
            assert said(app, "moved, as the main screen shows.")
            moved = app.case_screen.moves
            assert moved
            await change_the_handful(app, pilot, "says", "A few groups.")
            assert said(app, "The ranking is redone, and nothing moved.")
            await press(app, pilot, "escape", "escape")
            assert app.screen is app.case_screen and app.case_screen.moves == moved
            assert "harbour_2030.yaml changed: what moved." in screen(app)
            await facts(app, pilot)
            await change_the_handful(app, pilot, "says", "Hardly any group.")
            await press(app, pilot, "escape", "escape")
            assert "harbour_2030.yaml changed: the ranking is redone, and nothing moved." in screen(app)

    play(journey())


def test_what_is_put_back_before_one_looked_has_not_moved(workspace: Workspace, case: Path) -> None:
    """Changed and changed back on the screen of facts, the main screen stands as it stood, and that is said."""

    async def journey() -> None:
        async with opened(workspace, LARGE, toasts=False) as (app, pilot):
            await facts(app, pilot)
            await change_the_handful(app, pilot, "credibility", "5")
            await change_the_handful(app, pilot, "credibility", "3")
            assert said(app, "The ranking is redone, and stands as the main screen last showed it.")
            assert app.case_screen.moves == ()

    play(journey())


@both_sizes
def test_a_fact_is_retracted_once_it_is_asked(workspace: Workspace, case: Path, size: tuple[int, int]) -> None:
    """Enter alone keeps the fact; told to, it goes with its lines, and the comment above it stays."""
    before = case.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "delete")
            assert isinstance(app.screen, AskScreen)
            assert "-  - fact: scarce(drone_control)" in screen(app)
            await press(app, pilot, "enter")
            assert case.read_text(encoding="utf-8") == before
            await press(app, pilot, "delete", "down", "enter")
            await until(app, pilot, lambda: len(app.screen.rows) == 26, "the list without it")

    play(journey())
    after = case.read_text(encoding="utf-8")
    assert "scarce(" not in after
    assert NOTE in after
    assert set(after.splitlines()) < set(before.splitlines())


@both_sizes
def test_the_lines_that_go_are_those_of_the_fact(workspace: Workspace, case: Path, size: tuple[int, int]) -> None:
    """The question shows the lines of that fact and no others, even where the fact before ends with the same words."""
    fact = ["-  - fact: front_for(voice_of_ensa, red_brigade)", "-    source: drell_s", "-    credibility: 2"]

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "front_for")
            await press(app, pilot, "delete")
            assert isinstance(app.screen, AskScreen)
            about = str(app.screen.query_one("#question-about Static", Static).content)
            assert [line.rstrip() for line in about.splitlines() if line.startswith("-")] == fact

    play(journey())


def test_a_file_changed_meanwhile_is_shown_and_asked_about(workspace: Workspace, case: Path) -> None:
    """Somebody else's save is never overwritten: both differences are shown, and both changes kept if so told."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            app.screen.form.go_to("report:0:credibility")
            await settled(app, pilot)
            await type_in(app, pilot, "5")
            theirs = case.read_text(encoding="utf-8").replace("burned all night", "burned for days")
            case.write_text(theirs, encoding="utf-8")
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: isinstance(app.screen, AskScreen), "the question")
            assert "burned for days" in screen(app)
            assert "credibility: 5" in screen(app)
            assert case.read_text(encoding="utf-8") == theirs
            await press(app, pilot, "down", "enter")
            await until(app, pilot, lambda: isinstance(app.screen, FactsScreen), "the facts")

    play(journey())
    after = case.read_text(encoding="utf-8")
    assert "burned for days" in after
    assert "credibility: 5   # after a call" in after


def test_shipped_facts_can_be_read_but_not_changed(workspace: Workspace) -> None:
    """In a read-only workspace form and text are there to read; whatever changes says how to get one's own copy."""
    shipped = Workspace(workspace.rules, workspace.facts, writable=False)

    async def journey() -> None:
        async with opened(shipped, SMALL) as (app, pilot):
            await facts(app, pilot)
            for key in ("n", "delete", "d"):
                await press(app, pilot, key)
                assert isinstance(app.screen, FactsScreen)
            assert any("ascribe init DIR" in str(notice.message) for notice in app._notifications)
            await press(app, pilot, "enter")
            assert isinstance(app.screen, FactFormScreen)
            assert "harbour_2030" in screen(app)
            assert "ascribe init DIR" in screen(app)
            await press(app, pilot, "a", "ctrl+s", "escape", "y")
            assert "case: harbour_2030" in app.screen.area.text
            await press(app, pilot, "a")
            assert not app.screen.changed

    play(journey())
