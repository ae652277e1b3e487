"""Rows and facts that cannot be used are told with their reason, and leave the rest alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reasoner.feed.rejecting import SENTENCES
from reasoner.feed.store import FeedStore, base_of
from reasoner.problems import InputError
from tests.feed.feeds import VOCABULARY, Desk, Tables

MAPPING = """\
feed: trial
case: incident
title: title
entities: {maker: militia}
values: {weapon: {Nothing worth a word: , Mörser: mortar}}
report: {source: "{source}", reliability: "{letter}", via: "{via}", credibility: "{digit}", polarity: "{polarity}",
  date: "{date}"}
facts:
  - fact: "{predicate}({a}, {b}, {c})"
  - {fact: "occurred({incident}, {day})", given: true, source: paper}
  - fact: used({incident}, {weapon})
  - fact: possesses({maker}, drone)
"""

COLUMNS = (
    *("incident", "title", "source", "letter", "via", "digit", "polarity", "date"),
    *("predicate", "a", "b", "c", "day", "weapon", "maker"),
)
GOOD = {"incident": "raid", "source": "paper", "digit": 2, "predicate": "used", "a": "raid", "b": "mortar"}


def row(**cells: Any) -> dict[str, Any]:
    return {**dict.fromkeys(COLUMNS), **GOOD, **cells}


def quiet(**cells: Any) -> dict[str, Any]:
    """A row that states nothing by itself."""
    return row(predicate=None, a=None, b=None, **cells)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


REJECTS: dict[str, tuple[dict[str, Any], int | None, str, str | None]] = {
    "no incident": (row(incident=None), None, "no-incident", None),
    "blanks for an incident": (row(incident=" \t\xa0"), None, "no-incident", None),
    "an id that an actor has": (row(incident="red"), None, "taken-id", "red"),
    "a reserved id": (row(incident="Other"), None, "reserved-id", "Other"),
    "an incident with an endless id": (row(incident="x" * 1_000_000), None, "too-long", "x" * 100),
    "an unknown predicate": (row(predicate="usde"), 1, "unknown-predicate", "usde"),
    "a predicate that only kinds state": (row(predicate="is_a"), 1, "unknown-predicate", "is_a"),
    "a place in a place": (row(predicate="within", a="port", b="hills"), 1, "refinement", "within"),
    "too many arguments": (row(c="drone"), 1, "wrong-arity", "used(incident, capability)"),
    "too few arguments": (row(b=None), 1, "wrong-arity", "used(incident, capability)"),
    "a gap among arguments": (row(predicate="judged", a="red", b=None, c="sponsor"), 1, "wrong-arity", None),
    "an unknown entity": (row(b="morter"), 1, "unknown-entity", "morter"),
    "an entity of the wrong kind": (row(b="red"), 1, "wrong-kind", "red"),
    "another kind's name": (row(predicate="possesses", a="hills", b="drone"), 1, "wrong-kind", "hills"),
    "a name that two have": (row(predicate="possesses", a="the twins", b="drone"), 1, "ambiguous-name", "the twins"),
    "another incident": (row(a="raid_2"), 1, "unknown-entity", "raid_2"),
    "text for a number": (row(predicate="toll", b="some"), 1, "not-a-number", "some"),
    "a broken number": (row(predicate="toll", b="2.5"), 1, "not-a-number", "2.5"),
    "too large a number": (row(predicate="toll", b=2**29), 1, "big-number", str(2**29)),
    "a number beyond all": (row(predicate="toll", b="9" * 18), 1, "big-number", "9" * 18),
    "an endless argument": (row(b="y" * 1_000_000), 1, "too-long", "y" * 100),
    "no date": (quiet(day="the fifth"), 2, "not-a-date", "the fifth"),
    "a day that is not": (quiet(day="2020-02-30"), 2, "not-a-date", "2020-02-30"),
    "no source": (row(source=None), 1, "no-source", None),
    "an unknown source": (row(source="the papr"), 1, "unknown-source", "the papr"),
    "a letter that is none": (row(source="Daily", letter="G"), 1, "unknown-letter", "G"),
    "an unknown via": (row(source="Daily", letter="B", via="nobody knows"), 1, "unknown-source", "nobody knows"),
    "a source via itself": (row(source="Weekly", letter="B", via="Weekly"), 1, "source-cycle", "weekly"),
    "no digit": (row(digit=None), 1, "unknown-digit", None),
    "a digit that is none": (row(digit=7), 1, "unknown-digit", "7"),
    "neither yes nor no": (row(polarity="perhaps"), 1, "unknown-polarity", "perhaps"),
    "a report of no day": (row(date="soon"), 1, "not-a-date", "soon"),
    "what the background states": (
        row(predicate="operates_in", a="blue", b="city"),
        1,
        "background",
        None,
    ),
    "a value beside the background's": (
        row(predicate="launched_from", a="old_raid", b="quay"),
        1,
        "background",
        None,
    ),
    "an entity called like an incident": (row(maker="Raid"), 4, "taken-id", "Raid"),
    "an entity with a reserved name": (row(maker="Nobody"), 4, "reserved-id", "Nobody"),
}


@pytest.fixture(scope="module")
def wrongs(tmp_path_factory: pytest.TempPathFactory) -> FeedStore:
    """A feed of a good row, and then all the wrong ones in their order."""
    rows = [row(), *(cells for cells, *_ in REJECTS.values())]
    return Desk(tmp_path_factory.mktemp("wrongs")).load_rows(MAPPING, rows)


@pytest.mark.parametrize("wrong", REJECTS)
def test_a_row_is_rejected_with_its_reason(wrongs: FeedStore, wrong: str) -> None:
    """The row, the fact, the value and the reason are told."""
    _, fact, word, value = REJECTS[wrong]
    number = 2 + list(REJECTS).index(wrong)

    rejected = [each for each in wrongs.rejected() if each.row == number]
    assert [(each.fact, each.word) for each in rejected] == [(fact, word)]
    if value is not None:
        assert rejected[0].value == value
    assert rejected[0].reason == SENTENCES[word]


def test_what_is_wrong_leaves_the_rest_alone(wrongs: FeedStore) -> None:
    """The good row of the same feed stays, and nothing that a wrong one would have stated is there."""
    assert [each for each in facts(wrongs, "raid") if "(raid" in each] == ["used(raid, mortar)"]
    assert Tables(wrongs).incidents.keys() == {"raid"}


def facts(store: FeedStore, case: str) -> list[str]:
    return sorted(map(str, Tables(store).facts_of(case)))


def test_a_misspelt_name_is_told_with_what_was_meant(desk: Desk) -> None:
    """As everywhere else."""
    store = desk.load_rows(MAPPING, [row(b="morter"), row(predicate="usde"), row(source="papre")])

    assert [each.hint for each in store.rejected()] == [
        "did you mean `mortar`?",
        "did you mean `used`?",
        "did you mean `paper`?",
    ]
    assert store.rejected_by_reason() == {"unknown-entity": 1, "unknown-predicate": 1, "unknown-source": 1}


def test_of_certain_rivals_the_first_stays(desk: Desk) -> None:
    """Two certain dates: the row that comes first is used, in whatever order they sort."""
    store = desk.load_rows(MAPPING, [quiet(day="2020-05-02"), quiet(day="2020-05-01"), quiet(day="2020-05-02")])

    assert [each for each in facts(store, "raid") if "occurred" in each] == ['occurred(raid, "2020-05-02")']
    assert [(each.row, each.word) for each in store.rejected()] == [(2, "certain-rivals")]
    assert base_of(store, "raid").case.occurred is not None


def test_too_many_values_of_one_thing_are_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot of more values than the bound allows is left out, as a whole."""
    monkeypatch.setenv("ASCRIBE_LIMIT_VALUES", "3")
    rows = [row(predicate="toll", b=number) for number in range(4)]
    store = desk.load_rows(MAPPING, [row(), *rows, row(incident="other_raid", predicate="toll", a="other_raid", b=1)])

    assert store.rejected_by_reason() == {"too-many-values": 4}
    assert "toll(other_raid, 1)" in facts(store, "other_raid")


