"""A what-if shows at once who stands where, and how far to rely on that once it is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.stage import SMALL, opened, play, press, rows, settled
from tui.app import AscribeApp
from tui.messages import Found
from tui.widgets.cut import CutText

pytestmark = pytest.mark.usefixtures("in_layout")


@contextmanager
def nothing_more_is_worked_out(app: AscribeApp) -> Iterator[None]:
    """What is asked for from now on waits."""
    gate = threading.Event()

    def wait(run: int) -> Found:
        gate.wait()
        return Found(run, "gate", None)

    app.runs.ask("gate", wait)
    try:
        yield
    finally:
        gate.set()


def said(app: AscribeApp) -> str:
    """What stands under the ranking."""
    return app.case_screen.query_one("#verdict", CutText).visual.plain  # type: ignore[attr-defined,no-any-return]


def test_the_ranking_does_not_wait_for_its_confidence(workspace: Workspace) -> None:
    """Meanwhile the line of the confidence says that it is not there, and no pane changes its place for that."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "enter")
            before, pane = rows(app), app.case_screen.query_one("#verdict")
            app.do_toggle()
            with nothing_more_is_worked_out(app):
                while rows(app) == before:
                    await pilot.pause()
                await pilot.pause()
                assert "Confidence: …" in said(app)
                height = pane.size.height
            await settled(app, pilot)
            assert app.dossier is not None
            ranking = app.dossier.inquiry.ranking()
            assert f"Confidence: {ranking.confidence.level}. {ranking.confidence.reasons[0]}" in said(app)
            assert height == pane.size.height

    play(journey())


def test_finding_the_confidence_can_be_stopped(workspace: Workspace) -> None:
    """It then says so; a step back, the confidence stands there as before."""

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "enter")
            before = rows(app)
            app.do_toggle()
            with nothing_more_is_worked_out(app):
                while rows(app) == before or not app.working:
                    await pilot.pause()
                await pilot.press("escape")
            await settled(app, pilot)
            assert "Confidence: not found" in said(app)
            await press(app, pilot, "u")
            assert rows(app) == before and "Confidence: low." in said(app)

    play(journey())
