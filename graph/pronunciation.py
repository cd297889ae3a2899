"""Pronunciation: what sounds a romanised word may stand for, and how alike two words sound.

Romanisations are many-to-many: *ch* is three sounds and *kh* has five spellings. A word is cut into
spellings (longest match), each standing for a set of sounds; two words are aligned by an edit
distance over these sets (a weighted Needleman and Wunsch 1970), in which spellings that share a
sound cost next to nothing. The spellings are ontology data (names_sounds.ttl).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product

from rapidfuzz.distance import OSA

Sounds = frozenset[str]

_VOWEL = "vowel_"
_RESPELLED = 0.02  # cost of another spelling of one sound
_NEAR = 0.35  # of a consonant that dialects exchange
_NEAR_VOWEL = 0.12
_VOWEL_COST = 0.45  # of a vowel put in, left out, or another
_SILENT = 0.2  # of a sound that may go unwritten
_ABJAD_SILENT = frozenset(("v", "w", "y", "h"))
_SKELETONS = 8  # at most so many readings of a word
_COARSE: Mapping[str, str] = {
    **dict.fromkeys(("b", "p", "f", "v", "mb"), "P"),
    **dict.fromkeys(("d", "t", "theta", "dhal"), "T"),
    **dict.fromkeys(("g", "gh", "q", "k", "kh", "ng"), "K"),
    **dict.fromkeys(("s", "z", "sh", "zh", "ch", "j", "ts", "dz", "shch"), "S"),
    **{"ks": "KS", "tsk": "SK", "l": "L", "m": "M", "n": "N", "r": "R"},
}


@dataclass(frozen=True, slots=True, eq=False)
class Phonology:
    """Spellings and the sounds they stand for; pairs of sounds that are near; silent sounds.

    `lax` is the same for words written without vowels.
    """

    spellings: Mapping[str, Sounds]
    near: frozenset[tuple[str, str]]
    silent: Sounds
    pattern: re.Pattern[str] = field(init=False)
    lax: Phonology = field(init=False, repr=False)

    def __post_init__(self) -> None:
        longest = sorted(self.spellings, key=lambda s: (-len(s.strip("^$")), -len(s), s))
        parts = [("^" if s[0] == "^" else "") + re.escape(s.strip("^$")) for s in longest]
        ends = ["$" if s[-1] == "$" else "" for s in longest]
        pattern = "|".join(part + end for part, end in zip(parts, ends, strict=True))
        object.__setattr__(self, "pattern", re.compile(pattern or r"(?!)"))
        lax = self
        if not self.silent >= _ABJAD_SILENT:
            lax = Phonology(self.spellings, self.near, self.silent | _ABJAD_SILENT)
        object.__setattr__(self, "lax", lax)


@lru_cache(maxsize=1 << 18)
def sounds(word: str, phonology: Phonology) -> tuple[Sounds, ...]:
    """The sets of sounds a word's spellings stand for; other characters stand for themselves."""
    found, at = [], 0
    while at < len(word):
        match = phonology.pattern.match(word, at)
        if match is None or not match[0]:
            found.append(frozenset((word[at],)))
            at += 1
            continue
        spelled = match[0]
        keys = [spelled]
        if at == 0:
            keys.append("^" + spelled)
        if match.end() == len(word):
            keys.append(spelled + "$")
        found.append(frozenset().union(*(phonology.spellings.get(k, ()) for k in keys)))
        at = match.end()
    return tuple(found)


@lru_cache(maxsize=1 << 17)
def skeletons(word: str, phonology: Phonology) -> tuple[str, ...]:
    """The consonants of a word in five coarse classes and l, m, n, r: each way to read it."""
    classes = [sorted({_coarse(sound) for sound in spelled}) for spelled in sounds(word, phonology)]
    readings = ("".join(reading) for reading in islice(product(*classes), 4 * _SKELETONS))
    single = {re.sub(r"(.)\1+", r"\1", reading) for reading in readings}
    return tuple(sorted(single)[:_SKELETONS])


