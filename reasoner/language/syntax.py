"""From tokens to clauses: one pass of the LALR table, and the values that its reductions build.

A parse ends at the first full stop that closes a clause, so that the caller can go on after a broken one. Nothing
here knows what an error means: a failed parse is only the place, the state and what could have come next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from reasoner.language.grammar import END, parse_table
from reasoner.language.tokens import Token
from reasoner.terms import (
    Aggregate,
    AggregateElement,
    AggregateFunction,
    Arithmetic,
    Atom,
    BodyElement,
    Comparison,
    Condition,
    Guard,
    Literal,
    Quoted,
    Term,
    Variable,
)


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a body, and the tokens it is made of: the first, and the one after the last.

    ``conditions`` are those inside an aggregate, for each of its elements in turn.
    """

    value: BodyElement
    first: int
    stop: int
    conditions: tuple[tuple[Element, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A clause or a query: its head (None in a query), its body, and where its tokens begin and stop.

    ``head_stop`` is the token after the head; ``stop`` the one after the full stop.
    """

    head: Atom | None
    body: tuple[Element, ...]
    first: int
    head_stop: int
    stop: int

    @property
    def elements(self) -> Iterator[Element]:
        """Every element of the body, then every one inside an aggregate."""
        yield from self.body
        for element in self.body:
            for condition in element.conditions:
                yield from condition


@dataclass(frozen=True, slots=True)
class Failed:
    """A parse that ended at a token that cannot stand there; ``expected`` are the kinds that can."""

    first: int
    at: int
    expected: frozenset[str]


_Build: TypeAlias = Callable[[list[Any], int, int], Any]
_Steps: TypeAlias = tuple[tuple[str, int, "_Build | None"], ...]


def parse(tokens: Sequence[Token], first: int, start: str) -> Parsed | Failed:
    """Parse one clause (start ``clause``) or query (start ``query``) from a position of the token list.

    The list must end with a token of kind ``END``.
    """
    table, steps = parse_table(), _steps()
    states = table.states
    state, accepting = table.starts[start]
    path, starts = [state], list[int]()
    values: list[Any] = []
    at, kind = first, tokens[first].kind
    while state != accepting:
        step = states[state].get(kind)
        if step is None:
            return Failed(first, at, frozenset(name for name in states[state] if name.isupper()))
        if step >= 0:
            state = step
            values.append(tokens[at])
            starts.append(at)
            at += 1
            kind = END if kind == "STOP" else tokens[at].kind
        else:
            symbol, size, build = steps[-1 - step]
            if build is not None:
                values[-size:] = [build(values[-size:], starts[-size], at)]
            del path[-size:], starts[len(starts) - size + 1 :]
            state = states[path[-1]][symbol]
        path.append(state)
    parsed: Parsed = values[0]
    return parsed


@cache
def _steps() -> _Steps:
    return tuple(
        (made.symbol, made.size, _BUILDS[made.action] if made.action else None) for made in parse_table().reductions
    )


def _fact(parts: list[Any], first: int, stop: int) -> Parsed:
    (atom, head_stop), _ = parts
    return Parsed(atom, (), first, head_stop, stop)


def _rule(parts: list[Any], first: int, stop: int) -> Parsed:
    (atom, head_stop), _, body, _ = parts
    return Parsed(atom, tuple(body), first, head_stop, stop)


def _query(parts: list[Any], first: int, stop: int) -> Parsed:
    return Parsed(None, tuple(parts[0]), first, first, stop)


def _next(parts: list[Any], _first: int, _stop: int) -> list[Any]:
    listed: list[Any] = parts[0]
    listed.append(parts[2])
    return listed


def _comparison(parts: list[Any], first: int, stop: int) -> Element:
    left, operator, right = parts
    return Element(Comparison(operator.text, left, right), first, stop)


_Counted: TypeAlias = tuple[list[Term], list[Element]]
_Braces: TypeAlias = tuple[AggregateFunction, list[_Counted]]


def _aggregate(left: list[Any], braces: _Braces, right: list[Any], first: int, stop: int) -> Element:
    """An aggregate with what stands left of its braces (a term, an operator), and right of them."""
    function, counted = braces
    elements = tuple(AggregateElement(tuple(terms), conditions_of(condition)) for terms, condition in counted)
    before = Guard(left[1].text, left[0]) if left else None
    after = Guard(right[0].text, right[1]) if right else None
    conditions = tuple(tuple(condition) for _, condition in counted)
    return Element(Aggregate(function, elements, before, after), first, stop, conditions)


def conditions_of(elements: Iterable[Element]) -> tuple[Condition, ...]:
    """The values of an aggregate's inner elements, among which the grammar admits no aggregate."""
    return tuple(element.value for element in elements if not isinstance(element.value, Aggregate))


def _negated_term(parts: list[Any], _first: int, _stop: int) -> Term:
    inner: Term = parts[2]
    return -inner if isinstance(inner, int) else Arithmetic("-", 0, inner)


_ESCAPES = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}


def _string(parts: list[Any], _first: int, _stop: int) -> Quoted:
    text: str = parts[0].text[1:-1]
    if "\\" in text:
        text = re.sub(r"\\.", lambda escape: _ESCAPES.get(escape[0], escape[0]), text)
    return Quoted(text)


_BUILDS: dict[str, _Build] = {
    "fact": _fact,
    "rule": _rule,
    "query": _query,
    "head": lambda parts, first, stop: (parts[0], stop),
    "first": lambda parts, first, stop: [parts[0]],
    "next": _next,
    "positive": lambda parts, first, stop: Element(Literal(parts[0]), first, stop),
    "negative": lambda parts, first, stop: Element(Literal(parts[1], True), first, stop),
    "comparison": _comparison,
    "left_guarded": lambda parts, first, stop: _aggregate(parts[:2], parts[2], [], first, stop),
    "right_guarded": lambda parts, first, stop: _aggregate([], parts[0], parts[1:], first, stop),
    "guarded": lambda parts, first, stop: _aggregate(parts[:2], parts[2], parts[3:], first, stop),
    "braces": lambda parts, first, stop: (parts[0].text[1:], parts[2]),
    "unconditional": lambda parts, first, stop: (parts[0], []),
    "conditional": lambda parts, first, stop: (parts[0], parts[2]),
    "proposition": lambda parts, first, stop: Atom(parts[0].text),
    "atom": lambda parts, first, stop: Atom(parts[0].text, tuple(parts[2])),
    "arithmetic": lambda parts, first, stop: Arithmetic(parts[1].text, parts[0], parts[2]),
    "symbol": lambda parts, first, stop: parts[0].text,
    "variable": lambda parts, first, stop: Variable(parts[0].text),
    "number": lambda parts, first, stop: int(parts[0].text),
    "string": _string,
    "negative_number": lambda parts, first, stop: -int(parts[1].text),
    "negated_term": _negated_term,
    "grouped": lambda parts, first, stop: parts[1],
}
