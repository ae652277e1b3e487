"""What to ask next: found by itself, weighed by the ranking's own lights, and asked in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from reasoner.explanation import missing as module
from reasoner.explanation.questions import MissingEvidence, Question
from reasoner.inquiry import Changes, Inquiry, open_case
from reasoner.language.vocabulary_files import load_vocabulary
from reasoner.terms import Atom

CASES = ("kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023")


@pytest.fixture(scope="module", params=CASES)
def inquiry(request: pytest.FixtureRequest) -> Inquiry:
    """Each shipped case."""
    return open_case(request.param)


@pytest.fixture(scope="module")
def asked(inquiry: Inquiry) -> Mapping[str, MissingEvidence]:
    """What to ask about each of its roles."""
    return {role: inquiry.missing(role) for role in inquiry.rankings}


@pytest.fixture(scope="module")
def kadhimi() -> MissingEvidence:
    """What to ask after the attack on the residence."""
    return open_case("kadhimi_2021").missing()


def asking(found: MissingEvidence, predicate: str) -> Question:
    """The first question that a fact of a predicate would answer."""
    return next(each for each in found.questions if predicate in {a.predicate for f in each.findings for a in f.facts})


def test_what_is_expected_of_every_answer_is_the_ranking_as_it_is(asked: Mapping[str, MissingEvidence]) -> None:
    """For every question of every role: the answers' rankings, weighted by their chances, give the present one."""
    for found in asked.values():
        for question in found.questions:
            rest = 1 - sum(finding.chance for finding in question.findings)
            for actor, before in found.before.items():
                told = sum(finding.chance * finding.after[actor] for finding in question.findings)
                assert before == pytest.approx(told + rest * question.otherwise[actor], abs=1e-9)


def test_the_most_telling_come_first_and_none_tells_more_than_is_open(asked: Mapping[str, MissingEvidence]) -> None:
    """Bits fall from question to question, between a sliver and the ranking's entropy."""
    for found in asked.values():
        bits = [question.bits for question in found.questions]
        assert bits == sorted(bits, reverse=True)
        assert all(module.LEAST_BITS <= each <= found.entropy for each in bits)


def test_the_present_ranking_is_the_one_it_starts_from(inquiry: Inquiry, asked: Mapping[str, MissingEvidence]) -> None:
    """Knowing what could be found changes no probability."""
    margin = 5 * inquiry.assessment.worlds.standard_error + 1e-9
    for role, found in asked.items():
        for actor, before in found.before.items():
            assert before == pytest.approx(inquiry.ranking(role).probability(actor), abs=margin)


def test_no_question_is_asked_twice_and_each_says_where_to_look(asked: Mapping[str, MissingEvidence]) -> None:
    """Whole questions, each once, each with a place to look."""
    for questions in (found.questions for found in asked.values()):
        texts = [question.text for question in questions]
        assert len(texts) == len(set(texts))
        assert all(re.fullmatch(r"[A-Z][^{}_]*\?", text) for text in texts)
        assert all(question.where for question in questions)


def test_nothing_reported_is_asked_for_as_if_it_were_new(
    inquiry: Inquiry, asked: Mapping[str, MissingEvidence]
) -> None:
    """Only what is in doubt is asked about again, and then to confirm it."""
    for found in asked.values():
        for question in found.questions:
            for finding in question.findings:
                reported = [atom in inquiry.base.facts for atom in finding.facts]
                assert reported == [question.purpose == "confirm"] * len(reported)


def test_comparing_the_wreckage_is_among_the_first_three(kadhimi: MissingEvidence) -> None:
    """Nobody has compared the wreckage of the drones: that is asked, once for all who come into question."""
    first = [finding.facts[-1].predicate for question in kadhimi.questions[:3] for finding in question.findings]
    assert "matches" in first
    about = {str(atom) for finding in asking(kadhimi, "matches").findings for atom in finding.facts}
    assert {"matches(drone_wreckage, iran_backed_groups)", "matches(drone_wreckage, islamic_state)"} <= about


def test_a_finding_names_the_line_that_it_completes(kadhimi: MissingEvidence) -> None:
    """By rule, factor, strength, and whom it concerns."""
    effect = asking(kadhimi, "matches").findings[0].effects[0]
    assert (effect.rule, effect.factor, effect.side, effect.gained) == ("match", "forensics", "supports", True)
    assert effect.strength == 8.0


def test_what_is_assumed_is_not_asked_any_more() -> None:
    """Once the wreckage has been compared with the work of one, nobody is asked about that one."""
    fact = "matches(drone_wreckage, iran_backed_groups)"
    found = open_case("kadhimi_2021", changes=Changes(assume=(fact,))).missing()
    assert fact not in {str(atom) for question in found.questions for f in question.findings for atom in f.facts}


def test_what_has_not_been_left_behind_is_asked_for_with_what_it_may_match() -> None:
    """Without wreckage the question is whether anything was left, and whose work it matches: one thing, unnamed."""
    retracted = open_case("kadhimi_2021", changes=Changes(retract=("recovered(kadhimi_2021, drone_wreckage)",)))
    question = asking(retracted.missing(), "matches")
    assert [atom.predicate for atom in question.findings[0].facts] == ["recovered", "matches"]
    assert question.text.startswith("Did the attack on Al Kadhimi's residence leave anything behind? Whose")


def test_the_answer_is_the_same_every_time(kadhimi: MissingEvidence) -> None:
    """Same case, same questions, same bits."""
    assert open_case("kadhimi_2021").missing() == kadhimi


def test_a_search_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more findings than may be tried, only so many are, and both numbers are given."""
    monkeypatch.setattr(module, "MOST_TRIED", 10)
    found = open_case("kadhimi_2021").missing()
    assert found.tried == 10 < found.possible


def test_every_predicate_says_where_to_look() -> None:
    """A fact that may be asked for says where; those that weigh nothing say it, too."""
    predicates = load_vocabulary("rules/vocabulary.yaml").predicates
    assert [] == [name for name, predicate in predicates.items() if not predicate.where and name != "is_a"]
    assert [] == [name for name, predicate in predicates.items() if predicate.which and not predicate.question]


def test_what_can_be_asked_of_several_things_is_asked_once() -> None:
    """Four things were left in Madrid: one question stands for all, and names the others."""
    found = open_case("madrid_2004").missing()
    question = asking(found, "matches")
    assert len(question.likewise) >= 3
    asked = [each for each in found.questions if each.about(Atom("matches"))]
    assert [question] == asked
