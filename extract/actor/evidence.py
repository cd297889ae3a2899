"""What a document says a name is: votes for a class, collected over all its occurrences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .grammar import ActorGrammar
from .sighting import Sighting
from .tokens import Tokens

_LABEL_VOTES = {
    "PERSON": ("Person", 1.2),
    "ORG": ("Organization", 1.0),
    "GPE": ("Place", 1.0),
    "LOC": ("Place", 1.0),
    "FAC": ("Facility", 1.0),
    "NORP": ("PopulationGroup", 1.0),
}
_SORTS = frozenset({"MediaOutlet", "PoliticalParty", "Company", "CivilSociety"})
"""Classes of which a noun behind a name tells the name's own class: *the X newspaper*."""
_ORDER = ("Person", "ArmedGroup", "Organization", "Place", "AdminArea", "City", "Facility")
_ENOUGH = 0.8
"""One label of the model, or one clear sign of the grammar."""

Votes = defaultdict[str, float]
Book = defaultdict[tuple[str, ...], Votes]


def key_of(text: Tokens, sighting: Sighting) -> tuple[str, ...]:
    """The words of a name, lower-case: one key for all its spellings in dots and hyphens."""
    return tuple(
        w.text
        for w in text.words[text.word_at[sighting.first] : text.word_at[sighting.last]]
        if w.text != "s" or w.start == text.offsets[sighting.first]
    )


def resolve(text: Tokens, grammar: ActorGrammar, sightings: Sequence[Sighting]) -> list[Sighting]:
    """Give each open name one type for the whole document; drop what no sign calls an actor."""
    votes: Book = defaultdict(lambda: defaultdict(float))
    open_names = []
    for number, sighting in enumerate(sightings):
        if sighting.type is None:
            key = key_of(text, sighting)
            open_names.append((sighting, key))
            for type_, weight in _signs(text, grammar, sightings, number):
                votes[key][type_] += weight
    _inherit(votes, _full_names(text, grammar, sightings, votes))
    _inherit_areas(text, grammar, sightings, votes)
    acronyms = _acronyms(text, grammar, sightings)
    common = {w for w, t in zip(text.texts, text.tags, strict=True) if w.islower()}
    for sighting, key in open_names:
        if key in acronyms:
            sighting.type, sighting.name = acronyms[key]
            continue
        winner = _winner(votes[key])
        if winner and not _is_common_word(text, sighting, key, common, votes[key]):
            sighting.type = winner
    return [s for s in sightings if s.type is not None]


def _is_common_word(
    text: Tokens, sighting: Sighting, key: tuple[str, ...], common: set[str], votes: Votes
) -> bool:
    """A sentence's first word that the document also writes small."""
    return (
        len(key) == 1
        and text.opens[sighting.first]
        and key[0] in common
        and max(votes.values()) < 3
    )


def _winner(votes: Votes) -> str | None:
    if not votes:
        return None
    places = ("Place", "AdminArea", "City")
    votes = defaultdict(float, votes)
    place = sum(votes[p] for p in places)
    scores = {type_: votes[type_] for type_ in votes if type_ not in places}
    scores["Place"] = place
    rank = {type_: -number for number, type_ in enumerate(_ORDER)}
    best = max(scores, key=lambda type_: (scores[type_], rank.get(type_, -9), type_))
    if scores[best] < _ENOUGH:
        return None
    if best == "Place":
        return (
            max(places[1:], key=lambda p: votes[p]) if votes["AdminArea"] + votes["City"] else best
        )
    if best == "Organization" and votes["ArmedGroup"] > 0:
        return "ArmedGroup"
    return best


def _full_names(
    text: Tokens,
    grammar: ActorGrammar,
    sightings: Iterable[Sighting],
    votes: Book,
) -> set[tuple[str, ...]]:
    """The names of two and more words that are persons."""
    found = set()
    for sighting in sightings:
        if sighting.kind != "name":
            continue
        type_ = sighting.type
        key = key_of(text, sighting)
        if type_ is None:
            type_ = _winner(votes[key])
        if type_ == "Person" and len(key) > 1:
            found.add(key)
    return found


def _inherit(votes: Book, full_names: Iterable[tuple[str, ...]]) -> None:
    """A last name or a first name alone is a person if the full name is."""
    parts = defaultdict(float)
    for name in full_names:
        for size in range(1, len(name)):
            parts[name[-size:]] = 3.0
            parts[name[:size]] = max(parts[name[:size]], 1.5)
    for key, weight in parts.items():
        if key in votes:
            votes[key]["Person"] += weight


