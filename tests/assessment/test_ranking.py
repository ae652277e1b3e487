"""Who leads, who is named, what umbrellas and fronts add, and which inputs are refused."""

from __future__ import annotations

import pytest

from reasoner.assessment.ranking import stability
from reasoner.assessment.result import Ranking, Settings
from reasoner.assessment.words import lead_words
from reasoner.problems import InputError
from tests.assessment.cases import SCALES, Staged, stage

RULES = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [weighs] {A} is supported by {N} decibans.
supports(I, perpetrator, A, means, N) :- considered(A, I), weight(A, N).
%% [tie] A tie.
tied(A, B) :- member_of(A, B).
%% [front] A front.
fronted(A, B) :- front_for(A, B).
"""


def ranked(weights: dict[str, int], ties: tuple[str, ...] = (), uncertain: dict[str, float] | None = None) -> Ranking:
    """The ranking of candidates with so much support each; ties are facts."""
    return case_of(weights, ties, uncertain).assessment.rankings["perpetrator"]


def case_of(weights: dict[str, int], ties: tuple[str, ...] = (), uncertain: dict[str, float] | None = None) -> Staged:
    field = [fact for actor, n in weights.items() for fact in (f"considered({actor}, i)", f"weight({actor}, {n})")]
    return stage(RULES, [*field, *ties], uncertain)


def members(*names: str, of: str = "u") -> tuple[str, ...]:
    return tuple(f"member_of({name}, {of})" for name in names)


@pytest.mark.parametrize(
    ("weights", "ties", "leader", "leading"),
    [
        pytest.param({"a": 20, "b": 5}, (), "a", "a", id="one actor well ahead is named"),
        pytest.param({"a": 8, "b": 5}, (), None, "a", id="an actor behind the unlisted leads unnamed"),
        pytest.param({"a": 20, "b": 18}, (), None, "a", id="two close together are not told apart"),
        pytest.param({"a": 20, "b": 18}, members("a", "b"), "u", "u", id="two of one group: the group is named"),
        pytest.param({"a": 25, "b": 10}, members("a", "b"), "a", "a", id="one of a group stands out: it is named"),
        pytest.param({"a": 8, "b": 6}, members("a", "b"), None, "u", id="an unnamed group leads, its members level"),
        pytest.param({"a": 9, "b": 3}, members("a", "b"), None, "a", id="an unnamed group's member stands out"),
        pytest.param({"a": 6, "b": 5, "c": 7}, members("a", "b"), None, "u", id="a group ahead of a single actor"),
        pytest.param(
            {"a": 20, "b": 18},
            (*members("a", "b"), *members("u", of="v")),
            "u",
            "u",
            id="of nested groups as probable the narrower is named",
        ),
        pytest.param(
            {"a": 20, "b": 12, "c": 20},
            (*members("a", "b"), *members("u", "c", of="v")),
            "v",
            "v",
            id="the wider group where the narrower is not ahead of its neighbours",
        ),
        pytest.param({"a": 20, "f": 18}, ("front_for(f, a)",), "a", "a", id="an owner is named with its front"),
    ],
)
def test_the_verdict_names_the_most_specific_that_passes(
    weights: dict[str, int], ties: tuple[str, ...], leader: str | None, leading: str
) -> None:
    """At least 55 %, and 3 dB over the next: actors first, then umbrellas, then owners with their fronts."""
    ranking = ranked(weights, ties)

    assert (ranking.leader, ranking.leading) == (leader, leading)
    assert ranking.verdict == ("named" if leader else "insufficient evidence")


@pytest.mark.parametrize(
    ("weights", "ties", "level"),
    [
        pytest.param({"a": 18, "b": 18, "c": 5}, (), ("b",), id="two level in front"),
        pytest.param({"a": 18, "b": 17}, (), (), id="one a little ahead"),
        pytest.param({"a": 30, "b": 5}, (), (), id="one named"),
        pytest.param({"a": 10, "b": 0}, (), ("other",), id="level with whoever is not on the list"),
        pytest.param({"a": 8, "b": 8}, members("a", "b"), (), id="members of the group in front do not count"),
        pytest.param({"a": 5, "b": 5, "c": 8}, members("a", "b"), (), id="a group a little ahead of an actor"),
        pytest.param(
            {"a": 5, "b": 5, "c": 5, "d": 5},
            (*members("a", "b"), *members("c", "d", of="v")),
            ("v",),
            id="two groups level",
        ),
    ],
)
def test_those_level_in_front_are_all_said(weights: dict[str, int], ties: tuple[str, ...], level: tuple[str]) -> None:
    """Where nobody is named, whoever is as probable as the one in front stands beside it."""
    assert ranked(weights, ties).level == level


def test_sampled_worlds_tell_only_what_they_can() -> None:
    """Alike hypotheses come out a hair apart where worlds are sampled; they are level, and one 4 % ahead is not."""
    uncertain = {f"weight({actor}, {n})": 0.5 for actor in "abc" for n in (9, 12, 15, 18, 21)}
    fields = ["considered(a, i)", "considered(b, i)", "considered(c, i)"]
    sampled = stage(RULES, fields, uncertain, settings=Settings(method="sampled"))
    ranking, chances = sampled.assessment.rankings["perpetrator"], sampled.hypotheses()

    assert len({chances[actor] for actor in "abc"}) == 3
    assert {ranking.leading, *ranking.level} == {"a", "b", "c"}
    likelier = stage(RULES, fields, {**uncertain, "weight(c, 21)": 0.62}, settings=Settings(method="sampled"))
    assert likelier.assessment.rankings["perpetrator"].level == ()
    assert likelier.assessment.rankings["perpetrator"].leading == "c"


@pytest.mark.parametrize(
    ("certainty", "leader", "settled"),
    [(0.77, None, True), (0.7744, None, False), (0.7747, "a", False), (0.78, "a", True)],
)
def test_a_verdict_near_the_line_is_said_to_be_so(certainty: float, leader: str | None, settled: bool) -> None:
    """Within the sampling error of the line, here of 3 dB, it is not settled who is named; enumerated worlds tell."""
    fields, uncertain = ["considered(a, i)"], {"weight(a, 17)": certainty}
    sampled = stage(RULES, fields, uncertain, settings=Settings(method="sampled")).assessment.rankings["perpetrator"]
    exact = stage(RULES, fields, uncertain).assessment.rankings["perpetrator"]

    assert (sampled.leader, sampled.settled) == (leader, settled)
    assert exact.settled


def test_the_unlisted_are_never_named() -> None:
    """However little is said of those who are listed."""
    ranking = ranked({"a": 0, "b": 0})

    assert ranking.hypotheses[0].actor == "other"
    assert ranking.leader is None


def test_rows_come_most_probable_first_then_by_id() -> None:
    """Level hypotheses stand in order of their ids."""
    assert [row.actor for row in ranked({"c": 3, "a": 3, "b": 12}).hypotheses] == ["b", "other", "a", "c"]


def test_an_umbrella_is_as_probable_as_its_members_together() -> None:
    """Whether or not it is a hypothesis of its own; membership in two steps counts."""
    ranking = ranked({"a": 5, "b": 8, "c": 3}, (*members("a", "b"), *members("u", of="v")))
    rows = {row.actor: row.probability for row in ranking.hypotheses}

    assert {row.actor: row.members for row in ranking.umbrellas} == {"u": ("b", "a"), "v": ("b", "a")}
    assert ranking.probability("v") == pytest.approx(rows["a"] + rows["b"])


def test_an_uncertain_member_counts_in_its_worlds_alone() -> None:
    """With membership at 30 %, three tenths of the member's probability go to the umbrella."""
    ranking = ranked({"a": 5, "b": 8}, members("a"), {"member_of(b, u)": 0.3})
    rows = {row.actor: row.probability for row in ranking.hypotheses}

    assert ranking.probability("u") == pytest.approx(rows["a"] + 0.3 * rows["b"])


