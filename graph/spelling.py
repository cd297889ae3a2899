"""Spelling: names of any script in one Latin form, and how alike two words are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

_DIGIT_LETTERS = str.maketrans("013456789", "oieasbtbg")

# What differs between romanisations of one sound, longest first; applied to lower-case ASCII.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sht?sh|tsch|tch|tj|cz|ch", "c"),
        (r"sch|sh", "s"),
        (r"dzh|dj|zh|gi(?=[aou])", "j"),
        (r"^gh(?=a)", "k"),
        (r"kh|gh(?=$)", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"gh", "g"),
        (r"ck|q|c(?=[aoukrlt]|$)", "k"),
        (r"tz|ts", "z"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"oo|ou|eu|au(?=$)", "u"),
        (r"eo", "o"),
        (r"ei|ai|ay|ey|ej|aj|ee|ie|ii|iy|ij|yi|yj|yy", "i"),
        (r"(?<=.)y", "i"),
        (r"^[yj]e|^ie", "i"),
        (r"^[yj](?=[aou])", "i"),
        (r"(?<=[aiou])h$|(?<=[aiou])h(?=[^aeiou])", ""),
        (r"e", "i"),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
    )
)
# Letters of scholarly romanisation whose bare letter would be another sound.
_LETTERS = str.maketrans(
    {"ǧ": "j", "Ǧ": "J", "ǰ": "j", "ẖ": "kh", "ḫ": "kh", "Ḫ": "Kh", "ḏ": "dh", "Ḏ": "Dh"}
    | {"ṯ": "th", "Ṯ": "Th", "ġ": "gh", "Ġ": "Gh", "ẍ": "kh"}
)
# What letters are read as together, or in one language, before they are romanised one by one.
_READINGS = (
    (re.compile(r"[οΟ][υύ]"), "ou"),
    (re.compile(r"([αάεέΑΕ])[υύ](?=[αεηιουωάέήίόύώβγδζλμνρ])"), r"\1v"),
    (re.compile(r"([αάεέΑΕ])[υύ]"), r"\1f"),
    (re.compile("ं|ঁ|ং"), "n"),
)
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_UKRAINIAN_LETTERS = str.maketrans("гГиИ", "hHyY")
_ABJAD = ("ARABIC", "HEBREW", "SYRIAC", "THAANA")
_ABUGIDAS: tuple[str, ...] = (
    "DEVANAGARI",
    "BENGALI",
    "GURMUKHI",
    "GUJARATI",
    "ORIYA",
    "TAMIL",
    "TELUGU",
)
_ABUGIDAS += ("KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_SIGNS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")


@lru_cache(maxsize=1 << 16)
def romanised(text: str) -> str:
    """The text in ASCII, whatever its script; case is kept, apostrophes inside words vanish."""
    text = unicodedata.normalize("NFKC", text).replace("\u200c", "").translate(_LETTERS)
    if not text.isascii():
        for pattern, reading in _READINGS:
            text = pattern.sub(reading, text)
        if _UKRAINIAN.search(text):
            text = text.translate(_UKRAINIAN_LETTERS)
    ascii_text = anyascii(text)
    return re.sub(r"(?<=\w)['`’ʻʿ](?=\w)|(?<!\w)['`]|['`](?!\w)", "", ascii_text)


@lru_cache(maxsize=1 << 16)
def script(text: str) -> str:
    """The script of most letters, by Unicode name: LATIN, CYRILLIC, ARABIC, CJK, …"""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            name = unicodedata.name(letter, "LATIN").split()[0]
            counts[name] = counts.get(name, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else "LATIN"


def writes_no_vowels(text: str) -> bool:
    """Whether the text is in a script whose letter-by-letter romanisation lacks vowels.

    Abjads do not write the short ones, abugidas not the inherent one.
    """
    return script(text) in (*_ABJAD, *_ABUGIDAS)


def writes_signs(text: str) -> bool:
    """Whether the text is in a script of syllable or word signs."""
    return script(text) in _SIGNS


def letters(word: str) -> str:
    """A word with digits that imitate letters (*I9or*) undone; a number stays."""
    if any(c.isdigit() for c in word) and sum(c.isalpha() for c in word) > len(word) / 2:
        return word.translate(_DIGIT_LETTERS)
    return word


@lru_cache(maxsize=1 << 18)
def sound(word: str) -> str:
    """A key equal for the usual romanisations of one word: Soleimani, Suleymani -> sulimani."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=1 << 20)
def likeness(left: str, right: str) -> float:
    """How alike two words are written, in [0, 1].

    1 minus the optimal string alignment distance over the length of the longer word, or, a little
    less, the same of their sounds, whichever is more. Words of up to three letters that differ are
    not alike: one letter of three is no slip of the pen.
    """
    if left == right:
        return 1.0
    longest = max(len(left), len(right))
    if longest <= 3:
        return 0.9 if sound(left) == sound(right) and longest == 3 else 0.3
    written = 1 - OSA.distance(left, right) / longest
    spoken_left, spoken_right = sound(left), sound(right)
    longest = max(len(spoken_left), len(spoken_right), 4)
    slips = OSA.distance(spoken_left, spoken_right)
    spoken = 0.9 - slips / longest if slips else 0.96
    return max(written, spoken, 0.0)
