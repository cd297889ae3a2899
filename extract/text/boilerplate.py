"""Boilerplate: the lines of a page that are not its author's prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .document import Span
from .page import iso_date

Words = Callable[[str], frozenset[str]]
"""A word list of the ontology by its name: `Ontology.words`."""

_BARE_WORD = re.compile(  # an address, a handle, a hash tag, or no letter or digit
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|[@#]\w+|[\W_]+"
)
_BAR = re.compile(r"\s+[|»›>•·]\s+|\s*[|»›]\s*")
_BULLET = re.compile(r"\s*(?:[•‣▪●◦·*–—-]|\d{1,2}[.)])\s+")
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_NAME_WORD = re.compile(r"(?:[A-Z]\.)+|[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?", re.U)
_AFTER_NAME = re.compile(r"[,;|]|\s@|\s(?:in|for|at|of|from)\s")
_FULL_LINE = 50  # characters from which on a line may be one of a hard-wrapped paragraph
_HEAD_LINES = 12
_DATE_LINES = 6
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_FULL_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9}\.? \d{4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2}, \d{4}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # white space collapsed
    attached: bool  # no blank line before it


@dataclass(frozen=True, slots=True)
class _Patterns:
    line: re.Pattern[str]
    start: re.Pattern[str]
    heading: re.Pattern[str]
    parts: re.Pattern[str]
    date: re.Pattern[str]
    published: re.Pattern[str]
    byline: re.Pattern[str]
    byline_words: frozenset[str]
    byline_bars: frozenset[str]


def boilerplate_spans(text: str, words: Words) -> tuple[Span, ...]:
    """The character spans of whole lines that are not prose, in order.

    words: gives the lists `boilerplate_…` of `ontologies/boilerplate.ttl`, which say what such
    lines look like. A line in the middle of a hard-wrapped paragraph is never one.
    """
    patterns = _patterns(words)
    lines = list(_lines(text))
    marked = _marked(lines, patterns)
    marked |= set(_bare_bylines(lines, marked, patterns))
    return tuple((lines[i].start, lines[i].end) for i in sorted(marked))


def byline(text: str, words: Words) -> str | None:
    """The author as told by a byline on a line of its own at the head of the text, or None."""
    patterns = _patterns(words)
    lines = list(_lines(text))[:_HEAD_LINES]
    for line in lines:
        if name := _introduced_name(line.text, patterns):
            return name
    for index in _bare_bylines(lines, _marked(lines, patterns), patterns):
        return lines[index].text
    return None


def dated(text: str, words: Words) -> str | None:
    """The date of publication told at the head of the text (*Published: May 3, 2021*), or None.

    A line that is nothing but a full date counts; the date of an update does not. ISO 8601.
    """
    patterns = _patterns(words)
    for line in list(_lines(text))[:_DATE_LINES]:
        label = patterns.published.match(line.text)
        if not label and not patterns.date.fullmatch(line.text):
            continue
        rest = line.text[label.end() if label else 0 :]
        found = _FULL_DATE.search(rest)
        if found and (not found.start() or patterns.date.fullmatch(rest[: found.start()])):
            return iso_date(_ORDINAL.sub(r"\1", found[0]))
    return None


def _lines(text: str) -> Iterator[_Line]:
    start, attached = 0, False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            first = start + len(raw) - len(raw.lstrip())
            yield _Line(first, first + len(stripped), " ".join(stripped.split()), attached)
        attached = bool(stripped)
        start += len(raw) + 1


def _marked(lines: list[_Line], patterns: _Patterns) -> set[int]:
    """Indices of the lines that are boilerplate by their own words or by a heading's."""
    marked: set[int] = set()
    listing = False  # under a heading over links
    wrapped = False  # inside a hard-wrapped paragraph that began as boilerplate
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before and line.attached and index - 1 not in marked and _runs_on(before, line):
            listing = wrapped = False
            continue
        if wrapped and before and line.attached and _runs_on(before, line):
            marked.add(index)
            continue
        wrapped = bool(patterns.start.match(line.text))
        if patterns.heading.fullmatch(line.text):
            listing = True
            marked.add(index)
        elif wrapped or _is_boilerplate(line.text, index, patterns) or (listing and _is_link(line)):
            marked.add(index)
        else:
            listing = False
    return marked


def _runs_on(before: _Line, line: _Line) -> bool:
    """Whether a line continues the sentence of the line right before it."""
    if _ENDED.search(before.text):
        return False
    return len(before.text) >= _FULL_LINE or (len(before.text) >= 25 and line.text[0].islower())


