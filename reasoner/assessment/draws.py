"""How worlds fall: every way the draws can, or Latin hypercubes of raw random numbers keyed by the draws' names.

The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014),
the stratified sample that of McKay, Beckman and Conover (Technometrics 21, 1979), one hypercube a block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from hashlib import sha256
from math import prod
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reasoner.assessment.bits import Bits, Row, pack
from reasoner.evidence.base import Draw
from reasoner.terms import Atom

BLOCKS = 16
"""How many independent hypercubes a sample consists of."""

Raw: TypeAlias = npt.NDArray[np.uint64]
Weights: TypeAlias = npt.NDArray[np.float64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST_SHIFT = np.uint64(31)
NEGLIGIBLE = 1e-12
"""What cannot happen, but for rounding."""


def key(seed: int, block: int, name: str) -> int:
    """The generator's starting state for one draw in one block: 64 bits of a SHA-256."""
    return int.from_bytes(sha256(f"{seed}:{block}:{name}".encode()).digest()[:8], "big")


def raw_numbers(seed: int, name: str, count: int) -> Raw:
    """The first ``count`` outputs of SplitMix64 for a draw, one row per block: shape (16, count)."""
    return mixed(np.array([key(seed, block, name) for block in range(BLOCKS)], dtype=np.uint64), count)


def mixed(keys: Raw, count: int) -> Raw:
    """The first ``count`` outputs of SplitMix64 from each starting state, along a new last axis."""
    state: Raw = keys[..., None] + _steps(count)
    shifted = np.empty_like(state)
    for shift, factor in _ROUNDS:
        np.right_shift(state, shift, out=shifted)
        np.bitwise_xor(state, shifted, out=state)
        np.multiply(state, factor, out=state)
    np.right_shift(state, _LAST_SHIFT, out=shifted)
    np.bitwise_xor(state, shifted, out=state)
    return state


@lru_cache(maxsize=8)
def _steps(count: int) -> Raw:
    return np.arange(1, count + 1, dtype=np.uint64) * _GOLDEN


@lru_cache(maxsize=4096)
def sampled_rows(seed: int, name: str, shares: tuple[float, ...], worlds: int) -> tuple[Row, ...]:
    """Where each value of a draw is drawn, over ``worlds`` worlds (16 blocks), before any gate.

    World j of a block takes the value i with cum[i-1] <= (rank of raw j + v) / n < cum[i], where n is the size of a
    block and v its raw number n, scaled to [0, 1). So each value is drawn in its share of every block, to 1 in n.
    """
    size = worlds // BLOCKS
    raw = raw_numbers(seed, name, size + 1)
    numbers, offset = raw[:, :size], raw[:, size] / 2.0**64
    ends = np.cumsum(np.asarray(shares, dtype=np.float64))
    ranks = [ranks_below(float(end), offset, size) for end in ends]
    wanted = sorted({int(rank) for column in ranks for rank in column if rank < size})
    ordered = np.partition(numbers, wanted, axis=1) if wanted else numbers
    below = np.zeros(numbers.shape, dtype=np.bool_)
    rows = []
    for column in ranks:
        until = _below(numbers, ordered, column)
        row = pack((until & ~below).ravel())
        row.setflags(write=False)
        rows.append(row)
        below = until
    return tuple(rows)


def ranks_below(end: float | Weights, offset: Weights, size: int) -> npt.NDArray[np.int64]:
    """For each block, how many ranks r have (r + offset) / size < end, in exactly this arithmetic."""
    count = np.clip(np.floor(end * size - offset), 0, size)
    count = np.where((count < size) & ((count + offset) / size < end), count + 1, count)
    count = np.where((count > 0) & ((count - 1 + offset) / size >= end), count - 1, count)
    return count.astype(np.int64)


def _below(numbers: Raw, ordered: Raw, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which raw numbers are among the smallest ``counts[b]`` of their block b."""
    size = numbers.shape[1]
    limits = ordered[np.arange(len(counts)), np.minimum(counts, size - 1)]
    below: npt.NDArray[np.bool_] = numbers < limits[:, None]
    below[counts == size] = True
    return below


Options: TypeAlias = tuple[tuple[float, tuple[Atom, ...]], ...]


def options(draw: Draw, needed: Set[Atom]) -> Options:
    """The ways a draw can fall that differ in a needed value: probability, and the value if any.

    Values that nothing asks for count with "none of them"; what cannot happen is left out.
    """
    kept = [(share, (value,)) for share, value in zip(draw.shares, draw.values, strict=True) if value in needed]
    rest = 1.0 - sum(share for share, _ in kept)
    return tuple(option for option in [*kept, (rest, ())] if option[0] > NEGLIGIBLE)


def exact_count(draws: Sequence[Draw], needed: Set[Atom]) -> int:
    """How many worlds there are."""
    return prod(len(options(draw, needed)) for draw in draws)


def exact_rows(draws: Sequence[Draw], needed: Set[Atom], bits: Bits) -> tuple[Mapping[Atom, Row], Weights]:
    """Where each needed value is drawn, before any gate, and each world's probability (they sum to 1).

    The order of worlds and of multiplication depends on the draws' names alone.
    """
    rows: dict[Atom, Row] = {}
    weights = np.ones(1, dtype=np.float64)
    before = 1
    for draw in sorted(draws, key=lambda draw: draw.name):
        ways = options(draw, needed)
        after = bits.count // (before * len(ways))
        for number, (_, values) in enumerate(ways):
            for value in values:
                rows[value] = bits.full if len(ways) == 1 else _periodic(before, len(ways), after, number)
        weights = np.multiply.outer(weights, np.array([share for share, _ in ways])).ravel()
        before *= len(ways)
    return rows, weights / weights.sum()


def _periodic(before: int, ways: int, after: int, number: int) -> Row:
    held = np.zeros((before, ways, after), dtype=np.bool_)
    held[:, number, :] = True
    return pack(held.ravel())
