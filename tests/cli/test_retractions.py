"""A denial that brings a fact to nothing: whose it is counts, in sources, linchpins and the heading of a ranking."""

from __future__ import annotations

import pytest

from reasoner.exchange.page_text import page_text
from reasoner.exchange.ranking_text import footing
from reasoner.exchange.sources_page import sources_page
from reasoner.explanation.sentences import Voice
from reasoner.inquiry import Changes, Inquiry, open_case
from tests.cli.retracting import ADMITTED, CASE, retracting


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Inquiry:
    return open_case(CASE, retracting(tmp_path_factory.mktemp("retracting") / "mine"))


def text_of_sources(inquiry: Inquiry) -> str:
    return page_text(sources_page(inquiry.sources(), Voice(inquiry.base, inquiry.program)), 100)


def test_every_source_is_worth_what_leaving_it_out_says(inquiry: Inquiry) -> None:
    """To the digit, whether it affirms or denies, itself or through another; the denial decides who is named."""
    found = inquiry.sources()
    for each in found.sources:
        without = inquiry.changed(Changes(source_off=(each.source.id,))).ranking()
        assert found.judged.subject is not None
        assert each.probability == without.probability(found.judged.subject)
        assert (each.after.leader, each.lost) == (without.leader, without.leader != found.judged.leader)

    assert {"herald", "tribune", "agency"} == {each.source.id for each in found.sources if each.lost}


def test_the_page_says_what_the_source_holds_down(inquiry: Inquiry) -> None:
    """The denial stands under the source whose loss would end the lead."""
    said = """
The Tribune · A, completely reliable
  - Passed on by the Agency; rests on the Irons' spokesman.
  - The Irons officially acknowledged carrying out The attack on the depot (held to be false)
    - A1, 5 February 2024, denying it: He said no such thing.
"""
    assert said in text_of_sources(inquiry)


def test_a_denial_is_a_linchpin(inquiry: Inquiry) -> None:
    """Whoever denied it, or passed that on, is tried, with the same figures as in the list of sources."""
    losses = {each.source.id: each for each in inquiry.sources().sources}
    tried = {name: each for each in inquiry.linchpins().single for name in (each.part.name, *each.part.alike)}

    for source in ("tribune", "agency"):
        assert tried["source", source].lost
        assert tried["source", source].probability == losses[source].probability
    assert ("fact", ADMITTED) not in tried


def test_the_heading_is_dated_by_the_denial(inquiry: Inquiry) -> None:
    """As known on the day of the denial; two days before, as known then, which is another answer."""
    earlier = open_case(CASE, inquiry.workspace, as_of="2024-02-02")

    assert "As known on 5 February 2024" == footing(inquiry.assessment)[0]
    assert "As known on 2 February 2024" == footing(earlier.assessment)[0]
    assert (inquiry.ranking().leader, earlier.ranking().leader) == ("red", "iron")
