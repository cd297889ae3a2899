"""Names: the parts of a name, and how alike two names are as names of one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .lexicon import NameLexicon, default_lexicon
from .spelling import letters, likeness, romanised, writes_no_vowels, writes_signs
from .syllable import Reading, readings

PartKind = Literal["part", "initial", "patronymic", "particle", "number", "generic"]
NameKind = Literal["person", "other"]

_WEIGHTS: dict[PartKind, float] = {
    "part": 1.0,
    "initial": 0.4,
    "patronymic": 0.15,
    "particle": 0.1,
    "number": 0.8,
    "generic": 0.5,
}
_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: lower-case ASCII, and what it does in the name."""

    text: str
    kind: PartKind

    @property
    def weight(self) -> float:
        """How much of the name's identity it carries."""
        return _WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    `parts` are in natural order (given name first). `legal` are the classes of its legal form,
    `fathers` the pairs child, father around *bin*, *ibn*, *bint*. `acronym` is set if it may be
    one. `vowels` is False for scripts that do not write them. `readings` are what it is as a
    Chinese or Korean name.
    """

    text: str
    kind: NameKind
    parts: tuple[Part, ...]
    legal: frozenset[str] = frozenset()
    fathers: tuple[tuple[str, str], ...] = ()
    acronym: str | None = None
    vowels: bool = True
    signs: bool = False
    readings: tuple[Reading, ...] = ()

    @property
    def core(self) -> tuple[Part, ...]:
        """The parts that tell one bearer from another: all but particles."""
        return tuple(p for p in self.parts if p.kind != "particle") or self.parts


def name_kind(type_: str) -> NameKind:
    """The kind of name that things of a class bear."""
    return "person" if type_ == "Person" else "other"


def parsed(text: str, type_: str, lexicon: NameLexicon | None = None) -> Name:
    """A name taken apart by the rules of its type."""
    lexicon = lexicon or default_lexicon()
    return _parsed(text, name_kind(type_), lexicon)


@lru_cache(maxsize=1 << 17)
def _parsed(text: str, kind: NameKind, lexicon: NameLexicon) -> Name:
    return _person(text, lexicon) if kind == "person" else _organization(text, lexicon)


def _person(text: str, lexicon: NameLexicon) -> Name:
    plain = romanised(_natural_order(_without_articles(text)))
    words = [w for w in re.split(r"[^\w]+", _spaced_initials(plain)) if w]
    if len(words) > 1 or not writes_signs(text):
        words = [letters(word) for word in words]
    if writes_signs(text) or any(_glued(word) for word in words):
        words = [piece for word in words for piece in _humps(word)]
    words = _without_titles([word.lower() for word in words], lexicon)
    words = [piece for word in _reunited(words, lexicon) for piece in _compound(word, lexicon)]
    return Name(
        text,
        "person",
        _person_parts(words, lexicon),
        fathers=_fathers(words, lexicon),
        vowels=not writes_no_vowels(text),
        signs=writes_signs(text),
        readings=readings(words, lexicon.syllabaries),
    )


def _natural_order(text: str) -> str:
    """*Putin, Vladimir* -> *Vladimir Putin*; *Smith, Jr.* keeps its order."""
    last, comma, first = text.partition(",")
    if comma and len(first.strip(" .")) > 3 and "," not in first:
        return f"{first.strip()} {last.strip()}"
    return text.replace(",", " ")


def _spaced_initials(text: str) -> str:
    """*J.-C. Juncker*, *J.C. Juncker* and *JC Juncker* all give *J C Juncker*."""
    text = re.sub(r"\b([A-Z])\.[ -]?", r"\1 ", text)
    if text.isupper():
        return text
    return re.sub(r"\b(?=[BCDFGHJKLMNPQRSTVWXZ]{2}\b)([A-Z])([A-Z])\b", r"\1 \2", text)


def _glued(word: str) -> bool:
    """Whether two capitalised names are written as one: *SergeiLavrov*, but not *McDonald*."""
    return bool(re.match(r"[A-Z][a-z]{3,}[A-Z][A-Za-z]+$", word))


def _humps(word: str) -> list[str]:
    return re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", word) or [word]


def _without_titles(words: list[str], lexicon: NameLexicon) -> list[str]:
    """Drop leading titles and trailing suffixes while a name of two words is left."""
    start, end = 0, len(words)
    while (
        end - start > 1
        and words[start] in lexicon.titles
        and words[start + 1] not in lexicon.filiations  # Sultan bin Khalid is no sultan
    ):
        start += 1
    while end - start > 2 and (
        words[end - 1] in lexicon.legal_forms or words[end - 1] in lexicon.suffixes
    ):
        end -= 1
    return words[start:end]


def _without_articles(text: str) -> str:
    """Without the article that Arabic script writes as part of the word."""
    return re.sub(r"(?<!\w)ال(?=\w{2})", "", text)


def _reunited(words: Sequence[str], lexicon: NameLexicon) -> list[str]:
    """*Abd Allah*, written apart, as one word like *Abdullah*."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in lexicon.compound_heads and word in ("allah", "ullah", "ollah"):
            found[-1] += word
        else:
            found.append(word)
    return found


def _compound(word: str, lexicon: NameLexicon) -> list[str]:
    """*Abdulrahman*, *Abderrahmane* -> abd rahman; *Salahuddin*, *Salaheddine* -> salah din."""
    for head in lexicon.compound_heads:
        found = re.fullmatch(rf"{head}(?:[aeiou]{{1,2}}(?:l|(.)(?=\1))?)?(.{{3,}})?", word)
        if found and word.startswith(head) and (found[2] or word != head):
            noun = found[2] or ""
            if not noun or re.fullmatch(r"(al)?l?l?ah?", noun):
                return [head] if not noun else [head + "ullah"]
            return [head, noun]
    for tail in lexicon.compound_tails:
        if word.endswith(tail) and len(word) > len(tail) + 3:
            found = re.fullmatch(r"(.{3,}?)(?:[aeiou]{1,2}[dl])", word.removesuffix(tail))
            if found:
                return [found[1], lexicon.compound_tails[0]]
    return [word]


