"""What is to be otherwise in a what-if: as values, and as one line of text that people can type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from reasoner.problems import InputError, Problem, similar
from reasoner.terms import Span

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be otherwise.

    ``assume`` and ``retract`` hold facts in the rule language; ``rate`` pairs of a fact, report (``fact@source``),
    source or origin with a grade (``B2``, ``C``, ``4``); ``source_off`` sources from or through which nothing comes,
    ``origin_off`` those on which nothing finally rests; ``rule_off`` rule names; ``strength`` pairs of a rule's name
    with a word of the scale or decibans; ``as_of`` the date that is then reasoned from.
    """

    assume: tuple[str, ...] = ()
    retract: tuple[str, ...] = ()
    rate: tuple[tuple[str, str], ...] = ()
    rule_off: tuple[str, ...] = ()
    strength: tuple[tuple[str, str], ...] = ()
    as_of: str | None = None
    source_off: tuple[str, ...] = ()
    origin_off: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return self != Changes()

    def then(self, more: Changes) -> Changes:
        """These changes and more; what is graded, weighed or dated twice is so as said last."""
        return Changes(
            assume=_once((*self.assume, *more.assume)),
            retract=_once((*self.retract, *more.retract)),
            rate=tuple(dict((*self.rate, *more.rate)).items()),
            source_off=_once((*self.source_off, *more.source_off)),
            origin_off=_once((*self.origin_off, *more.origin_off)),
            rule_off=_once((*self.rule_off, *more.rule_off)),
            strength=tuple(dict((*self.strength, *more.strength)).items()),
            as_of=more.as_of or self.as_of,
        )

    def conflicts(self) -> tuple[Problem, ...]:
        """What is graded or weighed in two ways at once."""
        return tuple(
            Problem("said-twice", f"`{what}` is to be both {' and '.join(values)}", hint="keep one of them")
            for pairs in (self.rate, self.strength)
            for what in dict(pairs)
            if len(values := _once(value for name, value in pairs if name == what)) > 1
        )

    def lines(self) -> Iterator[str]:
        """Each change as `parse_changes` reads it."""
        yield from (f"assume {fact}" for fact in self.assume)
        yield from (f"retract {fact}" for fact in self.retract)
        yield from (f"rate {what}={grade}" for what, grade in self.rate)
        yield from (f"source off {source}" for source in self.source_off)
        yield from (f"origin off {origin}" for origin in self.origin_off)
        yield from (f"rule off {name}" for name in self.rule_off)
        yield from (f"strength {rule}={decibans}" for rule, decibans in self.strength)
        if self.as_of is not None:
            yield f"to {self.as_of}"

    def __str__(self) -> str:
        """All changes on one line."""
        return "; ".join(self.lines())


def _once(values: Iterable[Each]) -> tuple[Each, ...]:
    return tuple(dict.fromkeys(values))


FILE = "changes"
"""The file name that problems in a line of changes carry."""

FORMS = (
    "assume FACT; retract FACT; rate WHAT=GRADE; source off NAME; origin off NAME; rule off NAME; "
    "strength RULE=DB; to DATE"
)

_PART = re.compile(r'(?:[^;\n"]|"(?:[^"\\]|\\.)*"?)+')
_READERS: dict[str, Callable[[Changes, str], Changes]] = {
    "assume": lambda changes, text: replace(changes, assume=(*changes.assume, text)),
    "retract": lambda changes, text: replace(changes, retract=(*changes.retract, text)),
    "rate": lambda changes, text: replace(changes, rate=(*changes.rate, pair(text, "rate WHAT=GRADE"))),
    "source off": lambda changes, text: replace(changes, source_off=(*changes.source_off, text)),
    "origin off": lambda changes, text: replace(changes, origin_off=(*changes.origin_off, text)),
    "rule off": lambda changes, text: replace(changes, rule_off=(*changes.rule_off, text)),
    "strength": lambda changes, text: replace(changes, strength=(*changes.strength, pair(text, "strength RULE=DB"))),
    "to": lambda changes, text: replace(changes, as_of=text),
}


def parse_changes(text: str) -> Changes:
    """Read changes parted by semicolons or line breaks, such as ``retract f(a); rule off scarce means``.

    Raises:
        InputError: with every part that is no change, and its place.
    """
    changes, problems = Changes(), []
    for part in _PART.finditer(text):
        try:
            changes = changes.then(_change(part[0]))
        except InputError as error:
            problems += [_placed(problem, text, part) for problem in error.problems]
    if problems:
        raise InputError(problems)
    return changes


def _change(part: str) -> Changes:
    said = " ".join(part.split(None, 2)[:2]).lower()
    verb = next((verb for verb in _READERS if f"{said} ".startswith(f"{verb} ")), None)
    if not said:
        return Changes()
    if verb is None:
        close = similar(said.split()[0], _READERS) or similar(said, _READERS)
        hint = f"did you mean `{close}`?" if close else None
        raise InputError([Problem("no-change", f"`{part.strip()}` is no change", hint=hint, note=f"write {FORMS}")])
    rest = part.split(None, len(verb.split()))[len(verb.split()) :]
    if not rest:
        raise InputError([Problem("no-change", f"`{verb}` says nothing to change", note=f"write {FORMS}")])
    return _READERS[verb](Changes(), rest[0].strip())


def pair(text: str, form: str) -> tuple[str, str]:
    """The two sides of the last equals sign. Raises `InputError` where there is none, naming the form."""
    left, equals, right = (side.strip() for side in text.rpartition("="))
    if not (left and equals and right):
        raise InputError([Problem("no-pair", f"`{text}` does not say what it becomes", hint=f"write {form}")])
    return left, right


def _placed(problem: Problem, text: str, part: re.Match[str]) -> Problem:
    said = part[0].strip()
    start = part.start() + len(part[0]) - len(part[0].lstrip())
    begins, ends = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    line, column = text.count("\n", 0, start) + 1, start - begins + 1
    whole = text[begins : ends if ends >= 0 else len(text)]
    return replace(problem, span=Span(FILE, line, column, line, column + max(1, len(said))), line_text=whole)
