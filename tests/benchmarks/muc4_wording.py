"""Which words stand for an entity: the ways to cut its phrases, with features to choose by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from muc4_text import plain

Cuts = Sequence[tuple[str, Mapping[str, str]]]  # phrases: kind, name of a cut -> its words


def wordings(phrases: Cuts) -> dict[str, set[str]]:
    """Words that may stand for an entity -> what is to be said for and against them."""
    times = Counter(words for _, cuts in phrases for words in {plain(w) for w in cuts.values()})
    longest = max((len(words.split()) for words in times), default=0)
    kinds = {kind for kind, _ in phrases}
    found: dict[str, set[str]] = {}
    for number, (kind, cuts) in enumerate(phrases):
        whole = max(cuts.values(), key=len)
        for name, words in cuts.items():
            if not plain(words):
                continue
            features = found.setdefault(words, set() if number else {"earliest"})
            features |= {f"cut {name}", f"kind {kind}", f"cut {name} {kind}"}
            features |= {f"has {other} {kind}" for other in kinds}
            features |= _shape(words, kind) | _dropped(words, whole, kind)
            if times[plain(words)] > 1:
                features.add("repeated")
            if len(plain(words).split()) == longest:
                features.add("longest")
    return found


def _shape(words: str, kind: str) -> set[str]:
    parts = words.split()
    size = min(len(parts), 5)
    return {
        f"size {size}",
        f"size {size} {kind}",
        f"first {parts[0].lower()}",
        f"last {parts[-1].lower()}",
        f"first {_case(parts[0])} {kind}",
    }


def _dropped(words: str, whole: str, kind: str) -> set[str]:
    """What a cut leaves out of its phrase: the last of it."""
    left = whole.removesuffix(words).split()
    if not left:
        return {"all of it"}
    return {f"dropped {left[-1].lower()}", f"dropped {_case(left[-1])} {kind}"}


def _case(word: str) -> str:
    if word[0].isdigit():
        return "9"
    return "A" if word[0].isupper() else "a"
