"""The grammar of time: patterns over the words of the ontology's lists `dates_*`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from ...ontologies.ontology import Ontology
from ..statement import Granularity

_APART = r"(?<![\w\-/.$€£])"  # before an expression: no letter or number goes on
FIRST = re.compile(rf"{_APART}(?:\w+|[^\w\s])")
"""A word, or a mark, with which an expression could begin."""


@dataclass(frozen=True, slots=True)
class DateGrammar:
    """The ontology's words of time, compiled: values by word, and patterns by name.

    openings: the words, besides numbers, with which an expression can begin.
    """

    values: Mapping[str, Mapping[str, int]]  # month, weekday, number, season, feast
    units: Mapping[str, Granularity]
    words: Mapping[str, frozenset[str]]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    openings: frozenset[str]
    relation: re.Pattern[str]


def _alternatives(words: object) -> str:
    ordered = sorted(cast("frozenset[str]", words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def date_grammar(ontology: Ontology) -> DateGrammar:
    """The word lists `dates_*` of an ontology, compiled once."""
    lists = {
        name.removeprefix("dates_"): ontology.words(name)
        for name in sorted(ontology.word_lists)
        if name.startswith("dates_")
    }
    values: dict[str, dict[str, int]] = {}
    for name, words in lists.items():
        kind, _, number = name.partition("_")
        if number.replace("_", "").isdigit():
            values.setdefault(kind, {}).update(dict.fromkeys(words, int(number.replace("_", ""))))
    units = {
        word: cast("Granularity", name.removeprefix("unit_"))
        for name, words in lists.items()
        if name.startswith("unit_")
        for word in words
    }
    openings = {"the", "between", "from"}
    for words in lists.values():
        openings.update(match[0] for word in words if (match := FIRST.match(word)))
    return DateGrammar(
        values=values,
        units=units,
        words=lists,
        patterns=_patterns(lists, values, units),
        openings=frozenset(openings),
        relation=_relation(lists),
    )


def _relation(lists: Mapping[str, frozenset[str]]) -> re.Pattern[str]:
    kinds = "|".join(
        f"(?P<{name}>{_alternatives(lists[name])})"
        for name in ("on", "before", "after", "since", "until")
    )
    vague = _alternatives(lists["vague"])
    return re.compile(rf"(?<!\w)(?:{kinds})\s+(?:the\s+)?(?:(?:{vague})\s+)?$", re.IGNORECASE)


def _patterns(
    lists: Mapping[str, frozenset[str]],
    values: Mapping[str, Mapping[str, int]],
    units: Mapping[str, Granularity],
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    months, weekdays = (
        _alternatives(frozenset(values["month"])),
        _alternatives(frozenset(values["weekday"])),
    )
    numbers, unit = _alternatives(frozenset(values["number"])), _alternatives(frozenset(units))
    vague = rf"(?:(?:{_alternatives(lists['vague'])})(?:\s+|-|(?<=-)))"
    which = (
        rf"(?P<previous>{_alternatives(lists['previous'])})"
        rf"|(?P<coming>{_alternatives(lists['coming'])})"
        rf"|(?P<current>{_alternatives(lists['current'])})"
    )
    named = rf"(?:(?:{weekdays}),?\s+)?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    to_day = r"(?:\s*[-–]\s*(?P<to_day>\d{1,2})(?:st|nd|rd|th)?)?"
    year = r"(?P<year>1[5-9]\d\d|20\d\d)"
    of_year = (
        rf"(?:,?\s+(?:of\s+)?{year}"
        rf"|,?\s+(?:of\s+)?(?:(?P<previous>{_alternatives(lists['previous'])})"
        rf"|(?P<current>{_alternatives(lists['current'])}))\s+year)?"
    )
    part = rf"(?:\s+(?:{_alternatives(lists['day_part'])}))?"
    count = rf"(?P<number>\d{{1,3}}|{numbers})|(?P<vague>{_alternatives(lists['number_vague'])})"
    fixed = {
        "iso": r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
        "numeric": r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4})",
        "date": rf"{named}(?:the\s+)?{day}{to_day}\s+(?:of\s+)?(?P<month>{months}){of_year}{part}",
        "short date": rf"{day}\s+(?P<month>{months})\s+[’']?(?P<short>\d\d)"
        r"(?=\s*(?:[-–—);]|to\b|[.,]?\s*(?:\n|$)|\d\d?\s*[.\\]))",
        "date us": rf"{named}(?P<month>{months})\s+{day}{to_day}(?!\d|:\d){of_year}{part}",
        "month": rf"{vague}?(?P<month>{months})(?:,?\s+|\s+of\s+|\s+in\s+){year}",
        "bare month": (
            rf"(?:(?<=\s)|^|(?<=\())(?P<opener>{_alternatives(lists['month_opener'])})"
            rf"(?:\s+|(?<=-))(?:{vague})?(?P<month>{months})(?!\s*\d){of_year}"
        ),
        "year": rf"(?P<opener>{_alternatives(lists['year_opener'])})(?:\s+|(?<=-))"
        rf"(?:the\s+year\s+|{vague})?{year}",
        "years": rf"(?:(?:between|from)\s+)?{year}"
        r"\s*(?:[-–]|\s(?:and|to|until|till|through)\s)\s*(?P<to_year>\d{4}|\d\d)(?!\d|-\d)",
        "months": rf"(?:between|from)\s+(?P<month>{months})(?:\s+{year})?\s+"
        rf"(?:and|to|until|till|through)\s+(?P<to_month>{months}),?\s+(?P<to_year>\d{{4}})",
        "season": rf"(?:(?:{which})\s+|the\s+)?(?:{vague})?"
        rf"(?P<season>{_alternatives(frozenset(values['season']))})(?:\s+(?:of\s+|in\s+)?{year})?",
        "decade": rf"(?:the\s+)?(?:{vague})?(?P<decade>(?:1[5-9]|20)\d0)s",
        "weekday": rf"(?:(?:{which})\s+)?(?P<weekday>{weekdays}){part}",
        "today": rf"(?P<today>{_alternatives(lists['today'])})",
        "yesterday": rf"(?P<yesterday>{_alternatives(lists['yesterday'])})",
        "tomorrow": rf"(?P<tomorrow>{_alternatives(lists['tomorrow'])})",
        "ago": rf"(?:{count})\s+(?P<unit>{unit})\s+(?:{_alternatives(lists['ago'])})",
        "unit": rf"(?:{vague})?(?:the\s+)?(?:{which})\s+(?:(?:{count})\s+)?(?P<unit>{unit})",
        "shift": rf"(?:{count})\s+(?P<unit>{unit})\s+(?:{_alternatives(lists['shift'])})",
        "anchored": rf"(?P<anchored>{_alternatives(lists['anchored'])})",
        "feast": rf"(?P<feast>{_alternatives(frozenset(values['feast']))}){of_year}",
    }
    return tuple(
        (name, re.compile(rf"{_APART}{pattern}(?![\w/]|-\d)", re.IGNORECASE))
        for name, pattern in fixed.items()
    )
