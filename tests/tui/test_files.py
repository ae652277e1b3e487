"""Rule and fact files that break, are mended, change on disk, or are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.changes import Changes
from tests.tui.stage import NAMES, SIZES, SMALL, opened, play, press, rows, screen, settled, until
from tui.app import AscribeApp
from tui.messages import ChangesTyped
from tui.screens.problems import ProblemsScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


def break_off(file: Path) -> str:
    """Misspell a predicate in a file; what it was before."""
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("scarce(C), possesses(A, C)", "scarse(C), possesses(A, C)", 1), encoding="utf-8")
    return good


@both_sizes
def test_a_broken_rule_file_loses_nothing(workspace: Workspace, size: tuple[int, int]) -> None:
    """What is wrong is shown with its place, the last good ranking stays, and once mended it says what moved."""
    rule_file = workspace.rules / "harbour.dl"

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = rows(app)
            good = break_off(rule_file)
            await until(app, pilot, lambda: app.found_problems, "the problem")
            assert rows(app) == before
            shown = screen(app)
            assert "1 problem in the files; below, the last good ranking" in shown
            assert "harbour.dl" in shown
            assert "unknown predicate `scarse`" in shown

            await press(app, pilot, "p")
            assert isinstance(app.screen, ProblemsScreen)
            assert "^^^^^^" in screen(app)
            assert "did you mean" in screen(app)
            await press(app, pilot, "escape")

            rule_file.write_text(good.replace("A, means, 10)", "A, means, 1)", 1), encoding="utf-8")
            await until(app, pilot, lambda: not app.found_problems, "the mended ranking")
            await until(app, pilot, lambda: "changed:" in screen(app), "what moved")
            assert rows(app) != before
            assert "▼ Red Brigade" in screen(app)
            assert " → " in screen(app)
            assert any("▼" in row for row in rows(app))

            await press(app, pilot, "escape")
            assert "changed:" not in screen(app)
            assert not any("▼" in row for row in rows(app))

    play(journey())


def test_a_changed_fact_is_noticed(workspace: Workspace) -> None:
    """A fact file saved by somebody else moves the ranking, and the screen says which file it was."""
    case = workspace.cases / "harbour_2030.yaml"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            before = rows(app)
            text = case.read_text(encoding="utf-8")
            case.write_text(text[: text.index("  - fact: claimed(")] + text[text.index("  - fact: hostile_to(") :])
            await until(app, pilot, lambda: rows(app) != before, "the new ranking")
            assert "harbour_2030.yaml changed: " in screen(app)

    play(journey())


def test_a_change_on_disk_takes_away_only_what_it_makes_impossible(workspace: Workspace) -> None:
    """Of what is supposed, what the files no longer have is dropped and said; the rest stays supposed, and shown."""
    case = workspace.cases / "harbour_2030.yaml"

    async def journey() -> None:
        async with opened(workspace, toasts=True) as (app, pilot):
            app.post_message(ChangesTyped("retract hostile_to(northern_league, ensa); rule off presence"))
            await until(app, pilot, lambda: "2 changes" in screen(app), "both")
            text = case.read_text(encoding="utf-8")
            place = text.index("  - fact: hostile_to(")
            case.write_text(text[:place] + text[text.index("  - fact: platform(") :], encoding="utf-8")
            await until(app, pilot, lambda: said(app, "is supposed no more: retract hostile_to"), "word of it")
            await settled(app, pilot)
            assert app.supposing.now == Changes(rule_off=("presence",))
            assert "1 change" in screen(app)
            assert app.dossier is not None and app.dossier.inquiry.changes == app.supposing.now

    play(journey())


def test_a_new_case_appears(workspace: Workspace) -> None:
    """A case file that is added while the screen is open comes into the list."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            text = (workspace.cases / "harbour_2030.yaml").read_text(encoding="utf-8")
            (workspace.cases / "harbour_2031.yaml").write_text(text.replace("harbour_2030", "harbour_2031"))
            await until(app, pilot, lambda: len(app.case_screen.cases.cases) == 2, "the new case")
            assert "harbour_2031" in screen(app)

    play(journey())


