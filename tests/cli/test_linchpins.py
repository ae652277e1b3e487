"""`ascribe linchpins`: its JSON, how it reads, and what it refuses."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from reasoner.cli import cli
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
