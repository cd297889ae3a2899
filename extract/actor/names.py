"""Names: runs of capitalised words with initials and particles, their type still open."""

from __future__ import annotations

import re

from .grammar import ActorGrammar
from .sighting import Sighting, named
from .tokens import Tokens, match

_INITIALS = re.compile(r"(?:[A-Z]\.?){1,4}$")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’`´-]*$")
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})
_QUOTES = frozenset({'"', "“", "``"})
_APOSTROPHES = frozenset({"'", "’", "‘", "`", "´"})
_LONGEST = 9  # tokens of a personal name


def name_at(text: Tokens, grammar: ActorGrammar, token: int, titled: bool) -> Sighting | None:
    """A run of name words that starts in a token; titled: a rank, title or *Mr* precedes.

    The run ends where the gazetteer knows another name, a title begins or the model sees the
    border of two entities; after a title even *Chad* or *Jordan* is part of the name.
    """
    if not _starts(text, grammar, token, titled):
        return None
    at = token + 1
    while at < len(text) and at - token < _LONGEST:
        step = _step(text, grammar, token, at, titled)
        if step == 0:
            break
        at += step
    while at > token and not text.texts[at - 1][-1].isalnum() and not _is_initial(text, at - 1):
        at -= 1
    if at == token + 1 and text.opens[token] and _is_field(text, grammar, token):
        return None
    return named(text, token, at, None) if at > token else None


def _is_field(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """*Interior* at the start of *Interior ministry*."""
    word = text.lowers[token]
    return grammar.has("position_field", word) or grammar.has("position_modifier", word)


def _starts(text: Tokens, grammar: ActorGrammar, token: int, titled: bool) -> bool:
    word, lower = text.texts[token], text.lowers[token]
    if titled and len(word) < 4 and _is_initial(text, token) and token + 1 < len(text):
        return text.is_capital(token + 1) or text.texts[token + 1] == "."
    if grammar.has("honorific", lower.rstrip(".")) and _is_followed(text, token):
        return False
    if grammar.has("name_particle", lower) and not text.is_capital(token):
        return token + 1 < len(text) and (
            (text.texts[token + 1] == "-" and _is_bound(text, token + 1))
            or (text.is_proper(token) and text.is_capital(token + 1))
        )
    if not text.is_capital(token) or not _NAME_WORD.match(word):
        return False
    if grammar.has("never_name", lower) and not (titled and text.labels[token] == "PERSON"):
        return False
    if text.flat[token] and not titled:
        return text.labels[token] in _LABELS and text.is_proper(token)
    return text.is_proper(token) or text.labels[token] in _LABELS or titled


def _is_followed(text: Tokens, token: int) -> bool:
    """Whether a capitalised word follows, perhaps after the dot of *Dr .*."""
    at = token + 1
    if at + 1 < len(text) and text.texts[at] == ".":
        at += 1
    return at < len(text) and text.is_capital(at)


def _is_bound(text: Tokens, hyphen: int) -> bool:
    """A hyphen with a word directly on both sides."""
    return (
        hyphen + 1 < len(text)
        and text.is_joined(hyphen)
        and text.is_joined(hyphen + 1)
        and text.texts[hyphen + 1][0].isalpha()
    )


def _is_initial(text: Tokens, token: int) -> bool:
    return bool(_INITIALS.match(text.texts[token]))


def _step(text: Tokens, grammar: ActorGrammar, first: int, at: int, titled: bool) -> int:
    """How many tokens at a place go on with the name that began at `first`."""
    word, lower = text.texts[at], text.lowers[at]
    if word == "-" or word in _APOSTROPHES:
        goes_on = _is_bound(text, at) and (word == "-" or text.tags[at] != "POS")
        return 2 if goes_on and _may_follow_hyphen(text, grammar, at + 1) else 0
    if word in _QUOTES:
        return _nickname(text, at)
    if word == ".":
        return int(len(text.texts[at - 1]) == 1 and text.is_joined(at) and not text.opens[at])
    if text.opens[at] and not _is_initial(text, at - 1):
        return 0
    if grammar.has("name_particle", lower) and not text.is_capital(at):
        return _particle(text, grammar, at)
    if not (text.is_capital(at) and _NAME_WORD.match(word)):
        return 0
    if grammar.has("never_name", lower) or _is_border(text, grammar, at):
        return 0
    return 0 if _starts_other(text, grammar, at, titled) else 1


def _nickname(text: Tokens, at: int) -> int:
    """*Joaquin "El Chapo" Guzman*: capitals in quotes, and another after them."""
    for close in range(at + 2, min(at + 5, len(text) - 1)):
        if text.texts[close] in ('"', "”", "''"):
            inner = all(text.is_capital(i) for i in range(at + 1, close))
            named_after = text.is_capital(close + 1) and text.is_proper(close + 1)
            return close + 2 - at if inner and named_after else 0
    return 0


def _may_follow_hyphen(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    if text.is_capital(token) or grammar.has("name_particle", text.lowers[token]):
        return True
    return text.is_proper(token) and text.labels[token] == "PERSON"


def _particle(text: Tokens, grammar: ActorGrammar, at: int) -> int:
    """A particle goes on with a name if a capital follows: *Omar al-Bashir*, *Abu bin Zaid*."""
    if at + 2 < len(text) and text.texts[at + 1] == "-" and _is_bound(text, at + 1):
        return 3 if text.is_capital(at + 2) else 0
    if text.tags[at] in ("IN", "CC", "DT", "TO") or at + 1 >= len(text):
        return 0
    if text.is_capital(at + 1) and not grammar.has("never_name", text.lowers[at + 1]):
        return 2
    two = grammar.has("name_particle", text.lowers[at + 1]) and at + 2 < len(text)
    return 3 if two and text.is_capital(at + 2) else 0


def _is_border(text: Tokens, grammar: ActorGrammar, at: int) -> bool:
    """Whether the model ends one entity and begins another of a different kind here.

    A place nobody knows that is compounded with a person (*Karim Haddad*) is a first name.
    """
    left, right = text.ents[at - 1], text.ents[at]
    if left == right or left < 0 or right < 0 or text.labels[at - 1] == text.labels[at]:
        return False
    compound = text.deps[at - 1] == "compound" and text.heads[at - 1] == text.root(at - 1, at + 1)
    person = text.labels[at] == "PERSON" and text.labels[at - 1] in ("GPE", "LOC", "NORP")
    return not (person and compound and match(text, grammar.trie, at - 1) is None)


def _starts_other(text: Tokens, grammar: ActorGrammar, at: int, titled: bool) -> bool:
    """Whether a known name, title or *Mr* begins here."""
    lower = text.lowers[at]
    if grammar.has("honorific", lower.rstrip(".")) and text.labels[at] != "PERSON":
        return True
    found = match(text, grammar.trie, at)
    if found is None:
        return grammar.has("position_head", lower) and text.labels[at] != "PERSON"
    entry = found.entry
    if entry.kind in ("rank", "position"):
        return True
    if grammar.is_a(entry.type, "Person"):
        return False
    place = grammar.is_a(entry.type, "Place") or entry.type == "PopulationGroup"
    return not (
        place and text.labels[at] == "PERSON" and (titled or text.ents[at] == text.ents[at - 1])
    )
