"""A parse that failed, and the questions about it that tell one mistake from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from reasoner.language.places import Source
from reasoner.language.syntax import Failed
from reasoner.language.tokens import Token

_LOOK_AHEAD = 500
"""Tokens that are looked through for what comes next in a text that is broken anyway."""


Setting: TypeAlias = Literal["rule", "fact", "query"]
"""What the text is: a rule file, one fact inside a fact file, or a query."""


@dataclass(frozen=True)
class Trouble:
    """Where a parse failed: the tokens, the first one of the clause, the one that does not fit, what would fit."""

    source: Source
    tokens: Sequence[Token]
    failed: Failed
    setting: Setting = "rule"

    @property
    def first(self) -> int:
        """The place of the clause's first token."""
        return self.failed.first

    @property
    def at(self) -> int:
        """The place of the token that does not fit."""
        return self.failed.at

    @property
    def found(self) -> Token:
        """The token that does not fit."""
        return self.tokens[self.at]

    @property
    def before(self) -> Token:
        """The token before it in the clause; at the clause's beginning, an empty one."""
        return self.back(1)

    @property
    def next(self) -> Token:
        """The token after it."""
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)]

    def back(self, steps: int) -> Token:
        """The token that many places before the one that does not fit, within the clause; else an empty one."""
        place = self.at - steps
        return self.tokens[place] if place >= self.first else Token("START", "", self.found.start)

    def wants(self, *kinds: str) -> bool:
        """Whether one of these kinds could have stood there."""
        return not self.failed.expected.isdisjoint(kinds)

    @cached_property
    def in_head(self) -> bool:
        """Whether the clause's ``:-`` has not come yet."""
        return self.setting != "query" and all(token.kind != "IF" for token in self.tokens[self.first : self.at])

    @cached_property
    def open_parentheses(self) -> tuple[int, ...]:
        """The places of the parentheses that are open there, outermost first."""
        found: list[int] = []
        for place in range(self.first, self.at):
            kind = self.tokens[place].kind
            if kind == "LPAR":
                found.append(place)
            elif kind == "RPAR" and found:
                found.pop()
        return tuple(found)

    @property
    def inside(self) -> bool:
        """Whether it stands inside parentheses."""
        return bool(self.open_parentheses)

    @cached_property
    def open_brace(self) -> int | None:
        """The place of the brace that is open there, of an aggregate; None outside."""
        found: int | None = None
        for place in range(self.first, self.at):
            kind = self.tokens[place].kind
            if kind == "LBRACE":
                found = place
            elif kind == "RBRACE":
                found = None
        return found

    @property
    def counting(self) -> bool:
        """Whether it stands inside braces, before the colon of what is counted there."""
        if self.open_brace is None:
            return False
        between = [token.kind for token in self.tokens[self.open_brace : self.at]]
        last = max((place for place, kind in enumerate(between) if kind in ("LBRACE", "SEMICOLON")), default=0)
        return "COLON" not in between[last:]

    @cached_property
    def unbalanced(self) -> bool:
        """Whether the clause, up to its full stop, opens more parentheses than it closes."""
        depth = 0
        for token in self.tokens[self.first : self.at + _LOOK_AHEAD]:
            depth += (token.kind == "LPAR") - (token.kind == "RPAR")
            if token.kind in ("STOP", "IF", "END") and token.start > self.found.start:
                break
        return depth > 0

    @cached_property
    def groups_premises(self) -> bool:
        """Whether the outermost open parenthesis stands where a premise begins."""
        if not self.open_parentheses:
            return False
        place = self.open_parentheses[0]
        return place == self.first or self.tokens[place - 1].kind in ("IF", "COMMA", "NOT")

    @cached_property
    def element_start(self) -> int:
        """The place of the first token of the premise (or conclusion) so far."""
        depth = 0
        for place in range(self.at - 1, self.first - 1, -1):
            kind = self.tokens[place].kind
            depth += (kind in ("RPAR", "RBRACE")) - (kind in ("LPAR", "LBRACE"))
            parts = kind in ("COMMA", "COLON", "SEMICOLON") and depth == 0
            if kind == "IF" or parts or (kind == "LBRACE" and depth < 0):
                return place + 1
        return self.first

    @property
    def element(self) -> Sequence[Token]:
        """The tokens of the premise so far."""
        return self.tokens[self.element_start : self.at]

    @property
    def resume(self) -> int:
        """The place at which reading goes on: behind the next full stop, or where another clause seems to begin."""
        if self.found.kind == "IF" and not self.in_head and self.element_start > self.first:
            return self.element_start
        for place in range(self.at, len(self.tokens) - 1):
            kind = self.tokens[place].kind
            if kind == "STOP":
                return place + 1
            named = place > self.first and kind in ("NAME", "VARIABLE")
            if named and begins_clause(self.source, self.tokens, place, self.first):
                return place
        return len(self.tokens) - 1

    @cached_property
    def begins_clause(self) -> bool:
        """Whether what stands there looks like the beginning of the next clause."""
        return self.found.kind == "NAME" and begins_clause(self.source, self.tokens, self.at, self.first)


def begins_clause(source: Source, tokens: Sequence[Token], place: int, first: int) -> bool:
    """Whether a clause seems to begin at a place, seen from a clause that began at ``first`` and is not closed.

    It does when the token is the first on its line, no further right than the clause before, and either a blank or
    comment line stands between, or a ``:-`` comes before the next full stop, or its atom is a fact.
    """
    token, previous = tokens[place], tokens[place - 1]
    row, previous_row = source.row(token.start), source.row(previous.start)
    if row == previous_row or source.column_of(token.start) > source.column_of(tokens[first].start):
        return False
    return row > previous_row + 1 or _closes_as_clause(tokens, place)


def _closes_as_clause(tokens: Sequence[Token], place: int) -> bool:
    depth = 0
    for token in tokens[place : place + _LOOK_AHEAD]:
        depth += (token.kind == "LPAR") - (token.kind == "RPAR")
        if token.kind in ("IF", "STOP", "END"):
            return True
        if token.kind == "COMMA" and depth == 0:
            return False
    return True
