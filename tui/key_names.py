"""Keys by name: as Textual writes them, as somebody may write them in a file, and as the screen shows them."""

from __future__ import annotations

import unicodedata

from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character

ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}

NAMED = frozenset(
    (*ARROWS, "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown")
) | {f"f{number}" for number in range(1, 25)}
"""Keys that have a name and write nothing; but for space, which does."""

MODIFIERS = ("ctrl", "alt", "shift")

ORDER = ("alt", "ctrl", "shift")
"""The order in which Textual writes them."""

SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+at": "ctrl+@",
}
"""What a terminal cannot tell from another key."""


def normal(name: str) -> str | None:
    """A key as Textual calls it, whichever way it is written: ``?`` or ``question_mark``; None where it is none."""
    *modifiers, last = [part.strip() for part in name.split("+")] if name.strip("+ ") else [name.strip()]
    held = [each.casefold() for each in modifiers]
    key = _key(last)
    if key is None or not set(held) <= set(MODIFIERS) or len(set(held)) < len(held):
        return None
    made = "+".join([*(each for each in ORDER if each in held), key.lower() if held else key])
    return SAME.get(made, made)


def _key(key: str) -> str | None:
    if len(key) == 1:
        return _sign(key)
    named = key.casefold()
    if named in NAMED:
        return named
    return named if _character(named) else None


def _sign(character: str) -> str | None:
    if not character.isprintable() or character == " ":
        return "space" if character == " " else None
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").casefold().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name) or None


def _character(key: str) -> str | None:
    """The sign a key without modifiers stands for."""
    written = {name: sign for sign, name in KEY_NAME_REPLACEMENTS.items()}.get(key, key)
    found = key_to_character(written)
    return found if found and found.isprintable() else None


def writes(key: str) -> bool:
    """Whether a key writes a character where one types."""
    return key == "space" or (key not in NAMED and "+" not in key and _character(key) is not None)


def shown(key: str) -> str:
    """A key as the screen and the documentation show it: ``ctrl+s``, ``?``, ``alt+←``."""
    *modifiers, last = key.split("+")
    if last == "@" and modifiers == ["ctrl"]:
        return "ctrl+space"
    if last not in NAMED:
        last = _character(last) or last
    return "+".join([*modifiers, ARROWS.get(last, last)])
