"""From files to the base of a case: what is in it, as known when, and in what order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from reasoner.evidence.base import Base
from reasoner.evidence.entities import resolve_entity
from reasoner.evidence.loading import case_summaries
from reasoner.problems import InputError
from reasoner.terms import Atom
from tests.evidence.desk import HEAD, Desk, credences, fact

USED = "used(bridge_2020, drone)"


def atoms(base: Base) -> set[str]:
    return {str(atom) for atom in base.facts if atom.predicate != "is_a"}


def test_every_entity_in_scope_declares_its_kind(desk: Desk) -> None:
    """`is_a` holds for each entity of case and background, certain and without a source."""
    desk.background("entities:\n  green: {name: The Greens, kind: state}\n")
    base = desk.load(f"  - {{fact: '{USED}', source: paper, credibility: 2}}\n")
    declared = {str(each.atom): each for each in base.facts.values() if each.basis == "declared"}

    assert len(declared) == 8
    assert (declared["is_a(green, state)"].credence, declared["is_a(green, state)"].certain) == (1.0, True)


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        (None, 0.91),
        ("2020-05-03", 0.91),
        ("2020-05-02", 0.65),
        ("2020-05-02T18:00", 0.65),
        ("2020-05-02T17:59", 0.337),
        ("2020-05-02T20:59+03:00", 0.337),
        ("2020-04-01", 0.65),
    ],
)
def test_as_of_reasons_with_what_was_known_then(desk: Desk, as_of: str | None, known: float) -> None:
    """Reports count from their date, or their source's; a bare date means its end; undated ones always count."""
    desk.case(
        HEAD
        + "  attache: {name: An attaché, reliability: A}\n"
        + f"facts:\n  - fact: {USED}\n    reports:\n"
        + "      - {source: attache, credibility: 3}\n"
        + "      - {source: radio, credibility: 2, polarity: denies, date: 2020-05-02T12:00}\n"
        + "      - {source: radio, credibility: 4, date: 2020-05-02T18:00}\n"
        + "      - {source: paper, credibility: 2}\n"
    )
    base = desk.load(as_of=as_of)

    assert as_of == (base.as_of.written if base.as_of else None)
    assert known == round(fact(base, USED).credence, 3)


def test_reports_later_than_as_of_are_gone(desk: Desk) -> None:
    """As of the evening before the paper came out, only the radio had reported."""
    stated = (
        f"  - {{fact: '{USED}', reports: [{{source: paper, credibility: 2}}, {{source: radio, credibility: 2}}]}}\n"
    )

    assert credences(desk.load(stated)) == {USED: 0.952}
    assert credences(desk.load(stated, as_of="2020-05-02")) == {USED: 0.785}
    assert credences(desk.load(stated, as_of="2020-05-01")) == {}


def test_a_source_without_a_date_counts_from_when_it_was_passed_on(desk: Desk) -> None:
    """What an expert told a paper was known when the paper came out."""
    desk.case(
        HEAD
        + "  expert: {name: An expert, reliability: A, via: paper}\n"
        + f"facts:\n  - {{fact: '{USED}', source: expert, credibility: 2}}\n"
    )

    assert credences(desk.load(as_of="2020-05-02")) == {}
    assert credences(desk.load(as_of="2020-05-03")) == {USED: 0.845}


def test_given_facts_and_assumptions_are_certain_and_marked(desk: Desk) -> None:
    """Given facts keep their source and wait for their date; assumptions are always there, without a source."""
    stated = (
        f"  - {{fact: '{USED}', given: true, source: paper, date: 2020-05-04}}\n"
        "  - assume: operates_in(red, city)\n    says: They must live somewhere.\n"
    )
    base, before = desk.load(stated), desk.load(stated, as_of="2020-05-03")

    assert (fact(base, USED).basis, fact(base, USED).source, fact(base, USED).credence) == ("given", "paper", 1.0)
    assert (
        fact(base, "operates_in(red, city)").basis,
        fact(base, "operates_in(red, city)").source,
    ) == ("assumed", None)
    assert fact(base, "operates_in(red, city)").says == "They must live somewhere."
    assert {"operates_in(red, city)"} == atoms(before)