def test_an_actor_that_is_hardly_a_member_leads_by_itself() -> None:
    """An umbrella less probable than the actor doesn't speak for it."""
    ranking = ranked({"a": 12, "b": 8}, (), {"member_of(a, u)": 0.1})

    assert ranking.leading == "a"


def test_members_in_two_groups_have_the_larger_one_s_share() -> None:
    """A default prior is divided once, by the largest family."""
    weights = dict.fromkeys(("u", "v", "a", "b", "c"), 0)
    case = case_of(weights, (*members("a"), *members("a", "b", "c", of="v")))
    rows = case.hypotheses()

    assert rows["a"] == pytest.approx(rows["v"])
    assert rows["u"] == pytest.approx(2 * rows["a"])


def test_a_front_and_its_owner_are_shown_together() -> None:
    """The row says how probable it is that it was one or the other."""
    ranking = ranked({"a": 8, "f": 6}, ("front_for(f, a)",))
    rows = {row.actor: row.probability for row in ranking.hypotheses}

    (front,) = ranking.fronts
    assert (front.front, front.owner) == ("f", "a")
    assert front.probability == pytest.approx(rows["a"] + rows["f"])


def test_stability_is_the_share_of_worlds_in_which_it_leads() -> None:
    """Ahead of everyone where its line holds, behind the unlisted where it doesn't."""
    rows = {row.actor: row for row in ranked({"b": 0}, ("considered(a, i)",), {"weight(a, 20)": 0.7}).hypotheses}

    assert rows["a"].stability == pytest.approx(0.7)
    assert rows["other"].stability == pytest.approx(0.3)