def test_a_source_has_one_definition(desk: Desk) -> None:
    """A source that a later row grades differently is told; the rows before it stay."""
    rows = [
        row(source="Daily", letter="B"),
        row(source="daily", letter="b", b="drone"),
        row(source="Daily", letter="C"),
    ]
    store = desk.load_rows(MAPPING, rows)

    assert [(each.row, each.word, each.value) for each in store.rejected()] == [(3, "other-source", "Daily")]
    assert base_of(store, "raid").sources["daily"].reliability == "B"


def test_two_incidents_do_not_become_one(desk: Desk) -> None:
    """Texts that make the same id are not the same incident: one of them is told."""
    store = desk.load_rows(MAPPING, [row(incident="Raid A", a="Raid A"), row(incident="raid_a", a="raid_a", b="drone")])

    assert [each for each in facts(store, "raid_a") if "used" in each] == ["used(raid_a, mortar)"]
    assert [(each.row, each.word) for each in store.rejected()] == [(2, "same-id")]


def test_what_is_empty_or_means_nothing_states_nothing(desk: Desk) -> None:
    """Neither a fact nor a mistake."""
    store = desk.load_rows(MAPPING, [quiet(weapon="Nothing worth a word"), quiet(weapon="  "), quiet(weapon="Mörser")])

    assert store.rejected() == []
    assert [each for each in facts(store, "raid") if "used" in each] == ["used(raid, mortar)"]


