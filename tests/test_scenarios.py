"""Scenario files: found alike by both runners, failures that explain themselves, mistakes shown at their place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reasoner.evidence.workspace import init_workspace
from reasoner.scenario_schema import Scenario

CASE = "case: kadhimi_2021\n"
HOLDS = f"scenario: The groups lead\n{CASE}leader: iran_backed_groups\n"
DRONES = "possesses(iran_backed_groups, drone_command_and_control)"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def ascribe_test(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run("reasoner.cli", "test", *arguments, cwd=cwd)


def pytest_run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run("pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments, cwd=cwd)


def write(folder: Path, text: str, name: str = "trial") -> Path:
    path = folder / f"{name}.scenario.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- Two runners ----------------------------------------------------------------------------------------------------


def test_both_runners_find_the_same_files(tmp_path: Path) -> None:
    """`ascribe test` and pytest collect the same scenarios, in folders beneath as well, and nothing else."""
    for name in ("one", "beneath/two", "beneath/deeper/three"):
        write(tmp_path, HOLDS, name)
    (tmp_path / "beneath" / "notes.yaml").write_text("no: scenario\n", encoding="utf-8")

    rows = json.loads(ascribe_test("--json", cwd=tmp_path).stdout)["scenarios"]
    collected = pytest_run("--collect-only", "-q", cwd=tmp_path).stdout

    found = sorted(row["scenario"] for row in rows)
    assert [f"{name}.scenario.yaml" for name in ("beneath/deeper/three", "beneath/two", "one")] == found
    assert found == sorted(line.split("::")[0] for line in collected.splitlines() if "::" in line)


def test_both_runners_pass_what_holds(tmp_path: Path) -> None:
    """A scenario that holds passes in both, and both exit with 0."""
    write(tmp_path, HOLDS)

    assert 0 == ascribe_test(cwd=tmp_path).returncode
    assert 0 == pytest_run(cwd=tmp_path).returncode


def test_a_scenario_runs_in_the_workspace_around_it(tmp_path: Path) -> None:
    """A scenario in somebody's own workspace is run on the rules and facts there, from wherever it is called."""
    init_workspace(tmp_path / "mine")
    path = write(tmp_path / "mine" / "tests", HOLDS)
    case = tmp_path / "mine" / "facts" / "cases" / "kadhimi_2021.yaml"
    case.write_text(case.read_text("utf-8").replace("considered(islamic_state", "considered(israel"), encoding="utf-8")
    write(tmp_path / "mine" / "tests", f"scenario: Israel\n{CASE}probability: {{israel: [0.01, 0.5]}}\n", "israel")

    done = ascribe_test(str(path.parent), cwd=tmp_path)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert 0 == pytest_run(str(path.parent), cwd=tmp_path).returncode


def test_a_scenario_may_bring_facts_of_its_own(tmp_path: Path) -> None:
    """With `facts:` the scenario's own folder of facts stands in for the workspace's; the rules stay."""
    case = (
        "case: tower_2031\ntitle: The tower\nentities:\n  tower: {name: the tower, kind: building}\n"
        "  someone: {name: Someone, kind: militia}\nsources:\n  paper: {name: Paper, reliability: B}\nfacts:\n"
        '  - {fact: "target(tower_2031, tower)", given: true, source: paper}\n'
        '  - {fact: "claimed(someone, tower_2031, telegram)", source: paper, credibility: 1}\n'
    )
    (tmp_path / "little" / "cases").mkdir(parents=True)
    (tmp_path / "little" / "cases" / "tower_2031.yaml").write_text(case, encoding="utf-8")
    write(tmp_path, "scenario: It claims\ncase: tower_2031\nfacts: little\nbecause: [claim]\nof: someone\n")

    done = ascribe_test(cwd=tmp_path)

    assert 0 == done.returncode, done.stdout + done.stderr


# --- Failures -------------------------------------------------------------------------------------------------------

FAILING = f"""scenario: Nothing changes without the skill that the attack took
{CASE}retract: ["{DRONES}"]
leader: islamic_state
rises: {{iran_backed_groups: 1}}
because: [scarce means]
not_because: [grievance]
of: iran_backed_groups
answers: ["undetermined_by(kadhimi_2021, iran)"]
unchanged: [perpetrator]
verdict: named
probability: {{islamic_state: [0.9, 1]}}
order: [islamic_state, other]
"""


