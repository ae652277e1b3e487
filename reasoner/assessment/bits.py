"""Worlds as columns of bits: one row of 64-bit words per fact or atom, one bit per world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Row: TypeAlias = npt.NDArray[np.uint64]
"""Which worlds something holds in. Rows are shared and never written to once they are made.

Several may be stacked, shape (rows, words): the same thing where some facts differ. One row then counts for all.
"""

Flags: TypeAlias = npt.NDArray[np.uint8]
"""The same, unpacked: one byte per world, 0 or 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Bits:
    """The algebra of rows over ``count`` worlds.

    ``full`` holds in every world, ``empty`` in none; operations know both by identity, which spares most of the work
    where most facts are certain. Bits beyond the last world are 0 in every row.
    """

    count: int
    full: Row
    empty: Row

    @staticmethod
    @lru_cache(maxsize=64)
    def over(count: int) -> Bits:
        """The rows over so many worlds, at least 1; the same value for the same number."""
        full = pack(np.ones(count, dtype=np.bool_))
        return Bits(count, full, np.zeros_like(full))

    def both(self, one: Row, other: Row) -> Row:
        """Where both hold."""
        if one is self.full or other is self.empty:
            return other
        if other is self.full or one is self.empty:
            return one
        return one & other

    def either(self, one: Row, other: Row) -> Row:
        """Where at least one holds."""
        if one is self.empty or other is self.full:
            return other
        if other is self.empty or one is self.full or one is other:
            return one
        return one | other

    def minus(self, one: Row, other: Row) -> Row:
        """Where the first holds and the second doesn't."""
        if other is self.empty or one is self.empty:
            return one
        if other is self.full:
            return self.empty
        return one & ~other

    def any_of(self, rows: Iterable[Row]) -> Row:
        """Where at least one of the rows holds."""
        found = self.empty
        for row in rows:
            found = self.either(found, row)
        return found

    def unpack(self, row: Row) -> Flags:
        """One byte per world, 0 or 1."""
        return np.unpackbits(row.view(np.uint8), axis=-1, count=self.count, bitorder="little")

    def same(self, one: Row, other: Row) -> bool:
        """Whether two rows hold in the same worlds."""
        if one is other:
            return True
        return one.tobytes() == other.tobytes() if one.shape == other.shape else bool((one == other).all())

    def stacked(self, rows: Sequence[Row]) -> Row:
        """Several rows as one stack; one row where all are the same row."""
        first = rows[0]
        return first if all(row is first for row in rows) else np.array(rows)


def pack(held: npt.NDArray[np.bool_]) -> Row:
    """The row of a vector with one truth value per world, or the stack of several."""
    packed = np.packbits(held, axis=-1, bitorder="little")
    missing = -packed.shape[-1] % 8
    if missing:
        packed = np.concatenate([packed, np.zeros((*packed.shape[:-1], missing), dtype=np.uint8)], axis=-1)
    return packed.view(np.uint64)
