"""What a page about a case is headed by: its title, and when it happened."""

from __future__ import annotations

from reasoner.evidence.base import Base
from reasoner.evidence.dating import possible_dates
from reasoner.explanation.sentences import moment_text

_MOST_DATES = 3
"""So many dates are told; of more, only that they are disputed."""


def titled(base: Base) -> str:
    """The case's title, and when it happened."""
    happened = happened_text(base)
    return base.case.title + (f" · {happened}" if happened else "")


def happened_text(base: Base) -> str:
    """The likeliest date, with the others where it is disputed; empty where nothing says when it happened."""
    dates = possible_dates(base)
    occurred = moment_text(base.case.occurred)
    if occurred is None or not dates:
        return occurred or ""
    others = [text for moment, _ in dates if (text := moment_text(moment)) and moment != base.case.occurred]
    if others and len(others) < _MOST_DATES:
        return f"{occurred} (disputed: or {' or '.join(others)})"
    denied = any(report.counted and report.polarity == "denies" for report in dates[0][1].reports)
    certain = dates[0][1].certain
    return f"{occurred} (disputed)" if others or (denied and not certain) else occurred
