"""The sentences beneath a ranking say what there is, and no more."""

from __future__ import annotations

from pathlib import Path

from reasoner.exchange.ranking_text import beneath
from reasoner.inquiry import Inquiry
from tests.small_case import small_inquiry

ALIBI = """\
{fact: "possesses(red_band, rifles)", given: true, source: paper}
{fact: "impossible(red_band, raid_2020, distance)", given: true, source: paper}
{fact: "impossible(blue_band, raid_2020, distance)", given: true, source: paper}"""


def said(inquiry: Inquiry) -> str:
    """What stands beneath the ranking of those who may have done it."""
    return " ".join(beneath(inquiry.assessment, inquiry.rankings["perpetrator"]))


def test_an_exclusion_is_among_what_speaks_against_whoever_is_ahead(tmp_path: Path) -> None:
    """With its decibans, as a factor."""
    assert "For the Red Band: means +8 dB. Against: exclusion −60 dB." in said(small_inquiry(tmp_path, ALIBI))


def test_without_an_exclusion_none_is_said(tmp_path: Path) -> None:
    """Nothing is nothing."""
    assert "For the Red Band: means +8 dB. Against: nothing." in said(
        small_inquiry(tmp_path, ALIBI.splitlines(keepends=True)[0].strip())
    )
