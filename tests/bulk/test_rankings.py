"""What a run over a feed promises of its figures: those that each incident would have as a case of its own."""

from __future__ import annotations

from itertools import groupby, islice
from pathlib import Path

import pytest

from reasoner.assessment.words import words
from reasoner.bulk.folder import STORE_FILE
from reasoner.feed.store import FeedStore
from tests.bulk.feeds import INCIDENTS, alone, made, ranked, rows

CHECKED = 12


@pytest.mark.parametrize("doubtful", [0.0, 0.3], ids=["background given", "background in doubt"])
def test_each_incident_has_the_figures_of_a_case(doubtful: float, tmp_path: Path) -> None:
    """Probabilities to twelve digits, umbrellas, who leads, who is named: in the same worlds, by either method.

    Standard errors, too, where worlds are sampled; where they are enumerated there is none.
    """
    workspace, rules = made(tmp_path, 300, doubtful=doubtful)
    done = ranked(tmp_path)
    store = FeedStore(tmp_path / "out" / STORE_FILE, workspace, rules)

    found = rows(done)
    assert ("sampled" if doubtful else "exact") in {row["method"] for row in found}
    for case, group in islice(groupby(found, key=lambda row: row["case"]), CHECKED):
        these = list(group)
        assessment = alone(store, str(case), 256, str(these[0]["method"]))
        outlook, judged = assessment.outlooks["perpetrator"], assessment.judgements["perpetrator"]
        expected = {("hypothesis", actor): probability for actor, probability in outlook.actors.items()}
        expected |= {("umbrella", actor): probability for actor, probability in outlook.umbrellas.items()}
        got = {(row["kind"], row["actor"]): row["probability"] for row in these}
        assert got == pytest.approx(expected, abs=1e-12), case
        assert {(row["verdict"], row["leading"]) for row in these} == {(judged.verdict, judged.subject)}, case
        errors = {row["actor"]: row["standard_error"] for row in these if row["kind"] == "hypothesis"}
        posterior = outlook.posterior
        if these[0]["method"] == "sampled":
            spreads = posterior.worlds.standard_error(posterior.chances)
            assert errors == pytest.approx(dict(zip(posterior.role.actors, spreads, strict=True)), abs=1e-12)
        else:
            assert set(errors.values()) == {None}
        assert all(row["words"] == words(float(str(row["probability"]))) for row in these)
        in_order = [row["probability"] for row in these if row["kind"] == "hypothesis"]
        assert in_order == sorted(in_order, reverse=True)


def test_the_first_so_many_are_kept(finished: Path, tmp_path: Path) -> None:
    """Of each kind, in the order of the whole ranking."""
    whole, top = rows(ranked(finished)), rows(ranked(finished, tmp_path / "top", top=2))

    assert top == [row for row in whole if int(str(row["place"])) <= 2]


def test_processes_share_the_work_without_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, and however many incidents a batch has, the rankings are the same."""
    made(tmp_path, 700)
    whole = rows(ranked(tmp_path))
    monkeypatch.setattr("reasoner.bulk.working._INSTANCES", 1)  # batches of the smallest size

    together = ranked(tmp_path, "two", jobs=2)

    assert rows(together) == whole


def test_where_nobody_is_a_candidate_there_is_no_row(finished: Path, tmp_path: Path) -> None:
    """Not even for somebody not on the list: there is no ranking. Where all incidents are so, the file is empty."""
    made(tmp_path, INCIDENTS)
    rules = tmp_path / "rules" / "who.dl"
    rules.write_text(rules.read_text().replace("operates_in(A, R).", "operates_in(A, R), seen(A, J), J != I."))

    assert 0 < len({row["case"] for row in rows(ranked(finished))}) < INCIDENTS
    assert rows(ranked(tmp_path)) == []
