"""A cap leaves every candidate with few facts, the same ones under the same seed; naming evidence can be left out."""

from __future__ import annotations

import pytest

from reasoner.inquiry import Inquiry, open_case
from reasoner.scoring.mentions import NAMING, STRUCTURE, capped, counted, mentions, without_naming


@pytest.fixture(scope="module")
def inquiry() -> Inquiry:
    return open_case("ain_al_assad_2023")


@pytest.fixture(scope="module")
def candidates(inquiry: Inquiry) -> tuple[str, ...]:
    return inquiry.assessment.outlooks["perpetrator"].posterior.role.candidates


@pytest.mark.parametrize("cap", [1, 2, 3, 6])
def test_no_candidate_keeps_more_than_the_cap(inquiry: Inquiry, candidates: tuple[str, ...], cap: int) -> None:
    """After a draw nobody is mentioned by more facts than the cap, and whoever had fewer lost none of its own draw."""
    mentioned = mentions(inquiry.base, candidates)
    left = counted(mentioned, capped(inquiry.base, mentioned, cap, "7:case:0"))

    assert max(map(len, mentioned.values())) > cap
    assert max(left.values()) <= cap


def test_a_draw_is_the_same_under_its_seed(inquiry: Inquiry, candidates: tuple[str, ...]) -> None:
    """The same seed draws the same facts, another one others."""
    mentioned = mentions(inquiry.base, candidates)
    first, again, other = (capped(inquiry.base, mentioned, 2, seed).facts.keys() for seed in ("0", "0", "1"))

    assert first == again
    assert first != other


def test_structure_and_scaffolding_stay(inquiry: Inquiry, candidates: tuple[str, ...]) -> None:
    """Who is considered, who belongs to whom, and what nobody disputes are never drawn away."""
    mentioned = mentions(inquiry.base, candidates)
    gone = inquiry.base.facts.keys() - capped(inquiry.base, mentioned, 1, "0").facts.keys()

    assert gone
    assert not [atom for atom in gone if atom.predicate in STRUCTURE or inquiry.base.facts[atom].certain]


def test_naming_evidence_can_be_left_out(inquiry: Inquiry) -> None:
    """Without naming, no reported claim, blame, judgement or trail is left."""
    left = without_naming(inquiry.base).facts

    assert not [atom for atom, fact in left.items() if atom.predicate in NAMING and not fact.certain]
    assert len(left) < len(inquiry.base.facts)
