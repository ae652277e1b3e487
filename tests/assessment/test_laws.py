"""What must hold of every case, whatever the rules and facts say."""

from __future__ import annotations

from dataclasses import replace
from math import log10
from random import Random
from time import perf_counter

import pytest

from reasoner.assessment.result import Settings
from reasoner.evidence.base import Base
from tests.assessment.attributions import random_attribution
from tests.assessment.cases import Staged, atom, rated, stage, staged

SAMPLED = Settings(method="sampled")
NUMBERS = range(30)


def _random(number: int, settings: Settings = Settings()) -> Staged:
    return staged(*random_attribution(Random(f"law {number}")), settings)


@pytest.mark.parametrize("settings", [Settings(), Settings(worlds=1_600, method="sampled")], ids=["exact", "sampled"])
def test_hypotheses_sum_to_one(settings: Settings) -> None:
    """Someone did it, or someone not on the list, or nobody."""
    for number in NUMBERS:
        for role, ranking in _random(number, settings).assessment.rankings.items():
            assert sum(row.probability for row in ranking.hypotheses) == pytest.approx(1, abs=1e-12), (number, role)
            assert sum(row.stability for row in ranking.hypotheses) == pytest.approx(1, abs=1e-9)


def test_contributions_add_up_to_the_log_odds() -> None:
    """For every hypothesis of every role; each factor's lines add up to its net, exclusions to theirs."""
    for number in NUMBERS:
        case = _random(number)
        for role, outlook in case.assessment.outlooks.items():
            for actor in outlook.actors:
                parts = case.assessment.contribution(role, actor)
                total = parts.prior + parts.exclusion + parts.members + parts.field + parts.doubt
                total += sum(factor.decibans for factor in parts.factors)
                odds = parts.probability / (1 - parts.probability)
                assert 10 * log10(odds) == pytest.approx(total, abs=1e-6 if parts.probability > 0.999 else 1e-9)
                nets = {factor.factor: factor.decibans for factor in parts.factors} | {"": parts.exclusion}
                for factor, net in nets.items():
                    lines = [line.decibans for line in parts.lines if line.factor == factor]
                    assert sum(lines) == pytest.approx(net, abs=1e-9), (number, role, actor, factor)


def test_a_supporting_line_never_lowers_its_candidate() -> None:
    """Whatever the strength and the factor, and however sure its fact."""
    for number in NUMBERS:
        rng = Random(f"line {number}")
        text, base = random_attribution(Random(f"law {number}"))
        before = staged(text, base).hypotheses()
        actor = rng.choice([actor for actor in before if actor != "other"])
        strength, factor = rng.choice(("weak", 3, 20, 60)), rng.choice(("means", "motive", "record", "words"))
        more = f"{text}%% [new] So it is.\nsupports(i, perpetrator, {actor}, {factor}, {strength}) :- mark(a).\n"

        after = staged(more, base).hypotheses()

        assert after[actor] >= before[actor] - 1e-12, (number, actor)


def test_the_order_of_facts_and_rules_changes_no_digit() -> None:
    """Rules shuffled, facts and draws shuffled: the same figures, to the last bit."""
    for number in NUMBERS:
        rng = Random(number)
        text, base = random_attribution(Random(f"law {number}"))
        rules = text.strip().split("%%")[1:]
        rng.shuffle(rules)
        facts = list(base.facts.items())
        rng.shuffle(facts)
        ungated = [draw for draw in base.draws if draw.within is None]
        gated = [draw for draw in base.draws if draw.within is not None]
        rng.shuffle(ungated)
        shuffled = replace(base, facts=dict(facts), draws=(*ungated, *gated))

        one, other = staged(text, base), staged("".join(f"%%{rule.strip()}\n" for rule in rules), shuffled)

        assert one.assessment.posteriors == other.assessment.posteriors, number
        assert one.assessment.rankings == other.assessment.rankings, number


