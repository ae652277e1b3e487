"""`ascribe sources`: its figures are those of leaving a source out, its JSON, and how it reads."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from reasoner.cli import cli
from reasoner.inquiry import Changes, open_case
from tests.wording import blemishes

CASE = "kadhimi_2021"


def ask(*arguments: str, columns: str = "80") -> Result:
    return CliRunner(env={"COLUMNS": columns}).invoke(cli, ["sources", CASE, *arguments])


def test_a_loss_is_what_leaving_the_source_out_comes_to() -> None:
    """What a source's line says of the lead without it is what the ranking without the source says."""
    inquiry = open_case(CASE)
    found = inquiry.sources()
    assert found.judged.subject is not None
    for each in (found.sources[0], found.sources[3]):
        without = inquiry.changed(Changes(source_off=(each.source.id,)))
        assert abs(without.ranking().probability(found.judged.subject) - each.probability) < 1e-9
        assert without.ranking().leader == each.after.leader
        told = next(row for row in without.sources().sources if row.source.id == each.source.id)
        assert told.left_out
        assert all(report.left_out for report in told.reports)


def test_the_json_has_every_source_with_its_reports() -> None:
    """Dearest first; each report with its fact, grade and weight for the hypothesis asked about."""
    found = json.loads(ask("--json", "--of", "islamic_state").stdout)

    assert "islamic_state" == found["actor"]
    costs = [abs(each["decibans"]) for each in found["sources"]]
    assert costs == sorted(costs, reverse=True)
    weights = {report["fact"]: report["decibans"] for each in found["sources"] for report in each["reports"]}
    assert weights["operates_in(islamic_state, iraq)"] > 0
    assert any(each["passed_on"] for each in found["sources"])


def test_it_reads_at_80_columns() -> None:
    """Nothing is wider than the page, and no id is shown."""
    result = ask()

    assert 0 == result.exit_code, result.output
    assert [] == list(blemishes(result.output))
    assert max(map(len, result.output.splitlines())) <= 80
