import pytest

from tests.evidence.desk import Desk


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty workspace, which is also the current folder."""
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)
