"""Why not somebody, where one of the two has no name."""

from __future__ import annotations

from pathlib import Path

from reasoner.exchange.page_text import page_text
from reasoner.exchange.why_not_page import why_not_page
from tests.small_case import HEAD, RULES, small_inquiry

SEEN = """
%% [strangers] Witnesses spoke of strangers.
supports(I, perpetrator, other, testimony, 8) :- witnessed(I, strangers).

%% [many had it] Many had {W}.
opposes(I, perpetrator, other, means, 4) :- used(I, W), 2 <= #count{ A : possesses(A, W) }.
"""
WITNESSED = '{fact: "witnessed(raid_2020, strangers)", given: true, source: paper}'
BOTH_HAVE = "\n".join(
    f'{{fact: "possesses({actor}, rifles)", given: true, source: paper}}' for actor in ("red_band", "blue_band")
)
BLUE = '  - {fact: "considered(blue_band, raid_2020)", given: true, source: paper}\n'


def said(folder: Path, facts: str, actor: str, against: str | None, *, rules: str = RULES, head: str = HEAD) -> str:
    """The page on one line."""
    found = small_inquiry(folder, facts, rules, head).why_not(actor, against=against)
    return " ".join(page_text(why_not_page(found), 100).split())


def test_a_rule_that_speaks_for_those_not_on_the_list_is_told(tmp_path: Path) -> None:
    """With what it weighs, on whichever side they stand; and with what speaks against them."""
    facts = f"{WITNESSED}\n{BOTH_HAVE}"
    for number, (actor, against) in enumerate((("other", "red_band"), ("red_band", "other"))):
        text = said(tmp_path / str(number), facts, actor, against, rules=RULES + SEEN)
        assert "No report can speak" not in text
        assert "For it: [strangers] (+8 dB). Against it: [many had it] (−4 dB)." in text


def test_a_rule_that_could_speak_for_them_is_told(tmp_path: Path) -> None:
    """Though nothing brings it about here."""
    text = said(tmp_path, "", "other", "red_band", rules=RULES + SEEN)

    assert "Only [strangers] can speak for someone not on the list, and does not here" in text


def test_that_nobody_else_is_named_is_only_said_where_it_is_so(tmp_path: Path) -> None:
    """Another hypothesis may stand by whoever asked."""
    assert "Nobody else who is named" not in said(tmp_path / "two", "", "red_band", "other")
    assert "Nobody else who is named" in said(tmp_path / "one", "", "red_band", None, head=HEAD.replace(BLUE, ""))
