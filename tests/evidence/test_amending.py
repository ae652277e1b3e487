"""A change to a fact file is made in the file as it is, and only if the case can still be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasoner.evidence.amending import Amendment, Desk, NewText, conflict
from reasoner.evidence.editing import read_manuscript
from reasoner.evidence.loading import load_base
from reasoner.evidence.workspace import Workspace, init_workspace
from reasoner.language.vocabulary_files import load_scales, load_vocabulary
from reasoner.problems import InputError

CASE = "kadhimi_2021"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A case of a copied workspace, not to be changed."""
    workspace = init_workspace(tmp_path_factory.mktemp("shipped") / "desk")
    vocabulary = load_vocabulary(workspace.rules / "vocabulary.yaml")
    scales = load_scales(workspace.rules / "scales.yaml")
    return Desk(workspace, load_base(workspace, CASE, vocabulary, scales))


@pytest.fixture
def desk(shipped: Desk, tmp_path: Path) -> Desk:
    """The same with facts of its own, to be changed at will."""
    shutil.copytree(shipped.workspace.facts, tmp_path / "facts")
    return Desk(Workspace(shipped.workspace.rules, tmp_path / "facts", writable=True), shipped.base)


def file_of(desk: Desk) -> Path:
    """The file of the case."""
    return desk.workspace.case_path(CASE)


def test_what_would_make_the_case_unreadable_is_refused(desk: Desk) -> None:
    """An entity that does not exist is told as `ascribe check` tells it, and the file stays."""
    before = file_of(desk).read_bytes()
    with pytest.raises(InputError) as refused:
        desk.save(read_manuscript(file_of(desk)), Amendment(None, {"assume": "scarce(nonesuch)"}))

    (problem,) = refused.value.problems
    assert "unknown entity `nonesuch`" == problem.message
    assert "  - assume: scarce(nonesuch)" == problem.line_text
    assert before == file_of(desk).read_bytes()


def test_a_background_file_is_checked_with_the_case(desk: Desk) -> None:
    """A change of the background that the case cannot live with is refused as well."""
    path = desk.workspace.facts / "background" / "places.yaml"
    manuscript = read_manuscript(path)
    with pytest.raises(InputError) as refused:
        desk.save(manuscript, NewText(manuscript.text.replace("  baghdad: {name: Baghdad, kind: city}\n", "")))
    assert any("baghdad" in problem.message for problem in refused.value.problems)


def test_a_broken_file_may_be_mended_step_by_step(desk: Desk) -> None:
    """Where the case could not be read before, what is still wrong is said, and the text saved."""
    path = file_of(desk)
    broken = path.read_text().replace("credibility: 2", "credibility: two")
    path.write_text(broken)
    left = desk.save(read_manuscript(path), NewText(broken.replace("two", "2", 3)))

    assert left
    assert "credibility: 2" in path.read_text()


def test_shipped_files_are_not_changed(desk: Desk) -> None:
    """In a read-only workspace the refusal says how to get one's own."""
    shipped = Desk(Workspace(desk.workspace.rules, desk.workspace.facts, writable=False), desk.base)
    with pytest.raises(InputError) as refused:
        shipped.save(read_manuscript(file_of(desk)), NewText(""))
    assert "ascribe init" in str(refused.value.problems[0].hint)


def test_a_change_finds_its_fact_where_it_has_moved(desk: Desk) -> None:
    """After somebody else's save both differences are known, and the change can be made in the file as it is now."""
    path = file_of(desk)
    read = read_manuscript(path)
    old = read.entries[5]
    change = Amendment(old, {**old, "credibility": 4}, 5)
    path.write_text(read.text.replace("facts:\n", "facts:\n  - assume: scarce(armed_drones)\n"))
    found = conflict(read, change)

    assert "+  - assume: scarce(armed_drones)" in found.theirs
    assert [row for row in found.ours if row[0] in "+-"] == ["-    credibility: 2", "+    credibility: 4"]
    assert () == desk.save(found.manuscript, change)


def test_a_fact_that_is_gone_cannot_be_changed(desk: Desk) -> None:
    """Where somebody else changed the very same fact, that is said instead of a guess."""
    path = file_of(desk)
    read = read_manuscript(path)
    old = read.entries[5]
    path.write_text(read.text.replace(old["says"], "Something else."))
    found = conflict(read, Amendment(old, {**old, "credibility": 4}, 5))

    assert () == found.ours
    assert "changed or taken out" in found.problems[0].message


def test_line_ends_of_a_text_are_those_of_its_file(desk: Desk) -> None:
    """A text edited with one kind of line ends is saved with the file's own."""
    path = file_of(desk)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    read = read_manuscript(path)
    desk.save(read, NewText(read.text.replace("\r\n", "\n").replace("place: Baghdad", "place: In Baghdad")))

    assert b"place: In Baghdad\r\n" in path.read_bytes()
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
