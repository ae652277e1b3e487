"""Problems as JSON, for editors and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from reasoner.problems import Problem


def problems_json(problems: Sequence[Problem]) -> dict[str, Any]:
    """Every problem with its place."""
    return {"problems": [asdict(problem) for problem in problems]}
