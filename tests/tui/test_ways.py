"""Finding one's way: the palette, letters to jump by, back and forward, and leads from what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input, OptionList

from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import open_case
from tests.hostile.hostile_case import hostile_base
from tests.hostile.walking import check
from tests.tui.stage import LARGE, SMALL, Play, opened, play, press, screen, settled, until
from tui.app import AscribeApp
from tui.doing import SOUGHT
from tui.finding import closeness
from tui.history import Spot, Trail
from tui.messages import CaseOpened
from tui.screens.jump import LETTERS, JumpScreen, targets


async def pick(app: AscribeApp, pilot: Play, text: str, about: str) -> None:
    """Find something in the palette, and choose the first of what it is said to be."""
    await pilot.press("ctrl+p")
    app.screen.query_one(Input).value = text

    def place() -> int | None:
        if not all(worker.is_finished for worker in app.workers):
            return None
        found = app.screen.query_one(OptionList).options
        return next((n for n, option in enumerate(found) if about in str(option.prompt)), None)

    await until(app, pilot, lambda: place() is not None, f"{text}: {about}")
    await pilot.press(*["down"] * (place() or 0), "enter")


def test_the_palette_says_what_it_finds(workspace: Workspace) -> None:
    """Before anything is typed, its line names all that can be found; the key that opens it opens no second one."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await pilot.press("ctrl+p", "ctrl+p")
            assert app.screen.query_one(Input).placeholder == SOUGHT
            await press(app, pilot, "escape")
            assert app.screen is app.case_screen

    play(journey())


def test_the_palette_finds_everything(workspace: Workspace) -> None:
    """An action, a hypothesis of any question, a fact in its list and in the reasoning, a rule, a case, a source.

    Of a fact that is no entry of its own stands the note, with its file; from there, too, one can go back.
    """

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            main = app.case_screen

            def chosen() -> str:
                entry = main.chain.chosen
                return entry.node.atom.partition(",")[0] if main.chain.has_focus and entry and entry.node else ""

            for text, about, there in (
                ("sarn", "Who stood behind it?", lambda: (main.role, main.actor) == ("sponsor", "sarn")),
                ("red brig", "Who did it?", lambda: main.ranking.chosen.actor == "red_brigade"),
                (
                    "accident",
                    "Fact ",
                    lambda: getattr(app.facts_screen, "chosen_atom", "") == "used(harbour_2030, armed_drone)",
                ),
                (
                    "weapon",
                    "Fact is_a(armed_drone",
                    lambda: (
                        "Note on a fact that is not in the list" in screen(app)
                        and "harbour_2030.yaml:13" in screen(app)
                    ),
                ),
                ("scarce means", "Rule", lambda: getattr(app.rules_screen, "chosen_rule", "") == "scarce means"),
                ("armed", "In the reasoning about Red Brigade", lambda: chosen() == "possesses(red_brigade"),
                (
                    "drell",
                    "Source drell_s",
                    lambda: (
                        main.sources.has_focus
                        and main.sources.chosen
                        and main.sources.chosen.value.source.id == "drell_s"
                    ),
                ),
                ("matrix", "bears on", lambda: main.tabs.active == "matrix"),
            ):
                await pick(app, pilot, text, about)
                await until(app, pilot, there, text)
                if text == "weapon":
                    assert app.facts_screen.chosen_atom == "is_a(armed_drone, weapon)"
                    await press(app, pilot, "enter")
                    assert any("no entry of its own" in str(notice.message) for notice in app._notifications)
                    await press(app, pilot, "ctrl+o")
                    assert app.facts_screen.chosen_atom == "used(harbour_2030, armed_drone)"
                    await press(app, pilot, "ctrl+f", "down")
                    assert app.facts_screen.chosen is not None

    play(journey())


@pytest.mark.parametrize(
    ("wanted", "name", "about", "found"),
    [
        ("red", "Red Brigade", "", {0, 1, 2}),
        ("brig red", "Red Brigade", "", {0, 1, 2, 4, 5, 6, 7}),
        ("brg", "Red Brigade", "", {4, 5, 7}),
        ("hypothesis", "Red Brigade", "Hypothesis", set()),
        ("moham", "enemy of the framed", "", None),
        ("", "anything", "", None),
        ("ı", "İ", "ß", None),
    ],
)
def test_things_are_found_by_words_and_letters(wanted: str, name: str, about: str, found: set[int] | None) -> None:
    """Each word stands in the name or in what is said of it, or its letters do, near each other from a word's start."""
    grade, marks = closeness(wanted, name, about)
    assert (grade > 0) == (found is not None)
    assert set(marks) == (found or set())


