"""Every action has keys, and the reader may give it others in a file."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.widgets import OptionList

from reasoner.cli import cli
from reasoner.evidence.workspace import Workspace
from tests.tui.desk import said
from tests.tui.stage import LARGE, SMALL, Play, bar, opened, play, press, screen, settled
from tui.actions import ACTIONS, BY_ID, PLACES
from tui.app import AscribeApp
from tui.key_file import TYPING, read_keys
from tui.key_names import normal, shown, writes
from tui.keys import Keys, key_file


def written(text: str) -> None:
    """Write the reader's key file."""
    key_file().parent.mkdir(parents=True, exist_ok=True)
    key_file().write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "key", "seen"),
    [
        ("?", "question_mark", "?"),
        ("question_mark", "question_mark", "?"),
        ("Ctrl+E", "ctrl+e", "ctrl+e"),
        ("shift+ctrl+f5", "ctrl+shift+f5", "ctrl+shift+f5"),
        ("alt+left", "alt+left", "alt+←"),
        ("E", "E", "E"),
        ("7", "7", "7"),
        ("é", "é", "é"),
        ("space", "space", "space"),
        ("ctrl+@", "ctrl+@", "ctrl+space"),
        ("+", "plus", "+"),
        ("ctrl+i", "tab", "tab"),
        ("ctl+e", None, ""),
        ("f25", None, ""),
        ("enterr", None, ""),
        ("", None, ""),
        ("+ctrl", None, ""),
        ("\x1b", None, ""),
        ("\u202e", None, ""),
    ],
)
def test_a_key_may_be_written_as_it_is_called_or_as_it_looks(name: str, key: str | None, seen: str) -> None:
    """A sign or its name, with ctrl, alt and shift in any order; whatever is no key is none."""
    assert normal(name) == key
    assert key is None or shown(key) == seen


def test_the_keys_of_the_table_are_each_for_one_thing() -> None:
    """In no place do two actions have one key, and where one types no action has a key that writes."""
    everything = Keys({action.id: Keys().of(action) for action in ACTIONS})
    assert [] == [(key, mine.id, other.id) for key, mine, other in everything.clashes()]
    assert [] == [action.id for action in ACTIONS if action.where in TYPING and any(map(writes, Keys().of(action)))]
    assert {action.where for action in ACTIONS} <= set(PLACES)
    assert all(normal(key) == key for action in ACTIONS for key in Keys().of(action) if key != "ctrl+@")


@pytest.mark.parametrize(
    ("text", "place", "word", "told"),
    [
        ("exprt: f9", "1:1", "unknown-action", "did you mean `export`?"),
        ("cases: f9\nexport: [ctrl+e, ctl+x]", "2:18", "unknown-key", "did you mean `ctrl`?"),
        ("export: entr", "1:9", "unknown-key", "did you mean `enter`?"),
        ("edit: q", "1:1", "key-taken", "`q` would do two things everywhere: `edit` and `quit`"),
        ("fold: f", "1:1", "key-taken", "among the hypotheses: `fold` and `facts`"),
        ("save_fact: s", "1:12", "typed-key", "is needed for writing in a fact's form"),
        ("complete: delete", "1:11", "typed-key", "is needed for writing in a rule file"),
        ("export: ctrl+c", "1:9", "reserved-key", "it copies what is marked"),
        ("export: ctrl+m", "1:9", "same-key", "cannot tell `ctrl+m` from `enter`"),
        ("export: {a: b}", "1:9", "wrong-value", "must be a key such as ctrl+e"),
        ("- export", "1:1", "wrong-value", "must be a group"),
        ("export: [", "1:10", "open-bracket", ""),
    ],
)
def test_a_mistake_in_the_file_is_shown_in_its_place(text: str, place: str, word: str, told: str) -> None:
    """File, line and column, what is wrong, what was probably meant; the action keeps its keys, other lines count."""
    written(text)
    keys, (problem,) = read_keys()
    assert problem.span is not None
    assert (f"{problem.span.line}:{problem.span.column}", problem.word) == (place, word)
    assert told in " ".join((problem.message, problem.hint or ""))
    assert set(keys.chosen) == {"cases"} & set(text.split(":"))


