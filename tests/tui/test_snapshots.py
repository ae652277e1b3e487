"""Nothing on any screen changes unseen."""

from __future__ import annotations

import difflib

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.snapshots import GOLDEN, drawn
from tests.tui.stage import NAMES, SIZES


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_every_screen_reads_as_it_did(workspace: Workspace, size: tuple[int, int]) -> None:
    """The text of each screen is the golden one; where a change is meant, `make snapshots` writes it anew."""
    golden = (GOLDEN / f"{NAMES[SIZES.index(size)]}.txt").read_text(encoding="utf-8")
    difference = difflib.unified_diff(
        golden.split("\n"), drawn(workspace, size).split("\n"), "golden", "now", lineterm=""
    )

    assert "" == "\n".join(difference)
