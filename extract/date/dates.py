"""Expressions of time, resolved against the publication date with their granularity kept.

The patterns are those of `grammar.py`, the calendar is `datetime`'s. Relative expressions without
a publication date are found but not resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from .. import column
from ..statement import Granularity
from .pattern import FIRST, DateGrammar
from .period import (
    Anchor,
    Period,
    anchor,
    day_near,
    day_of,
    decade,
    month,
    month_near,
    span,
    units_away,
    units_long,
    weekday,
    year,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DateRelation = Literal["on", "before", "after", "since", "until"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time: first token, after the last token, characters, and its meaning.

    value: ISO 8601 date or interval (`2020-01-03`, `2020-01`, `2003/2005`), seasons as in
    ISO 8601-2 (`2015-22`); None if the text and the publication date do not tell.
    relation: what the preposition says about that time.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    value: str | None
    granularity: Granularity
    relation: DateRelation


def dates(doc: Doc, published: str | None, grammar: DateGrammar) -> list[DateMention]:
    """The expressions of time of a parsed text, in text order, without overlaps.

    `published` is an ISO 8601 date, month or year; the leftmost, then the longest reading wins.
    """
    near = anchor(published)
    kept = frozenset[str]().union(*(grammar.words[n] for n in ("previous", "current", "coming")))
    text = column.text(doc)
    places = [first.start() for first in FIRST.finditer(text) if _may_open(first[0], grammar)]
    found: list[tuple[int, int, str, re.Match[str]]] = []
    for name, pattern in grammar.patterns:
        for match in _matches(pattern, text, places):
            start = match.start()
            if _has(match, "opener") and match["opener"].lower() not in kept:
                start = match.end("opener")
            while text[start].isspace():
                start += 1
            found.append((start, match.end(), name, match))
    found.sort(key=lambda item: (item[0], -item[1], item[2]))
    taken: list[DateMention] = []
    for start, end, name, match in found:
        if taken and start < taken[-1].end:
            continue  # sorted and apart, so that only the last can reach here
        mention = _mention(doc, (start, end), name, match, near, grammar)
        if mention is not None:
            taken.append(mention)
    return taken


def _may_open(word: str, grammar: DateGrammar) -> bool:
    return word[0].isdecimal() or word.lower() in grammar.openings


def _matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` finds, looked for only at the places given."""
    end = 0
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match is not None:
            end = match.end()
            yield match


def _has(match: re.Match[str], group: str) -> bool:
    return match.groupdict().get(group) is not None


def _mention(
    doc: Doc,
    place: tuple[int, int],
    name: str,
    match: re.Match[str],
    near: Anchor,
    grammar: DateGrammar,
) -> DateMention | None:
    start, end = place
    span_ = doc.char_span(start, end, alignment_mode="expand")
    if span_ is None or not _is_time(span_.root, name, match, doc, end):
        return None
    reader = _Reader(near, grammar, 1 if _ahead(span_.root, grammar) else -1)
    period = reader.period(name, match)
    if period is None:
        return None
    relation: DateRelation = "on"
    before = grammar.relation.search(match.string[max(0, start - 40) : start])
    if before is not None and name not in ("ago", "shift", "anchored", "years", "months"):
        relation = cast("DateRelation", before.lastgroup)
    return DateMention(
        first=span_.start,
        last=span_.end,
        start=start,
        end=end,
        text=match.string[start:end],
        value=period.value,
        granularity=period.granularity,
        relation=relation,
    )


def _is_time(root: Token, name: str, match: re.Match[str], doc: Doc, end: int) -> bool:
    """Rules out homographs: *may*, *march*, *fall*, *spring*; *in 2000 villages*."""
    if name in ("bare month", "season") and root.pos_ in ("VERB", "AUX", "ADJ"):
        return False
    if name == "season":
        return any(_has(match, g) for g in ("previous", "coming", "current", "year"))
    if name == "year":
        rest = doc.char_span(end, min(len(match.string), end + 1), alignment_mode="expand")
        following = doc[rest.end] if rest is not None and rest.text.isspace() else None
        if following is None and rest is not None:
            index = rest.start if rest.start_char >= end else rest.end
            following = doc[index] if index < len(doc) else None
        return following is None or following.tag_ != "NNS"
    return True


