"""Reasoning that is very deep and very wide stays within reach, key by key, and never fails by its depth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from reasoner.evidence.workspace import Workspace
from tests.explanation.counting_case import counting_workspace
from tests.tui.stage import SMALL, Play, labels, opened, play, press, screen, settled, until
from tui.app import AscribeApp
from tui.screens.query import QueryScreen
from tui.widgets.chain import ChainTree
from tui.widgets.outline_tree import Branch

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from deep_case import CASE, deep_case

LEVELS, DEEDS = 25, 210


async def at(app: AscribeApp, pilot: Play, true: Callable[[str], bool]) -> ChainTree:
    """The chain with the cursor on the last line that can be seen of which something is so."""
    tree = app.case_screen.chain

    def seen(node: Branch) -> list[Branch]:
        return [each for child in node.children for each in (child, *(seen(child) if child.is_expanded else []))]

    tree.move_cursor([node for node in seen(tree.root) if true(str(node.label))][-1])
    await settled(app, pilot)
    return tree


def test_deep_and_wide_reasoning_is_read_to_its_end(tmp_path: Path) -> None:
    """What lies too deep opens by itself, down to the first step; ← and Z lead back; wide ones come page by page."""
    workspace = deep_case(tmp_path / "deep", LEVELS, DEEDS)

    async def journey() -> None:
        async with opened(workspace, SMALL, CASE) as (app, pilot):
            await press(app, pilot, "enter")
            tree = await at(app, pilot, lambda text: "Opportunity" in text)
            whole = len(labels(app))
            while not any("sets out" in text or "begins at Town 0" in text for text in labels(app)):
                await press(app, pilot, "asterisk")
                await at(app, pilot, lambda text: "The trail of" in text or "begins at" in text)
                await press(app, pilot, "right")
            assert tree.focus_on is not None
            assert "Why Group" in str(tree.border_title)
            assert "↑" in labels(app)[0]
            deepest = tree.focus_on
            await press(app, pilot, "home", "enter")
            assert tree.focus_on is not deepest
            assert tree.chosen is not None and tree.chosen.path == deepest.path
            await press(app, pilot, "Z")
            assert tree.focus_on is None

            await at(app, pilot, lambda text: "Motive" in text)
            await press(app, pilot, "z", "right")
            assert "↑ Why Group" in screen(app)
            await at(app, pilot, lambda text: "has struck" in text and "Motive" not in text)
            await press(app, pilot, "right")
            for more in (DEEDS - 100, DEEDS - 200):
                await at(app, pilot, lambda text: text.startswith("… "))
                assert f"… {more} more" in screen(app)
                await press(app, pilot, "enter")
            assert sum("Deed" in text for text in labels(app)) >= DEEDS
            assert not any(text.startswith("… ") for text in labels(app))
            await press(app, pilot, "Z")
            assert len(labels(app)) >= whole

    play(journey())


def many_counted(folder: Path, number: int) -> Workspace:
    """The raid, with so many bands more that had long rifles, which a rule counts."""
    made = counting_workspace(folder)
    (made.rules / "counting.dl").write_text(
        "%% [looked at] {A} came into question.\ncandidate(I, perpetrator, A) :- considered(A, I).\n\n"
        "%% [many] At least two had ever had {W}.\nopposes(I, perpetrator, A, motive, weak) :-\n"
        "    candidate(I, perpetrator, A), used(I, W), 2 <= #count{ B : possesses(B, W), B != grey_band }.\n",
        encoding="utf-8",
    )
    case = made.cases / "raid_2020.yaml"
    entities = "".join(f"  band_{n}: {{name: Band {n}, kind: militia}}\n" for n in range(number))
    facts = "".join(
        f'  - {{fact: "possesses(band_{n}, long_rifles)", given: true, source: paper}}\n' for n in range(number)
    )
    text = case.read_text(encoding="utf-8").replace("entities:\n", f"entities:\n{entities}") + facts
    case.write_text(text, encoding="utf-8")
    return made


def test_all_that_is_counted_is_listed(tmp_path: Path) -> None:
    """What an aggregate counts comes page by page; behind the last page, enter asks the query that lists all of it."""
    workspace = many_counted(tmp_path / "many", DEEDS)

    async def journey() -> None:
        async with opened(workspace, SMALL, "raid_2020") as (app, pilot):
            await press(app, pilot, "enter")
            tree = await at(app, pilot, lambda text: "Motive" in text)
            await press(app, pilot, "z", "right")
            await at(app, pilot, lambda text: "at least 2" in text)
            await press(app, pilot, "right")
            for _ in range(2):
                await at(app, pilot, lambda text: text.startswith("… "))
                await press(app, pilot, "enter")
            await until(app, pilot, lambda: isinstance(app.screen, QueryScreen) and app.screen.answered, "the answers")
            assert app.screen.line.value == "possesses(B, long_rifles), B != grey_band"
            assert len(app.screen.answered.answers) == DEEDS + 2
            await press(app, pilot, "escape")
            assert tree.has_focus

    play(journey())
