"""How one clause is laid out: on one line where it fits, else the head, then the body indented and filled.

Comments keep their place among the premises: one at the end of a line stays behind the premise it followed, one on a
line of its own stays between the premises it stood between.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reasoner.terms import (
    Aggregate,
    AggregateElement,
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    Literal,
    Term,
    term_text,
)

WIDTH = 100
"""Columns of a line, where the text can be broken."""

_INDENT = "    "
_NO_BREAK = "\0"
_LIKE_A_DATE = re.compile(r"[0-9]-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment inside a clause, and whether it stands behind something on the same line."""

    text: str
    trailing: bool


Notes = Mapping[int, Sequence[Note]]
"""Comments by the number of premises before them."""


def sentence_lines(name: str | None, template: str | None) -> list[str]:
    """The ``%%`` lines for a rule's name and sentence; none where it has neither."""
    text = " ".join(part for part in (f"[{name}]" if name else "", template or "") if part)
    if not text:
        return []
    # A later line that begins with a bracket would read as a name that is not first.
    glued = text[:1] + text[1:].replace(" [", f"{_NO_BREAK}[")
    lines = textwrap.wrap(glued, WIDTH - 3, break_long_words=False, break_on_hyphens=False)
    return [f"%% {line.replace(_NO_BREAK, ' ')}" for line in lines]


def clause_lines(head: Atom, body: Iterable[BodyElement], notes: Notes | None = None) -> list[str]:
    """The lines of a clause, with the comments inside it."""
    notes = notes or {}
    elements = list(body)
    premises = [element_text(element) for element in elements]
    last = len(premises)
    closing = notes.get(last, ())
    if not any(notes.get(place) for place in range(last)):
        single = f"{atom_text(head)} :- {', '.join(premises)}." if premises else f"{atom_text(head)}."
        if len(single) <= WIDTH or not premises:
            return _closed([single], closing)
    lines = [f"{atom_text(head)} :-"]
    _add_notes(lines, notes.get(0, ()))
    open_line = False
    for place, premise in enumerate(premises, start=1):
        text = premise + ("," if place < last else ".")
        if open_line and len(lines[-1]) + 1 + len(text) <= WIDTH:
            lines[-1] += f" {text}"
        else:
            lines += _premise_lines(elements[place - 1], text)
        open_line = place < last and not notes.get(place)
        if not open_line and place < last:
            _add_notes(lines, notes[place])
    return _closed(lines, closing)


def _premise_lines(element: BodyElement, text: str) -> list[str]:
    """A premise on a line of its own; an aggregate too long for that with a line for each of its elements."""
    if not isinstance(element, Aggregate) or len(_INDENT + text) <= WIDTH:
        return [_INDENT + text]
    before, inside, after = _aggregate_parts(element)
    between = [f"{2 * _INDENT}{each};" for each in inside[:-1]]
    return [_INDENT + before, *between, 2 * _INDENT + inside[-1], _INDENT + after + text[-1]]


def _add_notes(lines: list[str], notes: Sequence[Note]) -> None:
    for number, note in enumerate(notes):
        if note.trailing and number == 0:
            lines[-1] += f"  {note.text}"
        else:
            lines.append(_INDENT + note.text)


def _closed(lines: list[str], notes: Sequence[Note]) -> list[str]:
    for number, note in enumerate(notes):
        if note.trailing and number == 0:
            lines[-1] += f"  {note.text}"
        else:
            lines.append(note.text)
    return lines


def element_text(element: BodyElement) -> str:
    """A premise as it is written in a rule file."""
    match element:
        case Literal(atom, negated):
            return f"not {atom_text(atom)}" if negated else atom_text(atom)
        case Comparison(operator, left, right):
            return f"{_term(left)} {operator} {_term(right)}"
        case Aggregate():
            before, inside, after = _aggregate_parts(element)
            return f"{before} {'; '.join(inside)} {after}"


def _aggregate_parts(aggregate: Aggregate) -> tuple[str, list[str], str]:
    """What stands up to the opening brace, each element, and what stands from the closing brace on."""
    left, right = aggregate.left, aggregate.right
    before = f"{_term(left.term)} {left.operator} " if left else ""
    after = f" {right.operator} {_term(right.term)}" if right else ""
    return f"{before}#{aggregate.function}{{", list(map(_counted_text, aggregate.elements)), f"}}{after}"


def _counted_text(element: AggregateElement) -> str:
    terms = ", ".join(map(_term, element.terms))
    return f"{terms} : {', '.join(map(element_text, element.condition))}" if element.condition else terms


def atom_text(atom: Atom) -> str:
    """An atom as it is written in a rule file."""
    if not atom.arguments:
        return atom.predicate
    return f"{atom.predicate}({', '.join(map(_term, atom.arguments))})"


def _term(term: Term) -> str:
    text = term_text(term)
    if isinstance(term, Arithmetic) and _LIKE_A_DATE.search(text):
        return re.sub(r"(?<=[0-9])-(?=[0-9])", " - ", text)
    return text
