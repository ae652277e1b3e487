"""Answers fit the terminal, however narrow."""

from __future__ import annotations

import pytest

from reasoner.cells import cells, cut
from reasoner.exchange.layout import wrapped
from reasoner.exchange.page import Column, Table
from reasoner.exchange.page_text import table_lines
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


WIDE = "漢字の長い文がここにあります。"


def test_wide_characters_take_two_columns() -> None:
    """Lines of text and columns of tables are measured in columns of the terminal, in every script."""
    lines = wrapped(f"plain {WIDE} {WIDE} e\u0301 end", "- ", "  ", 20)
    table = Table((Column("name"), Column("%", "right"), Column("said")), (("漢字", "1 %", "a"), ("ab", "22 %", "b")))

    assert all(cells(line) <= 20 for line in lines)
    assert f"plain{WIDE}{WIDE}e\u0301end" == "".join("".join(lines).removeprefix("- ").split())
    assert ["  name     %  said", "  漢字   1 %  a", "  ab    22 %  b"] == list(table_lines(table, 40))
    assert ("漢…", "漢字") == (cut("漢字", 3), cut("漢字", 4))
