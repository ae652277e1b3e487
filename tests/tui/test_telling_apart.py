"""Rows of a list that differ do not read the same, however little room they have."""

from __future__ import annotations

import pytest

from reasoner.cells import cells
from reasoner.evidence.workspace import Workspace
from tests.tui.fact_desk import facts
from tests.tui.stage import NAMES, SIZES, SMALL, opened, play, press, screen
from tui.telling_apart import told_apart

both_sizes = pytest.mark.parametrize("size", SIZES, ids=NAMES)


@both_sizes
def test_a_sentence_that_is_cut_says_so(workspace: Workspace, size: tuple[int, int]) -> None:
    """In the list of facts a sentence too long for the line has an ellipsis in it, and the note has all of it."""

    async def journey() -> None:
        async with opened(workspace, size) as (app, pilot):
            await press(app, pilot, "f")
            rows = [line.split("┃")[1] for line in screen(app).split("\n") if line.startswith("┃ ")]
            long = [row.rstrip() for row in rows if "Drone attack on the fuel depot" in row]
            assert long
            assert all(row.endswith(("…", ".")) for row in long)
            whole = {row.sentence for row in app.screen.rows}
            assert all("…" in row or row.strip().split("  ")[-1] in whole for row in long)

    play(journey())


ALIKE = [
    "Red Brigade was named by the government of Ensa as having carried out the attack on the depot.",
    "Red Brigade was named by the government of Sarn as having carried out the attack on the depot.",
    "Red Brigade was named by the government of Ensa as having carried out the attack on the pier.",
    "The list of those who could have carried out the attack on the depot included Red Brigade.",
    "The list of those who could have carried out the attack on the depot included Free Harbour.",
]


@pytest.mark.parametrize("width", [40, 50, 60, 100])
def test_sentences_that_differ_are_told_apart(width: int) -> None:
    """Whatever they differ in, their beginning, middle or end: cut to a line, no two of them read the same."""
    shown = told_apart(ALIKE, width)
    assert len(set(shown)) == len(ALIKE)
    assert all(cells(each) <= width for each in shown)
    assert all(each == whole or "…" in each for each, whole in zip(shown, ALIKE, strict=True))
    assert all(each.startswith(whole.split()[0]) for each, whole in zip(shown, ALIKE, strict=True))


@pytest.mark.parametrize("text", ["口" * 80, "مرحبا " * 20, "x" * 200, "é 😀 " * 30, "a"])
def test_any_script_is_cut_to_its_columns(text: str) -> None:
    """Wide characters and texts without blanks keep to the line."""
    for width in range(12, 60):
        assert all(cells(each) <= width for each in told_apart([text, f"{text}!"], width))


def test_the_facts_of_a_shipped_case_are_told_apart_on_a_small_screen(copied: Workspace) -> None:
    """At 80 columns no two rows of a list read the same where their sentences differ."""

    async def journey() -> None:
        async with opened(copied, SMALL, "abu_ghraib_2023") as (app, pilot):
            here = await facts(app, pilot)
            shown = [here.table.get_row_at(place)[2].plain for place in range(here.table.row_count)]
            pairs = set(zip(shown, (row.sentence for row in here.found), strict=True))
            assert len({each for each, _ in pairs}) == len(pairs)

    play(journey())
