"""`ascribe score`: its JSON, its figures against rankings asked directly, and its refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reasoner.inquiry import open_case

ROOT = Path(__file__).parents[2]
TRUTH = """
kadhimi_2021: {perpetrator: {accept: [iran_backed_groups], reject: [islamic_state]}, expected: ranked_unsure}
abu_ghraib_2023:
  perpetrator: {accept: [united_states], reject: [israel], certainty: established, how: it said so}
  expected: confident
"""


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    path = tmp_path / "truth.yaml"
    path.write_text(TRUTH, encoding="utf-8")
    return path


def score(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reasoner.cli", "score", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)


def scores(*arguments: object) -> Any:
    done = score(*arguments, "--json")
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def test_the_json_has_the_fields_that_programs_read(truth: Path) -> None:
    """Cases with leader, right, rejected_led, abstained and Brier; the same in all; the baselines beside."""
    found = scores("--truth", truth)

    assert found.keys() >= {"cases", "right", "rejected_led", "abstained", "brier", "baselines"}
    for row in found["cases"]:
        assert row.keys() >= {"case", "leader", "right", "rejected_led", "abstained", "brier"}
        assert row["right"] in (True, False)
    assert {"most mentioned", "chance"} == found["baselines"].keys()
    assert 2 == found["right"]


def test_the_figures_are_those_of_the_rankings(truth: Path) -> None:
    """Leader and probability are what `rank` says of the same case."""
    rows = {row["case"]: row for row in scores("--truth", truth)["cases"]}
    ranking = open_case("kadhimi_2021").ranking()

    assert ranking.ahead == rows["kadhimi_2021"]["leader"]
    assert rows["kadhimi_2021"]["accepted"] == pytest.approx(ranking.probability("iran_backed_groups"), abs=1e-6)


def test_draws_are_repeatable_and_compared_with_an_interval(truth: Path) -> None:
    """The same seed gives the same bytes; the difference to each baseline comes with its interval."""
    first, again = (score("--truth", truth, "--cap", 2, "--draws", 20, "--json").stdout for _ in range(2))
    found = json.loads(first)

    assert first == again
    for gain in found["differences"].values():
        assert gain["low"] <= gain["mean"] <= gain["high"]
    assert {"cap": 2, "draws": 20, "naming": True, "seed": 0} == found["terms"]


def test_without_naming_somebody_outright_less_is_known(truth: Path) -> None:
    """Leaving out claims, admissions and blame costs the accepted answer probability."""
    plain, without = scores("--truth", truth), scores("--truth", truth, "--without-naming")

    assert without["log"] > plain["log"]


def test_one_case_can_be_scored_by_itself(truth: Path) -> None:
    """Cases named on the command line are the only ones scored."""
    assert ["kadhimi_2021"] == [row["case"] for row in scores("kadhimi_2021", "--truth", truth)["cases"]]


@pytest.mark.parametrize("width", ["80", "160"])
def test_the_text_reads_at_any_width(truth: Path, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card is never wider than the terminal, and says what its columns mean."""
    monkeypatch.setenv("COLUMNS", width)
    done = score("--truth", truth)

    assert max(map(len, done.stdout.splitlines())) <= int(width)
    assert "No rejected actor comes first." in done.stdout
    assert "Brier: 0 is perfect, 2 the worst" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (TRUTH, ["kadhimi"], "did you mean `kadhimi_2021`?"),
        (TRUTH, ["--draws", "5"], "--draws goes with --cap"),
        ("kadhimi_2021: {perpetrator: {acept: [x]}}", [], "acept"),
        ("nowhere_2020: {perpetrator: {accept: [x]}}", [], "unknown case `nowhere_2020`"),
        ("kadhimi_2021: {perpetrator: {accept: [x]}, expected: sure}", [], "expected"),
        (
            "kadhimi_2021: {perpetrator: {accept: [iran_backed_group]}}",
            [],
            ":1:39  kadhimi_2021 knows no `iran_backed_group`",
        ),
        (
            "kadhimi_2021: {perpetrator: {accept: [iran], reject: [islamicstate]}}",
            [],
            "did you mean `islamic_state`?",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str, arguments: list[str], said: str) -> None:
    """A truth file with a mistake, an unknown case or options that make no sense end with exit code 2 and why."""
    path = tmp_path / "truth.yaml"
    path.write_text(content, encoding="utf-8")
    done = score("--truth", path, *arguments)

    assert 2 == done.returncode
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_somebody_whom_the_case_does_not_know_is_pointed_out(tmp_path: Path) -> None:
    """A name that is like none of the case's is scored all the same, and said to match no hypothesis."""
    path = tmp_path / "truth.yaml"
    path.write_text("kadhimi_2021: {perpetrator: {accept: [iran_backed_groups, passer_by]}}", encoding="utf-8")
    done = score("--truth", path)

    assert 0 == done.returncode
    assert "kadhimi_2021 knows no `passer_by`" in done.stderr
    assert "no hypothesis can match it" in done.stderr
