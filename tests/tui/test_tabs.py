"""Each question has a tab beneath the ranking: its key shows the answer, at any size, for the hypothesis in hand."""

from __future__ import annotations

import pytest

from reasoner.evidence.workspace import Workspace
from reasoner.exchange.page_text import page_text
from tests.tui.stage import NAMES, SIZES, SMALL, opened, paste, play, press, screen, write
from tui.app import AscribeApp
from tui.questions import QUESTIONS, SOURCES, Asking, Question

KEYS = {question.id: str(number) for number, question in enumerate(QUESTIONS, start=2)}
WITHOUT_A_LINE = [question for question in QUESTIONS if not question.line and question.id != SOURCES]


def expected(app: AscribeApp, question: Question, actor: str) -> str:
    """What the reasoner says to the question about a hypothesis, without line breaks."""
    assert app.dossier is not None
    page = question.page(Asking(app.dossier.inquiry, app.case_screen.role, actor))
    return " ".join(page_text(page, 80).split())


def said(app: AscribeApp) -> str:
    """What the tab says, without line breaks."""
    return " ".join(app.case_screen.answer.text.split())


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_a_digit_shows_the_answer_to_a_question(workspace: Workspace, size: tuple[int, int]) -> None:
    """The same that the command prints; its title can be read on the screen, beside the tabs with their keys."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            for question in WITHOUT_A_LINE:
                await press(app, pilot, KEYS[question.id])
                page = expected(app, question, app.case_screen.actor)
                assert said(app)[:40] == page[:40], question
                assert app.case_screen.answer.text.splitlines()[0] in screen(app), question
                tab = (
                    f"{KEYS[question.id]} {question.title}" if size != SMALL else f"{KEYS[question.id]}{question.title}"
                )
                assert tab in screen(app)

    play(journey())


def test_one_goes_back_to_the_reasons(workspace: Workspace) -> None:
    """`1` shows the chain again, with the focus on it; so does enter on a hypothesis."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, KEYS["matrix"])
            assert not app.case_screen.chain.display or not app.case_screen.chain.has_focus
            await press(app, pilot, "1")
            assert app.case_screen.chain.has_focus
            assert app.case_screen.tabs.active == "why"
            await press(app, pilot, KEYS["matrix"], "escape", "enter")
            assert app.case_screen.chain.has_focus

    play(journey())


def test_an_answer_follows_the_hypothesis_in_hand(workspace: Workspace) -> None:
    """Another row of the ranking is compared with whoever is ahead, as soon as it is chosen."""
    question = next(each for each in QUESTIONS if each.id == "compare")

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, KEYS["compare"], "escape", "down")
            second = said(app)
            assert second == expected(app, question, app.case_screen.actor)
            await press(app, pilot, "down")
            assert said(app) == expected(app, question, app.case_screen.actor)
            assert said(app) != second

    play(journey())


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_what_if_takes_a_line(workspace: Workspace, size: tuple[int, int]) -> None:
    """Until something is typed it says what can be; then it shows both rankings."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, KEYS["what_if"])
            assert "retract FACT" in app.case_screen.answer.text
            assert app.dossier is not None
            fact = next(f.atom for f in app.dossier.inquiry.base.facts.values() if f.basis == "reported")
            await write(pilot, f"retract {fact}")
            await press(app, pilot, "enter")
            assert "Nobody had reported that" in said(app)
            assert "Before" in said(app)

    play(journey())


def test_a_slip_in_what_if_is_explained_in_its_place(workspace: Workspace) -> None:
    """With what was probably meant; the files are not blamed for it, and the line can be mended."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, KEYS["what_if"])
            await write(pilot, "retract nonsense(a)")
            await press(app, pilot, "enter")
            assert "unknown predicate" in said(app)
            assert not app.found_problems
            assert app.case_screen.answer.line.value == "retract nonsense(a)"

    play(journey())


def test_answers_are_those_of_the_ranking_shown(workspace: Workspace) -> None:
    """When a file changes, the tab that is open is answered anew."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, KEYS["matrix"])
            assert app.dossier is not None
            case = app.dossier.case_place.file
            kept = case.read_text(encoding="utf-8")
            case.write_text(kept.replace("credibility: 2", "credibility: 4"), encoding="utf-8")
            await press(app, pilot, "ctrl+r")
            question = next(each for each in QUESTIONS if each.id == "matrix")
            assert said(app) == expected(app, question, app.case_screen.actor)

    play(journey())


def test_the_key_of_what_if_goes_to_its_line_whatever_is_left_in_it(workspace: Workspace) -> None:
    """No letter is taken for an action: what was refused is marked, so that letters replace it and arrows mend it."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, KEYS["what_if"])
            await write(pilot, "rule of means")
            line = app.case_screen.answer.line
            await press(app, pilot, "enter", "escape", KEYS["what_if"])
            assert app.focused is line and line.value == "rule of means"
            await press(app, pilot, "end", "s")
            assert app.focused is line and line.value == "rule of meanss"
            await press(app, pilot, "escape", KEYS["what_if"], "r")
            assert app.screen is app.case_screen
            assert app.focused is line and line.value == "r"

    play(journey())


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("source off The Ensa Courier", "source off courier"),
        ('source off "gulf monitor"', "source off monitor"),
        ("rate The Ensa Courier=C", "rate courier=C"),
    ],
)
def test_a_source_may_be_named_in_what_if(workspace: Workspace, typed: str, change: str) -> None:
    """By its name, in any case of letters and with or without quotes; what is then supposed has its id."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, KEYS["what_if"])
            await paste(pilot, typed)
            await press(app, pilot, "enter")
            assert list(app.supposing.now.lines()) == [change]

    play(journey())


def test_several_pasted_lines_are_several_changes(workspace: Workspace) -> None:
    """A line break parts changes as a semicolon does, so that a list is pasted as it stands."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, KEYS["what_if"])
            await paste(pilot, "rule off means;\n\n  source off monitor\r\nretract guarded(depot)\n")
            assert app.focused.value == "rule off means; source off monitor; retract guarded(depot)"
            await press(app, pilot, "enter")
            assert set(app.supposing.now.lines()) == {"rule off means", "source off monitor", "retract guarded(depot)"}

    play(journey())


def test_from_the_empty_line_a_digit_goes_to_its_tab(workspace: Workspace) -> None:
    """No change begins with a digit, so it is the tab's key there, too; behind a letter it is text."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "4", "3")
            assert app.case_screen.tabs.active == "compare"
            await press(app, pilot, "4", "r", "3")
            assert (app.case_screen.tabs.active, app.case_screen.answer.line.value) == ("what_if", "r3")

    play(journey())
