"""Periods: what an ISO 8601 value covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

Period = tuple[int, int]
"""First and last day, as proleptic Gregorian ordinals."""


@lru_cache(maxsize=1 << 14)
def period(value: str) -> Period | None:
    """The days of a date, month, year, week, decade (`202X`) or interval `a/b`; None if no such.

    An open interval (`../2020-01`, `2020-01/..`) ends where the calendar does.
    """
    if "/" in value:
        first, last = (_period(part) for part in value.split("/", 1))
        opened, closed = value.startswith(("/", "..")), value.endswith(("/", ".."))
        start = 1 if opened else first and first[0]
        end = date.max.toordinal() if closed else last and last[1]
        return (start, end) if start and end and start <= end else None
    return _period(value)


def _period(value: str) -> Period | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", value)
    week = re.fullmatch(r"(\d{4})-W(\d\d)(?:-(\d))?", value)
    decade = re.fullmatch(r"(\d{3})X", value)
    try:
        if week:
            day = int(week[3]) if week[3] else None
            monday = date.fromisocalendar(int(week[1]), int(week[2]), day or 1).toordinal()
            return monday, monday + (0 if day else 6)
        if decade:
            return date(int(decade[1]) * 10, 1, 1).toordinal(), date(
                int(decade[1]) * 10 + 9, 12, 31
            ).toordinal()
        return _days(*found.groups()) if found else None
    except ValueError:  # no such day in the calendar
        return None


def _days(year: str, month: str | None, day: str | None) -> Period:
    y = int(year)
    if month is None:
        return date(y, 1, 1).toordinal(), date(y, 12, 31).toordinal()
    m = int(month)
    if day is None:
        return date(y, m, 1).toordinal(), date(y, m, monthrange(y, m)[1]).toordinal()
    exact = date(y, m, int(day)).toordinal()
    return exact, exact


def overlap(left: Period, right: Period) -> bool:
    """Whether two periods have a day in common."""
    return left[0] <= right[1] and right[0] <= left[1]
