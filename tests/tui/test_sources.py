"""The tab with the sources: who stands behind the answer, what the lead costs without each, and doubting them."""

from __future__ import annotations

import pytest

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.nodes import ShownReport
from reasoner.explanation.sourcing import Reported, SourceStanding
from tests.tui.stage import NAMES, SIZES, opened, play, press, screen
from tests.tui.test_supposing import standing
from tui.app import AscribeApp
from tui.outline import Value


def in_hand(app: AscribeApp) -> Value:
    """What the cursor is on among the sources."""
    entry = app.case_screen.sources.chosen
    assert entry is not None
    return entry.value


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_from_the_sources_to_the_reasoning_and_back(workspace: Workspace, size: tuple[int, int]) -> None:
    """9 lists them, dearest first; enter on a report goes to its place in the chain, and 9 back to it.

    Space leaves a source out: the leader changes, what was open and the cursor stay, and the same key takes it back.
    """

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            before = standing(app)
            lead = app.dossier.inquiry.ranking().ahead if app.dossier else ""
            await press(app, pilot, "9")
            first = in_hand(app)
            assert isinstance(first, SourceStanding)
            assert first.lost
            assert f"{first.source.reliability}  {first.source.name}" in screen(app)
            assert "ends the lead" in screen(app)
            assert "Without it" in app.case_screen.detail.text
            costs = [abs(each.lead) for each in app.case_screen.sources.sourcing.sources]  # type: ignore[union-attr]
            assert costs == sorted(costs, reverse=True)

            await press(app, pilot, "right", "down")
            reported = in_hand(app)
            assert isinstance(reported, Reported)
            assert reported.sentence in app.case_screen.detail.text
            await press(app, pilot, "enter")
            assert app.case_screen.chain.has_focus
            report = app.case_screen.chain.chosen
            assert report is not None and isinstance(report.value, ShownReport)
            assert (report.node.atom, report.value.source) == (reported.fact, reported.report.source)  # type: ignore[union-attr]
            await press(app, pilot, "9")
            assert in_hand(app) == reported

            await press(app, pilot, "left", "space")
            assert app.dossier is not None
            assert app.dossier.inquiry.ranking().ahead != lead or app.dossier.inquiry.ranking().leader is None
            out = in_hand(app)
            assert isinstance(out, SourceStanding) and out.source.id == first.source.id
            assert out.left_out
            assert "LEFT OUT" in screen(app)
            assert app.case_screen.sources.cursor_node.is_expanded  # type: ignore[union-attr]
            await press(app, pilot, "space")
            assert standing(app) == before
            await press(app, pilot, "minus")
            worse = in_hand(app)
            assert isinstance(worse, SourceStanding) and worse.source.reliability > first.source.reliability
            await press(app, pilot, "plus")
            assert standing(app) == before

    play(journey())
