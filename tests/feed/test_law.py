"""The law of feeds: an incident of a feed is the case that its rows would make, to the last digit."""

from __future__ import annotations

import json
import random
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.evidence.atoms import ground_atom
from reasoner.evidence.base import Base, Draw, Fact
from reasoner.evidence.loading import load_base
from reasoner.feed.backdrop import background_base
from reasoner.feed.store import base_of
from reasoner.terms import Atom
from tests.feed.feeds import BACKGROUND, Desk, Tables, draws_of, facts_of

CASES = ("i0", "i1", "i2", "i3")
KNOWN = ("paper", "radio", "rumour", "rival", "wire", "official", "officer", "partisan")
MAPPED = {
    "gazette": {"name": "Gazette", "reliability": "B", "published": "2020-05-04", "via": "radio"},
    "echo": {"name": "Echo", "reliability": "A", "origin": "officer", "interest": ["blue", "country"]},
}
"""Sources that the mapping defines."""

NEW = {
    "stringer": ("Stringer", "D", "Gazette", None),
    "echo_of_echo": ("Echo of Echo", "A", "radio", "Echo"),
    "herald": ("Herald", "C", None, None),
}
"""Sources that only rows define: id → name, letter, via, origin."""

MAPPING = (
    f"""\
feed: trial
case: incident
sources: {json.dumps(MAPPED)}
"""
    + """\
entities: {a: militia, b: militia, d: militia}
report:
  source: "{source}"
  reliability: "{letter}"
  via: "{via}"
  origin: "{origin}"
  credibility: "{digit}"
  polarity: "{polarity}"
  date: "{date}"
  says: "{says}"
facts:
  - fact: "{reported}({a}, {b}, {c}, {d})"
  - {fact: "{given}({a}, {b}, {c}, {d})", given: true}
  - assume: "{assumed}({a}, {b}, {c}, {d})"
"""
)


@dataclass(frozen=True)
class Said:
    """One row of a feed, which is one statement of a case."""

    case: str
    atom: str
    basis: str
    source: str
    digit: int
    polarity: str
    date: str | None
    says: str | None


ACTORS = ("red", "blue", "twin_one", "grey_wolves")
PLACES = ("port", "quay", "city", "hills", "country")
DATES = ("2020-02-29", "2020-04-01", "2020-06-30", "2020-07-01", "2020-12-31")
MOMENTS = (None, "2020-05-01", "2020-05-02", "2020-05-01T12:00", "2020-05-02T01:59:59+02:00", "2020-05-01T23:59:59Z")


def _atoms(case: str) -> st.SearchStrategy[str]:
    pick = st.sampled_from
    return st.one_of(
        st.builds("possesses({}, {})".format, pick(ACTORS), pick(("drone", "mortar"))),
        st.builds("operates_in({}, {})".format, pick(("twin_one", "grey_wolves")), pick(PLACES)),
        st.builds(f"used({case}, {{}})".format, pick(("drone", "mortar"))),
        st.builds(f'occurred({case}, "{{}}")'.format, pick(DATES)),
        st.builds(
            f"platform({case}, {{}})".format,
            pick(("quadcopter", "small_drone", "aircraft", "mortar_fire", "kite", "7")),
        ),
        st.builds(f"launched_from({case}, {{}})".format, pick(PLACES)),
        st.builds(
            "judged({}, {}, {}, {})".format,
            pick(ACTORS),
            pick(ACTORS),
            pick(("perpetrator", "sponsor")),
            pick((case, "old_raid")),
        ),
        st.builds(f"toll({case}, {{}})".format, st.integers(-2, 12)),
        st.builds(f"response_to({case}, {{}})".format, pick(("old_raid", case))),
    )


STATED_ALREADY = ("operates_in(blue, city)", "operates_in(red, hills)", "launched_from(old_raid, quay)")
"""What the background states, or has other values of."""


@st.composite
def statements(draw: st.DrawFn, careful: bool = True) -> list[Said]:
    """Rows of a feed; where they are careful, none of them is rejected."""
    found: list[Said] = []
    for case in CASES:
        sure: set[tuple[str, ...]] = set()
        atoms = _atoms(case) if careful else st.one_of(_atoms(case), st.sampled_from(STATED_ALREADY))
        for atom in draw(st.lists(atoms, max_size=14)):
            basis = draw(st.sampled_from(("reported",) * 6 + ("given", "assumed")))
            slot = tuple(map(str, ground_atom(atom).arguments[:-1]))
            slot = (ground_atom(atom).predicate, *slot)
            functional = slot[0] in ("occurred", "platform", "launched_from", "toll")
            if careful and basis != "reported" and functional and slot in sure:
                basis = "reported"
            if basis != "reported":
                sure.add(slot)
            found.append(
                Said(
                    case,
                    atom,
                    basis,
                    draw(st.sampled_from((*KNOWN, *MAPPED, *NEW))),
                    draw(st.sampled_from((1, 2, 2, 3, 3, 4, 5, 6))),
                    draw(st.sampled_from(("affirms", "affirms", "affirms", "denies"))),
                    draw(st.sampled_from(MOMENTS)),
                    draw(st.sampled_from((None, "So it is.", "It was said."))),
                )
            )
    return draw(st.permutations(found))


