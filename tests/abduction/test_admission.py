"""What a report on a case could say, and what of it may turn out wrong."""

from __future__ import annotations

import pytest

from reasoner.abduction.repairs import repairs
from reasoner.explanation.changes import Changes
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

    found = repairs(prospects, Atom("called_for", (CASE, "armed_drones")), frozenset({rule}))

    assert [(Atom("platform", (CASE, "armed_drones")),)] == [each.assume for each in found.found]
    assert [(Atom("platform", held),)] == [each.retract for each in found.found]


@pytest.mark.parametrize(
    ("predicate", "may"),
    [
        ("possesses", True),
        ("platform", True),  # never asked for, but two values are on file
        ("hostile_to", False),  # never asked for, and all that is on file is certain
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


def test_what_is_settled_can_only_be_what_is_on_file(inquiry: Inquiry) -> None:
    """Of what is never asked for, only what somebody has said may yet turn out so."""
    admission = likeliest_prospects(inquiry.assessment).admission

    assert [Atom("platform", (CASE, each)) for each in ("combat_aircraft", "armed_drones")] == sorted(
        admission.listed("platform") or (), key=str, reverse=True
    )
    assert admission.tells(Atom("platform", (CASE, "armed_drones")))
    assert not admission.tells(Atom("platform", (CASE, "short_range_ballistic_missiles")))
    assert admission.listed("possesses") is None


def test_one_answer_is_enough_where_the_vocabulary_says_so(inquiry: Inquiry) -> None:
    """What is asked for once is settled by the first answer."""
    admission = likeliest_prospects(inquiry.assessment).admission
    (part, *_) = (atom for atom in inquiry.base.facts if atom.predicate == "used")
    (incident, _) = part.arguments

    assert not admission.tells(Atom("used", (incident, "another_weapon")))
    assert admission.tells(Atom("used", ("another_incident", "another_weapon")))


def test_what_stands_and_what_may_turn_out_wrong(inquiry: Inquiry) -> None:
    """What is given stands, and so does what is almost certain (95 %); other reports and assumptions may be wrong."""
    admission = likeliest_prospects(inquiry.assessment).admission
    assumed = inquiry.what_if(Changes(assume=("possesses(islamic_state, armed_drones)",))).after

    for atom, fact in inquiry.base.facts.items():
        assert admission.retractable(atom) == (fact.basis == "reported" and fact.credence < 0.95)
    assert likeliest_prospects(assumed).admission.retractable(Atom("possesses", ("islamic_state", "armed_drones")))
