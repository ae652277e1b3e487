"""From a case to the report behind it: the main journey."""

from __future__ import annotations

import pytest

from reasoner.evidence.workspace import Workspace
from reasoner.exchange.layout import signed
from reasoner.explanation.folding import is_light
from reasoner.explanation.nodes import ShownReport
from reasoner.inquiry import case_summaries
from tests.tui.stage import LARGE, NAMES, SIZES, SMALL, bar, labels, opened, play, press, rows, screen, settled
from tui.app import AscribeApp
from tui.widgets.detail import Detail

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


def said(app: AscribeApp) -> str:
    """The note, scrolled away or not."""
    return app.case_screen.query_one(Detail).text


@both_sizes
def test_from_the_case_to_the_report(workspace: Workspace, size: tuple[int, int]) -> None:
    """Who, how likely and how sure stand first; enter and the arrows lead down to who reported what."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            first = screen(app)
            assert "Who did it?" in first
            assert "Northern League groups" in first
            assert "Confidence: " in first
            assert any("%" in row and "(" in row for row in rows(app))

            await press(app, pilot, "enter")
            assert app.case_screen.chain.has_focus
            line = app.case_screen.detail.text
            assert " dB" in line and "Without it:" in line and "Rule [" in line

            while not isinstance(app.case_screen.chain.chosen.value, ShownReport):
                await press(app, pilot, "right", "down")
            report = app.case_screen.detail.text
            assert "fairly reliable" in report
            assert "probably true" in report
            assert "May 2030" in report
            assert "Also rests on it" in report
            assert "fairly reliable" in screen(app)

    play(journey())


def test_entries_are_made_when_they_are_opened(workspace: Workspace) -> None:
    """A closed line holds no entries; opening it makes those directly beneath, not more."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            first = app.case_screen.chain.root.children[0]
            assert not first.children
            await press(app, pilot, "enter", "right")
            assert first.children
            assert not any(child.children for child in first.children)

    play(journey())


def test_everything_beneath_a_line_opens_at_once(workspace: Workspace) -> None:
    """The asterisk unfolds the chosen line down to its reports."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            before = len(labels(app))
            await press(app, pilot, "enter", "asterisk")
            assert len(labels(app)) > before + 3
            assert any("B2  The Ensa Courier" in label for label in labels(app))

    play(journey())


def test_a_line_with_nothing_beneath_offers_no_opening(workspace: Workspace) -> None:
    """The bottom line offers to open all beneath a line where there is something; the key says where there is not."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter")
            assert "Open all" in bar(app)
            await press(app, pilot, "asterisk")
            while app.case_screen.chain.cursor_node.allow_expand:
                await press(app, pilot, "down")
            assert "Open all" not in bar(app)
            await press(app, pilot, "asterisk")
            assert "Nothing stands beneath this line." in screen(app)

    play(journey())


def test_a_note_says_nothing_twice(copied: Workspace) -> None:
    """How often the leader comes first stands with the confidence; a report of a source's own names it once."""

    async def journey() -> None:
        async with opened(copied, case="madrid_2004") as (app, pilot):
            assert said(app).count("no other comes before the leadership of al-Qaeda") == 1
            await press(app, pilot, "down", "down")
            assert "no other comes before a jihadist cell" in said(app)
            await press(app, pilot, "up", "up", "enter", "right", "down", "right", "down")
            assert said(app).startswith("A taped speech of Osama bin Laden\nA completely reliable")
            assert "Comes from" not in said(app)
            await press(app, pilot, "left", "down", "down", "down")
            assert said(app).count("ndisputed") + said(app).count("nobody disputes") == 1

    play(journey())


def test_what_was_left_out_is_shown(workspace: Workspace) -> None:
    """Not counted, disputed and assumed stand at the end of every chain, and say "nothing" where there is nothing.

    What lines that stand folded away weigh is said of their factor, so that it agrees with the lines that are shown.
    """

    async def journey() -> None:
        async with opened(workspace) as (app, _):
            main, text = app.case_screen, "\n".join(labels(app))
            chain = main.chain.chain
            (means,) = [share for share in chain.factors if share.name == "Means"]
            lines = [line for line in chain.lines if line.factor == means.factor]
            light = sum(line.decibans for line in lines if is_light(line, chain.probability))
            assert abs(sum(line.decibans for line in lines) - means.decibans) < 0.1 < abs(light)
            assert f"; {signed(light)} of it by lines that weigh little)" in " ".join(main.detail.text.split())
            assert "Not counted: 1" in text
            assert "Disputed: 2" in text
            assert "Assumed: nothing" in text

    play(journey())