def row_of(said: Said) -> dict[str, Any]:
    """The row of a feed that says so."""
    atom = ground_atom(said.atom)
    arguments = [getattr(each, "text", each) for each in atom.arguments]
    arguments = ["Grey Wolves" if each == "grey_wolves" else each for each in arguments]
    row: dict[str, Any] = dict.fromkeys(("a", "b", "c", "d", "reported", "given", "assumed", "digit", "polarity"))
    row |= zip("abcd", arguments, strict=False)
    name, letter, via, origin = NEW.get(said.source, (said.source, None, None, None))
    report = {"digit": said.digit, "polarity": said.polarity} if said.basis == "reported" else {}
    about = {"source": name, "letter": letter, "via": via, "origin": origin, "date": said.date}
    return {"incident": said.case, **row, said.basis: atom.predicate, **report, **about, "says": said.says}


def case_of(case: str, said: list[Said]) -> dict[str, Any]:
    """The case file that says the same."""
    facts = []
    for each in said:
        if each.case == case:
            entry: dict[str, Any] = {"assume" if each.basis == "assumed" else "fact": each.atom}
            if each.basis == "given":
                entry |= {"given": True, "source": each.source}
            if each.basis == "reported":
                entry |= {"source": each.source, "credibility": each.digit, "polarity": each.polarity}
            if each.basis != "assumed" and each.date is not None:
                entry |= {"date": each.date}
            if each.says is not None:
                entry |= {"says": each.says}
            facts.append(entry)
    ids = {"Gazette": "gazette", "Echo": "echo"}
    sources = {
        key: {
            "name": name,
            "reliability": letter,
            **({"via": ids.get(via, via)} if via else {}),
            **({"origin": ids.get(origin, origin)} if origin else {}),
        }
        for key, (name, letter, via, origin) in NEW.items()
    }
    named = any("grey_wolves" in each.atom for each in said if each.case == case)
    entities = {"grey_wolves": {"name": "Grey Wolves", "kind": "militia"}} if named else {}
    return {"entities": entities, "sources": {**MAPPED, **sources}, "facts": facts}


def assert_same_facts(found: dict[Atom, tuple[bool, float]], wanted: dict[Atom, tuple[bool, float]]) -> None:
    assert found.keys() == wanted.keys()
    for atom, (certain, credence) in wanted.items():
        assert found[atom][0] == certain, atom
        assert found[atom][1] == pytest.approx(credence, rel=0, abs=1e-12), atom


def assert_same_draws(found: dict[str, Draw], wanted: dict[str, Draw]) -> None:
    assert found.keys() == wanted.keys()
    for name, draw in wanted.items():
        assert (found[name].values, found[name].within) == (draw.values, draw.within)
        assert found[name].shares == pytest.approx(draw.shares, rel=0, abs=1e-12)


def stripped(base: Base) -> dict[Atom, Fact]:
    """The facts without where they stand."""
    return {
        atom: replace(fact, span=None, reports=tuple(replace(report, span=None) for report in fact.reports))
        for atom, fact in base.facts.items()
    }


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(statements())
def test_tables_and_bases_are_those_of_the_cases(said: list[Said]) -> None:
    """Facts, credences and draws of the tables, with the background, are those of the case with the same statements."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        store = desk.load_rows(MAPPING, [row_of(each) for each in said])
        for case in CASES:
            desk.case(case, case_of(case, said))
        assert store.rejected() == []
        tables = Tables(store)
        background = background_base(desk.workspace, desk.rules)
        for case in {each.case for each in said}:
            wanted = load_base(desk.workspace, case, desk.rules.vocabulary, desk.rules.scales)
            occurred = wanted.case.occurred
            assert tables.incidents[case][0] == (occurred.written if occurred else None)
            assert_same_facts(facts_of(background) | tables.facts_of(case), facts_of(wanted))
            assert_same_draws(draws_of(background) | tables.draws_of(case), draws_of(wanted))
            assert not facts_of(background).keys() & tables.facts_of(case).keys()
            again = base_of(store, case)
            assert stripped(again) == stripped(wanted)
            assert again.draws == wanted.draws
            assert again.case.occurred == occurred


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(statements(careful=False))
def test_what_is_left_of_a_careless_feed_is_sound(said: list[Said]) -> None:
    """Where certain values exclude each other, or the background has some: what stays is a base, and the tables'."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        store = desk.load_rows(MAPPING, [row_of(each) for each in said])
        assert set(store.rejected_by_reason()) <= {"certain-rivals", "background"}
        tables = Tables(store)
        background = background_base(desk.workspace, desk.rules)
        for case in {each.case for each in said}:
            base = base_of(store, case)
            assert_same_facts(facts_of(background) | tables.facts_of(case), facts_of(base))
            assert_same_draws(draws_of(background) | tables.draws_of(case), draws_of(base))