FIELD = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [armed] {A} is armed.
supports(I, perpetrator, A, means, moderate) :- considered(A, I), armed(A).
%% [angry] {A} is angry.
supports(I, perpetrator, A, motive, 7) :- considered(A, I), angry(A).
%% [also angry] {A} is very angry.
supports(I, perpetrator, A, motive, 4) :- considered(A, I), furious(A).
%% [away] {A} was away.
opposes(I, perpetrator, A, motive, 3) :- considered(A, I), away(A).
%% [alibi] {A} has an alibi.
excludes(I, perpetrator, A, alibi) :- considered(A, I), alibi(A).
"""
TWO = ["considered(a, i)", "considered(b, i)"]


def test_certain_facts_give_plain_bayes() -> None:
    """One world, and odds that multiply: the strongest line of a factor, less what stands against it."""
    case = stage(FIELD, [*TWO, "armed(a)", "angry(a)", "furious(a)", "away(a)", "angry(b)", "alibi(b)"])

    odds = {"a": 10**1.5 * 10 ** (0.7 - 0.3), "b": 10**0.7 * 10**-6, "other": 10.0}
    total = sum(odds.values())
    assert case.hypotheses() == pytest.approx({actor: weight / total for actor, weight in odds.items()}, abs=1e-9)
    assert case.assessment.worlds.count == 1


def test_two_ways_to_say_the_same_count_once() -> None:
    """A second, weaker line of a factor moves no digit."""
    one = stage(FIELD, [*TWO, "angry(a)"]).hypotheses()

    assert stage(FIELD, [*TWO, "angry(a)", "furious(a)"]).hypotheses() == one


def test_a_line_whose_loss_changes_nothing_says_what_stands_in() -> None:
    """The weaker of two lines of a factor is credited nothing and names the stronger; the stronger has no stand-in."""
    case = stage(FIELD, [*TWO, "angry(a)", "furious(a)"])
    parts = case.assessment.contribution("perpetrator", "a")
    lines = {line.rule: line for line in parts.lines}

    assert lines["also angry"].decibans == 0
    assert lines["also angry"].without_it == parts.probability
    assert lines["also angry"].also == (lines["angry"].instance,)
    assert lines["angry"].also == ()
    assert lines["angry"].without_it < parts.probability


def test_only_opposed_is_not_the_same_as_no_evidence() -> None:
    """A candidate with a line against it stands lower than one about whom nothing is said."""
    row = stage(FIELD, [*TWO, "away(a)"]).hypotheses()

    assert row["a"] == pytest.approx(row["b"] / 10**0.3)


def test_a_fact_only_denied_holds_in_no_world() -> None:
    """It fires nothing, and what needs its absence fires everywhere."""
    unarmed = "opposes(I, perpetrator, A, record, 5) :- considered(A, I), not armed(A)."
    rules = f"{FIELD}%% [unarmed] {{A}} isn't armed.\n{unarmed}\n"
    case = stage(rules, TWO, {"armed(a)": 0.9, "angry(b)": 0.5})
    denied = rated(case.base, {"armed(a)": 0.0})

    without = case.assessment.without(denied)["perpetrator"]

    assert without == pytest.approx(stage(rules, TWO, {"angry(b)": 0.5}).assessment.posteriors["perpetrator"])


@pytest.mark.parametrize("settings", [Settings(), SAMPLED], ids=["exact", "sampled"])
def test_undoing_a_change_gives_back_the_same_digits(settings: Settings) -> None:
    """Facts re-rated and rated back, instances silenced and heard again."""
    for number in range(8):
        case = _random(number, settings)
        before = {role: dict(row) for role, row in case.assessment.without().items()}
        changed = _halved(case.base)

        case.assessment.without(changed)
        case.assessment.without(silenced=frozenset(range(len(case.derivation.head))))

        assert case.assessment.without(_halved(changed, 2)) == before
        assert case.assessment.without(replace(case.base)) == before
        assert staged(case.text, case.base, settings).assessment.without() == before


def _halved(base: Base, by: float = 0.5) -> Base:
    draws = tuple(replace(draw, shares=tuple(share * by for share in draw.shares)) for draw in base.draws)
    facts = {
        held: fact if fact.certain else replace(fact, credence=fact.credence * by) for held, fact in base.facts.items()
    }
    return replace(base, draws=draws, facts=facts)


@pytest.mark.parametrize("settings", [Settings(), Settings(worlds=1_600, method="sampled")], ids=["exact", "sampled"])
def test_what_if_equals_assessing_the_changed_base(settings: Settings) -> None:
    """Only what a change touches is computed anew, and nothing is missed."""
    for number in NUMBERS:
        case = _random(number, settings)
        if case.assessment.drawn.method != (settings.method or "exact"):
            continue
        for changed in _changes(case.base):
            fresh = replace(case.assessment, base=changed)
            for role, row in fresh.without().items():
                assert case.assessment.without(changed)[role] == pytest.approx(dict(row), abs=1e-12), (number, role)


def _changes(base: Base) -> list[Base]:
    """A draw's facts gone; all re-rated; a certain fact gone; an uncertain one certain."""
    first = base.draws[0]
    gone = {held: fact for held, fact in base.facts.items() if held not in first.values}
    certain = next(held for held, fact in base.facts.items() if fact.certain)
    assumed = replace(base.facts[first.values[0]], basis="assumed", credence=1.0)
    return [
        replace(base, draws=base.draws[1:], facts=gone),
        _halved(base),
        replace(base, facts={held: fact for held, fact in base.facts.items() if held != certain}),
        replace(base, draws=base.draws[1:], facts={**gone, assumed.atom: assumed}),
    ]


