"""On a real terminal, the only sequences written are those with which Textual draws."""

from __future__ import annotations

import re

from reasoner.evidence.workspace import Workspace
from tests.hostile.hostile_case import CONTROLS, LOADABLE, MARKUP, hostile_file, hostile_rules
from tests.tui.terminal import Terminal, ascribe

DRAWING = re.compile(
    r"\x1b\[[0-9;:]*m"  # colours and styles
    r"|\x1b\[[0-9;]*[HABCDJK]"  # where to draw, and what to clear
    r"|\x1b\[\?[0-9;]+[hl]"  # modes: the other screen, the mouse, pasting, drawing at one go
    r"|\x1b\[\?[0-9]+\$p|\x1b\[[>=<?]?[0-9;]*[ucn]|\x1b\[[0-9;]*t"  # what the terminal is asked about itself
    r"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"  # the shape of the mouse pointer
    r"|\x1b[78]"
)
"""What Textual itself writes."""

CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


ESCAPE, DOWN, ENTER = "\x1b", "\x1b[B", "\r"

WAY = (
    (ENTER, "Open all"),
    ("*", "├"),
    (DOWN, ""),
    ("2", "Why not"),
    ("7", "Matrix"),
    (ESCAPE, "Fold"),
    ("f", "Facts:"),
    (ENTER, "predicate"),
    (ESCAPE, "Credence"),
    ("y", "facts/cases/harbour_2030.yaml"),
    (ESCAPE, "Credence"),
    (ESCAPE, "Hypothesis"),
    ("r", "harbour.dl"),
    (DOWN, "claims"),
    (ENTER, "f1"),
    (ESCAPE, "Find"),
    (ESCAPE, "Hypothesis"),
    (":", "Query"),
    ("possesses(A, W)", ""),
    (ENTER, "answers"),
    (ESCAPE, "Hypothesis"),
    ("?", "Keys and actions"),
    (ESCAPE, "Hypothesis"),
    ("x", "Markdown"),
)
"""Keys from screen to screen, and a word to wait for on each."""


def check(terminal: Terminal) -> None:
    """Without what Textual writes, nothing is left that a terminal would obey, or not show."""
    whole = terminal.written[: terminal.written.rindex(b"\x1b")]  # the last sequence may not be there in full yet
    text = DRAWING.sub("", whole.decode("utf-8"))
    found = CONTROL.search(text)
    assert found is None, (found, text[max(0, found.start() - 60) : found.end() + 60])


def test_a_hostile_case_writes_only_what_draws(workspace: Workspace) -> None:
    """Through ranking, chain, every tab, rules, facts, form, text, query, key list and export."""
    hostile_file(workspace.cases / "harbour_2030.yaml")
    hostile_rules(workspace.rules / "harbour.dl", " ".join(MARKUP[:3]))
    with ascribe(workspace.rules.parent, (80, 24)) as terminal:
        terminal.wait_for("Why Red Brigade")
        for key, word in WAY:
            terminal.read(0.1)
            after = len(terminal.written)
            terminal.press(key)
            terminal.wait_for(word, after)
        check(terminal)


def test_problems_with_hostile_lines_write_only_what_draws(workspace: Workspace) -> None:
    """A rule file that is nothing but escape sequences is complained about, in visible characters."""
    (workspace.rules / "harbour.dl").write_text(f"%% [x] {CONTROLS}\nmeans({LOADABLE}.\n", encoding="utf-8")
    with ascribe(workspace.rules.parent, (80, 24)) as terminal:
        terminal.wait_for("problem")
        terminal.press("p")
        terminal.wait_for("Problems in rule and fact files")
        terminal.read(0.3)
        check(terminal)