def test_keys_can_change_places() -> None:
    """Two actions may swap their keys, and one key may do different things on different screens."""
    written('facts: r\nrules: f\nnew_fact: c\nhelp: ["?", f12]\n')
    keys, problems = read_keys()
    assert problems == ()
    assert (keys.text(BY_ID["facts"]), keys.text(BY_ID["help"])) == ("r", "? f12")


def test_the_example_of_the_documentation_is_sound() -> None:
    """docs/tui.md shows a file that can be taken as it is."""
    page = (Path(__file__).parents[2] / "docs" / "tui.md").read_text(encoding="utf-8")
    written(page.partition("```yaml\n")[2].partition("```")[0])
    keys, problems = read_keys()
    assert problems == ()
    assert keys.text(BY_ID["cases"]) == "c f9"


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_changes_nothing(text: str) -> None:
    """A file with nothing in it is no mistake."""
    written(text)
    assert read_keys() == (Keys(), ())


def test_own_keys_work_and_are_shown(workspace: Workspace) -> None:
    """The key of the file does it, the old one no longer; bottom line and list show it; ctrl+r reads the file again.

    While there are mistakes in the file, the bottom line has the key that reads them.
    """
    written("cases: f9\nrules: c\nfcts: f7\n")

    async def journey() -> None:
        async with opened(workspace, SMALL) as (app, pilot):
            await press(app, pilot, "p")
            shown_problem = screen(app)
            assert "there is no action `fcts`" in shown_problem and "did you mean `facts`?" in shown_problem
            await press(app, pilot, "escape")
            assert "f9 Cases" in bar(app) and "p Problems" in bar(app)
            await press(app, pilot, "f9")
            assert app.case_screen.cases.has_focus
            await press(app, pilot, "escape", "r")
            assert app.screen is app.case_screen
            await press(app, pilot, "question_mark")
            listed = app.screen.query_one(OptionList)
            assert str(listed.get_option("rules").prompt).startswith("c   ")
            await press(app, pilot, "escape", "c")
            assert app.screen.id == "rules"
            written("cases: f7\n")
            await press(app, pilot, "escape", "ctrl+r")
            await settled(app, pilot)
            assert not app.found_problems
            assert "f7 Cases" in bar(app) and "p Problems" not in bar(app)

    play(journey())


OWN = [f"{held}f{number}" for held in ("alt+", "ctrl+", "shift+", "alt+ctrl+") for number in range(1, 25)]
"""Keys that no action has by itself."""

NAMED = re.compile(r"(?<!\S)(?:[b-hj-zZ]|ctrl\+\w|f\d+)(?=:? [a-z])")
"""A key that does something, in a sentence; letters that are words are none."""

STAYING = {"ctrl+q", "ctrl+c", "ctrl+z"}
"""Keys that leave, copy, and undo what is written, whatever the reader chooses."""


async def told(app: AscribeApp, pilot: Play, *actions: str) -> str:
    """What the screen says after some actions, and why any other cannot be done there."""
    for action in actions:
        app.action_perform(action)
        await settled(app, pilot)
    reasons = [app.why_not_now(action.id) or "" for action in ACTIONS]
    text = "\n".join([screen(app), *reasons])
    while len(app.screen_stack) > 1:
        app.screen.dismiss()
        await settled(app, pilot)
    return text


