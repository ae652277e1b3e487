"""What the calculus promises at scale: planted actors are found as often as it says, and percentages come true.

A test of everything at once: rules weighed by the odds that the generator's own rates imply, thousands of incidents,
and nothing but the rankings that come out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pytest

from tests.bulk.feeds import made, ranked

INCIDENTS = 6_000


@dataclass(frozen=True)
class Found:
    """Of each hypothesis in each incident: how probable it was called, whether it was so, and whether it came first."""

    probability: np.ndarray
    right: np.ndarray
    first: np.ndarray
    listed: np.ndarray

    def of(self, rows: np.ndarray) -> Found:
        return Found(self.probability[rows], self.right[rows], self.first[rows], self.listed[rows])


def found(folder: Path, **rates: float) -> Found:
    """Plant and rank."""
    made(folder, INCIDENTS, **rates)
    done = ranked(folder)
    with duckdb.connect() as connection:
        columns = connection.execute(
            """
            SELECT r.probability, r.actor = CASE WHEN t.actor < 0 THEN 'other' ELSE 'actor_' || t.actor END AS hit,
                   r.place = 1 AS top, r.actor <> 'other' AS listed
            FROM read_parquet($ranked) r JOIN read_parquet($truth) t ON t.incident = r."case"
            WHERE r.kind = 'hypothesis'
            """,
            {"ranked": str(done.path), "truth": str(folder / "truth.parquet")},
        ).fetchnumpy()
    return Found(columns["probability"], columns["hit"], columns["top"], columns["listed"])


def bands(of: Found) -> Iterable[tuple[float, float, int]]:
    """By tenths of probability: what was said on the mean, what came true, and of how many."""
    tenth = np.minimum((of.probability * 10).astype(int), 9)
    for each in np.unique(tenth):
        rows = tenth == each
        yield float(of.probability[rows].mean()), float(of.right[rows].mean()), int(rows.sum())


def off(of: Found) -> float:
    """The expected calibration error: how far what came true lies from what was said, on the mean over all rows."""
    return sum(abs(said - true) * number for said, true, number in bands(of)) / len(of.probability)


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Incidents with reports that are as good as certain."""
    return found(tmp_path_factory.mktemp("confirmed"), mixed=0.0)


def test_planted_actors_are_found_as_often_as_said(confirmed: Found) -> None:
    """How often whoever comes first is the one who did it: the mean of what the first are called, within a percent."""
    first = confirmed.of(confirmed.first)

    assert first.right.mean() == pytest.approx(first.probability.mean(), abs=0.01)
    assert first.right.mean() > 0.9


def test_percentages_come_true(confirmed: Found) -> None:
    """Over all hypotheses, said and true lie half a percent apart; where much is said, ten at most in any tenth."""
    assert off(confirmed) < 0.005
    for said, true, number in bands(confirmed.of(confirmed.listed)):
        assert abs(said - true) < 0.10 + 3 * (said * (1 - said) / number) ** 0.5


def test_doubtful_reports_never_say_too_much(tmp_path: Path) -> None:
    """Of whoever is listed, at least as much comes true as is said: a good fit does not talk doubt in reports away."""
    doubted = found(tmp_path)
    listed = doubted.of(doubted.listed & (doubted.probability > 0.1))

    for said, true, number in bands(listed):
        assert true > said - 3 * (said * (1 - said) / number) ** 0.5


@pytest.mark.parametrize("rates", [{"noise": 0.6}, {"deceit": 0.6, "claims": 0.1}], ids=["noise", "deceit"])
def test_what_is_hard_to_tell_is_told_less_surely(rates: dict[str, float], tmp_path: Path, confirmed: Found) -> None:
    """Noise and deceit cost certainty, as the rules know their rates; what remains still comes true."""
    first, before = found(tmp_path, mixed=0.0, **rates), confirmed.of(confirmed.first)
    first = first.of(first.first)

    assert first.probability.mean() < before.probability.mean()
    assert first.right.mean() < before.right.mean() + 0.005
    assert first.right.mean() == pytest.approx(first.probability.mean(), abs=0.04)
