"""Builds the wheel, installs it with the oldest and with the newest Textual it admits, and walks through every screen.

``make installed`` runs it. The virtual environments are kept in the user's cache folder from one run to the next.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ascribe-tests"
QUIET = ("-qq", "--disable-pip-version-check")


def admitted() -> str:
    """The range of Textual that the project asks for."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return next(each for each in wanted if re.match(r"textual\b", each))


def oldest(wanted: str) -> str:
    """That range's lowest version alone."""
    return re.sub(r"^textual>=([\d.]+).*$", r"textual==\1", wanted)


def walked(name: str, wheel: Path, textual: str) -> str:
    """What came of the walk with one Textual; raises `SystemExit` with what was wrong."""
    folder = KEPT / name
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True, clear=True)
    pip = [python, "-m", "pip", "install", *QUIET]
    subprocess.run([*pip, "--force-reinstall", "--no-deps", wheel], check=True)  # its version is that of the one before
    subprocess.run([*pip, "--upgrade", wheel, textual], check=True)
    done = subprocess.run(
        [python, "-P", Path(__file__).with_name("every_pane.py")], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout.strip()


def main() -> None:
    """Both, side by side."""
    wanted = admitted()
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "pip", "wheel", *QUIET, "--no-deps", "--no-build-isolation", "-w", folder]
        subprocess.run([*build, str(ROOT)], check=True)
        (wheel,) = Path(folder).glob("ascribe-*.whl")
        with ThreadPoolExecutor() as both:
            for said in both.map(
                lambda each: walked(each[0], wheel, each[1]), (("oldest", oldest(wanted)), ("newest", wanted))
            ):
                print(said)


if __name__ == "__main__":
    main()