@pytest.mark.parametrize(
    ("first", "second", "basis"),
    [
        (f"assume: {USED}", f"fact: {USED}, source: paper, credibility: 2", "assumed"),
        (f"fact: {USED}, source: paper, given: true", f"fact: {USED}, source: radio, credibility: 2", "given"),
        (f"assume: {USED}", f"fact: {USED}, source: paper, given: true", "given"),
    ],
)
def test_the_surest_basis_of_an_atom_holds_and_reports_stay(desk: Desk, first, second, basis) -> None:
    """Given beats assumed beats reported, in either order; what is reported about it is kept to be shown."""
    rows = ["  - {" + each.replace(USED, f"'{USED}'") + "}\n" for each in (first, second)]
    one, other = desk.load("".join(rows)), desk.load("".join(reversed(rows)))

    assert basis == fact(one, USED).basis == fact(other, USED).basis
    assert ("credibility" in second) == bool(fact(one, USED).reports)


@pytest.mark.parametrize(
    ("interval", "holds"),
    [
        ("from: 2020-05-01", True),
        ("from: 2020-05-02", False),
        ("to: 2020-05-01", True),
        ("to: 2020-04-30", False),
        ("from: 2019-01-01, to: 2020-12-31", True),
    ],
)
def test_validity_is_tested_at_the_date_of_the_incident(desk: Desk, interval: str, holds: bool) -> None:
    """A fact that held then is in the base, one that had ended or not begun is not; both ends count."""
    base = desk.load(
        "  - {fact: 'occurred(bridge_2020, \"2020-05-01\")', given: true, source: paper}\n"
        f"  - {{fact: 'operates_in(red, city)', source: paper, credibility: 2, {interval}}}\n"
    )

    assert holds == ("operates_in(red, city)" in atoms(base))


def test_the_date_of_the_case_is_the_best_reported_one(desk: Desk) -> None:
    """Of two dates the better-reported one is the incident's."""
    base = desk.load(
        "  - {fact: 'occurred(bridge_2020, \"2020-05-01\")', source: radio, credibility: 3}\n"
        "  - {fact: 'occurred(bridge_2020, \"2020-04-30\")', source: paper, credibility: 2}\n"
    )

    assert base.case.occurred is not None
    assert base.case.occurred.written == "2020-04-30"


def test_included_cases_are_in_scope_even_in_a_circle(desk: Desk) -> None:
    """Includes are a union: two cases may include each other, and a third is left out though its name is known."""
    desk.case(
        "case: ferry_2020\ntitle: The ferry\nincludes: [bridge_2020]\nfacts:\n  - assume: used(ferry_2020, mortar)\n",
        "ferry_2020",
    )
    desk.case(
        "case: depot_2019\ntitle: The depot # at night\nfacts: [{assume: 'used(depot_2019, mortar)'}]\n", "depot_2019"
    )
    desk.case(
        HEAD.replace("entities:", "includes: [ferry_2020]\nentities:", 1)
        + "facts:\n  - assume: response_to(bridge_2020, ferry_2020)\n  - assume: response_to(bridge_2020, depot_2019)\n"
    )
    base = desk.load()

    assert "used(ferry_2020, mortar)" in atoms(base)
    assert "used(depot_2019, mortar)" not in atoms(base)
    assert (base.name("ferry_2020"), base.name("depot_2019")) == ("The ferry", "The depot")
    assert base.case.includes == ("ferry_2020",)


