"""A run that is done, made once for all the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bulk.feeds import INCIDENTS, made, ranked


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a small feed and a run over it in `out`; not to be changed."""
    folder = tmp_path_factory.mktemp("finished")
    made(folder, INCIDENTS)
    ranked(folder)
    return folder
