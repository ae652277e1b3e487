"""How far a ranking can be relied on: by whom it was reported, and what it takes to upset it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from reasoner.assessment.result import Confidence, Settings
from reasoner.evidence.assembling import assemble
from reasoner.evidence.base import Case, Fact, Report, Source
from tests.assessment.cases import CASE, SCALES, atom, program_of, stage, staged

RULES = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [means] {A} had the means.
supports(I, perpetrator, A, means, 12) :- considered(A, I), armed(A).
%% [motive] {A} had a motive.
supports(I, perpetrator, A, motive, 8) :- considered(A, I), angry(A).
%% [record] {A} has done it before.
supports(I, perpetrator, A, record, 9) :- considered(A, I), seen(A).
%% [admission] {A} admitted it.
supports(I, perpetrator, A, words, 30) :- admitted(A, I).
%% [cleared] {A} was seen elsewhere.
opposes(I, perpetrator, A, words, 6) :- considered(A, I), away(A).
"""

NAMES = {
    "a": "Alpha group",
    "b": "Beta group",
    "x": "Xenia Ives",
    "y": "the Yard",
    "z": "Zed News",
    "p": "the Paper",
    "q": "the Quarterly",
    "i": "the raid",
}


def report(source: str, credibility: int = 1, polarity: str = "affirms") -> Report:
    return Report(source, polarity, credibility, None, None, None, None, source, "A", 0.0, True)


def judged(
    reported: Mapping[str, tuple[Report, ...]],
    assumed: tuple[str, ...] = (),
    *,
    plantable: tuple[str, ...] = (),
    interest: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    via: Mapping[str, str] = MappingProxyType({}),
) -> Confidence:
    """The confidence of a case where a and b are considered; everything else is reported, or assumed.

    ``plantable`` are predicates whose facts are easy to plant, ``interest`` whom a source gains by blaming, ``via`` who
    passed it on.
    """
    facts = [Fact(atom(f"considered({actor}, i)"), "given", 1, 1) for actor in "ab"]
    facts += [Fact(atom(fact), "reported", 0, 0, reports) for fact, reports in reported.items()]
    facts += [Fact(atom(fact), "assumed", 1, 1) for fact in assumed]
    sources = {
        name: Source(name, NAMES[name], "A", interest=interest.get(name, ()), via=via.get(name)) for name in "xyzp"
    }
    sources["q"] = Source("q", NAMES["q"], "A", origin="x")
    vocabulary = program_of(RULES, [fact.atom for fact in facts]).vocabulary
    base = assemble(Case(CASE, "A case", None, (), ""), None, {}, sources, facts, NAMES, vocabulary, SCALES)
    return staged(RULES, base, plantable=plantable).assessment.rankings["perpetrator"].confidence


THREE = {"armed(a)": (report("x"),), "angry(a)": (report("y"),), "seen(a)": (report("z"),)}


def test_three_origins_a_steady_lead_and_no_weak_spot_are_high() -> None:
    """Each origin costs at least a decibel, none of them the lead."""
    found = judged(THREE)

    assert found.level == "high"
    assert any("Three independent origins" in reason for reason in found.reasons)
    assert any("No single origin" in reason for reason in found.reasons)


def test_what_came_through_one_source_counts_as_one() -> None:
    """Three people in one newspaper are one origin: it may have made them up. That is said, and what it would cost."""
    found = judged(THREE, via={"x": "p", "y": "p", "z": "p"})

    assert found.level == "low"
    assert "Three origins carry it: Xenia Ives, Zed News and the Yard." in found.reasons
    assert "All of them stand or fall with the Paper, and count as one." in found.reasons
    assert "Without all that came through the Paper, nobody would be named." in found.reasons


def test_one_of_three_by_itself_makes_two() -> None:
    """Two of them through the newspaper, one not: as good as two origins, and never high."""
    found = judged({**THREE, "admitted(a, i)": (report("z"),)}, via={"x": "p", "y": "p"})

    assert found.level == "moderate"
    assert "Two of them stand or fall with the Paper, and count as one." in found.reasons
    assert not any("Without all that came" in reason for reason in found.reasons)


def test_a_source_and_whoever_it_quotes_count_as_one() -> None:
    """What the newspaper says in its own voice comes through it, too."""
    found = judged({"armed(a)": (report("p"),), "angry(a)": (report("x"),)}, via={"x": "p"})

    assert found.level == "low"
    assert "Both of them stand or fall with the Paper, and count as one." in found.reasons


def test_another_way_to_us_keeps_an_origin_apart() -> None:
    """Whom a second newspaper quotes as well does not hang on the first."""
    again = {**THREE, "armed(a)": (report("x"), report("q"))}
    found = judged(again, via={"x": "p", "y": "p", "z": "p"})

    assert found.level == "moderate"
    assert "Two of them stand or fall with the Paper, and count as one." in found.reasons


def test_two_origins_are_moderate() -> None:
    """With the lead held in most worlds."""
    found = judged({"armed(a)": (report("x"),), "angry(a)": (report("y"),)})

    assert found.level == "moderate"
    assert "Two independent origins carry it: Xenia Ives and the Yard." in found.reasons