def test_those_who_are_level_share_a_world() -> None:
    """A group level with one outsider has half the world, one level with two a third, and one ahead all of it."""
    tied = ("member_of(a, u)", "member_of(b, u)")
    for outsiders, share in (({"c": 20}, 1 / 2), ({"c": 20, "d": 20}, 1 / 3), ({"c": 10}, 1)):
        (umbrella,) = ranked({"a": 20, **outsiders}, tied).umbrellas
        assert umbrella.stability == pytest.approx(share)


def test_a_hypothesis_and_its_confidence_state_one_share_of_worlds() -> None:
    """Whether the share of one actor is read in its row or in the reasons, ties count alike."""
    case = case_of({"b": 20}, ("considered(a, i)",), {"weight(a, 20)": 0.7, "weight(a, 30)": 0.4})
    ranking = case.assessment.rankings["perpetrator"]
    outlook = case.assessment.outlooks["perpetrator"]

    for row in ranking.hypotheses:
        assert stability(outlook, outlook.party(row.actor)) == pytest.approx(row.stability)
    lead = next(row.stability for row in ranking.hypotheses if row.actor == ranking.leading)
    assert lead_words(lead, ranking.leading or "") in ranking.confidence.reasons


def test_nobody_is_a_hypothesis_where_the_role_has_one() -> None:
    """It starts ahead like the unlisted, and reads as the scales say."""
    rules = f"{RULES}%% [backer] {{S}} backs.\ncandidate(I, sponsor, S) :- considered(A, I), backs(S, A).\n"
    case = stage(rules, ["considered(a, i)", "backs(s, a)"])

    assert case.hypotheses("sponsor") == pytest.approx({"s": 1 / 21, "other": 10 / 21, "nobody": 10 / 21})
    names = {row.actor: row.name for row in case.assessment.rankings["sponsor"].hypotheses}
    assert names == {"s": "s", "other": "someone not on the list", "nobody": "nobody: they acted alone"}


def test_a_stated_prior_replaces_the_default() -> None:
    """The highest that holds; negative ones too, and one for those not on the list."""
    stated = "%% [p] A prior.\nprior(I, perpetrator, A, N) :- considered(A, I), rate(A, N).\n"
    few = "%% [q] Few can.\nprior(I, perpetrator, other, -3) :- considered(a, I).\n"
    case = stage(RULES + stated + few, ["considered(a, i)", "considered(b, i)", "rate(a, -7)", "rate(a, -4)"])

    weights = {"a": 10**-0.4, "b": 1.0, "other": 10**-0.3}
    total = sum(weights.values())
    assert case.hypotheses() == pytest.approx({actor: weight / total for actor, weight in weights.items()})


