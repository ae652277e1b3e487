"""Scorecards as a page: case by case, in all, beside the baselines, and how well calibrated."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.assessment.words import percent
from reasoner.exchange.layout import counted
from reasoner.exchange.page import Block, Column, Heading, Page, Paragraph, Table
from reasoner.language.vocabulary import PERPETRATOR
from reasoner.scoring.measures import Measures
from reasoner.scoring.scorecard import CHANCE, MOST_MENTIONED, OURS, CaseScore, Scorecard

_COLUMNS = (
    Column("Case"),
    Column("First"),
    Column("Right", "right"),
    Column("Rejected", "right"),
    Column("Unnamed", "right"),
    Column("Accepted", "right"),
    Column("Brier", "right"),
    Column("Bits", "right"),
)
_LEGEND = (
    "Right: who comes first is accepted. Rejected: who comes first is rejected. Unnamed: nobody was named. "
    "Accepted: the probability of all who are accepted. Brier: 0 is perfect, 2 the worst. Bits: logarithmic score, "
    "0 is perfect. “Most mentioned” puts first whom most facts mention; “by lot” draws one of those listed."
)
_NAMES = {OURS: "ascribe", MOST_MENTIONED: "most mentioned", CHANCE: "by lot"}


def score_page(cards: tuple[Scorecard, ...]) -> Page:
    """Everything ``ascribe score`` says."""
    blocks: list[Block] = []
    for card in cards:
        blocks += _card(card)
    if not cards:
        blocks.append(Paragraph("No case in the truth file has a hypothesis for a role that the file speaks of."))
    return Page("How good the rankings are", tuple(blocks))


def _card(card: Scorecard) -> Iterator[Block]:
    yield Heading(f"Role: {card.role}, {counted(len(card.cases), 'case')}, {_terms(card)}")
    rows = [_row(case.case, case.leader_name, case.measures, card) for case in card.cases]
    rows.append(_row("on average", "", card.overall, card))
    rows += [_row(_NAMES[name], "", measures, card) for name, measures in card.baselines.items()]
    yield Table(_COLUMNS, tuple(rows))
    yield Paragraph(_LEGEND)
    yield from map(Paragraph, _sentences(card))
    yield Heading("Calibration: of all hypotheses said to be so likely, how many were right")
    yield Table(
        (Column("Said to be"), Column("Hypotheses", "right"), Column("On average", "right"), Column("Right", "right")),
        tuple((band.words, f"{band.number:,}", percent(band.said), _share(band.right)) for band in card.calibration),
    )


def _terms(card: Scorecard) -> str:
    terms = card.terms
    parts = ["all facts" if terms.cap is None else f"at most {counted(terms.cap, 'fact')} a candidate"]
    if terms.draws > 1:
        parts.append(counted(terms.draws, "draw"))
    if not terms.naming:
        parts.append("without facts that name somebody outright")
    return ", ".join(parts)


def _row(name: str, leader: str, measures: Measures, card: Scorecard) -> tuple[str, ...]:
    drawn = card.terms.draws > 1 or not leader

    def verdict(share: float) -> str:
        return _share(share) if drawn else ("yes" if share else "no")

    return (
        name,
        leader,
        verdict(measures.right),
        verdict(measures.rejected_led),
        verdict(measures.abstained),
        percent(measures.accepted),
        f"{measures.brier:.2f}",
        f"{measures.log:.1f}",
    )


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"


def _sentences(card: Scorecard) -> Iterator[str]:
    rejected = [case.case for case in card.cases if case.measures.rejected_led > 0]
    if rejected:
        yield f"A rejected actor comes first{_at_times(card)} in: {', '.join(rejected)}."
    elif card.role == PERPETRATOR:
        yield f"No rejected actor comes first{' in any draw' if card.terms.draws > 1 else ''}."
    unmet = [_surer(case) for case in card.cases if case.met is not None and case.met < 1]
    if unmet:
        yield f"Not as sure, or surer, than the accepted answer allows: {'; '.join(unmet)}."
    for name, gain in card.differences.items():
        yield (
            f"Against “{_NAMES[name]}”: right {_points(gain.mean)} percentage points more often "
            f"(95 % interval over the draws {_points(gain.low)} to {_points(gain.high)})."
        )


def _at_times(card: Scorecard) -> str:
    return " in some draws" if card.terms.draws > 1 else ""


def _surer(case: CaseScore) -> str:
    wanted = {
        "confident": "the right one named",
        "ranked_unsure": "the right one in front",
        "unsure": "nobody named",
    }[case.expected or "unsure"]
    return f"{case.case} (expected: {wanted})"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")
