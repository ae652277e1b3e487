"""The editor of rules: colours, underlined problems, words to complete with, and saving that nothing can tear."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.desk import at_rule, checked, front
from tests.tui.stage import opened, play, press, screen, settled

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.usefixtures("in_layout")


def test_the_text_is_coloured_and_problems_are_underlined(workspace: Workspace) -> None:
    """Colours come from the language's tokens, in bytes of the line; what a terminal would obey is not drawn."""
    file = workspace.rules / "zz.dl"
    file.write_text('% é \u202e\nmade(I) :-\n    usd(I, W), "é" = W.\n', encoding="utf-8")

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            await press(app, pilot, "r", "f8")
            editor = front(app)
            await checked(app, pilot)
            assert editor.file.path == file
            marks = dict(editor._highlights)
            assert (0, 8, "comment") in marks[0]
            assert (4, 7, "predicate") in marks[2] and (4, 7, "problem") in marks[2]
            assert (15, 19, "string") in marks[2]
            assert "\u202e" in editor.text
            assert "\u202e" not in screen(app)

    play(journey())


def test_words_lie_under_the_cursor_however_fast_one_types(workspace: Workspace) -> None:
    """Several keys that arrive at once leave the list of words as the last of them wants it."""

    async def journey() -> None:
        async with opened(workspace) as (app, pilot):
            editor = await at_rule(app, pilot, "scarce means")
            editor.move_cursor(editor.document.end)
            await pilot.press("enter", *"clai")
            await settled(app, pilot)
            assert editor._popup.words[:1] == ("claimed",)
            lines = screen(app).splitlines()
            row = next(number for number, line in enumerate(lines) if "claimed(actor" in line)
            assert " clai " in lines[row - 1]

    play(journey())


SAVING = """
import sys
from pathlib import Path
from tui.rule_file import read_rule_file
texts = [("% old\\n" * 20_000), ("% new\\n" * 20_000)]
file = read_rule_file(Path(sys.argv[1]))
print("saving", flush=True)
for number in range(1_000_000):
    file = file.saved(texts[(number + 1) % 2])
"""


def test_killed_while_saving_the_file_is_whole(tmp_path: Path) -> None:
    """Killed at any moment of a save, the file holds the old text or the new one, and nothing in between."""
    file = tmp_path / "some.dl"
    whole = [f"% {word}\n" * 20_000 for word in ("old", "new")]
    file.write_text(whole[0], encoding="utf-8")
    for tenths in range(1, 5):
        done = subprocess.Popen([sys.executable, "-c", SAVING, str(file)], stdout=subprocess.PIPE, cwd=ROOT)
        assert done.stdout is not None and done.stdout.readline() == b"saving\n"
        with pytest.raises(subprocess.TimeoutExpired):
            done.wait(tenths / 100)
        done.kill()
        done.wait()
        done.stdout.close()
        assert file.read_text(encoding="utf-8") in whole
    assert not list(tmp_path.glob("[!.]*.dl.*"))
