"""The facts of a case: read, found, added, graded otherwise, retracted, each from the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from reasoner.evidence.drafts import FactDraft
from reasoner.evidence.entries import stock_of
from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import open_case
from tests.tui.desk import said
from tests.tui.fact_desk import checked, facts, search, told, type_in
from tests.tui.stage import LARGE, NAMES, SIZES, SMALL, Play, opened, play, press, rows, screen, settled, until
from tui.app import AscribeApp
from tui.fact_fields import Offers, with_field
from tui.screens.ask import AskScreen
from tui.screens.fact_form import FactFormScreen
from tui.screens.facts import FactsScreen
from tui.widgets.fact_form import FieldRow

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)

NOTE = "  # Three facts that only this desk knows of.\n"


@pytest.fixture
def case(workspace: Workspace) -> Path:
    """The made-up case, with comments in it."""
    path = workspace.cases / "harbour_2030.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  - fact: scarce(", NOTE + "  - fact: scarce(")
    path.write_text(
        text.replace("credibility: 3\n    says: A handful", "credibility: 3   # after a call\n    says: A handful")
    )
    return path


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


def test_a_second_report_is_added_and_taken_out(workspace: Workspace, case: Path) -> None:
    """ctrl+n adds a report with the cursor in it, ctrl+t takes the one in hand out."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "parade")
            await press(app, pilot, "enter", "ctrl+n")
            assert "Report 2 of 2" in screen(app)
            await type_in(app, pilot, "courier")
            await press(app, pilot, "enter")
            await type_in(app, pilot, "4")
            await press(app, pilot, "enter", "enter")
            await type_in(app, pilot, "denies")
            await checked(app, pilot, "{source: courier, credibility: 4, polarity: denies}")
            await press(app, pilot, "ctrl+t")
            assert "Report 2 of 2" not in screen(app)
            await checked(app, pilot, "As it stands in the file.")
            await press(app, pilot, "escape")
            assert isinstance(app.screen, FactsScreen)

    play(journey())


@pytest.mark.parametrize(
    ("field", "typed", "taken"),
    [
        ("polarity", "den", "denies"),
        ("polarity", "DENIES", "denies"),
        ("polarity", "A", "affirms"),
        ("polarity", "deny", "deny"),
        ("polarity", "denied", "denied"),
        ("credibility", "7", "7"),
        ("credibility", "0", "0"),
        ("credibility", "B2", "B2"),
        ("credibility", "4", "4"),
    ],
)
def test_enter_takes_what_begins_with_what_is_typed_and_nothing_else(
    workspace: Workspace, case: Path, field: str, typed: str, taken: str
) -> None:
    """In a field of few words a beginning picks its word, in any case; whatever is none stays, and is told as wrong."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            form = app.screen.form
            form.go_to(f"report:0:{field}")
            await settled(app, pilot)
            await type_in(app, pilot, typed)
            await press(app, pilot, "enter")
            assert getattr(form.draft.reports[0], field) == taken
            if taken == typed and taken != "4":
                await checked(app, pilot, "harbour_2030.yaml:")

    play(journey())


@pytest.mark.parametrize(
    ("typed", "basis", "told_then"),
    [("ass", "assumed", "saves this"), ("Giv", "given", "saves this"), ("sure", "reported", "`sure` is no basis")],
)
def test_a_basis_is_picked_by_its_beginning(
    workspace: Workspace, case: Path, typed: str, basis: str, told_then: str
) -> None:
    """A beginning of a basis picks it; a word that is none stays in its field, and is told."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            form = app.screen.form
            form.go_to("standing")
            await settled(app, pilot)
            await type_in(app, pilot, typed)
            await press(app, pilot, "enter")
            assert form.draft.standing == basis
            await checked(app, pilot, told_then)
            await press(app, pilot, "shift+tab")
            assert app.focused.value == (typed if basis == "reported" else basis)

    play(journey())


