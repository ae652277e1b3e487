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
            numbers = np.arange(1 << len(chunk))
            found += [float(sums[numbers >> place & 1 == 1].sum()) / parts for place in range(len(chunk))]
        return found

    def _of(self, rows: Sequence[Row], worlds: Worlds) -> npt.NDArray[np.intp]:
        key = tuple(map(id, rows))
        if key not in self._known:
            patterns = np.zeros(worlds.bits.count, dtype=np.uint8)
            for place, row in enumerate(rows):
                patterns |= worlds.bits.unpack(row) << place
            self._known[key] = (rows, patterns.astype(np.intp))  # the rows are kept, for their ids to stay theirs
        return self._known[key][1]
