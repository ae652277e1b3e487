"""A fact as a form: what is offered, what enter takes, what is refused, and what becomes of letters typed ahead."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from reasoner.evidence.drafts import FactDraft
from reasoner.evidence.entries import stock_of
from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import open_case
from tests.tui.desk import said
from tests.tui.fact_desk import checked, facts, search, told, type_in
from tests.tui.stage import NAMES, SIZES, SMALL, opened, play, press, screen, settled, until
from tui.fact_fields import Offers, with_field
from tui.screens.fact_form import FactFormScreen
from tui.screens.facts import FactsScreen
from tui.widgets.fact_form import FieldRow

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


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
