"""Layout: how a page is set, undone for reading, character by character."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .casing import Casing, truecased
from .document import Document

_BULLET = re.compile(r"(?:[•‣▪●◦·*-]+|\(?(?:\d{1,2}|[a-z])[.)])(?= +\S)")
_ENDED = re.compile(r"[.!?…:;][\"')\]]*$")
_LINE_END = re.compile(r"[ \t]*[\r\n]")
_WIDE = 120  # characters; no hard-wrapped line is longer
_LOWER_SHARE = 0.2  # at least, of the continuation lines of hard-wrapped prose, begin in lower case
_SHORT = 0.7  # of the width: a line that ends earlier was ended on purpose
_TITLE_WORDS = 25

_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:, \d{4})?,? ?"
_AGENCY = r"\([A-Z][^()\n]{1,30}\) ?"
_DATELINE = re.compile(  # the dash ends KABUL, Jan 3 (Agency) - and Kabul (Agency) -
    rf"^ *(?:(?:[A-Z][A-Z'./-]+,? ){{1,5}}(?:[A-Z][\w.]+,? ){{0,2}}(?:{_DATE})?(?:{_AGENCY})?"
    rf"|(?:[A-Z][\w'.-]+,? ){{1,4}}(?:{_DATE})?{_AGENCY})(--?)(?= )",
    re.MULTILINE,
)


def _table() -> dict[int, str]:
    """Characters, and the one that the model has learnt to read in their place."""
    blanks = (*range(0x0A), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), *range(0x86, 0xA1), 0xAD)
    wide = (0x061C, 0x1680, 0x180E, *range(0x2000, 0x2010), *range(0x202A, 0x2030))
    more = (*range(0x205F, 0x2070), 0x3000, 0xFEFF)
    table = dict.fromkeys((*blanks, *wide, *more), " ")
    table |= dict.fromkeys(map(ord, "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
    table |= dict.fromkeys(map(ord, "‘’‚‛ʼ′`´＇"), "'")
    table |= dict.fromkeys(map(ord, "“”„‟″«»＂"), '"')
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
    return table | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


_TABLE = _table()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of its first visible character
    text: str  # stripped
    indent: int
    attached: bool  # no blank line before it


def reading_text(document: Document, casing: Casing | None = None) -> str:
    """The text to give to the model: as long as `document.text`, so that all offsets hold.

    Boilerplate, bullets and odd white space are blanked, typographic quotes and dashes plain.
    Newlines stand only where a block (paragraph, headline, list item, dateline) ends: those
    inside a hard-wrapped paragraph become blanks. Paragraphs all in capitals or all in lower case
    and headlines in title case are written as prose is, if `casing` tells how.
    """
    text = _blanked(document).replace("\r\n", " \n").translate(_TABLE)
    characters = list(text)
    for line, joins in _joins(list(_lines(text))):
        if joins:
            characters[text.rindex("\n", 0, line.start)] = " "
        elif bullet := _BULLET.match(line.text):
            characters[line.start : line.start + bullet.end()] = " " * bullet.end()
    laid = "".join(characters)
    for dateline in _DATELINE.finditer(laid):
        start, end = dateline.span(1)
        characters[start:end] = "\n" * (end - start)
    return truecased("".join(characters), casing)


def block_starts(text: str) -> list[int]:
    """Where a sentence must start in a reading text: the first visible character of each line."""
    return [line.start for line in _lines(text)]


def headline(document: Document) -> str | None:
    """The first block of a document if it looks like a title: short, unpunctuated, not alone."""
    text = reading_text(document)
    blocks = list(_lines(text))
    if len(blocks) < 2:
        return None
    first = blocks[0]
    end = first.start + len(first.text)
    words = first.text.split()
    fits = 2 <= len(words) <= _TITLE_WORDS and not re.search(r"[.,:;…][\"')\]]*$", first.text)
    if not fits or first.text[0].islower() or not _LINE_END.match(document.text, end):
        return None
    return " ".join(document.text[first.start : end].split())


def _blanked(document: Document) -> str:
    """The text with blanks for its boilerplate; line ends stay."""
    parts, position = [], 0
    for start, end in document.boilerplate:
        parts.append(document.text[position:start])
        parts.append(re.sub(r"[^\r\n]", " ", document.text[start:end]))
        position = end
    return "".join((*parts, document.text[position:]))


def _lines(text: str) -> Iterator[_Line]:
    """The lines that have anything visible."""
    position, attached = 0, False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            yield _Line(position + indent, stripped, indent, attached)
        attached = bool(stripped)
        position += len(raw) + 1


def _joins(lines: list[_Line]) -> Iterator[tuple[_Line, bool]]:
    """Each line, and whether it goes on with the paragraph of the line before."""
    width = _wrapping_width(lines)
    for index, line in enumerate(lines):
        yield line, line.attached and _goes_on(lines[index - 1], line, width)


def _wrapping_width(lines: list[_Line]) -> int | None:
    """The width in characters to which a text is hard-wrapped; None if a line is a paragraph.

    Prose that is cut wherever the line was full goes on in lower case more often than not; lines
    that are paragraphs, headlines or list items hardly ever do.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if b.attached]
    width = max((len(line.text) for line in lines), default=0)
    if not pairs or width > _WIDE:
        return None
    if any(character.islower() for line in lines for character in line.text):
        cut = sum(b.text[0].islower() for _, b in pairs)
        return width if cut >= _LOWER_SHARE * len(pairs) else None
    cut = sum(not _ENDED.search(a.text) for a, _ in pairs)  # all in capitals
    return width if cut * 2 >= len(pairs) else None


def _goes_on(before: _Line, line: _Line, width: int | None) -> bool:
    """Whether a line continues the paragraph of the line right before it."""
    ended = bool(_ENDED.search(before.text))
    word = line.text.split(None, 1)[0]
    if width is None:
        return line.text[0].islower() and not ended and not _BULLET.match(line.text)
    short = len(before.text) + 1 + len(word) < _SHORT * width
    if _BULLET.match(line.text) and (ended or short or _BULLET.match(before.text)):
        return False
    if line.text[0].islower():
        return True
    return not short and not (ended and line.indent >= before.indent + 2)