def test_a_statement_shown_elsewhere_leads_there(workspace: Workspace) -> None:
    """Enter on a statement that is "shown above" or "shown below" puts the cursor where it is unfolded."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            tree = app.case_screen.chain
            await press(app, pilot, "enter")
            for line in tree.root.children:
                line.expand()
            await settled(app, pilot)
            node = next(node for node in tree._tree_nodes.values() if "[shown " in node.label.plain)
            tree.move_cursor(node)
            await press(app, pilot, "enter")
            assert tree.chosen is not None and tree.chosen.node is not None
            assert tree.chosen.node.atom == node.data.node.atom
            assert tree.chosen.node.ways

    play(journey())


def test_an_umbrella_folds(workspace: Workspace) -> None:
    """Space folds an umbrella's members away, and opens it to them again; the bottom line says so where it does."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            assert any("Red Brigade" in row for row in rows(app))
            await press(app, pilot, "space")
            assert not any(row.startswith(" ") and "Free Harbour" in row for row in rows(app))
            await press(app, pilot, "space")
            assert any("Free Harbour" in row for row in rows(app))
            assert "space Fold" in bar(app)
            app.case_screen.ranking.move_cursor(
                row=next(n for n, row in enumerate(rows(app)) if "not on the list" in row)
            )
            await settled(app, pilot)
            assert "Fold" not in bar(app)

    play(journey())


def test_other_nobody_and_fronts_read_as_words(workspace: Workspace) -> None:
    """Nobody has to know that `other` means someone not on the list; a front says whose name it is."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            shown = "\n".join(rows(app))
            assert "someone not on the list" in shown
            assert "Voice of Ensa, a name of Red Brigade" in shown
            assert "is a name that Red Brigade may use" in screen(app)
            await press(app, pilot, "right_square_bracket")
            assert "Who stood behind it?" in screen(app)
            assert "nobody: they acted alone" in "\n".join(rows(app))
            await press(app, pilot, "left_square_bracket")
            assert "Red Brigade" in "\n".join(rows(app))

    play(journey())


def test_choosing_a_hypothesis_shows_its_reasons(workspace: Workspace) -> None:
    """The chain is that of the row under the cursor."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "end", "end")
            app.case_screen.ranking.move_cursor(row=len(rows(app)) - 1)
            await settled(app, pilot)
            chain = app.case_screen.chain.chain
            assert chain is not None
            chosen = app.case_screen.ranking.chosen
            assert chosen is not None
            assert chosen.actor == chain.actor

    play(journey())


@both_sizes
def test_every_shipped_case_opens(copied: Workspace, size: tuple[int, int]) -> None:
    """Each case of the list opens with a ranking and a chain, by keyboard alone."""

    async def journey() -> None:
        cases = case_summaries(copied)
        async with opened(copied, size, None) as (app, pilot):
            assert len(app.case_screen.cases.cases) == len(cases)
            for place, case in enumerate(app.case_screen.cases.cases):
                await press(app, pilot, "c", "home", *["down"] * place, "enter")
                assert app.case == case.id
                assert app.dossier is not None and app.dossier.inquiry.base.case.id == case.id
                assert rows(app), case.id
                assert labels(app), case.id
                assert not app.found_problems

    play(journey())


def test_narrow_screens_keep_the_cases_in_a_drawer(workspace: Workspace) -> None:
    """At 80 columns the list of cases is one key away; escape closes it."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            assert not app.case_screen.cases.display
            await press(app, pilot, "c")
            assert app.case_screen.cases.display
            assert "harbour_2030" in screen(app)
            await press(app, pilot, "escape")
            assert not app.case_screen.cases.display
        async with opened(workspace, LARGE) as (app, _):
            assert app.case_screen.cases.display

    play(journey())


def test_the_mouse_works(workspace: Workspace) -> None:
    """A click chooses a row, a question, or a line of the chain."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await pilot.click("#ranking", offset=(10, 3))
            await settled(app, pilot)
            assert app.case_screen.ranking.cursor_row == 2
            await pilot.click("#chain", offset=(20, 2))
            await settled(app, pilot)
            assert app.case_screen.chain.has_focus
            await pilot.click("#roles", offset=(20, 0))
            await settled(app, pilot)
            assert "nobody: they acted alone" in "\n".join(rows(app))

    play(journey())


def test_a_cut_sentence_says_that_it_is_cut(copied: Workspace) -> None:
    """On a small screen the confidence ends with … where it does not fit, and the note has all of it."""

    async def journey() -> None:
        async with opened(copied, SMALL, "kadhimi_2021") as (app, _):
            shown = screen(app)
            reasons = app.case_screen.dossier.ranking("perpetrator").confidence.reasons
            assert reasons[-1][-20:] not in " ".join(shown.split())
            lines = shown.splitlines()
            after = next(number for number, line in enumerate(lines) if "Confidence:" in line)
            assert any(line.rstrip().endswith(" …") for line in lines[after : after + 3])
            assert reasons[-1] in app.case_screen.detail.text

    play(journey())
