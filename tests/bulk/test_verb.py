"""What `ascribe bulk` and `--bulk` promise on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.bulk.running import Done
from reasoner.cli import cli
from reasoner.problems import InputError
from tests.bulk.feeds import INCIDENTS, ROOT, made, ranked, rows

FEED = ["bulk", "feed.parquet", "--mapping", "made.feed.yaml", "--jobs", "1"]
ASKED = [*FEED, "-o", "out"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a small feed, as the current folder."""
    made(tmp_path, INCIDENTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def done(finished: Path, monkeypatch: pytest.MonkeyPatch) -> Done:
    """What came of a run over the same feed, in its folder as the current one."""
    monkeypatch.chdir(finished)
    return Done(INCIDENTS, INCIDENTS, finished / "out" / "rankings.parquet", {}, finished / "out" / "rejected.csv")


def an_incident(done: Done) -> str:
    """One that somebody is a candidate for."""
    return str(rows(done)[0]["case"])


def with_rankings(done: Done) -> int:
    """How many incidents somebody is a candidate for."""
    return len({row["case"] for row in rows(done)})


def called(*arguments: str) -> Result:
    """A call of the command, in this process."""
    return CliRunner().invoke(cli, arguments)


def test_the_rankings_are_named_on_stdout(folder: Path) -> None:
    """One line, the file; what went on and what to type next are on stderr."""
    result = called(*ASKED)

    assert (result.exit_code, result.stdout) == (0, f"{Path('out') / 'rankings.parquet'}\n")
    done = Done(INCIDENTS, 0, folder / "out" / "rankings.parquet", {}, folder)
    assert f"{with_rankings(done)} incidents ranked." in result.stderr
    assert "ascribe why CASE ACTOR --bulk out" in result.stderr


def test_json_says_what_came_of_it(done: Done) -> None:
    """How many incidents, how many of them ranked, which file, and what was rejected for which reason."""
    found = json.loads(called(*ASKED, "--json").stdout)

    path = str(Path("out") / "rankings.parquet")
    assert found == {"incidents": INCIDENTS, "ranked": with_rankings(done), "rankings": path, "rejected": {}}


def test_what_could_not_be_used_is_listed(folder: Path) -> None:
    """In `rejected.csv`: file, row, which fact of the mapping, why, and the value; the rest is ranked."""
    import duckdb

    with duckdb.connect() as connection:
        places = "CASE incident WHEN 'case_3' THEN 'atlantis' ELSE place END AS place"
        connection.sql(f"SELECT * REPLACE ({places}) FROM 'feed.parquet'").write_parquet("lost.parquet")
    result = called("bulk", "lost.parquet", *ASKED[2:])
    lines = (folder / "out" / "rejected.csv").read_text().splitlines()

    assert lines[0] == "file,row,fact,reason,words,value"
    assert [line.rpartition("lost.parquet")[2] for line in lines[1:]] == [
        ",4,2,unknown-entity,unknown actor or entity,atlantis"
    ]
    assert "1 × unknown-entity" in result.stderr


@pytest.mark.parametrize("form", ["csv", "ndjson", "duckdb"])
def test_every_form_holds_the_same_rows(form: str, done: Done, tmp_path: Path) -> None:
    """Parquet, CSV, NDJSON and DuckDB differ in nothing but form."""
    import duckdb

    whole = rows(done)
    called(*FEED, "-o", str(tmp_path / "out"), "--format", form)
    path = tmp_path / "out" / f"rankings.{form}"
    with duckdb.connect() as connection:
        if form == "duckdb":
            connection.execute(f"ATTACH '{path}' AS made")
            relation = connection.table("made.ranking")
        else:
            relation = connection.read_csv(str(path)) if form == "csv" else connection.read_json(str(path))
        columns = relation.columns
        found = [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    assert len(found) == len(whole)
    for one, other in zip(found, whole, strict=True):
        assert one == pytest.approx(other)


def test_an_incident_opens_with_the_digits_of_its_row(done: Done) -> None:
    """`rank --bulk` and the rankings agree to the last digit, whoever asks for any number of worlds."""
    row = next(row for row in rows(done) if row["kind"] == "hypothesis")

    found = json.loads(called("rank", str(row["case"]), "--bulk", "out", "--json").stdout)
    first = found["roles"]["perpetrator"]["hypotheses"][0]
    assert (first["actor"], first["probability"]) == (row["actor"], round(float(str(row["probability"])), 6))
    assert found["worlds"]["method"] == row["method"]


def test_the_chain_of_a_row_leads_to_its_reports(done: Done) -> None:
    """Down to the source that the feed names."""
    row = next(row for row in rows(done) if str(row["actor"]).startswith("actor"))
    result = called("why", str(row["case"]), str(row["actor"]), "--bulk", "out")

    assert result.exit_code == 0
    assert str(row["name"]).capitalize() in result.stdout
    assert any(name in result.stdout for name in ("the police", "the press", "the wire", "the blog", "the generator"))


@pytest.mark.parametrize("verb", ["rank", "why", "sources", "missing", "matrix", "linchpins"])
def test_questions_of_one_case_are_asked_of_an_incident(verb: str, done: Done) -> None:
    """Every verb that takes `--bulk` answers."""
    assert called(verb, an_incident(done), "--bulk", "out").exit_code == 0


def test_an_unknown_incident_is_told(done: Done) -> None:
    """By its name."""
    with pytest.raises(InputError, match="case_999"):
        CliRunner().invoke(cli, ["rank", "case_999", "--bulk", "out"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("edited", "named"), [("rules/who.dl", "the rules"), ("facts/background/more.yaml", "the background")]
)
def test_rankings_by_other_rules_are_told(edited: str, named: str, finished: Path, folder: Path) -> None:
    """Under rules or a background that changed since, no incident is opened; under those of then, it still is."""
    file = folder / edited
    with file.open("a") as more:
        more.write("% a thought\n" if file.suffix == ".dl" else "background: more\n")
    asked = ["rank", "case_3", "--bulk", str(finished / "out")]

    with pytest.raises(InputError, match=f"made otherwise: {named} changed since"):
        CliRunner().invoke(cli, asked, catch_exceptions=False)
    assert called(*asked, "--rules", str(finished / "rules"), "--facts", str(finished / "facts")).exit_code == 0


def test_another_case_changes_no_ranking(finished: Path, folder: Path) -> None:
    """A run is still asked about when the workspace got another case since."""
    (folder / "facts" / "cases").mkdir(exist_ok=True)
    (folder / "facts" / "cases" / "another.yaml").write_text("case: another\ntitle: Another\n")

    assert called("rank", "case_3", "--bulk", str(finished / "out")).exit_code == 0


def test_worlds_do_not_go_with_a_run(done: Done) -> None:
    """An incident is opened as its run ranked it; another number of worlds would be another figure."""
    result = called("rank", "case_3", "--bulk", "out", "--worlds", "2048")

    assert result.exit_code == 2
    assert "--worlds does not go with --bulk" in result.stderr


def test_a_folder_without_a_run_is_told(done: Done) -> None:
    """With what to name instead."""
    with pytest.raises(InputError, match="holds no run"):
        CliRunner().invoke(cli, ["rank", "case_3", "--bulk", "facts"], catch_exceptions=False)


def test_a_mapping_that_comes_along_goes_by_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--mapping acled` reads the layout; a feed without its columns is told which are missing."""
    elsewhere = folder.parent / f"{folder.name} elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with pytest.raises(InputError, match="event_id_cnty"):
        CliRunner().invoke(
            cli, ["bulk", str(folder / "feed.parquet"), "--mapping", "acled", "-o", "out"], catch_exceptions=False
        )


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from reasoner.cli import main
sys.argv = ["ascribe", "bulk", "feed.parquet", "--mapping", "made.feed.yaml", "-o", sys.argv[2], "--jobs", "1"]
main()
"""


@pytest.mark.parametrize("room", [50_000, 1_000_000], ids=["while reading", "while ranking"])
def test_a_full_disk_is_told_and_what_was_done_stays(room: int, done: Done, tmp_path: Path) -> None:
    """Exit code 2 and one problem; nothing half-written, earlier rankings as they were; with room again, it goes on."""
    before, out = done.path.read_bytes(), tmp_path / "out"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    failed = subprocess.run(
        [sys.executable, "-c", FULL, str(room), str(out)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    if failed.returncode:  # there may have been just room enough
        assert failed.returncode == 2, failed.stderr
        assert "Traceback" not in failed.stderr
        assert not (out / "rankings.parquet").exists()
    else:
        assert room > 50_000
    assert done.path.read_bytes() == before
    assert called(*FEED, "-o", str(out)).exit_code == 0
    assert rows(ranked(Path.cwd(), out)) == rows(done)


def test_an_incident_opened_again_waits_for_no_parser(finished: Path) -> None:
    """Once rules and background were read, neither YAML nor the models of its forms are loaded, and all is the same."""
    code = """
import sys
from pathlib import Path
from reasoner.bulk.opening import open_incident
from reasoner.evidence.workspace import find_workspace
inquiry = open_incident(Path("out"), "case_7", find_workspace())
print(inquiry.rankings)
print(*sys.modules, file=sys.stderr)
"""
    opened = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=finished,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
        )
        for _ in range(2)
    ]

    assert opened[0].stdout == opened[1].stdout
    assert not {"yaml", "pydantic", "lark", "reasoner.language.parser"} & set(opened[1].stderr.split())


def test_a_number_that_a_feed_cannot_hold_is_refused(folder: Path) -> None:
    """A rule's number is never taken for another constant; it says which one is too large, and how large it may be."""
    with (folder / "rules" / "who.dl").open("a", encoding="utf-8") as file:
        file.write("\nseen(A, C) :- claimed(A, C), 1 < 1073741829.\n")

    with pytest.raises(InputError, match="1,073,741,829, which is too large beside a feed") as error:
        CliRunner().invoke(cli, ASKED, catch_exceptions=False)

    assert error.value.problems[0].hint == "the largest is 536,870,911"


@pytest.mark.parametrize(
    "body", ["N = 50000 * 50000", "N = #sum{ 500000000 : claimed(A, C); 400000000, 1 : claimed(A, C) }"]
)
def test_arithmetic_stays_within_what_a_feed_can_hold(folder: Path, body: str) -> None:
    """A number that grows beyond it ends the run, naming the rule and the range, and is never another constant."""
    with (folder / "rules" / "who.dl").open("a", encoding="utf-8") as file:
        file.write(f"\n%% [grown] {{A}} {{N}}.\nseen(A, C) :- claimed(A, C), {body}, N > 0.\n")

    with pytest.raises(InputError, match="rule `grown` computes a number beyond 536,870,911"):
        CliRunner().invoke(cli, ASKED, catch_exceptions=False)
