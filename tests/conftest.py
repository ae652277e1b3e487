"""What every test relies on: a cache folder of its own, so that none depends on what ran on this machine before.

Tests start Python hundreds of times, so what is compiled is kept, even where the shell asks for it not to be; and
garbage is collected as often as `ascribe` does.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

import pytest

from reasoner.cli import GARBAGE

gc.set_threshold(GARBAGE)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what workers and commands inherit
sys.dont_write_bytecode = False


def pytest_collection_finish() -> None:
    """Leave what was loaded to collect the tests out of all later collections of garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the reasoner stores apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