def test_mistakes_are_told_in_the_reasoners_words(workspace: Workspace, case: Path) -> None:
    """An unknown source and a wrong digit are shown as `ascribe check` shows them, and saving is refused."""
    before = case.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            app.screen.form.go_to("report:0:source")
            await settled(app, pilot)
            await type_in(app, pilot, "curier")
            await checked(app, pilot, "unknown source `curier`")
            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, FactFormScreen)
            assert "did you mean `courier`?" in screen(app)
            app.screen.form.go_to("predicate")
            await settled(app, pilot)
            await type_in(app, pilot, "")
            await checked(app, pilot, "still empty: predicate")
            await press(app, pilot, "escape")
            assert "Leave without saving?" in screen(app)
            await press(app, pilot, "enter")
            assert isinstance(app.screen, FactFormScreen)
            await press(app, pilot, "escape", "down", "enter")
            assert isinstance(app.screen, FactsScreen)

    play(journey())
    assert case.read_text(encoding="utf-8") == before


def test_what_is_only_left_to_fill_in_is_listed_line_by_line(workspace: Workspace, case: Path) -> None:
    """Fields still empty are no mistakes: they stand one beneath the other, and nobody counts them."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await press(app, pilot, "n")
            await type_in(app, pilot, "posse")
            await press(app, pilot, "enter")
            await checked(app, pilot, "still empty: actor")
            assert [line.split(" (")[0] for line in told(app).splitlines()] == [
                "still empty: actor",
                "still empty: capability",
                "still empty: source of report 1",
                "still empty: credibility of report 1",
            ]

    play(journey())


@both_sizes
def test_a_form_that_is_not_saved_goes_to_what_it_lacks(
    workspace: Workspace, case: Path, size: tuple[int, int]
) -> None:
    """Saving an unfinished form says that nothing is saved, and why; the cursor goes to the first field still empty."""
    before = case.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await facts(app, pilot)
            await press(app, pilot, "n")
            await type_in(app, pilot, "posse")
            await press(app, pilot, "enter")
            await type_in(app, pilot, "free h")
            await press(app, pilot, "enter", "tab", "tab", "tab", "tab", "ctrl+s")
            assert said(app, "Not saved. Still empty: capability")
            assert app.screen.form.at_hand.key == "argument:1"
            await type_in(app, pilot, "drone c")
            await press(app, pilot, "enter", "ctrl+s")
            assert said(app, "Not saved. Still empty: source of report 1")
            assert app.screen.form.at_hand.key == "report:0:source"

    play(journey())
    assert case.read_text(encoding="utf-8") == before


def test_a_form_with_a_mistake_says_that_it_is_not_saved(workspace: Workspace, case: Path) -> None:
    """What would leave the case unreadable is not saved, and the reason is said beside that."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            app.screen.form.go_to("report:0:source")
            await settled(app, pilot)
            await type_in(app, pilot, "curier")
            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, FactFormScreen)
            assert said(app, "Not saved. Unknown source `curier`")

    play(journey())


def test_what_the_case_names_itself_is_offered_first(copied: Workspace) -> None:
    """In a form the actors and sources of the case's own file stand before those it shares with other cases."""
    inquiry = open_case("colonial_2021", copied)
    vocabulary, scales = inquiry.base.standards
    offers = Offers(vocabulary, scales, stock_of(copied, "colonial_2021", vocabulary, scales))
    own = (copied.cases / "colonial_2021.yaml").read_text(encoding="utf-8")
    possesses = with_field(FactDraft(), "predicate", "possesses", vocabulary)
    for field in ("argument:0", "report:0:source"):
        offered = [f"\n  {offer.value}:" in own for offer in offers.matching(possesses, field, "")]
        assert True in offered and False in offered
        assert offered == sorted(offered, reverse=True)


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


HOSTILE = ["[/nope]", "[@click=app.bell]x[/]", "it's: {a}", "[type=x, v={'a[0]'}]", "‮ evil ​", "%$!&*?|", "é 😀"]


