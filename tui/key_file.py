"""The reader's own keys: `keys.yaml` in the user's configuration folder, an action's id and its keys on each line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from reasoner.documents import read_yaml, validate
from reasoner.problems import InputError, Problem, did_you_mean
from tui.actions import BY_ID, PLACES, Action
from tui.key_names import MODIFIERS, NAMED, SAME, normal, shown, writes
from tui.keys import Keys, key_file, shown_key_file

if TYPE_CHECKING:
    from reasoner.documents import Document

RESERVED = {"ctrl+c": "it copies what is marked", "ctrl+q": "it always leaves ascribe"}

TYPING = ("fact-form", "case-text", "rule-text")
"""The places where every letter goes into a text."""

A_KEY = (
    "a key is a sign such as `x` or `?`, or one with a name such as `enter`, `space`, `delete`, `pageup`, `left` or "
    "`f5`; `ctrl+`, `alt+` or `shift+` may stand before it"
)
LISTED = "`ascribe keys` lists every action with its keys"


def read_keys() -> tuple[Keys, tuple[Problem, ...]]:
    """The keys in force, and what is wrong with the file: whatever is wrong there leaves a key as it is."""
    if not key_file().exists():
        return Keys(), ()
    try:
        document = read_yaml(key_file(), shown_as=shown_key_file())
        stated = _stated(document)
    except InputError as error:
        return Keys(), tuple(problem for problem in error.problems if problem.word != "empty-file")
    problems = [problem for action, keys in stated.items() for problem in _wrong(document, action, keys)]
    bad = {problem.span.line for problem in problems if problem.span}
    chosen = {
        action: tuple(dict.fromkeys(key for each in keys if (key := normal(each))))
        for action, keys in stated.items()
        if not bad & set(_lines(document, action))
    }
    clashing = {mine.id: _clash(document, key, mine, other) for key, mine, other in Keys(chosen).clashes()}
    kept = {action: keys for action, keys in chosen.items() if action not in clashing}
    return Keys(kept), InputError([*problems, *clashing.values()]).problems


def _lines(document: Document, action: str) -> range:
    """The lines on which an action and its keys stand."""
    return range(document.key_span((action,)).line, document.spans[(action,)].end_line + 1)


def _stated(document: Document) -> dict[str, list[str]]:
    """Action → the keys written for it. Raises `InputError` where the file is nothing of the kind."""
    from pydantic import BeforeValidator, RootModel

    def keys(value: object) -> list[str]:
        listed = value if isinstance(value, list) else [value]
        if listed and all(isinstance(key, (str, int)) and not isinstance(key, bool) for key in listed):
            return [str(key) for key in listed]
        raise ValueError('must be a key such as ctrl+e, or a list of keys; signs stand in quotes: "?"')

    class KeyFile(RootModel[dict[str, Annotated[list[str], BeforeValidator(keys)]]]):
        """Action → its keys."""

    return validate(document, KeyFile).root


def _wrong(document: Document, action: str, keys: list[str]) -> Iterator[Problem]:
    """What is wrong with one line, by itself."""
    known = BY_ID.get(action)
    if known is None:
        hint = did_you_mean(action, BY_ID)
        span = document.key_span((action,))
        yield document.problem("unknown-action", f"there is no action `{action}`", span, hint, LISTED)
        return
    for place, written in enumerate(keys):
        path = (action, place) if isinstance(document.value[action], list) else (action,)
        if wrong := _wrong_key(known, written):
            yield document.problem(wrong[0], wrong[1], document.entry_span(path), *wrong[2:])


def _wrong_key(action: Action, written: str) -> tuple[str, str, str | None, str | None] | None:
    """The word, message, hint and note of what is wrong with a key for an action."""
    key = normal(written)
    if key is None:
        first, plus, _ = written.casefold().partition("+")
        hint = did_you_mean(first, MODIFIERS if plus else NAMED)
        return "unknown-key", f"`{written}` is no key", hint, A_KEY
    if key in RESERVED:
        return "reserved-key", f"`{shown(key)}` cannot be had: {RESERVED[key]}", None, None
    if key in SAME.values() and written.casefold() != key:
        return (
            "same-key",
            f"a terminal cannot tell `{written}` from `{key}`",
            f"write `{key}` where that is meant",
            None,
        )
    if action.where in TYPING and _typed(key):
        place = PLACES[action.where]
        place = place[0].lower() + place[1:]
        return "typed-key", f"`{shown(key)}` is needed for writing {place}", "choose one with ctrl, or f1 to f24", None
    return None


def _typed(key: str) -> bool:
    """Whether a key is needed where one types: it writes, moves the cursor, marks, deletes."""
    from textual.binding import Binding
    from textual.widgets import Input, TextArea

    taken = {
        each
        for binding in (*Input.BINDINGS, *TextArea.BINDINGS)
        if isinstance(binding, Binding)
        for each in binding.key.split(",")
    }
    return writes(key) or key in taken or key in ("tab", "shift+tab", "enter")


def _clash(document: Document, key: str, mine: Action, other: Action) -> Problem:
    where = PLACES[mine.where if other.where == "everywhere" else other.where]
    message = f"`{shown(key)}` would do two things {where[0].lower()}{where[1:]}: `{mine.id}` and `{other.id}`"
    hint = f"choose another key, or give `{other.id}` another as well"
    return document.problem("key-taken", message, document.key_span((mine.id,)), hint)
