"""The lines of an answer lead on: to facts, rules, sources and hypotheses, and back; and they can be left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.geometry import Offset

from reasoner.assessment.words import percent
from reasoner.evidence.workspace import Workspace
from reasoner.exchange.page import Lead
from tests.tui.stage import LARGE, NAMES, SIZES, SMALL, Play, bar, opened, play, press, rows, screen, settled, until
from tests.tui.test_journeys import click, run
from tests.tui.test_supposing import standing
from tui.app import AscribeApp
from tui.dossier import Place
from tui.screens.ask import AskScreen

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


async def down_to(app: AscribeApp, pilot: Play, wanted: Callable[[tuple[Lead, ...]], bool]) -> tuple[Lead, ...]:
    """Go down an answer to the first line that leads where one wants."""
    for _ in range(80):
        if wanted(app.case_screen.leads):
            return app.case_screen.leads
        await press(app, pilot, "down")
    raise AssertionError(f"no line leads there:\n{screen(app)}")


def one(kind: str) -> Callable[[tuple[Lead, ...]], bool]:
    """To one thing of a kind, and nowhere else."""
    return lambda leads: [lead.kind for lead in leads] == [kind]


def also(kind: str) -> Callable[[tuple[Lead, ...]], bool]:
    """To something of a kind, and elsewhere."""
    return lambda leads: len(leads) > 1 and kind in [lead.kind for lead in leads]


async def choose(app: AscribeApp, pilot: Play, kind: str, text: str) -> None:
    """Choose the first of a kind where a line leads to several."""
    assert isinstance(app.screen, AskScreen) and text in screen(app)
    kinds = [lead.kind for lead in app.case_screen.leads if lead.kind != "finding"]
    await press(app, pilot, *["down"] * kinds.index(kind), "enter")


def marked(app: AscribeApp) -> str:
    """The lines on the screen that bear the cursor's mark."""
    return " ".join(line.partition("▌")[2].strip(" ┃│▁▂▃▄▅▆▇") for line in screen(app).splitlines() if "▌" in line)


@both_sizes
def test_from_linchpins_to_a_fact_and_back(workspace: Workspace, size: tuple[int, int]) -> None:
    """The bottom line says where enter leads; back is on the line where one was, which shows without colour."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "6")
            assert "What does it hang on?" in screen(app) and "enter To the hypothesis" in bar(app)
            (fact,) = await down_to(app, pilot, one("fact"))
            said = marked(app)
            assert "enter To the fact" in bar(app) and "Without" not in said and "“" in said
            await press(app, pilot, "enter")
            chosen = app.case_screen.chain.chosen
            assert app.case_screen.chain.has_focus and chosen and chosen.node and chosen.node.atom == fact.name
            await press(app, pilot, "ctrl+o")
            assert app.case_screen.tabs.active == "linchpins" and marked(app) == said
            assert app.case_screen.answer.lines.has_focus
            await press(app, pilot, "ctrl+f")
            assert app.case_screen.tabs.active == "why"

    play(journey())


@both_sizes
def test_from_what_is_missing_to_a_rule(workspace: Workspace, size: tuple[int, int]) -> None:
    """A rule that plays no part in the reasoning at hand is shown among the rules."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, *["down"] * 3)  # a hypothesis that little speaks for
            await press(app, pilot, "5")
            (rule,) = await down_to(app, pilot, one("rule"))
            assert app.why_unreasoned(rule.name)
            await press(app, pilot, "enter")
            assert app.rules_screen is not None and app.rules_screen.chosen_rule == rule.name
            await press(app, pilot, "escape")
            assert app.case_screen.tabs.active == "missing" and app.case_screen.leads == (rule,)

    play(journey())


