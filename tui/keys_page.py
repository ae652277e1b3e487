"""The keys as a page and as JSON: every action with its id, its keys and what it does, place by place."""

from __future__ import annotations

from typing import Any

from reasoner.exchange.page import Block, Column, Heading, Page, Paragraph, Table
from tui.actions import ACTIONS, PLACES
from tui.keys import Keys, shown_key_file

COLUMNS = (Column("Keys"), Column("Action"), Column("What it does"))

ABOUT = (
    "{file} gives actions other keys. Each line has an action and its key, or its keys in brackets: "
    'export: ctrl+e, or cases: [c, f9]. Signs other than letters and digits stand in quotes: help: "?".'
)


def keys_page(keys: Keys) -> Page:
    """Every action, place by place, and how to give it other keys."""
    blocks: list[Block] = []
    for where, place in PLACES.items():
        rows = tuple(
            (keys.text(action) + (" *" if action.id in keys.chosen else ""), action.id, action.about)
            for action in ACTIONS
            if action.where == where
        )
        if rows:
            blocks += [Heading(place), Table(COLUMNS, rows)]
    chosen = ("* chosen in that file.",) if keys.chosen else ()
    return Page("Keys", (*blocks, Paragraph(" ".join((ABOUT.format(file=shown_key_file()), *chosen)))))


def keys_json(keys: Keys) -> dict[str, Any]:
    """Every action in the order of the table; ``chosen`` says whether its keys are the reader's own."""
    return {
        "file": shown_key_file(),
        "actions": [
            {
                "action": action.id,
                "keys": keys.text(action).split(" "),
                "title": action.title,
                "about": action.about,
                "place": action.where,
                "chosen": action.id in keys.chosen,
            }
            for action in ACTIONS
        ],
    }
