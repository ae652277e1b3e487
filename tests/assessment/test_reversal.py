"""One hypothesis against another by hand: the gap, what it is made of, and what would turn it round."""

from __future__ import annotations

import itertools
from math import log10

import pytest

from reasoner.assessment.assess import Assessment
from reasoner.assessment.contenders import Contender, contenders, lead, makeup
from reasoner.assessment.reversal import Reversal, reversal, strands
from tests.assessment.cases import Staged, stage

RULES = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [means] {A} had the means.
supports(I, perpetrator, A, means, 8) :- had_means(A, I).
%% [like means] {A} had something like the means.
supports(I, perpetrator, A, means, 5) :- had_means(A, I).
%% [motive] {A} had a motive.
supports(I, perpetrator, A, motive, 4) :- had_motive(A, I).
%% [seen] {A} was seen.
supports(I, perpetrator, A, record, 3) :- seen(A, I).
%% [alibi] {A} was elsewhere.
opposes(I, perpetrator, A, record, 5) :- elsewhere(A, I).
"""
FIELD = ["considered(a, i)", "considered(b, i)"]


def certain(*facts: str) -> Staged:
    return stage(RULES, certain=[*FIELD, *facts])


def pair(staged: Staged) -> tuple[Assessment, Contender, Contender]:
    found = contenders(staged.assessment.outlooks["perpetrator"], "a", "b")
    assert found
    return staged.assessment, *found


def turned(staged: Staged) -> Reversal:
    assessment, first, second = pair(staged)
    return reversal(assessment, "perpetrator", first, second)


def test_the_gap_is_the_difference_of_what_is_certain() -> None:
    """Where every fact is certain, A's 8 + 4 dB against B's 3 - 5 make a gap of 14 dB, without any doubt."""
    staged = certain("had_means(a, i)", "had_motive(a, i)", "seen(b, i)", "elsewhere(b, i)")
    assessment, first, second = pair(staged)
    outlook = assessment.outlooks["perpetrator"]
    one, other = (makeup(outlook, each) for each in (first, second))

    assert lead(outlook, first, second) == pytest.approx(14)
    assert one.total == pytest.approx(12)
    assert other.total == pytest.approx(-2)


def test_the_gap_is_the_ratio_of_the_probabilities() -> None:
    """With doubtful facts it is still ten times the logarithm of P(A) over P(B)."""
    staged = stage(RULES, certain=FIELD, uncertain={"had_means(a, i)": 0.7, "seen(b, i)": 0.4})
    assessment, first, second = pair(staged)
    chances = staged.hypotheses()

    gap = 10 * log10(chances["a"] / chances["b"])
    assert lead(assessment.outlooks["perpetrator"], first, second) == pytest.approx(gap)


def test_a_line_that_falls_may_uncover_another() -> None:
    """Without [means], [like means] steps in: 5 dB still stand against 3, so that both have to fall."""
    found = turned(certain("had_means(a, i)", "seen(b, i)")).falling

    assert [{"means", "like means"}] == [{strand.rule for strand in each.changes} for each in found.overturns]
    assert found.smallest


def test_what_speaks_against_the_other_may_fall_as_well() -> None:
    """Nothing speaks for A: only B's alibi carries its lead of 2 dB, and without it B is 3 dB ahead."""
    (best,) = turned(certain("seen(b, i)", "elsewhere(b, i)")).falling.overturns

    assert [("alibi", True)] == [(strand.rule, strand.against) for strand in best.changes]
    assert 10 * log10(best.behind / best.ahead) == pytest.approx(3)


def test_no_smaller_set_would_do() -> None:
    """Tried one by one, no set smaller than the one found puts B ahead."""
    staged = certain("had_means(a, i)", "had_motive(a, i)", "seen(b, i)")
    assessment, first, second = pair(staged)
    outlook = assessment.outlooks["perpetrator"]
    changes = strands(assessment, outlook, first, second)
    found = reversal(assessment, "perpetrator", first, second).falling
    size = len(found.overturns[0].changes)

    for smaller in itertools.chain.from_iterable(itertools.combinations(changes, n) for n in range(1, size)):
        silenced = frozenset[int]().union(*(strand.instances for strand in smaller))
        rows = assessment.without(silenced=silenced)["perpetrator"]
        assert rows["b"] <= rows["a"] + 1e-9


@pytest.mark.parametrize("facts", [["had_means(a, i)"], ["had_means(a, i)", "had_motive(a, i)", "seen(b, i)"]])
def test_the_new_line_is_the_least_that_does(facts: list[str]) -> None:
    """A sure line of so many decibans puts B ahead, and one of a decibel less does not."""
    staged = certain(*facts)
    assessment, first, second = pair(staged)
    line = reversal(assessment, "perpetrator", first, second).new_line
    assert line is not None

    def after(decibans: int) -> float:
        more = f"%% [new] New.\nsupports(I, perpetrator, b, words, {decibans}) :- considered(b, I).\n"
        return lead(stage(RULES + more, certain=[*FIELD, *facts]).assessment.outlooks["perpetrator"], first, second)

    assert after(line) < 0 <= after(line - 1) + 1e-9


def test_drawing_level_takes_what_the_other_has() -> None:
    """If B had A's lines in means and kept its own record, it would be ahead by 3 dB."""
    found = turned(certain("had_means(a, i)", "seen(b, i)")).level
    (best,) = found.overturns

    assert ("means",) == best.changes
    assert 10 * log10(best.behind / best.ahead) == pytest.approx(3)


def test_other_has_nothing_to_gain() -> None:
    """Someone not on the list is given nobody's lines: against it only lines fall."""
    staged = certain("had_means(a, i)", "had_motive(a, i)")
    found = contenders(staged.assessment.outlooks["perpetrator"], "a", "other")
    assert found
    ways = reversal(staged.assessment, "perpetrator", *found)

    assert not ways.level.overturns
    assert {("means",), ("motive",)} == {
        tuple(strand.rule for strand in each.changes) for each in ways.falling.overturns
    }
