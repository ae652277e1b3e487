"""Nothing is lost and nothing is told twice: going back and forth between screens, pasting, and taking back."""

from __future__ import annotations

import json
from pathlib import Path

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Input

from reasoner.evidence.workspace import Workspace
from tests.tui.desk import at_rule, change, front, rules_of
from tests.tui.fact_desk import facts
from tests.tui.stage import SMALL, opened, paste, play, press, screen, settled, until, write
from tui.views import NOTHING, view_of, why_no_view
from tui.widgets.masked_input import MaskedInput


def test_a_screen_that_stands_already_is_gone_back_to(workspace: Workspace) -> None:
    """Facts, rules and problems lead to each other in any order, and none is ever opened twice."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            for keys in ("frfr", "rfrf", ":fr"):
                for key in keys:
                    if key == ":":
                        await press(app, pilot, "colon")
                    else:
                        app.action_perform({"f": "facts", "r": "rules"}[key])
                    await settled(app, pilot)
                    names = [each.id for each in app.screen_stack]
                    assert len(names) == len(set(names))
                    assert names[-1] == {"f": "facts", "r": "rules", ":": "query"}[key]
                app.action_perform("query")
                await settled(app, pilot)
                assert app.screen.id == "query"
                while app.screen is not app.case_screen:
                    await press(app, pilot, "escape")

    play(journey())


def test_the_problems_lead_to_the_rules_and_back(workspace: Workspace) -> None:
    """With a rule file that cannot be read, one goes from its problem to it, and to the problems again."""

    async def journey() -> None:
        path = workspace.rules / "harbour.dl"
        path.write_text(path.read_text(encoding="utf-8").replace("[claims it]", "[claims it"), encoding="utf-8")
        async with opened(workspace, SMALL, case=None) as (app, pilot):
            await until(app, pilot, lambda: app.found_problems, "the problems")
            for action, name in (("rules", "rules"), ("problems", "problems-screen"), ("rules", "rules")):
                app.action_perform(action)
                await settled(app, pilot)
                assert app.screen.id == name

    play(journey())


def test_unsaved_edits_are_asked_about_on_the_way_back(workspace: Workspace) -> None:
    """Where the facts lie beneath the rules, going to them leaves the rules: not without a word about an edit."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await at_rule(app, pilot, "presence")
            await change(app, pilot, "opportunity, 2", "opportunity, 3")
            app.action_perform("facts")
            await settled(app, pilot)
            assert app.screen.id == "question"
            assert "unsaved" in screen(app)
            await press(app, pilot, "escape")
            assert "opportunity, 3" in front(app).written

    play(journey())


def test_a_passage_of_several_lines_is_pasted_whole(workspace: Workspace) -> None:
    """Into a line that takes one, its line breaks become spaces: a quotation loses nothing."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "colon")
            await paste(pilot, "possesses(A, W),\r\n  not scarce(W)\n")
            await settled(app, pilot)
            assert app.screen.query_one(Input).value == "possesses(A, W), not scarce(W)"

    play(journey())


class Line(App[None]):
    """A line with people and words in it, in a narrow window."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield MaskedInput("👩‍👩‍👧 " * 5 + "lorem ipsum dolor sit amet")


def test_the_cursor_stays_in_sight_of_what_is_drawn() -> None:
    """Signs that join others take a column here: what is typed behind is seen, and a click goes where it points."""

    async def journey() -> None:
        async with Line().run_test(size=(40, 5)) as pilot:
            line = pilot.app.query_one(MaskedInput)
            line.focus()
            await pilot.press("end", *"QQQQ")
            await pilot.pause()
            strips = pilot.app.screen._compositor.render_strips()
            shown = "".join(segment.text for segment in strips[1])
            assert "ametQQQQ" in shown
            await pilot.click(MaskedInput, offset=(cell_len(shown.partition("dolor")[0]), 1))
            assert line.value[line.cursor_position :].startswith("dolor")

    play(journey())


