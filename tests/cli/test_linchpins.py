"""`ascribe linchpins`: its JSON, how it reads, and what it refuses."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import cli
from reasoner.explanation.changes import Changes
from reasoner.inquiry import open_case
from reasoner.problems import InputError
from tests.wording import blemishes

CASE = "kadhimi_2021"


def ask(*arguments: str, columns: str = "80") -> Result:
    return CliRunner(env={"COLUMNS": columns}).invoke(cli, ["linchpins", CASE, *arguments])


def test_the_json_has_the_fields_that_programs_read() -> None:
    """Each loss with what, id, leader and probability; the sets by their ids; what was not searched beside them."""
    found = json.loads(ask("--json").stdout)

    assert found.keys() >= {"single", "sets", "searched", "unsearched", "robustness"}
    for each in found["single"]:
        assert each.keys() >= {"what", "id", "leader_after", "probability_after"}
        assert each["what"] in ("fact", "source", "origin", "rule", "assumption")
    assert [[part["id"] for part in each["parts"]] for each in found["breaking"]] == found["sets"]
    assert {each["outcome"] for each in found["breaking"]} == {"somebody else leads", "nobody named"}
    sizes = [len(each) for each in found["sets"]]
    assert sizes == sorted(sizes)


def test_it_reads_at_80_columns() -> None:
    """Nothing is wider than the page, and no id is shown; it says what was not tried."""
    result = ask()

    assert 0 == result.exit_code, result.output
    assert [] == list(blemishes(result.output))
    assert max(map(len, result.output.splitlines())) <= 80
    assert "Not tried:" in result.output


def test_an_unknown_role_says_which_there_are() -> None:
    """A role that nobody is a candidate for is refused, with what was probably meant."""
    error = ask("--role", "sponser").exception

    assert isinstance(error, InputError)
    assert "did you mean `sponsor`?" in str([problem.hint for problem in error.problems])


@pytest.mark.parametrize("case", ["kadhimi_2021", "ain_al_assad_2023"])
def test_an_origin_taken_off_leaves_what_linchpins_say(case: str) -> None:
    """`origin off` takes away what a source itself reports, and no more: the figure of its line in the linchpins.

    Where everybody stays on the list, that is: linchpins keep those there whom nothing makes a hypothesis any more.
    """
    inquiry = open_case(case)
    found = inquiry.linchpins()
    named = ((name, each) for each in found.single for name in (each.part.name, *each.part.alike))
    compared = 0
    for (what, origin), each in named:
        if what != "origin":
            continue
        without = inquiry.changed(Changes(origin_off=(origin,))).ranking()
        if without.actors == inquiry.ranking().actors:
            compared += 1
            assert without.probability(found.judged.subject or "") == pytest.approx(each.probability, abs=1e-9)

    assert compared > 3