@pytest.mark.parametrize(
    ("way", "key", "told"),
    [
        ((), "z", "Focus: in the reasoning only."),
        ((), "asterisk", "Open all: in the reasoning only."),
        ((), "plus", "Better grade: in the reasoning only."),
        ((), "less_than_sign", "Rely less: in the reasoning only."),
        ((), "equals_sign", "Strength: in the reasoning only."),
        ((), "w", "Why: among the facts or in the list of rules only."),
        (
            ("f",),
            "u",
            "Undo: on the main screen only. What is saved is taken back in your editor or by version control.",
        ),
        (("f",), "ctrl+z", "Undo: on the main screen only. What is saved is taken back"),
        (("r",), "n", "New case: on the main screen only; New: among the facts only."),
    ],
)
def test_a_key_of_another_place_says_where_it_does_something(
    workspace: Workspace, way: tuple[str, ...], key: str, told: str
) -> None:
    """No key of the table is pressed in vain without a word; the movement keys alone are silent."""

    async def journey() -> None:
        async with opened(workspace, LARGE, toasts=False) as (app, pilot):
            await press(app, pilot, *way, key)
            assert said(app, told), app._standing
            before = len(app._standing)
            await press(app, pilot, "left", "right", "home", "enter")
            assert len(app._standing) == before

    play(journey())


def test_a_letter_that_is_written_is_no_key(workspace: Workspace) -> None:
    """Where one types, in a line or a form, nothing is said of what letters do elsewhere."""

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, "f", "n", "z", "u", "ctrl+z", "escape", "down", "enter", "slash", "z", "ctrl+z")
            assert not any(" only" in each for each in app._standing)

    play(journey())


def test_no_sentence_names_a_key_that_the_reader_changed(workspace: Workspace) -> None:
    """With every action on another key, neither panes nor hints, notes, tabs and reasons name one of the table's."""
    written("".join(f"{action.id}: {key}\n" for action, key in zip(ACTIONS, OWN, strict=False)))
    assert read_keys()[1] == ()
    table = {shown(key) for action in ACTIONS for key in action.keys.split(",")} - STAYING

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            for actions in (
                (),
                ("tab:what_if",),
                ("tab:sources", "toggle"),
                ("facts",),
                ("facts", "open_fact"),
                ("facts", "fact_text"),
                ("rules",),
                ("rules", "try_rules"),
                ("query",),
                ("export",),
                ("problems",),
                ("tab:why", "toggle"),
            ):
                text = await told(app, pilot, *actions)
                assert not table & set(NAMED.findall(text)), (actions, text)

    play(journey())


def test_why_nothing_hidden_is_doubted_names_the_readers_own_tabs(workspace: Workspace) -> None:
    """An answer lies over the reasoning: what leads back there is the reader's key."""
    written("tab:why: f6\ntab:sources: f7\n")

    async def journey() -> None:
        async with opened(workspace, LARGE) as (app, pilot):
            await press(app, pilot, "6")
            assert app.why_not_now("toggle") == "Only what is shown is doubted: f6 shows the reasoning, f7 the sources."

    play(journey())


def test_sentences_name_actions_and_not_keys() -> None:
    """In the source, too, an action in braces stands for its key, where a sentence names one."""
    found = []
    for path in (Path(__file__).parents[2] / "tui").rglob("*.py"):
        if path.name in ("actions.py", "key_file.py", "keys_page.py", "pages.py"):  # the tables, examples and markup
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        for node in ast.walk(tree):
            if node in docstrings:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
                sentence = re.sub(r"`[^`]*`", "", node.value)
                found += [(path.name, sentence) for key in NAMED.findall(sentence) if key not in STAYING]
    assert found == []


def test_the_command_lists_every_key() -> None:
    """`ascribe keys` names every action with its keys as they are now; mistakes in the file go to stderr, exit 2."""
    written("cases: f9\n")
    said = CliRunner().invoke(cli, ["keys"])
    assert said.exit_code == 0
    assert all(action.id in said.output for action in ACTIONS)
    assert "f9 *" in said.output
    listed = json.loads(CliRunner().invoke(cli, ["keys", "--json"]).output)
    assert [row["action"] for row in listed["actions"]] == [action.id for action in ACTIONS]
    assert [row["keys"] for row in listed["actions"] if row["chosen"]] == [["f9"]]
    written("cases: [f9, q]\n")
    wrong = CliRunner().invoke(cli, ["keys"])
    assert wrong.exit_code == 2
    assert "would do two things" in wrong.stderr
