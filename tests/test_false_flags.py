"""False flags and front names, on invented cases: who may have framed whom, and whose a claim is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from reasoner.assessment.words import percent, words
from reasoner.evidence.workspace import Workspace
from reasoner.exchange.ranking_text import rankings_text
from reasoner.explanation.nodes import Chain, ChainLine, Node
from reasoner.inquiry import Changes, Inquiry, open_case

HERE = Path(__file__).resolve().parent
INVENTED = Workspace(HERE.parent / "rules", HERE / "invented" / "facts", writable=False)
FERRY, DEPOT = "ferry_2031", "depot_2031"
PLANTED, ODD = "planted(banner)", "inconsistent_with(timer, northern_groups)"
RED, DIRECTORATE, GUARD, NAME = "red_faction", "directorate", "harbour_guard", "sons_of_the_coast"


@cache
def opened(case: str, assume: tuple[str, ...] = (), retract: tuple[str, ...] = ()) -> Inquiry:
    return open_case(case, INVENTED, changes=Changes(assume=assume, retract=retract))


def hypotheses(inquiry: Inquiry) -> set[str]:
    return {row.actor for row in inquiry.ranking().hypotheses}


def lines(chain: Chain, rule: str) -> list[ChainLine]:
    return [line for line in chain.lines if line.rule == rule]


def sentences(premises: tuple[Node, ...]) -> Iterator[str]:
    for node in premises:
        yield node.sentence
        for way in node.ways:
            yield way.sentence
            yield from sentences(way.premises)


def test_whoever_may_have_framed_another_becomes_a_hypothesis() -> None:
    """A planted trace brings in the framed one's enemies who deceive or gain, though nobody has named them."""
    assert {RED, DIRECTORATE, GUARD} <= hypotheses(opened(FERRY))


def test_without_signs_of_framing_nobody_is_suspected_of_it() -> None:
    """Take the signs away, and who merely deceives, or merely gains, is no hypothesis."""
    assert not {DIRECTORATE, GUARD} & hypotheses(opened(FERRY, retract=(PLANTED, ODD)))


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param(ODD, id="traces at odds"),
        pytest.param("shared_by(banner, anybody)", id="a trace that anybody could have left"),
        pytest.param("flawed_claim(red_faction, ferry_2031, a_wrong_hour)", id="a flawed claim"),
        pytest.param("denied(red_faction, ferry_2031)", id="a claim disowned"),
    ],
)
def test_a_doubtful_look_brings_in_deceivers_alone(sign: str) -> None:
    """Where what points to somebody is merely poor, an enemy with a record of deceit is looked at, no other."""
    claim = "claimed(red_faction, ferry_2031, leaflet)"
    found = hypotheses(opened(FERRY, assume=(claim, sign), retract=(PLANTED, ODD) if sign != ODD else (PLANTED,)))

    assert DIRECTORATE in found
    assert GUARD not in found


def test_the_two_readings_compete() -> None:
    """The surer the planting, the less likely the framed, and the likelier those who may have framed it."""
    chances = [
        opened(FERRY, assume=assume, retract=retract).ranking()
        for assume, retract in (((), (PLANTED,)), ((), ()), ((PLANTED,), ()))
    ]

    assert sorted((one.probability(RED) for one in chances), reverse=True) == [one.probability(RED) for one in chances]
    framers = [one.probability(DIRECTORATE) for one in chances]
    assert sorted(framers) == framers


def test_the_chain_of_the_framed_says_so() -> None:
    """Against it: somebody framed it, and the evidence against it had been planted, down to who saw that."""
    (line,) = lines(opened(FERRY).why(RED), "planted against it")

    assert line.decibans < 0
    assert line.sentence == "Somebody framed the Red Faction: evidence against the Red Faction had been planted."
    assert "A banner bore signs of having been put there to be found." in set(sentences(line.premises))


def test_the_chain_of_a_framer_says_whom_it_framed() -> None:
    """For it: somebody framed its enemy, and it had a record of such deceptions."""
    (line,) = lines(opened(FERRY).why(DIRECTORATE), "deceiver")

    assert line.decibans > 0
    assert line.sentence.startswith("Somebody framed the Red Faction, and the Directorate had a record")


def test_plain_evidence_counts_only_where_it_is_not_planted() -> None:
    """The match weighs in the worlds in which the trace is genuine, and in no other."""
    assert lines(opened(FERRY, retract=(PLANTED,)).why(RED), "match")[0].decibans == pytest.approx(6.4, abs=0.3)
    assert lines(opened(FERRY).why(RED), "match")[0].decibans < 2
    assert not lines(opened(FERRY, assume=(PLANTED,)).why(RED), "match")


def test_a_claim_under_a_name_counts_for_its_owner() -> None:
    """Whoever uses the name is a hypothesis by the claim, with a line that says whose name it was."""
    (line,) = lines(opened(DEPOT).why(RED), "claim under its name")

    assert line.sentence == (
        "It was claimed through Telegram under the name of the Sons of the Coast, which the Red Faction used."
    )
    without = opened(DEPOT, retract=("front_for(sons_of_the_coast, red_faction)",))
    assert RED not in hypotheses(without)


def test_the_ranking_says_that_a_name_and_its_owner_are_no_rivals() -> None:
    """Both stand in the list, and a sentence beneath adds them up."""
    inquiry = opened(DEPOT)
    text = " ".join(rankings_text(inquiry.assessment, 100).split())

    (front,) = inquiry.ranking().fronts
    assert (front.front, front.owner) == (NAME, RED)
    assert inquiry.ranking().probability(RED) < front.probability
    together = f"the two together, {percent(front.probability)}, {words(front.probability)}."
    assert f"The Sons of the Coast is a name that the Red Faction may use: {together}" in text


def test_an_owner_is_named_together_with_its_name() -> None:
    """Where neither the name nor its owner is clearly ahead of the other, the owner is named with both shares."""
    tie, trail = "front_for(sons_of_the_coast, red_faction)", "traced_to(depot_2031, sons_of_the_coast)"
    inquiry = opened(DEPOT, assume=(tie, trail))
    judgement = inquiry.assessment.judgements["perpetrator"]

    assert (judgement.leader, judgement.with_fronts) == (RED, True)
    assert inquiry.ranking().probability(RED) < 0.55
