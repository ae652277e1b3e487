"""How sure a fact is, by who reports it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from reasoner.evidence.base import Fact, Moment, Report, Source
from reasoner.evidence.credence import credence, graded
from reasoner.evidence.rivals import settle
from reasoner.evidence.sources import effective_letter, origin_names, origins
from reasoner.terms import Atom
from tests.evidence.desk import HEAD, SCALES, Desk, credences, fact

ATOM = Atom("possesses", ("red", "drone"))


def source(name: str, letter: str = "B", **rest) -> Source:
    return Source(name, name, letter, **rest)


def report(by: str, credibility: int, polarity: str = "affirms", day: int | None = None) -> Report:
    date = Moment(f"2020-01-{day:02}", datetime(2020, 1, day, tzinfo=UTC)) if day else None
    return Report(by, polarity, credibility, date, None, None, None, by, "A", 0.0, False)


def believed(reports, sources) -> float:
    by_id = {each.id: each for each in sources}
    return credence(graded(reports, ATOM, by_id, origins(by_id), SCALES))


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([("B", 2)], 0.845),
        ([("C", 3)], 0.599),
        ([("E", 5)], 0.10),
        ([("A", 5)], 0.10),
        ([("A", 6)], 0.5),
        ([("B", 2), ("C", 2)], 0.952),
        ([("B", 2), ("C", 3, "denies")], 0.784),
        ([("B", 2), ("C", 5, "denies")], 0.845),
        ([("E", 5), ("B", 2)], 0.845),
        ([("A", 1, "denies")], 0.0),
    ],
)
def test_grades_give_the_documented_credence(reports, expected) -> None:
    """Each figure of the documentation comes out, to three decimals."""
    sources = [source(f"s{n}", entry[0]) for n, entry in enumerate(reports)]
    given = [report(f"s{n}", *entry[1:]) for n, entry in enumerate(reports)]

    assert expected == round(believed(given, sources), 3)


def test_ten_reports_of_one_origin_equal_one() -> None:
    """Ten papers that quote one official are one report."""
    sources = [source("official"), *(source(f"p{n}", origin="official") for n in range(10))]
    reports = [report(f"p{n}", 2) for n in range(10)]

    assert believed(reports[:1], sources) == believed(reports, sources)


def test_anonymous_sources_that_may_be_one_count_once() -> None:
    """Two unnamed officials who may be the same person are one report; without that they are two."""
    known = [source("a", "C", anonymous=True, maybe_same_as=("b",)), source("b", "C", anonymous=True)]
    apart = [replace(each, maybe_same_as=()) for each in known]
    reports = [report("a", 2), report("b", 2)]

    assert believed(reports[:1], known) == believed(reports, known)
    assert believed(reports, known) < believed(reports, apart)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ({"x": "A", "via": "C"}, "C"),
        ({"x": "D", "via": "B"}, "D"),
        ({"x": "B", "origin": "E"}, "E"),
        ({"x": "C", "via": "F"}, "F"),
        ({"x": "E", "via": "F"}, "E"),
    ],
)
def test_no_report_is_better_than_the_weakest_of_its_chain(letters, expected) -> None:
    """The effective letter is the weakest along via and origin; F stands between C and E."""
    link = "via" if "via" in letters else "origin"
    sources = {"x": source("x", letters["x"], **{link: link}), link: source(link, letters[link])}

    assert expected == effective_letter("x", sources, ATOM.arguments, SCALES)


@pytest.mark.parametrize(
    ("letter", "lowered"), [("A", "B"), ("B", "C"), ("C", "D"), ("D", "E"), ("E", "E"), ("F", "E")]
)
def test_who_gains_by_the_blame_counts_one_letter_lower(letter, lowered) -> None:
    """Interest lowers a source where the fact names that actor, and nowhere else."""
    sources = {"x": source("x", letter, interest=("red",))}

    assert lowered == effective_letter("x", sources, ("red", "drone"), SCALES)
    assert letter == effective_letter("x", sources, ("blue", "drone"), SCALES)


def test_an_origin_counts_with_its_latest_word() -> None:
    """Who affirmed and later denied denies, and the other way round; on the same day a denial stands."""
    sources = [source("x"), source("y", "C")]
    sure = believed([report("y", 2)], sources)
    recanted = [report("y", 2), report("x", 2, day=1), report("x", 2, "denies", day=2)]
    came_round = [report("y", 2), report("x", 2, "denies", day=1), report("x", 2, day=2)]
    torn = [report("y", 2), report("x", 2, day=1), report("x", 2, "denies", day=1)]

    assert believed(recanted, sources) < sure < believed(came_round, sources)
    assert believed(recanted, sources) == believed(torn, sources)


def random_reports(random, most: int):
    """Sources with random letters, links and interests, and reports by them."""
    letters, names = "ABCDEF", [f"s{n}" for n in range(4)]
    sources = {}
    for place, name in enumerate(names):
        origin = names[random.integers(place)] if place and random.random() < 0.4 else None
        interest = ("red",) if random.random() < 0.2 else ()
        sources[name] = source(name, letters[random.integers(6)], origin=origin, interest=interest)
    return sources, [random_report(random, names) for _ in range(random.integers(1, most))]


def random_report(random, names, polarity=None) -> Report:
    day = int(random.integers(0, 4)) or None
    chosen = polarity or ("denies" if random.random() < 0.4 else "affirms")
    return report(names[random.integers(len(names))], int(random.integers(1, 7)), chosen, day)


def test_affirming_never_lowers_and_denying_never_raises() -> None:
    """In 20,000 random draws one more affirmation never lowers a credence, and one more denial never raises it."""
    random = np.random.default_rng(7)
    for _ in range(20_000):
        sources, reports = random_reports(random, 6)
        roots = origins(sources)
        polarity = "affirms" if random.random() < 0.5 else "denies"
        extra = random_report(random, list(sources), polarity)
        before = credence(graded(reports, ATOM, sources, roots, SCALES))
        after = credence(graded([*reports, extra], ATOM, sources, roots, SCALES))

        assert after >= before if polarity == "affirms" else after <= before, (sources, reports, extra)


def test_affirming_a_value_never_lowers_it_among_its_rivals(desk: Desk) -> None:
    """The law holds for shares among rivals, with refinements between them, too."""
    random = np.random.default_rng(11)
    values = ["drone", "aircraft", "mortar"]
    links = [Fact(Atom("entails", ("drone", "aircraft")), "given", 1.0, 1.0)]
    for _ in range(2_000):
        alone = {value: float(random.uniform(0.01, 0.99)) for value in values}
        value = values[random.integers(3)]
        raised = {**alone, value: float(random.uniform(alone[value], 0.995))}
        before, after = (shares(each, links, desk)[value] for each in (alone, raised))

        assert after >= before - 1e-12


def shares(alone, links, desk: Desk) -> dict[str, float]:
    facts = [Fact(Atom("platform", ("x", value)), "reported", chance, chance) for value, chance in alone.items()]
    settled, _ = settle({each.atom: each for each in [*facts, *links]}, desk.vocabulary)
    return {
        str(each.atom.arguments[1]): each.credence for each in settled.values() if each.atom.predicate == "platform"
    }


def test_an_only_denied_fact_is_false_and_says_so(desk: Desk) -> None:
    """A fact that is only denied has credence 0, is kept, and belongs to no draw."""
    base = desk.load("  - {fact: 'used(bridge_2020, drone)', source: paper, credibility: 2, polarity: denies}\n")
    denied = fact(base, "used(bridge_2020, drone)")

    assert (denied.credence, denied.only_denied) == (0.0, True)
    assert base.draws == ()


def test_one_fact_in_several_entries_is_one_fact(desk: Desk) -> None:
    """Reports of the same atom in case and background are weighed together, whatever the order of files and entries."""
    desk.background("facts:\n  - {fact: 'possesses(red, drone)', source: radio, credibility: 2}\n")
    base = desk.load("  - {fact: 'possesses(red, drone)', source: paper, credibility: 2}\n")

    assert credences(base) == {"possesses(red, drone)": 0.952}
    assert fact(base, "possesses(red, drone)").case == "bridge_2020"


SAME = """\
  - fact: used(bridge_2020, drone)
    reports: [{source: officer, credibility: 2}, {source: clerk, credibility: 2}, {source: paper, credibility: 2}]
"""


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        (SAME, {"clerk": "a clerk or an officer (perhaps one person)", "desk_quoted": "The desk"}),
        (SAME.replace("{source: clerk, credibility: 2}, ", ""), {"clerk": "an officer", "desk_quoted": "The desk"}),
        (
            SAME.replace("source: paper", "source: guard"),
            {"clerk": "a clerk, a guard or an officer (perhaps one person)"},
        ),
    ],
)
def test_an_origin_is_named_by_all_who_may_be_one(desk: Desk, stated: str, named: dict[str, str]) -> None:
    """Each who reported is in the name, and nobody who did not; others go by their own name."""
    anonymous = "reliability: C, anonymous: true"
    desk.case(
        HEAD.replace("paper: {name: The Paper,", "paper: {name: The Paper, origin: desk_quoted,")
        + "  desk_quoted: {name: The desk, reliability: B}\n"
        + f"  officer: {{name: an officer, {anonymous}, maybe_same_as: [clerk, guard]}}\n"
        + f"  clerk: {{name: a clerk, {anonymous}}}\n"
        + f"  guard: {{name: a guard, {anonymous}}}\n"
        + f"facts:\n{stated}"
    )

    assert named == origin_names(desk.load())
