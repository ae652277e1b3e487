"""Mappings: what they say, and what is wrong with them, before a row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.feed.backdrop import read_backdrop
from reasoner.feed.mapping import OWN_CASE, Column, Mapping, read_mapping, text_of
from reasoner.problems import InputError, render_all
from reasoner.terms import Quoted
from tests.feed.feeds import Desk

HEAD = "feed: trial\ncase: id\n"
REPORT = "report: {source: paper, credibility: 2}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def read(desk: Desk, text: str) -> Mapping:
    backdrop = read_backdrop(desk.workspace, desk.rules)
    return read_mapping(desk.mapping(text), backdrop.scope, desk.rules.vocabulary, desk.rules.scales)


def test_a_template_is_a_fact_with_columns_in_braces(desk: Desk) -> None:
    """Constants by id or by name, dates and texts in quotes, columns anywhere in a text."""
    mapping = read(
        desk,
        HEAD
        + REPORT
        + """\
facts:
  - fact: used({id}, "a drone")
  - fact: occurred({case}, "{year}-{month}-{the day, of it}")
    given: true
  - fact: 'occurred({case}, "2020-01-01")'
  - assume: toll({id}, 7)
  - fact: "{what}({id}, {who})"
    source: "{said by}"
""",
    )
    used, occurred, dated, toll, long = mapping.facts
    assert (used.predicate, used.arguments, used.basis) == ("used", (OWN_CASE, "drone"), "reported")
    day = (Column("year"), "-", Column("month"), "-", Column("the day, of it"))
    assert (occurred.arguments, occurred.basis) == ((OWN_CASE, day), "given")
    assert dated.arguments == (OWN_CASE, Quoted("2020-01-01"))
    assert (toll.arguments, toll.basis, toll.form.source) == ((OWN_CASE, 7), "assumed", None)
    assert (long.predicate, long.arguments) == ((Column("what"),), (OWN_CASE, (Column("who"),)))
    assert (used.form.source, long.form.source) == (("paper",), (Column("said by"),))
    assert mapping.columns == ("id", "year", "month", "the day, of it", "what", "who", "said by")


def test_an_incident_may_be_named_by_a_text(desk: Desk) -> None:
    """A column alone, or a text with columns in it; `{case}` is the incident whatever its column is called."""
    mapping = read(desk, "feed: trial\ncase: gtd_{event}\n" + REPORT + "facts: [{fact: 'used({case}, {weapon})'}]\n")

    assert mapping.case == text_of("gtd_{event}") == ("gtd_", Column("event"))
    assert mapping.facts[0].arguments[0] == OWN_CASE
    assert mapping.columns == ("event", "weapon")


WRONG = {
    "a key that does not exist": (HEAD + "fact: []\nfacts: []\n", "unknown key `fact`", "did you mean `facts`?"),
    "no incident": ("feed: trial\nfacts: []\n", "lacks `case`", "the column that names the incident"),
    "a predicate that does not exist": (
        HEAD + REPORT + "facts:\n  - fact: usde({id}, drone)\n",
        "unknown predicate `usde`",
        "did you mean `used(",
    ),
    "an unknown constant": (
        HEAD + REPORT + "facts:\n  - fact: used({id}, dron)\n",
        "unknown entity `dron`",
        "did you mean `drone`?",
    ),
    "arguments too few": (HEAD + REPORT + "facts:\n  - fact: used({id})\n", "used(incident, capability)", ""),
    "what is no fact": (HEAD + REPORT + "facts:\n  - fact: used {id}\n", "is not a fact", "write predicate("),
    "a refinement": (
        HEAD + REPORT + "facts:\n  - fact: within({a}, {b})\n",
        "no fact of an incident",
        "state it in facts/background",
    ),
    "kinds as facts": (HEAD + REPORT + "facts:\n  - fact: is_a({a}, {b})\n", "is_a", ""),
    "no source": (
        HEAD + "facts:\n  - {fact: 'used({id}, {w})', credibility: 2}\n",
        "lacks `source`",
        "under `report:`",
    ),
    "no digit": (HEAD + "facts:\n  - {fact: 'used({id}, {w})', source: paper}\n", "lacks `credibility`", ""),
    "a grade of what is given": (
        HEAD + REPORT + "facts:\n  - {fact: 'used({id}, {w})', given: true, credibility: 2}\n",
        "has no `credibility`",
        "",
    ),
    "fact and assumption": (
        HEAD + REPORT + "facts:\n  - {fact: 'used({id}, {w})', assume: 'used({id}, {w})'}\n",
        "not both",
        "",
    ),
    "an unknown kind": (
        HEAD + REPORT + "entities: {w: wepon}\nfacts:\n  - fact: used({id}, {w})\n",
        "unknown kind `wepon`",
        "did you mean `weapon`?",
    ),
    "a column that nothing uses": (
        HEAD + REPORT + "values: {weapn: {a: b}}\nfacts:\n  - fact: used({id}, {weapon})\n",
        "no fact uses the column `weapn` by itself",
        "did you mean `weapon`?",
    ),
    "a table for part of a text": (
        HEAD + REPORT + "values: {y: {a: b}}\nfacts:\n  - fact: occurred({id}, '{y}-{m}-{d}')\n",
        "no fact uses the column `y` by itself",
        "",
    ),
    "a source that the background has": (
        HEAD + REPORT + "sources: {paper: {name: P, reliability: B}}\nfacts:\n  - fact: used({id}, {w})\n",
        "defined in the background",
        "",
    ),
    "a source that leads nowhere": (
        HEAD + REPORT + "sources: {mine: {name: M, reliability: B, via: papr}}\nfacts:\n  - fact: used({id}, {w})\n",
        "unknown source `papr`",
        "did you mean `paper`?",
    ),
    "an interest in nobody": (
        HEAD + REPORT + "sources: {mine: {name: M, reliability: B, interest: [rde]}}\nfacts: []\n",
        "unknown entity `rde`",
        "did you mean `red`?",
    ),
    "columns without quotes": (HEAD + "report: {source: {source}}\nfacts: []\n", "`source` must be text", ""),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mapping_with_a_mistake_is_refused(desk: Desk, wrong: str) -> None:
    """Each mistake with its place, and what was probably meant."""
    text, message, hint = WRONG[wrong]
    with pytest.raises(InputError) as caught:
        read(desk, text)
    shown = render_all(caught.value.problems)
    assert message in shown
    assert hint in shown
    assert "trial.feed.yaml:" in shown


def test_all_mistakes_are_told_at_once(desk: Desk) -> None:
    """Not only the first."""
    with pytest.raises(InputError) as caught:
        read(desk, HEAD + REPORT + "facts:\n  - fact: usde({id}, {w})\n  - fact: used({id}, dron)\n")
    assert [each.word for each in caught.value.problems] == ["unknown-predicate", "unknown-entity"]
