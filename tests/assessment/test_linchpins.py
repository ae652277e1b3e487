"""What a lead hangs on: every loss is that of a changed case, and the sets found are all the minimal ones there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import comb
from random import Random

import pytest

from reasoner.assessment.assess import assess
from reasoner.assessment.judging import Judgement, judge
from reasoner.assessment.linchpins import MOST_SEARCHED, WORK, Linchpins, linchpins, losses
from reasoner.assessment.outlook import Outlook
from reasoner.assessment.parts import Named, Part, failing
from reasoner.assessment.result import Settings
from reasoner.evidence.assembling import assemble
from reasoner.evidence.base import Case, Fact, Report, Source
from reasoner.evidence.changes import retract, without_origin, without_source
from reasoner.inquiry import Changes, Inquiry, open_case
from reasoner.language.vocabulary import Vocabulary
from tests.assessment.cases import CASE, SCALES, Staged, atom, program_of, staged

RULES = """
%% [field] {A} is considered.
candidate(I, perpetrator, A) :- considered(A, I).
%% [means] {A} had the means.
supports(I, perpetrator, A, means, 12) :- considered(A, I), armed(A).
%% [armed] {A} is armed.
armed(A) :- has(A, W), used(I, W).
%% [own arms] {A} is armed anyway.
armed(A) :- drilled(A), not watched(A).
%% [motive] {A} had a motive.
supports(I, perpetrator, A, motive, 9) :- considered(A, I), angry(A).
%% [record] {A} has done it before.
supports(I, perpetrator, A, record, 9) :- considered(A, I), seen(A).
%% [elsewhere] {A} was seen elsewhere.
opposes(I, perpetrator, A, record, 12) :- considered(A, I), away(A).
"""
SOURCES = {
    "w": Source("w", "Wire", "A"),
    "x": Source("x", "Xenia", "A", via="w"),
    "y": Source("y", "Yard", "B", via="w"),
    "z": Source("z", "Zed", "B", origin="y"),
}
POOL = ("has(a, gun)", "has(b, gun)", "used(i, gun)", "used(i, bomb)", "drilled(a)", "watched(a)", "angry(a)")
MORE = ("seen(a)", "seen(b)", "away(a)", "away(b)", "angry(b)")


@cache
def small_case(number: int) -> Staged:
    """A case with reports from four sources, one of which passes on two others, and one that rests on another."""
    rng = Random(f"linchpin {number}")
    facts = [Fact(atom(f"considered({actor}, i)"), "given", 1, 1) for actor in "ab"]
    for text in [*rng.sample(POOL, 4), *rng.sample(MORE, 2)]:
        reports = tuple(_report(source, rng) for source in rng.sample(sorted(SOURCES), rng.choice((1, 1, 2))))
        assumed = rng.random() < 0.2
        facts.append(Fact(atom(text), "assumed" if assumed else "reported", 1, 1, () if assumed else reports))
    declared = program_of(RULES, [fact.atom for fact in facts]).vocabulary.predicates
    vocabulary = Vocabulary({**declared, "used": replace(declared["used"], functional=True)}, {})
    case = Case(CASE, "A case", None, (), "")
    base = assemble(case, None, {}, SOURCES, facts, {}, vocabulary, replace(SCALES, unlisted=5.0))
    return staged(RULES, base, scales=replace(SCALES, unlisted=5.0))


def _report(source: str, rng: Random) -> Report:
    return Report(source, "affirms", rng.choice((1, 2, 2, 3)), None, None, None, None, source, "A", 0.0, True)


def brute_force(case: Staged, parts: Iterable[Part]) -> set[frozenset[Named]]:
    """Every set of up to three parts whose failure ends the lead, and no smaller set within it does."""
    outlook = case.assessment.outlooks["perpetrator"]
    before = judge(outlook)
    ending: set[frozenset[Named]] = set()
    for size in (1, 2, 3):
        for chosen in combinations(parts, size):
            names = frozenset(part.name for part in chosen)
            if any(smaller <= names for smaller in ending):
                continue
            if before.lost(outlook, judge(without(case, chosen))):
                ending.add(names)
    return ending


def without(case: Staged, parts: Iterable[Part]) -> Outlook:
    """The case without parts, one loss after the other, assessed from the start."""
    base, silenced = case.base, frozenset[int]()
    for what, name in (part.name for part in parts):
        if what in ("fact", "assumption") and atom(name) in base.facts:
            base = retract(base, [name])
        elif what == "source":
            base = without_source(base, name)
        elif what == "origin":
            base = without_origin(base, name)
        elif what == "rule":
            silenced |= frozenset(case.instances(name))
    settings = Settings(method=case.assessment.drawn.method)
    return assess(base, case.derivation, settings).outlooks_without(silenced=silenced)["perpetrator"]


@pytest.mark.parametrize("number", range(12))
def test_the_sets_found_are_all_the_minimal_ones(number: int) -> None:
    """Random small cases: exactly the sets that trying everything finds."""
    case = small_case(number)
    found = case.assessment.linchpins("perpetrator")
    parts = case.assessment.parts("perpetrator")

    assert len(parts) <= MOST_SEARCHED
    assert {frozenset(part.name for part in each.parts) for each in found.sets} == brute_force(case, parts)
    assert found.unsearched == 0


def test_what_matters_only_once_something_else_is_gone() -> None:
    """Two assumptions, either of which is enough and neither of which changes a thing alone, end the lead together."""
    assumed = [Fact(atom(text), "assumed", 1, 1) for text in ("drilled(a)", "has(a, gun)", "used(i, gun)")]
    given = [Fact(atom(f"considered({actor}, i)"), "given", 1, 1) for actor in "ab"]
    doubtful = Fact(atom("angry(b)"), "reported", 1, 1, (_report("w", Random(1)),))
    vocabulary = program_of(RULES, [fact.atom for fact in (*assumed, *given, doubtful)]).vocabulary
    scales = replace(SCALES, unlisted=5.0)
    facts = [*assumed, *given, doubtful]
    base = assemble(Case(CASE, "A case", None, (), ""), None, {}, SOURCES, facts, {}, vocabulary, scales)
    case = staged(RULES, base, Settings(method="sampled"), scales)
    found = case.assessment.linchpins("perpetrator")
    sets = {frozenset(part.id for part in each.parts if part.what == "assumption") for each in found.sets}

    assert {frozenset({"drilled(a)", "has(a, gun)"}), frozenset({"drilled(a)", "used(i, gun)"})} <= sets


def test_small_cases_have_sets_of_every_size() -> None:
    """The random cases are worth trying: some leads end with one loss, some with two, some with three."""
    sizes = {
        len(each.parts) for number in range(12) for each in small_case(number).assessment.linchpins("perpetrator").sets
    }

    assert {1, 2, 3} == sizes


@pytest.fixture(scope="module")
def kadhimi() -> Inquiry:
    return open_case("kadhimi_2021")


@pytest.fixture(scope="module")
def found(kadhimi: Inquiry) -> Linchpins:
    return kadhimi.linchpins()


def moved(found: Linchpins) -> Iterator[tuple[Named, float]]:
    for each in found.single:
        yield from ((name, each.probability) for name in (each.part.name, *each.part.alike))


def test_each_loss_is_that_of_a_changed_case(kadhimi: Inquiry, found: Linchpins) -> None:
    """Facts retracted and rules switched off: the same probability, digit for digit, where all stay considered."""
    leading, hypotheses = found.judged.subject, set(kadhimi.assessment.outlooks["perpetrator"].actors)
    compared = 0
    for (what, name), probability in moved(found):
        if what in ("fact", "rule"):
            changes = Changes(retract=(name,)) if what == "fact" else Changes(rule_off=(name,))
            outlook = kadhimi.changed(changes).assessment.outlooks["perpetrator"]
            if set(outlook.actors) == hypotheses:
                compared += 1
                assert outlook.rows[leading] == pytest.approx(probability, abs=1e-12), name

    assert compared > 60


def test_each_source_and_origin_is_a_part_once(kadhimi: Inquiry) -> None:
    """Whoever reports something that matters is a part, by itself or with what fails alike, never twice."""
    there = kadhimi.assessment
    parts = [part for part in there.parts("perpetrator") if part.what != "rule"]
    names = [name for part in parts for name in (part.name, *part.alike)]

    assert len(names) == len(set(names))
    scope = {atom for part in parts for atom, _ in part.reports}
    reporting = {report.origin for atom in scope for report in there.base.facts[atom].reports}
    assert {id for what, id in names if what == "origin"} == reporting
    assert {str(atom) for atom in scope} == {id for what, id in names if what == "fact"}


@dataclass
class Costly:
    """A role in which no part matters, and where each set of parts takes some work to try."""

    outlook: Outlook
    each_set: int
    tried: Counter[int]
    size: int = 0

    @property
    def spent(self) -> int:
        return self.tried.total() * self.each_set

    def without_each(self, parts: Sequence[Part]) -> Iterator[Costly]:
        return (replace(self, size=self.size + 1) for _ in parts)

    def each(self, parts: Sequence[Part]) -> Iterator[Outlook]:
        self.tried[1] += len(parts)
        return (self.outlook for _ in parts)

    def judged(self, sets: Sequence[tuple[Part, ...]]) -> Iterator[Judgement]:
        self.tried.update(self.size + len(each) for each in sets)
        return (judge(self.outlook) for _ in sets)


@pytest.mark.parametrize(("each_set", "searched"), [(0, 24), (WORK // 1_000, 18), (WORK // 100, 8), (WORK, 3)])
def test_what_is_searched_is_bounded(kadhimi: Inquiry, each_set: int, searched: int) -> None:
    """At most 24 parts are tried together, fewer where each set takes much work, never fewer than three.

    What is said to be searched was searched wholly, and what is left out is counted.
    """
    parts = [Part("fact", f"fact({number})", facts=frozenset({atom(f"fact({number})")})) for number in range(30)]
    costly = Costly(kadhimi.assessment.outlooks["perpetrator"], each_set, Counter())
    found = linchpins(costly, parts, {})

    assert (searched, 30 - searched, ()) == (found.searched, found.unsearched, found.sets)
    assert (comb(searched, 2), comb(searched, 3)) <= (costly.tried[2], costly.tried[3])
    assert (costly.tried[2], costly.tried[3]) <= (comb(searched + 1, 2), comb(searched + 1, 3))
    assert costly.tried.total() <= 30 + comb(24, 2) + comb(24, 3)


@pytest.mark.parametrize("number", (0, 2, 3, 4, 5))
def test_a_search_cut_short_finds_what_the_whole_one_does_among_fewer(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With less work allowed: the very sets, of those that the whole search finds, that are of parts searched."""
    case = small_case(number)
    whole = case.assessment.linchpins("perpetrator")
    monkeypatch.setattr("reasoner.assessment.linchpins.WORK", 0)
    cut = case.assessment.linchpins("perpetrator")
    alone = losses(case.assessment.whole("perpetrator"), case.assessment.parts("perpetrator"), {})
    holding = [each.part.name for each in alone if not each.lost]
    searched = set(holding[: cut.searched])

    assert min(3, len(holding)) <= cut.searched < whole.searched
    assert cut.single == whole.single
    assert cut.sets == tuple(
        each for each in whole.sets if len(each.parts) == 1 or {part.name for part in each.parts} <= searched
    )


