"""Aggregates over uncertain facts: each world counts what holds there."""

from __future__ import annotations

from math import comb
from time import process_time

import pytest

from reasoner.assessment.result import Settings
from reasoner.problems import InputError
from tests.assessment.cases import rivals, stage

HALVES = {"p(a)": 0.5, "p(b)": 0.5, "p(c)": 0.5}


@pytest.mark.parametrize(
    ("rule", "chance"),
    [
        ("h :- #count{ X : p(X) } >= 2.", 0.5),
        ("h :- #count{ X : p(X) } = 3.", 0.125),
        ("h :- #count{ X : p(X) } != 3.", 0.875),
        ("h :- 1 <= #count{ X : p(X) } < 3.", 0.75),
        ("h :- #count{ X : not p(X), q(X) } = 0.", 0.125),
        ("h :- #count{ k : p(X) } = 1.", 0.875),
        ("h :- #count{ X : p(X), X != a ; d } > 1.", 0.75),
        ("h :- #count{ X : p(X) } < name.", 1.0),
        ("h :- #sum{ N, X : p(X), n(X, N) } > 2.", 0.5),
        ("h :- #sum{ N : p(X), n(X, N) } > 2.", 0.375),
        ("h :- #sum{ 0-N, X : p(X), n(X, N) } <= -3.", 0.5),
        ("h :- #sum{ X : p(X) } = 0.", 1.0),
        ("h :- #min{ N : p(X), n(X, N) } = 1.", 0.5),
        ("h :- #min{ N : p(X), n(X, N) } > 1.", 0.375),
        ("h :- #min{ N : p(X), n(X, N) } < 9.", 0.875),
        ("h :- #max{ X : p(X) } >= b.", 0.75),
        ("h :- #max{ N : n(X, N), p(X) } != 2.", 0.125),
    ],
)
def test_one_aggregate(rule: str, chance: float) -> None:
    """Three things of even chance, worth 1, 2 and 2: how often the conclusion holds, by hand."""
    certain = ["n(a, 1)", "n(b, 2)", "n(c, 2)", "q(a)", "q(b)", "q(c)"]
    case = stage(f"%% [h] So.\n{rule}", certain, HALVES)

    assert case.assessment.probability(case.atom("h")) == pytest.approx(chance, abs=1e-12)


def test_each_value_is_as_probable_as_the_worlds_that_have_it() -> None:
    """A number given a name: the binomial distribution, and nothing of it lost."""
    case = stage("%% [n] So.\nn(N) :- N = #count{ X : p(X) }.", (), {f"p(x{k})": 0.5 for k in range(8)})
    chances = [case.assessment.probability(case.atom(f"n({k})")) for k in range(9)]

    assert chances == pytest.approx([comb(8, k) / 2**8 for k in range(9)], abs=1e-12)


def test_the_least_of_nothing_is_nothing() -> None:
    """No value, no comparison that succeeds, not even that it differs from something."""
    rules = "%% [a] So.\na(N) :- N = #min{ X : p(X) }.\n%% [b] So.\nb :- #max{ X : p(X) } != 7."
    case = stage(rules, (), {"p(1)": 0.25})

    assert case.assessment.probability(case.atom("a(1)")) == pytest.approx(0.25)
    assert case.assessment.probability(case.atom("b")) == pytest.approx(0.25)


def test_rivals_are_never_counted_together() -> None:
    """One weapon was used, or the other: never two."""
    draws = [rivals("used", {"used(i, w)": 0.5, "used(i, x)": 0.4})]
    case = stage("%% [h] So.\nh(N) :- N = #count{ W : used(i, W) }.", (), {}, draws)

    chances = [case.assessment.probability(case.atom(f"h({number})")) for number in range(3)]
    assert chances == pytest.approx([0.1, 0.9, 0.0], abs=1e-12)


LINE = """
%% [listed] So.
candidate(i, perpetrator, A) :- actor(A).
%% [few] So.
supports(i, perpetrator, A, means, S) :- has(A), actor(A), N = #count{ B : has(B) }, S = 20-N.
%% [led] So.
opposes(i, perpetrator, A, motive, 5) :- actor(A), #count{ B : has(B) } > 2.
"""


def test_what_if_counts_anew_on_the_same_graph() -> None:
    """Without one fact, certain or not, the same figures as a case that never had it."""
    actors = [f"actor({name})" for name in "abcd"]
    uncertain = {"has(a)": 0.8, "has(b)": 0.5, "has(c)": 0.3}
    whole = stage(LINE, [*actors, "has(d)"], uncertain)
    for lost in ("has(b)", "has(d)"):
        left = stage(LINE, [*actors, *({"has(d)"} - {lost})], {f: c for f, c in uncertain.items() if f != lost})
        facts = {held: fact for held, fact in whole.base.facts.items() if str(held) != lost}
        base = type(whole.base)(
            **{name: getattr(whole.base, name) for name in ("case", "as_of", "entities", "sources", "names")},
            facts=facts,
            draws=tuple(draw for draw in whole.base.draws if str(draw.values[0]) != lost),
        )

        assert whole.assessment.without(base)["perpetrator"] == pytest.approx(left.hypotheses(), abs=1e-9)


def test_sampled_figures_agree_with_enumerated_ones() -> None:
    """Within the error that is stated."""
    actors = [f"actor({name})" for name in "abcdef"]
    uncertain = {f"has({name})": 0.3 + 0.1 * place for place, name in enumerate("abcdef")}
    exact = stage(LINE, actors, uncertain, settings=Settings(method="exact"))
    drawn = stage(LINE, actors, uncertain, settings=Settings(method="sampled"))

    error = drawn.assessment.worlds.standard_error
    for actor, chance in exact.hypotheses().items():
        assert abs(drawn.hypotheses()[actor] - chance) < 5 * error, actor


def test_many_things_are_counted_in_no_time() -> None:
    """Forty uncertain things, in each of 16,384 worlds, for forty actors and forty-one values each."""
    names = [f"x{number}" for number in range(40)]
    case = stage(
        LINE.replace("20-N", "N"), [f"actor({name})" for name in names], {f"has({name})": 0.4 for name in names}
    )
    begun = process_time()
    case.assessment.drawn.row(0)

    assert process_time() - begun < 1.0


def test_a_strength_that_no_world_comes_to_may_be_off_the_scale() -> None:
    """With two for certain, a strength of minus one is never stated; where a world comes to it, the rule is told."""
    rules = LINE.replace("S = 20-N", "S = N-2")
    actors = [f"actor({name})" for name in "abc"]

    assert stage(rules, [*actors, "has(a)", "has(b)"], {"has(c)": 0.5}).hypotheses()
    with pytest.raises(InputError, match="comes out as `-1`"):
        stage(rules, actors, {"has(a)": 0.5, "has(b)": 0.5})
