"""Dates, with or without a time, as files and the command line write them."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, time

from reasoner.evidence.base import Moment
from reasoner.problems import InputError, Problem

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_TIMED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?\Z", re.ASCII)
_FIRST_HALF = ("January", "February", "March", "April", "May", "June")
_MONTHS = (*_FIRST_HALF, "July", "August", "September", "October", "November", "December")
_LAST = time(23, 59, 59, 999_999)

FORM = "dates are written 2021-11-07, or with a time 2021-11-07T04:30 (UTC, unless it ends in +03:00)"

EARLIEST = datetime.min.replace(tzinfo=UTC)
"""The instant of a report without a date."""


def parse_moment(text: str) -> Moment:
    """Read a date, or a date with a time; a bare date means its end (UTC). Raises `InputError`."""
    try:
        return read_moment(text)
    except ValueError as error:
        raise InputError([Problem("not-a-date", f"`{text}` {error}", hint=FORM)]) from None


def read_moment(text: object) -> Moment:
    """As `parse_moment`, but raises ValueError with the end of a sentence that starts with the text."""
    written = text.strip() if isinstance(text, str) else str(text)
    match = _DATE.match(written) or _TIMED.match(written)
    if match is None:
        raise ValueError("is not a date")
    year, month, day = (int(part) for part in match.groups()[:3])
    _check_day(year, month, day)
    if match.re is _DATE:
        return Moment(written, datetime.combine(datetime(year, month, day), _LAST, UTC))
    try:
        instant = datetime.fromisoformat(written)
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("has a time that does not exist") from None
    return Moment(written, instant)


def written_date(text: str) -> str:
    """A date as files write it, as prose: ``7 November 2021``, with its time in UTC; other text stays as it is."""
    try:
        moment = read_moment(text)
    except ValueError:
        return text
    instant = moment.instant
    clock = "" if _DATE.match(moment.written) else f", {instant:%H:%M} UTC"
    return f"{instant.day} {_MONTHS[instant.month - 1]} {instant.year}{clock}"


def _check_day(year: int, month: int, day: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError(f"is not a date: there is no month {month}")
    if year < 1:
        raise ValueError("is not a date: there is no year 0")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"is not a date: {calendar.month_name[month]} {year} has {last} days")


def is_date(text: str) -> bool:
    """Whether this is a bare date that exists, as facts quote it."""
    try:
        return _DATE.match(text) is not None and bool(read_moment(text))
    except ValueError:
        return False


def beginning(moment: Moment) -> datetime:
    """The instant at which the moment begins: for a bare date its midnight, else the instant itself."""
    if _DATE.match(moment.written):
        return datetime.combine(moment.instant.date(), time.min, UTC)
    return moment.instant


def holds_at(moment: Moment | None, since: Moment | None, until: Moment | None) -> bool:
    """Whether an interval, both ends included, touches the moment; an unknown moment is in every interval."""
    if moment is None:
        return True
    began = since is None or beginning(since) <= moment.instant
    return began and (until is None or beginning(moment) <= until.instant)


def known_by(moment: Moment | None, as_of: Moment | None) -> bool:
    """Whether something of that moment was known at ``as_of``; what has no date always was."""
    return moment is None or as_of is None or moment.instant <= as_of.instant
