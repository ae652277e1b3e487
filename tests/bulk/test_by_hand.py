"""What grounding a feed promises: for every rule as many instances as SQL finds that somebody wrote for that rule."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bulk.feeds import ROOT


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("feeds")
    script = ROOT / "benchmarks" / "bulk.py"
    command = [sys.executable, script, "--incidents", "300", "--json", "--without-engines", "--folder", folder]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def test_the_same_instances_are_found_by_hand(figures: dict[str, object]) -> None:
    """The benchmark stops where they differ; else it tells how the times compare."""
    assert figures["instances"] == sum(figures["counts"]) > 20_000
    assert figures["ground_ratio"] > 0


def test_the_figures_are_there(figures: dict[str, object]) -> None:
    """Those that goals are set for."""
    assert {"ground_ratio", "rank_seconds", "peak_gb", "instances"} <= figures.keys()


def test_other_instances_stop_the_benchmark(tmp_path: Path) -> None:
    """So that no time is compared with that of another task."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import bulk

    measured = bulk.Measured(tmp_path, 1, 256)
    measured.agree("ours", [1, 2, 3])
    measured.agree("what cannot tell", [1, None, 3])

    with pytest.raises(bulk.Disagreement, match="rule 2"):
        measured.agree("SQL by hand", [1, 2, 4])