@pytest.mark.parametrize("actor", ['"The Reds"', '"red band"', "red_band", "red"])
def test_names_and_aliases_find_their_entity(desk: Desk, actor: str) -> None:
    """A fact may name an entity by id, or by its name or an alias in quotes, in any case of letters."""
    base = desk.load(f"  - {{fact: 'possesses({actor}, drone)', source: paper, credibility: 2}}\n")

    assert credences(base) == {"possesses(red, drone)": 0.845}


@pytest.mark.parametrize("text", ["red", "THE REDS", "red band", " Red_Band "])
def test_the_command_line_finds_actors_by_any_name(desk: Desk, text: str) -> None:
    """Actors may be given by id, name or alias; `other` stands for itself."""
    base = desk.load("  - assume: used(bridge_2020, drone)\n")

    assert resolve_entity(base, text) == "red"
    assert resolve_entity(base, "other") == "other"


def test_an_unknown_actor_is_an_error_with_a_suggestion(desk: Desk) -> None:
    """A name that nobody has says so, and what was probably meant."""
    base = desk.load("  - assume: used(bridge_2020, drone)\n")
    with pytest.raises(InputError) as caught:
        resolve_entity(base.entities, "Red Bnad")

    assert caught.value.problems[0].message == "unknown actor or entity `Red Bnad`"
    assert caught.value.problems[0].hint == "did you mean `red` (The Reds)?"


def test_the_order_of_files_and_facts_changes_nothing(desk: Desk) -> None:
    """Facts, draws and credences are the same, digit for digit, however files and entries are ordered."""
    rows = [
        f"  - {{fact: 'possesses({actor}, {weapon})', source: {source}, credibility: {digit}}}\n"
        for actor in ("red", "blue")
        for weapon in ("drone", "mortar")
        for source, digit in (("paper", 2), ("radio", 3), ("rumour", 1))
    ]
    rows += [f"  - {{fact: 'platform(bridge_2020, {value})', source: paper, credibility: 3}}\n" for value in "cab"]
    desk.background("facts:\n" + "".join(rows[:5]))
    first = unplaced(desk.load("".join(rows[5:])))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        desk.background("facts:\n" + "".join(rows[:8]), "known")
        again = unplaced(desk.load("".join(rows[8:])))

        assert first.draws == again.draws
        assert list(first.facts) == list(again.facts)
        assert [each.credence for each in first.facts.values()] == [each.credence for each in again.facts.values()]


def unplaced(base: Base) -> Base:
    return replace(base, facts={atom: replace(each, span=None) for atom, each in base.facts.items()})


def test_lists_of_cases_survive_a_broken_file(desk: Desk) -> None:
    """A case whose file has mistakes is still listed, with what can be read of it."""
    desk.case(HEAD + "facts:\n  - {fact: 'occurred(bridge_2020, \"2020-05-01\")', given: true, source: paper}\n")
    desk.case("case: broken\ntitle: Still readable\n\tfacts: [\n", "broken")
    summaries = case_summaries(desk.workspace)

    assert [(each.id, each.title, each.date, each.readable) for each in summaries] == [
        ("bridge_2020", "The bridge", "2020-05-01", True),
        ("broken", "Still readable", None, False),
    ]


@pytest.mark.parametrize("case", ["bridge_2021", "../../etc/passwd", "", "Bridge 2020"])
def test_an_unknown_case_is_an_error(desk: Desk, case: str) -> None:
    """A case that does not exist, or could not be one, says so and suggests one that does."""
    desk.case(HEAD)
    with pytest.raises(InputError) as caught:
        desk.load(case=case)

    assert f"unknown case `{case}`" == caught.value.problems[0].message


def test_everything_in_a_base_can_be_named(desk: Desk) -> None:
    """Entities, sources and incidents have display names; other constants read as words."""
    base = desk.load(f"  - {{fact: '{USED}', source: paper, credibility: 2}}\n")

    names = ["The Reds", "The Paper", "The bridge", "some term"]
    assert names == [base.name(each) for each in ("red", "paper", "bridge_2020", "some_term")]
    assert Atom("is_a", ("red", "militia")) in base.facts
