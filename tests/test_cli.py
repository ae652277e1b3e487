"""The command line keeps its contract: verbs, JSON fields, exit codes, streams."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reasoner.evidence.workspace import find_workspace, init_workspace
from tests.shipped import CASES


def ascribe(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user without a terminal would."""
    return subprocess.run(
        [sys.executable, "-m", "reasoner.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd or Path(__file__).parent.parent,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def answer(*arguments: str, cwd: Path | None = None) -> Any:
    """What a verb says in JSON."""
    done = ascribe(*arguments, "--json", cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace of the user's own."""
    init_workspace(tmp_path / "mine")
    return tmp_path / "mine"


def test_without_a_terminal_it_lists_the_cases_and_says_what_next() -> None:
    """`ascribe` alone, in a pipe, prints the cases on stdout and the next steps on stderr."""
    done = ascribe()

    assert 0 == done.returncode
    assert all(case in done.stdout for case in CASES)
    assert "ascribe rank" in done.stderr


@pytest.mark.parametrize("case", CASES)
def test_rank_json_has_the_fields_that_programs_read(case: str) -> None:
    """`rank --json` has every field of the contract, and the hypotheses of each role sum to 1."""
    ranked = answer("rank", case)

    assert {"case", "as_of", "worlds", "roles"} <= ranked.keys()
    assert {"method", "count", "standard_error"} <= ranked["worlds"].keys()
    assert "perpetrator" in ranked["roles"]
    for role in ranked["roles"].values():
        assert {"verdict", "leader", "leading", "confidence", "hypotheses", "umbrellas", "fronts"} <= role.keys()
        assert role["verdict"] in ("named", "insufficient evidence")
        assert role["confidence"]["level"] in ("high", "moderate", "low")
        assert abs(sum(row["probability"] for row in role["hypotheses"]) - 1) < 1e-5
        assert any(row["actor"] == "other" for row in role["hypotheses"])
        for row in role["hypotheses"]:
            assert {"actor", "name", "probability", "words", "stability"} <= row.keys()
            assert "%" in row["words"]


NODE = {"kind", "atom", "sentence", "probability", "reports", "ways"}
KINDS = {"reported", "denied", "derived", "absent", "aggregate", "comparison", "declared", "given", "assumed"}


def check_node(node: dict[str, Any]) -> None:
    """Fail where a node lacks a field of the contract."""
    assert node.keys() >= NODE
    assert node["kind"] in KINDS
    for report in node["reports"]:
        assert {"source", "grade", "date", "says"} <= report.keys()
    for way in node["ways"]:
        for premise in way["premises"]:
            check_node(premise)


@pytest.mark.parametrize("case", CASES)
def test_why_json_has_the_fields_that_programs_read(case: str) -> None:
    """`why --json` has every field of the contract, down to the reports."""
    chain = answer("why", case)

    assert chain["lines"]
    for line in chain["lines"]:
        fields = {"rule", "factor", "sentence", "decibans", "probability", "without_it", "premises"}
        assert fields <= line.keys()
        for node in line["premises"]:
            check_node(node)


def test_query_json_has_the_fields_that_programs_read() -> None:
    """`query --json` gives bindings and probabilities, the most probable first."""
    answers = answer("query", "possesses(A, C)", "--case", "kadhimi_2021")["answers"]

    assert answers
    assert [{"A", "C"}] * len(answers) == [set(row["bindings"]) for row in answers]
    chances = [row["probability"] for row in answers]
    assert sorted(chances, reverse=True) == chances


def test_a_query_becomes_a_table() -> None:
    """`query --csv` has a row an answer, with the figures of the JSON."""
    asked = ("query", "possesses(A, C)", "--case", "kadhimi_2021")
    first, *_ = answer(*asked)["answers"]
    head, row, *_ = ascribe(*asked, "--csv").stdout.splitlines()

    assert "A,C,probability,cases" == head
    assert f"{first['bindings']['A']},{first['bindings']['C']},{first['probability']},kadhimi_2021" == row


def test_the_same_call_gives_the_same_bytes() -> None:
    """Same input, same seed, same output."""
    first, second = (ascribe("rank", "ain_al_assad_2023", "--json", "--seed", "7").stdout for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rank", "kadhimi_2012"), "did you mean `kadhimi_2021`?"),
        (("rank", "kadhimi_2021", "--as-of", "yesterday"), "yesterday"),
        (("rank", "kadhimi_2021", "--rules", "/nowhere"), "/nowhere"),
        (("why", "kadhimi_2021", "islamic_stat"), "islamic_state"),
        (("why", "kadhimi_2021", "--role", "sponser"), "sponsor"),
        (("query", "posesses(A, C)", "--case", "kadhimi_2021"), "possesses"),
        (("query", "possesses(A, C", "--case", "kadhimi_2021"), "possesses(A, C"),
        (("query", "not possesses(A, c)", "--case", "kadhimi_2021"), "A"),
        (("check", "/nowhere.dl"), "/nowhere.dl"),
        (("test", "/nowhere"), "/nowhere"),
        (("rank",), "CASE"),
        (("rnak", "kadhimi_2021"), "rnak"),
        (("new", "Not A Case"), "Not A Case"),
    ],
)
def test_bad_input_is_named_and_ends_with_2(arguments: tuple[str, ...], said: str) -> None:
    """Bad input exits 2 with a message on stderr that names it, nothing on stdout, and never a traceback."""
    done = ascribe(*arguments)

    assert 2 == done.returncode
    assert "" == done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_case_passes_the_check(workspace: Path) -> None:
    """`ascribe new` writes a template that `check` accepts and `rank` can rank, and never overwrites one."""
    made = ascribe("new", "depot_fire_2024", cwd=workspace)
    checked = ascribe("check", cwd=workspace)
    ranked = ascribe("rank", "depot_fire_2024", cwd=workspace)
    again = ascribe("new", "depot_fire_2024", cwd=workspace)

    assert 0 == made.returncode, made.stderr
    assert 0 == checked.returncode, checked.stdout
    assert 0 == ranked.returncode, ranked.stderr
    assert 2 == again.returncode


def test_a_workspace_is_never_overwritten(workspace: Path) -> None:
    """`ascribe init` into a folder that has rules or facts says so and changes nothing."""
    rule_file = next((workspace / "rules").glob("*.dl"))
    rule_file.write_text("% mine\n")

    assert 2 == ascribe("init", str(workspace)).returncode
    assert "% mine\n" == rule_file.read_text()


def test_check_reports_all_problems_and_exits_1(workspace: Path) -> None:
    """`check` names every problem of every file with its place, on stdout, and exits 1."""
    (workspace / "rules" / "mine.dl").write_text("suspect(A, I) :- posesses(A, C), used(I, C)\n")
    (workspace / "facts" / "background" / "mine.yaml").write_text("facts:\n  - fact: possesses(nobody_known)\n")
    done = ascribe("check", cwd=workspace)

    assert 1 == done.returncode
    assert "rules/mine.dl:1" in done.stdout
    assert "facts/background/mine.yaml:2" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_fmt_changes_layout_only(workspace: Path) -> None:
    """`fmt --check` exits 1 where something would change, `fmt` changes it, and the ranking stays the same."""
    path = workspace / "rules" / "mine.dl"
    path.write_text("%% [mine] {A} is known.\nknown( A ):-possesses( A,_ ).\n")
    before = ascribe("rank", "kadhimi_2021", "--json", cwd=workspace).stdout

    assert 1 == ascribe("fmt", "--check", cwd=workspace).returncode
    assert 0 == ascribe("fmt", cwd=workspace).returncode
    assert 0 == ascribe("fmt", "--check", cwd=workspace).returncode
    assert before == ascribe("rank", "kadhimi_2021", "--json", cwd=workspace).stdout


def test_hostile_text_reaches_the_terminal_as_text(workspace: Path) -> None:
    """Escape sequences and bidi controls in a fact file are shown as text by every verb that prints them."""
    path = workspace / "facts" / "cases" / "kadhimi_2021.yaml"
    text = path.read_text()
    marker = next(line for line in text.splitlines() if line.startswith("title:"))
    path.write_text(text.replace(marker, 'title: "evil \\e]2;owned\\a \\u202e title"'))
    for arguments in (("cases",), ("rank", "kadhimi_2021"), ("why", "kadhimi_2021"), ()):
        done = ascribe(*arguments, cwd=workspace)
        assert "\x1b" not in done.stdout + done.stderr
        assert "\u202e" not in done.stdout + done.stderr


def test_the_shipped_rules_and_facts_have_no_problems() -> None:
    """`ascribe check` passes on what is shipped."""
    done = ascribe("check")

    assert (0, "") == (done.returncode, done.stdout)


def test_every_verb_has_help() -> None:
    """Each verb explains itself and its options."""
    verbs = ("cases", "init", "new", "rank", "why", "query", "check", "fmt", "test")
    overview = ascribe("--help").stdout
    for verb in verbs:
        assert verb in overview
        assert "Usage:" in ascribe(verb, "--help").stdout


def test_rules_and_facts_can_be_replaced(tmp_path: Path) -> None:
    """`--rules` and `--facts` use other folders instead."""
    shipped = find_workspace()
    shutil.copytree(shipped.rules, tmp_path / "r")
    shutil.copytree(shipped.facts, tmp_path / "f")
    (tmp_path / "f" / "cases" / "abu_ghraib_2023.yaml").rename(tmp_path / "kept.yaml")
    listed = answer("cases", "--facts", str(tmp_path / "f"))
    ranked = answer("rank", "kadhimi_2021", "--facts", str(tmp_path / "f"), "--rules", str(tmp_path / "r"))

    assert "abu_ghraib_2023" not in {row["case"] for row in listed["cases"]}
    assert answer("rank", "kadhimi_2021") == ranked


def test_check_knows_the_entities_that_rules_name(workspace: Path) -> None:
    """A rule that names an entity no fact file defines, or one of the wrong kind, is a problem with a suggestion."""
    rule = "%% [mine] {A} had it.\nmine(C) :- possesses(islamic_stat, C), operates_in(A, islamic_state).\n"
    (workspace / "rules" / "mine.dl").write_text(rule)
    done = ascribe("check", cwd=workspace)

    assert 1 == done.returncode
    assert "did you mean `islamic_state`?" in done.stdout
    assert "rules/mine.dl:2:55" in done.stdout


def test_options_before_the_verb_hold_for_it(tmp_path: Path) -> None:
    """`--facts` before a verb is used, not passed over."""
    shutil.copytree(find_workspace().facts, tmp_path / "f")
    (tmp_path / "f" / "cases" / "abu_ghraib_2023.yaml").unlink()
    listed = ascribe("--facts", str(tmp_path / "f"), "cases")

    assert "kadhimi_2021" in listed.stdout
    assert "abu_ghraib_2023" not in listed.stdout


def test_a_file_is_checked_in_the_workspace_it_lies_in(workspace: Path, tmp_path: Path) -> None:
    """Checking another workspace's files from elsewhere finds what is wrong there, and nothing else."""
    (workspace / "facts" / "cases" / "kadhimi_2021.yaml").unlink()
    files = [str(workspace / "rules"), str(workspace / "facts" / "background")]

    assert 0 == ascribe("check", *files, cwd=tmp_path).returncode


def test_a_query_to_all_cases_says_where_it_is_so() -> None:
    """Without `--case`, each answer names the cases that give it; answers that differ between cases stand apart."""
    rows = answer("query", "scarce(C)")["answers"]

    assert {"kadhimi_2021"} == {
        case for row in rows if row["bindings"]["C"] == "drone_command_and_control" for case in row["cases"]
    }
    assert any(len(row["cases"]) > 1 for row in rows)


def test_a_terminal_that_lacks_characters_gets_others() -> None:
    """In a locale without block characters a ranking is printed all the same."""
    done = subprocess.run(
        [sys.executable, "-m", "reasoner.cli", "rank", "kadhimi_2021"],
        capture_output=True,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
    )

    assert 0 == done.returncode
    assert b"Who did it?" in done.stdout


def test_a_closed_stdin_is_no_terminal() -> None:
    """Under a scheduler that closes stdin, `ascribe` lists the cases."""
    command = f"{sys.executable} -m reasoner.cli <&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)

    assert (0, True) == (done.returncode, "kadhimi_2021" in done.stdout)


def test_an_editors_lock_file_is_no_rule_file(workspace: Path) -> None:
    """A dangling link such as Emacs leaves beside an edited file breaks nothing."""
    (workspace / "rules" / ".#means.dl").symlink_to("somebody@somewhere.1:2")

    assert 0 == ascribe("rank", "kadhimi_2021", cwd=workspace).returncode
