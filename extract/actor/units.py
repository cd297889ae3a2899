"""Organisations by their grammar: numbered units, operations, names with a head noun."""

from __future__ import annotations

import re

from .grammar import ActorGrammar
from .sighting import Sighting, named
from .tokens import Match, Tokens, match

_NUMBER = re.compile(r"(?:\d{1,4}(?:st|nd|rd|d|th)?|[IVX]{1,5})$")
_COMMON_HEADS = frozenset(
    {"division", "brigade", "battalion", "battallion", "regiment", "platoon", "squadron", "corps"}
)
_LINKS = frozenset({"of", "for", "on", "de", "del", "la", "'s", "’s", "'", "’", "-"})
_FUNCTION_TAGS = frozenset(
    {
        "DT",
        "IN",
        "PRP",
        "PRP$",
        "CC",
        "TO",
        "MD",
        "WP",
        "WDT",
        "WRB",
        "EX",
        "RB",
        "UH",
        "WP$",
        "PDT",
    }
)
_LONGEST = 14  # tokens of a name
_LED = frozenset({"Court", "Facility", "Document", "Event", "Place"})
"""Classes whose names do not swallow a demonym before them: [Turkish] [Supreme Court]."""


def unit_at(text: Tokens, grammar: ActorGrammar, token: int) -> Sighting | None:
    """A numbered unit: *7 Division*, *the 3rd Armoured Brigade*, *Task Force 17*."""
    if not _is_number(text, grammar, token):
        return _numbered_after(text, grammar, token)
    if token and (text.texts[token - 1] in "$£€#" or text.lowers[token - 1] in ("no", "nos")):
        return None
    quoted = _is_quoted(text, token)
    at, end = token + 1 + quoted, token
    while at < len(text) and at - token < _LONGEST and not text.opens[at]:
        if _is_unit_head(text, grammar, at, first=end == token):
            at = end = at + 1
        elif _is_unit_modifier(text, grammar, token, at, end):
            at += 1
        else:
            break
    if end == token or (text.texts[token].isdigit() and 1900 <= int(text.texts[token]) <= 2100):
        return None
    if text.lowers[token] in grammar.numbers and text.lowers[end - 1] not in _COMMON_HEADS:
        return None  # *Two Army* helicopters
    return named(text, token - quoted, end, "MilitaryUnit")


def _is_quoted(text: Tokens, token: int) -> bool:
    """*'One' Division*."""
    around = 0 < token < len(text) - 1 and (text.texts[token - 1], text.texts[token + 1])
    return around in (("'", "'"), ("‘", "’"), ("“", "”"), ('"', '"'))