@pytest.mark.parametrize("runner", [ascribe_test, pytest_run], ids=["ascribe test", "pytest"])
def test_a_failure_says_what_was_expected_what_came_and_why(runner, tmp_path: Path) -> None:
    """Both runners print each expectation beside what came, what the changes did, and the chain; and exit with 1."""
    write(tmp_path, FAILING)

    done = runner(cwd=tmp_path)

    assert 1 == done.returncode
    for said in (
        "expected islamic_state to lead; ",
        "expected iran_backed_groups to rise by at least 1 dB; it moved by -4.",
        "expected the rule [scarce means] in the chain of iran_backed_groups",
        "expected no use of the rule [grievance]",
        "expected an answer to undetermined_by(kadhimi_2021, iran); there is none",
        "expected no change; iran_backed_groups (perpetrator) went from ",
        "expected the verdict “named”; it is “insufficient evidence”",
        "expected islamic_state between 90.00% and 100.00%; it has ",
        "expected islamic_state ahead of other; they have ",
        "What the changes did to iran_backed_groups: means ",
        "The chain as it is:",
        "[not among the few]",
    ):
        assert said in done.stdout
    assert "Traceback" not in done.stdout


FALLING = f"""scenario: Somebody behind falls
{CASE}retract: ["possesses(islamic_state, quadcopter_bombs)"]
falls: {{islamic_state: 40}}
unchanged: [sponsor]
"""


def test_a_failure_tells_of_whoever_it_is_about(tmp_path: Path) -> None:
    """Who was expected to move has its factors and its chain shown, whoever leads."""
    write(tmp_path, FALLING)
    said = ascribe_test(cwd=tmp_path).stdout

    assert "expected islamic_state to fall by at least 40 dB; it moved by " in said
    assert "What the changes did to islamic_state: " in said
    assert "The Islamic State did it · " in said
    assert "Iran-backed groups in Iraq did it" not in said


def test_a_failure_of_whom_no_change_concerns_says_so(tmp_path: Path) -> None:
    """Where no factor of the one in question moved, that is said, with what everyone else came to weigh."""
    write(tmp_path, FALLING.replace("falls: {islamic_state: 40}", "rises: {other: 40}"))

    assert re.search(
        r"What the changes did to other: no factor moved; everyone else -[\d.]+ → -[\d.]+ dB\.",
        ascribe_test(cwd=tmp_path).stdout,
    )


@pytest.mark.parametrize(
    "expectation",
    [
        "order: [iran, iran_backed_groups]",
        "falls: {iran: 1}",
        "probability: {iran: [0, 1]}",
        "role: supplier\nleader: iran",
        "confidence: high",
        "no_answers: ['undetermined_by(I, S)']",
        "answers: ['undetermined_by(kadhimi_2021, iran)']",
    ],
)
def test_what_does_not_come_fails(expectation: str, tmp_path: Path) -> None:
    """Each kind of expectation can fail, also about somebody who is no hypothesis or a role that nobody has."""
    write(tmp_path, f"scenario: It fails\n{CASE}{expectation}\n")

    done = ascribe_test(cwd=tmp_path)

    assert (1, "") == (done.returncode, done.stderr.replace("1 scenario: 0 passed, 1 failed.\n", ""))
    assert "    expected " in done.stdout


# --- Mistakes -------------------------------------------------------------------------------------------------------

