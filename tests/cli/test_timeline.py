"""`ascribe timeline`: every step is what `rank --as-of` says, what moved it adds up, and steps fold and fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reasoner.assessment.result import Settings
from reasoner.assessment.words import percent
from reasoner.evidence.moments import written_date
from reasoner.evidence.workspace import init_workspace
from reasoner.exchange.page_text import page_text
from reasoner.exchange.timeline_json import timeline_json
from reasoner.exchange.timeline_page import timeline_page
from reasoner.explanation.changes import Changes
from reasoner.explanation.movers import MOVES
from reasoner.explanation.timeline import Timeline
from reasoner.inquiry import Inquiry, open_case
from tests.cli.overtaking import CASE as CASE_OF_TWO
from tests.cli.overtaking import overtaking
from tests.cli.retracting import ADMITTED, retracting
from tests.cli.retracting import CASE as RETRACTED
from tests.cli.running import CASES, ascribe, in_json

SAMPLED = Settings(worlds=4_096, method="sampled")


@pytest.fixture(scope="module")
def told() -> dict[str, Timeline]:
    """The timeline of each shipped case."""
    return {case: open_case(case, settings=SAMPLED).timeline() for case in CASES}


def as_of(case: str, moment: str) -> Inquiry:
    return open_case(case, as_of=moment, settings=SAMPLED)


def test_the_json_has_the_fields_that_programs_read() -> None:
    """Steps in order, each with the moment, the leader, all hypotheses and what moved them; the last is the ranking."""
    steps = in_json("timeline", "kadhimi_2021")["steps"]
    ranked = in_json("rank", "kadhimi_2021")["roles"]["perpetrator"]

    assert all(step.keys() >= {"as_of", "leader", "hypotheses", "because"} for step in steps)
    assert steps[-1]["leader"] == ranked["leader"]
    shown = {row["actor"]: row["probability"] for row in steps[-1]["hypotheses"]}
    assert shown == pytest.approx({row["actor"]: row["probability"] for row in ranked["hypotheses"]}, abs=1e-6)


def test_each_step_is_the_ranking_as_known_then(told: dict[str, Timeline]) -> None:
    """Grounded, drawn and weighed afresh from what was known then, everybody stands where the step says."""
    for case, timeline in told.items():
        for step in timeline.steps:
            outlook = as_of(case, step.moment.written).assessment.outlooks.get("perpetrator")
            assert step.chances == pytest.approx(dict(outlook.actors) if outlook else {}, abs=1e-9)
            assert step.umbrellas == pytest.approx(dict(outlook.umbrellas) if outlook else {}, abs=1e-9)


def test_what_moved_somebody_did_so_by_half_a_deciban(told: dict[str, Timeline]) -> None:
    """Movers come by size, the first one's factor moved by as much as it says, and only steps that changed have any."""
    for timeline in told.values():
        for step in timeline.steps:
            sizes = [abs(mover.after - mover.before) for mover in step.because]
            assert sizes == sorted(sizes, reverse=True)
            assert all(size >= MOVES for size in sizes)
            assert step.changed or not step.because


def test_reports_named_for_a_move_are_new(told: dict[str, Timeline]) -> None:
    """A fact beneath a mover was reported since the step before."""
    for case, timeline in told.items():
        before = None
        for step in timeline.steps:
            facts = as_of(case, step.moment.written).base.facts
            for atom in (atom for mover in step.because for atom in mover.facts):
                dates = [report.date.instant for report in facts[atom].reports if report.date]
                assert before is None or any(date > before for date in dates)
            before = step.moment.instant


def test_it_ends_where_as_of_does() -> None:
    """With --as-of, nothing later is told."""
    steps = in_json("timeline", "kadhimi_2021", "--as-of", "2021-11-09")["steps"]

    assert ["2021-11-09"] == [step["as_of"] for step in steps]


def test_a_changed_case_has_a_timeline_of_its_own() -> None:
    """What was assumed or switched off holds at every step."""
    inquiry = open_case("kadhimi_2021", settings=SAMPLED).changed(Changes(rule_off=("grievance",)))

    assert inquiry.timeline().steps[-1].chances == pytest.approx(
        dict(inquiry.assessment.outlooks["perpetrator"].actors)
    )


