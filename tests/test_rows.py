"""How a ranking is laid out in rows."""

from __future__ import annotations

import pytest

from reasoner.exchange.rows import folded
from tests.assessment.cases import stage

RULES = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [weighs] {A} is supported by {N} decibans.
supports(I, perpetrator, A, means, N) :- considered(A, I), weight(A, N).
%% [tie] A tie.
tied(A, B) :- member_of(A, B).
"""


@pytest.mark.parametrize(
    ("membership", "tops", "beneath"),
    [(0.3, {"a", "other", "u"}, {"b", "u"}), (1.0, {"other", "u"}, {"a", "b", "u"})],
    ids=["perhaps", "certainly"],
)
def test_no_member_stands_beneath_an_umbrella_less_probable_than_it(
    membership: float, tops: set[str], beneath: set[str]
) -> None:
    """Who is a member only perhaps, and more probable than the umbrella, has a row of its own instead."""
    facts = ["considered(a, i)", "considered(b, i)", "considered(u, i)", "weight(a, 12)", "member_of(b, u)"]
    case = stage(RULES, facts, {"member_of(a, u)": membership})

    rows = folded(case.assessment.rankings["perpetrator"])

    heads = {row.actor: row.probability for row in rows if row.depth == 0}
    members = {row.actor: row.probability for row in rows if row.depth == 1}
    assert (set(heads), set(members)) == (tops, beneath)
    assert max(members.values()) <= heads["u"]
