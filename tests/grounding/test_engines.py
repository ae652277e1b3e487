"""What an engine promises to the driver, whatever thread it runs in and whatever went wrong before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice, zip_longest
from random import Random
from threading import Thread

import pytest

from reasoner.grounding import pydatalog
from reasoner.grounding.engine import Engine, Row
from reasoner.grounding.fixpoint import ground
from reasoner.grounding.pydatalog import PyDatalogEngine, join_order
from reasoner.limits import Limits
from reasoner.problems import InputError
from reasoner.terms import Atom, Literal, Rule, Variable
from tests import programs
from tests.grounding.conftest import NewEngine
from tests.grounding.graphs import columns, program_and_facts

X, Y, Z = map(Variable, "XYZ")
PATH = Rule("path", None, Atom("fire", (X, Y, Z)), (Literal(Atom("e", (X, Y))), Literal(Atom("e", (Y, Z)))))

CLOSURE = "r(X, Y) :- e(X, Y).\nr(X, Z) :- r(X, Y), e(Y, Z), not s(X, Z)."
EDGES = "e(a, b). e(b, c). e(c, d). s(a, c)."


def answers(engine: Engine, rule: Rule, delta: int | None = None) -> list[Row]:
    """Every row of every portion, sorted; a row twice shows twice."""
    return sorted(row for portion in engine.fire(rule, delta) for row in portion)


def test_without_delta_all_rows_match(new_engine: NewEngine) -> None:
    """Old rows join with old and new ones, in both places."""
    engine = new_engine()
    engine.add("e", [(0, 1)])
    engine.add("e", [(1, 2)])

    assert answers(engine, PATH) == [(0, 1, 2)]


@pytest.mark.parametrize(("delta", "expected"), [(0, [(1, 2, 3)]), (1, [(0, 1, 2)])])
def test_delta_matches_the_newest_rows_at_its_place_only(
    delta: int, expected: list[Row], new_engine: NewEngine
) -> None:
    """The other places still match everything."""
    engine = new_engine()
    engine.add("e", [(0, 1), (2, 3)])
    engine.add("e", [(1, 2)])

    assert expected == answers(engine, PATH, delta)


def test_the_newest_rows_are_those_of_the_last_call(new_engine: NewEngine) -> None:
    """A row is new once; asking for it does not make it old, adding more does."""
    engine = new_engine()
    single = Rule("all", None, Atom("fire", (X,)), (Literal(Atom("p", (X,))),))
    engine.add("p", [(0,), (1,)])
    assert [(0,), (1,)] == answers(engine, single, 0) == answers(engine, single, 0)
    engine.add("p", [(2,)])
    assert answers(engine, single, 0) == [(2,)]
    engine.add("p", [])
    assert answers(engine, single, 0) == []
    assert answers(engine, single) == [(0,), (1,), (2,)]


def test_a_predicate_never_added_has_no_rows(new_engine: NewEngine) -> None:
    """It is no error, with delta or without."""
    engine = new_engine()

    assert answers(engine, PATH) == []
    assert answers(engine, PATH, 1) == []


def test_each_answer_comes_once(new_engine: NewEngine) -> None:
    """Also where a join runs over thousands of partial matches."""
    engine = new_engine()
    for name in "pqr":
        engine.add(name, [(number,) for number in range(25)])
    product = Rule(
        "all",
        None,
        Atom("fire", (X, Y, Z)),
        tuple(Literal(Atom(n, (v,))) for n, v in zip("pqr", (X, Y, Z), strict=True)),
    )

    assert [(x, y, z) for x in range(25) for y in range(25) for z in range(25)] == answers(engine, product)


def test_a_join_without_answers_still_yields_portions() -> None:
    """However long a join finds nothing (a triangle where there are only squares), its driver gets its moments."""
    engine = PyDatalogEngine()
    across = [(left, right) for left in range(15) for right in range(15, 30)]
    engine.add("e", across + [(right, left) for left, right in across])
    sides = tuple(Literal(Atom("e", pair)) for pair in ((X, Y), (Y, Z), (Z, X)))
    portions = list(engine.fire(Rule("triangle", None, Atom("fire", (X, Y, Z)), sides), None))

    assert not any(portions)
    assert len(portions) > 10


def test_two_engines_take_turns(new_engine: NewEngine) -> None:
    """What one knows the other does not."""
    first, second = new_engine(), new_engine()
    first.add("e", [(0, 1), (1, 2)])
    second.add("e", [(5, 6), (6, 7)])

    assert answers(first, PATH) == [(0, 1, 2)]
    assert answers(second, PATH) == [(5, 6, 7)]
    first.add("e", [(2, 3)])
    assert answers(first, PATH) == [(0, 1, 2), (1, 2, 3)]


def test_an_engine_works_in_another_thread_than_its_maker(new_engine: NewEngine) -> None:
    """An engine made here answers there, and here again afterwards."""
    engine = new_engine()
    engine.add("e", [(0, 1), (1, 2)])
    found: list[list[Row]] = []
    thread = Thread(target=lambda: found.append(answers(engine, PATH)))
    thread.start()
    thread.join()

    assert found == [[(0, 1, 2)]]
    assert answers(engine, PATH) == [(0, 1, 2)]


def test_threads_ground_side_by_side(new_engine: NewEngine) -> None:
    """Eight groundings in four threads give what one gives alone."""
    program, facts = program_and_facts(CLOSURE, EDGES)
    alone = columns(ground(program, facts, new_engine()))
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: columns(ground(program, facts, new_engine())), range(8)))

    assert [alone] * 8 == together


def test_an_engine_goes_on_after_a_join_was_dropped(new_engine: NewEngine) -> None:
    """A join given up half way leaves nothing behind."""
    engine = new_engine()
    engine.add("p", [(number,) for number in range(100)])
    engine.add("e", [(0, 1), (1, 2)])
    product = Rule("all", None, Atom("fire", (X, Y)), (Literal(Atom("p", (X,))), Literal(Atom("p", (Y,)))))
    list(islice(engine.fire(product, None), 1))

    assert answers(engine, PATH) == [(0, 1, 2)]
    assert len(answers(engine, product)) == 10_000


def test_grounding_works_after_one_that_failed(new_engine: NewEngine) -> None:
    """An error in one case does not spoil the next."""
    program, facts = program_and_facts(CLOSURE, EDGES)
    alone = columns(ground(program, facts, new_engine()))
    with pytest.raises(InputError):
        ground(program, facts, new_engine(), Limits(instances=2))

    assert alone == columns(ground(program, facts, new_engine()))


def test_joins_start_small_and_stay_connected() -> None:
    """A literal that shares no variable with those before comes last, a short relation before a long one."""
    literals = [Atom("long", (X, Y)), Atom("apart", (Z,)), Atom("short", (Y, X)), Atom("fixed", (7,))]

    assert join_order(literals, [1000, 50, 10, 20]) == [3, 2, 0, 1]


@pytest.mark.parametrize("seed", range(100))
def test_forgetting_complete_matches_loses_no_answer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often pyDatalog's table is emptied in the middle of a join, the graph is the same."""
    random = programs.random_program(Random(seed), aggregates=True)
    program = programs.checked(random)
    expected = columns(ground(program, random.facts))
    monkeypatch.setattr(pydatalog, "_PORTION", 3)
    monkeypatch.setattr(pydatalog, "_FORGET", 1)

    assert expected == columns(ground(program, random.facts))


def test_joins_of_two_engines_interleave() -> None:
    """Portions may be read from two engines in turn, within one thread."""
    engines = [PyDatalogEngine(), PyDatalogEngine()]
    for offset, engine in enumerate(engines):
        engine.add("p", [(number + offset,) for number in range(60)])
    product = Rule("all", None, Atom("fire", (X, Y)), (Literal(Atom("p", (X,))), Literal(Atom("p", (Y,)))))
    found: list[set[Row]] = [set(), set()]
    for portions in zip_longest(*(engine.fire(product, None) for engine in engines), fillvalue=()):
        for rows, portion in zip(found, portions, strict=True):
            rows.update(portion)

    assert [{(x + n, y + n) for x in range(60) for y in range(60)} for n in range(2)] == found