def test_a_letter_leads_to_every_pane_and_tab(workspace: Workspace) -> None:
    """Whatever takes the focus and every tab has a letter, on each screen; pressed, it leads there; escape stays."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):

            async def jump(to: str) -> None:
                number = [target.to for target in targets(app.screen)].index(to)
                await press(app, pilot, "ctrl+g", LETTERS[number])

            main = app.case_screen
            await press(app, pilot, "g")
            assert isinstance(app.screen, JumpScreen)
            await press(app, pilot, "escape")
            letter = LETTERS[[target.to for target in targets(main)].index("why")]
            await press(app, pilot, "g")
            assert any(f"{letter}{tab}" in screen(app) for tab in (" Why", "1 Why", "1Why", "Why"))
            await press(app, pilot, "escape")
            assert app.screen is main and main.ranking.has_focus
            for pane in ("detail", "chain", "ranking"):
                await jump(pane)
                assert app.focused.id == pane
            await jump("sponsor")
            assert main.role == "sponsor"
            await jump("matrix")
            assert main.tabs.active == "matrix"
            await press(app, pilot, "r")
            await jump("problems")
            assert app.screen.panel.shown == "problems"
            await press(app, pilot, "escape", "f")
            for pane in ("facts-note", "facts-list"):
                await jump(pane)
                assert app.focused.id == pane

    play(journey())


def test_a_trail_is_walked_as_in_a_browser() -> None:
    """Going through a list leaves one place; what was acted upon stays; going elsewhere forgets what lay ahead."""
    one, two, three, four = (Spot("case", "role", name, "why") for name in ("one", "two", "three", "four"))
    facts = Spot("case", "role", "three", "why", "facts", "fact")
    trail = Trail().visited(one).visited(two).visited(three)
    assert trail.spots == (one, three)
    trail = trail.settled().visited(four).visited(facts)
    assert trail.spots == (one, three, four, facts)
    assert (trail.before, trail.after) == (four, None)
    back = trail.moved(-1).moved(-1)
    assert (back.here, back.after) == (three, four)
    assert back.visited(two).spots == (one, three, two)
    assert back.visited(three) == back
    assert len(Trail(tuple(Spot(str(n)) for n in range(200)), 199).visited(one).spots) == 200


def test_back_and_forward_lead_where_one_was(workspace: Workspace) -> None:
    """Over hypothesis, question, tab, facts at a fact, rules at a rule, and another case; both keys do it."""
    second = (workspace.cases / "harbour_2030.yaml").read_text(encoding="utf-8").replace("harbour_2030", "harbour_2031")
    (workspace.cases / "harbour_2031.yaml").write_text(second, encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "ctrl+o")
            assert any("nothing to go back to" in str(notice.message) for notice in app._notifications)
            await press(app, pilot, "down", "enter", "right_square_bracket", "7", "f", "escape", "r")
            app.go_to(Spot("harbour_2031"))
            await until(app, pilot, lambda: app.spot and app.spot.case == "harbour_2031", "the other case")
            been = list(app.trail.spots)
            assert {spot.screen for spot in been} == {"case", "facts", "rules"}
            assert {spot.tab for spot in been} == {"why", "matrix"}
            assert {spot.role for spot in been} == {"perpetrator", "sponsor"}
            for key, walk in (("ctrl+o", been[-2::-1]), ("alt+right", been[1:3])):
                for spot in walk:
                    await pilot.press(key)
                    await until(app, pilot, lambda spot=spot: app.spot == spot, str(spot))

    play(journey())


def test_back_leads_to_the_reasons_of_an_answer(workspace: Workspace) -> None:
    """What an answer rests on is a place like any other: one comes back to it, and from it to what was before.

    Whoever goes to the reasoning of a hypothesis finds the hypothesis's there.
    """
    asked = "possesses(red_brigade, W)"

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            chain = app.case_screen.chain
            await press(app, pilot, "down", "enter", "colon")
            app.screen.query_one(Input).value = asked
            await press(app, pilot, "enter", "tab", "enter")
            await until(app, pilot, lambda: chain.shows_proof, "the reasons")
            proof = app.spot.proof
            assert proof and proof.text == asked
            await press(app, pilot, "7", "right_square_bracket", "f")
            for key, there in (
                ("ctrl+o", lambda: app.spot.role == "sponsor" and app.screen is app.case_screen),
                ("ctrl+o", lambda: app.spot.tab == "matrix" and app.spot.role == "perpetrator"),
                ("ctrl+o", lambda: app.spot.proof == proof),
                ("ctrl+o", lambda: app.spot.tab == "why" and not chain.shows_proof),
                ("ctrl+f", lambda: app.spot.proof == proof and chain.has_focus),
                ("ctrl+f", lambda: app.spot.tab == "matrix"),
            ):
                await pilot.press(key)
                await until(app, pilot, there, key)
            await pick(app, pilot, "red brig", "Who did it?")
            await until(app, pilot, lambda: app.spot.tab == "why" and not chain.shows_proof, "the hypothesis")

    play(journey())


def test_hostile_names_are_found_and_harmless(workspace: Workspace) -> None:
    """Whatever the case's names and sentences hold, they are offered as text, underlined where they match."""

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            inquiry = open_case("harbour_2030", workspace)
            app.on_case_opened(
                CaseOpened(app.runs._newest["open"], replace(inquiry, facts_base=hostile_base(inquiry.facts_base)))
            )
            await settled(app, pilot)
            await pilot.press("ctrl+p")
            for typed in ("e", "click", "hypothesis", "fact", "reasoning"):
                app.screen.query_one(Input).value = typed
                await until(app, pilot, lambda: all(worker.is_finished for worker in app.workers), typed)
                assert app.screen.query_one(OptionList).option_count > 1
                check(app)
            await press(app, pilot, "enter")
            check(app)
            assert app.screen is not None and app.is_running

    play(journey())