def _inherit_areas(
    text: Tokens,
    grammar: ActorGrammar,
    sightings: Iterable[Sighting],
    votes: Book,
) -> None:
    """*Talcahuano* is a place if the document knows a *Talcahuano District*."""
    for sighting in sightings:
        if sighting.kind == "name" and sighting.type in ("AdminArea", "City") and sighting.size > 1:
            key = key_of(text, sighting)[:-1]
            if key in votes:
                votes[key]["Place"] += 3.0


def _acronyms(
    text: Tokens, grammar: ActorGrammar, sightings: Sequence[Sighting]
) -> dict[tuple[str, ...], tuple[str, str]]:
    """*Islamic Salvation Front (FIS)*: acronyms in brackets after the name, with its type and name.

    The letters need not be the initials (the acronym may be of another language); a person or
    title before the bracket explains nothing.
    """
    found = {}
    for left, right in pairwise(sightings):
        bracketed = text.texts[left.last : right.first] == ["("] and (
            right.last < len(text) and text.texts[right.last] == ")"
        )
        short = right.size == 1 and text.texts[right.first].isupper()
        named = left.kind == "name" and any(
            left.type and grammar.is_a(left.type, sort) for sort in ("Organization", "Document")
        )
        if bracketed and short and left.type and named and right.type is None:
            found[key_of(text, right)] = (left.type, left.name)
    return found


def _signs(
    text: Tokens, grammar: ActorGrammar, sightings: Sequence[Sighting], number: int
) -> Iterable[tuple[str, float]]:
    """What one occurrence tells of its type."""
    sighting = sightings[number]
    label = text.labels[sighting.last - 1] or text.labels[sighting.first]
    if label in _LABEL_VOTES:
        yield _LABEL_VOTES[label]
    elif not label and _is_participant(text, sighting):
        yield "Agent", 0.8
    yield from _form(text, grammar, sighting)
    if _is_garrison(text, grammar, sightings, number):
        yield "Place", 6.0
    yield from _before(text, grammar, sightings, number)
    yield from _after(text, grammar, sightings, number)
    yield from _syntax(text, grammar, sighting)


def _is_participant(text: Tokens, sighting: Sighting) -> bool:
    """A name of several words as subject, object or after *by*, *with*, *from*, *against*."""
    proper = all(text.is_proper(i) for i in range(sighting.first, sighting.last))
    root = text.root(sighting.first, sighting.last)
    dep, head = text.deps[root], text.heads[root]
    of_verb = dep in ("nsubj", "nsubjpass", "dobj") and text.tags[head].startswith("VB")
    oblique = dep == "pobj" and text.lowers[head] in ("by", "with", "from", "against")
    return sighting.size > 1 and proper and (of_verb or oblique or dep == "appos")


def _is_garrison(
    text: Tokens, grammar: ActorGrammar, sightings: Sequence[Sighting], number: int
) -> bool:
    """*the 4 Brigade, Wadala, Colonel X*: one word between a unit and a rank or comma."""
    sighting = sightings[number]
    if number == 0 or sighting.size > 1 or sighting.last >= len(text):
        return False
    before = sightings[number - 1]
    unit = before.type is not None and grammar.is_a(before.type, "SecurityForce")
    if not unit or before.kind != "name" or before.last != sighting.first - 1:
        return False
    if text.texts[before.last] != "," or text.opens[sighting.first]:
        return False
    after = sightings[number + 1] if number + 1 < len(sightings) else None
    ranked = after is not None and after.kind == "title" and after.type == "Rank"
    beside = after is not None and after.first <= sighting.last + 1
    return text.texts[sighting.last] in (",", ";", ".") or (ranked and beside)


def _form(text: Tokens, grammar: ActorGrammar, sighting: Sighting) -> Iterable[tuple[str, float]]:
    """Particles, initials and given names; acronyms."""
    words = text.lowers[sighting.first : sighting.last]
    surface = text.texts[sighting.first]
    if sighting.size > 1:
        inner = [w for w in words if len(w) > 1]
        if inner and grammar.has("given_name", inner[0]):
            yield "Person", 1.5
        if any(grammar.has("name_particle", w) for w in words if w.isalpha()) and "al" in words:
            yield "Person", 0.7
        if any(len(w.rstrip(".")) == 1 and w[0].isalpha() for w in words):
            yield "Person", 1.0
    if text.tags[sighting.last - 1] == "NNPS":
        yield "PopulationGroup", 0.7
        yield "Person", -1.0
    if (
        sighting.size == 1
        and 2 < len(surface) <= 6
        and surface.isupper()
        and not text.flat[sighting.first]
    ):
        yield "Organization", 1.0


