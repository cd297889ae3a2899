"""Resemblance: two names compared part by part, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from .lexicon import NameLexicon, default_lexicon
from .names import Name, NameKind, Part, parsed
from .pronunciation import (
    consonant_likeness,
    may_sound_alike,
    pronunciation_likeness,
    starts_alike,
)
from .spelling import likeness, sound
from .syllable import same_reading

ALIKE = 0.7  # two words below are different words
_STRICT = 2.2  # how much faster words of unlike sounds become different words
_OTHER_NAME = 0.65  # given names known to be two are different words, however alike
_LAX = 1.2  # the same for words of which one lacks its vowels
_GLUED = 0.85  # words that match only when written together must match well


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How alike two names are, in [0, 1]; `reasons` in words; `conflicts` speak against one bearer.

    A conflict (another number, another given name, child and father exchanged) forbids to merge on
    names alone however alike they look: *3 Division* and *7 Division*.
    """

    score: float
    reasons: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float
    weight: float
    reason: str


def name_similarity(left: str, right: str, type_: str) -> float:
    """How alike two names of a type are as names of one bearer, in [0, 1]."""
    return resemblance(left, right, type_).score


def resemblance(
    left: str, right: str, type_: str, lexicon: NameLexicon | None = None
) -> Resemblance:
    """Compare two names by the rules of their type; symmetric."""
    lexicon = lexicon or default_lexicon()
    if type_ == "LegalEntity":  # FollowTheMoney: a person or an organisation
        both = [resemblance(left, right, t, lexicon) for t in ("Person", "Organization")]
        return min(both, key=lambda r: r.score) if _corporate(left, right, lexicon) else both[0]
    first, second = sorted((left, right))
    return compared(parsed(first, type_, lexicon), parsed(second, type_, lexicon), lexicon)


def _corporate(left: str, right: str, lexicon: NameLexicon) -> bool:
    names = [parsed(text, "Organization", lexicon) for text in (left, right)]
    return any(n.legal or any(p.kind == "generic" for p in n.parts) for n in names)


@lru_cache(maxsize=1 << 18)
def compared(left: Name, right: Name, lexicon: NameLexicon) -> Resemblance:
    """Compare two parsed names of one kind."""
    if left.text == right.text:
        return Resemblance(1.0, ("the same name",))
    if left.signs and right.signs:
        return _by_signs(left, right)
    syllables = _by_syllables(left, right)
    if syllables:
        return syllables
    acronym = _as_acronym(left, right) or _as_acronym(right, left)
    if acronym:
        return acronym
    pairs = tuple(_aligned(left, right, lexicon))
    return _judged(left, right, pairs, lexicon)


def _by_signs(left: Name, right: Name) -> Resemblance:
    """Names in syllable or word signs: every sign counts."""
    a, b = (n.text.replace(" ", "").replace("·", "").replace("・", "") for n in (left, right))
    distance = OSA.distance(a, b)
    score = 1 - distance / max(len(a), len(b), 1)
    return Resemblance(score, (f"{distance} signs differ",))


def _by_syllables(left: Name, right: Name) -> Resemblance | None:
    """Names of one language of syllables: every syllable counts."""
    same = same_reading(left.readings, right.readings)
    if same is None:
        return None
    one, other = left.text, right.text
    if same:
        return Resemblance(0.97, (f"{one} and {other} spell the same syllables",))
    letters = ("".join(sorted(p.text for p in name.parts)) for name in (left, right))
    slips = OSA.distance(*letters)
    return Resemblance(max(0.55, 0.97 - 0.095 * slips), (), (f"{one} is not {other}",))


def _as_acronym(short: Name, full: Name) -> Resemblance | None:
    if not short.acronym or full.acronym or len(full.parts) < 2 or short.kind == "person":
        return None
    every = "".join(p.text[0] for p in full.parts)
    main = "".join(p.text[0] for p in full.core)
    if short.acronym in (every, main):
        return Resemblance(0.85, (f"{short.text} is the acronym of {full.text}",))
    return None


