"""Words that fit at a place in a rule."""

from __future__ import annotations

import pytest

from reasoner.drafts import check_drafts
from reasoner.evidence.workspace import Workspace
from reasoner.language.completion import Words, complete
from tests.shipped import HOME


@pytest.fixture(scope="module")
def words() -> Words:
    """The words of the shipped rules and facts."""
    return check_drafts(Workspace(HOME / "rules", HOME / "facts", False), {}).words


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        ("pos", "", "possesses"),
        ("a(A) :- front_f", "", "front_for"),
        ("supports(I, perp", "", "perpetrator"),
        ("supports(I, perpetrator, A, mea", "", "means"),
        ("is_a(A, mili", "", "militia"),
        ("a(Weapon) :- used(I, We", ").", "Weapon"),
        ("a(I) :- used(I, W), N = #count{ B : posses", "", "possesses"),
        ("a(I) :- no", "", "not"),
        ("%% [a] {Wea", "\na(Weapon) :- used(I, Weapon).", "Weapon"),
        ("% earlier\na(X) :- b(X).\nc(Yes) :- d(", ").", "Yes"),
    ],
)
def test_what_fits_comes_first(words: Words, before: str, after: str, first: str) -> None:
    """Predicates outside an atom, constants of the argument's type inside, variables of the clause where they fit."""
    found = complete(before + after, len(before), words)
    assert first in [suggestion.text for suggestion in found.suggestions[:3]]
    assert first.startswith(before[found.start :])


def test_strengths_stand_in_the_order_of_the_scale(words: Words) -> None:
    """Where a strength is due, the clause's variables and the words of the scale are offered, no entity."""
    text = "supports(I, perpetrator, A, means, "
    assert [each.text for each in complete(text, len(text), words).suggestions][:4] == ["I", "A", "weak", "moderate"]


@pytest.mark.parametrize(
    "before", ["% a comment", 'dated("20', "a(1", "%% [name] A sentence", "impossible", "%% {A} wrote po"]
)
def test_nothing_is_offered_where_nothing_is_meant(words: Words, before: str) -> None:
    """Comments, strings, numbers, sentences outside braces, and words written in full have no list."""
    assert complete(before, len(before), words).suggestions == ()


def test_variables_of_other_clauses_are_not_offered(words: Words) -> None:
    """A variable belongs to its clause."""
    text = "a(Other) :- b(Other).\nc(Mine) :- d("
    texts = {each.text for each in complete(text, len(text), words).suggestions}
    assert "Mine" in texts and "Other" not in texts