@both_sizes
def test_a_broken_file_leaves_an_answer_its_room(workspace: Workspace, size: tuple[int, int]) -> None:
    """Beside an answer there is no note, with a problem in the files or without."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "6")
            assert not app.case_screen.query_one("#detail").display
            break_off(workspace.rules / "harbour.dl")
            await until(app, pilot, lambda: app.found_problems, "the problem")
            assert not app.case_screen.query_one("#detail").display

    play(journey())


def test_a_case_broken_from_the_start_shows_its_problems_alone(workspace: Workspace) -> None:
    """Without any good ranking the problems have the screen, and mending the file brings the ranking."""
    case = workspace.cases / "harbour_2030.yaml"
    good = case.read_text(encoding="utf-8")
    case.write_text(good.replace("credibility: 1", "credibility: eleven", 1), encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            shown = screen(app)
            assert "harbour_2030.yaml:" in shown
            assert "eleven" in shown
            assert "Hypothesis" not in shown
            case.write_text(good, encoding="utf-8")
            await until(app, pilot, lambda: rows(app), "the ranking")
            assert "Northern League groups" in screen(app)
            assert not app.found_problems

    play(journey())


@both_sizes
def test_a_case_whose_file_is_gone_says_so(workspace: Workspace, size: tuple[int, int]) -> None:
    """The last good ranking stays; nothing is offered that would open the file, and another case is chosen at once."""
    first = workspace.cases / "harbour_2030.yaml"
    second = workspace.cases / "harbour_2031.yaml"
    second.write_text(first.read_text(encoding="utf-8").replace("harbour_2030", "harbour_2031"), encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, size, "harbour_2031") as (app, pilot):
            before = rows(app)
            second.unlink()
            await until(app, pilot, lambda: app.found_problems, "the problem")
            shown = screen(app)
            assert rows(app) == before
            assert "harbour_2031.yaml` is gone" in shown
            assert "did you mean" not in shown and "open the place" not in shown
            await press(app, pilot, "c")
            assert app.case_screen.cases.chosen == "harbour_2030"
            await press(app, pilot, "enter")
            assert app.case == "harbour_2030" and not app.found_problems

    play(journey())


def test_an_unknown_case_is_said(workspace: Workspace) -> None:
    """Opening a case that isn't there says so, and names what there is."""

    async def journey() -> None:
        async with opened(workspace, case="harbor_2030") as (app, _):
            assert "unknown case `harbor_2030`" in screen(app)
            assert "harbour_2030" in screen(app)

    play(journey())


def test_an_empty_workspace_says_what_to_do(workspace: Workspace) -> None:
    """Without a case the screen names the command that writes one, and shows it once it is there."""
    case = workspace.cases / "harbour_2030.yaml"
    text = case.read_text(encoding="utf-8")
    case.unlink()

    async def journey() -> None:
        async with opened(workspace, SMALL, None) as (app, pilot):
            assert "ascribe new CASE" in screen(app)
            case.write_text(text, encoding="utf-8")
            await until(app, pilot, lambda: rows(app), "the ranking")
            assert app.case == "harbour_2030"

    play(journey())


def test_a_case_without_candidates_says_what_to_report(workspace: Workspace) -> None:
    """Where no rule makes anybody a candidate, the screen says which fact would."""
    text = (workspace.cases / "harbour_2030.yaml").read_text(encoding="utf-8")
    head = text[: text.index("  - fact: target(")]
    (workspace.cases / "harbour_2030.yaml").write_text(head, encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, _):
            assert "No rule makes anybody a candidate here." in screen(app)
            assert "considered(ACTOR, harbour_2030)" in screen(app)
            assert not app.found_problems

    play(journey())


