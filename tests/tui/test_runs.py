"""Background work: one thread, the newest run counts, and nothing holds up the end."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from textual.message import Message

from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import open_case
from reasoner.problems import InputError, Problem
from reasoner.stopping import Stopped, stop_if_unwanted, stopping_when
from tests.tui.stage import SMALL, Play, opened, play, press, rows, screen, settled
from tui.app import AscribeApp
from tui.messages import FilesChanged, Refused
from tui.moves import moves
from tui.runs import Runs
from tui.watching import Watcher
from tui.working import NO_PAGE


class Found(Message):
    """What a run found."""

    def __init__(self, run: int, what: str) -> None:
        super().__init__()
        self.run, self.what = run, what


def finished(runs: Runs) -> None:
    """Wait until a thread has nothing left to do."""
    until = time.monotonic() + 10
    while runs.busy and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(0.02)


def test_only_the_newest_run_of_a_kind_is_done() -> None:
    """Runs that wait are dropped when a newer one of their kind is asked for; other kinds are not touched."""
    posted: list[Message] = []
    runs = Runs(posted.append)
    begun, gate = threading.Event(), threading.Event()

    def first(run: int) -> Message:
        begun.set()
        gate.wait(5)
        return Found(run, "first")

    runs.ask("chain", first)
    assert begun.wait(5)
    for what in ("second", "third"):
        runs.ask("chain", lambda run, what=what: Found(run, what))
    runs.ask("query", lambda run: Found(run, "asked"))
    gate.set()
    finished(runs)

    assert ["first", "third", "asked"] == [message.what for message in posted]
    newest = [message for message in posted if runs.newest("chain", message.run)]
    assert ["third"] == [message.what for message in newest]


def test_a_forgotten_run_is_stale() -> None:
    """What was asked for before is of no use once it is forgotten."""
    posted: list[Message] = []
    runs = Runs(posted.append)
    number = runs.ask("chain", lambda run: Found(run, "late"))
    runs.forget("chain")
    finished(runs)
    assert not runs.newest("chain", number)


def test_bad_input_and_defects_come_back_as_problems() -> None:
    """A run that fails says why; the thread goes on to the next."""
    posted: list[Message] = []
    runs = Runs(posted.append)

    def bad(run: int) -> Message:
        raise InputError([Problem("syntax", "a stop is missing")])

    def broken(run: int) -> Message:
        raise ZeroDivisionError("by nought")

    runs.ask("open", bad)
    runs.ask("query", broken)
    runs.ask("chain", lambda run: Found(run, "still here"))
    finished(runs)
    first, second, third = posted
    assert isinstance(first, Refused) and first.problems[0].message == "a stop is missing"
    assert isinstance(second, Refused) and "ZeroDivisionError: by nought" in second.problems[0].message
    assert isinstance(third, Found)


def test_quitting_does_not_wait_for_a_run() -> None:
    """The process ends at once, though a run would go on for a minute."""
    program = (
        "import time\nfrom tui.runs import Runs\nruns = Runs(print)\n"
        "runs.ask('open', lambda run: time.sleep(60))\ntime.sleep(0.2)\nruns.close()\n"
    )
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)
    assert time.monotonic() - start < 15


def test_the_screen_starts_without_the_reasoner() -> None:
    """Importing the app loads none of the heavy libraries: they come after the first paint."""
    program = (
        "import sys, tui.app\n"
        "heavy = {'numpy', 'pydantic', 'lark', 'yaml', 'pyDatalog', 'reasoner.inquiry'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_watcher_tells_what_changed(tmp_path: Path) -> None:
    """A changed, a new and a deleted file are named; files of other kinds are not."""
    for name in ("a.dl", "b.yaml", "c.txt"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    watcher = Watcher([tmp_path], lambda message: None)
    assert watcher.changed() == ()
    (tmp_path / "a.dl").write_text("other", encoding="utf-8")
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "c.txt").write_text("other", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "d.yml").write_text("new", encoding="utf-8")
    assert watcher.changed() == (tmp_path / "a.dl", tmp_path / "b.yaml", tmp_path / "deep" / "d.yml")
    assert watcher.changed() == ()


def test_the_watcher_waits_for_half_a_save(tmp_path: Path) -> None:
    """A file written piece by piece is told of once, when it is whole."""
    told: list[FilesChanged] = []
    file = tmp_path / "a.dl"
    file.write_text("", encoding="utf-8")
    watcher = Watcher([tmp_path], told.append, every=0.05)
    watcher.start()
    for _ in range(5):
        with file.open("a", encoding="utf-8") as stream:
            stream.write("piece\n")
        time.sleep(0.04)
    until = time.monotonic() + 10
    while not told and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)
    watcher.close()
    assert [(file,)] == [message.files for message in told]


def test_nothing_moved_is_nothing() -> None:
    """Two empty rankings do not differ."""
    assert moves({}, {}) == ()


def test_what_takes_long_can_be_stopped(workspace: Workspace) -> None:
    """The bottom line says that work is under way; escape stops it, leaves what was there, and then is itself again."""

    def endless(run: int) -> Message:
        while True:
            stop_if_unwanted()
            time.sleep(0.01)

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "down", "7")
            before = rows(app)
            for kind, said in (("page", NO_PAGE), ("suppose", ""), ("open", "")):
                app.ask(kind, endless)
                await until_shown(app, pilot)
                assert screen(app).splitlines()[-1].endswith(" working …  escape Stop ")
                await pilot.press("escape")
                await settled(app, pilot)
                assert "escape Stop" not in screen(app).splitlines()[-1]
                assert said in app.case_screen.answer.text
                assert rows(app) == before
            assert not app.case_screen.ranking.has_focus
            await press(app, pilot, "escape")
            assert app.case_screen.ranking.has_focus
            await press(app, pilot, "7")
            assert "Matrix" in app.case_screen.answer.text or "speaks" in app.case_screen.answer.text

    async def until_shown(app: AscribeApp, pilot: Play) -> None:
        while not app.working:
            await pilot.pause(0.05)
        await pilot.pause()

    play(journey())


def test_reasoning_stops_where_it_stands() -> None:
    """Every question of a case stops within a moment once it is unwanted, and asked again gives the whole answer."""
    inquiry = open_case("kadhimi_2021")
    asked = 0

    def unwanted() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    for question in (lambda: inquiry.rankings, inquiry.missing, inquiry.linchpins, inquiry.matrix, inquiry.timeline):
        asked = 0
        with pytest.raises(Stopped), stopping_when(unwanted):
            question()
        assert asked == 4
    fresh = open_case("kadhimi_2021")
    assert inquiry.rankings == fresh.rankings
    assert inquiry.missing() == fresh.missing()
    assert inquiry.linchpins() == fresh.linchpins()
