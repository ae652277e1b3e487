"""A date that is disputed: the likeliest decides what is in force, changes may move it, and pages say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasoner.evidence.workspace import Workspace, init_workspace
from reasoner.exchange.case_heading import titled
from reasoner.exchange.page_text import page_text
from reasoner.exchange.what_if_page import what_if_page
from reasoner.explanation.changes import parse_changes
from reasoner.inquiry import Inquiry, open_case
from reasoner.scenarios import Bench

CASE = "windows_2024"
FEBRUARY = f'occurred({CASE}, "2024-02-01")'
MARCH = f'occurred({CASE}, "2024-03-01")'
BORDER = "operates_in(red, borderland)"

_TEXT = f"""\
case: {CASE}
title: The attack at the border
entities:
  red: {{name: the Reds, kind: militia}}
  iron: {{name: the Irons, kind: militia}}
  borderland: {{name: the borderland, kind: place}}
sources:
  herald: {{name: the Herald, reliability: A}}
  tribune: {{name: the Tribune, reliability: B, published: 2024-03-05}}
  courier: {{name: the Courier, reliability: C, published: 2024-03-02}}
facts:
  - {{fact: 'considered(red, {CASE})', given: true, source: herald}}
  - {{fact: 'considered(iron, {CASE})', given: true, source: herald}}
  - {{fact: 'at({CASE}, borderland)', given: true, source: herald}}
  - {{fact: 'launched_from({CASE}, borderland)', given: true, source: herald}}
  - {{fact: '{BORDER}', source: herald, credibility: 1, from: 2024-02-15, to: 2024-12-31}}
  - {{fact: 'operates_in(iron, borderland)', source: herald, credibility: 1, from: 2024-01-01, to: 2024-02-10}}
"""
_DISPUTED = f"""\
  - {{fact: '{FEBRUARY}', source: tribune, credibility: 2}}
  - {{fact: '{MARCH}', source: courier, credibility: 2}}
"""


def opened(workspace: Workspace, dates: str = _DISPUTED) -> Inquiry:
    (workspace.cases / f"{CASE}.yaml").write_text(_TEXT + dates, encoding="utf-8")
    return open_case(CASE, workspace)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return init_workspace(tmp_path / "mine")


def figures(inquiry: Inquiry) -> dict[str, float]:
    return dict(inquiry.assessment.outlooks["perpetrator"].actors)


@pytest.mark.parametrize(
    ("changes", "dates"),
    [
        (f"assume {MARCH}", f"{_DISPUTED}  - {{assume: '{MARCH}'}}\n"),
        (f"retract {FEBRUARY}", f"  - {{fact: '{MARCH}', source: courier, credibility: 2}}\n"),
        ("source off tribune", f"  - {{fact: '{MARCH}', source: courier, credibility: 2}}\n"),
        (f"rate {FEBRUARY}@tribune=4", _DISPUTED.replace("tribune, credibility: 2", "tribune, credibility: 4")),
        ("rate tribune=4", _DISPUTED.replace("tribune, credibility: 2", "tribune, credibility: 4")),
        (f"retract {FEBRUARY}; retract {MARCH}", ""),
    ],
)
def test_a_changed_date_is_as_if_the_files_said_so(workspace: Workspace, changes: str, dates: str) -> None:
    """What held only for a time is in force or not by the date that is then the likeliest, whatever makes it so."""
    before = opened(workspace)
    changed = before.changed(parse_changes(changes))
    after = opened(workspace, dates)

    assert figures(changed) == figures(after) != figures(before)
    assert changed.base.case.occurred == after.base.case.occurred != before.base.case.occurred
    assert changed.base.facts.keys() == after.base.facts.keys()


def test_a_change_that_leaves_the_date_leaves_what_is_in_force(workspace: Workspace) -> None:
    """Doubt that does not make another date the likeliest moves nothing."""
    before = opened(workspace)

    assert figures(before.changed(parse_changes(f"retract {MARCH}"))) == figures(before)


def test_what_comes_into_force_may_be_changed_with_it(workspace: Workspace) -> None:
    """A fact that only the new date brings in can be graded and retracted along with it, and the page says how."""
    before = opened(workspace)
    dated = parse_changes(f"assume {MARCH}")
    found = before.what_if(parse_changes(f"assume {MARCH}; rate {BORDER}=E5"))
    text = " ".join(page_text(what_if_page(found), 100).split())

    assert "It is graded E5 that the Reds operated in the borderland." in text
    assert "Its likeliest date is then 1 March 2024 instead of 1 February 2024." in text
    assert figures(before.changed(dated)) != figures(before.changed(dated.then(parse_changes(f"retract {BORDER}"))))


def test_undoing_the_date_gives_back_the_case(workspace: Workspace) -> None:
    """Sources lists what the date brings in; without changes the case is as it was."""
    before = opened(workspace)
    changed = before.changed(parse_changes(f"assume {MARCH}"))
    told = {report.fact: report.left_out for each in changed.sources().sources for report in each.reports}

    assert told[BORDER] is False
    assert "operates_in(iron, borderland)" not in told
    assert changed.changed(parse_changes("")) is before


def test_every_step_of_a_timeline_has_the_date_known_then(workspace: Workspace) -> None:
    """What the change makes likeliest at each moment decides what is in force there."""
    before = opened(workspace)
    changes = parse_changes(f"assume {MARCH}; retract {BORDER}")
    last = before.changed(changes).timeline().steps[-1]

    assert dict(last.chances) == pytest.approx(figures(before.changed(changes)))


def test_a_scenario_may_suppose_another_date(workspace: Workspace, tmp_path: Path) -> None:
    """Its expectations are of the case with the facts of that date, which it may retract."""
    opened(workspace)
    path = tmp_path / "march.scenario.yaml"
    text = f"scenario: In March\ncase: {CASE}\nassume: ['{MARCH}']\nrises: {{red: 1}}\nfalls: {{iron: 1}}\n"
    path.write_text(text, encoding="utf-8")
    retracting = tmp_path / "nobody.scenario.yaml"
    retracting.write_text(f"{text.split('rises')[0]}retract: ['{BORDER}']\nfalls: {{iron: 1}}\n", encoding="utf-8")

    assert ((), ()) == (Bench(workspace).run(path), Bench(workspace).run(retracting))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (_DISPUTED, "1 February 2024 (disputed: or 1 March 2024)"),
        (f"  - {{fact: '{FEBRUARY}', source: tribune, credibility: 2}}\n", "1 February 2024"),
        (f"  - {{fact: '{FEBRUARY}', given: true, source: tribune}}\n", "1 February 2024"),
        (
            f"  - fact: '{FEBRUARY}'\n    reports:\n      - {{source: tribune, credibility: 2}}\n"
            "      - {source: courier, credibility: 2, polarity: denies}\n",
            "1 February 2024 (disputed)",
        ),
    ],
)
def test_a_heading_says_that_the_date_is_disputed(workspace: Workspace, dates: str, said: str) -> None:
    """Where others say another date, or deny it; not where one is merely reported."""
    assert f"The attack at the border · {said}" == titled(opened(workspace, dates).base)
