"""Each pattern of reasoning has scenarios, and each scenario fails without what realises the pattern.

``patterns.yaml`` says which, and what to take away.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import Changes
from reasoner.scenarios import ENDING, Bench

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent
FILES = {path.name.removesuffix(ENDING): path for path in sorted(HERE.rglob(f"*{ENDING}"))}
PATTERNS: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "patterns.yaml").read_text("utf-8"))
SHOWN: Mapping[str, Any] = {name: shown for scenarios in PATTERNS.values() for name, shown in scenarios.items()}
EDITED = [name for name, shown in SHOWN.items() if "edits" in shown]
CHANGED = [name for name, shown in SHOWN.items() if "changes" in shown]
MUST_NOT_WEIGH = ("P5", "P6", "P13", "P32", "P36")


@dataclass(frozen=True)
class Loss:
    """One scenario and the rule that it is to lose."""

    scenario: str
    rule: str


LOSSES = [Loss(name, rule) for name, shown in SHOWN.items() for rule in shown.get("rules", ())]


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """Cases are opened once for all scenarios."""
    yield Bench()


def failures(bench: Bench, name: str, under: Changes | None = None) -> list[str]:
    """What a scenario expects and doesn't get, where the case was changed before."""
    path = FILES[name]
    scenario = bench.read(path)
    return list(bench.trial(scenario, bench.workspace_of(path, scenario), under).failures())


def test_every_pattern_has_a_scenario() -> None:
    """All 36 patterns of the seed texts are shown by at least one scenario, each by name of the pattern."""
    assert [f"P{number}" for number in range(1, 37)] == list(PATTERNS)
    for pattern, scenarios in PATTERNS.items():
        assert scenarios
        assert all(name.startswith(f"p{int(pattern[1:]):02}_") for name in scenarios)


def test_every_scenario_shows_a_pattern() -> None:
    """No scenario file stands beside the list, and each hangs on something."""
    assert set(FILES) == set(SHOWN)
    assert [] == [name for name, shown in SHOWN.items() if not shown.keys() & {"rules", "edits", "changes"}]
    assert [] == [name for name, shown in SHOWN.items() if ("rules" in shown) == ("property" in shown)]


def test_the_page_on_the_seed_texts_names_them() -> None:
    """docs/seeds.md lists for each pattern the scenarios that show it."""
    rows = re.findall(r"^\| (P\d+) \|.*\|([^|]+)\|$", (HOME / "docs" / "seeds.md").read_text("utf-8"), re.M)
    listed = {
        pattern: [name.removeprefix("press/") for name in re.findall(r"`([^`]+)`", cell)] for pattern, cell in rows
    }
    assert {pattern: list(scenarios) for pattern, scenarios in PATTERNS.items()} == listed


@pytest.mark.parametrize("pattern", MUST_NOT_WEIGH)
def test_what_is_no_evidence_moves_no_digit(pattern: str, bench: Bench) -> None:
    """For what must not be evidence, a scenario takes the facts away and expects every probability unchanged."""
    read = [bench.read(FILES[name]) for name in PATTERNS[pattern]]
    taking = [scenario for scenario in read if scenario.retract and scenario.unchanged is True]
    assert taking


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_scenario_holds(name: str, bench: Bench) -> None:
    """What the scenario promises comes, on the rules and facts as shipped."""
    assert [] == failures(bench, name)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.scenario}: {loss.rule}")
def test_the_scenario_fails_without_its_rule(loss: Loss, bench: Bench) -> None:
    """With the rule switched off, the promise breaks: the rule is what realises it."""
    assert failures(bench, loss.scenario, Changes(rule_off=(loss.rule,)))


@pytest.mark.parametrize("name", CHANGED)
def test_the_scenario_fails_where_the_case_is_otherwise(name: str, bench: Bench) -> None:
    """With the case changed as stated beforehand, the promise breaks."""
    change = SHOWN[name]["changes"]
    assert failures(bench, name, Changes(rate=tuple(change.get("rate", {}).items())))


@pytest.mark.parametrize("name", EDITED)
def test_the_scenario_fails_without_the_property(name: str, tmp_path: Path, bench: Bench) -> None:
    """With a rule or fact file edited as stated, the promise breaks: it hangs on how things are weighed."""
    scenario = bench.read(FILES[name])
    workspace = bench.workspace_of(FILES[name], scenario)
    edited = Workspace(tmp_path / "rules", tmp_path / "facts", writable=True)
    shutil.copytree(workspace.rules, edited.rules)
    shutil.copytree(workspace.facts, edited.facts)
    for edit in SHOWN[name]["edits"]:
        apply(edit, tmp_path / edit["in"])

    assert list(Bench().trial(scenario, edited).failures())


def apply(edit: Mapping[str, str], path: Path) -> None:
    """Add text at the end of a file, or replace each occurrence of another one."""
    text = path.read_text("utf-8")
    if "add" in edit:
        text = f"{text}\n{edit['add']}"
    else:
        assert edit["replace"] in text, f"{path.name} no longer has {edit['replace']!r}"
        text = text.replace(edit["replace"], edit["by"])
    path.write_text(text, "utf-8")
