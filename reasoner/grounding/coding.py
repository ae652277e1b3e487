"""Constants as whole numbers in their own order: integers before symbols before strings, as clingo sorts them.

A symbol or string is its place among all of them, from 0; an integer n is n less an offset, and so always below.
Columns of such numbers can be compared and added up where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reasoner.grounding.bounds import LARGEST_NUMBER
from reasoner.terms import Atom, Constant, Rule, atom_constants, order_key, rule_constants

NARROW = 2**30
"""The offset of integers where numbers are stored in 32 bits."""

WIDE = 2**33
"""The offset where they are stored in 64."""


@dataclass(frozen=True)
class Coding:
    """Numbers for constants: ``codes`` are those of symbols and strings, of which there are ``size``.

    An integer n is ``n - offset``. Symbols that nobody asks about need not be among the codes.
    """

    codes: Mapping[Constant, int]
    size: int
    offset: int = WIDE

    @property
    def largest(self) -> int:
        """The largest integer it has a number for, and the smallest but for its sign."""
        return min(LARGEST_NUMBER, self.offset // 2 - 1)

    @property
    def kind(self) -> npt.DTypeLike:
        """What its numbers are kept in."""
        return np.int32 if self.offset == NARROW else np.int64

    def code(self, constant: Constant) -> int:
        """The number of a constant. Raises KeyError for a symbol it does not know."""
        return constant - self.offset if isinstance(constant, int) else self.codes[constant]

    def knows(self, constant: Constant) -> bool:
        """Whether it has a number for a constant."""
        return isinstance(constant, int) or constant in self.codes

    def constant(self, code: int) -> Constant:
        """The constant of a number. Raises KeyError as `code` does."""
        return self._symbols[code] if code >= 0 else code + self.offset

    @cached_property
    def _symbols(self) -> Mapping[int, Constant]:
        return {code: symbol for symbol, code in self.codes.items()}


def coding_of(rules: Iterable[Rule], atoms: Iterable[Atom], offset: int = WIDE) -> Coding:
    """The coding of all constants in some rules and ground atoms."""
    found: set[Constant] = {each for atom in atoms for each in atom_constants(atom)}
    for rule in rules:
        found.update(rule_constants(rule))
    symbols = sorted((each for each in found if not isinstance(each, int)), key=order_key)
    return Coding({symbol: place for place, symbol in enumerate(symbols)}, len(symbols), offset)
