"""Dates and times: what counts as one, and how it reads."""

from __future__ import annotations

import pytest

from reasoner.evidence.moments import is_date, parse_moment, written_date
from reasoner.problems import InputError


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2021-11-07", "7 November 2021"),
        ("2023-11-21T14:00", "21 November 2023, 14:00 UTC"),
        ("2023-11-21 14:00", "21 November 2023, 14:00 UTC"),
        ("2023-11-21T14:00:00Z", "21 November 2023, 14:00 UTC"),
        ("2023-11-21T09:00-05:00", "21 November 2023, 14:00 UTC"),
        ("2024-03-06T23:30-02:00", "7 March 2024, 01:30 UTC"),
        ("2024-01-01 02:00+03:00", "31 December 2023, 23:00 UTC"),
        ("2021-11-31", "2021-11-31"),
        ("2021-11-07 or later", "2021-11-07 or later"),
        ("٢٠٢١-11-08", "٢٠٢١-11-08"),
    ],
)
def test_a_time_reads_as_utc_wherever_it_was_written(written: str, shown: str) -> None:
    """Whatever offset and form a time has, prose gives it in UTC; a bare date stays a date, other text as it is."""
    assert shown == written_date(written)


@pytest.mark.parametrize("written", ["٢٠٢١-11-08", "2021-11-0８", "2021-11-08T0４:30"])
def test_dates_are_written_in_the_digits_0_to_9(written: str) -> None:
    """Digits of other scripts do not make a date."""
    assert not is_date(written)
    with pytest.raises(InputError) as caught:
        parse_moment(written)
    assert "is not a date" in caught.value.problems[0].message