def test_a_single_origin_is_low() -> None:
    """However much it reports."""
    found = judged({fact: (report("x"),) for fact in THREE})

    assert found.level == "low"
    assert "Only one origin carries it: Xenia Ives." in found.reasons
    assert any(reason.startswith("Without Xenia Ives") for reason in found.reasons)


def test_an_admission_against_interest_is_moderate_from_one_origin() -> None:
    """It is worth what it costs whoever makes it."""
    found = judged({"admitted(a, i)": (report("x"),)})

    assert found.level == "moderate"
    assert any("admission against interest" in reason for reason in found.reasons)


def test_an_assumption_that_it_rests_on_makes_it_low() -> None:
    """Whatever else is reported; the reason says which."""
    found = judged({"angry(a)": (report("y"),), "seen(a)": (report("z"),)}, assumed=("armed(a)",))

    assert found.level == "low"
    assert "It rests on an assumption: armed holds." in found.reasons


def test_an_assumption_that_weighs_nothing_does_not() -> None:
    """One about somebody who trails anyway costs the leader nothing."""
    assert judged(THREE, assumed=("away(b)",)).level == "high"


def test_an_origin_against_the_leader_carries_nothing() -> None:
    """Only those whose loss would cost the leader a decibel are counted."""
    found = judged({**THREE, "away(a)": (report("x", 3),), "seen(a)": (report("y"),)})

    assert "Two independent origins" in found.reasons[0]


def test_repeating_an_origin_adds_none() -> None:
    """The same origin behind a second report of the same fact."""
    again = {**THREE, "seen(a)": (report("x"), report("x", 2))}

    assert judged(again).level == "moderate"


def test_what_is_easy_to_plant_counts_for_nothing() -> None:
    """The level is no higher than without it; the reason names it and says what would be left."""
    found = judged(THREE, plantable=("seen",))

    assert found.level == "moderate"
    assert "Part of it is of a kind that is easy to plant: seen holds." in found.reasons
    assert "Without all that, the lead would stay where it is." in found.reasons


def test_a_lead_that_hangs_on_what_is_easy_to_plant_is_low() -> None:
    """However many origins report it."""
    found = judged(THREE, plantable=("armed", "angry", "seen"))

    assert found.level == "low"
    assert "Without all that, nobody would be named." in found.reasons


def test_an_admission_is_not_lowered_by_planted_evidence_beside_it() -> None:
    """What earns the level by itself keeps it."""
    assert judged({**THREE, "admitted(a, i)": (report("x"),)}, plantable=("seen",)).level == "moderate"


def test_a_source_that_gains_by_it_counts_for_nothing() -> None:
    """Its reports on those it gains by blaming, and no others."""
    found = judged(THREE, interest={"z": ("a",)})

    assert found.level == "moderate"
    assert "Part of it comes from those who gain by blaming Alpha group: Zed News." in found.reasons
    assert judged(THREE, interest={"z": ("b",)}).level == "high"


def test_what_could_be_planted_but_carries_nothing_is_passed_over() -> None:
    """Evidence about somebody who trails anyway is no reason."""
    found = judged({**THREE, "away(b)": (report("x"),)}, plantable=("away",))

    assert found == judged({**THREE, "away(b)": (report("x"),)})


@pytest.mark.parametrize("reported", [THREE, {}, {"admitted(a, i)": (report("x"),)}])
def test_confidence_never_speaks_of_likelihood(reported: Mapping[str, tuple[Report, ...]]) -> None:
    """Words of probability and words of confidence don't share a sentence; ids stay out of it."""
    for reason in judged(reported).reasons:
        assert not re.search(r"likely|probab|chance|certain|\b[abxyz]\b(?! )", reason), reason
        assert reason.endswith(".")


def test_a_lead_in_every_sampled_world_is_said_of_the_sample() -> None:
    """What is rarer than a sample can show may still be there."""
    rules, certain = RULES.replace("12)", "60)"), ["considered(a, i)", "considered(b, i)"]
    reasons = [
        stage(rules, certain, {"armed(a)": 0.99999}, settings=Settings(method=method))
        .assessment.rankings["perpetrator"]
        .confidence.reasons
        for method in ("exact", "sampled")
    ]

    assert not any("every" in reason for reason in reasons[0])
    assert "In every one of the 16,384 worlds sampled, no other comes before a." in reasons[1]


def test_what_no_report_bears_on_is_said_to_rest_on_none() -> None:
    """There is no origin then whose loss could cost it anything."""
    given = stage(RULES, ["considered(a, i)", "considered(b, i)", "armed(a)"])

    assert "It rests on no report." in judged({}).reasons
    assert "It rests on no report, only on what is undisputed or assumed." in judged({}, ("armed(a)",)).reasons
    reasons = given.assessment.rankings["perpetrator"].confidence.reasons
    assert "It rests on no report, only on what is undisputed." in reasons
    assert not any(reason.startswith("It rests on no report") for reason in judged(THREE).reasons)
