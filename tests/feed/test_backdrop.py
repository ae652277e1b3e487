"""The background of a feed: recalled while its files stay as they are, read anew once they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.feed.backdrop import read_backdrop
from reasoner.problems import InputError
from tests.feed.feeds import BACKGROUND, Desk


def test_a_change_of_the_background_is_seen(tmp_path: Path) -> None:
    """What is stated since, and what is wrong since, even though the background was read before."""
    desk = Desk(tmp_path)
    path = tmp_path / "facts" / "background" / "known.yaml"
    before = read_backdrop(desk.workspace, desk.rules)
    assert read_backdrop(desk.workspace, desk.rules) == before

    path.write_text(BACKGROUND + '  - {fact: "operates_in(blue, hills)", source: paper, credibility: 1}\n')
    after = read_backdrop(desk.workspace, desk.rules)
    assert [str(each.atom) for each in after.scope.statements[len(before.scope.statements) :]] == [
        "operates_in(blue, hills)"
    ]

    path.write_text(BACKGROUND + '  - {fact: "operates_in(blue, hills)", source: nobody, credibility: 1}\n')
    with pytest.raises(InputError):
        read_backdrop(desk.workspace, desk.rules)


def test_a_case_that_is_gone_is_no_longer_known(tmp_path: Path) -> None:
    """The background may name cases: without the case's file the same background has a mistake."""
    desk = Desk(tmp_path, BACKGROUND + '  - {fact: "launched_from(bridge, port)", source: paper, credibility: 2}\n')
    desk.case("bridge", {"facts": []})
    read_backdrop(desk.workspace, desk.rules)
    (tmp_path / "facts" / "cases" / "bridge.yaml").unlink()
    with pytest.raises(InputError, match="bridge"):
        read_backdrop(desk.workspace, desk.rules)