def test_no_reasons_of_another_case_are_announced(workspace: Workspace) -> None:
    """Where a case without candidates is opened after another, nothing on the screen is still about that one."""
    text = (workspace.cases / "harbour_2030.yaml").read_text(encoding="utf-8")
    bare = text[: text.index("  - fact: target(")].replace("harbour_2030", "harbour_2031")

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            assert "Why Red Brigade" in str(app.case_screen.chain.border_title)
            (workspace.cases / "harbour_2031.yaml").write_text(bare, encoding="utf-8")
            app.open_case("harbour_2031")
            await until(app, pilot, lambda: "No rule makes anybody" in screen(app), "the bare case")
            assert str(app.case_screen.chain.border_title) == "Why"

    play(journey())


def test_an_empty_workspace_offers_only_what_can_be_done(workspace: Workspace) -> None:
    """The footer leaves out what needs a case until there is one."""
    case = workspace.cases / "harbour_2030.yaml"
    text = case.read_text(encoding="utf-8")
    case.unlink()

    async def journey() -> None:
        async with opened(workspace, SMALL, None) as (app, pilot):
            footer = screen(app).splitlines()[-1]
            assert "Keys" in footer and "Quit" in footer
            assert not any(title in footer for title in ("Why", "Fold", "Cases", "Edit", "Query", "Rules"))
            case.write_text(text, encoding="utf-8")
            await until(app, pilot, lambda: rows(app), "the ranking")
            footer = screen(app).splitlines()[-1]
            assert all(title in footer for title in ("Why", "Cases", "Facts", "Rules", "Keys", "Quit"))

    play(journey())


def test_open_lines_stay_open_when_the_ranking_is_redone(workspace: Workspace) -> None:
    """A reader in the middle of a chain is not thrown out of it by a save."""
    rule_file = workspace.rules / "harbour.dl"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter", "right", "down")
            tree = app.case_screen.chain
            chosen = tree.chosen
            assert chosen is not None and chosen.depth == 1
            text = rule_file.read_text(encoding="utf-8")
            rule_file.write_text(text.replace("A, means, 10)", "A, means, 9)", 1), encoding="utf-8")
            await until(app, pilot, lambda: "changed:" in screen(app), "the new ranking")
            await settled(app, pilot)
            assert tree.chosen is not None
            assert tree.chosen.path == chosen.path
            assert tree.has_focus

    play(journey())


def test_shipped_files_are_not_edited(workspace: Workspace) -> None:
    """In a read-only workspace `e` says how to get one's own copy instead of opening the installed file."""
    shipped = Workspace(workspace.rules, workspace.facts, writable=False)

    async def journey() -> None:
        async with opened(shipped) as (app, pilot):
            await press(app, pilot, "e")
            assert any("ascribe init DIR" in str(notice.message) for notice in app._notifications)

    play(journey())


def said(app: AscribeApp, text: str) -> bool:
    """Whether something is being said in passing just now."""
    return any(text in str(notice.message) for notice in app._notifications)


def test_the_rules_follow_the_files(workspace: Workspace) -> None:
    """With the rules in front, a save shows the rule as it is now, and what came of it is said in passing."""
    rule_file = workspace.rules / "harbour.dl"

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter", "r")
            good = rule_file.read_text(encoding="utf-8")
            rule_file.write_text(good.replace("A, own_words, 7)", "A, own_words, 1)"), encoding="utf-8")
            await until(app, pilot, lambda: said(app, "The ranking is redone"), "word of the new ranking")
            await until(app, pilot, lambda: "A, own_words, 1)" in screen(app), "the rule as it is now")
            rule_file.write_text(good.replace("A, own_words, 7)", "A, own_wards, 7)"), encoding="utf-8")
            await until(app, pilot, lambda: said(app, "1 problem in the files"), "word of the problem")
            assert app.found_problems
            assert "A, own_wards, 7)" in screen(app)
            await until(app, pilot, lambda: "did you mean `own_words`?" in screen(app), "the problem's text")

    play(journey())
