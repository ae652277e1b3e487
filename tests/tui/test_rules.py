"""The rules screen: read, write, save and try rules by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.desk import at_rule, change, checked, front, rules_of, said
from tests.tui.stage import NAMES, SIZES, SMALL, opened, play, press, rows, screen, settled, until
from tui.screens.ask import AskScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


pytestmark = pytest.mark.usefixtures("in_layout")


@both_sizes
def test_a_rule_broken_and_mended(workspace: Workspace, size: tuple[int, int]) -> None:
    """A slip is shown while typing; saved with it the last ranking stays; mended and saved, the ranking is redone."""
    file = workspace.rules / "harbour.dl"
    good = file.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = rows(app)
            await at_rule(app, pilot, "few have it")
            await change(app, pilot, "scarce(C), p", "scarse(C), p")
            assert "unknown predicate `scarse`" in screen(app)
            assert "unsaved" in screen(app)
            assert file.read_text(encoding="utf-8") == good

            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: app.found_problems, "the problem")
            assert "scarse" in file.read_text(encoding="utf-8")
            assert rows(app) == before
            assert said(app, "rules/harbour.dl, with 1 problem; the last good rules stay in use")
            assert "ctrl+s Save" not in screen(app)

            await change(app, pilot, "scarse(C)", "scarce(C)")
            await change(app, pilot, "A, means, 10)", "A, means, 1)")
            assert "unknown predicate" not in screen(app)
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: not app.found_problems, "the new ranking")
            assert rows(app) != before
            assert file.read_text(encoding="utf-8") == good.replace("A, means, 10)", "A, means, 1)")
            await press(app, pilot, "escape", "escape", "escape")
            app.clear_notifications()
            await settled(app, pilot)
            assert "Who did it?" in screen(app)

    play(journey())


@both_sizes
def test_trying_says_what_moves_and_writes_nothing(workspace: Workspace, size: tuple[int, int]) -> None:
    """Before saving, an edit is tried on the open case and on every scenario; no file changes."""
    file = workspace.rules / "harbour.dl"
    scenario = "scenario: Red Brigade had what few have\ncase: harbour_2030\nof: red_brigade\nbecause: [scarce means]\n"
    (Path.cwd() / "means.scenario.yaml").write_text(scenario, encoding="utf-8")
    good = file.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = rows(app)
            await at_rule(app, pilot, "scarce means")
            await change(app, pilot, "A, means, 10)", "A, motive, 1)")
            await change(app, pilot, "[scarce means]", "[rare means]")
            await press(app, pilot, "ctrl+t")
            await until(app, pilot, lambda: "1 of them differs" in rules_of(app).panel.text, "the scenarios")
            text = rules_of(app).panel.text
            assert "Tried, not saved: rules/harbour.dl" in text
            assert "▼ Red Brigade" in text and " → " in text
            assert "▼ now fails" in text and "means.scenario.yaml" in text
            assert "no rule is called `scarce means`" in text
            assert "Tried, not saved" in screen(app)
            assert file.read_text(encoding="utf-8") == good
            assert rows(app) == before

            await change(app, pilot, "A, motive, 1)", "A, motive, 2)")
            assert "The text has changed since this was tried" in rules_of(app).panel.text

    play(journey())


def test_without_edits_the_scenarios_run_as_the_rules_stand(workspace: Workspace) -> None:
    """Nothing unsaved: trying runs every scenario; without any it says what one is called."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "r", "ctrl+t")
            assert "Nothing is unsaved" in rules_of(app).panel.text
            assert "*.scenario.yaml" in rules_of(app).panel.text

    play(journey())


@both_sizes
def test_a_file_changed_underneath_is_never_overwritten(workspace: Workspace, size: tuple[int, int]) -> None:
    """An edit on disk under unsaved edits is shown beside them; cancelling and leaving keep both as they are."""
    file = workspace.rules / "harbour.dl"
    good = file.read_text(encoding="utf-8")
    theirs = good.replace("A, own_words, 7)", "A, own_words, 6)")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            await change(app, pilot, "A, means, 10)", "A, means, 1)")
            file.write_text(theirs, encoding="utf-8")
            await until(app, pilot, lambda: isinstance(app.screen, AskScreen), "the question")
            shown = screen(app)
            assert "changed on disk" in shown
            assert "-supports(I, perpetrator, A, means, 10)" in shown
            assert "+supports(I, perpetrator, A, means, 1)" in shown
            await press(app, pilot, "escape")
            assert "A, means, 1)" in front(app).text

            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, AskScreen)
            assert file.read_text(encoding="utf-8") == theirs
            await press(app, pilot, "down", "down", "enter")
            assert front(app).text == theirs
            assert not front(app).unsaved

            await press(app, pilot, "ctrl+z")
            assert "A, means, 1)" in front(app).text
            await press(app, pilot, "ctrl+s")
            assert file.read_text(encoding="utf-8") == good.replace("A, means, 10)", "A, means, 1)")

    play(journey())


def test_mine_over_theirs_when_told_so(workspace: Workspace) -> None:
    """Saving over somebody else's change happens only when that is chosen with the difference in sight."""
    file = workspace.rules / "harbour.dl"
    good = file.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            app.watcher.close()
            await at_rule(app, pilot, "scarce means")
            await change(app, pilot, "A, means, 10)", "A, means, 1)")
            file.write_text(good + "% theirs\n", encoding="utf-8")
            await press(app, pilot, "ctrl+s")
            assert "-% theirs" in screen(app)
            await press(app, pilot, "down", "enter")
            assert file.read_text(encoding="utf-8") == good.replace("A, means, 10)", "A, means, 1)")

    play(journey())