@pytest.mark.parametrize(
    "changes",
    [
        Changes(retract=("part_of(ain_al_assad_2023, attacks_since_17_october_2023)",)),
        Changes(rate=(("part_of(ain_al_assad_2023, attacks_since_17_october_2023)@afp", "5"),)),
        Changes(source_off=("afp",)),
    ],
    ids=["retracted", "graded", "without a source"],
)
def test_what_is_changed_may_not_have_been_reported_yet(changes: Changes) -> None:
    """A report that is doubted is doubted from the day it came in; before, there was nothing to doubt."""
    inquiry = open_case("ain_al_assad_2023", settings=SAMPLED).changed(changes)

    assert inquiry.timeline().steps[-1].chances == pytest.approx(
        dict(inquiry.assessment.outlooks["perpetrator"].actors)
    )


def test_many_dates_are_told_one_by_one(tmp_path: Path) -> None:
    """A month of reports makes steps in order, one row of the plot each, without those at which nothing changed."""
    workspace = init_workspace(tmp_path / "mine")
    file = workspace.cases / "kadhimi_2021.yaml"
    days = iter(range(1_000))
    text = re.sub("date: 2021-11-09", lambda _: f"date: 2021-11-{8 + next(days) % 22:02}", file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")
    timeline = open_case("kadhimi_2021", workspace, settings=SAMPLED).timeline()
    moments = [step.moment.instant for step in timeline.steps]
    rows = re.findall(r"(?m)^  \d+ November .*[ABC·]$", page_text(timeline_page(timeline), 80))

    assert len(moments) > 10
    assert moments == sorted(moments)
    assert len(rows) == sum(step.changed for step in timeline.steps)


DENIED_LATER = """
case: square_2022
title: Bomb on the square
entities:
  red_brigade: {name: the Red Brigade, kind: militia}
sources:
  paper: {name: The Paper, published: 2022-03-01, reliability: B}
  envoy: {name: The Envoy, published: 2022-03-05, reliability: B}
facts:
  - {fact: 'kind(square_2022, bombing)', source: paper, credibility: 2, says: A bomb.}
  - {fact: 'occurred(square_2022, "2022-03-01")', source: paper, credibility: 1, says: Today.}
  - {fact: 'claimed(red_brigade, square_2022, telegram)', source: paper, credibility: 2, date: 2022-03-03, says: So.}
  - {fact: 'denied(red_brigade, square_2022)', source: envoy, credibility: 2, says: A denial.}
"""


def test_before_anybody_is_named_there_is_nobody_to_look_at(tmp_path: Path) -> None:
    """A step without a hypothesis says so; a claim makes one; a denial weakens it, and who reports that is named."""
    workspace = init_workspace(tmp_path / "mine")
    (workspace.cases / "square_2022.yaml").write_text(DENIED_LATER, encoding="utf-8")
    timeline = open_case("square_2022", workspace).timeline()
    text = " ".join(page_text(timeline_page(timeline), 80).split())

    assert ["2022-03-01", "2022-03-03", "2022-03-05"] == [step.moment.written for step in timeline.steps]
    assert {} == timeline.steps[0].chances
    assert "Nobody to look at yet." in text
    assert ("weaker", ("The Envoy",)) == (timeline.steps[2].because[0].how, timeline.steps[2].because[0].sources)
    assert "After reports by The Envoy." in text


@pytest.mark.parametrize("columns", [40, 80, 110])
def test_the_text_fits_the_terminal(columns: int, told: dict[str, Timeline]) -> None:
    """No line is wider than the terminal."""
    for timeline in told.values():
        assert max(map(len, page_text(timeline_page(timeline), columns).split("\n"))) <= columns


def test_a_role_without_a_candidate_is_refused() -> None:
    """Exit code 2, and the roles that there are."""
    done = ascribe("timeline", "kadhimi_2021", "--role", "suplier")

    assert 2 == done.returncode
    assert "roles with candidates" in done.stderr or "did you mean" in done.stderr


def test_the_heading_of_a_ranking_and_the_last_step_say_the_same() -> None:
    """The ranking is as known when the last report that bears on it came in, the case's own or background."""
    inquiry = open_case("colonial_2021")
    timeline, ranked = inquiry.timeline(), ascribe("rank", "colonial_2021").stdout

    assert f"As known on {written_date(timeline.steps[-1].moment.written)} " in ranked
    told = [step for step in timeline.steps if step.changed][-1]
    for row in inquiry.ranking().hypotheses:
        assert percent(told.chances[row.actor]) == percent(row.probability)


def test_a_line_shared_by_several_names_them_all() -> None:
    """A mover of several says by how much the first and the last, and of whom else its sentence holds."""
    shown = " ".join(page_text(timeline_page(open_case("colonial_2021").timeline()), 100).split())

    assert "+3.4 to +3.3 dB for Wizard Spider, DarkSide and REvil. Record. The usual method of Wizard Spider" in shown
    assert "as in this attack. Likewise DarkSide and REvil. [way of working]" in shown


def test_a_member_before_its_umbrella_is_drawn_once(tmp_path: Path) -> None:
    """Its figure stands at every step, beneath the umbrella or before it; the bar is the whole and counts it once."""
    timeline = open_case(CASE_OF_TWO, overtaking(tmp_path / "mine")).timeline()
    text = page_text(timeline_page(timeline), 100)

    bars = re.findall(r"%  ([A-C]+·*)$", text, re.MULTILINE)
    letters = dict(re.findall(r"([A-C])  (someone not on the list|Front|Reds)", text))
    assert len(bars) == len(timeline.steps) == 2
    for step, bar in zip(timeline.steps, bars, strict=True):
        named = {"someone not on the list": step.chances["other"], "Front": step.umbrellas["front"], "Reds": 0.0}
        for letter, name in letters.items():
            assert abs(bar.count(letter) - 20 * named[name]) < 1
        assert percent(step.chances["red"]) in text
    assert "C counts in B" in " ".join(text.split())


def test_what_is_withdrawn_has_a_source(tmp_path: Path) -> None:
    """A line that a retraction ends says who denied what it rests on, on the page and in JSON; the denial counts."""
    timeline = open_case(RETRACTED, retracting(tmp_path / "mine")).timeline()
    text = " ".join(page_text(timeline_page(timeline), 100).split())
    (withdrawn,) = timeline_json(timeline)["steps"][-1]["because"]

    assert (
        "acknowledged having done it, which carries a cost. [confession] Denied by the Tribune, in the Agency." in text
    )
    assert ("gone", [ADMITTED], True) == (withdrawn["how"], withdrawn["facts"], withdrawn["denied"])
    assert 1 == timeline.steps[-1].reports


OVERTAKEN = """
case: square_2022
title: Bomb on the square
entities:
  red_brigade: {name: the Red Brigade, kind: militia}
  square: {name: the square, kind: place}
sources:
  paper: {name: The Paper, published: 2022-03-02, reliability: B}
  envoy: {name: The Envoy, published: 2022-03-05, reliability: A}
facts:
  - {fact: 'occurred(square_2022, "2022-03-01")', given: true, source: paper}
  - {fact: 'at(square_2022, square)', given: true, source: paper}
  - {fact: 'considered(red_brigade, square_2022)', given: true, source: paper}
  - {fact: 'launched_from(square_2022, iraq)', source: paper, credibility: 2}
  - {fact: 'controls(red_brigade, iraq)', given: true, source: paper}
  - {fact: 'launched_from(square_2022, syria)', source: envoy, credibility: 1}
"""


def test_what_a_rival_weakens_has_a_source(tmp_path: Path) -> None:
    """A line that fades because another value was reported says who reported that."""
    workspace = init_workspace(tmp_path / "mine")
    (workspace.cases / "square_2022.yaml").write_text(OVERTAKEN, encoding="utf-8")
    faded = open_case("square_2022", workspace).timeline().steps[-1].because[0]

    assert ("weaker", ("The Envoy",), False) == (faded.how, faded.sources, faded.denied)
    assert ["launched_from(square_2022, syria)"] == [str(fact) for fact in faded.facts]
