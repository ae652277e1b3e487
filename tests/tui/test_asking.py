"""The query line, the list of actions, the rules: what one reaches from everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import DataTable, Input, OptionList, Static

from reasoner.evidence.workspace import Workspace
from tests.tui.stage import NAMES, SIZES, SMALL, opened, play, press, screen, settled, until, write
from tui.actions import ACTIONS
from tui.finding import matching
from tui.screens.help import LEAVING, HelpScreen
from tui.screens.query import QueryScreen
from tui.screens.rules import RulesScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


@both_sizes
def test_a_query_is_answered_with_probabilities(workspace: Workspace, size: tuple[int, int]) -> None:
    """A query in the rule language gives a table: a row an answer, its probability first, in words if wide."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "colon")
            await write(pilot, "possesses(A, W)")
            await press(app, pilot, "enter")
            assert "3 answers." in screen(app)
            table = app.screen.query_one(DataTable)
            first = [cell.plain for cell in table.get_row_at(0)]
            wording = ["very likely (80–95 %)"] if size[0] >= 100 else []
            assert first == ["84 %", "red_brigade", "armed_drone  an armed drone", *wording]
            await press(app, pilot, "escape")
            assert "Who did it?" in screen(app)

    play(journey())


def said(text: str, workspace: Workspace) -> str:
    """What the query screen says to a query."""

    async def journey() -> str:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "colon")
            await write(pilot, text)
            await press(app, pilot, "enter")
            return str(app.screen.query_one("#query-said", Static).content)

    return play(journey())


def test_no_answers_says_what_to_look_at(workspace: Workspace) -> None:
    """A query without answers is no empty table: it says so, and what to check."""
    assert "No answers" in said("lacks(A, W)", workspace)


def test_a_wrong_query_says_where_it_is_wrong(workspace: Workspace) -> None:
    """A misspelt predicate is shown under the query, with the place and what was meant."""
    text = said("posesses(A, W)", workspace)
    assert "unknown predicate `posesses`" in text
    assert "^^^" in text
    assert "possesses" in text


def test_queries_are_remembered(workspace: Workspace) -> None:
    """The up arrow brings the last query back."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "colon")
            await write(pilot, "scarce(W)")
            await press(app, pilot, "enter", "escape", "colon", "up")
            assert app.screen.query_one(Input).value == "scarce(W)"

    play(journey())


def test_the_list_of_actions_finds_and_runs(workspace: Workspace) -> None:
    """Typing in the list of keys finds an action; enter runs it."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "question_mark")
            assert isinstance(app.screen, HelpScreen)
            await write(pilot, "rules")
            await press(app, pilot, "enter")
            assert isinstance(app.screen, RulesScreen)

    play(journey())


def test_what_cannot_be_done_says_why(workspace: Workspace) -> None:
    """An action that is of no use just now is not hidden: the list gives the reason, and so does its key."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "question_mark")
            listed = app.screen.query_one(OptionList)
            prompts = "\n".join(str(listed.get_option_at_index(i).prompt) for i in range(listed.option_count))
            assert "not now: No problems: every rule and fact file can be read." in prompts
            assert "not now: in the rules only." in prompts
            await press(app, pilot, "escape", "p")
            assert any("No problems" in str(notice.message) for notice in app._notifications)

    play(journey())


def test_what_is_said_in_passing_hides_nothing_that_is_read(workspace: Workspace) -> None:
    """However often a key is pressed, its reason stands once, over the heading, and goes soon."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            below = screen(app).splitlines()[1:]
            await press(app, pilot, "p", "p", "p")
            (notice,) = app._notifications
            assert notice.timeout < 4

            def over_the_heading() -> bool:
                first, *others = screen(app).splitlines()
                return "No problems" in first and others == below

            await until(app, pilot, over_the_heading, "the reason")

    play(journey())


def test_every_action_is_in_the_list(workspace: Workspace) -> None:
    """The list of keys names every action of the table but ways back, which escape is everywhere."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "question_mark")
            listed = [option.id for option in app.screen.query_one(OptionList).options if option.id]
            assert sorted(listed) == sorted(action.id for action in ACTIONS if action.id not in LEAVING)
            assert listed[0] == "why"

    play(journey())


@pytest.mark.parametrize(
    ("typed", "first"),
    [("quit", "quit"), ("q", "quit"), ("edt", "edit"), ("fold", "fold"), (":", "query"), ("dark", "theme")],
)
def test_actions_are_found_by_key_name_and_letters(typed: str, first: str) -> None:
    """An action is found by its key, the beginning of its name, a word of it, or some of its letters in order."""
    assert matching(typed)[0].id == first


def test_nothing_is_found_for_nonsense() -> None:
    """No action is offered for letters that none has."""
    assert matching("zzzz") == ()


@both_sizes
def test_the_rules_with_their_sentences(workspace: Workspace, size: tuple[int, int]) -> None:
    """Every rule stands under its file, with its sentence, its text as written, and how often it fires here."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "r")
            assert isinstance(app.screen, RulesScreen)
            assert "harbour.dl" in screen(app)
            await press(app, pilot, "slash")
            await write(pilot, "scarce means")
            await press(app, pilot, "enter")
            said = app.screen.panel.text
            assert said.startswith("scarce means")
            assert "in this case" in said
            assert "harbour.dl:" in said
            assert "%% [scarce means]" in screen(app)
            assert "supports(I, perpetrator, A, means" in screen(app)
            await press(app, pilot, "escape", "escape")
            assert "Who did it?" in screen(app)

    play(journey())


def test_the_rules_open_at_the_rule_in_hand(workspace: Workspace) -> None:
    """From a line of the chain, `r` leads to its rule."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter")
            line = app.case_screen.chain.chosen
            assert line is not None and line.line is not None
            await press(app, pilot, "r")
            await settled(app, pilot)
            assert isinstance(app.screen, RulesScreen)
            assert app.screen.panel.text.startswith(line.line.rule)

    play(journey())


def test_every_pane_is_reached_by_tab(workspace: Workspace) -> None:
    """Tab goes through cases, hypotheses, reasons and note, and around."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            reached = set()
            for _ in range(5):
                reached.add(app.focused.id if app.focused else None)
                await press(app, pilot, "tab")
            assert reached == {"cases", "ranking", "chain", "detail"}

    play(journey())


def test_q_leaves(workspace: Workspace) -> None:
    """The screen closes on q, and on ctrl+q from the query line, where q is a letter."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await pilot.press("colon", "q")
            assert isinstance(app.screen, QueryScreen)
            await pilot.press("ctrl+q")
            await pilot.pause()
            assert not app.is_running
        async with opened(workspace) as (app, pilot):
            await pilot.press("q")
            await pilot.pause()
            assert not app.is_running

    play(journey())


def test_the_page_on_the_screen_names_every_key() -> None:
    """docs/tui.md lists the key of each action of the table."""
    page = (Path(__file__).parents[2] / "docs" / "tui.md").read_text(encoding="utf-8")
    keys = page[page.index("## Keys") : page.index("## Editing")]
    for action in ACTIONS:
        assert action.key_text in keys, action


def test_lines_of_the_key_list_hang_beneath_each_other(workspace: Workspace) -> None:
    """Where what an action does takes two lines, the second begins beneath the first, beside the keys."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "question_mark")
            await write(pilot, "take all back")
            await settled(app, pilot)
            first, second = screen(app).splitlines()[6:8]
            assert "backspace" in first
            assert second.strip("┃ ") and second.index(second.strip("┃ ")[0]) == first.index("Take all back")

    play(journey())
