"""Numbers for programs say no more than is known: rounding makes nothing certain, and nothing impossible."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reasoner.exchange.figures import figure
from reasoner.exchange.query_text import answers_csv, answers_json
from tests.small_case import HEAD, small_inquiry

SOURCES = "".join(f"  paper{n}: {{name: Paper {n}, reliability: A}}\n" for n in range(5))
CERTAIN = ", ".join(f"{{source: paper{n}, credibility: 1}}" for n in range(5))


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0.0, 0.0),
        (1.0, 1.0),
        (0.4257, 0.4257),
        (0.12345678, 0.123457),
        (0.9999996, 0.9999996),
        (1 - 2.4e-8, 0.99999998),
        (3e-9, 3e-9),
        (1 - 2**-53, 1 - 2**-53),
        (5e-324, 5e-324),
    ],
)
def test_rounding_reaches_neither_0_nor_1(probability: float, shown: float) -> None:
    """Unless the value is exactly that."""
    assert figure(probability) == shown


def test_a_fact_that_many_report_is_told_from_one_that_is_given(tmp_path: Path) -> None:
    """In JSON and CSV of a query, and of a ranking."""
    facts = f'{{fact: "possesses(red_band, rifles)", reports: [{CERTAIN}]}}\n{{assume: "possesses(blue_band, rifles)"}}'
    inquiry = small_inquiry(tmp_path, facts, head=HEAD.replace("facts:\n", f"{SOURCES}facts:\n"))
    answers = inquiry.query("possesses(A, rifles)")
    by_actor = {row["bindings"]["A"]: row["probability"] for row in answers_json(answers)["answers"]}

    assert by_actor["blue_band"] == 1.0 > by_actor["red_band"] > 0.999999
    assert ",1.0," in answers_csv(answers) and ",0.99999" in answers_csv(answers)
    assert json.loads(json.dumps(by_actor)) == by_actor
