"""Syllables: Chinese and Korean names read as syllables, whatever system spells them.

*Teng Shu-jui* (Wade-Giles) and *Deng Shurui* (pinyin) are one name, and so are *Choe Byeong-hyeok*
and *Choi Byung Hyuk*. A part of a syllable stands for the set of the sounds that its systems spell
so; two names are one if family name and every syllable of the given name share their sounds. The
systems are ontology data (names_syllables.ttl).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

Sounds = frozenset[str]
Syllable = tuple[Sounds, ...]
"""The possible sounds of each part: initial and final, or initial, vowel and final consonant."""


@dataclass(frozen=True, slots=True, eq=False)
class Syllabary:
    """How one language's syllables are spelled: for each part, spelling -> sounds."""

    language: str
    parts: tuple[Mapping[str, Sounds], ...]
    whole: Mapping[str, Sounds]
    surnames: Mapping[str, Sounds]
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        groups = ("|".join(sorted(part, key=lambda s: (-len(s), s))) for part in self.parts)
        first, *rest = groups
        optional = [f"({group})" if i == 0 else f"({group})?" for i, group in enumerate(rest)]
        object.__setattr__(self, "pattern", re.compile(f"({first})?" + "".join(optional)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as family name and syllables of the given name in one language."""

    language: str
    family: Sounds
    given: tuple[Syllable, ...]


def syllabary(
    language: str, parts: Sequence[Iterable[str]], whole: Iterable[str], surnames: Iterable[str]
) -> Syllabary:
    """A syllabary from lists of "sound spelling spelling …"."""
    return Syllabary(
        language, tuple(_spellings(p) for p in parts), _spellings(whole), _spellings(surnames)
    )


def _spellings(rows: Iterable[str]) -> dict[str, Sounds]:
    found: dict[str, set[str]] = {}
    for row in rows:
        sound, *others = row.split()
        for spelling in (sound, *others):
            found.setdefault(spelling, set()).add(sound)
    return {spelling: frozenset(sounds) for spelling, sounds in found.items()}


def readings(words: Sequence[str], syllabaries: Sequence[Syllabary]) -> tuple[Reading, ...]:
    """All readings of a name's words: the family name first or last, one or two syllables more."""
    if not 2 <= len(words) <= 3:
        return ()
    found = []
    for known in syllabaries:
        for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
            sounds = _surname(family, known)
            if sounds:
                found += [Reading(known.language, sounds, g) for g in _cut(tuple(given), known)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1 << 15)
def _surname(word: str, known: Syllabary) -> Sounds:
    """The family names a word may spell."""
    if known.language != "chinese":
        return known.surnames.get(word, frozenset())
    return frozenset(
        surname
        for surname in known.surnames
        for spelled in _syllables(word, known)
        if any(same_syllable(spelled, other) for other in _syllables(surname, known))
    )


@lru_cache(maxsize=1 << 15)
def _syllables(word: str, known: Syllabary) -> tuple[Syllable, ...]:
    """A word as one syllable, in each way; none if it is none."""
    found: list[Syllable] = []
    match = known.pattern.fullmatch(word)
    if match and any(match.groups()):
        found.append(
            tuple(
                part.get(spelled, frozenset((spelled,))) if spelled else frozenset(("",))
                for part, spelled in zip(known.parts, match.groups(), strict=True)
            )
        )
    for sound in sorted(known.whole.get(word, ())):
        if sound != word:
            found += _syllables(sound, known)
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _cut(words: tuple[str, ...], known: Syllabary) -> tuple[tuple[Syllable, ...], ...]:
    """The given name as one or two syllables: its words, or one word cut in two."""
    if len(words) == 2:
        return tuple(product(*(_syllables(word, known) for word in words)))
    (word,) = words
    found: list[tuple[Syllable, ...]] = [(one,) for one in _syllables(word, known)]
    for at in range(1, len(word)):
        parts = (_syllables(word[:at], known), _syllables(word[at:], known))
        found += product(*parts)
    return tuple(found)


def same_syllable(left: Syllable, right: Syllable) -> bool:
    """Whether two spelled syllables may be one."""
    return all(not a.isdisjoint(b) for a, b in zip(left, right, strict=True))


def same_reading(left: Sequence[Reading], right: Sequence[Reading]) -> bool | None:
    """Whether two names may be one name of a language; None if no language has both."""
    shared = [(a, b) for a, b in product(left, right) if a.language == b.language]
    if not shared:
        return None
    return any(_same(a, b) for a, b in shared)


def _same(left: Reading, right: Reading) -> bool:
    return (
        not left.family.isdisjoint(right.family)
        and len(left.given) == len(right.given)
        and all(same_syllable(a, b) for a, b in zip(left.given, right.given, strict=True))
    )


def reading_keys(found: Iterable[Reading]) -> Iterator[str]:
    """What readings of one name have in common: a family name and a first vowel, for blocking."""
    for reading in found:
        for family in sorted(reading.family):
            yield f"{reading.language} {family} {len(reading.given)}"
