"""The cases that ascribe ships."""

from __future__ import annotations

from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
CASES = tuple(sorted(path.stem for path in (HOME / "facts" / "cases").glob("*.yaml")))
"""Ids of all shipped cases, in alphabetical order."""
