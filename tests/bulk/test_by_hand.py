"""What grounding a feed promises: for every rule as many instances as SQL finds that somebody wrote for that rule."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tests.bulk.feeds import ROOT

sys.path.append(str(ROOT / "benchmarks"))

import bulk


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the benchmark prints; each takes one turn, as its time is of no interest here."""
    folder, printed = tmp_path_factory.mktemp("feeds"), StringIO()
    command = ["bulk.py", "--incidents", "300", "--json", "--without-engines", "--folder", str(folder)]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setattr("sys.argv", command)
        patch.setattr(bulk, "TURNS", 1)
        bulk.main()
    return dict(json.loads(printed.getvalue()))


def test_the_same_instances_are_found_by_hand(figures: dict[str, object]) -> None:
    """The benchmark stops where they differ; else it tells how the times compare."""
    assert figures["instances"] == sum(figures["counts"]) > 20_000
    assert figures["ground_ratio"] > 0


def test_the_figures_are_there(figures: dict[str, object]) -> None:
    """Those that goals are set for."""
    assert {"ground_ratio", "rank_seconds", "peak_gb", "instances"} <= figures.keys()


def test_other_instances_stop_the_benchmark(tmp_path: Path) -> None:
    """So that no time is compared with that of another task."""
    measured = bulk.Measured(tmp_path, 1, 256)
    measured.agree("ours", [1, 2, 3])
    measured.agree("what cannot tell", [1, None, 3])

    with pytest.raises(bulk.Disagreement, match="rule 2"):
        measured.agree("SQL by hand", [1, 2, 4])