def test_samples_agree_with_enumeration() -> None:
    """Every probability within five standard errors, and no standard error below 1 in 16,384."""
    for number in NUMBERS:
        exact, sampled = _random(number), _random(number, SAMPLED)
        for role, ranking in sampled.assessment.rankings.items():
            for row in ranking.hypotheses:
                assert row.spread >= 1 / 16_384
                assert abs(row.probability - exact.hypotheses(role)[row.actor]) <= 5 * row.spread, (number, row)


def test_many_facts_are_sampled_and_few_enumerated() -> None:
    """Sixteen uncertain facts make 65,536 worlds; a seventeenth is too many. Facts that reach no line don't count."""
    facts = {f"armed(a{n})": 0.5 for n in range(16)}
    field = [f"considered(a{n}, i)" for n in range(17)]
    idle = {f"idle(a{n})": 0.5 for n in range(5)}

    enumerated = stage(FIELD, field, {**facts, **idle}).assessment.worlds
    sampled = stage(FIELD, field, {**facts, "armed(a16)": 0.5}).assessment.worlds

    assert (enumerated.method, enumerated.count, enumerated.standard_error) == ("exact", 65_536, 0)
    assert (sampled.method, sampled.count) == ("sampled", 16_384)
    assert sampled.standard_error >= 1 / 16_384


@pytest.mark.parametrize("members", [1, 2, 5])
def test_naming_members_does_not_make_an_umbrella_likelier(members: int) -> None:
    """The umbrella and its members share one prior, so that without evidence it keeps its probability."""
    alone = stage(FIELD, ["considered(u, i)", "considered(b, i)"]).probability("u")
    names = [f"m{n}" for n in range(members)]
    named = [f"considered({name}, i)" for name in names] + [f"member_of({name}, u)" for name in names]
    ties = f"{FIELD}%% [tie] A tie.\ntied(A, B) :- member_of(A, B).\n"

    assert stage(ties, ["considered(u, i)", "considered(b, i)", *named]).probability("u") == pytest.approx(alone)


def test_an_atom_that_reaches_no_ranking_has_its_probability_too() -> None:
    """It is enumerated in worlds of its own, negation included."""
    rules = f"{FIELD}%% [idle] {{A}} idles.\nidle(A) :- slow(A), not busy(A).\nidle(A) :- lazy(A).\n"
    case = stage(rules, TWO, {"slow(a)": 0.5, "busy(a)": 0.4, "lazy(a)": 0.2, "armed(a)": 0.9})
    idle, busy, lazy = case.atom("idle(a)"), case.atom("busy(a)"), case.atom("lazy(a)")

    expected = 1 - (1 - 0.5 * 0.6) * 0.8
    assert case.assessment.probability(idle) == pytest.approx(expected, abs=1e-12)
    assert case.assessment.probabilities([idle, busy]) == pytest.approx((expected, 0.4))
    assert case.assessment.none_of([busy, lazy]) == pytest.approx(0.6 * 0.8)
    assert [case.assessment.instance_probability(i) for i in case.instances("idle")] == pytest.approx([0.3])


def test_facts_the_derivation_lacks_play_no_part() -> None:
    """A changed base may say more than was ground; that is left out."""
    case = stage(FIELD, TWO, {"armed(a)": 0.5})
    more = stage(FIELD, [*TWO, "angry(b)"], {"armed(a)": 0.5})

    assert atom("angry(b)") not in case.derivation.atom_ids
    assert case.assessment.without(more.base) == case.assessment.without()


def test_many_answers_take_little_longer_than_their_number() -> None:
    """Twenty thousand answers, each with a fact of its own, come out in seconds, and each is right."""
    facts = {f"mark(x{number})": 0.1 + number % 8 / 10 for number in range(20_000)}
    case = stage("%% [seen] So it is.\nseen(A) :- mark(A), not cleared(A).\n", ["cleared(x3)"], facts)
    atoms = [case.atom(fact.replace("mark", "seen")) for fact in facts if fact != "mark(x3)"]

    started = perf_counter()
    chances = case.assessment.probabilities(atoms)

    assert perf_counter() - started < 15
    assert chances == pytest.approx([credence for fact, credence in facts.items() if fact != "mark(x3)"])