@both_sizes
def test_from_the_matrix_to_a_fact_that_has_no_part(workspace: Workspace, size: tuple[int, int]) -> None:
    """A fact that does not stand in the reasoning at hand is shown among the facts; a row leads to its hypothesis."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, *["down"] * 5, "7")
            (fact,) = await down_to(
                app, pilot, lambda leads: one("fact")(leads) and bool(app.why_unreasoned(leads[0].name))
            )
            await press(app, pilot, "enter")
            assert app.facts_screen is not None
            assert app.facts_screen.chosen_atom == fact.name
            await press(app, pilot, "ctrl+o", "home")
            (actor,) = await down_to(app, pilot, lambda leads: one("actor")(leads) and leads[0].name == "red_brigade")
            await press(app, pilot, "enter")
            chosen = app.case_screen.ranking.chosen
            assert chosen is not None and chosen.actor == actor.name and app.case_screen.ranking.has_focus

    play(journey())


@both_sizes
def test_from_the_timeline_to_a_source(workspace: Workspace, size: tuple[int, int]) -> None:
    """Where a line leads to several things, a dialog asks which, in words; escape stays."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "8")
            leads = await down_to(app, pilot, also("source"))
            source = next(lead for lead in leads if lead.kind == "source")
            assert f"enter To {len(leads)} things" in bar(app)
            await press(app, pilot, "enter")
            assert "To the rule [claim under a name]" in screen(app)
            await press(app, pilot, "escape")
            assert app.screen is app.case_screen and app.case_screen.leads == leads
            await press(app, pilot, "enter")
            await choose(app, pilot, "source", "To the source: The Ensa Courier")
            await until(app, pilot, lambda: app.case_screen.sources.chosen is not None, "the sources")
            assert app.case_screen.sources.chosen.value.source.id == source.name  # type: ignore[union-attr]

    play(journey())


@both_sizes
def test_why_not_and_compare_lead_to_their_rules(workspace: Workspace, size: tuple[int, int]) -> None:
    """To the line of the reasoning at hand by that rule, where there is one, else to the rule itself."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, *["down"] * 5)
            for tab in ("2", "3"):
                await press(app, pilot, tab)
                leads = await down_to(app, pilot, lambda leads: also("rule")(leads) or one("rule")(leads))
                rule = next(lead for lead in leads if lead.kind == "rule")
                reasoned = app.why_unreasoned(rule.name) is None
                await press(app, pilot, "enter")
                if len(leads) > 1:
                    await press(app, pilot, *["down"] * leads.index(rule), "enter")
                if reasoned:
                    line = app.case_screen.chain.chosen.line  # type: ignore[union-attr]
                    assert line is not None and line.rule == rule.name
                else:
                    assert app.rules_screen is not None and app.rules_screen.chosen_rule == rule.name
                await press(app, pilot, "ctrl+o")
                assert app.case_screen.leads == leads

    play(journey())


@both_sizes
def test_what_it_hangs_on_is_left_out_where_it_stands(workspace: Workspace, size: tuple[int, int]) -> None:
    """Space supposes, `u` takes back, and the ranking follows; the reader stays with the answer, worked out anew.

    Under What if stands what is supposed; space there takes that very thing back.
    """

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = standing(app)
            await press(app, pilot, "6")
            (fact,) = await down_to(app, pilot, one("fact"))
            assert "space What if" in bar(app)
            await press(app, pilot, "space")
            assert app.supposing.now.retract == (fact.name,)
            assert standing(app) != before and "▼" in screen(app)
            assert app.case_screen.answer.lines.has_focus and app.case_screen.leads
            await press(app, pilot, "u")
            assert standing(app) == before
            (rule,) = await down_to(app, pilot, one("rule"))
            await press(app, pilot, "space")
            assert app.supposing.now.rule_off == (rule.name,)
            await press(app, pilot, "4", "shift+tab", "home")
            assert app.case_screen.leads == (rule,)
            await press(app, pilot, "enter")
            assert app.rules_screen is not None and app.rules_screen.chosen_rule == rule.name
            await press(app, pilot, "escape", "space")
            assert not app.supposing.now and standing(app) == before

    play(journey())


def test_which_of_several_is_left_out_is_asked(workspace: Workspace) -> None:
    """What is left out already is offered to be taken back."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "8")
            await down_to(app, pilot, also("source"))
            await press(app, pilot, "space")
            await choose(app, pilot, "rule", "Leave out the rule [claim under a name]")
            assert app.supposing.now.rule_off == ("claim under a name",)
            await press(app, pilot, "u")
            assert not app.supposing.now

    play(journey())


