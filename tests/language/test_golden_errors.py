"""What an analyst is shown for a broken rule file, word for word."""

from __future__ import annotations

import pytest

from tests.language import golden


@pytest.mark.parametrize("case", golden.cases(), ids=[case.title for case in golden.cases()])
def test_a_broken_file_is_explained_in_these_words(case: golden.Golden) -> None:
    assert case.shown == golden.shown(case.text)


def test_no_case_is_without_a_problem() -> None:
    assert all(case.shown and case.shown != "No problem." for case in golden.cases())