def test_an_incident_without_facts_is_an_incident(desk: Desk) -> None:
    """With its title, and only what the background says of it."""
    store = desk.load_rows(MAPPING, [quiet(title="A raid")])

    assert Tables(store).incidents == {"raid": (None, "A raid")}
    assert base_of(store, "raid").case.title == "A raid"
    with pytest.raises(InputError, match="no incident `raod`"):
        base_of(store, "raod")


def test_kinds_are_stated_whatever_the_vocabulary_says(tmp_path: Path) -> None:
    """A vocabulary need not declare `is_a`: what kinds entities have is there all the same."""
    vocabulary = "\n".join(line for line in VOCABULARY.splitlines() if "is_a:" not in line)
    store = Desk(tmp_path, vocabulary=vocabulary).load_rows(MAPPING, [quiet(maker="Tide Brigade")])

    assert "is_a(tide_brigade, militia)" in facts(store, "raid")
    assert base_of(store, "raid").entities["tide_brigade"].name == "Tide Brigade"


def test_the_table_of_a_column_holds_for_predicates_and_grades(desk: Desk) -> None:
    """`values` of a column that names predicates, or who reports: each text for what it means, or nothing."""
    values = """\
values:
  predicate: {weapon seen: used, weather: }
  digit: {sure: 1, 9: 2}
  source: {P.: paper}
  polarity: {no: denies}
"""
    mapping = MAPPING.replace("values: {weapon: {Nothing worth a word: , Mörser: mortar}}\n", values)
    cells = {"predicate": "weapon seen", "digit": "sure", "source": "P."}
    rows = [
        row(**cells),
        row(**cells | {"predicate": "weather"}),
        row(**cells, polarity="no") | {"digit": 9, "b": "drone"},
    ]
    store = desk.load_rows(mapping, rows)

    assert store.rejected() == []
    credences = {str(atom): round(credence, 3) for atom, (_, credence) in Tables(store).facts_of("raid").items()}
    assert credences["used(raid, mortar)"] == 0.95
    assert credences["used(raid, drone)"] == 0
