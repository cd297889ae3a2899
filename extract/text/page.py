"""A page: text and metadata as one format gives them, before they become a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:?\d{2}.*)?")
_WRITTEN = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %Y",
    "%b %Y",
    "%Y%m%d",
    "%Y/%m/%d",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a format reader returns; `published` is raw, see `iso_date`."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    id: str | None = None  # the user's own, kept in `Document.source`
    line: int | None = None


def iso_date(written: str) -> str | None:
    """A date as ISO 8601 (`2020-01-03`, `2020-01`, `2020`), None if it is not certainly one.

    Reads ISO 8601 (a time of day is dropped), RFC 2822 and dates with a month's English name.
    `03/01/2020` is refused: nobody knows its month.
    """
    text = " ".join(written.replace(".", " ").split()) if "T" not in written else written.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return None
        return "-".join(part for part in (year, month, day) if part)
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, IndexError, TypeError):
        pass
    for form in _WRITTEN:
        try:
            found = datetime.strptime(text.replace("Sept ", "Sep "), form)
        except ValueError:
            continue
        return found.strftime("%Y-%m-%d" if "%d" in form else "%Y-%m")
    return None