WIDE = """\
feed: trial
case: event
entities: {actor: militia}
report: {source: "{source}", credibility: "{digit}", date: "{date}"}
facts:
  - {fact: "occurred({event}, {day})", given: true, source: paper}
  - fact: used({event}, {weapon})
  - fact: used({event}, {weapon 2})
  - fact: possesses({actor}, {weapon})
    credibility: 3
  - fact: launched_from({event}, {place})
    polarity: denies
  - fact: toll({case}, {dead})
"""

LONG = """\
feed: trial
case: event
entities: {a: militia}
report: {source: "{source}", credibility: "{digit}", date: "{date}", polarity: "{polarity}"}
facts:
  - fact: "{predicate}({a}, {b})"
  - {fact: "{given}({a}, {b})", given: true, source: paper}
"""


def test_wide_rows_state_what_long_rows_state() -> None:
    """One event a row, or one report a row: the same tables, whatever the order of the reports."""
    rng = random.Random(3)
    wide, long = [], []
    for _ in range(400):
        event, about = f"raid_{rng.randrange(60)}", {"source": rng.choice(KNOWN), "date": rng.choice(MOMENTS)}
        cells = {
            "day": rng.choice(("2020-04-01", None)),
            "weapon": rng.choice(("a drone", "Mortar", None)),
            "weapon 2": rng.choice(("drone", None)),
            "actor": rng.choice(("the reds", "Grey Wolves", None)),
            "place": rng.choice(("the port", "City", "hills", None)),
            "dead": rng.choice((0, 3, None)),
        }
        digit = rng.randrange(1, 7)
        wide.append({"event": event, "digit": digit, **about, **cells})
        stated = [
            ("given", "occurred", event, cells["day"], digit, None),
            ("predicate", "used", event, cells["weapon"], digit, None),
            ("predicate", "used", event, cells["weapon 2"], digit, "affirms"),
            ("predicate", "possesses", cells["actor"], cells["weapon"], 3, None),
            ("predicate", "launched_from", event, cells["place"], digit, "Denies"),
            ("predicate", "toll", event, cells["dead"], digit, None),
        ]
        empty = dict.fromkeys(("given", "predicate", "a", "b", "polarity"))
        long.append({"event": event, "digit": digit, **about, **empty})
        for how, name, one, other, grade, polarity in stated:
            if one is not None and other is not None:
                row = {**empty, how: name, "a": one, "b": other, "polarity": polarity}
                long.append({"event": event, "digit": grade, **about, **row})
    rng.shuffle(long)
    found = []
    for mapping, rows in ((WIDE, wide), (LONG, long)):
        with tempfile.TemporaryDirectory() as folder:
            store = Desk(Path(folder)).load_rows(mapping, rows)
            assert store.rejected() == []
            tables = Tables(store)
            found.append((tables.constants, tables.facts, tables.draws, tables.incidents.keys()))
    assert found[0] == found[1]


def test_the_background_may_date_an_incident() -> None:
    """What the background says of when an incident happened decides what else of it holds then."""
    background = BACKGROUND.replace("entities:\n", "entities:\n  raid: {name: the raid, kind: incident}\n")
    background += """\
  - {fact: 'occurred(raid, "2020-07-01")', source: paper, credibility: 2}
  - {fact: 'occurred(raid, "2020-02-01")', source: paper, credibility: 3}
"""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), background)
        store = desk.load_rows(LONG, [launched("port"), launched("city")])
        said = [
            {"fact": f"launched_from(raid, {place})", "source": "paper", "credibility": 2} for place in ("port", "city")
        ]
        desk.case("raid", {"facts": said})
        wanted = load_base(desk.workspace, "raid", desk.rules.vocabulary, desk.rules.scales)
        tables = Tables(store)
        base = background_base(desk.workspace, desk.rules)
        assert tables.incidents["raid"][0] == "2020-07-01"
        assert_same_facts(facts_of(base) | tables.facts_of("raid"), facts_of(wanted))
        assert_same_draws(draws_of(base) | tables.draws_of("raid"), draws_of(wanted))
        assert base_of(store, "raid").draws == wanted.draws


def launched(place: str) -> dict[str, Any]:
    about = {"event": "raid", "source": "paper", "digit": 2, "date": None, "polarity": None, "given": None}
    return {**about, "predicate": "launched_from", "a": "raid", "b": place}