@pytest.mark.parametrize("case", ("kadhimi_2021", "madrid_2004", "erbil_2021"))
def test_losses_of_origins_are_those_the_ranking_found(case: str) -> None:
    """The confidence of a ranking and the linchpins tell the very same of the loss of an origin."""
    there = open_case(case).assessment
    for role in there.outlooks:
        anew = losses(there.whole(role), there.parts(role), {})
        assert {each.part.name for each in anew if each.part.what == "origin"}, "no origin to lose"
        assert list(there.linchpins(role).single) == [each for each in anew if each.lost or abs(each.decibans) > 1e-9]


def test_the_same_answer_every_time(kadhimi: Inquiry, found: Linchpins) -> None:
    """Asked again, in a case opened anew: the same losses and sets."""
    again = open_case("kadhimi_2021").linchpins()

    assert (found.single, found.sets) == (again.single, again.sets)


def test_the_order_in_which_parts_fail_makes_no_difference(kadhimi: Inquiry) -> None:
    """Three parts taken away in any order leave the same figures, to the last bit, as all at once."""
    there = kadhimi.assessment
    rng = Random(3)
    for _ in range(40):
        parts = rng.sample(there.parts("perpetrator"), 3)
        at_once = there.outlooks_without(*failing(there.base, parts))["perpetrator"].rows
        left = there.whole("perpetrator")
        for part in parts:
            left = left.without(part)

        assert at_once == left.outlook.rows


