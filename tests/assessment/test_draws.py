"""The random numbers: on paper, in plain Python, and as the worlds use them."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pytest

from reasoner.assessment.bits import Bits
from reasoner.assessment.draws import exact_count, exact_rows, raw_numbers, sampled_rows
from tests.assessment.cases import atom, rivals, single

MASK = 2**64 - 1


def splitmix64(state: int, count: int) -> list[int]:
    """The published algorithm, in integers."""
    found = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        found.append(z ^ (z >> 31))
    return found


def drawn_by_hand(seed: int, name: str, shares: tuple[float, ...], size: int) -> list[list[bool]]:
    """Where each value is drawn, by the definition: ranks, one offset a block, cumulated shares."""
    columns: list[list[bool]] = [[] for _ in shares]
    for block in range(16):
        key = int.from_bytes(sha256(f"{seed}:{block}:{name}".encode()).digest()[:8], "big")
        *raw, last = splitmix64(key, size + 1)
        ranks = {number: rank for rank, number in enumerate(sorted(raw))}
        for number in raw:
            u = (ranks[number] + last / 2**64) / size
            low = 0.0
            for column, share in zip(columns, shares, strict=True):
                column.append(low <= u < low + share)
                low += share
    return columns


def test_splitmix64_gives_its_published_numbers() -> None:
    """The first outputs from state 1234567, as the reference implementation prints them."""
    assert splitmix64(1234567, 3) == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_the_worlds_draw_exactly_these_numbers() -> None:
    """Keys from seed, block and name; every output of every block."""
    rows = raw_numbers(7, "used(i, drone)", 50)

    for block, row in enumerate(rows.tolist()):
        key = int.from_bytes(sha256(f"7:{block}:used(i, drone)".encode()).digest()[:8], "big")
        assert row == splitmix64(key, 50)


@pytest.mark.parametrize(
    ("shares", "worlds"),
    [
        ((0.845,), 16_384),
        ((0.539, 0.362), 16_384),
        ((0.2, 0.3, 0.5), 1_600),
        ((1.0,), 1_024),
        ((1e-6,), 1_024),
        ((0.5,), 16),
    ],
)
def test_a_value_is_drawn_where_the_definition_says(shares: tuple[float, ...], worlds: int) -> None:
    """Fast selection and plain ranking give the same worlds, to the last one."""
    rows = sampled_rows(3, "draw", shares, worlds)

    bits = Bits.over(worlds)
    expected = drawn_by_hand(3, "draw", shares, worlds // 16)
    assert [bits.unpack(row).astype(bool).tolist() for row in rows] == expected


@pytest.mark.parametrize("share", [0.03, 0.1, 0.5, 0.599, 0.845, 0.97])
def test_each_block_has_each_fact_in_its_share(share: float) -> None:
    """In every 1,024 worlds a fact is true in its share of them, to one world."""
    held = Bits.over(16_384).unpack(sampled_rows(0, "f", (share,), 16_384)[0]).reshape(16, 1_024).sum(axis=1)

    assert all(abs(int(count) - 1_024 * share) <= 1 for count in held)


def test_draws_are_independent() -> None:
    """Two draws of different names agree no more often than their shares say."""
    one, other = (sampled_rows(0, name, (0.5,), 16_384)[0] for name in ("f(a)", "f(b)"))

    assert Bits.over(16_384).unpack(one & other).mean() == pytest.approx(0.25, abs=0.015)


def test_enumeration_lists_every_world_once() -> None:
    """Three ways for rivals, two for a single fact: six worlds, whose probabilities are products."""
    draws = [rivals("used(i, *)", {"used(i, w)": 0.5, "used(i, x)": 0.3}), single("f(a)", 0.9)]
    needed = {atom("used(i, w)"), atom("used(i, x)"), atom("f(a)")}
    bits = Bits.over(exact_count(draws, needed))

    rows, weights = exact_rows(draws, needed, bits)

    columns = np.array([bits.unpack(rows[value]) for value in sorted(needed, key=str)])
    worlds = {tuple(column): weight for column, weight in zip(columns.T.tolist(), weights.tolist(), strict=True)}
    assert worlds == pytest.approx(
        {(1, 1, 0): 0.45, (1, 0, 1): 0.27, (1, 0, 0): 0.18, (0, 1, 0): 0.05, (0, 0, 1): 0.03, (0, 0, 0): 0.02}
    )


def test_values_nobody_asks_for_make_no_worlds() -> None:
    """Of two rivals only one matters: it holds or it doesn't."""
    draws = [rivals("used(i, *)", {"used(i, w)": 0.5, "used(i, x)": 0.3})]

    assert exact_count(draws, {atom("used(i, x)")}) == 2
