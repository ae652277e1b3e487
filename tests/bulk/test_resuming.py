"""What a run that is broken off promises: it goes on where it stopped, and nobody can tell afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from reasoner.bulk.folder import STORE_FILE
from reasoner.bulk.running import Done
from reasoner.problems import InputError
from tests.bulk.feeds import INCIDENTS, ROOT, made, ranked, rows

KILLS = 3
MANY = 1_500

IN_SMALL_BATCHES = """
import sys
import reasoner.bulk.working as working
working._INSTANCES = 1
from reasoner.cli import main
if __name__ == "__main__":
    output, jobs = sys.argv[1:]
    sys.argv = ["ascribe", "bulk", "feed.parquet", "--mapping", "made.feed.yaml", "-o", output, "--jobs", jobs]
    main()
"""


def started(folder: Path, output: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A run in a process group of its own, in batches of 250 incidents."""
    script = folder / "run.py"
    script.write_text(IN_SMALL_BATCHES)
    return subprocess.Popen(
        [sys.executable, str(script), str(output), str(jobs)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    """A workspace with a larger feed, and the rows of a run over it that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    made(folder, MANY)
    return folder, rows(ranked(folder))


@pytest.mark.parametrize("jobs", [1, 2])
def test_kills_leave_no_trace(jobs: int, undisturbed: tuple[Path, list[dict[str, object]]], tmp_path: Path) -> None:
    """Killed at random points, started again each time: the rows of a run that nobody disturbed, each once."""
    folder, whole = undisturbed
    output = tmp_path / "out"
    rng = Random(jobs)
    for _ in range(KILLS):
        process = started(folder, output, jobs)
        time.sleep(rng.uniform(0.3, 4.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    process = started(folder, output, jobs)
    _, said = process.communicate(timeout=120)

    assert process.returncode == 0, said.decode()
    assert rows(Done(MANY, MANY, output / "rankings.parquet", {}, output)) == whole
    assert sorted(path.name for path in output.iterdir()) == [
        ".lock",
        STORE_FILE,
        "rankings.parquet",
        "rejected.csv",
        "run.json",
    ]


def test_what_is_done_is_not_done_again(finished: Path) -> None:
    """A finished run that is started once more reads nothing and writes nothing."""
    stamps = {path: path.stat().st_mtime_ns for path in (finished / "out").iterdir() if path.name != ".lock"}

    assert ranked(finished).incidents == INCIDENTS
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}


@pytest.mark.parametrize(
    ("changed", "named"), [({"worlds": 512}, "--worlds"), ({"seed": 1}, "--seed"), ({"top": 1}, "--top")]
)
def test_a_folder_holds_one_run(changed: dict[str, int], named: str, finished: Path) -> None:
    """Asked for otherwise, it is told what differs, and nothing there is touched."""
    before = ranked(finished).path.read_bytes()

    with pytest.raises(InputError, match=named):
        ranked(finished, **changed)
    assert (finished / "out" / "rankings.parquet").read_bytes() == before


def test_other_rules_are_another_run(tmp_path: Path) -> None:
    """A folder does not go on under rules that its first half was not ranked by."""
    made(tmp_path, 30)
    ranked(tmp_path)
    with (tmp_path / "rules" / "who.dl").open("a") as file:
        file.write("\npointed_at(I, A) :- claimed(A, I).\n")

    with pytest.raises(InputError, match="the rules"):
        ranked(tmp_path)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """No run is started among files that are not its own."""
    made(tmp_path, 30)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("mine")

    with pytest.raises(InputError, match="not empty"):
        ranked(tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name != ".lock"] == ["thesis.tex"]


def test_one_run_at_a_time(finished: Path) -> None:
    """A second run in the same folder is refused while the first is at work."""
    from reasoner.bulk.folder import claimed, settings_of

    with claimed(finished / "out", settings_of(finished / "out")), pytest.raises(InputError, match="at work"):
        ranked(finished)
