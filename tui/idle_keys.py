"""Keys that do nothing where they are pressed: where they do something, in a word."""

from __future__ import annotations

from tui.actions import ACTIONS, PLACES, Action
from tui.keys import Keys

MOVING = ("enter", "escape", "tab", "space", "left", "right", "up", "down")
"""Keys that do something nearly everywhere, and where they do not, nobody asks why."""

MORE = {("facts", "undo"): " What is saved is taken back in your editor or by version control."}
"""Screen and action → what else is to be said of it there."""


def where_else(key: str, keys: Keys, screen: str | None) -> str | None:
    """Where a key that does nothing on a screen does something; None for a key of no action, or one that moves.

    Where the screen has a pane in which it does something, that is enough.
    """
    if key in MOVING:
        return None
    found = [action for action in ACTIONS if action.place and key in keys.of(action)]
    found = [action for action in found if action.screen == screen] or found
    if not found:
        return None
    titles = dict.fromkeys(action.title for action in found)
    told = "; ".join(_told(title, [action for action in found if action.title == title]) for title in titles)
    return f"{told}.{''.join(MORE.get((screen or '', action.id), '') for action in found)}"


def _told(title: str, actions: list[Action]) -> str:
    places = dict.fromkeys(PLACES[action.where] for action in actions)
    return f"{title}: {' or '.join(place[0].lower() + place[1:] for place in places)} only"
