"""The example that docs/calculus.md works through, figure by figure."""

from math import log10

import pytest

from tests.assessment.cases import Staged, stage

RULES = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [means] {A} had the means.
supports(I, perpetrator, A, means, 8) :- had_means(A, I).
%% [motive] {A} had a motive.
supports(I, perpetrator, A, motive, 4) :- had_motive(A, I).
%% [seen] {A} was seen.
supports(I, perpetrator, A, record, 3) :- seen(A, I).
"""


def credence(digit: float, letter: float) -> float:
    """A report's log-odds, scaled by its source's letter, as a probability."""
    return 1 / (1 + ((1 - digit) / digit) ** letter)


B2, C3 = credence(0.88, 0.85), credence(0.65, 0.65)


@pytest.fixture(scope="module")
def example() -> Staged:
    return stage(
        RULES,
        certain=["considered(a, i)", "considered(b, i)", "seen(b, i)"],
        uncertain={"had_means(a, i)": B2, "had_motive(a, i)": C3},
    )


def test_the_four_worlds_weigh_what_the_credences_say(example: Staged) -> None:
    """Neither fact, only the second, only the first, both."""
    weights = sorted(example.assessment.drawn.weights.tolist())

    assert [pytest.approx(weight, abs=5e-5) for weight in weights] == [0.0622, 0.0931, 0.3385, 0.5062]


def test_each_world_has_its_own_posterior(example: Staged) -> None:
    """With more of its lines, A rises from world to world."""
    chances = example.assessment.outlooks["perpetrator"].chances("a")

    assert [pytest.approx(chance, abs=5e-5) for chance in sorted(chances)] == [0.0770, 0.1731, 0.3447, 0.5692]


def test_the_probabilities_are_the_weighted_sums(example: Staged) -> None:
    """P(A), P(B) and P(other) to four digits."""
    row = example.hypotheses()

    assert pytest.approx(row, abs=5e-5) == {"a": 0.4257, "b": 0.0955, "other": 0.4788}


def test_factors_are_mean_nets(example: Staged) -> None:
    """8 dB as often as the means are there, 4 dB as often as the motive is."""
    factors = {row.factor: row.decibans for row in example.assessment.contribution("perpetrator", "a").factors}

    assert pytest.approx(factors, abs=5e-3) == {"means": 6.76, "motive": 2.40}


def test_the_parts_add_up_to_the_log_odds(example: Staged) -> None:
    """Prior, factors, field and doubt lead to the log-odds of 42.57 %."""
    parts = example.assessment.contribution("perpetrator", "a")
    total = parts.prior + parts.exclusion + parts.members + parts.field + parts.doubt
    total += sum(row.decibans for row in parts.factors)

    assert 10 * log10(parts.probability / (1 - parts.probability)) == pytest.approx(total, abs=1e-9)
    assert parts.prior == parts.members == parts.exclusion == 0
    assert pytest.approx(parts.field, abs=0.01) == -10.79


def test_without_a_line_it_is_as_if_its_fact_were_absent(example: Staged) -> None:
    """Silencing the motive leaves the two worlds of the means; silencing the means those of the motive."""
    lines = {line.rule: line for line in example.assessment.contribution("perpetrator", "a").lines}

    assert pytest.approx(lines["motive"].without_it, abs=1e-4) == B2 * 0.3447 + (1 - B2) * 0.0770
    assert pytest.approx(lines["means"].without_it, abs=1e-4) == C3 * 0.1731 + (1 - C3) * 0.0770


def test_the_worlds_are_counted_as_exact(example: Staged) -> None:
    """Two uncertain facts make four worlds, and no sampling error."""
    worlds = example.assessment.worlds

    assert (worlds.method, worlds.count, worlds.standard_error) == ("exact", 4, 0.0)
