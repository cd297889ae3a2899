"""Headlines In Title Case, written as prose is: the document itself tells which words are names.

After Lita et al., "tRuEcasIng" (ACL 2003): a word is written as the rest of the text writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .casing import Casing

_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:][\"')\]]*\s+)[\"'(\[]*$")
_ENDED = re.compile(r"[.!?,;][\"')\]]*$")
_SHORT = 4  # letters: of, in, with may be small in a title
_FEWEST, _MOST = 4, 25  # words of a title
_LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Usage:
    """How the prose of a text writes words: which in small letters, which as names."""

    small: frozenset[str]
    named: frozenset[str]


def plain_titles(text: str, casing: Casing) -> str:
    """The text, same length, with every line in title case written as prose is.

    Known names stay. Other words are written as the text writes them elsewhere inside sentences;
    those that stand nowhere else lose their capital only if they are inflected verbs
    (*Reverses*, *Killed*), which no name is made of.
    """
    lines = text.split("\n")
    titles = [_is_title(line) for line in lines]
    if not any(titles):
        return text
    usage = _usage(line for line, title in zip(lines, titles, strict=True) if not title)
    return "\n".join(
        _plain(line, casing, usage) if title else line
        for line, title in zip(lines, titles, strict=True)
    )


def _is_title(line: str) -> bool:
    words = _WORD.findall(line)
    if not _FEWEST <= len(words) <= _MOST or _ENDED.search(line.rstrip()):
        return False
    long = [word for word in words if len(word) >= _SHORT]
    shouted = sum(word.isupper() for word in long)
    return len(long) >= _FEWEST - 1 and all(w[0].isupper() for w in long) and shouted < len(long)


def _usage(lines: Iterator[str]) -> Usage:
    small, named = set(), set()
    for line in lines:
        for word in _WORD.finditer(line):
            if word[0].islower():
                small.add(word[0])
            elif not _SENTENCE_START.search(line, 0, word.start()):
                named.add(word[0].lower())
    return Usage(frozenset(small), frozenset(named))


def _plain(line: str, casing: Casing, usage: Usage) -> str:
    words = list(_WORD.finditer(line))
    kept = _known(tuple(w[0].lower() for w in words), casing)
    characters = list(line)
    for place, word in enumerate(words):
        lower = word[0].lower()
        if place == 0 or place in kept or len(lower) != len(word[0]):
            continue
        if word[0][1:] != lower[1:] or lower in usage.named:
            continue
        if lower in usage.small or casing.is_inflected(lower):
            characters[word.start()] = lower[0]
    return "".join(characters)


def _known(words: tuple[str, ...], casing: Casing) -> set[int]:
    """The places of the words of known names."""
    return {
        place
        for start in range(len(words))
        for length in range(1, _LONGEST_NAME + 1)
        if words[start : start + length] in casing.names
        for place in range(start, start + length)
    }