def _before(
    text: Tokens, grammar: ActorGrammar, sightings: Sequence[Sighting], number: int
) -> Iterable[tuple[str, float]]:
    """A rank, title, *Mr* or a description directly before; a preposition of place."""
    first = sightings[number].first
    if number and sightings[number - 1].last == first:
        before = sightings[number - 1]
        if before.kind == "title":
            yield "Person", 5.0 if before.type == "Rank" else 4.0
        elif before.kind == "nominal" and before.type in ("Person", "ArmedGroup", "SecurityForce"):
            yield "Person", 2.0 * (text.tags[before.last - 1] == "NN")
    if is_after_honorific(text, grammar, first):
        yield "Person", 5.0
    word = text.lowers[first - 1] if first else ""
    if word == "the" and not _is_hyphened(text, sightings[number]):
        yield "Person", -1.5
    if word == "of" and first > 1 and grammar.has("place_of", text.lowers[first - 2]):
        yield "Place", 4.0
    elif grammar.has("place_preposition", word):
        yield "Place", 1.5
    if word in ("aged", "née", "nicknamed", "alias"):
        yield "Person", 3.0


def is_after_honorific(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """Whether *Mr*, *Dr.*, *Alhaji* stands directly before a token."""
    at = token - 1
    if at > 0 and text.texts[at] == ".":
        at -= 1
    if at < 0 or (text.opens[token] and at == token - 1):
        return False
    word = text.lowers[at].rstrip(".")
    return text.is_capital(at) and grammar.has("honorific", word)


def _after(
    text: Tokens, grammar: ActorGrammar, sightings: Sequence[Sighting], number: int
) -> Iterable[tuple[str, float]]:
    """A title after a comma, an age, a noun of place, *fighters*, *spokesman*."""
    last = sightings[number].last
    following = sightings[number + 1] if number + 1 < len(sightings) else None
    if last >= len(text):
        return
    word = text.lowers[last]
    if word in grammar.places and not text.opens[last]:
        yield grammar.places[word], 4.0
    if following and following.first == last:
        if following.kind == "nominal" and following.type == "ArmedGroup":
            yield "ArmedGroup", 1.5
            yield "Organization", 1.0
        elif following.kind == "nominal" and following.type in _SORTS:
            yield following.type, 2.0
        elif following.kind == "nominal" and text.tags[following.last - 1] == "NNS":
            yield "Organization", 0.9
        elif following.kind == "title" and following.type == "Position":
            yield "Organization", 1.5
    if word == "," and last + 1 < len(text):
        after = last + 1
        while (
            after < len(text)
            and text.tags[after] in ("DT", "JJ", "PRP$", "RB")
            and after < last + 4
        ):
            after += 1
        if following and following.kind == "title" and following.first <= after < following.last:
            yield "Person", 2.0
        if text.texts[last + 1].isdigit() and 1 < len(text.texts[last + 1]) <= 2:
            yield "Person", 2.5
        if following and following.first == last + 1 and following.type in ("Country", "AdminArea"):
            yield "Place", 2.0
        if text.lowers[last + 1] in ("who", "whom"):
            yield "Person", 2.0
    if word == "who":
        yield "Person", 2.0
    if text.lowers[last : last + 2] == ["-", "based"] or word == "-based":
        yield "Place", 3.0
    elif _is_hyphened(text, sightings[number]):
        yield "Agent", 0.8


def _is_hyphened(text: Tokens, sighting: Sighting) -> bool:
    """Whether a participle is tied to a name: *the Karim Haddad-led militia*."""
    at = sighting.last
    return (
        at + 1 < len(text)
        and text.texts[at] == "-"
        and text.is_joined(at)
        and text.is_joined(at + 1)
        and text.tags[at + 1] in ("VBN", "VBD", "JJ")
    )


def _syntax(text: Tokens, grammar: ActorGrammar, sighting: Sighting) -> Iterable[tuple[str, float]]:
    """Subject of *said* or *resigned*, object of *arrested*."""
    root = text.root(sighting.first, sighting.last)
    dep, verb = text.deps[root], text.lemmas[text.heads[root]]
    if dep == "nsubj" and grammar.has("person_verb", verb):
        yield "Person", 0.8
    if dep in ("dobj", "nsubjpass", "obj") and grammar.has("person_object_verb", verb):
        yield "Person", 0.8