MISTAKES = {
    "an unknown key": ("leeder: iran_backed_groups", "4:1  unknown key `leeder`", "did you mean `leader`?"),
    "an unknown rule": ("because: [scarce mean]", "4:11  no rule is called `scarce mean`", "`scarce means`"),
    "an unknown rule off": ("rule_off: [claims]\nunchanged: true", "4:12  no rule is called `claims`", "`claim`"),
    "an unknown actor": (
        "leader: iran_baked_groups",
        "4:9  unknown actor or entity",
        "did you mean `iran_backed_groups`?",
    ),
    "an unknown actor in a range": ("falls: {iran_baked: 1}", "4:9  unknown actor", "iran_backed_groups"),
    "an unknown role": ("role: sponser\nverdict: named", "4:7  there is no role `sponser`", "did you mean `sponsor`?"),
    "a wrong type": ("because: grievance", "4:10  `because` must be a list", "write `[grievance]`"),
    "a wrong word": ("confidence: certain", "4:13  `confidence` must be high, moderate or low", ""),
    "a wrong kind of unchanged": (
        "unchanged: perpetrator",
        "4:12  `unchanged` must be true, or a list",
        "[perpetrator]",
    ),
    "a wrong kind of rate": ("rate: national\nunchanged: true", "4:7  `rate` must give", "{national: C}"),
    "half of a fact": ("assume: [backs(iran, iraq)]\nunchanged: true", "4:", "put quotes around text that has a comma"),
    "half of a query": (
        "answers: [undetermined_by(I, S)]",
        "4:26  this parenthesis is not closed",
        "put quotes around text that has a comma",
    ),
    "a wrong range": ("probability: {iran: [5, 10]}", "4:", "needs [lowest, highest], both between 0 and 1"),
    "an order of one": ("order: [iran]", "4:", "needs at least two actors"),
    "a fact nobody reports": (
        "retract: ['scarce(armed_drones)']\nunchanged: true",
        "4:11  nothing states `scarce(armed_drones)`",
        "",
    ),
    "an impossible fact": ("assume: ['scarce(armed_drone)']\nunchanged: true", "4:18  unknown entity", "armed_drones"),
    "a fact with a typo": ("assume: ['scarce(armed_drones']\nunchanged: true", "4:", "scarce(armed_drones"),
    "an unknown source": ("rate: {nationl: C}\nunchanged: true", "4:8  unknown source or fact `nationl`", "`national`"),
    "an impossible grade": ("rate: {national: G7}\nunchanged: true", "4:8  `G7` is not a grade", "a letter A–F"),
    "an unknown predicate": (
        "answers: ['undeterminded_by(I, S)']",
        "4:12  unknown predicate",
        "did you mean `undetermined_by",
    ),
    "a date that is none": ("as_of: 2021-13-07\nunchanged: true", "4:8  `2021-13-07` is not a date", "month 13"),
    "a missing folder": ("facts: nowhere\nunchanged: true", "4:8  there is no folder", "nowhere"),
    "nothing expected": ("retract: []", "expects nothing", "leader"),
    "no case": (None, "lacks `case`", "the id of a case"),
    "another case": ("", "2:7  unknown case `kadhimi_2012`", "did you mean `kadhimi_2021`?"),
}


@pytest.mark.parametrize(("line", "said", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_shown_at_its_place(line: str | None, said: str, hint: str, tmp_path: Path) -> None:
    """`ascribe test` shows file, line and column, what is wrong and what was meant, and exits with 2."""
    case = CASE if line else "" if line is None else CASE.replace("2021", "2012")
    write(
        tmp_path,
        f"scenario: A mistake\n{case}role: perpetrator\n{line or 'verdict: named'}\n".replace(
            "role: perpetrator\nrole:", "of: iran\nrole:"
        ),
    )

    done = ascribe_test(cwd=tmp_path)

    assert 2 == done.returncode, done.stdout + done.stderr
    assert said in done.stderr
    assert hint in done.stderr
    assert "trial.scenario.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 12


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    """Nothing is run while any scenario has a mistake; every mistake of every file is shown."""
    write(tmp_path, HOLDS, "good")
    write(tmp_path, f"scenario: One\n{CASE}leader: irann\nbecause: [griefance]\n", "one")
    write(tmp_path, f"scenario: Two\n{CASE}leeder: iran\n", "two")

    done = ascribe_test(cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert all(
        said in done.stderr for said in ("one.scenario.yaml:3:9", "one.scenario.yaml:4:11", "two.scenario.yaml:3:1")
    )


def test_pytest_shows_mistakes_without_a_traceback(tmp_path: Path) -> None:
    """pytest shows a broken scenario's mistakes as `ascribe test` does, and runs the others."""
    write(tmp_path, HOLDS, "good")
    write(tmp_path, f"scenario: One\n{CASE}because: [griefance]\n", "one")

    done = pytest_run(cwd=tmp_path)

    assert 1 == done.returncode
    assert "one.scenario.yaml:3:11  no rule is called `griefance`" in done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert "Traceback" not in done.stdout


def test_no_scenario_is_said_not_passed_over(tmp_path: Path) -> None:
    """A folder without scenarios, and a path that isn't there, are mistakes, not successes."""
    assert 2 == ascribe_test(cwd=tmp_path).returncode
    assert 2 == ascribe_test("nowhere", cwd=tmp_path).returncode


# --- The page about them ----------------------------------------------------------------------------------------------

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "scenarios.md").read_text(encoding="utf-8")


def test_the_example_on_the_page_holds(tmp_path: Path) -> None:
    """The scenario shown in docs/scenarios.md passes as it stands."""
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    write(tmp_path, example)

    assert 0 == ascribe_test(cwd=tmp_path).returncode


def test_the_page_names_every_key() -> None:
    """docs/scenarios.md explains each key that a scenario may have, and no other."""
    explained = {key for row in re.findall(r"^\| (`.*?) \|", PAGE, re.M) for key in re.findall(r"`(\w+)`", row)}

    assert set(Scenario.model_fields) == explained | {"scenario", "role", "of"}
    assert {"role", "of"} <= set(re.findall(r"`(\w+)`", PAGE))
