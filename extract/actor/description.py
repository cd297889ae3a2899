"""Descriptions and pronouns: *two policemen*, *dozens of protesters*, *the militia*, *who*."""

from __future__ import annotations

from collections.abc import Iterator

from .grammar import ActorGrammar
from .sighting import Sighting, surface
from .tokens import Tokens

_PLURALS = (("men", "man"), ("ies", "y"), ("es", ""), ("s", ""))
_MODIFIERS = frozenset({"NN", "NNS", "JJ", "JJR", "JJS", "VBN", "VBG", "NNP", "NNPS"})
_RELATIVE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "obj", "iobj"})


def description_at(text: Tokens, grammar: ActorGrammar, token: int, free: int) -> Sighting | None:
    """The common-noun actor whose head is this token; `free`: first token not yet taken.

    The span holds modifiers, a number and *dozens of*; not the determiner, nor a hyphen
    compound (*Iran-backed*), whose name is a mention of its own.
    """
    found = _class(text, grammar, token)
    if found is None or _is_compound(text, grammar, token) or _is_hyphened(text, token):
        return None
    type_, start = found
    collective = _is_collective(text, grammar, start, token)
    alone = text.tags[token] in ("NN", "NNP") and not collective
    core = first = _first_modifier(text, grammar, max(start, min(free, token)), free)
    if not alone:
        first = _with_number(text, grammar, token, first, free)
    name = surface(text, core, token + 1)
    modifies = text.deps[token] in ("compound", "nmod") and not text.is_proper(text.heads[token])
    if alone and not modifies:
        type_ = _of_one(type_)
    count = _count(text, grammar, token, first, core, alone)
    return Sighting(first, token + 1, "nominal", type_, name, count=count)


def _class(text: Tokens, grammar: ActorGrammar, token: int) -> tuple[str, int] | None:
    """The class of a noun or noun phrase that ends in a token, and its first token."""
    if not text.is_noun(token):
        return None
    phrases = grammar.nominals.by_last
    for last in (text.lowers[token], text.lemmas[token], *_singulars(text, token)):
        for before, type_ in phrases.get(last, ()):
            start = token - len(before)
            if start >= 0 and tuple(text.lowers[start:token]) == before:
                return None if _is_fixed(text, grammar, token) else (type_, start)
    return None


def _singulars(text: Tokens, token: int) -> Iterator[str]:
    """What a plural that opens a sentence may be of, if its capital was taken for a name's."""
    named = token + 1 < len(text) and text.is_proper(token + 1)
    if text.tags[token] != "NNPS" or not text.opens[token] or named:
        return
    word = text.lowers[token]
    for ending, singular in _PLURALS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + singular