def _ahead(token: Token, grammar: DateGrammar) -> bool:
    """Whether a bare weekday or month lies ahead: its verb is in the future."""
    future = grammar.words["future"]
    for node in (token, *token.ancestors):
        if node.pos_ not in ("VERB", "AUX"):
            continue
        if node.lemma_ in future or node.lower_ in future:
            return True
        if any(child.dep_ == "aux" and child.lower_ in future for child in node.children):
            return True
        if node.dep_ not in ("xcomp", "conj"):
            return False
    return False


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads matches of the patterns as periods; `direction` is that of the verb's tense."""

    near: Anchor
    grammar: DateGrammar
    direction: int

    def period(self, name: str, match: re.Match[str]) -> Period | None:
        """What a match means; None if the calendar has no such time."""
        readers: dict[str, Callable[[re.Match[str]], Period | None]] = {
            "iso": self._iso,
            "numeric": self._numeric,
            "date": self._date,
            "date us": self._date,
            "short date": self._short_date,
            "month": lambda m: month(int(m["year"]), self._month(m)),
            "bare month": self._bare_month,
            "year": lambda m: year(int(m["year"])),
            "years": self._years,
            "months": self._months,
            "season": self._season,
            "decade": lambda m: decade(int(m["decade"])),
            "weekday": self._weekday,
            "today": lambda m: units_away(self.near, "day", 0),
            "yesterday": lambda m: units_away(self.near, "day", -1),
            "tomorrow": lambda m: units_away(self.near, "day", 1),
            "ago": self._ago,
            "unit": self._unit,
            "shift": lambda m: Period(None, self.grammar.units[m["unit"].lower()]),
            "anchored": self._anchored,
            "feast": self._feast,
        }
        return readers[name](match)

    def _value(self, kind: str, word: str) -> int:
        return self.grammar.values[kind][" ".join(word.lower().split())]

    def _month(self, match: re.Match[str], group: str = "month") -> int:
        return self._value("month", match[group])

    def _which(self, match: re.Match[str]) -> int | None:
        """-1 for *last*, 0 for *this*, 1 for *next*."""
        for group, step in (("previous", -1), ("current", 0), ("coming", 1)):
            if _has(match, group):
                return step
        return None

    def _year(self, match: re.Match[str]) -> int | None:
        """The year a match names, outright or as *last year*."""
        if _has(match, "year"):
            return int(match["year"])
        step = self._which(match)
        if step is None or self.near.year is None:
            return None
        return self.near.year + step

    def _iso(self, match: re.Match[str]) -> Period | None:
        return day_of(int(match["year"]), int(match["month"]), int(match["day"]))

    def _numeric(self, match: re.Match[str]) -> Period | None:
        """03/01/2020 may be in January or in March: only the year is certain."""
        first, second, number = int(match["a"]), int(match["b"]), int(match["year"])
        by_day, by_month = day_of(number, second, first), day_of(number, first, second)
        if by_day == by_month or match["mark"] == ".":
            return by_day
        if by_day and by_month:
            return year(number)
        return by_day or by_month

    def _date(self, match: re.Match[str]) -> Period | None:
        number, day_number = self._month(match), int(match["day"])
        named = self._year(match)
        if named is not None:
            last = int(match["to_day"]) if _has(match, "to_day") else None
            return day_of(named, number, day_number, last)
        found = day_near(self.near, number, day_number, self.direction)
        if found is None or found.value is None or not _has(match, "to_day"):
            return found
        return day_of(int(found.value[:4]), number, day_number, int(match["to_day"]))

    def _short_date(self, match: re.Match[str]) -> Period | None:
        """*13 Jan 92*: the latest such year that was not ahead of publication."""
        number, day_number = self._month(match), int(match["day"])
        if self.near.year is None:
            return Period(None, "day") if day_of(2000, number, day_number) else None
        year_number = self.near.year - (self.near.year - int(match["short"])) % 100
        return day_of(year_number, number, day_number)

    def _bare_month(self, match: re.Match[str]) -> Period | None:
        number = self._month(match)
        named = self._year(match)
        if named is not None:
            return month(named, number)
        opener = match["opener"].lower()
        if opener in self.grammar.words["coming"]:
            return month_near(self.near, number, 1, strict=True)
        strict = opener in self.grammar.words["previous"]
        return month_near(self.near, number, -1 if strict else self.direction, strict=strict)

    def _years(self, match: re.Match[str]) -> Period | None:
        first, last = match["year"], match["to_year"]
        if len(last) == 2:
            last = first[:2] + last
        return span(year(int(first)), year(int(last)))

    def _months(self, match: re.Match[str]) -> Period | None:
        last = month(int(match["to_year"]), self._month(match, "to_month"))
        first = int(match["year"]) if _has(match, "year") else int(match["to_year"])
        return span(month(first, self._month(match)), last)

    def _season(self, match: re.Match[str]) -> Period | None:
        code = self._value("season", match["season"])
        if _has(match, "year"):
            return Period(f"{match['year']}-{code}", "season")
        return Period(None, "season")

    def _weekday(self, match: re.Match[str]) -> Period | None:
        number, step = self._value("weekday", match["weekday"]), self._which(match)
        if step in (-1, 1):
            return weekday(self.near, number, step, strict=True)
        return weekday(self.near, number, self.direction, strict=False)

    def _count(self, match: re.Match[str]) -> int | None:
        if not _has(match, "number"):
            return None
        word = match["number"]
        return int(word) if word.isdigit() else self._value("number", word)

    def _ago(self, match: re.Match[str]) -> Period | None:
        count, unit = self._count(match), self.grammar.units[match["unit"].lower()]
        return Period(None, unit) if count is None else units_away(self.near, unit, -count)

    def _unit(self, match: re.Match[str]) -> Period | None:
        unit, step = self.grammar.units[match["unit"].lower()], self._which(match) or 0
        count = self._count(match)
        if _has(match, "vague"):
            return Period(None, unit)
        if count is not None and step:
            return units_long(self.near, unit, count * step)
        return units_away(self.near, unit, step)

    def _anchored(self, match: re.Match[str]) -> Period | None:
        last = match["anchored"].split()[-1].lower()
        return Period(None, self.grammar.units.get(last, "day"))

    def _feast(self, match: re.Match[str]) -> Period | None:
        number = self._value("feast", match["feast"])
        named = self._year(match)
        if named is not None:
            return day_of(named, number // 100, number % 100)
        return day_near(self.near, number // 100, number % 100, self.direction)