def test_what_is_told_of_three_is_what_comes_of_three(kadhimi: Inquiry) -> None:
    """Whoever would lead without three parts is the same, told by what moves without fewer or worked out anew."""
    there = kadhimi.assessment
    rng = Random(5)
    whole = there.whole("perpetrator")
    parts = rng.sample(there.parts("perpetrator"), 9)
    list(whole.each(parts))
    for left, last in zip(whole.without_each(parts), parts, strict=True):
        others = [part for part in parts if part is not last]
        pairs = list(combinations(others, 2))
        list(left.judged([(part,) for part in others]))
        for pair, after in zip(pairs, left.judged(pairs), strict=True):
            anew = there.outlooks_without(*failing(there.base, (*pair, last)))["perpetrator"]
            assert after == judge(anew), (pair, last)


def test_what_is_no_part_moves_nothing(kadhimi: Inquiry) -> None:
    """Of each role, every reported fact and every rule that is not among its parts can go without a trace."""
    there = kadhimi.assessment
    every = {("fact", str(atom)) for atom, fact in there.base.facts.items() if fact.drawn}
    for role, outlook in there.outlooks.items():
        names = {name for part in there.parts(role) for name in (part.name, *part.alike)}
        for _, fact in sorted(every - names):
            assert outlook.rows == there.outlooks_without(retract(there.base, [fact]))[role].rows, (role, fact)