def _is_number(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    word, lower = text.texts[token], text.lowers[token]
    if grammar.has("ordinal_number", lower):
        return word[0].isupper() and not text.opens[token]
    if lower in grammar.numbers and word[0].isupper() and len(word) > 2:
        after = token + 1
        headed = after < len(text) and _is_unit_head(text, grammar, after, first=False)
        return headed or not text.opens[token] or text.is_proper(token)
    if word == "I" and not (token + 1 < len(text) and text.is_capital(token + 1)):
        return False
    return bool(_NUMBER.match(word))


def _is_unit_modifier(text: Tokens, grammar: ActorGrammar, first: int, at: int, end: int) -> bool:
    """*armoured*, *Task Force*; before the head also any name: *10th Mountain*."""
    if grammar.has("unit_modifier", text.lowers[at]):
        return end == first or text.is_capital(at)
    return end == first and text.is_capital(at) and text.is_proper(at) and at < first + 4


def _is_unit_head(text: Tokens, grammar: ActorGrammar, token: int, first: bool) -> bool:
    word = text.lowers[token].rstrip(".")
    if not grammar.has("unit_head", word):
        return False
    return text.is_capital(token) or (first and word in _COMMON_HEADS)


def _numbered_after(text: Tokens, grammar: ActorGrammar, token: int) -> Sighting | None:
    """*Unit 8200*, *Brigade 55*, *Task Force 17*."""
    if not text.is_capital(token):
        return None
    head = token + (text.lowers[token] == "task")
    if head + 1 < len(text) and text.texts[head + 1].isdigit() and text.is_capital(head):
        word = " ".join(text.lowers[token : head + 1])
        if word == "unit" or (grammar.has("unit_head", word) and word not in ("army", "group")):
            return named(text, token, head + 2, "MilitaryUnit")
    return None


def operation_at(text: Tokens, grammar: ActorGrammar, token: int) -> Sighting | None:
    """*Operation Iron Fist*, *Operation “Safe Haven”*: the noun and the capitals after it."""
    if not grammar.has("operation_noun", text.lowers[token]):
        return None
    at, end, quoted = token + 1, token, False
    while at < min(len(text), token + _LONGEST // 2) and not text.opens[at]:
        if text.texts[at] in "\"“”‘’'" and (at == token + 1 or quoted):
            quoted = not quoted
            at += 1
            end = at if not quoted else end
            continue
        if not text.is_capital(at) or _is_no_name(text, grammar, at):
            break
        at = end = at + 1
    return named(text, token, end, "Operation") if end > token + 1 else None


def organization_at(
    text: Tokens, grammar: ActorGrammar, token: int, found: Match | None
) -> Sighting | None:
    """A capitalised phrase with an organisation's head noun, last or before *of*.

    *Ministry of Defence*, *Lord's Army*, *Popular Front for the Liberation of X*: the class is
    the head noun's. A demonym stays outside a government body, inside a force.
    """
    if text.flat[token] or not _opens_name(text, grammar, token):
        return None
    if _is_title(text, grammar, token):
        return None
    stop = _run(text, grammar, token)
    last, type_ = _head(text, grammar, token, stop)
    if type_ is None:
        return None
    extended = _with_complement(text, grammar, token, last, stop)
    if found and found.entry.type == "IGO" and found.last < extended:
        type_, extended = "IGO", _with_country(text, grammar, extended)
    if extended - token < 2:
        return None
    if found and found.entry.type == "Country" and found.first == token:
        apart = grammar.has("head_apart", text.lowers[last - 1])
        apart = apart or any(grammar.is_a(type_, led) for led in _LED)
        street = type_ == "Place" and found.entry.kind == "name"
        if (apart and not street) or extended <= found.last:
            return None
    return named(text, token, extended, type_)


def _is_no_name(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    return grammar.has("never_name", text.lowers[token]) and text.lowers[token] not in (
        "central", "northern", "southern", "eastern", "western", "north", "south", "east", "west",
        "news", "war", "nuclear",
    )  # fmt: skip


def _opens_name(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    word = text.texts[token]
    if not word[0].isupper() or text.tags[token] in _FUNCTION_TAGS:
        return False
    if _is_no_name(text, grammar, token) or grammar.has(
        "honorific", text.lowers[token].rstrip(".")
    ):
        return False
    if text.opens[token] and text.lowers[token] in grammar.numbers:
        return False
    if text.opens[token]:
        return text.is_proper(token) or text.labels[token] in ("ORG", "FAC", "GPE", "NORP")
    return True


def _run(text: Tokens, grammar: ActorGrammar, token: int) -> int:
    """The end of the capitalised words and the links between them, titles excluded."""
    at = end = token
    while at < len(text) and at - token < _LONGEST and (at == token or not text.opens[at]):
        word = text.lowers[at]
        if text.is_capital(at) and text.tags[at] not in ("DT", "PRP"):
            if at > token and (_is_no_name(text, grammar, at) or _is_title(text, grammar, at)):
                break
            at = end = at + 1
        elif at > token and (_links(text, grammar, at) or word.isspace()):
            at += 1
        else:
            break
    return end


def _links(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """Whether a small word may stand inside a name: *of*, *for the*, *and* before a capital."""
    word = text.lowers[token]
    if word in ("and", "&"):
        return token + 1 < len(text) and text.is_capital(token + 1)
    if word == "the":
        return text.lowers[token - 1] in ("of", "for", "on")
    if word in ("'s", "’s", "'", "’"):
        ends = word.endswith("s") and (text.lowers[token - 1],) in grammar.heads
        return not ends and text.labels[token - 1] not in ("PERSON", "GPE", "NORP")
    return word in _LINKS


def _is_title(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """Whether a title begins here that ends an organisation's name: *Army Chief of Staff*."""
    word = text.lowers[token]
    if grammar.has("position_head", word) or grammar.has("honorific", word.rstrip(".")):
        after = text.texts[token + 1] if token + 1 < len(text) else ""
        return after not in ("'s", "’s", "'") and word not in ("justice", "general")
    found = match(text, grammar.trie, token)
    if found is None or found.entry.kind not in ("rank", "position"):
        return False
    return found.last - found.first > 1 or found.entry.casing != "any" or word not in (
        "general", "major", "private",
    )  # fmt: skip


def _head(text: Tokens, grammar: ActorGrammar, token: int, stop: int) -> tuple[int, str | None]:
    """The end of the head noun and its class: the last head before a link, or the first word."""
    end, type_ = token, None
    for at in range(token, stop):
        word = text.lowers[at]
        if word in ("of", "for", "on") or (word in ("and", "&") and type_):
            if type_ or word != "and":
                break
            continue
        if at > token and type_ and _starts_known(text, grammar, at):
            break
        word = word.rstrip(".")
        two = (text.lowers[at - 1], word) if at > token else ()
        found = grammar.heads.get(two) or grammar.heads.get((word,))
        if found:
            end, type_ = at + 1, _head_class(text, grammar, token, at, found)
    if type_ and end == token + 1 and not grammar.has("group_of", text.lowers[token]):
        return token, None
    return end, type_


def _head_class(text: Tokens, grammar: ActorGrammar, first: int, at: int, type_: str) -> str:
    """*State Department* is a government body, *Huanuco Department* an area."""
    area = grammar.places.get(text.lowers[at])
    if type_ == "GovernmentBody" and area and at > first:
        words = text.lowers[first:at]
        if not any(grammar.has("position_field", w) for w in words) and not any(
            grammar.has("position_modifier", w) for w in words
        ):
            return area
    return type_


def _starts_known(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    found = match(text, grammar.trie, token)
    return bool(found and found.entry.kind in ("name", "demonym") and found.last - found.first > 1)


def _with_complement(text: Tokens, grammar: ActorGrammar, token: int, last: int, stop: int) -> int:
    """*of Defence*, *for the Liberation of X*; not *of the* and another organisation."""
    at = last
    if not grammar.has("group_of", text.lowers[last - 1]):
        return last
    while at < stop and text.lowers[at] in ("of", "for", "on"):
        start = at + 1
        if start < stop and text.lowers[start] == "the":
            start += 1
            if last > token + 1 and _is_organization(text, grammar, start):
                break
            if _is_country(text, grammar, start) and not _is_bare_head(token, at):
                break
        if start < stop and _is_other(text, grammar, start):
            break
        end = start
        while end < stop and (text.is_capital(end) or _is_link(text, end, stop)):
            if end > start and text.labels[end] == "PERSON" != text.labels[end - 1]:
                break
            if not text.is_capital(end) and _is_organization(text, grammar, end + 1):
                break
            end += 1
        if end == start or text.tags[start] == "CD":
            break
        at = end
    return at


def _is_country(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    found = match(text, grammar.trie, token)
    return found is not None and found.entry.type == "Country"


def _is_bare_head(first: int, last: int) -> bool:
    """*Bank* of the Philippines: the head noun alone is no name yet."""
    return last == first + 1


def _with_country(text: Tokens, grammar: ActorGrammar, last: int) -> int:
    """*United Nations Mission in Liberia*."""
    if last + 1 < len(text) and text.lowers[last] == "in":
        found = match(text, grammar.trie, last + 1)
        if found and found.entry.type == "Country" and text.texts[last - 1] == "Mission":
            return found.last
    return last


def _is_other(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """An operation or a known organisation, which stays a mention of its own."""
    found = match(text, grammar.trie, token)
    known = found and found.entry.kind == "name"
    return grammar.has("operation_noun", text.lowers[token]) or bool(
        known and found and grammar.is_a(found.entry.type, "Organization")
    )


def _is_link(text: Tokens, token: int, stop: int) -> bool:
    """*and*, hyphens and apostrophes inside a complement."""
    linked = text.lowers[token] in ("and", "&", "'s", "’s", "-")
    return linked and token + 1 < stop and text.is_capital(token + 1)


def _is_organization(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    found = match(text, grammar.trie, token)
    if found and grammar.is_a(found.entry.type, "Organization"):
        return True
    stop = _run(text, grammar, token)
    return _head(text, grammar, token, stop)[1] is not None