def test_what_is_not_shown_is_not_changed(workspace: Workspace) -> None:
    """Keys of the reasoning do nothing to its lines while an answer is shown, nor does the list of actions."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter", "6")
            chosen, shown = app.case_screen.chain.chosen, len(app.case_screen.chain._tree_nodes)
            for key in ("plus", "minus", "equals_sign", "greater_than_sign", "asterisk", "right", "left", "z"):
                await press(app, pilot, key)
                assert not app.supposing.now, key
                assert (app.case_screen.chain.chosen, len(app.case_screen.chain._tree_nodes)) == (chosen, shown), key
            await press(app, pilot, "f", "question_mark")
            for action in ("toggle", "surer", "strength", "open_all", "into"):
                reason = app.why_not_now(action, beneath=app.screen)
                assert reason or action in ("strength", "open_all", "into")
            await press(app, pilot, "escape", "escape")
            for action in ("toggle", "surer", "less_sure", "rely_more", "strength", "open_all", "into", "out"):
                app.action_perform(action)
                await settled(app, pilot)
            assert app.screen is app.case_screen
            assert not app.supposing.now
            assert (app.case_screen.chain.chosen, len(app.case_screen.chain._tree_nodes)) == (chosen, shown)

    play(journey())


@both_sizes
def test_by_mouse_alone(workspace: Workspace, size: tuple[int, int]) -> None:
    """A click chooses a line, a second one follows it; the bottom line leads on, supposes, and the list goes back."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = rows(app)
            await click(app, pilot, "6Linchpins" if size == SMALL else "6 Linchpins")
            await click(app, pilot, "Dr Mira Drell")
            assert "Dr Mira Drell" in marked(app) and app.case_screen.tabs.active == "linchpins"
            await click(app, pilot, "Dr Mira Drell")
            assert app.case_screen.tabs.active == "sources"
            assert app.case_screen.sources.chosen.value.source.id == "drell_s"  # type: ignore[union-attr]
            await run(app, pilot, "Go back")
            assert "Dr Mira Drell" in marked(app)
            await click(app, pilot, "space What if")
            assert app.supposing.now.source_off == ("drell_s",) and rows(app) != before
            await run(app, pilot, "Undo")
            assert rows(app) == before
            await click(app, pilot, "enter To the")
            assert app.case_screen.tabs.active != "linchpins"

    play(journey())


