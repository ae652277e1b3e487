"""The command line as a user without a terminal runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CASES = ("abu_ghraib_2023", "ain_al_assad_2023", "kadhimi_2021")


def ascribe(*arguments: str, cwd: Path = ROOT, columns: int = 80) -> subprocess.CompletedProcess[str]:
    """Run one command in a terminal so many columns wide."""
    return subprocess.run(
        [sys.executable, "-m", "reasoner.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": str(columns)},
        check=False,
    )


def in_json(*arguments: str, cwd: Path = ROOT) -> Any:
    """What a verb says in JSON."""
    done = ascribe(*arguments, "--json", cwd=cwd)
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)
