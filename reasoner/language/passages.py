"""A clause or query under check: its atoms and comparisons, and where each argument and variable stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reasoner.language.places import Source
from reasoner.language.syntax import Element, Parsed
from reasoner.language.tokens import Token
from reasoner.problems import Problem
from reasoner.terms import Aggregate, Atom, BodyElement, Comparison, Literal, Rule, atom_variables, element_variables

HEAD = -1
"""The number of the head among the elements of a passage."""


@dataclass(frozen=True)
class Passage:
    """A clause (or a query, which has neither head nor rule) with its tokens.

    The elements of its body are numbered from 0, and after them those inside its aggregates.
    """

    source: Source
    tokens: Sequence[Token]
    parsed: Parsed
    body: tuple[BodyElement, ...]
    rule: Rule | None = None

    @property
    def head(self) -> Atom | None:
        """The conclusion; None in a query."""
        return self.parsed.head

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element with its tokens, by number."""
        return tuple(self.parsed.elements)

    @cached_property
    def scopes(self) -> Mapping[int, tuple[int, int]]:
        """For each element inside an aggregate: the aggregate's number, and which of its elements it belongs to."""
        found: dict[int, tuple[int, int]] = {}
        number = len(self.body)
        for outer, element in enumerate(self.parsed.body):
            for place, condition in enumerate(element.conditions):
                found |= {number + each: (outer, place) for each in range(len(condition))}
                number += len(condition)
        return found

    @cached_property
    def outer_variables(self) -> frozenset[str]:
        """The variables that stand outside all braces."""
        inside_out = [*(atom_variables(self.head) if self.head else ())]
        return frozenset((*inside_out, *(name for element in self.body for name in element_variables(element))))

    def atoms(self) -> Iterator[tuple[int, Atom]]:
        """Yield every atom with the number of its element, the head first, those inside aggregates last."""
        if self.head is not None:
            yield HEAD, self.head
        for number, element in enumerate(self.elements):
            if isinstance(element.value, Literal):
                yield number, element.value.atom

    def aggregates(self) -> Iterator[tuple[int, Aggregate]]:
        """Yield every aggregate with the number of its element."""
        for number, element in enumerate(self.body):
            if isinstance(element, Aggregate):
                yield number, element

    def comparisons(self) -> Iterator[tuple[int, Comparison]]:
        """Yield every comparison outside aggregates with the number of its element."""
        for number, element in enumerate(self.body):
            if isinstance(element, Comparison):
                yield number, element

    def whole(self, number: int) -> tuple[int, int]:
        """The tokens of an element: the place of its first, and the one after its last."""
        if number == HEAD:
            return self.parsed.first, self.parsed.head_stop
        element = self.elements[number]
        return element.first, element.stop

    def name(self, number: int) -> tuple[int, int]:
        """The token of an atom's predicate."""
        first, _ = self.whole(number)
        first += self.tokens[first].kind == "NOT"
        return first, first + 1

    def argument(self, number: int, argument: int) -> tuple[int, int]:
        """The tokens of one argument of an atom, counted from 0."""
        opening = self.name(number)[1]
        _, last = self.whole(number)
        depth = count = 0
        first = opening + 1
        for place in range(opening, last):
            kind = self.tokens[place].kind
            depth += (kind == "LPAR") - (kind == "RPAR")
            if (kind == "COMMA" and depth == 1) or depth == 0:
                if count == argument:
                    return first, place
                count, first = count + 1, place + 1
        return self.whole(number)

    def variable(self, number: int, name: str) -> tuple[int, int]:
        """The first token of a variable within an element."""
        first, last = self.whole(number)
        for place in range(first, last):
            if self.tokens[place].text == name:
                return place, place + 1
        return first, last

    def problem(
        self, word: str, message: str, tokens: tuple[int, int], hint: str | None = None, note: str | None = None
    ) -> Problem:
        """A problem with some of the tokens."""
        start, end = self.tokens[tokens[0]].start, self.tokens[tokens[1] - 1].end
        return self.source.problem(word, message, start, end, hint, note)