@both_sizes
def test_an_answer_is_read_from_its_title_to_its_end(workspace: Workspace, size: tuple[int, int]) -> None:
    """By arrows, by pages, and from end to end, every line comes into sight; neither end leads around to the other."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "7")
            lines, every = app.case_screen.answer.lines, app.case_screen.answer.text.split("\n")
            for key, end in (("down", True), ("up", False), ("pagedown", True), ("pageup", False)):
                seen: set[int] = set()
                for _ in every:
                    top = lines.scroll_offset.y
                    seen |= set(range(top, top + lines.size.height))
                    if top == (lines.max_scroll_y if end else 0):
                        break
                    await pilot.press(key)
                assert seen >= set(range(len(every))), key
                await press(app, pilot, key, key, key)
                assert lines.scroll_offset.y == (lines.max_scroll_y if end else 0), key
            await press(app, pilot, "end")
            assert lines.scroll_offset.y == lines.max_scroll_y
            await press(app, pilot, "home")
            assert lines.scroll_offset.y == 0

    play(journey())


def test_an_element_taller_than_the_pane_is_scrolled_through(workspace: Workspace) -> None:
    """The arrows go on by lines until its end is seen, and only then to the next."""
    from reasoner.exchange.page import Page, Paragraph

    page = Page("Tall", (Paragraph("first"), Paragraph("word " * 900), Paragraph("last")))

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "7")
            app.case_screen.answer.show(page, "tall")
            lines = app.case_screen.answer.lines
            await press(app, pilot, "down")
            tall, top = lines.chosen, lines.scroll_offset.y
            for step in range(1, 6):
                await press(app, pilot, "down")
                assert lines.chosen is tall and lines.scroll_offset.y == top + step
            assert tall is not None
            for _ in range(len(tall.lines)):
                await pilot.press("down")
            assert lines.chosen is not tall and "last" in screen(app)
            await press(app, pilot, "up", "up")
            assert lines.chosen is tall and lines.scroll_offset.y > top
            await press(app, pilot, "pageup", "pageup")
            assert lines.chosen is tall

    play(journey())


def test_an_editor_opens_what_the_line_speaks_of(workspace: Workspace) -> None:
    """On a rule its place in its file, which `r` shows among the rules."""

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, "6")
            (rule,) = await down_to(app, pilot, one("rule"))
            place = app.case_screen.place()
            assert place == app.dossier.rule_place(rule.name) and isinstance(place, Place)  # type: ignore[union-attr]
            await press(app, pilot, "r")
            assert app.rules_screen is not None and app.rules_screen.chosen_rule == rule.name

    play(journey())


def test_the_line_stays_in_hand_in_a_window_of_another_size(workspace: Workspace) -> None:
    """Laid out anew, with a table perhaps as a list, the cursor is on the same thing, and in sight."""

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, "6")
            leads = await down_to(app, pilot, one("rule"))
            for size in ((60, 20), LARGE):
                await pilot.resize_terminal(*size)
                await settled(app, pilot)
                assert app.case_screen.leads == leads and leads[0].name in marked(app)

    play(journey())


def test_text_is_selected_by_mouse_and_nothing_is_followed(workspace: Workspace) -> None:
    """As much as was drawn over, over several lines; the cursor stays."""

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, "6")
            lines = app.case_screen.answer.lines
            corner, cursor = lines.region.offset + Offset(1, 0), lines.cursor
            await pilot.mouse_down(offset=corner)
            await pilot.hover(offset=corner + Offset(11, 2))
            await pilot.mouse_up(offset=corner + Offset(11, 2))
            await settled(app, pilot)
            said = app.case_screen.answer.text.split("\n")
            assert app.screen.get_selected_text() == f"{said[0]}\n\n{said[2][:12]}"
            assert lines.cursor == cursor and app.case_screen.tabs.active == "linchpins"

    play(journey())


@both_sizes
def test_what_might_be_found_is_supposed(workspace: Workspace, size: tuple[int, int]) -> None:
    """Among what is missing, space on an answer supposes it, with the very figure that the line gives; again, not."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = rows(app)
            await press(app, pilot, "5")
            await settled(app, pilot)
            while not any(lead.kind == "finding" for lead in app.case_screen.leads):
                await press(app, pilot, "down")
            (finding,) = (lead for lead in app.case_screen.leads if lead.kind == "finding")
            actor = next(lead.name for lead in app.case_screen.leads if lead.kind == "actor")
            said = " ".join(app.case_screen.answer.said.split())
            await press(app, pilot, "space")
            await settled(app, pilot)
            assert app.supposing.now.assume == tuple(finding.name.splitlines())
            assert app.dossier is not None
            assert f"to {percent(app.dossier.inquiry.ranking().probability(actor))}" in said
            await press(app, pilot, "u")
            assert rows(app) == before

    play(journey())
