"""A comparison with an umbrella shows what its members have: what is said to fall must be seen to stand."""

from __future__ import annotations

from pathlib import Path

from reasoner.exchange.compare_json import compare_json
from reasoner.exchange.compare_page import compare_page
from reasoner.exchange.page_text import page_text
from reasoner.inquiry import Inquiry
from tests.small_case import HEAD, small_inquiry

HEADED = HEAD.replace("entities:\n", "entities:\n  front: {name: the Front, kind: umbrella}\n")
FACTS = """\
{fact: "considered(front, raid_2020)", given: true, source: paper}
{fact: "member_of(red_band, front)", given: true, source: paper}
{fact: "possesses(red_band, rifles)", source: radio, credibility: 1}
{fact: "hostile_to(blue_band, victim)", source: radio, credibility: 2}"""


def opened(folder: Path, facts: str = FACTS) -> Inquiry:
    """A case with an umbrella that has no line itself."""
    return small_inquiry(folder, facts, head=HEADED)


def test_the_lines_of_members_stand_in_a_comparison(tmp_path: Path) -> None:
    """In text and JSON; a rule that would have to fall is among what is shown."""
    contrast = opened(tmp_path).compare("front", "blue_band")
    text = " ".join(page_text(compare_page(contrast), 100).split())

    assert "one line would have to fall: [means]" in text
    assert "Means. The Red Band had rifles. [means]" in text
    assert "No line bears on either" not in text
    assert [("red_band", "means")] == [(row["member"], row["rule"]) for row in compare_json(contrast)["members"]]


def test_where_no_member_has_a_line_none_bears(tmp_path: Path) -> None:
    """Then it is said so."""
    contrast = opened(tmp_path, "\n".join(FACTS.splitlines()[:2])).compare("front", "blue_band")

    assert "No line bears on either." in page_text(compare_page(contrast), 100)