def _is_fixed(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """*in force*, *state of emergency*: a word that names no actor here."""
    low = text.lowers
    return any(
        tuple(low[start:stop]) in grammar.fixed
        for start in range(max(0, token - 3), token + 1)
        for stop in range(token + 1, min(len(low), token + 4) + 1)
    )


def _is_compound(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """Whether the noun is part of the next description: *police officer*, *police station*.

    In *army helicopter* it is not: the army is one actor, the helicopter its thing.
    """
    nxt = token + 1
    if nxt >= len(text) or text.heads[token] != nxt or text.deps[token] != "compound":
        return False
    if text.tags[nxt] not in ("NN", "NNS") or grammar.has("position_head", text.lemmas[nxt]):
        return False
    own, found = _class(text, grammar, token), _class(text, grammar, nxt)
    if own is None or found is None:
        return False
    owner = grammar.is_a(own[0], "Agent") and not grammar.is_a(found[0], "Agent")
    return found[1] <= token or not owner


def with_sort(text: Tokens, grammar: ActorGrammar, sighting: Sighting) -> Sighting:
    """*the Daily Courier newspaper*, *the Hezbollah militia*: the noun that says what a name is.

    It is the phrase's head, so it belongs to the span, though not to the name. *Hamas fighters*
    are not Hamas, so only the listed nouns in the singular count.
    """
    last = sighting.last
    of_country = sighting.known is not None and not grammar.is_a(
        sighting.known.type, "Organization"
    )
    if sighting.kind != "name" or of_country or (0 <= sighting.end != text.end(last - 1)):
        return sighting
    if sighting.type is not None and not grammar.is_a(sighting.type, "Organization"):
        return sighting
    at = last
    while at < min(last + 3, len(text)) and text.tags[at] in ("NN", "JJ") and not text.opens[at]:
        if grammar.has("sort_noun", text.lowers[at]) and text.heads[last - 1] == at:
            found = _class(text, grammar, at)
            if sighting.type is None and found:
                sighting.type = found[0]
            sighting.last, sighting.end = at + 1, text.end(at)
            return sighting
        at += 1
    return sighting


def _is_hyphened(text: Tokens, token: int) -> bool:
    """*state* in *state-owned*, *girl* in *all-girl team*; not *rebel* in *ex-rebel*."""
    after = token + 1 < len(text) and text.texts[token + 1] == "-" and text.is_joined(token + 1)
    before = token > 1 and text.texts[token - 1] == "-" and text.is_joined(token)
    modifies = text.deps[token] in ("compound", "amod", "nmod", "advmod", "npadvmod")
    return after or (before and modifies)


def _first_modifier(text: Tokens, grammar: ActorGrammar, token: int, free: int) -> int:
    first = token
    while first > free and text.tags[first - 1] in _MODIFIERS and not text.opens[first]:
        word, before = text.texts[first - 1], first - 2
        if "-" in word or (
            before >= 0 and text.texts[before] in "-–" and text.is_joined(first - 1)
        ):
            break
        if text.deps[first - 1] not in ("amod", "compound", "nmod"):
            break
        if grammar.has("position_past", text.lowers[first - 1]):
            break
        if text.is_capital(first - 1) and not (text.opens[first - 1] and first - 1 > free - 1):
            break
        first -= 1
    return first


def _with_number(text: Tokens, grammar: ActorGrammar, token: int, first: int, free: int) -> int:
    """*two*, *at least* excluded, *12*, *dozens of*, *a group of* from its noun on."""
    at = first
    while at > free and text.tags[at - 1] == "CD" and not text.opens[at]:
        if not first <= text.heads[at - 1] <= token and text.tags[text.heads[at - 1]] != "CD":
            break  # it counts another noun: *two army helicopters*
        at -= 1
    before = at - 2
    of = before >= free and text.lowers[at - 1] == "of" and text.is_noun(before)
    return before if of and grammar.has("quantity_noun", text.lowers[before]) else at


def _is_collective(text: Tokens, grammar: ActorGrammar, start: int, token: int) -> bool:
    """*army*, *armed group*: singular nouns for several people."""
    phrase = " ".join([*text.lowers[start:token], text.lemmas[token]])
    return grammar.has("collective_noun", phrase) or grammar.has(
        "collective_noun", text.lemmas[token]
    )


def _of_one(type_: str) -> str:
    """One soldier or militant is a person; *militia* and *army* are collective nouns."""
    return "Person" if type_ in ("PopulationGroup", "ArmedGroup", "SecurityForce") else type_


def _count(
    text: Tokens, grammar: ActorGrammar, token: int, first: int, core: int, alone: bool
) -> int | None:
    """The number of members said, if a whole number is said."""
    words = [w for w in text.lowers[first:core] if w[0].isalnum()]
    if words and all(w.replace(",", "").isdigit() or w in grammar.numbers for w in words):
        return _value(grammar, words)
    if words:
        return None
    apart = [i for i in range(max(0, first - 5), first) if text.tags[i] == "CD"]
    apart = [i for i in apart if text.heads[i] == token and text.lowers[i] in grammar.numbers]
    if apart and not alone:
        return _value(grammar, [text.lowers[i] for i in apart])
    if alone:
        head = text.deps[token] not in ("compound", "nmod", "amod")
        one = any(
            text.lowers[i] in ("a", "an", "another") and text.heads[i] == token
            for i in range(max(0, first - 4), first)
        )
        return 1 if head and one else None
    return None


def _value(grammar: ActorGrammar, words: list[str]) -> int | None:
    total = 0
    for word in words:
        digits = word.replace(",", "")
        value = int(digits) if digits.isdigit() else grammar.numbers[word]
        total = total * value if value in (100, 1000) and total else total + value
    return total or None


def pronoun_at(text: Tokens, grammar: ActorGrammar, token: int) -> Sighting | None:
    """A personal, possessive or relative pronoun; not *it* in *it rains*."""
    tag, word = text.tags[token], text.lowers[token]
    if tag not in ("PRP", "PRP$", "WP", "WP$", "WDT") or text.deps[token] == "expl":
        return None
    type_ = grammar.pronouns.get(word)
    if type_ is None or (tag == "WDT" and text.deps[token] not in _RELATIVE):
        return None
    if tag in ("WP", "WP$") and _stands_for_several(text, token):
        type_ = "Agent"
    return Sighting(token, token + 1, "pronoun", type_, word)


def _stands_for_several(text: Tokens, token: int) -> bool:
    """Whether *who* follows a plural noun."""
    at = text.heads[token]
    for _ in range(4):
        if text.deps[at] == "relcl":
            return text.tags[text.heads[at]] in ("NNS", "NNPS")
        if text.heads[at] == at:
            break
        at = text.heads[at]
    return False
