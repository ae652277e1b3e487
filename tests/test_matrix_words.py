"""What a matrix says in words is what the ranking knows: silence speaks too, though it has no column."""

from __future__ import annotations

from pathlib import Path

from reasoner.exchange.matrix_page import matrix_page
from reasoner.exchange.page_text import page_text
from tests.small_case import RULES, small_inquiry

SILENCE = """
%% [no enmity] Nothing shows that {A} was hostile to {V}.
opposes(I, perpetrator, A, record, 5) :- candidate(I, perpetrator, A), target(I, V), not hostile_to(A, V).

%% [all listed] The list had everybody who had {W}.
opposes(I, perpetrator, other, means, 9) :- used(I, W), holders_listed(W).
"""
HAS = '{fact: "possesses(red_band, rifles)", source: radio, credibility: 2}'
LISTED = '{fact: "holders_listed(rifles)", source: radio, credibility: 2}'


def summary(folder: Path, facts: str) -> str:
    """The first paragraph of the page, on one line."""
    page = page_text(matrix_page(small_inquiry(folder, facts, RULES + SILENCE).matrix()), 100)
    return " ".join(page.split("\n\n")[1].split())


def test_what_speaks_from_silence_is_not_said_to_be_nothing(tmp_path: Path) -> None:
    """No column holds it; the page says how much it is, as the ranking does."""
    said = summary(tmp_path, HAS)

    assert "Nothing speaks against" not in said
    assert "No single fact speaks against the Red Band and the Blue Band." in said
    assert "What does, −5 dB for the Red Band and −5 dB for the Blue Band, rests on what nobody reported" in said


def test_what_is_reported_against_those_not_on_the_list_is_said(tmp_path: Path) -> None:
    """They come first where most speaks against them, as in the table."""
    assert "Most speaks against someone not on the list: one fact of" in summary(tmp_path, f"{HAS}\n{LISTED}")
