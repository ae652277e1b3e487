"""Means over the worlds in which rows hold, for rows that are asked about again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from reasoner.assessment.bits import Row
from reasoner.assessment.worlds import Values, Worlds


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """Where rows hold, as ones and zeros, remembered for rows seen before."""

    _known: dict[int, tuple[Row, Values]] = field(default_factory=dict)

    def means(self, values: Values, rows: Iterable[Row], worlds: Worlds) -> list[float]:
        """The mean over all worlds of values that count only where a row holds, one for each row."""
        return [worlds.mean_product(values, self._of(row, worlds)) for row in rows]

    def _of(self, row: Row, worlds: Worlds) -> Values:
        if id(row) not in self._known:
            ones = worlds.bits.unpack(row).astype(np.float64)
            self._known[id(row)] = (row, ones)  # the row is kept, for its id to stay its own
        return self._known[id(row)][1]
