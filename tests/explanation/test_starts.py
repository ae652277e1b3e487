"""Where a hypothesis begins is reasoned like anything else: a stated prior has its rule, its facts and its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.exchange.chain_json import chain_json
from reasoner.exchange.chain_markdown import chain_markdown
from reasoner.exchange.chain_text import chain_text
from reasoner.explanation.changes import parse_changes
from reasoner.explanation.folding import folded
from reasoner.inquiry import Inquiry
from tests.small_case import small_inquiry
from tui.outline import outline

RULES = """
%% [listed] {A} is looked at.
candidate(I, perpetrator, A) :- considered(A, I).

%% [able] {A} had {W}, which was used.
supports(I, perpetrator, A, means, 8) :- candidate(I, perpetrator, A), used(I, W), possesses(A, W).

%% [all holders listed] {W} was used, and everybody who had it is on the list.
prior(I, perpetrator, other, 0) :- used(I, W), holders_listed(W).

%% [closed list] All who could have done it are on the list.
prior(I, perpetrator, other, 4) :- used(I, W), scarce(W).
"""

CASE = """
case: raid_2020
title: A poisoning
entities:
  raid_2020: {name: the poisoning, kind: incident}
  alpha: {name: Alpha, kind: militia}
  beta: {name: Beta, kind: militia}
  agent: {name: a nerve agent, kind: weapon}
sources:
  gazette: {name: The Gazette, reliability: A, published: 2024-02-02}
  expert: {name: an expert, reliability: C, published: 2024-02-03}
facts:
  - {fact: "considered(alpha, raid_2020)", given: true, source: gazette}
  - {fact: "considered(beta, raid_2020)", given: true, source: gazette}
  - {fact: "used(raid_2020, agent)", given: true, source: gazette}
  - {fact: "possesses(alpha, agent)", source: gazette, credibility: 1}
  - {fact: "scarce(agent)", source: gazette, credibility: 3}
  - {fact: "holders_listed(agent)", source: expert, credibility: 2, says: Only these two have it.}
"""


@pytest.fixture
def case(tmp_path: Path) -> Inquiry:
    return small_inquiry(tmp_path, rules=RULES.lstrip(), head=CASE.lstrip())


@pytest.mark.parametrize("actor", ["alpha", "beta", "other"])
def test_a_stated_prior_stands_in_every_chain_that_it_bears_on(case: Inquiry, actor: str) -> None:
    """In text, Markdown, JSON and the outline: what it weighs, its rule, and who reported what it rests on."""
    chain = case.why(actor)
    texts = [chain_text(folded(chain), 200), chain_markdown(folded(chain))]

    assert {line.rule for line in chain.starts} == {"all holders listed", "closed list"}
    for text in texts:
        assert "To start with" in text and "all holders listed" in text and "Only these two have it" in text
    assert [line["rule"] for line in chain_json(chain)["starts"]] == [line.rule for line in chain.starts]
    assert {"all holders listed", "closed list"} <= {getattr(entry.value, "rule", "") for entry in outline(chain)}


def test_what_they_add_up_to_is_where_it_begins(case: Inquiry) -> None:
    """The decibans of the lines lead from the default to the prior that the sum has; the highest that holds counts."""
    ranking = case.rankings["perpetrator"]
    made_of = case.assessment.contribution("perpetrator", "other")
    starts = case.why("other").starts

    assert ranking.verdict
    assert 10 + sum(line.decibans for line in starts) == pytest.approx(made_of.prior)
    assert starts[0].strength == 4 and starts[0].decibans == pytest.approx(-6 * starts[0].probability)


@pytest.mark.parametrize("actor", ["alpha", "other"])
def test_without_a_prior_is_what_the_case_would_be_without_it(case: Inquiry, actor: str) -> None:
    """The figure beside the rule is what switching it off gives, that beside the expert what losing him gives."""
    chain = case.why(actor)
    for line in chain.starts:
        off = case.changed(parse_changes(f"rule off {line.rule}"))
        assert line.without_it == pytest.approx(off.ranking().probability(actor), abs=1e-9)
    gone = case.changed(parse_changes("source off expert")).ranking().probability(actor)
    expert = next(each for each in chain.rests_on if each.what == "origin" and each.id == "expert")
    assert expert.without_it == pytest.approx(gone, abs=1e-9)
