"""How sure a fact is, by who reports it.

The digit of a report gives a probability; its log-odds are scaled by the letter where they speak for the fact. Reports
of one origin count once. Weights are in nats.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from reasoner.evidence.base import Polarity, Report, Source
from reasoner.evidence.moments import EARLIEST
from reasoner.evidence.sources import effective_letter
from reasoner.language.vocabulary import Scales
from reasoner.terms import Atom

FURTHEST = 34.0
"""Log-odds at which credence stops, in nats: a reported fact is never certain, nor impossible, by rounding."""


def weight(letter: str, credibility: int, scales: Scales) -> float:
    """The log-odds of one report: scaled by the letter where the digit speaks for the fact."""
    probability = scales.digits[credibility]
    log_odds = math.log(probability / (1 - probability))
    return log_odds * scales.letters[letter] if log_odds > 0 else log_odds


def graded(
    reports: Iterable[Report], atom: Atom, sources: Mapping[str, Source], origins: Mapping[str, str], scales: Scales
) -> tuple[Report, ...]:
    """The reports about an atom with origin, letter, weight and whether each counts, in a canonical order."""
    weighed = []
    for report in reports:
        letter = report.rated or effective_letter(report.source, sources, atom.arguments, scales)
        weighed.append(
            replace(
                report,
                origin=origins[report.source],
                letter=letter,
                weight=weight(letter, report.credibility, scales),
                counted=False,
            )
        )
    weighed.sort(key=_place)
    return counted(weighed)


def counted(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Graded reports, each with whether it is the one that counts for its origin."""
    reports = tuple(reports)
    counting = {id(report) for report in _counting(reports)}
    return tuple(
        report if report.counted == (id(report) in counting) else replace(report, counted=not report.counted)
        for report in reports
    )


def _place(report: Report) -> tuple[datetime, str, str, int, str, str]:
    return (_instant(report), report.source, report.polarity, report.credibility, report.says or "", report.quote or "")


def _instant(report: Report) -> datetime:
    return report.date.instant if report.date else EARLIEST


def _counting(reports: Iterable[Report]) -> list[Report]:
    """For each origin the best-graded report of the polarity that its latest report has."""
    by_origin: dict[str, list[Report]] = {}
    for report in reports:
        by_origin.setdefault(report.origin, []).append(report)
    best = []
    for group in by_origin.values():
        polarity = _latest_polarity(group)
        best.append(max((report for report in group if report.polarity == polarity), key=lambda each: each.weight))
    return best


def _latest_polarity(group: Sequence[Report]) -> Polarity:
    latest = max(map(_instant, group))
    denies = any(report.polarity == "denies" for report in group if _instant(report) == latest)
    return "denies" if denies else "affirms"


def credence(reports: Iterable[Report]) -> float:
    """The probability that graded reports give their fact; 0 where none of those that count affirms it."""
    counted = [report for report in reports if report.counted]
    affirming = [report.weight for report in counted if report.polarity == "affirms"]
    if not affirming:
        return 0.0
    positive = [each for each in affirming if each > 0]
    # fsum rounds once, whatever the order, so the order of reports cannot move the last digit.
    up = math.fsum(positive) if positive else max(affirming)
    down = math.fsum(report.weight for report in counted if report.polarity == "denies" and report.weight > 0)
    log_odds = max(-FURTHEST, min(FURTHEST, up - down))
    return 1 / (1 + math.exp(-log_odds))
