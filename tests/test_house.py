"""The house rules that a user feels: quick starts, one-way imports, small files, a wheel that works anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shipped import CASES

ROOT = Path(__file__).parent.parent
HEAVY = (
    "numpy",
    "pydantic",
    "lark",
    "pyDatalog",
    "textual",
    "yaml",
    "rich",
    "ruamel.yaml",
    "duckdb",
    "sqlglot",
    "pyarrow",
)


def loaded_by(*arguments: str) -> set[str]:
    """Which heavy libraries one call of the command line loads."""
    code = (
        "import sys, json, io, contextlib\n"
        f"sys.argv = ['ascribe', *{list(arguments)!r}]\n"
        "from reasoner.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):\n"
        "    try: main()\n"
        "    except SystemExit: pass\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("rank", "--help"), ("why", "--help")])
def test_help_is_instant(arguments: tuple[str, ...]) -> None:
    """Asking for help loads no reasoning and no UI."""
    assert set() == loaded_by(*arguments)


def test_ranking_loads_no_terminal_ui() -> None:
    """A ranking on the command line doesn't wait for the libraries that draw a screen or change files."""
    assert not {"textual", "rich", "ruamel.yaml", "duckdb", "sqlglot"} & loaded_by("rank", "kadhimi_2021")


def test_imports_go_one_way() -> None:
    """Every import contract of pyproject.toml is kept."""
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)

    assert 0 == done.returncode, done.stdout


@pytest.mark.parametrize("folder", ["reasoner", "tui", "tests", "benchmarks"])
def test_files_stay_small(folder: str) -> None:
    """No source file is over 400 lines, so each can be read at a sitting."""
    long = [str(path) for path in (ROOT / folder).rglob("*.py") if len(path.read_text().splitlines()) > 400]

    assert [] == long


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked, as an installer would leave it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("ascribe-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run_from(site: Path, elsewhere: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of an unpacked wheel from another folder."""
    code = f"import sys; sys.path.insert(0, {str(site)!r}); from reasoner.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=False,
    )


def test_an_installed_ascribe_works_anywhere(unpacked_wheel: Path, tmp_path: Path) -> None:
    """The wheel carries rules and facts: outside a checkout, the shipped cases are there and can be ranked."""
    listed = run_from(unpacked_wheel, tmp_path, "cases", "--json")
    ranked = run_from(unpacked_wheel, tmp_path, "rank", "kadhimi_2021", "--json")

    assert "" == listed.stderr
    assert list(CASES) == [row["case"] for row in json.loads(listed.stdout)["cases"]]
    assert "perpetrator" in json.loads(ranked.stdout)["roles"]


def test_an_installed_ascribe_makes_workspaces(unpacked_wheel: Path, tmp_path: Path) -> None:
    """`ascribe init` copies the shipped rules and facts; in the new folder, they are the ones used."""
    made = run_from(unpacked_wheel, tmp_path, "init", "mine")
    inside = tmp_path / "mine"
    (inside / "facts" / "cases" / "kadhimi_2021.yaml").unlink()
    left = run_from(unpacked_wheel, inside, "cases", "--json")

    assert 0 == made.returncode, made.stderr
    assert "kadhimi_2021" not in {row["case"] for row in json.loads(left.stdout)["cases"]}
