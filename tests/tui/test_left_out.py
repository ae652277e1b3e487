"""What is supposed left out, and what falls with it, stays in the reasoning where it stood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reasoner.evidence.workspace import Workspace
from reasoner.explanation.changes import parse_changes
from reasoner.explanation.nodes import ChainLine
from reasoner.inquiry import open_case
from tui.left_out import Plain
from tui.outline import Entry, beneath

LEAGUE = "northern_league"


def name(entry: Entry) -> str:
    """An entry in a word: a line by its rule."""
    return entry.value.rule if isinstance(entry.value, ChainLine) else entry.key


def outlined(workspace: Workspace, changes: str) -> Iterator[tuple[str, str]]:
    """The name and the mark of each entry at the top of the League's reasoning, and of each directly beneath one."""
    inquiry = open_case("harbour_2030", workspace)
    supposed = inquiry.changed(parse_changes(changes))
    before, now = (each.why(LEAGUE, "perpetrator") for each in (inquiry, supposed))
    plain = Plain(before, now, supposed)
    for entry in plain.tops():
        yield name(entry), entry.gone
        for each in plain.beneath(entry, beneath(entry)):
            yield f"{name(entry)}: {name(each)}", each.gone


def marked(workspace: Workspace, changes: str, word: str) -> list[str]:
    """The entries with a mark."""
    return [path for path, gone in outlined(workspace, changes) if gone == word]


@pytest.mark.parametrize(
    ("changes", "falls", "left_out"),
    [
        (
            "retract possesses(red_brigade, drone_control)",
            ["member red_brigade: scarce means", "member red_brigade: few could"],
            [],
        ),
        ("rule off scarce means", [], ["member red_brigade: scarce means"]),
        (
            "retract member_of(free_harbour, northern_league)",
            [
                "member free_harbour",
                "member free_harbour: motive of its kind",
                "member free_harbour: presence",
            ],
            ["member free_harbour: member_of(free_harbour, northern_league)"],
        ),
        (
            "retract hostile_to(northern_league, ensa)",
            ["motive", "member red_brigade: motive of its kind", "member free_harbour: motive of its kind"],
            ["motive: hostile_to(northern_league, ensa)"],
        ),
        ("rate courier=E; rate monitor=E; rate drell_s=E", [], []),
    ],
    ids=["fact", "rule", "member", "umbrella", "grades"],
)
def test_what_falls_stays_within_its_member(
    workspace: Workspace, changes: str, falls: list[str], left_out: list[str]
) -> None:
    """A line of a member stays beneath it, marked; a member that is none any more stays with all of its lines.

    What only weighs less than before, or too little to be told, does not fall.
    """
    assert marked(workspace, changes, "FALLS") == falls
    assert marked(workspace, changes, "LEFT OUT") == left_out


def test_what_falls_stands_behind_what_it_stood_behind(workspace: Workspace) -> None:
    """The order of a member's lines, and of the members, is that of the files."""
    order = [path for path, _ in outlined(workspace, "rate courier=B")]
    for changes in (
        "retract possesses(red_brigade, drone_control)",
        "retract member_of(free_harbour, northern_league)",
    ):
        supposed = [path for path, _ in outlined(workspace, changes) if "member" in path]
        assert supposed == [path for path in order if path in supposed]


def test_what_was_not_known_yet_falls_down_to_the_fact(workspace: Workspace) -> None:
    """By an earlier date a line falls, and beneath it the fact that nobody had reported; nothing reads as left out."""
    falls = marked(workspace, "to 2030-05-04", "FALLS")

    assert {"means", "means: possesses(northern_league, armed_drone)"} <= set(falls)
    assert marked(workspace, "to 2030-05-04", "LEFT OUT") == []