def test_what_is_being_typed_outlasts_a_new_ranking(workspace: Workspace) -> None:
    """What was entered gives room once it is answered; what is typed since then stays, whatever is redone."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "4")
            line = app.case_screen.answer.line
            await write(pilot, "rule off means")
            await press(app, pilot, "enter")
            assert line.value == ""
            await press(app, pilot, "tab", "shift+tab")
            line.focus()
            await write(pilot, "rule off mot")
            app.read_again("A file changed")
            await settled(app, pilot)
            assert line.value == "rule off mot"

    play(journey())


def test_the_reasons_of_an_answer_are_what_is_exported(workspace: Workspace) -> None:
    """With the query, and what is supposed said first; not the hypothesis that lies beneath."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "4")
            await write(pilot, "rule off motive")
            await press(app, pilot, "enter", "escape", "colon")
            await write(pilot, "possesses(A, drone_control)")
            await press(app, pilot, "enter")
            answers = view_of(app)
            await press(app, pilot, "enter", "enter")
            await until(app, pilot, lambda: app.case_screen.chain.shows_proof, "the reasons")
            reasons = view_of(app)
            assert answers is not None and reasons is not None
            for view in (answers, reasons):
                assert "Only supposed: rule off motive." in view.text()
                assert "Only supposed: rule off motive." in view.markdown()
                assert json.loads(view.json())["supposed"] == ["rule off motive"]
            assert "had drone command and control" in reasons.text()
            assert "had drone command and control" in reasons.markdown()
            assert "Verdict" not in reasons.text()
            assert json.loads(reasons.json())["query"] == "possesses(A, drone_control)"

    play(journey())


def test_without_candidates_nothing_is_in_hand(workspace: Workspace) -> None:
    """Once nobody is considered any more no hypothesis lingers: every tab says what to do, and nothing is exported."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            path = workspace.cases / "harbour_2030.yaml"
            text = path.read_text(encoding="utf-8")
            path.write_text(text.partition("facts:")[0] + "facts: []\n", encoding="utf-8")
            await until(app, pilot, lambda: not app.case_screen.role, "the case without facts")
            await settled(app, pilot)
            assert app.case_screen.actor == ""
            assert why_no_view(app) == NOTHING
            for key in "249":
                await press(app, pilot, key)
                pane = app.case_screen.sources if key == "9" else app.case_screen.answer
                assert pane.display
                assert "considered(" in " ".join(screen(app).split())

    play(journey())


def test_taking_all_back_is_not_called_standing_still(workspace: Workspace) -> None:
    """The figures move back: what is shown is then what the files say."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "4")
            await write(pilot, "rule off means")
            await press(app, pilot, "enter", "escape", "u")
            shown = " ".join(screen(app).split())
            assert "All of that is taken back: what is shown is what the files say." in shown

    play(journey())


def test_what_was_tried_is_saved_once_it_is(workspace: Workspace) -> None:
    """The panel does not go on calling it unsaved."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await at_rule(app, pilot, "presence")
            await change(app, pilot, "opportunity, 2", "opportunity, 5")
            await press(app, pilot, "ctrl+t")
            await until(app, pilot, lambda: "Tried, not saved:" in screen(app), "the try")
            await press(app, pilot, "ctrl+s")
            assert "Tried, and saved since:" in screen(app)
            assert "opportunity, 5" in Path("rules/harbour.dl").read_text(encoding="utf-8")

    play(journey())


def test_rules_may_be_entered_before_they_are_there(workspace: Workspace) -> None:
    """Enter right after the key that opens them waits for them; no letter typed then is a command."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await pilot.press("r", "enter")
            await settled(app, pilot)
            await pilot.press("x")
            await settled(app, pilot)
            assert app.screen is rules_of(app)
            assert rules_of(app).desk.unsaved

    play(journey())
