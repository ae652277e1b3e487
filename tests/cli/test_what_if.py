"""`ascribe what-if`: every kind of change, the two rankings beside each other, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reasoner.assessment.words import percent
from reasoner.cli import cli
from reasoner.exchange.page_text import page_text
from reasoner.exchange.what_if_page import what_if_page
from reasoner.inquiry import Changes, Inquiry, open_case, parse_changes
from reasoner.problems import InputError, render_all
from reasoner.scenarios import run_scenario
from tests.cli.overtaking import CASE as CASE_OF_TWO
from tests.cli.overtaking import CLAIM, overtaking
from tests.wording import blemishes

CASE = "ain_al_assad_2023"
LEADER = "iran_backed_groups"
FACT = 'threatened(iran_backed_groups, united_states, "2023-10-11")'
CHANGES = {
    "assume": "assume directs(iran, kataib_hezbollah)",
    "retract": f"retract {FACT}",
    "rate a fact": f"rate {FACT}=E5",
    "rate a source": "rate afp=D",
    "rule off": "rule off threat",
    "strength": "strength threat=20",
    "date": "to 2023-11-21T03:00",
}


@pytest.fixture(scope="module")
def plain() -> Inquiry:
    return open_case(CASE)


def ask(*arguments: str, case: str = CASE) -> Result:
    return CliRunner().invoke(cli, ["what-if", case, *arguments])


def answer(*arguments: str) -> Any:
    result = ask(*arguments, "--json")
    assert 0 == result.exit_code, result.output
    return json.loads(result.stdout)


def figures(inquiry: Inquiry) -> object:
    return {role: dict(rows) for role, rows in inquiry.assessment.posteriors.items()}


def test_the_json_has_the_fields_that_programs_read() -> None:
    """The changes as they are typed, and both rankings in the form of `rank --json`."""
    found = answer("--retract", FACT, "--rate", "afp=D", "--rule-off", "threat", "--strength", "just been hit=9")
    ranked = json.loads(CliRunner().invoke(cli, ["rank", CASE, "--json"]).stdout)

    assert [f"retract {FACT}", "rate afp=D", "rule off threat", "strength just been hit=9"] == found["changes"]
    assert ranked == found["before"]
    assert ranked.keys() == found["after"].keys()
    assert {"lost", "changed"} == {line["change"] for line in found["lines"]}


@pytest.mark.parametrize("line", CHANGES.values(), ids=CHANGES.keys())
def test_every_kind_of_change_moves_somebody(plain: Inquiry, line: str) -> None:
    """Assuming, retracting, grading, switching off, weighing and dating each make a difference that lines explain."""
    found = plain.what_if(parse_changes(line))

    assert found.moved
    assert found.lines
    assert figures(plain.changed(parse_changes(line))) == {r: dict(rows) for r, rows in found.after.posteriors.items()}


@pytest.mark.parametrize("line", CHANGES.values(), ids=CHANGES.keys())
def test_undoing_a_change_gives_back_the_very_same_digits(plain: Inquiry, line: str) -> None:
    """What is changed and changed back, in whatever way, is as it was to the last bit."""
    changed = plain.changed(parse_changes(line))

    assert figures(changed.changed(Changes())) == figures(plain)
    assert figures(open_case(CASE)) == figures(plain)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("rate afp=D", "rate afp=B"),
        ("strength threat=20", "strength threat=6"),
        ("to 2023-11-21T03:00", "to 2030-01-01"),
    ],
)
def test_a_change_said_again_as_it_was_is_none(plain: Inquiry, there: str, back: str) -> None:
    """A grade, strength or date set to another value and then to the old one: no digit moves."""
    found = plain.changed(parse_changes(there)).what_if(parse_changes(back))

    assert figures(plain) == {role: dict(rows) for role, rows in found.after.posteriors.items()}


def test_one_report_can_be_graded_by_itself(plain: Inquiry) -> None:
    """Of a fact with several reports, only the one named is graded otherwise."""
    fact = next(fact for fact in plain.base.facts.values() if len({report.source for report in fact.reports}) > 1)
    source = fact.reports[0].source

    graded = plain.changed(Changes(rate=((f"{fact.atom}@{source}", "E5"),))).base.facts[fact.atom]

    assert {report.grade for report in graded.reports if report.source == source} == {"E5"}
    before = {report.grade for report in fact.reports if report.source != source}
    assert {report.grade for report in graded.reports if report.source != source} == before


def test_a_changed_inquiry_answers_everything_else_too(plain: Inquiry) -> None:
    """The chain of a changed case no longer has the rule that was switched off."""
    rules = {line.rule for line in plain.changed(Changes(rule_off=("threat",))).why().lines}

    assert "threat" in {line.rule for line in plain.why().lines}
    assert "threat" not in rules


def test_what_changes_nothing_says_so() -> None:
    """A change that reaches no line is told to move nothing."""
    result = ask("--rate", "afp=B")

    assert "Nothing moves, not by a digit" in result.stdout


@pytest.mark.parametrize("line", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("form", [(), ("--markdown",)], ids=["text", "markdown"])
def test_the_answer_reads(line: str, form: tuple[str, ...]) -> None:
    """At 80 columns nothing is wider than the page, and no id or bare date is shown."""
    options = {"assume": "--assume", "retract": "--retract", "rate": "--rate", "strength": "--strength", "to": "--to"}
    verb, text = ("--rule-off", line[9:]) if line.startswith("rule off") else line.split(" ", 1)
    result = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["what-if", CASE, options.get(verb, verb), text, *form])

    assert 0 == result.exit_code, result.output
    assert [] == list(blemishes(result.output))
    assert form or max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say what to change"),
        (["--assume", "posesses(iran, armed_drones)"], "did you mean `possesses(actor, capability)`?"),
        (["--assume", "possesses(iran, "], "this parenthesis is not closed"),
        (["--retract", "possesses(islamic_state, armed_drones)"], "nothing states"),
        (["--rate", "afp"], "write --rate WHAT=GRADE"),
        (["--rate", "apf=B"], "did you mean `afp`?"),
        (["--rate", "afp=G"], "`G` is not a grade"),
        (["--rate", f"{FACT}@nobody=B"], "`nobody` does not report"),
        (["--rule-off", "threats"], "did you mean `threat`?"),
        (["--strength", "lies in=5"], "states no strength"),
        (["--strength", "threat=70"], "from 0 to 60"),
        (["--to", "yesterday"], "`yesterday` is not a date"),
        (["--retract", FACT, "--assume", FACT], "both assumed and retracted"),
        (["--rate", "afp=D", "--save", "kept.yaml"], "does not end in .scenario.yaml"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], said: str) -> None:
    """Bad input ends with exit code 2 and what was meant, never with a traceback."""
    error = ask(*arguments).exception
    told = render_all(error.problems) if isinstance(error, InputError) else ask(*arguments).output

    assert isinstance(error, (InputError, SystemExit)), error
    assert said in told


def test_a_what_if_can_be_kept_as_a_scenario(tmp_path: Path) -> None:
    """`--save` writes a scenario that holds, and never over a file that is there."""
    path = tmp_path / "kept.scenario.yaml"
    arguments = ("--retract", FACT, "--rate", "afp=4", "--strength", "threat=2", "--to", "2023-11-21T03:00")

    assert 0 == ask(*arguments, "--save", str(path)).exit_code
    kept = path.read_text("utf-8")
    again = ask("--rate", "afp=D", "--save", str(path))

    assert () == run_scenario(path)
    assert isinstance(again.exception, InputError)
    assert kept == path.read_text("utf-8")


def test_who_passes_the_umbrella_is_one_row(tmp_path: Path) -> None:
    """A member that comes to stand before its umbrella was considered and still is: its figures are told as a move."""
    inquiry = open_case(CASE_OF_TWO, overtaking(tmp_path / "mine"))
    text = page_text(what_if_page(inquiry.what_if(parse_changes(f"retract {CLAIM}"))), 80)

    (row,) = (line for line in text.splitlines() if line.strip().startswith("Reds "))
    before, now = (chance(found, "red") for found in (inquiry, inquiry.changed(parse_changes(f"retract {CLAIM}"))))
    assert [percent(before), percent(now)] == re.findall(r"[<>]?\d+ %", row)
    assert "considered" not in text


def chance(inquiry: Inquiry, actor: str) -> float:
    return dict(inquiry.assessment.posteriors["perpetrator"])[actor]
