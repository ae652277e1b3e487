"""`e` hands the file over to the reader's own editor, at the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.stage import SMALL, opened, play, press
from tests.tui.terminal import ascribe
from tui.editor import command, editor


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("vim", ["vim", "+7", "/f/a.dl"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", "/f/a.dl"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "/f/a.dl"]),
        ("hx", ["hx", "+7", "/f/a.dl"]),
        ("code", ["code", "--wait", "--goto", "/f/a.dl:7"]),
        ("code --wait", ["code", "--wait", "--goto", "/f/a.dl:7"]),
        ("'/opt/my editor/ed' -q", ["/opt/my editor/ed", "-q", "/f/a.dl"]),
        ("gedit; rm -rf /", ["gedit;", "rm", "-rf", "/", "/f/a.dl"]),
    ],
)
def test_each_editor_is_told_the_line_its_own_way(named: str, words: list[str]) -> None:
    """Editors that can open a file at a line are told to; no text ever goes through a shell."""
    assert words == command(named, Path("/f/a.dl"), 7)


def test_an_editor_without_a_line_gets_the_file() -> None:
    """A place without a line opens the file."""
    assert ["vim", "/f/a.dl"] == command("vim", Path("/f/a.dl"), None)


def test_visual_goes_before_editor() -> None:
    """VISUAL is asked first, then EDITOR, then what is installed."""
    assert editor({"VISUAL": "code", "EDITOR": "vim"}) == "code"
    assert editor({"VISUAL": " ", "EDITOR": "vim"}) == "vim"
    assert editor({}) in ("vi", "nano", None)


def fake_editor(folder: Path, change: str) -> Path:
    """An editor that notes how it was called, and changes the file it is given."""
    script = folder / "vim"
    script.write_text(
        f'#!/bin/sh\necho "EDITING $@"\necho "$@" >> "{folder}/called"\n{change} "$2"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return script


def test_editing_a_rule_redoes_the_ranking(workspace: Workspace, tmp_path: Path) -> None:
    """On a line of the chain `e` opens its rule at its line; back on the screen, what moved is shown."""
    script = fake_editor(tmp_path, "sed -i -e 's/A, own_words, 7)/A, own_words, 1)/'")
    rule = next(
        number
        for number, row in enumerate((workspace.rules / "harbour.dl").read_text().splitlines(), start=1)
        if "own_words, 7)" in row
    )
    with ascribe(workspace.rules.parent, (120, 36), EDITOR=str(script)) as terminal:
        terminal.wait_for("Own words")
        terminal.press("\r")
        terminal.wait_for("claim under a name")
        here = len(terminal.written)
        terminal.press("e")
        terminal.wait_for("EDITING", here)
        terminal.wait_for("what moved", here)
        terminal.wait_for("▼ Red Brigade", here)
    called = (tmp_path / "called").read_text().split()
    assert called == [f"+{rule}", str(workspace.rules / "harbour.dl")]


def test_editing_a_report_opens_its_fact(workspace: Workspace, tmp_path: Path) -> None:
    """On a report `e` opens the case file at that fact; with nothing changed, nothing is redone."""
    script = fake_editor(tmp_path, "true")
    text = (workspace.cases / "harbour_2030.yaml").read_text().splitlines()
    with ascribe(workspace.rules.parent, (120, 36), EDITOR=str(script)) as terminal:
        terminal.wait_for("Own words")
        terminal.press("\r")
        terminal.wait_for("claim under a name")
        for _ in range(4):
            terminal.press("\x1b[C")
            terminal.read(0.3)
        terminal.wait_for("fairly reliable")
        here = len(terminal.written)
        terminal.press("e")
        terminal.wait_for("EDITING", here)
        terminal.read(0.5)
    place, file = (tmp_path / "called").read_text().split()
    assert file == str(workspace.cases / "harbour_2030.yaml")
    row = int(place.removeprefix("+")) - 1
    assert any("front_for(voice_of_ensa" in line for line in text[row - 1 : row + 2])


def test_a_terminal_that_cannot_be_handed_over_says_where_to_look(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the screen cannot step aside for an editor, it names the file and the line."""
    monkeypatch.setenv("EDITOR", "vim")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "enter", "e")
            notices = [str(notice.message) for notice in app._notifications]
            assert any("rules/harbour.dl:" in text for text in notices), notices

    play(journey())


def test_an_editor_that_does_not_start_is_said(workspace: Workspace) -> None:
    """An EDITOR that is not there leaves the screen as it was, with a word about it."""
    with ascribe(workspace.rules.parent, (120, 36), EDITOR="/nowhere/editor") as terminal:
        terminal.wait_for("Own words")
        here = len(terminal.written)
        terminal.press("e")
        terminal.wait_for("nowhere", here)
