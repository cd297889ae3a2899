"""Periods of the calendar as ISO 8601: days, weeks, months, years, and their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..statement import Granularity

Direction = int
"""-1 the nearest one past (today included), 1 the nearest one ahead."""


@dataclass(frozen=True, slots=True)
class Period:
    """An ISO 8601 value (date, interval, or season code of ISO 8601-2) and how fine it is.

    value is None if the words name a time that cannot be placed.
    """

    value: str | None
    granularity: Granularity


@dataclass(frozen=True, slots=True)
class Anchor:
    """The publication date as far as it is known: year, or year and month, or the day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, if it is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def anchor(published: str | None) -> Anchor:
    """The anchor of `2020-01-03`, `2020-01`, `2020` (a time of day after it is ignored)."""
    if not published:
        return Anchor()
    parts = published.split("T")[0].split(" ")[0].split("-")
    try:
        numbers = [int(part) for part in parts[:3]]
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return Anchor()
    return Anchor(*numbers)


def day(moment: date) -> Period:
    """One day."""
    return Period(moment.isoformat(), "day")


def day_of(year: int, month: int, number: int, last: int | None = None) -> Period | None:
    """A day of a year, or the days up to `last`; None if the calendar has no such day."""
    try:
        first = date(year, month, number)
        if last is None:
            return day(first)
        end = date(year, month, last)
    except ValueError:
        return None
    return Period(f"{first}/{end}", "day") if first < end else None


def week(moment: date) -> Period:
    """The week, Monday to Sunday, around a day."""
    monday = moment - timedelta(days=moment.weekday())
    return Period(f"{monday}/{monday + timedelta(days=6)}", "week")


def month(year: int, number: int) -> Period:
    """A month; numbers beyond 1 to 12 count on into neighbouring years."""
    index = year * 12 + number - 1
    return Period(f"{index // 12:04}-{index % 12 + 1:02}", "month")


def year(number: int) -> Period:
    """A year."""
    return Period(f"{number:04}", "year")


def decade(first: int) -> Period:
    """The ten years from `first` on."""
    return Period(f"{first:04}/{first + 9:04}", "decade")


def span(first: Period, last: Period) -> Period | None:
    """From the start of one period to the end of another; None if they run backwards."""
    if first.value is None or last.value is None:
        return None
    start, end = first.value.split("/")[0], last.value.split("/")[-1]
    return Period(f"{start}/{end}", last.granularity) if start < end else None


def weekday(near: Anchor, number: int, direction: Direction, *, strict: bool) -> Period:
    """The nearest such weekday (Monday is 1); `strict` leaves out the day itself."""
    moment = near.date
    if moment is None:
        return Period(None, "day")
    distance = (number - 1 - moment.weekday()) * direction % 7
    if strict and distance == 0:
        distance = 7
    return day(moment + timedelta(days=distance * direction))


def month_near(near: Anchor, number: int, direction: Direction, *, strict: bool) -> Period:
    """The nearest such month."""
    if near.year is None or near.month is None:
        return Period(None, "month")
    distance = (number - near.month) * direction % 12
    if strict and distance == 0:
        distance = 12
    return month(near.year, near.month + distance * direction)


def day_near(near: Anchor, number: int, day_number: int, direction: Direction) -> Period | None:
    """The nearest such day of a month; leap days are sought up to eight years away."""
    moment = near.date
    if moment is None:
        return Period(None, "day") if day_of(2000, number, day_number) else None
    for step in range(9):
        found = day_of(moment.year + step * direction, number, day_number)
        if (
            found
            and found.value
            and (date.fromisoformat(found.value) - moment).days * direction >= 0
        ):
            return found
    return None


def units_away(near: Anchor, unit: Granularity, count: int) -> Period:
    """The day, week, month or year so many units from the publication date."""
    moment = near.date
    if unit == "day" and moment:
        return day(moment + timedelta(days=count))
    if unit == "week" and moment:
        return week(moment + timedelta(weeks=count))
    if unit == "month" and near.year and near.month:
        return month(near.year, near.month + count)
    if unit == "year" and near.year:
        return year(near.year + count)
    return Period(None, unit)


def units_long(near: Anchor, unit: Granularity, count: int) -> Period:
    """The so many units that end (or, ahead, begin) with the publication date."""
    there = units_away(
        near, "day" if unit == "week" else unit, count * (7 if unit == "week" else 1)
    )
    here = units_away(near, "day" if unit == "week" else unit, 0)
    if there.value is None:
        return Period(None, unit)
    found = span(there, here) if count < 0 else span(here, there)
    return Period(found.value if found else None, unit)
