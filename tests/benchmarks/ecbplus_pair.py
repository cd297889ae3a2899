"""What speaks for and against two mentions of ECB+ being of one event, entity or time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from actorgraph.graph.lexicon import default_lexicon
from actorgraph.graph.period import overlap, period
from actorgraph.graph.resemblance import compared
from ecbplus_text import Given

AGENTS = frozenset({"agent", "possessor", "modifier"})
PATIENTS = frozenset({"patient", "of", "recipient", "attribute"})
ENDINGS = (
    *("ation", "ition", "sition", "ution", "ision", "osion", "ision", "ssion", "tion", "sion"),
    *("ion", "ment", "ance", "ence", "ing", "ery", "ure", "age", "al", "er", "th", "s", "y"),
    *("ire", "ide", "ode", "ute", "ate", "ify", "ish", "it", "e", "d", "t", ""),
)
"""What may follow the stem that a verb and a noun made of it share."""


@dataclass(frozen=True)
class Setting:
    """What is known of all documents before mentions are compared.

    `alike` are the likeness of documents, `rarity` the weight of a word, `synonyms` word -> the
    relations that it alone says; once known, `who` stands at a token of a document, and which
    entities stand `beside` an event in its sentence.
    """

    alike: Sequence[Sequence[float]]
    rarity: Mapping[str, float]
    synonyms: Mapping[str, frozenset[str]]
    who: Mapping[tuple[int, int], str] = field(default_factory=dict)
    beside: Mapping[tuple[int, int, int], frozenset[str]] = field(default_factory=dict)


def rarities(documents: Iterable[Iterable[str]]) -> dict[str, float]:
    """How rare each word is among the documents, from 0 to 1."""
    sets = [set(words) for words in documents]
    counts = Counter(word for words in sets for word in words)
    most = math.log(len(sets) + 1)
    return {word: math.log((len(sets) + 1) / n) / most for word, n in counts.items()}


def family(left: str, right: str) -> bool:
    """Whether two words may be a verb and a noun made of it: *acquire*, *acquisition*."""
    if left == right:
        return True
    shared = 0
    while shared < min(len(left), len(right)) and left[shared] == right[shared]:
        shared += 1
    if shared < 4 or shared < 0.5 * max(len(left), len(right)):
        return False
    return any(
        left[n:] in ENDINGS and right[n:] in ENDINGS for n in range(shared, max(shared - 2, 3), -1)
    )


def spoken(event: Given) -> str:
    """The word that tells an event: of a pronoun what it stands for, of a headline's the verb."""
    word: str = event.lemma
    if event.pronoun:
        known: str = event.known_as
        return known if known != word else ""
    return word[:-1] if event.tag.startswith("NN") and word.endswith("s") else word


def event_features(one: Given, other: Given, known: Setting) -> dict[str, float]:
    """Two mentions of events; those they involve are compared by who they were found to be."""
    found = _common(one, other, known)
    left_word, right_word = spoken(one), spoken(other)
    same = left_word == right_word != ""
    related = not same and family(left_word, right_word)
    synonyms = _synonyms(one, other, known)
    close = same or related or synonyms > 0
    found |= {
        "lemma": same,
        "chain": one.document == other.document and one.chain == other.chain >= 0,
        "pronoun": one.pronoun or other.pronoun,
        "pronoun, same document": (one.pronoun or other.pronoun) and found["same document"],
        "family": related,
        "synonyms": synonyms if not (same or related) else 0.0,
        "word inside": not same and bool(one.words & other.words),
        "verb and noun": one.tag[:2] != other.tag[:2],
    }
    for role, roles in (("agent", AGENTS), ("patient", PATIENTS), ("other", frozenset[str]())):
        left, right = _who(one, roles, known), _who(other, roles, known)
        found[f"{role} same"] = bool(left & right)
        found[f"{role} differs"] = bool(left and right and not left & right)
        found[f"{role} same, close"] = close and bool(left & right)
        found[f"{role} differs, close"] = close and bool(left and right and not left & right)
    near = _beside(one, known), _beside(other, known)
    common = len(near[0] & near[1]) / (min(map(len, near)) or 1)
    found |= {
        "beside": common,
        "beside, close": close * common,
        "nobody beside, close": close and not (near[0] and near[1]),
    }
    rare = known.rarity.get(left_word, 1.0)
    story = known.alike[one.document][other.document]
    found |= {
        "close": close,
        "rare, lemma": same * rare,
        "story, close": close * story,
        "story, rare, close": close * story * rare,
        "story, beside": story * common,
        "sentence, close": close * found["sentence"],
        "same document, close": close * found["same document"],
        "titles, apart": found["both on top"] * (not close),
    }
    return found


