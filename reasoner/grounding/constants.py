"""Constants as numbers, so that joins compare integers and ``a``, ``"a"`` and ``1`` never meet."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.grounding.engine import Row
from reasoner.terms import Constant, order_key


class Constants:
    """Numbers constants in order of first appearance: ``values[number_of(c)] == c``."""

    def __init__(self) -> None:
        self.values: list[Constant] = []
        self._numbers: dict[Constant, int] = {}

    def number_of(self, constant: Constant) -> int:
        """The number of a constant, a new one if it was not seen before."""
        number = self._numbers.get(constant)
        if number is None:
            number = self._numbers[constant] = len(self.values)
            self.values.append(constant)
        return number

    def row_of(self, constants: Iterable[Constant]) -> Row:
        """The numbers of several constants."""
        return tuple(map(self.number_of, constants))

    def ranks(self) -> list[int]:
        """For each number, its place when all constants are sorted: integers, then symbols, then strings."""
        places = [0] * len(self.values)
        for place, number in enumerate(self.in_order()):
            places[number] = place
        return places

    def in_order(self) -> list[int]:
        """The numbers of all constants, sorted by what they stand for."""
        return sorted(range(len(self.values)), key=lambda number: order_key(self.values[number]))
