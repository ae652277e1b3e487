"""What is shown can be given away from anywhere: as text, Markdown, JSON or a picture, in a file or copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.cli import cli
from reasoner.evidence.workspace import Workspace
from tests.tui.stage import NAMES, SIZES, SMALL, Play, opened, play, press, screen, settled, until, write
from tui.app import AscribeApp
from tui.questions import QUESTIONS, Asking
from tui.screens.export import ExportScreen
from tui.views import View, view_of

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)

LEADER = "red_brigade"


def printed(*arguments: str) -> str:
    """What the command prints on a page of 100 columns."""
    done = CliRunner(env={"COLUMNS": "100"}).invoke(cli, arguments, catch_exceptions=False)
    assert 0 == done.exit_code
    return done.stdout


def told(app: AscribeApp) -> str:
    """The screen without what breaks lines."""
    return "".join(line.strip(" ▌┃") for line in screen(app).splitlines())


async def exported(app: AscribeApp, pilot: Play, downs: int, key: str = "x") -> str:
    """Export in the form so many lines down; the text of the one new file."""
    before = set(Path().iterdir())
    await press(app, pilot, key, *["down"] * downs, "enter")
    (new,) = set(Path().iterdir()) - before
    assert str(new) in told(app)
    return new.read_text(encoding="utf-8")


@both_sizes
def test_the_case_becomes_a_file(workspace: Workspace, size: tuple[int, int]) -> None:
    """Two keys write the ranking and the reasons as the commands print them, and say where."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "x")
            assert isinstance(app.screen, ExportScreen)
            shown = screen(app)
            for word in ("Export the ranking, and why", "Text", "Markdown", "JSON", "Picture", "c copies it"):
                assert word in shown
            name = app.screen.name_line.value
            assert name == f"harbour_2030-perpetrator-why-{app.case_screen.actor}.txt"
            assert name in shown
            await press(app, pilot, "enter")
            assert app.screen is app.case_screen
            text = Path(name).read_text(encoding="utf-8")
            assert text == printed("rank", "harbour_2030") + "\n" + printed("why", "harbour_2030")
            assert "Written: " in screen(app)

    play(journey())


def test_every_tab_is_exported_as_its_command_prints_it(workspace: Workspace) -> None:
    """Beneath the ranking stands the tab's answer, in Markdown and in JSON."""

    async def journey() -> dict[str, tuple[list[str], View]]:
        found = {}
        async with opened(workspace) as (app, pilot):
            for key, question in enumerate(QUESTIONS, start=2):
                verb = question.id.replace("_", "-")
                if verb not in ("what-if", "linchpins"):  # the one needs changes, the other takes long
                    await press(app, pilot, str(key))
                    view = view_of(app)
                    assert view is not None
                    found[verb] = _arguments(app, verb), view
        return found

    rank = printed("rank", "harbour_2030", "--markdown")
    for verb, (arguments, view) in play(journey()).items():
        assert view.name == "-".join(["harbour_2030-perpetrator", verb, *([LEADER] if len(arguments) > 2 else [])])
        assert view.markdown() == rank + "\n" + printed(*arguments, "--markdown"), verb
        value = json.loads(view.json())
        assert value["rank"]["case"] == "harbour_2030"
        assert value[verb.replace("-", "_")] == json.loads(printed(*arguments, "--json")), verb


def _arguments(app: AscribeApp, verb: str) -> list[str]:
    """The command that answers what the tab does."""
    assert app.dossier is not None
    asking = Asking(app.dossier.inquiry, app.case_screen.role, app.case_screen.actor)
    about = {
        "why-not": [str(asking.rival), "--against", asking.ahead],
        "compare": [asking.ahead, str(asking.rival)],
        "sources": ["--of", asking.actor],
    }
    return [verb, "harbour_2030", *about.get(verb, [])]


def test_what_is_only_supposed_is_said(workspace: Workspace) -> None:
    """A ranking under changes says so before anything else, in each form."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "4")
            await write(pilot, "rule off means")
            await press(app, pilot, "enter", "escape")
            await until(app, pilot, lambda: app.dossier and app.dossier.inquiry.plain, "the changed ranking")
            assert (await exported(app, pilot, 0)).startswith("Only supposed: rule off means.\n")
            assert "Only supposed: rule off means." in await exported(app, pilot, 1)
            assert json.loads(await exported(app, pilot, 2))["rank"]["supposed"] == ["rule off means"]

    play(journey())


def test_the_facts_found_become_a_file(workspace: Workspace) -> None:
    """Among the facts `x` exports those that are listed, with their reports; it retracts nothing."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "f", "slash", *"accident", "enter")
            text = await exported(app, pilot, 0)
            assert "1 fact found by “accident”." in text
            assert "B2 −C4" in text and "denies it" in text
            (fact,) = json.loads(await exported(app, pilot, 2))["facts"]
            assert fact["fact"] == "used(harbour_2030, armed_drone)"
            assert [report["polarity"] for report in fact["reports"]] == ["affirms", "denies"]
            assert app.screen.id == "facts" and len(app.screen.rows) == 27

    play(journey())