def _aligned(left: Name, right: Name, lexicon: NameLexicon) -> Iterator[_Pair]:
    """The best pairing of words, greedily, each word once; adjacent words may be written as one."""
    vowels = left.vowels and right.vowels
    candidates = sorted(
        _candidates(left.parts, right.parts, left.kind, lexicon, vowels),
        key=lambda p: (-p.score * p.weight, p.left[0] + p.right[0], p.left, p.right),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    for pair in candidates:
        if used_left.isdisjoint(pair.left) and used_right.isdisjoint(pair.right):
            used_left.update(pair.left)
            used_right.update(pair.right)
            yield pair


def _candidates(
    left: Sequence[Part],
    right: Sequence[Part],
    kind: NameKind,
    lexicon: NameLexicon,
    vowels: bool,
) -> Iterator[_Pair]:
    for i, j in product(range(len(left)), range(len(right))):
        score, reason = _alike(left[i], right[j], kind, lexicon, vowels)
        if score >= ALIKE:
            weight = max(left[i].weight, right[j].weight)
            if "initial" in (left[i].kind, right[j].kind):
                weight = 0.5
            yield _Pair((i,), (j,), score, weight, reason)
    for (i, j), (n, m) in product(
        product(range(len(left)), range(len(right))), ((2, 1), (1, 2), (3, 1), (1, 3))
    ):
        some, others = left[i : i + n], right[j : j + m]
        if len(some) == n and len(others) == m:
            yield from _joined_pair(some, others, (i, j), lexicon, vowels)


def _joined_pair(
    some: Sequence[Part],
    others: Sequence[Part],
    start: tuple[int, int],
    lexicon: NameLexicon,
    vowels: bool,
) -> Iterator[_Pair]:
    """A word on one side against two or three on the other."""
    weight = max(sum(p.weight for p in some), sum(p.weight for p in others))
    left, right = (
        tuple(range(i, i + len(parts))) for i, parts in zip(start, (some, others), strict=True)
    )
    if lexicon.same_word(_text(some), _text(others)):
        yield _Pair(left, right, 0.96, weight, f"{_text(some)} and {_text(others)} mean the same")
    joined, single = ("".join(p.text for p in parts) for parts in (some, others))
    if lexicon.same_given_name(joined, single):
        yield _Pair(left, right, 0.98, weight, f"{joined} and {single} spell one name")
    short = min(len(joined), len(single)) < 4 or any(len(p.text) < 2 for p in (*some, *others))
    short |= abs(len(joined) - len(single)) > 2
    if short or "number" in {p.kind for p in (*some, *others)}:
        return
    if vowels:
        score = _spelled_alike(joined, single, lexicon)
    else:
        score = _bare_likeness(joined, single, lexicon)
    if score >= _GLUED:
        yield _Pair(left, right, score - 0.02, weight, f"{joined} is one word or several")


def _alike(
    left: Part, right: Part, kind: NameKind, lexicon: NameLexicon, vowels: bool
) -> tuple[float, str]:
    a, b = left.text, right.text
    if a == b:
        return 1.0, ""
    if "number" in (left.kind, right.kind):
        return 0.0, ""
    if "initial" in (left.kind, right.kind):
        alike = starts_alike(a, b, lexicon.phonology) or (
            not vowels and min(a, b, key=len) in "aeiou"
        )
        return (0.95, f"{a} abbreviates {b}") if alike else (0.0, "")
    if left.kind == right.kind == "particle":
        return (0.9, "") if kind == "person" or sound(a) == sound(b) else (0.0, "")
    if kind == "person":
        if lexicon.same_given_name(a, b):
            return 0.98, f"{a} and {b} spell one name"
        if lexicon.same_nickname(a, b):
            return 0.9, f"{a} and {b} are forms of one name"
        if lexicon.other_given_name(a, b):
            return min(_OTHER_NAME, likeness(a, b)), f"{a} and {b} are two names"
        if lexicon.cognate(a, b):
            return max(
                0.75, _spelled_alike(a, b, lexicon)
            ), f"{a} and {b} are one name in two languages"
    elif lexicon.same_word(a, b):
        return 0.96, f"{a} and {b} mean the same"
    if not vowels:
        return _bare_likeness(a, b, lexicon), f"{a} and {b} have the same consonants"
    return _stemmed(a, b, lexicon), f"{a} is spelled {b}"


def _bare_likeness(a: str, b: str, lexicon: NameLexicon) -> float:
    """How alike two words are of which one at least is written without vowels."""
    bare = 0.96 - _LAX * (1 - consonant_likeness(a, b, lexicon.phonology))
    return max(bare, likeness(a, b))


def _spelled_alike(a: str, b: str, lexicon: NameLexicon) -> float:
    """How alike two words are as romanisations of one, or as one and a slip of the pen in it."""
    if min(len(a), len(b)) <= 3 or any(c.isdigit() for c in a + b):
        return likeness(a, b)
    if not may_sound_alike(a, b, lexicon.phonology):
        return likeness(a, b)
    spoken = 1 - _STRICT * (1 - pronunciation_likeness(a, b, lexicon.phonology))
    if min(len(a), len(b)) == 4 and spoken < 0.85:
        return likeness(a, b)
    return max(likeness(a, b), min(spoken, 0.98))


def _stemmed(a: str, b: str, lexicon: NameLexicon) -> float:
    """Likeness without a shared ending: *-ovich*, *-dottir*, *-shvili* tell no two names apart."""
    whole = _spelled_alike(a, b, lexicon)
    if not (a.endswith(lexicon.endings) and b.endswith(lexicon.endings)):
        return whole
    for ending in lexicon.endings:
        if a.endswith(ending) and b.endswith(ending):
            first, second = a.removesuffix(ending), b.removesuffix(ending)
            if min(len(first), len(second)) >= 4:
                return min(whole, _spelled_alike(first, second, lexicon))
    return whole


def _judged(left: Name, right: Name, pairs: tuple[_Pair, ...], lexicon: NameLexicon) -> Resemblance:
    rest_left = _rest(left, {i for pair in pairs for i in pair.left})
    rest_right = _rest(right, {i for pair in pairs for i in pair.right})
    weight = sum(pair.weight for pair in pairs)
    if not weight:
        return Resemblance(0.0, ("no word in common",), _conflicts(left, right, (), lexicon))
    mean = sum(pair.score * pair.weight for pair in pairs) / weight
    telling = [pair.score for pair in pairs if pair.weight >= 0.4]
    worst = min(telling or (pair.score for pair in pairs))
    score = 0.5 * mean + 0.5 * worst
    reasons = [pair.reason for pair in pairs if pair.reason]
    swapped = _swapped(rest_left, rest_right)
    if swapped:
        score *= swapped
        reasons.append(f"{_text(rest_left)} stands against {_text(rest_right)}")
    else:
        score *= _coverage((left, right), weight, (*rest_left, *rest_right), pairs)
        if any(p.kind == "number" for p in (*rest_left, *rest_right)):
            score *= 0.85
        if rest_left or rest_right:
            reasons.append(f"only one has {_text((*rest_left, *rest_right))}")
    if left.legal and right.legal and left.legal.isdisjoint(right.legal):
        score *= 0.9
        reasons.append("the legal forms differ")
    conflicts = _conflicts(left, right, (rest_left, rest_right), lexicon)
    if any(conflict.startswith("child") for conflict in conflicts):
        score = min(score, 0.6)
    return Resemblance(min(max(score, 0.0), 1.0), tuple(reasons) or ("the same words",), conflicts)


def _rest(name: Name, used: set[int]) -> tuple[Part, ...]:
    return tuple(p for i, p in enumerate(name.parts) if i not in used and p.kind != "particle")


def _text(parts: Sequence[Part]) -> str:
    return " ".join(part.text for part in parts)


def _swapped(left: Sequence[Part], right: Sequence[Part]) -> float | None:
    """The factor for words that stand against each other; None if at most one side has any left."""
    if not left or not right:
        return None
    if all(p.kind == "number" for p in (*left, *right)):
        return 0.84  # as a slip of the pen; a conflict all the same
    return 0.75 if all(p.kind == "generic" for p in (*left, *right)) else 0.55


def _coverage(
    names: tuple[Name, Name], weight: float, rest: Sequence[Part], pairs: Sequence[_Pair]
) -> float:
    """The factor for words only one name has: middle names go missing, other words rarely."""
    extra = sum(part.weight for part in rest)
    covered = weight / (weight + extra)
    if names[0].kind != "person":
        return 1 - 0.7 * (1 - covered)
    full = sum(1 for pair in pairs if pair.weight >= 1)
    minor = all(part.kind in ("initial", "patronymic") for part in rest)
    if (minor and full and len(pairs) > 1) or (extra <= 1 and _framed(names, pairs)):
        return 1 - 0.09 * (1 - covered)
    lonely = 0.8 if extra >= 1 and full < 2 and weight < 1.5 else 1.0
    return lonely * (1 - 0.36 * (1 - covered))


def _framed(names: tuple[Name, Name], pairs: Sequence[_Pair]) -> bool:
    """Whether the first and the last words of both names are paired: only middle names differ."""
    for side, name in enumerate(names):
        told = [i for i, part in enumerate(name.parts) if part.kind == "part"]
        paired = {i for p in pairs if p.weight >= 1 for i in (p.left, p.right)[side]}
        if len(told) < 2 or told[0] not in paired or told[-1] not in paired:
            return False
    return True


def _conflicts(
    left: Name,
    right: Name,
    rests: tuple[Sequence[Part], ...],
    lexicon: NameLexicon,
) -> tuple[str, ...]:
    found = []
    numbers = [[p.text for p in n.parts if p.kind == "number"] for n in (left, right)]
    if numbers[0] != numbers[1]:
        found.append("the numbers differ")
    if _exchanged(left, right):
        found.append("child and father are exchanged")
    if len(rests) == 2 and _swapped(*rests):
        found.append(f"{_text(rests[0])} is not {_text(rests[1])}")
    return tuple(found)


def _exchanged(left: Name, right: Name) -> bool:
    return any(
        min(likeness(child, father_), likeness(father, child_))
        >= max(ALIKE, likeness(child, child_) + 0.01)
        for child, father in left.fathers
        for child_, father_ in right.fathers
    )
