"""What would be so without this or that is what an assessment of the changed case says, digit for digit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reasoner.assessment.assess import Assessment, assess
from reasoner.evidence.base import Base
from reasoner.evidence.changes import assume, rate, retract, without_origin, without_source
from reasoner.inquiry import open_case

CASES = ("kadhimi_2021", "abu_ghraib_2023", "ain_al_assad_2023")


@pytest.fixture(scope="module", params=CASES)
def assessment(request: pytest.FixtureRequest) -> Assessment:
    return open_case(request.param).assessment


def changed(base: Base) -> list[Base]:
    """The base with reported facts gone, assumed or graded, one in two, and with each source and origin gone."""
    reported = [atom for atom, fact in base.facts.items() if fact.basis == "reported"][::2]
    sources = sorted({report.source for fact in base.facts.values() for report in fact.reports})
    found = [change for atom in reported for change in (retract(base, [atom]), rate(base, atom, "D3"))]
    found += [assume(base, atom) for atom in reported[::5]]
    return found + [gone(base, source) for source in sources for gone in (without_source, without_origin)]


def test_without_a_fact_or_a_source(assessment: Assessment) -> None:
    """Worlds moved from one base to another give what drawing and propagating them afresh does."""
    settings = replace(assessment.settings, method=assessment.drawn.method)
    for base in changed(assessment.base):
        afresh = assess(base, assessment.derivation, settings)

        assert afresh.posteriors == assessment.without(base)


def test_a_case_graded_otherwise_is_as_assessed_afresh(assessment: Assessment) -> None:
    """What is taken over from the case as it is makes no difference: rankings, confidence and worlds are the same."""
    settings = replace(assessment.settings, method=assessment.drawn.method)
    source = min(report.source for fact in assessment.base.facts.values() for report in fact.reports)
    base = rate(assessment.base, source, "D")
    afresh, moved = assess(base, assessment.derivation, settings), assessment.on(base, settings)

    assert afresh.rankings == moved.rankings
    assert afresh.worlds == moved.worlds


def test_side_by_side_as_one_by_one(assessment: Assessment) -> None:
    """Many changed bases taken at once give the very digits that each gives by itself."""
    bases = changed(assessment.base)[::3]
    for base, found in zip(bases, assessment.outlooks_on(bases), strict=True):
        assert {role: outlook.rows for role, outlook in found.items()} == assessment.without(base)