def _coarse(sound: str) -> str:
    return "" if sound.startswith(_VOWEL) else _COARSE.get(sound, sound if sound.isdigit() else "")


def may_sound_alike(left: str, right: str, phonology: Phonology) -> bool:
    """Whether two words' consonants differ in one coarse class at most: a quick look."""
    return any(
        OSA.distance(a, b, score_cutoff=1) <= 1
        for a in skeletons(left, phonology)
        for b in skeletons(right, phonology)
    )


@lru_cache(maxsize=1 << 19)
def pronunciation_likeness(left: str, right: str, phonology: Phonology) -> float:
    """How alike two words sound, in [0, 1]: 1 minus the cost of an alignment for each sound."""
    a, b = sounds(left, phonology), sounds(right, phonology)
    return max(0.0, 1 - _cost(a, b, phonology) / max(len(a), len(b), 4))


@lru_cache(maxsize=1 << 16)
def consonant_likeness(left: str, right: str, phonology: Phonology) -> float:
    """How alike two words sound but for their vowels, which abjads leave out.

    What abjads write for vowels and consonants alike (y, w or v, h) may be there or not.
    """
    a, b = (
        tuple(spelled for spelled in sounds(word, phonology) if not _only_vocal(spelled))
        for word in (left, right)
    )
    return max(0.0, 1 - _cost(a, b, phonology.lax) / max(len(a), len(b), 2))


def _only_vocal(spelled: Sounds) -> bool:
    return all(sound.startswith(_VOWEL) or sound in ("y", "w") for sound in spelled)


def _cost(left: Sequence[Sounds], right: Sequence[Sounds], phonology: Phonology) -> float:
    row = [0.0]
    for sound in right:
        row.append(row[-1] + _gap(sound, phonology, first=len(row) == 1))
    for n, one in enumerate(left):
        before, gap = row, _gap(one, phonology, first=not n)
        row = [before[0] + gap]
        for i, other in enumerate(right):
            row.append(
                min(
                    before[i] + _exchange(one, other, phonology),
                    before[i + 1] + gap,
                    row[i] + _gap(other, phonology, first=not i),
                )
            )
    return row[-1]


@lru_cache(maxsize=1 << 12)
def _gap(spelled: Sounds, phonology: Phonology, first: bool = False) -> float:
    """The cost of a spelling that one word lacks; a first h is heard: Hansen is not Jansen."""
    if first and "h" in spelled:
        return 1.0
    if not spelled.isdisjoint(phonology.silent):
        return _SILENT
    return _VOWEL_COST if _vocal(spelled) else 1.0


@lru_cache(maxsize=1 << 14)
def _exchange(left: Sounds, right: Sounds, phonology: Phonology) -> float:
    if left == right:
        return 0.0
    if not left.isdisjoint(right):
        return _RESPELLED
    vowels = _vocal(left) and _vocal(right)
    if any((a, b) in phonology.near for a in left for b in right):
        return _NEAR_VOWEL if vowels else _NEAR
    return _VOWEL_COST if vowels else 1.0


def _vocal(spelled: Sounds) -> bool:
    return any(sound.startswith(_VOWEL) for sound in spelled)


def openings(word: str, phonology: Phonology) -> tuple[str, ...]:
    """The coarse class of a word's first sound, each way to read it; vowels and glides are one."""
    first = sounds(word, phonology)[:1]
    return tuple(sorted({_coarse(sound) or "V" for spelled in first for sound in spelled}))


def starts_alike(left: str, right: str, phonology: Phonology) -> bool:
    """Whether an initial may be the first letter of a word: *Y* of *Jurij*, *G* of *Hryhorii*."""
    if left[:1] == right[:1]:
        return True
    a, b = sounds(left, phonology)[:1], sounds(right, phonology)[:1]
    return bool(a and b) and _exchange(a[0], b[0], phonology) <= _NEAR_VOWEL
