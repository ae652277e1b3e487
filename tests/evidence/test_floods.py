"""Fact files made to take the machine down are bounded, and say so."""

from __future__ import annotations

import time

import pytest

from tests.evidence.desk import HEAD, Desk

START = "case: bridge_2020\ntitle: T\n"
FLOODS = {
    "unknown names among thousands": START
    + "entities:\n"
    + "".join(f"  entity_{n}: {{name: Entity {n}, kind: militia}}\n" for n in range(5_000))
    + "facts:\n"
    + "".join(f"  - assume: possesses(entityx_{n}, drone)\n" for n in range(5_000)),
    "sources behind sources": START
    + "sources:\n"
    + "".join(f"  s{n}: {{name: S, reliability: A, via: s{n + 1}, origin: s{n + 1}}}\n" for n in range(8_000))
    + "  s8000: {name: S, reliability: A}\n",
    "thousands of values of one date": HEAD
    + "facts:\n"
    + "".join(f"  - assume: platform(bridge_2020, a{n})\n" for n in range(8_000)),
    "keys nobody knows": HEAD + "facts:\n" + "  - {fct: x}\n" * 20_000,
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_mistakes_ends_soon_and_is_cut_off(desk: Desk, name: str) -> None:
    """Floods give at most a screenful of hundreds of problems, within seconds."""
    desk.case(FLOODS[name])
    started = time.perf_counter()
    problems = desk.check()

    assert 1 <= len(problems) <= 200
    assert time.perf_counter() - started < 20


def test_a_long_chain_of_sources_is_a_problem(desk: Desk) -> None:
    """More than 50 sources behind one another are refused, at the source where the chain begins."""
    chain = "".join(f"  s{n}: {{name: S, reliability: A, via: s{n + 1}}}\n" for n in range(51))
    desk.case(START + "sources:\n" + chain + "  s51: {name: S, reliability: A}\n")

    assert [each.message for each in desk.check()] == ["more than 50 sources stand behind `s0`"]
