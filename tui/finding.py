"""Finding among many things by some letters of what they are called."""

from __future__ import annotations

from collections.abc import Callable

from tui.actions import ACTIONS, Action

BY_KEY = 2.0
"""How well an action answers to its key: better than any name does."""


def matching(
    text: str, actions: tuple[Action, ...] = ACTIONS, key_text: Callable[[Action], str] = lambda action: action.key_text
) -> tuple[Action, ...]:
    """The actions whose key, name or sentence answers to a text, the closest first."""
    wanted = text.strip()
    if not wanted:
        return actions

    def grade(action: Action) -> float:
        by_key = {wanted, wanted.casefold()} & set(key_text(action).split(" "))
        return BY_KEY if by_key else closeness(wanted, action.title, action.about)[0]

    graded = [(grade(action), action) for action in actions]
    found = (each for each in graded if each[0] > 0)
    return tuple(action for _, action in sorted(found, key=lambda each: -each[0]))


def closeness(wanted: str, name: str, about: str = "") -> tuple[float, tuple[int, ...]]:
    """How well a name, or else what is said about it, answers to what is wanted, and the letters of the name found.

    From 0, not at all, to 1; the letters by their places. Every word must be there, or all letters of it in order,
    near each other, from the beginning of a word on.
    """
    text, beyond = name.lower(), about.lower()
    query = " ".join(wanted.lower().split())
    start = text.find(query)
    if not query:
        return 0.0, ()
    if start >= 0:
        first = start == 0 or not text[start - 1].isalnum()
        return (1.0 if start == 0 else 0.9 if first else 0.8), tuple(range(start, start + len(query)))
    graded = [_word(word, text, beyond) for word in query.split(" ")]
    if not all(grade for grade, _ in graded):
        return 0.0, ()
    marks = sorted({mark for _, places in graded for mark in places})
    return min(grade for grade, _ in graded), tuple(marks)


def _word(word: str, text: str, beyond: str) -> tuple[float, tuple[int, ...]]:
    start = text.find(word)
    if start >= 0:
        return 0.7, tuple(range(start, start + len(word)))
    if word in beyond:
        return 0.4, ()
    places: list[int] = []
    for letter in word:
        place = text.find(letter, places[-1] + 1 if places else 0)
        if place < 0:
            return 0.0, ()
        places.append(place)
    begins = places[0] == 0 or not text[places[0] - 1].isalnum()
    near = places[-1] - places[0] < _NEAR * len(word)
    return (0.3, tuple(places)) if begins and near else (0.0, ())


_NEAR = 2
"""Letters in order count if they lie within so many times their number."""
