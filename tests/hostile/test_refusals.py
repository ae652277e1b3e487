"""Whatever makes no sense is refused: exit code 2, why and what was meant on stderr, nothing on stdout or disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reasoner.evidence.workspace import init_workspace
from tests.hostile.run import Shell

CASE = "kadhimi_2021"
BEFORE = ("--as-of", "1900-01-01")

REFUSED = {
    "an empty actor": (["why", CASE, ""], "unknown actor or entity ``"),
    "an empty role": (["missing", CASE, "--role", ""], "there is no role ``"),
    "a role misspelt": (["matrix", CASE, "--role", "sponser"], "did you mean `sponsor`?"),
    "a role that has no candidate, misspelt": (["matrix", CASE, "--role", "suppliers"], "did you mean `supplier`?"),
    "a role without candidates": (["timeline", CASE, "--role", "supplier"], "roles with candidates: perpetrator"),
    "one against itself": (["compare", CASE, "other", "other"], "cannot be compared with itself"),
    "a rule off and restated": (
        ["what-if", CASE, "--rule-off", "means", "--strength", "means=5"],
        "rule [means] is both off and given a strength",
    ),
    "two strengths": (["what-if", CASE, "--strength", "means=5", "--strength", "means=9"], "is to be both 5 and 9"),
    "two grades": (["what-if", CASE, "--rate", "national=C", "--rate", "national=A"], "is to be both C and A"),
    "an empty date": (["what-if", CASE, "--to", ""], "write a date"),
    "a file that is not there": (["fmt", "/not/there.dl.old"], "there is no file or folder"),
    "markup for a rule": (["what-if", CASE, "--rule-off", "[red]\x1b[31mx[/]"], "no rule is called `[red]"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_refused(arguments: list[str], said: str, shell: Shell) -> None:
    """Exit code 2, the reason on stderr, nothing on stdout."""
    done = shell(*arguments)

    assert (2, "") == (done.code, done.out)
    assert said in done.err
    assert "\x1b" not in done.err


def test_a_place_is_not_proposed_as_somebody_to_look_at(shell: Shell) -> None:
    """The advice to have somebody looked at is given for those who can act only."""
    assert "considered(kataib_hezbollah" in shell("why", CASE, "kataib_hezbollah").err
    assert "considered(baghdad" not in shell("why", CASE, "baghdad").err


def test_nothing_is_saved_where_the_command_is_refused(shell: Shell, tmp_path: Path) -> None:
    """Two forms of output at once leave no scenario behind."""
    path = tmp_path / "kept.scenario.yaml"
    done = shell("what-if", CASE, "--rule-off", "means", "--json", "--markdown", "--save", str(path))

    assert (2, "") == (done.code, done.out)
    assert not path.exists()


def test_a_change_said_twice_is_made_once(shell: Shell) -> None:
    """The same rule switched off twice is one change."""
    done = shell("what-if", CASE, "--rule-off", "means", "--rule-off", "means")

    assert 1 == done.out.count("The rule [means] is switched off.")


def test_a_folder_without_files_is_not_said_to_be_in_order(shell: Shell, tmp_path: Path) -> None:
    """A check of nothing is a mistake in the path."""
    assert 2 == shell("check", str(tmp_path)).code


BROKEN_TRUTHS = {
    "an answer both ways": ("{perpetrator: {accept: [iran], reject: [iran]}}", "`iran` is both accepted and rejected"),
    "a role misspelt": ("{perpetrater: {accept: [iran]}}", "did you mean `perpetrator`?"),
    "an expectation misspelt": ("{perpetrator: {accept: [iran]}, expected: confidnt}", "did you mean `confident`?"),
}


@pytest.mark.parametrize(("truth", "said"), BROKEN_TRUTHS.values(), ids=BROKEN_TRUTHS.keys())
def test_a_broken_truth_file_is_refused_at_its_place(truth: str, said: str, shell: Shell, tmp_path: Path) -> None:
    """File, line and column, and what was meant."""
    path = tmp_path / "truth.yaml"
    path.write_text(f"{CASE}: {truth}\n", encoding="utf-8")
    done = shell("score", "--truth", str(path))

    assert (2, "") == (done.code, done.out)
    assert said in done.err
    assert "truth.yaml:1:" in done.err


@pytest.mark.parametrize(
    "verb", ["rank", "why", "matrix", "timeline", "missing", "what-if --rule-off means", "why-not iran"]
)
def test_before_anything_was_known_every_verb_answers(verb: str, shell: Shell) -> None:
    """As of a date before all reports everybody stands where they start, and every question has an answer."""
    name, *rest = verb.split(" ", 1)
    done = shell(name, CASE, *(rest[0].split(" ", 1) if rest else ()), *BEFORE)

    assert 0 == done.code, done.err
    assert done.out


NO_DATES = """
case: fair_2020
title: Fire at the fair
entities: {fair_2020: {name: the fire, kind: incident}, foo: {name: Foo, kind: militia}}
sources: {paper: {name: The Paper, reliability: B}}
facts:
  - {fact: "considered(foo, fair_2020)", source: paper, credibility: 2, says: Some name Foo.}
"""


def test_a_case_without_candidates_or_dates_says_what_to_write(shell: Shell, tmp_path: Path) -> None:
    """Questions about nobody name the fact that would make a candidate; a timeline without dates asks for them."""
    path = tmp_path / "cases" / "fair_2020.yaml"
    path.parent.mkdir()
    path.write_text(NO_DATES, encoding="utf-8")
    undated = shell("timeline", "fair_2020", "--facts", str(tmp_path))
    path.write_text(NO_DATES.split("facts:")[0], encoding="utf-8")
    unnamed = shell("why", "fair_2020", "--facts", str(tmp_path))

    assert (2, 2) == (undated.code, unnamed.code)
    assert "give reports a `date:`" in undated.err
    assert "considered(ACTOR, fair_2020)" in unnamed.err


ASCRIBE = [sys.executable, "-m", "reasoner.cli"]


@pytest.mark.parametrize("arguments", [["cases"], ["why", CASE, "--json"], ["check", "--json"]], ids=" ".join)
def test_a_reader_who_has_had_enough_is_no_failure(arguments: list[str]) -> None:
    """Where the pipe is closed, as by `| head`, it ends quietly with exit code 0, not with 1: the answer is no."""
    assert (0, b"") == unread(arguments)


def test_an_answer_of_no_is_one_whoever_reads_it(tmp_path: Path) -> None:
    """A pipe that is closed makes no failure of what went well, and no success of what did not."""
    init_workspace(tmp_path / "mine")
    (tmp_path / "mine" / "rules" / "broken.dl").write_text("supports(", encoding="utf-8")
    where = ["--rules", str(tmp_path / "mine" / "rules"), "--facts", str(tmp_path / "mine" / "facts")]

    read = subprocess.run([*ASCRIBE, "check", *where], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    assert read.returncode
    for form in ([], ["--json"]):
        assert unread(["check", *where, *form]) == (read.returncode, b"" if form else read.stderr)


def unread(arguments: list[str]) -> tuple[int, bytes]:
    """The exit code, and what is narrated, of a command whose output nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        command = [*ASCRIBE, *arguments]
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stderr
