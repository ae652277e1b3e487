"""Rules as they would be with edits that are not saved: checked, reasoned with, tried; nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasoner.drafts import Trials, check_drafts, drafted
from reasoner.evidence.workspace import Workspace
from reasoner.inquiry import open_case
from reasoner.problems import InputError
from tests.shipped import HOME

HERE = Path(__file__).parent

PASSES_WITH_MEANS = """\
scenario: Red Brigade had what few have
case: harbour_2030
of: red_brigade
because: [scarce means]
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A made-up case with a few rules and one scenario, in the current folder."""
    monkeypatch.chdir(tmp_path)
    made = Workspace(tmp_path / "rules", tmp_path / "facts", writable=True)
    made.rules.mkdir()
    made.cases.mkdir(parents=True)
    for name in ("vocabulary.yaml", "scales.yaml"):
        shutil.copy(HOME / "rules" / name, made.rules)
    shutil.copy(HERE / "tui" / "harbour.dl", made.rules)
    shutil.copy(HERE / "tui" / "harbour_2030.yaml", made.cases)
    (tmp_path / "means.scenario.yaml").write_text(PASSES_WITH_MEANS, encoding="utf-8")
    return made


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file beneath a folder with what it holds."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_draft_is_checked_with_the_other_files(workspace: Workspace) -> None:
    """What is wrong in a draft is found with its place; its other rules can still be listed."""
    file = workspace.rules / "harbour.dl"
    text = file.read_text(encoding="utf-8")

    whole = check_drafts(workspace, {})
    assert whole.problems == ()

    broken = check_drafts(workspace, {file: text.replace("scarce(C), p", "scarse(C), p", 1)})
    (problem,) = broken.problems
    assert problem.message == "unknown predicate `scarse`"
    assert broken.problems_of(file) == (problem,)
    assert [rule.name for rule in broken.rules[file]] == [rule.name for rule in whole.rules[file]]


def test_reasoning_with_a_draft_writes_nothing(workspace: Workspace) -> None:
    """The open case is weighed under the draft; the inquiry it came from and every file stay as they are."""
    file = workspace.rules / "harbour.dl"
    inquiry = open_case("harbour_2030", workspace)
    before, held = inquiry.rankings, contents(Path.cwd())

    text = file.read_text(encoding="utf-8").replace("A, means, 10)", "A, means, 1)", 1)
    after = drafted(inquiry, {file: text}).rankings

    assert after != before
    assert inquiry.rankings is before
    assert open_case("harbour_2030", workspace).rankings == before
    assert contents(Path.cwd()) == held


def test_a_draft_with_problems_is_not_reasoned_with(workspace: Workspace) -> None:
    """What cannot be read has no ranking; the problems say why."""
    file = workspace.rules / "harbour.dl"
    with pytest.raises(InputError, match="unknown predicate"):
        drafted(open_case("harbour_2030", workspace), {file: "candidate(I, perpetrator, A) :- claimd(A, I, C)."})


def test_scenarios_are_tried_before_and_after(workspace: Workspace) -> None:
    """Each scenario of the workspace says what it expects and does not get, as saved and as drafted."""
    file = workspace.rules / "harbour.dl"
    text = file.read_text(encoding="utf-8")
    start = text.index("%% [scarce means]")
    trials = Trials(workspace, {file: text[:start] + text[text.index("%% [means]") :]})

    (outcome,) = map(trials.run, trials.files)

    assert outcome.path == Path.cwd() / "means.scenario.yaml"
    assert outcome.before == ()
    assert outcome.after and outcome.differs

    (as_saved,) = map(Trials(workspace, {}).run, trials.files)
    assert (as_saved.before, as_saved.after) == (None, ())
