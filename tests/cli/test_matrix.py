"""`ascribe matrix`: cells that a fresh ranking bears out, documented figures, safe CSV, every form of output."""

from __future__ import annotations

import csv
import io

import pytest

from reasoner.exchange.csv_text import as_text, csv_text
from reasoner.exchange.matrix_page import letter, matrix_page, sign
from reasoner.exchange.page_text import page_text
from reasoner.explanation.changes import Changes
from reasoner.explanation.matrix import TELLS, Matrix
from reasoner.inquiry import open_case
from tests.cli.running import CASES, ascribe, in_json


@pytest.fixture(scope="module")
def matrices() -> list[Matrix]:
    """The matrix of every role of the shipped cases."""
    inquiries = [open_case(case) for case in CASES]
    return [inquiry.matrix(role) for inquiry in inquiries for role in inquiry.rankings]


def test_the_json_has_every_hypothesis_and_every_cell() -> None:
    """Each fact says what it does for each hypothesis of the ranking, in decibans, the most diagnostic first."""
    found = in_json("matrix", "ain_al_assad_2023")
    actors = {row["actor"] for row in found["hypotheses"]}
    spreads = [each["diagnosticity"] for each in found["evidence"]]

    assert spreads == sorted(spreads, reverse=True)
    assert all(each["decibans"].keys() == actors for each in found["evidence"])
    assert {"iran_backed_groups"} == found["evidence"][0]["umbrellas"].keys()


def test_diagnosticity_is_the_spread_between_hypotheses(matrices: list[Matrix]) -> None:
    """The largest of what a fact does for any hypothesis, less the smallest; umbrellas are no hypotheses here."""
    for matrix in matrices:
        for each in matrix.evidence:
            alone = [weight for (_, together), weight in each.decibans.items() if not together]
            assert each.diagnosticity == pytest.approx(max(alone) - min(alone))
            assert each.diagnosticity >= TELLS


def test_inconsistency_adds_up_what_speaks_against(matrices: list[Matrix]) -> None:
    """A hypothesis's inconsistency is the number and the weight of its cells with a minus."""
    for matrix in matrices:
        for row, against in matrix.against.items():
            minus = [each.decibans[row] for each in matrix.evidence if sign(each.decibans[row]).startswith("−")]
            assert len(minus) == against.facts
            assert -sum(minus) == pytest.approx(against.decibans)


def test_a_cell_is_what_the_ranking_loses_without_the_fact() -> None:
    """Retracting the fact and asking anew moves the hypothesis's mean weight by what the cell says."""
    inquiry = open_case("kadhimi_2021")
    before = inquiry.assessment.outlooks["perpetrator"]
    for each in inquiry.matrix().evidence[:4]:
        after = inquiry.changed(Changes(retract=(each.fact,))).assessment.outlooks["perpetrator"]
        for actor in before.actors:
            moved = before.weight(actor) - after.weight(actor)
            assert moved == pytest.approx(each.decibans[actor, False], abs=1e-6)


def test_the_csv_has_a_row_a_hypothesis_and_a_column_a_fact() -> None:
    """Rows are as in the ranking, umbrellas first and members beneath; the last says how diagnostic a fact is."""
    rows = list(csv.reader(io.StringIO(ascribe("matrix", "ain_al_assad_2023", "--csv").stdout)))
    matrix = open_case("ain_al_assad_2023").matrix()

    assert {3 + len(matrix.evidence)} == {len(row) for row in rows}
    assert "Iran-backed groups in Iraq" == rows[1][0]
    assert "Diagnosticity (dB)" == rows[-1][0]
    assert float(rows[-1][3]) == pytest.approx(matrix.evidence[0].diagnosticity, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("\x1b=1", "'=1"),
        ("\u200b=1", "'=1"),
        ("＝1", "'＝1"),
        ("plain, with\x07 a bell", "plain, with a bell"),
        ("one\ntwo", "one two"),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """Text that a spreadsheet would obey is marked as text, and control characters are gone."""
    assert cell == as_text(text)
    assert [[cell, "-2.5"]] == list(csv.reader(io.StringIO(csv_text([[text, -2.5]]))))


@pytest.mark.parametrize("columns", [40, 80, 110])
def test_the_text_fits_the_terminal(columns: int, matrices: list[Matrix]) -> None:
    """No line is wider than the terminal, and every letter of the grid stands in the list beneath."""
    for matrix in matrices:
        text = page_text(matrix_page(matrix), columns)
        assert max(map(len, text.split("\n"))) <= columns


@pytest.mark.parametrize(("place", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (52, "BA")])
def test_columns_have_letters(place: int, said: str) -> None:
    """A to Z, then AA and so on."""
    assert said == letter(place)


@pytest.mark.parametrize(
    ("decibans", "said"), [(0.49, "·"), (0.5, "+"), (3, "++"), (-0.49, "·"), (-2.9, "−"), (-3, "−−")]
)
def test_signs_stand_for_decibans(decibans: float, said: str) -> None:
    """Nothing below half a deciban, doubled from 3 dB on."""
    assert said == sign(decibans)


def test_two_forms_at_once_are_refused() -> None:
    """--csv with --json ends with exit code 2 and says why."""
    done = ascribe("matrix", "kadhimi_2021", "--csv", "--json")

    assert 2 == done.returncode
    assert "--csv excludes" in done.stderr