@both_sizes
def test_hostile_text_in_every_field(workspace: Workspace, case: Path, size: tuple[int, int]) -> None:
    """Whatever is written into whatever field is drawn as it is or refused in words; nothing ends the screen."""
    before = case.read_text(encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            form = app.screen.form
            for place, line in enumerate(list(form.query(Input))):
                line.value = HOSTILE[place % len(HOSTILE)]
                line.focus()
                await pilot.pause()
            await settled(app, pilot)
            app.screen.check()
            await settled(app, pilot)
            assert "\x1b" not in screen(app) and "‮" not in screen(app)
            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, FactFormScreen)

    play(journey())
    assert case.read_text(encoding="utf-8") == before


def test_hostile_words_are_saved_as_they_are(workspace: Workspace, case: Path) -> None:
    """What a source says may be anything visible; it is read back letter by letter and shown harmlessly."""
    says = " ".join(HOSTILE)

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            here = await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            line = next(row for row in app.screen.form.query(FieldRow) if row.field.key == "report:0:says")
            line.query_one(Input).value = says
            await press(app, pilot, "ctrl+s")
            await until(app, pilot, lambda: app.screen is here, "the facts")
            await search(app, pilot, "nope")
            await until(app, pilot, lambda: here.found, "the fact, as it is now")
            assert here.found[0].stated.statement.reports[0].says == says
            assert "‮" not in screen(app)
            assert "\\u202e evil" in here.note.text

    play(journey())


def test_what_is_typed_ahead_lands_in_the_form(workspace: Workspace, case: Path) -> None:
    """However fast one types, no key is lost: not between two screens, nor while a form lays itself out."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            for key in ("f", "n", *"scarce", "enter", *"drone"):
                app.simulate_key(key)
            await until(app, pilot, lambda: isinstance(app.screen, FactFormScreen), "the form")
            await until(app, pilot, lambda: app.screen.form.draft.arguments, "the second field")
            await settled(app, pilot)
            assert app.screen.form.draft.predicate == "scarce"
            assert app.focused.value == "drone"

    play(journey())


def test_what_is_typed_while_a_fact_is_saved_waits_for_what_comes(workspace: Workspace, case: Path) -> None:
    """From the key that saves until the form is closed no letter is lost, and none is taken for something else."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            before = app.screen
            before.form.go_to("report:0:says")
            await settled(app, pilot)
            await type_in(app, pilot, "few")
            for key in ("ctrl+s", "n", *"considered"):
                app.simulate_key(key)
            await until(
                app, pilot, lambda: isinstance(app.screen, FactFormScreen) and app.screen is not before, "the new form"
            )
            assert app.screen.form.at_hand.key == "predicate"
            assert app.focused.value == "considered"

    play(journey())
    assert "says: few\n" in case.read_text(encoding="utf-8")


def test_what_is_typed_while_a_save_is_refused_goes_into_the_form(workspace: Workspace, case: Path) -> None:
    """Where nothing is saved, the letters typed meanwhile are in the form once that is said."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await facts(app, pilot)
            await search(app, pilot, "handful")
            await press(app, pilot, "enter")
            form = app.screen.form
            form.go_to("report:0:source")
            await settled(app, pilot)
            await type_in(app, pilot, "curie")
            for key in ("ctrl+s", "r"):
                app.simulate_key(key)
            await until(app, pilot, lambda: said(app, "Not saved. Unknown source `curie`"), "that it is not saved")
            assert app.focused.value == "curier"

    play(journey())


@both_sizes
def test_a_sentence_that_is_cut_says_so(workspace: Workspace, size: tuple[int, int]) -> None:
    """In the list of facts a sentence too long for the line ends with an ellipsis, and the note has all of it."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "f")
            rows = [line.split("┃")[1] for line in screen(app).split("\n") if line.startswith("┃ ")]
            long = [row.rstrip() for row in rows if "Drone attack on the fuel depot" in row]
            assert long
            assert all(row.endswith(("…", ".")) for row in long)

    play(journey())
