"""Checking all fact files at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.evidence.checking import check_facts
from tests.evidence.desk import HEAD, SCALES, Desk

FACT = "facts:\n  - {fact: 'used(bridge_2020, drone)', source: paper, credibility: 2}\n"


def told(desk: Desk) -> list[tuple[str, str]]:
    return [(each.span.file if each.span else "", each.message) for each in desk.check()]


def test_each_mistake_is_told_once(desk: Desk) -> None:
    """A mistake in the background, which every case reads, is told once; those of several files all at once."""
    desk.background("entities:\n  green: {name: The Greens, kind: gang}\n")
    desk.case(HEAD + FACT)
    desk.case(HEAD.replace("bridge_2020", "ferry_2020") + FACT.replace("used", "useed"), "ferry_2020")
    desk.case("case: [\n", "depot_2020")

    assert told(desk) == [
        ("facts/background/known.yaml", "unknown kind `gang`"),
        ("facts/cases/depot_2020.yaml", "the file ends before a bracket is closed"),
        ("facts/cases/ferry_2020.yaml", "unknown predicate `useed`"),
    ]


def test_a_broken_background_is_all_that_is_told(desk: Desk) -> None:
    """While the background cannot be read, no case is blamed for naming what it defines."""
    desk.background("entities:\n\tgreen: {name: The Greens, kind: state}\n")
    desk.case(HEAD + FACT + "  - assume: possesses(green, drone)\n")

    assert told(desk) == [("facts/background/known.yaml", "a tab indents this line")]


def test_a_broken_included_case_is_all_that_is_told_of_it(desk: Desk) -> None:
    """While an included case cannot be read, the case that includes it is not blamed for naming what it defines."""
    desk.case("case: depot_2020\ntitle: [\n", "depot_2020")
    desk.case(
        "case: ferry_2020\ntitle: F\nincludes: [depot_2020]\nfacts: [{assume: 'used(ferry_2020, mine)'}]\n",
        "ferry_2020",
    )

    assert told(desk) == [("facts/cases/depot_2020.yaml", "the file ends before a bracket is closed")]


def test_definitions_that_differ_name_each_other(desk: Desk) -> None:
    """The same id for two things is a mistake where both are in scope, and none where they are not."""
    desk.case(HEAD + FACT)
    desk.case("case: ferry_2020\ntitle: F\nentities: {red: {name: Reds, kind: state}}\n", "ferry_2020")
    assert told(desk) == []

    desk.background("entities:\n  red: {name: The Reds, kind: state}\n")
    different = "the entity `red` is defined differently in facts/background/known.yaml:2"
    assert told(desk) == [("facts/cases/bridge_2020.yaml", different), ("facts/cases/ferry_2020.yaml", different)]


def test_the_same_definition_twice_is_one(desk: Desk) -> None:
    """Two files may define an entity or source alike."""
    desk.background("entities:\n  blue: {name: The Blues, kind: militia}\n")
    desk.case(HEAD + FACT)

    assert told(desk) == []


@pytest.mark.parametrize("name", ["facts/cases/old.yml", "facts/background/old.yml", "facts/loose.yaml"])
def test_files_that_would_be_passed_over_are_told(desk: Desk, name: str) -> None:
    """A fact file that nothing reads, by its name or folder, does not go unnoticed."""
    desk.case(HEAD + FACT)
    (desk.folder / name).write_text("x", encoding="utf-8")

    assert told(desk) == [(name, "this file is not read")]


def test_only_the_files_asked_for_are_told(desk: Desk) -> None:
    """Given paths, only their mistakes are told, and a file outside the workspace is checked within it."""
    desk.case(HEAD + FACT.replace("used", "useed"))
    outside = desk.folder / "pier_2020.yaml"
    outside.write_text("case: pier_2020\ntitle: P\nfacts: [{assume: 'used(pier_2020, x)'}]\n", encoding="utf-8")

    assert messages(desk, outside) == ["unknown entity `x`"]
    assert messages(desk, desk.workspace.cases / "bridge_2020.yaml") == ["unknown predicate `useed`"]
    assert messages(desk, desk.folder / "none.yaml") == ["there is no file `none.yaml`"]


def messages(desk: Desk, path: Path) -> list[str]:
    return [each.message for each in check_facts(desk.workspace, desk.vocabulary, SCALES, [path])]