def entity_features(one: Given, other: Given, known: Setting) -> dict[str, float]:
    """Two mentions of entities."""
    found = _common(one, other, known)
    same = one.lemma == other.lemma
    names = _names(one, other)
    chain = one.document == other.document and one.chain >= 0 and one.chain == other.chain
    own = one.tag.startswith("NNP"), other.tag.startswith("NNP")
    silent = one.pronoun or other.pronoun
    story = known.alike[one.document][other.document]
    rare = known.rarity.get(one.lemma, 1.0)
    stated = same and not silent
    inside = len(one.words & other.words) / (min(len(one.words), len(other.words)) or 1)
    likeness = 0.0 if names is None else names
    as_known = one.known_as == other.known_as
    within, pair = found["same document"], not any(own) and not silent
    found |= {
        "chain": chain,
        "chain, pronoun": chain and silent,
        "same document, no chain": within and not chain,
        "pronoun": silent,
        "pronoun, same document": silent and within and not chain,
        "lemma": stated,
        "lemma, both names": stated and all(own),
        "lemma, no names": stated and not any(own),
        "lemma, rare": stated * rare,
        "lemma, story": stated * story,
        "lemma, story, no names": stated * story * (not any(own)),
        "words": inside,
        "words, both names": inside * all(own),
        "words, lemma": inside * stated,
        "full": one.words == other.words and stated,
        "names": likeness,
        "names alike": likeness > 0.8,
        "names alike, story": (likeness > 0.8) * story,
        "names differ": names is not None and names < 0.5,
        "names differ, both names": all(own) and names is not None and names < 0.5,
        "known as": as_known and not same,
        "known as, story": (as_known and not same) * story,
        "known as, pronouns": as_known and silent,
        "name and noun": own[0] != own[1] and not silent,
        "name and noun, story": (own[0] != own[1] and not silent) * story,
        "nouns differ": pair and not same,
        "family": pair and not same and family(one.lemma, other.lemma),
        "types": one.type == other.type,
        "types, not lemma": one.type == other.type and not same and not silent,
        "person and other": (one.type == "Person") != (other.type == "Person"),
        "number differs": one.plural != other.plural and not silent,
        "lemma, number differs": stated and one.plural != other.plural,
        "lemma, same document": stated and within,
        "sentence, lemma": stated * found["sentence"],
    }
    return found


def time_features(one: Given, other: Given, known: Setting) -> dict[str, float]:
    """Two mentions of times."""
    found = _common(one, other, known)
    inside = len(one.words & other.words) / (len(one.words | other.words) or 1)
    least = len(one.words & other.words) / (min(len(one.words), len(other.words)) or 1)
    left, right = period(one.value), period(other.value)
    story = known.alike[one.document][other.document]
    same = one.lemma == other.lemma
    found |= {
        "lemma": same,
        "words": inside,
        "some words": least,
        "equal": one.words == other.words,
        "lemma, story": same * story,
        "words, story": inside * story,
        "overlap": left is not None and right is not None and overlap(left, right),
        "no overlap": left is not None and right is not None and not overlap(left, right),
        "numbers differ": _numbers(one) != _numbers(other),
        "lemma, sentence": same * found["sentence"],
    }
    return found


FEATURES = {"event": event_features, "entity": entity_features, "time": time_features}


def _common(one: Given, other: Given, known: Setting) -> dict[str, float]:
    union = sum(known.rarity.get(w, 1.0) for w in one.near | other.near) or 1.0
    sentence = sum(known.rarity.get(w, 1.0) for w in one.near & other.near) / union
    within = one.document == other.document
    return {
        "one": 1.0,
        "same document": within,
        "same sentence": within and one.near == other.near,
        "story": known.alike[one.document][other.document],
        "sentence": 0.0 if within else sentence,
        "both on top": max(one.place, other.place) < 0.2,
        "numbers": bool(_numbers(one) and _numbers(other) and _numbers(one) != _numbers(other)),
    }


def _numbers(mention: Given) -> frozenset[str]:
    return frozenset(w for w in mention.words if any(c.isdigit() for c in w))


def _synonyms(one: Given, other: Given, known: Setting) -> float:
    """How far two words say the same relations, as told or as they alone say them."""
    if one.relations & other.relations:
        return 1.0
    left, right = (
        m.relations or known.synonyms.get(m.lemma, frozenset[str]()) for m in (one, other)
    )
    return len(left & right) / (min(len(left), len(right)) or 1)


def _who(mention: Given, roles: frozenset[str], known: Setting) -> frozenset[str]:
    """Who takes part in roles (in none named: in those left)."""
    left = AGENTS | PATIENTS | {"complement"}
    return frozenset(
        found
        for role, token in mention.arguments
        if (role in roles if roles else role not in left)
        if (found := known.who.get((mention.document, token)))
    )


def _beside(mention: Given, known: Setting) -> frozenset[str]:
    return known.beside.get((mention.document, mention.start, mention.end), frozenset())


def _names(one: Given, other: Given) -> float | None:
    """How alike the names of two chains are; None if one has none."""
    if one.name is None or other.name is None:
        return None
    if one.name.kind != other.name.kind:
        words = {p.text for p in one.name.core} & {p.text for p in other.name.core}
        return 0.7 if words else 0.0
    return compared(*sorted((one.name, other.name), key=lambda n: n.text), default_lexicon()).score