def test_other_incidents_and_strangers_weigh_nothing() -> None:
    """Lines about an incident that the case includes, or about someone who is no candidate, are left out."""
    facts = ["considered(a, i)", "considered(z, j)", "weight(z, 30)", "weight(a, 5)"]
    rules = f"{RULES}%% [stranger] A stranger.\nsupports(i, perpetrator, z, motive, 30) :- considered(z, j).\n"

    assert stage(rules, facts).hypotheses() == stage(RULES, ["considered(a, i)", "weight(a, 5)"]).hypotheses()


@pytest.mark.parametrize(
    ("rule", "facts", "word", "message"),
    [
        ("supports(I, perpetrator, A, means, N) :- level(A, N), at(I).", "level(a, 61)", "strength-off-scale", "`61`"),
        ("supports(I, perpetrator, A, means, N) :- level(A, N), at(I).", "level(a, -1)", "strength-off-scale", "`-1`"),
        (
            "opposes(I, perpetrator, A, means, N) :- level(A, N), at(I).",
            "level(a, huge)",
            "strength-off-scale",
            "`huge`",
        ),
        ("prior(I, perpetrator, A, N) :- level(A, N), at(I).", "level(a, -61)", "strength-off-scale", "from -60 to 60"),
        ("supports(I, perpetrator, A, F, 3) :- level(A, F), at(I).", "level(a, meens)", "unknown-factor", "`meens`"),
        ("candidate(I, R, A) :- level(A, R), at(I).", "level(a, sponser)", "unknown-role", "`sponser`"),
        ("candidate(I, perpetrator, A) :- level(A, _), at(I).", "level(other, 1)", "reserved-candidate", "`other`"),
    ],
)
def test_what_a_rule_computes_is_checked(rule: str, facts: str, word: str, message: str) -> None:
    """A strength, factor or role off the scale is an error that names the rule and shows where it stands."""
    with pytest.raises(InputError) as refused:
        stage(f"{RULES}%% [culprit] It computes.\n{rule}\n", ["considered(a, i)", "at(i)", facts])

    (problem,) = refused.value.problems
    assert problem.word == word
    assert "rule [culprit]" in problem.message
    assert message in problem.message
    assert problem.line_text == rule
    assert (problem.hint or "did you mean").startswith("did you mean")


def test_a_rule_is_told_of_a_mistake_once() -> None:
    """However many actors it makes the mistake for; another rule's is a problem of its own."""
    rule = "supports(I, perpetrator, A, {}, N) :- considered(A, I), level(A, N)."
    text = f"{RULES}%% [one] So.\n{rule.format('means')}\n%% [two] So.\n{rule.format('motive')}\n"
    facts = [fact for actor in "abc" for fact in (f"considered({actor}, i)", f"level({actor}, 99)")]

    with pytest.raises(InputError) as refused:
        stage(text, facts)

    assert sorted(problem.message.split("]")[0] for problem in refused.value.problems) == ["rule [one", "rule [two"]


def test_the_number_of_worlds_must_be_a_multiple_of_16() -> None:
    """A sample is 16 blocks of equal size; anything else is refused in words."""
    with pytest.raises(InputError, match="multiple of 16"):
        stage(RULES, ["considered(a, i)"], settings=Settings(worlds=1_000))


def test_robustness_moves_every_strength() -> None:
    """A lead of 20 dB survives 3 dB either way and against it; one of 1 dB over the next doesn't."""
    firm, close = case_of({"a": 30, "b": 5}), case_of({"a": 12, "b": 11})

    assert firm.assessment.robust("perpetrator")
    assert [shift.named for shift in firm.assessment.robustness("perpetrator").shifts] == [True, True, True]
    weak = close.assessment.robustness("perpetrator")
    assert (weak.holds, weak.leading) == (False, "a")
    assert {shift.shift: shift.leading for shift in weak.shifts}["against the leader"] == "b"
    assert SCALES.unlisted == 10
