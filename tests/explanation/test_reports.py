"""A report that does not count says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.assessment.decibans import log_odds
from reasoner.evidence.workspace import find_workspace, init_workspace
from reasoner.explanation.sentences import Voice
from reasoner.inquiry import open_case
from reasoner.language.parser import parse_fact

CASE = """
case: quay_2030
title: Fire on the quay
entities:
  wreckers: {name: the Wreckers, kind: militia}
  torch: {name: a torch, kind: weapon}
sources:
  official: {name: an official, reliability: B}
  paper: {name: The Paper, reliability: B, published: 2030-01-02, origin: official}
  herald: {name: The Herald, reliability: C, published: 2030-01-03, origin: official}
  one: {name: one man, reliability: C, published: 2030-01-02, anonymous: true, maybe_same_as: [other]}
  other: {name: another man, reliability: B, published: 2030-01-02, anonymous: true}
facts:
  - fact: considered(wreckers, quay_2030)
    given: true
    source: paper
  - fact: possesses(wreckers, torch)
    reports:
REPORTS
"""


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        (
            ["{source: paper, credibility: 2}", "{source: herald, credibility: 2}"],
            "counts once with The Paper: both rest on an official",
        ),
        (
            ["{source: paper, credibility: 2}", "{source: herald, polarity: denies, credibility: 2}"],
            "superseded by the later denial of The Herald",
        ),
        (
            ["{source: one, credibility: 2}", "{source: other, credibility: 2}"],
            "counts once with another man: perhaps one person",
        ),
        (
            ["{source: paper, credibility: 3}", "{source: paper, credibility: 1}"],
            "The Paper counts once, with the best-graded report",
        ),
    ],
    ids=["one origin", "superseded", "perhaps the same man", "said twice"],
)
def test_a_report_that_does_not_count_says_why(tmp_path: Path, reports: list[str], said: str) -> None:
    """One origin counts once, and with what it said last; the report left out names the one that counts."""
    init_workspace(tmp_path / "w")
    workspace = find_workspace(tmp_path / "w")
    listed = "\n".join(f"      - {report}" for report in reports)
    (workspace.cases / "quay_2030.yaml").write_text(CASE.replace("REPORTS", listed))
    inquiry = open_case("quay_2030", workspace)
    fact = inquiry.base.facts[parse_fact("possesses(wreckers, torch)", "fact", 1, 1)]
    shown = Voice(inquiry.base, inquiry.program).reports(fact)

    assert [said] == [report.uncounted for report in shown if not report.counted]


def test_the_steps_of_a_sum_are_the_log_odds() -> None:
    """Prior, lines and what remains add up to the log-odds of the probability, for every hypothesis."""
    inquiry = open_case("kadhimi_2021")
    for row in inquiry.ranking().hypotheses:
        chain = inquiry.why(row.actor)
        assert abs(sum(step.decibans for step in chain.steps) - log_odds(chain.probability)) < 0.16, row.actor
