"""What a row in a table of expected mistakes holds, and the tests and marks that rows are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reasoner.language.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row: a stable word, the test that recognises it, what is said, and an example.

    ``marks`` says which tokens the carets go under, as (place of the first, place after the last); by default the
    one found. ``message``, ``hint`` and ``note`` may hold ``{found}`` (the text that does not fit), ``{before}``,
    ``{marked}`` (the text under the carets), ``{meant}`` (the entry of ``meant`` for the found text), ``{name}`` (the
    name before a parenthesis) and ``{lower}`` (that name in lower case).

    ``repair`` gives the kind and text of the token that was meant, where that is plain, so that the rest of the clause
    can be read: in place of the marked tokens, or, with ``inserts``, before the one that does not fit.
    """

    word: str
    when: Callable[[Trouble], bool]
    message: str
    example: str
    hint: str | None = None
    note: str | None = None
    meant: dict[str, str] | None = None
    marks: Callable[[Trouble], tuple[int, int]] = lambda trouble: (trouble.at, trouble.at + 1)
    repair: Callable[[Trouble], tuple[str, str] | None] | None = None
    inserts: bool = False


def text(*texts: str) -> Callable[[Trouble], bool]:
    """A test whether the text that does not fit is one of these."""
    return lambda trouble: trouble.found.text in texts


def kind(*kinds: str) -> Callable[[Trouble], bool]:
    """A test whether the token that does not fit is of one of these kinds."""
    return lambda trouble: trouble.found.kind in kinds


def meant(kind: str, text: str) -> Callable[[Trouble], tuple[str, str]]:
    """A repair that is always the same token."""
    return lambda trouble: (kind, text)


def the_one_before(trouble: Trouble) -> tuple[int, int]:
    """Mark the token before."""
    return max(trouble.first, trouble.at - 1), max(trouble.first + 1, trouble.at)


def with_the_one_before(trouble: Trouble) -> tuple[int, int]:
    """Mark the token that does not fit and the one before."""
    return max(trouble.first, trouble.at - 1), trouble.at + 1


def innermost_parenthesis(trouble: Trouble) -> tuple[int, int]:
    """Mark the innermost open parenthesis."""
    place = trouble.open_parentheses[-1]
    return place, place + 1


TERMS = ("NAME", "VARIABLE", "ANONYMOUS", "NUMBER", "STRING")
"""The kinds of tokens that are terms by themselves."""
