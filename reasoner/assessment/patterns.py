"""Means over the worlds in which rows hold, for many rows at once: worlds alike in all rows are added up first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Row
from reasoner.assessment.worlds import Values, Worlds

_AT_ONCE = 8
"""So many rows make 256 patterns, few beside the worlds."""

_HOLDING = [
    np.array([[number >> place & 1 for number in range(1 << rows)] for place in range(rows)], dtype=np.bool_)
    for rows in range(_AT_ONCE + 1)
]
"""By how many rows there are: for each row, the patterns in which it holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Which pattern of rows each world has, remembered for rows seen before."""

    _known: dict[tuple[int, ...], tuple[Sequence[Row], npt.NDArray[np.intp]]] = field(default_factory=dict)

    def means(self, values: Values, rows: Sequence[Row], worlds: Worlds) -> list[float]:
        """The mean over all worlds of values that count only where a row holds, one for each row."""
        weighed = values if worlds.weights is None else values * worlds.weights
        parts = worlds.bits.count if worlds.weights is None else 1
        found: list[float] = []
        for start in range(0, len(rows), _AT_ONCE):
            chunk = rows[start : start + _AT_ONCE]
            sums = np.bincount(self._of(chunk, worlds), weights=weighed, minlength=1 << len(chunk))
            found += (np.where(_HOLDING[len(chunk)], sums, 0.0).sum(axis=1) / parts).tolist()
        return found

    def _of(self, rows: Sequence[Row], worlds: Worlds) -> npt.NDArray[np.intp]:
        key = tuple(map(id, rows))
        if key not in self._known:
            patterns = np.zeros(worlds.bits.count, dtype=np.uint8)
            for place, row in enumerate(rows):
                patterns |= worlds.bits.unpack(row) << place
            self._known[key] = (rows, patterns.astype(np.intp))  # the rows are kept, for their ids to stay theirs
        return self._known[key][1]