def _is_boilerplate(line: str, index: int, patterns: _Patterns) -> bool:
    if patterns.date.fullmatch(line) and any(map(str.isalnum, line)):
        # Further down, or from one date to another, it may belong to a table.
        is_date = any(map(str.isalpha, line)) and len(_FULL_DATE.findall(line)) < 2
        return is_date and index < _DATE_LINES
    return bool(
        patterns.line.fullmatch(line)
        or patterns.parts.fullmatch(line)
        or all(_BARE_WORD.fullmatch(word) for word in line.split())
        or _introduced_name(line, patterns)
        or _is_navigation(line)
    )


def _is_navigation(line: str) -> bool:
    """Whether a line is a row of short labels between bars."""
    labels = [label for label in _BAR.split(line) if label]
    return len(labels) >= 3 and all(len(label.split()) <= 4 for label in labels)


def _is_link(line: _Line) -> bool:
    bulleted = bool(_BULLET.match(line.text))
    headline = len(line.text.split()) <= 20 and not _ENDED.search(line.text)
    return (bulleted or line.attached) and headline


def _introduced_name(line: str, patterns: _Patterns) -> str | None:
    """The name in a line such as *By Jane Roe and John Doe in Kabul, The News*, or None."""
    match = patterns.byline.match(line)
    if not match:
        return None
    rest = line[match.end() :].rstrip(")").strip()
    if not _is_name(rest, patterns, most=20):
        return None
    return _AFTER_NAME.split(rest)[0].strip() or None


def _is_name(text: str, patterns: _Patterns, most: int) -> bool:
    """Whether every word may stand in a byline, and at least one is a name."""
    words = [word for word in re.split(r"[\s,;|/]+", text) if word and not word.startswith("@")]
    if not 1 <= len(words) <= most or (words and words[-1][-1] in ".!?:" and len(words[-1]) > 3):
        return False
    lower = {word.lower().strip(".") for word in words}
    if lower & patterns.byline_bars or not lower - patterns.byline_words:
        return False
    return all(_NAME_WORD.fullmatch(w) or w.lower() in patterns.byline_words for w in words)


def _bare_bylines(lines: list[_Line], marked: set[int], patterns: _Patterns) -> Iterator[int]:
    """Lines at the head that hold nothing but two to four name words, and touch boilerplate.

    *Jane Roe* under a headline and over *Published: …* is a byline; alone it may be a heading.
    """
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if index == 0 or index in marked or not 2 <= len(line.text.split()) <= 4:
            continue
        below = index + 1 < len(lines) and index + 1 in marked and lines[index + 1].attached
        if below and _is_name(line.text, patterns, most=4):
            yield index


@lru_cache(maxsize=4)
def _patterns(words: Words) -> _Patterns:
    end = r"[\s.:!…]*"
    part = _alternatives(words("boilerplate_part"))
    date = _alternatives(words("boilerplate_date"))
    between = r"[\d\s:.,;|/•·+@()»›-]"
    return _Patterns(
        line=_compiled(_alternatives(words("boilerplate_line")) + end),
        start=_compiled(_alternatives(words("boilerplate_start"))),
        heading=_compiled(_alternatives(words("boilerplate_heading")) + end),
        parts=_compiled(rf"(?:(?<![^\W\d]){part}(?!\w)|(?<![^\W\d]){date}(?!\w)|{between})+"),
        date=_compiled(rf"(?:(?<![^\W\d]){date}(?!\w)|{between})+"),
        published=_compiled(_alternatives(words("boilerplate_published")) + r"\s*:?\s+(?=\W*\w)"),
        byline=_compiled(r"\(?" + _alternatives(words("boilerplate_byline")) + r"\s*(?<=[\s:])"),
        byline_words=words("boilerplate_byline_word"),
        byline_bars=words("boilerplate_byline_bar"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _alternatives(templates: frozenset[str]) -> str:
    """Templates of a word list as one pattern: `*` is up to twelve words, `#` a number."""
    return (
        "(?:" + "|".join(_pattern(t) for t in sorted(templates, key=lambda t: (-len(t), t))) + ")"
    )


def _pattern(template: str) -> str:
    escaped = re.escape(template).replace("'", "['’]").replace(r"\#", r"\d[\d.,:]*")
    return escaped.replace(r"\*", r"(?:\S+(?:\ \S+){0,11})")
