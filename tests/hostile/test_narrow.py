"""Answers fit the terminal, however narrow."""

from __future__ import annotations

import pytest

from tests.hostile.run import Shell

CASE = "kadhimi_2021"
ASKED = (
    f"rank {CASE}",
    f"why {CASE}",
    f"missing {CASE}",
    f"matrix {CASE}",
    f"timeline {CASE}",
    f"why-not {CASE} islamic_state",
    f"compare {CASE} iran_backed_groups other",
    "cases",
    "query possesses(A,C),scarce(C)",
    f"query grievance(A,B,C) --case {CASE}",
)


@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_fits_forty_columns(asked: str, shell: Shell) -> None:
    """No line is wider than the terminal; what stands beside something where there is room stands below it."""
    done = shell(*asked.split(), columns=40)

    assert 0 == done.code, done.err
    assert [] == [line for line in done.out.splitlines() if len(line) > 40]


def test_in_a_narrow_terminal_the_words_stand_below_the_number(shell: Shell) -> None:
    """The ranking keeps its probability words, with their bands."""
    assert "\n     likely (55–80 %)\n" in shell("rank", CASE, columns=40).out
    assert "%  likely (55–80 %)" in shell("rank", CASE, columns=80).out
