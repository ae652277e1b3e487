"""What is only assumed is said to be assumed, wherever it stands, and is never called a report."""

from __future__ import annotations

from pathlib import Path

from reasoner.exchange.chain_markdown import chain_markdown
from reasoner.exchange.chain_text import chain_text
from tests.small_case import HEAD, small_inquiry
from tui.outline import Section, outline

POSSESSES = '{assume: "possesses(blue_band, rifles)"}'
HOSTILE = '{fact: "hostile_to(blue_band, victim)", source: radio, credibility: 2}'
LISTED = '{fact: "considered(red_band, raid_2020)", given: true, source: paper}'


def test_that_an_actor_is_looked_at_may_be_assumed(tmp_path: Path) -> None:
    """Then nobody says that nothing is assumed."""
    head = HEAD.replace(LISTED, '{assume: "considered(red_band, raid_2020)"}')
    chain = small_inquiry(tmp_path, head=head).why("red_band")

    assert ("The list of those to be examined for the raid included the Red Band.",) == chain.assumed
    assert "Assumed: nothing" not in chain_text(chain, 100)


def test_what_is_assumed_is_told_once(tmp_path: Path) -> None:
    """Beneath a line."""
    assert ("The Blue Band had rifles.",) == small_inquiry(tmp_path, POSSESSES).why("blue_band").assumed


def test_without_an_assumption_is_not_had_nobody_reported_it(tmp_path: Path) -> None:
    """Nobody reports what is assumed; where both carry a hypothesis, both are said."""
    alone = small_inquiry(tmp_path / "alone", POSSESSES).why("blue_band")
    both = small_inquiry(tmp_path / "both", f"{POSSESSES}\n{HOSTILE}").why("blue_band")
    reported = small_inquiry(tmp_path / "reported", HOSTILE).why("blue_band")

    for chain, had in (
        (alone, "Had nobody assumed it"),
        (both, "Had nobody reported or assumed it"),
        (reported, "Had nobody reported it"),
    ):
        assert f"{had}, the probability would be:" in chain_text(chain, 100)
        assert f"**{had}, the probability would be**" in chain_markdown(chain)
        titles = [entry.value.title for entry in outline(chain) if isinstance(entry.value, Section)]
        assert had in titles
    assert "The Blue Band had rifles (assumed)." in chain_text(alone, 100)