def test_a_picture_is_of_the_screen(workspace: Workspace) -> None:
    """It is the screen as it was when asked, without the dialog, and names nothing outside itself."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            drawn = await exported(app, pilot, 3)
            assert drawn.startswith("<svg")
            assert "Red&#160;Brigade" in drawn
            assert "Picture" not in drawn
            assert "url(http" not in drawn

    play(journey())


@both_sizes
def test_nothing_is_written_over_unasked(workspace: Workspace, size: tuple[int, int]) -> None:
    """A proposed name is free; a name typed that is taken is asked about, with a key of its own, and only that file."""
    taken = Path("mine.txt")

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            first = await exported(app, pilot, 0)
            assert first == await exported(app, pilot, 0)
            assert 2 == len(list(Path().glob("harbour_2030-*.txt")))
            taken.write_text("mine", encoding="utf-8")
            await press(app, pilot, "x", "tab")
            assert isinstance(app.screen, ExportScreen)
            app.screen.name_line.value = "mine.txt"
            await press(app, pilot, "enter")
            assert "mine.txt is there already" in app.screen.said.replace("\n", "")
            assert "ctrl+o writes over it" in " ".join(screen(app).replace("┃", "").split())
            await press(app, pilot, "enter")
            assert "mine" == taken.read_text(encoding="utf-8")
            taken.write_text("changed", encoding="utf-8")
            await press(app, pilot, "ctrl+o")
            assert "changed since it was read" in app.screen.said
            assert "changed" == taken.read_text(encoding="utf-8")
            await press(app, pilot, "enter", "ctrl+o")
            assert first == taken.read_text(encoding="utf-8")
            assert ["mine.txt"] == [path.name for path in Path().glob("*mine*")]

    play(journey())


def test_a_name_that_cannot_be_is_explained(workspace: Workspace) -> None:
    """The dialog stays, with a sentence, and nothing is written."""
    names = ("", "no/such/folder/a.txt", "~nobody-of-that-name/a.txt", "a" * 300, "/dev/null", "rules/harbour.dl/a.txt")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "x", "tab")
            before = sorted(Path().rglob("*"))
            for name in names:
                assert isinstance(app.screen, ExportScreen)
                app.screen.name_line.value = name
                await press(app, pilot, "enter")
                assert isinstance(app.screen, ExportScreen), name
                assert any(word in app.screen.said for word in ("cannot be", "Give it", "no file")), name
            assert before == sorted(Path().rglob("*"))

    play(journey())


def test_a_copy_is_sent_to_the_terminal(workspace: Workspace) -> None:
    """It says that it was sent, which is all that can be known; a picture is not copied."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "x", "down", "c")
            assert "Sent to the terminal" in screen(app)
            assert app.clipboard.startswith("# Drone attack on the fuel depot")
            await press(app, pilot, "x", "down", "down", "down", "c")
            assert isinstance(app.screen, ExportScreen)
            assert "not copied" in app.screen.said

    play(journey())


def test_from_rules_queries_and_problems(workspace: Workspace) -> None:
    """Each screen exports what it shows; where one types, f4 does it."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "r")
            rules = await exported(app, pilot, 1)
            assert "## harbour.dl" in rules
            assert "rare_means(I, A) :- needs(I, C), scarce(C), possesses(A, C)." in rules
            await press(app, pilot, "escape", "colon")
            await write(pilot, "scarce(C)")
            await press(app, pilot, "enter")
            answers = json.loads(await exported(app, pilot, 2, key="f4"))
            assert answers == json.loads(printed("query", "scarce(C)", "--case", "harbour_2030", "--json"))
            await press(app, pilot, "escape")

            rule_file = workspace.rules / "harbour.dl"
            good = rule_file.read_text(encoding="utf-8")
            rule_file.write_text(good.replace("scarce(C), possesses", "scarse(C), possesses", 1), encoding="utf-8")
            await until(app, pilot, lambda: app.found_problems, "the problem")
            await press(app, pilot, "p")
            assert "unknown predicate `scarse`" in await exported(app, pilot, 0)

    play(journey())


def test_before_anything_is_shown_there_is_nothing_to_export(workspace: Workspace) -> None:
    """It says so."""
    (workspace.cases / "harbour_2030.yaml").unlink()

    async def journey() -> None:
        app = AscribeApp(workspace)
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await settled(app, pilot)
            assert "Keys" in screen(app)
            assert "Export" not in screen(app)
            await press(app, pilot, "question_mark", *"export")
            assert "nothing here to export" in screen(app)

    play(journey())
