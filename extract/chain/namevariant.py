"""Name variants: whether two spellings inside one text may name the same actor.

Only strings are compared here. A text that says *Qassem Soleimani* once and *Soleimani* ever
after means one man; across texts far more caution is due, and other code decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Literal

Variant = Literal["same", "surname", "given", "partial", "spelling", "acronym", "short", ""]
"""How the shorter name comes from the longer one; empty if it does not."""

_WORD = re.compile(r"[^\W_]+(?:\.(?=[^\W_]))?", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_DIGRAPHS = (
    *(("sch", "sh"), ("tch", "ch"), ("dj", "j"), ("kh", "k"), ("gh", "g"), ("ph", "f")),
    *(("ck", "k"), ("q", "k"), ("ou", "u"), ("oo", "u"), ("ei", "i"), ("ey", "i"), ("ai", "i")),
    *(("ay", "i"), ("ee", "i"), ("ie", "i"), ("y", "i"), ("o", "u"), ("e", "a"), ("w", "v")),
    ("z", "s"),
)


@lru_cache(maxsize=8192)
def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name, lower-case, without accents, points, apostrophes and hyphens."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip()))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’`ʿʾ]", "", plain)
    if re.fullmatch(r"(?:\w\.){2,}\w?", plain):  # U.S. is one word
        return (plain.replace(".", ""),)
    return tuple(w.rstrip(".") for w in _WORD.findall(plain))


@lru_cache(maxsize=8192)
def sound_key(token: str) -> str:
    """A token with the usual transliteration differences folded (*Suleimani*, *Soleimani*)."""
    for spelling, sound in _DIGRAPHS:
        token = token.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", token)


@lru_cache(maxsize=8192)
def acronyms(name: str) -> frozenset[str]:
    """The initialisms a long name may have, with and without its small words."""
    words = re.findall(r"[^\W_]+", name)
    if len(words) < 2:
        return frozenset()
    every = "".join(w[0] for w in words)
    capital = "".join(w[0] for w in words if w[0].isupper())
    pieces = "".join(c for w in words for c in w if c.isupper())
    return frozenset(a.upper() for a in (every, capital, pieces) if len(a) > 1)


@lru_cache(maxsize=8192)
def name_keys(name: str) -> frozenset[str]:
    """What two names must have in common, one at least, to be variants of each other."""
    tokens = name_tokens(name)
    keys = {sound_key(t).removesuffix("s") for t in tokens} | {"".join(tokens)}
    return frozenset(keys | {a.casefold() for a in acronyms(name)})


def is_acronym(short: str, long: str) -> bool:
    """Whether *IRGC* or *U.N.* is made of the initials of a long name."""
    letters = short.replace(".", "")
    letters = letters.removeprefix("the ").removeprefix("The ")
    if not letters.isalnum():
        return False
    shouted = sum(c.isupper() for c in letters) * 2 > len(letters) and len(letters) > 1
    return shouted and letters.upper() in acronyms(long)


def _given_and_family(
    tokens: Sequence[str], particles: Collection[str], suffixes: Collection[str]
) -> tuple[str, ...]:
    bare = tuple(t for t in tokens if t not in particles and t not in suffixes)
    return bare or tuple(tokens)


def _token_fits(short: str, long: str) -> bool:
    if short == long or sound_key(short) == sound_key(long):
        return True
    return len(short) == 1 and long.startswith(short)


def _is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(any(_token_fits(s, other) for other in rest) for s in short)


def person_variant(
    one: str, other: str, particles: Collection[str], suffixes: Collection[str]
) -> Variant:
    """How two personal names (without titles) go together inside one text.

    *Soleimani* is a surname of *Qassem Soleimani*; *George W. Bush* and *G. Bush* are partial;
    *Hassan Rouhani* and *Hossein Rouhani*, *John Smith Jr* and *John Smith Sr* are not one man.
    """
    tokens, others = name_tokens(one), name_tokens(other)
    if not tokens or not others:
        return ""
    marks = [{t for t in names[1:] if t in suffixes} for names in (tokens, others)]
    if marks[0] and marks[1] and marks[0] != marks[1]:
        return ""
    short, long = sorted(
        (_given_and_family(t, particles, suffixes) for t in (tokens, others)), key=len
    )
    if marks[0] != marks[1] and len(short) > 1:
        return ""
    if short == long:
        return "same"
    if len(short) == len(long):
        return "spelling" if all(map(_token_fits, short, long)) else _crossed(short, long)
    if len(short) > 1:
        ends = _token_fits(short[-1], long[-1]) and _token_fits(short[0], long[0])
        whole = _is_subsequence(short, long) and len(short[-1]) > 1
        return "partial" if whole and (ends or short == long[-len(short) :]) else ""
    if len(short[0]) < 2:
        return ""
    if _token_fits(short[0], long[-1]):
        return "surname"
    return "given" if short[0] == long[0] else ""


def _crossed(one: Sequence[str], other: Sequence[str]) -> Variant:
    """Initials on either side: *J. Robert Smith*, *John R. Smith*."""
    pairs = zip(one, other, strict=True)
    fits = all(_token_fits(a, b) or _token_fits(b, a) for a, b in pairs)
    return "spelling" if fits and len(one[-1]) > 1 else ""


def group_variant(one: str, other: str, designators: Collection[str]) -> Variant:
    """How two names of organisations or places go together inside one text.

    *Google Inc.* and *Google* are the same but for designators; *the Guards* is short for
    *Revolutionary Guards*; the *3rd Brigade* is never the *7th Brigade*.
    """
    if is_acronym(one, other) or is_acronym(other, one):
        return "acronym"
    pair = (name_tokens(one), name_tokens(other))
    short, long = sorted(pair, key=len)
    if not short or any(c.isdigit() for word in set(short) ^ set(long) for c in word):
        return ""
    if short == long or "".join(short) == "".join(long):
        return "same"
    bare = [tuple(w for w in t if w not in designators) for t in (short, long)]
    if bare[0] and bare[0] == bare[1]:
        return "short"
    if len(short) == len(long):
        fits = all(sound_key(a) == sound_key(b) for a, b in zip(short, long, strict=True))
        return "spelling" if fits and len("".join(short)) > 5 else ""
    if not bare[0] or len(short) >= len(long):
        return ""
    return "partial" if _is_short_form(short, long, designators) else ""


def _is_short_form(short: Sequence[str], long: Sequence[str], designators: Collection[str]) -> bool:
    """Whether the short name ends at the long one's head: before *of*, *for*, else its end.

    *Supreme Court* is short for *Supreme Court of Malta*; *Malta* is not. Plurals and
    designators do not count: *the Guards*, *Coastal Guard Corps*.
    """
    small = next((i for i, word in enumerate(long) if word in ("of", "for", "in") and i), None)
    ends = [long[:small]] if small else [long]
    if small and long[small] in short:
        ends.append(long)
    whole = (short, *ends)
    bare = tuple(tuple(w for w in words if w not in designators) for words in whole)
    for words in (whole, bare):
        own, *others = (tuple(w.removesuffix("s") for w in name) for name in words)
        if own and any(end[-len(own) :] == own for end in others):
            return True
    return False
