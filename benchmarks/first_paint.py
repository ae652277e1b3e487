"""The first paint of the terminal UI, and of a bare Textual app with what most of its screens have."""

from __future__ import annotations

import sys
from pathlib import Path

from pseudo_terminal import running

ASCRIBE = str(Path(sys.executable).parent / "ascribe")

BARE = """
from textual.app import App
from textual.widgets import DataTable, Footer, Header, Tabs, Tree

class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]

    def compose(self):
        yield Header()
        yield Tabs("Who did it?", "Who stood behind it?")
        yield DataTable(cursor_type="row")
        yield Tree("Why")
        yield Footer()

    def on_mount(self):
        table, tree = self.query_one(DataTable), self.query_one(Tree)
        table.add_columns("", "Hypothesis", "%", "In words")
        for row in range(12):
            table.add_row(str(row), f"hypothesis {row}", "50 %", "roughly even chance")
        for branch in range(10):
            node = tree.root.add(f"branch {branch}")
            for leaf in range(10):
                node.add_leaf(f"leaf {leaf}")
        tree.root.expand()
        table.focus()

Bare().run()
"""
"""A header, tabs, a table, a tree and a footer."""


def first_paints(runs: int, folder: Path | None = None) -> tuple[list[float], list[float]]:
    """Of ascribe and of the bare app, one of each in turn, after one that does not count."""
    ours, bare = [], []
    for turn in range(runs + 1):
        with running([ASCRIBE], folder) as session:
            taken = session.painted(b"Quit")
        with running([sys.executable, "-c", BARE]) as session:
            other_taken = session.painted(b"Quit")
        if turn:
            ours.append(taken)
            bare.append(other_taken)
    return ours, bare
