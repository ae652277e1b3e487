"""What bringing rows together promises: the same whichever way it is done."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.bulk.propagation import folded


@pytest.mark.parametrize(("operation", "kind"), [(np.bitwise_or, np.uint8), (np.maximum, np.uint8), (np.add, np.int16)])
@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=12), seed=st.integers(0, 2**32 - 1))
def test_runs_are_brought_together_as_numpy_does(
    operation: np.ufunc, kind: type[np.generic], sizes: list[int], seed: int
) -> None:
    """However long they are: short ones go side by side, others one after the other."""
    rows = np.random.default_rng(seed).integers(0, 256, (sum(sizes), 3), dtype=np.uint8)
    starts = np.cumsum([0, *sizes[:-1]])

    found = folded(operation, rows, starts, kind)

    assert found.dtype == kind
    assert np.array_equal(found, operation.reduceat(rows, starts, axis=0, dtype=kind))
