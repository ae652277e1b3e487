"""What a folder of fact files may hold besides fact files: nothing there stops the rest, or goes unsaid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reasoner.documents import read_text, shown_path
from reasoner.evidence.checking import check_facts
from reasoner.evidence.loading import case_summaries
from reasoner.evidence.workspace import background_paths, case_ids
from reasoner.problems import InputError
from tests.evidence.desk import HEAD, SCALES, Desk


def said(caught: pytest.ExceptionInfo[InputError]) -> str:
    return caught.value.problems[0].message


@pytest.mark.parametrize("folder", ["cases", "background"])
def test_a_folder_that_cannot_be_listed_is_never_taken_for_an_empty_one(desk: Desk, folder: str) -> None:
    """Listing, opening and checking name the folder; only one that is not there holds no files."""
    desk.case(HEAD)
    before = desk.workspace.facts / folder
    before.rename(desk.folder / "aside")
    assert (case_ids if folder == "cases" else background_paths)(desk.workspace) == ()

    before.write_text("in its place", encoding="utf-8")
    for act in (desk.check, lambda: desk.load(case="bridge_2020")):
        with pytest.raises(InputError) as caught:
            act()
        assert said(caught) == f"the folder `facts/{folder}` cannot be read: Not a directory"


def test_hidden_files_are_no_fact_files(desk: Desk) -> None:
    """An editor's lock, which is a link to nowhere, and other hidden files are passed over."""
    desk.case(HEAD)
    for folder in (desk.workspace.cases, desk.workspace.facts / "background"):
        (folder / ".#bridge_2020.yaml").symlink_to("somebody@somewhere.1234:5678")
        (folder / ".hidden.yaml").write_text("][", encoding="utf-8")
        (folder / ".hidden.yml").write_text("][", encoding="utf-8")

    assert (case_ids(desk.workspace), background_paths(desk.workspace)) == (("bridge_2020",), ())
    assert desk.check() == ()
    assert desk.load().case.title == "The bridge"


def test_a_pipe_among_the_cases_is_listed_and_never_waited_for(desk: Desk) -> None:
    """Something that is no regular file has its id for a title, and checking says what it is."""
    desk.case(HEAD)
    os.mkfifo(desk.workspace.cases / "pipe.yaml")

    assert [(row.id, row.title) for row in case_summaries(desk.workspace)] == [
        ("bridge_2020", "The bridge"),
        ("pipe", "pipe"),
    ]
    assert [problem.message for problem in desk.check()] == ["`facts/cases/pipe.yaml` is not a file"]


def test_a_case_that_is_no_regular_file_is_not_offered(desk: Desk) -> None:
    """What cannot be opened as a case is not among the cases to open instead."""
    desk.case(HEAD)
    os.mkfifo(desk.workspace.cases / "pipe.yaml")
    with pytest.raises(InputError) as caught:
        desk.load(case="pipe")

    assert (said(caught), caught.value.problems[0].hint) == ("unknown case `pipe`", "cases are bridge_2020")


def test_links_that_go_round_in_a_circle_are_a_problem(desk: Desk) -> None:
    """A link to itself is told as an unreadable file, by its own name, wherever it is met."""
    desk.case(HEAD)
    loop = desk.workspace.cases / "loop.yaml"
    loop.symlink_to(loop.name)
    expected = "`facts/cases/loop.yaml` cannot be read: Too many levels of symbolic links"

    assert [problem.message for problem in desk.check()] == [expected]
    alone = check_facts(desk.workspace, desk.vocabulary, SCALES, [loop])
    assert [problem.message for problem in alone] == [expected]
    with pytest.raises(InputError) as caught:
        read_text(loop)
    assert said(caught) == expected
    assert [row.title for row in case_summaries(desk.workspace)] == ["The bridge", "loop"]


def test_a_link_goes_by_its_own_name(desk: Desk) -> None:
    """Problems of a linked file carry the name it has in the workspace, not that of the file it leads to."""
    (desk.folder / "elsewhere.yaml").write_text("[", encoding="utf-8")
    link = desk.workspace.cases / "bridge_2020.yaml"
    link.symlink_to(desk.folder / "elsewhere.yaml")

    assert {problem.span.file for problem in desk.check() if problem.span} == {"facts/cases/bridge_2020.yaml"}


def test_a_case_checked_by_another_path_tells_its_problems(desk: Desk) -> None:
    """A link from outside the folder of cases to one of them is that case."""
    desk.case("[")
    link = desk.folder / "link.yaml"
    link.symlink_to(desk.workspace.cases / "bridge_2020.yaml")

    assert check_facts(desk.workspace, desk.vocabulary, SCALES, [link]) == desk.check() != ()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("facts/cases/a.yaml", "facts/cases/a.yaml"),
        ("./a.yaml", "a.yaml"),
        ("facts/../a.yaml", "a.yaml"),
        (".", "."),
        ("..", ".."),
        ("/nowhere/a.yaml", "/nowhere/a.yaml"),
        ("a\0b/c.yaml", "a\0b/c.yaml"),
    ],
)
def test_paths_are_shown_from_the_current_folder(desk: Desk, path: str, shown: str) -> None:
    """What lies in the current folder is shown from there, all else as it was given."""
    assert (shown, shown) == (shown_path(path), shown_path(Path(path)))
