"""The query console: words are offered, queries remembered, answers lead to what they rest on and into files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import DataTable

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.nodes import Node
from tests.tui.stage import LARGE, NAMES, SIZES, SMALL, labels, opened, paste, play, press, screen, until, write
from tui import asked_before
from tui.screens.query import QueryScreen


def test_a_name_in_quotes_is_told_its_id(workspace: Workspace) -> None:
    """A query takes ids; whoever writes a name or an alias in quotes reads which id is meant."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            for name, meant in (("red brigade", "red_brigade"), ("the League", "northern_league")):
                await press(app, pilot, "colon")
                await paste(pilot, f'possesses("{name}", C)')
                await press(app, pilot, "escape", "enter") if "\n" in name else await press(app, pilot, "enter")
                await until(app, pilot, lambda meant=meant: f"write its id: `{meant}`" in screen(app), meant)
                await press(app, pilot, "escape")

    play(journey())


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_from_a_query_to_what_an_answer_rests_on(workspace: Workspace, size: tuple[int, int]) -> None:
    """Words complete what is typed; enter on an answer shows its reasons, in which a fact can be doubted.

    Tab, ↓ and enter lead from a query that is answered to its answers.

    What is shown follows what is supposed; ← leads back to the hypothesis, and `:` to the query with its answers.
    """

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "colon")
            console = app.screen
            assert isinstance(console, QueryScreen)
            await write(pilot, "posse")
            await until(app, pilot, lambda: console.query_one("#completions").display, "the words")
            assert "possesses(actor, capability)" in screen(app)
            await press(app, pilot, "tab")
            assert console.line.value == "possesses"
            await write(pilot, "(A, dro")
            await press(app, pilot, "tab")
            await write(pilot, "), member_of(A, U)")
            await press(app, pilot, "enter")
            assert "1 answer. Tab, ↓ or enter goes there" in screen(app)
            for key in ("tab", "down", "enter"):
                console.line.focus()
                await press(app, pilot, key)
                assert console.table.has_focus, key
            await press(app, pilot, "enter")

            tree = app.case_screen.chain
            assert app.screen is app.case_screen and tree.has_focus
            assert "Red Brigade had drone command and control; Red Brigade belonged to" in str(tree.border_title)
            assert tree.chosen is not None and isinstance(tree.chosen.value, Node)
            before = tree.chosen.value.probability
            await press(app, pilot, "right", "right")
            assert isinstance(tree.chosen.value, Node)
            doubted = tree.chosen.value.atom
            await press(app, pilot, "right", "right", "minus")
            assert app.supposing.now.rate
            assert tree.shows_proof
            assert tree.focus_on is not None and isinstance(tree.focus_on.value, Node)
            assert tree.focus_on.value.probability < before
            assert tree.chosen.node is not None and tree.chosen.node.atom == doubted

            await press(app, pilot, "colon")
            await until(app, pilot, lambda: "1 answer" in screen(app), "the answers")
            assert "possesses(A, drone_control)" in screen(app)
            await press(app, pilot, "escape", "Z")
            assert not tree.shows_proof
            assert any("Own words" in label for label in labels(app))

    play(journey())


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_a_cut_answer_says_that_it_is_cut(copied: Workspace, size: tuple[int, int]) -> None:
    """Answers fit the screen: where a name has too little room, it ends with an ellipsis."""

    async def journey() -> None:
        async with opened(copied, size, "colonial_2021") as (app, pilot):
            await press(app, pilot, "colon")
            console = app.screen
            assert isinstance(console, QueryScreen)
            console.action_ask("possesses(A, W), not scarce(W)")
            await until(app, pilot, lambda: console.answered, "the answers")
            assert console.table.virtual_size.width <= console.table.size.width
            shown = screen(app)
            assert ("short_range_ballistic_missiles" in shown) or ("short_range_ballistic_…" in shown)

    play(journey())


def test_a_query_is_no_rule_to_go_to(workspace: Workspace) -> None:
    """The note on an answer says what its variables stand for, and leads to facts, not to a rule that no file has."""

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, "colon")
            console = app.screen
            assert isinstance(console, QueryScreen)
            console.action_ask("possesses(A, W), not scarce(W)")
            await until(app, pilot, lambda: console.answered, "the answers")
            await press(app, pilot, "down", "enter")
            shown = screen(app)
            assert "[your query] A is " in shown and ", W is " in shown
            assert "; nobody has reported that" in shown

    play(journey())


def test_queries_outlast_the_session(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """↑ brings back what was asked in sessions before, each once, up to a bound; what was being typed is kept."""
    monkeypatch.setattr(asked_before, "MOST", 3)

    async def ask(*queries: str) -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "colon")
            for text in queries:
                console = app.screen
                assert isinstance(console, QueryScreen)
                console.line.put(text)
                await press(app, pilot, "enter")

    async def again() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "colon")
            await write(pilot, "sca")
            await press(app, pilot, "escape", "up")
            console = app.screen
            assert isinstance(console, QueryScreen)
            assert console.line.value == "used(I, W)"
            await press(app, pilot, "up")
            assert console.line.value == "scarce(W)"
            await press(app, pilot, "down", "down")
            assert console.line.value == "sca"

    play(ask("guarded(T)", "used(I, W)", "backs(S, A)", "scarce(W)", "nonsense(", "used(I, W)"))
    path = asked_before.kept_in()
    assert path is not None
    assert path.read_text(encoding="utf-8").splitlines() == ["scarce(W)", "nonsense(", "used(I, W)"]
    asked_before.remember("nonsense(")
    path.write_text(f"scarce(W)\n{'x' * 5000}\nused(I, W)\n", encoding="utf-8")
    play(again())
    path.write_bytes(b"\xff\xfe\x00" * 10)
    assert asked_before.asked_before()
    path.unlink()
    path.mkdir()
    asked_before.remember("kept(nowhere)")
    assert asked_before.asked_before() == ()


def test_answers_become_a_table_in_a_file(workspace: Workspace) -> None:
    """f4 writes them as CSV or JSON, with a probability for each; nothing in it is a formula for a spreadsheet."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "colon")
            console = app.screen
            assert isinstance(console, QueryScreen)
            console.line.put("possesses(A, W)")
            await press(app, pilot, "enter")
            assert console.query_one(DataTable).row_count == 3
            await press(app, pilot, "f4", "down", "down", "down", "enter")
            await press(app, pilot, "f4", "down", "down", "enter")

    play(journey())
    rows = Path("harbour_2030-query.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "A,W,probability,cases"
    assert len(rows) == 4
    first, *_ = json.loads(Path("harbour_2030-query.json").read_text(encoding="utf-8"))["answers"]
    assert rows[1] == f"{first['bindings']['A']},{first['bindings']['W']},{first['probability']},harbour_2030"
