"""Rules that would take the machine down are stopped, with an error that names the rule and the setting."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic

import pytest

from reasoner.grounding.duckdb import DuckDBEngine
from reasoner.grounding.fixpoint import ground
from reasoner.limits import Limits
from reasoner.problems import InputError, Problem
from tests.grounding.conftest import NewEngine
from tests.grounding.graphs import program_and_facts

ITEMS = " ".join(f"c{letter}({number})." for letter in "abcde" for number in range(20))
PRODUCT = "%% [all] Everything.\nh(A, B, C, D, E) :- ca(A), cb(B), cc(C), cd(D), ce(E)."
NOTHING = "%% [none] Nothing.\nh(A, B, C, D, E) :- ca(A), cb(B), cc(C), cd(D), ce(E), A < B, B < C, C < A."
SQUARES = "\n".join(f"p{n + 1}(X*X) :- p{n}(X)." for n in range(12))


def stopped(rules: str, facts: str, limits: Limits) -> Problem:
    """The one problem that grounding ends in."""
    program, held = program_and_facts(rules, facts)
    with pytest.raises(InputError) as caught:
        ground(program, held, limits=limits)
    (problem,) = caught.value.problems
    return problem


def test_a_cross_product_hits_the_bound_and_ends_promptly() -> None:
    """Three million combinations are not made first and counted afterwards."""
    begun = monotonic()
    problem = stopped(PRODUCT, ITEMS, Limits(instances=10_000))

    assert monotonic() - begun < 5
    assert problem.word == "too-many-instances"
    assert "`all`" in problem.message
    assert "10,000" in problem.message
    assert "ASCRIBE_LIMIT_INSTANCES" in (problem.note or "")
    assert problem.line_text == "h(A, B, C, D, E) :- ca(A), cb(B), cc(C), cd(D), ce(E)."


def test_time_runs_out_inside_a_join_that_finds_nothing() -> None:
    """The clock is watched between the answers of a join, and where there are none."""
    begun = monotonic()
    problem = stopped(NOTHING, ITEMS, Limits(seconds=1))

    assert monotonic() - begun < 5
    assert problem.word == "out-of-time"
    assert "`none`" in problem.message
    assert "ASCRIBE_LIMIT_SECONDS" in (problem.note or "")


def test_recursion_hits_the_bound() -> None:
    """The bound counts instances of all rounds together."""
    edges = " ".join(f"e({n}, {n + 1})." for n in range(60))
    problem = stopped("r(X, Y) :- e(X, Y).\nr(X, Z) :- r(X, Y), r(Y, Z).", edges, Limits(instances=5_000))

    assert problem.word == "too-many-instances"


def test_exactly_as_many_instances_as_allowed_are_allowed(new_engine: NewEngine) -> None:
    """The bound is the last number that works."""
    program, held = program_and_facts("h(X) :- p(X).", "p(1). p(2). p(3).")

    assert len(ground(program, held, new_engine(), Limits(instances=3)).rule) == 3
    with pytest.raises(InputError):
        ground(program, held, new_engine(), Limits(instances=2))


def test_numbers_stay_in_range() -> None:
    """Squaring over and over is stopped before the numbers fill the memory, naming the rule."""
    problem = stopped(SQUARES, "p0(3).", Limits())

    assert problem.word == "number-too-large"
    assert "2,147,483,647" in problem.message


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting that the error names is the one that counts."""
    monkeypatch.setenv("ASCRIBE_LIMIT_INSTANCES", "2")
    program, held = program_and_facts("h(X) :- p(X).", "p(1). p(2). p(3).")
    with pytest.raises(InputError, match="more than 2 "):
        ground(program, held)


SUM = "%% [none] Nothing.\nh(A, B, C, D, E) :- ca(A), cb(B), cc(C), cd(D), ce(E), A + B + C + D + E = 9999."
NUMBERS = " ".join(f"c{letter}({number})." for letter in "abcde" for number in range(150))


@contextmanager
def ends_soon() -> Iterator[None]:
    """What happens within is over in seconds, though the query that it is about would take hours."""
    begun = monotonic()
    yield
    assert monotonic() - begun < 10


def test_a_query_of_duckdb_is_broken_off_when_time_is_up() -> None:
    """Though all instances of a rule are one query, which does not look at the clock."""
    program, held = program_and_facts(SUM, NUMBERS)
    with ends_soon(), pytest.raises(InputError, match="rule `none` applies took more than 1 seconds"):
        ground(program, held, DuckDBEngine(), Limits(seconds=1))


def test_ctrl_c_breaks_off_a_query_of_duckdb() -> None:
    """At once, and not when it would have been done."""
    program, held = program_and_facts(SUM, NUMBERS)
    interrupt = Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with ends_soon(), pytest.raises(KeyboardInterrupt):
        ground(program, held, DuckDBEngine(), Limits(seconds=600))
    interrupt.join()
