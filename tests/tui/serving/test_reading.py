"""A visitor's process without `--edit` changes no file and starts no other, whichever part of ascribe would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TRIES = """
import os, subprocess, sys
from pathlib import Path
from tui.serving.reading import only_read

kept, outside = Path("kept"), Path("outside")
only_read(kept)
(kept / "entry").write_text("may be")
os.replace(kept / "entry", kept / "entry.json")
assert outside.joinpath("a").read_text() == "as it was"
for name, attempt in {
    "write": lambda: (outside / "a").write_text("changed"),
    "append": lambda: (outside / "a").open("a"),
    "low": lambda: os.open(outside / "b", os.O_CREAT),
    "mkdir": lambda: (outside / "c").mkdir(),
    "rename": lambda: (outside / "a").rename(kept / "a"),
    "remove": lambda: (outside / "a").unlink(),
    "link": lambda: os.link(kept / "entry.json", outside / "d"),
    "away": lambda: (kept / ".." / "outside" / "e").write_text("changed"),
    "by a link": lambda: (kept / "link" / "f").write_text("changed"),
    "program": lambda: subprocess.run(["true"]),
    "shell": lambda: os.system("true"),
}.items():
    try:
        attempt()
    except PermissionError as error:
        assert error.strerror == "this page is for reading", name
    else:
        sys.exit(f"{name} was not refused")
"""


def test_what_would_write_or_start_something_is_refused(tmp_path: Path) -> None:
    """Only the folder of what the reasoner keeps may change; reading goes on as ever."""
    for name in ("kept", "outside"):
        (tmp_path / name).mkdir()
    (tmp_path / "outside" / "a").write_text("as it was")
    (tmp_path / "kept" / "link").symlink_to(tmp_path / "outside")
    done = subprocess.run([sys.executable, "-c", TRIES], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert ["a"] == [path.name for path in (tmp_path / "outside").iterdir()]
    assert "as it was" == (tmp_path / "outside" / "a").read_text()