def _person_parts(words: Sequence[str], lexicon: NameLexicon) -> tuple[Part, ...]:
    """The words with what they do; the family name last if a patronymic shows which it is."""
    parts = [Part(word, _person_kind(word, lexicon)) for word in words]
    told = [i for i, part in enumerate(parts) if part.kind == "part"]
    fathers = [i for i in told if words[i].endswith(lexicon.patronymic_endings)]
    if len(told) > 2 and len(fathers) == 1 and fathers[0] > 0:
        at = fathers[0]
        parts[at] = Part(words[at], "patronymic")
        if at == len(parts) - 1 and words[0] not in lexicon.given_names:
            parts = [*parts[1:], parts[0]]
    for i, word in enumerate(words):
        after = [at for at in told if at > i]
        if word in lexicon.filiations and i and len(after) > 1:
            parts[after[0]] = Part(words[after[0]], "patronymic")
    return tuple(parts)


def _person_kind(word: str, lexicon: NameLexicon) -> PartKind:
    if word in lexicon.particles:
        return "particle"
    if len(word) == 1:
        return "initial"
    return "number" if word.isdigit() else "part"


def _fathers(words: list[str], lexicon: NameLexicon) -> tuple[tuple[str, str], ...]:
    """Who is whose child: the words next to each *bin*, articles passed over."""
    pairs = []
    for i, word in enumerate(words):
        if word in lexicon.filiations and i:
            after = [w for w in words[i + 1 :] if w not in lexicon.particles]
            if after and words[i - 1] not in lexicon.particles:
                pairs.append((words[i - 1], after[0]))
    return tuple(pairs)


def _organization(text: str, lexicon: NameLexicon) -> Name:
    plain = re.sub(r"['’]s\b", "", text)
    plain = romanised(plain).replace("&", " and ").replace("+", " and ")
    plain = re.sub(r"(?<!\w)((?:\w\.){2,}\w?)(?!\w)", lambda m: m[1].replace(".", ""), plain)
    words = [w for w in re.split(r"[^\w/]+", plain) if w]
    words = [piece for word in words for piece in (_humps(word) if _glued(word) else [word])]
    lowered, legal = _without_legal_form(words, lexicon)
    parts = tuple(_organization_part(word, lexicon) for word in _counted(lowered, lexicon))
    return Name(
        text,
        "other",
        parts or (Part(plain.lower().strip(), "part"),),
        legal=legal,
        acronym=_acronym(words),
        vowels=not writes_no_vowels(text),
        signs=writes_signs(text),
    )


def _without_legal_form(words: list[str], lexicon: NameLexicon) -> tuple[list[str], frozenset[str]]:
    """Cut legal forms off both ends, longest first, as long as a word is left."""
    legal: set[str] = set()
    found = True
    while found:
        found = False
        for length in range(min(5, len(words) - 1), 0, -1):
            for edge, rest in (
                (words[-length:], words[:-length]),
                (words[:length], words[length:]),
            ):
                form = " ".join(edge).lower().replace("/", "")
                form = _legal_form(form, lexicon)
                if not found and form in lexicon.legal_forms and rest:
                    legal |= lexicon.legal_forms[form]
                    words, found = rest, True
    return words, frozenset(legal)


def _legal_form(form: str, lexicon: NameLexicon) -> str:
    """The legal form meant by a long word with a slip of the pen in it."""
    if len(form) < 10 or " " in form or form in lexicon.legal_forms:
        return form
    near = (known for known in lexicon.legal_forms if likeness(form, known) >= 0.9)
    return min(near, default=form)


def _counted(words: list[str], lexicon: NameLexicon) -> list[str]:
    """The words in lower case, numbers in digits: *Forty-Four* and *XLIV* -> 44, *3rd* -> 3."""
    found: list[str] = []
    for i, word in enumerate(words):
        number = _number(word, i > 0 or len(word) > 2, lexicon)
        if number is None:
            found.append(word.lower())
        elif found and found[-1].isdigit() and found[-1][-1] == "0" and len(number) == 1:
            spelled = not words[i - 1].isdigit() and not word.isdigit()
            if spelled and int(found[-1]) >= 20:
                found[-1] = str(int(found[-1]) + int(number))
            else:
                found.append(number)
        else:
            found.append(number)
    return found


def _number(word: str, roman: bool, lexicon: NameLexicon) -> str | None:
    digits = re.fullmatch(r"0*(\d+)(?:st|nd|rd|th)?", word.lower())
    if digits:
        return digits[1]
    known = lexicon.numbers.get(word.lower())
    if known:
        return min(known)
    if roman and word.isupper() and _ROMAN.fullmatch(word):
        values = [_ROMAN_VALUES[c] for c in word]
        after = [*values[1:], 0]
        return str(sum(-v if v < n else v for v, n in zip(values, after, strict=True)))
    return None


def _organization_part(word: str, lexicon: NameLexicon) -> Part:
    if word.isdigit():
        return Part(word, "number")
    if word in lexicon.stop_words or word in lexicon.particles:
        return Part(word, "particle")
    return Part(word, "generic" if word in lexicon.generic else "part")


def _acronym(words: list[str]) -> str | None:
    """The name itself, if it is one word of two to seven capitals."""
    if len(words) == 1 and re.fullmatch(r"[A-Z][A-Z0-9]{1,6}", words[0]):
        return words[0].lower()
    return None
