"""Every answer to every question about every shipped case passes one linter, in text and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.cli import cli
from reasoner.cli.options import Asked
from reasoner.inquiry import open_case
from tests.wording import blemishes, too_wide

CASES = sorted(path.stem for path in Path("facts/cases").glob("*.yaml") if "." not in path.stem)


def rivals(case: str) -> tuple[str, str]:
    """Who is ahead as the perpetrator of a case, and the next of those listed."""
    ranking = open_case(case).rankings["perpetrator"]
    listed = [row.actor for row in ranking.hypotheses if row.actor not in (ranking.ahead, "other")]
    return ranking.ahead, listed[0]


def first_reported(case: str) -> str:
    """Some fact that somebody reported."""
    return next(str(fact.atom) for fact in open_case(case).base.facts.values() if fact.basis == "reported")


def questions(case: str) -> Iterator[tuple[str, ...]]:
    """What to ask of a case: every verb that answers in prose, with what it needs."""
    ahead, second = rivals(case)
    yield ("rank", case)
    yield ("why", case, ahead)
    yield ("why", case, second)
    yield ("compare", case, ahead, second)
    yield ("why-not", case, second)
    yield ("linchpins", case)
    yield ("sources", case)
    yield ("what-if", case, "--retract", first_reported(case))
    yield ("what-if", case, "--rule-off", "presence", "--strength", "grievance=15")
    yield ("what-if", case, "--to", "2021-11-08" if case.endswith("2021") else "2023-11-21T03:00")
    verbs = ("missing", "matrix", "timeline")
    yield from ((verb, case, "--role", role) for role in open_case(case).rankings for verb in verbs)


@pytest.fixture
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every verb gets the same open case: an inquiry is immutable, and keeps what it has found."""
    monkeypatch.setattr(Asked, "open", cache(Asked.open))


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize("case", CASES)
def test_every_answer_reads(case: str) -> None:
    """No id, doubled word, open slot or bare date; words of likelihood with their bands, never with confidence."""
    for question in questions(case):
        for form in ((), ("--markdown",)):
            asked = (*question, *form)
            result = CliRunner().invoke(cli, asked, catch_exceptions=False, env={"COLUMNS": "80"})
            assert result.exit_code == 0, (asked, result.output)
            assert [] == list(blemishes(result.output)), asked
            assert form or [] == too_wide(result.output, 80), asked


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Iran is likely to have done it.", "a word without its band"),
        ("It is very likely (80–95 %), with high confidence.", "likelihood and confidence"),
        ("It was was so.", "a doubled word"),
        ("kataib_hezbollah did it.", "an id"),
        ("It happened on 2021-11-07.", "a date"),
        ("It stands at 100 %.", "certainty"),
        ("It did {what}.", "an open slot"),
        ("It stands. then it falls.", "a small letter"),
        ("It was a attack.", "the wrong article"),
        ("Nobody has reported that the conduct of Iran was anything.", "a sentence that says nothing"),
        ("Whose strategy? A strategy of something.", "a sentence that says nothing"),
        ("It may be asked of three and 1 more.", "a figure where a word would do"),
        ("In <1 % of the worlds it leads.", "a sign for words"),
        ("Own words holds by two rules.", "a verb"),
        ("It did so, says the White House and the FBI.", "a verb"),
        ("It hit the United States, who stood with Israel.", "a person"),
        ("- It was a drone attack (undisputed) (undisputed, from The National)", "a standing said twice"),
        ("They had 107\n  mm rockets.", "a number torn"),
        ("It happened on 7\n  November 2021.", "a number torn"),
        ("## Suppose:\n\n- this", "a heading"),
    ],
)
def test_the_linter_finds(text: str, what: str) -> None:
    """Each kind of blemish, where there is one."""
    assert [found for found in blemishes(text) if found.startswith(what)]


@pytest.mark.parametrize(
    "text",
    [
        "Iran stands at 36 %, unlikely (20–45 %). Confidence: low.",
        "Islamic State <1 % almost no chance (<1 %)",
        "Next: ascribe why kadhimi_2021 iran_backed_groups",
        "In 100 worlds, 7 November 2021. The likeliest is Iran.",
    ],
)
def test_the_linter_lets_pass(text: str) -> None:
    """What is as it should be."""
    assert [] == list(blemishes(text))