def test_a_file_without_edits_follows_the_disk(workspace: Workspace) -> None:
    """What somebody else writes is shown, where nothing would be lost by it."""
    file = workspace.rules / "harbour.dl"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            file.write_text(file.read_text(encoding="utf-8") + "% theirs\n", encoding="utf-8")
            await until(app, pilot, lambda: "% theirs" in front(app).text, "their line")
            assert not front(app).unsaved

    play(journey())


@both_sizes
def test_unsaved_edits_are_asked_about(workspace: Workspace, size: tuple[int, int]) -> None:
    """Leaving the screen or the program with unsaved edits asks; staying is the first answer."""
    file = workspace.rules / "harbour.dl"
    good = file.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            await change(app, pilot, "A, means, 10)", "A, means, 1)")
            await press(app, pilot, "ctrl+q")
            assert "Not saved yet: rules/harbour.dl" in screen(app)
            await press(app, pilot, "enter")
            assert "A, means, 1)" in front(app).text

            await press(app, pilot, "escape", "escape", "escape")
            assert "Not saved yet" in screen(app)
            await press(app, pilot, "down", "down", "enter")
            assert "Who did it?" in screen(app)
            assert file.read_text(encoding="utf-8") == good

    play(journey())


@both_sizes
def test_words_are_offered(workspace: Workspace, size: tuple[int, int]) -> None:
    """While a name is typed the words that fit lie under the cursor: enter takes one, escape none."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            editor = await at_rule(app, pilot, "scarce means")
            editor.move_cursor(editor.document.end)
            await press(app, pilot, "enter", *"claim")
            assert "claimed(" in screen(app)
            assert editor._popup.words[0] == "claimed"
            await press(app, pilot, "enter")
            assert editor.text.endswith("claimed")
            assert editor._popup.words == ()

            await press(app, pilot, "left_parenthesis", "ctrl+space")
            assert editor._popup.words
            await press(app, pilot, "escape")
            assert editor._popup.words == ()
            assert app.focused is editor
            await press(app, pilot, "ctrl+z", "ctrl+y")
            assert editor.text.endswith("claimed(")

    play(journey())


@both_sizes
def test_a_new_rule_from_a_form(workspace: Workspace, size: tuple[int, int]) -> None:
    """Name, kind and sentence become a whole rule below the one in hand; it has no problem, and is not yet saved."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            await press(app, pilot, "ctrl+n")
            await press(app, pilot, *"seized", "enter", "down", "space")
            assert "○▌ supports" in screen(app) and "●▌ opposes" in screen(app)
            await pilot.press("tab")
            await pilot.press("left_curly_bracket", "A", "right_curly_bracket", "space", *"held", "full_stop", "enter")
            await checked(app, pilot)
            text = front(app).text
            head = "supports(I, perpetrator, A, means, 10) :- candidate(I, perpetrator, A), rare_means(I, A).\n\n"
            assert f"{head}%% [seized] {{A}} held.\nopposes(I, perpetrator, A, means, weak) :-\n    cand" in text
            assert app.focused is front(app)
            assert not rules_of(app).checked.problems  # type: ignore[union-attr]
            assert front(app).unsaved
            await press(app, pilot, "ctrl+s")
            assert "perpetrator, A, means, weak) :- candidate(I, perpetrator, A).\n" in front(app).text

    play(journey())


def test_a_new_rule_needs_a_name_of_its_own(workspace: Workspace) -> None:
    """A name that is taken is refused with a word about it."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            await press(app, pilot, "ctrl+n")
            await pilot.press(*"motive", "enter", "tab", "enter")
            await settled(app, pilot)
            assert "There is a rule called motive already." in screen(app)
            await press(app, pilot, "escape")
            assert not front(app).unsaved

    play(journey())


@both_sizes
def test_the_form_of_a_new_rule_is_gone_through_by_enter(workspace: Workspace, size: tuple[int, int]) -> None:
    """Enter takes the kind at the cursor and goes on; what was wrong with a name goes once the name is mended."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await at_rule(app, pilot, "scarce means")
            await press(app, pilot, "ctrl+n", *"no%", "enter", "down", "enter")
            assert "●▌ opposes" in screen(app)
            assert app.focused.id == "new-rule-sentence"
            await press(app, pilot, "enter")
            assert "A name has no brackets, braces or % in it." in screen(app)
            await press(app, pilot, "backspace")
            assert "A name has no brackets" not in screen(app)
            await press(app, pilot, "backspace", "backspace")
            assert "It needs a name." in screen(app)
            await press(app, pilot, *"seized")
            assert "It needs a name." not in screen(app)

    play(journey())


def test_the_next_problem(workspace: Workspace) -> None:
    """F8 goes to the place of a problem, in whatever file it is."""
    other = workspace.rules / "other.dl"
    other.write_text("% first\nmade_up(I) :- used(I, W, Z).\n", encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, SMALL, "harbour_2030") as (app, pilot):
            await press(app, pilot, "r")
            await press(app, pilot, "f8")
            await settled(app, pilot)
            assert front(app).file.path == other
            assert front(app).cursor_location == (1, 14)
            assert app.focused is front(app)

    play(journey())


def test_read_only_rules_say_how_to_get_a_copy(workspace: Workspace) -> None:
    """In a workspace that is not one's own, nothing can be typed, and it says what to do."""
    shipped = Workspace(workspace.rules, workspace.facts, writable=False)

    async def journey() -> None:
        async with opened(shipped) as (app, pilot):
            editor = await at_rule(app, pilot, "scarce means")
            before = editor.text
            await press(app, pilot, "x", "enter", "ctrl+s")
            assert editor.text == before
            assert said(app, "ascribe init DIR")
            assert "read-only" in screen(app)

    play(journey())
