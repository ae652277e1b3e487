"""What a feed calls things: who only it names, incidents by their own names, and nothing that a spreadsheet obeys."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import cli
from reasoner.evidence.workspace import init_workspace

MAPPING = """\
feed: Harbours
case: event
entities: {actor: militia}
report: {source: "{source}", reliability: C, credibility: 2}
facts:
  - assume: considered({actor}, {event})
  - fact: used({event}, {weapon})
"""

HEAD = ["event", "actor", "source", "weapon"]
FEED = (
    ["HB-17", "Бригада прилива", "Gazette", "=HYPERLINK(1)"],
    ["HB-18", "@New Gang", "Gazette", ""],
    ["HB-19", "", "Gazette", ""],
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a feed in CSV, as the current folder."""
    init_workspace(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    with open("feed.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *FEED])
    Path("harbours.feed.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path / "mine"


def called(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def ranked(mapping: str = "harbours.feed.yaml") -> Result:
    return called("bulk", "feed.csv", "--mapping", mapping, "-o", "out", "--format", "csv", "--jobs", "1")


def read(name: str) -> list[dict[str, str]]:
    with open(Path("out") / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_who_only_the_feed_names_is_called_as_it_does(folder: Path) -> None:
    """The rankings have their names, in whatever script; a spreadsheet works out nothing, here or among the rejects."""
    assert 0 == ranked().exit_code

    assert {row["name"] for row in read("rankings.csv")} == {"Бригада прилива", "'@New Gang", "someone not on the list"}
    assert [row["value"] for row in read("rejected.csv")] == ["'=HYPERLINK(1)"]


def test_incidents_that_nobody_is_considered_for_are_told_apart(folder: Path) -> None:
    """They have no rows, and are not counted as ranked."""
    said = ranked().stderr

    assert "2 incidents ranked." in said
    assert "For 1 other nobody is a candidate" in said
    assert {row["case"] for row in read("rankings.csv")} == {"hb_17", "hb_18"}


@pytest.mark.parametrize("name", ["hb_17", "HB-17"])
def test_an_incident_answers_to_what_the_feed_calls_it(folder: Path, name: str) -> None:
    """Its chain is found by its id and by its own name; the hint at a wrong one is an id that there is."""
    ranked()

    assert "Бригада прилива" in called("why", name, "--bulk", "out").stdout
    wrong = called("why", "HB-71", "--bulk", "out")
    assert "did you mean `hb_17`?" in str(wrong.exception and wrong.exception.problems[0].hint)


def test_a_run_that_read_nothing_does_not_stand_in_the_way(folder: Path) -> None:
    """Once the mapping is mended the same command goes on; a run that has read its feed is still held to it."""
    right = Path("harbours.feed.yaml")
    right.write_text(MAPPING.replace("case: event", "case: evnt"), encoding="utf-8")
    assert "missing-column" == ranked().exception.problems[0].word
    right.write_text(MAPPING, encoding="utf-8")
    assert 0 == ranked().exit_code

    right.write_text(MAPPING.replace("credibility: 2", "credibility: 3"), encoding="utf-8")
    assert "another-run" == ranked().exception.problems[0].word
