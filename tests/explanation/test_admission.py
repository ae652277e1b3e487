"""What a report on a case could say, and what of it may turn out wrong."""

from __future__ import annotations

import pytest

from reasoner.explanation.repairs import repairs
from reasoner.explanation.why_not import likeliest_prospects
from reasoner.inquiry import Inquiry, open_case
from reasoner.terms import Atom

CASE = "abu_ghraib_2023"


@pytest.fixture(scope="module")
def inquiry() -> Inquiry:
    """A case in which sources differ on the platform."""
    return open_case(CASE)


def test_another_value_puts_its_rival_out(inquiry: Inquiry) -> None:
    """To report another value of a functional predicate takes two changes: the value that holds must turn out wrong."""
    prospects = likeliest_prospects(inquiry.assessment)
    (held,) = prospects.reading.model.near("platform", [(0, CASE)])
    rule = next(i for i, rule in enumerate(inquiry.program.rules) if rule.name == "platform seen")

    found = repairs(prospects, Atom("called_for", (CASE, "short_range_ballistic_missiles")), frozenset({rule}))

    assert [(Atom("platform", (CASE, "short_range_ballistic_missiles")),)] == [each.assume for each in found.found]
    assert [(Atom("platform", held),)] == [each.retract for each in found.found]


@pytest.mark.parametrize(
    ("predicate", "may"),
    [
        ("possesses", True),
        ("hostile_to", True),
        ("within", False),  # where places lie is given
        ("is_a", False),  # declared with the entity
        ("silent", False),  # weighs nothing, whatever it says
        ("has", False),  # follows from rules
    ],
)
def test_what_a_report_could_say(inquiry: Inquiry, predicate: str, may: bool) -> None:
    """Facts of the vocabulary, but not what is declared, settled about the world, or never evidence."""
    assert may == likeliest_prospects(inquiry.assessment).admission.assumable(predicate)


def test_arguments_fit_their_types(inquiry: Inquiry) -> None:
    """An actor can be said to have a weapon, never a place; and nobody belongs to himself."""
    admission = likeliest_prospects(inquiry.assessment).admission

    assert admission.fits("possesses", 0, "israel")
    assert not admission.fits("possesses", 1, "baghdad")
    assert not admission.tells(Atom("member_of", ("israel", "israel")))


def test_given_facts_stand(inquiry: Inquiry) -> None:
    """What is given cannot turn out wrong; what is reported can."""
    prospects = likeliest_prospects(inquiry.assessment)
    for atom, fact in inquiry.base.facts.items():
        assert prospects.admission.retractable(atom) == (fact.basis in ("reported", "assumed"))
