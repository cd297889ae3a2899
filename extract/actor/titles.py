"""Titles: ranks, offices and role nouns as their own spans."""

from __future__ import annotations

from .grammar import ActorGrammar
from .sighting import Sighting, surface
from .tokens import Match, Tokens, match

_LONGEST = 8  # tokens of an office
_DASHES = frozenset({"-", "–"})


def title_at(
    text: Tokens, grammar: ActorGrammar, token: int, found: Match | None
) -> Sighting | None:
    """The longest rank or office that starts in a token."""
    office = office_at(text, grammar, token)
    rank = _rank(text, grammar, found) if found and found.entry.kind == "rank" else None
    if rank and office:
        return office if office.last > rank.last else rank
    return rank or office


def _rank(text: Tokens, grammar: ActorGrammar, found: Match) -> Sighting | None:
    entry, last = found.entry, found.last
    content = text.content[found.start : found.end]
    if content.islower() and not _is_person_noun(text, found):
        return None
    named = _starts_name(text, last + (last < len(text) and text.texts[last] == "."))
    if entry.casing == "upper" and not named and not _is_determined(text, found.first):
        return None
    if last + 1 < len(text) and text.texts[last] == "." and text.is_joined(last):
        # an abbreviated rank hardly ever ends a sentence, whatever the parser says
        last += entry.casing != "any" and text.is_capital(last + 1)
    return Sighting(found.first, last, "title", entry.type, entry.name, entry)


def _is_person_noun(text: Tokens, found: Match) -> bool:
    """Lower-case *general*, *major*, *private*: a noun for somebody, not an adjective."""
    head = found.last - 1
    if found.last - found.first > 1:
        return True
    if not text.is_noun(head) or (text.tags[head] == "NNS" and found.last - found.first > 3):
        return False
    before = found.first - 1
    if before >= 0 and (text.lowers[before] == "in" or text.tags[before] == "NN"):
        return False
    return text.deps[head] not in ("amod",) and (
        text.deps[head] not in ("compound", "nmod") or _starts_name(text, found.last)
    )


def _starts_name(text: Tokens, token: int) -> bool:
    return (
        token < len(text)
        and text.is_capital(token)
        and (text.is_proper(token) or text.labels[token] == "PERSON")
        and not text.opens[token]
    )


def _is_determined(text: Tokens, token: int) -> bool:
    return token > 0 and text.lowers[token - 1] in (
        "the", "a", "an", "acting", "his", "her", "now", "formerly", "as", "new",
    )  # fmt: skip


def office_at(text: Tokens, grammar: ActorGrammar, token: int) -> Sighting | None:
    """The longest office that starts in a token: modifiers, head noun, field.

    *Deputy Chief of Army Staff*, *foreign minister*, *Director, Army Public Relations*,
    *president-elect*. Words that only say when it was held (*former*) stay outside.
    """
    if not text.texts[token][0].isalpha() or grammar.has("position_past", text.lowers[token]):
        return None
    last, name = _core(text, grammar, token)
    if last == token:
        return None
    last = _with_suffix(text, grammar, last)
    last = _with_field(text, grammar, token, last)
    if _is_owned(text, grammar, token, last):
        return None
    whole = surface(text, token, last)
    return Sighting(token, last, "title", "Position", name or whole)


def _is_owned(text: Tokens, grammar: ActorGrammar, token: int, last: int) -> bool:
    """*army chief*, *government spokesman*: an organisation and its title, two mentions.

    *Army Chief of Staff* and *police superintendent* are one office.
    """
    return (
        last == token + 2
        and grammar.has("title_owner", text.lowers[token])
        and (
            grammar.has("owned_head", text.lowers[token + 1])
            or grammar.has("owned_head", text.lemmas[token + 1])
        )
    )


def _core(text: Tokens, grammar: ActorGrammar, token: int) -> tuple[int, str | None]:
    """The end of modifiers and head nouns, and the office's normal name if it is known."""
    end, name, at = token, None, token
    while at < min(len(text), token + _LONGEST) and (at == token or not text.opens[at]):
        found = match(text, grammar.trie, at) if at in (token, end) or end == token else None
        if found and found.entry.kind == "position" and _is_office(text, found):
            name = found.entry.name if at == token else None
            at = end = found.last
            continue
        if at > end > token and text.texts[at] in _DASHES:
            at += 1
            continue
        breaks = end > token and text.is_capital(at) and not text.is_capital(end - 1)
        if breaks and text.lowers[end - 1] not in ("deputy", "vice"):
            break
        if _is_head(text, grammar, at):
            at = end = at + 1
            name = None
        elif _is_modifier(text, grammar, at) or (at > token and _links(text, at)):
            at += 1
        else:
            break
    return end, name


def _links(text: Tokens, token: int) -> bool:
    """A hyphen within a word, or *and* between capitals: *Planning and Investment Minister*."""
    if text.texts[token] in _DASHES:
        return text.is_joined(token)
    return (
        text.lowers[token] in ("and", "&")
        and token + 1 < len(text)
        and text.is_capital(token - 1)
        and text.is_capital(token + 1)
    )


def _is_modifier(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """*foreign*, *army*, *public relations*."""
    return grammar.has("position_modifier", text.lowers[token])


def _is_office(text: Tokens, found: Match) -> bool:
    """A short acronym is an office only as a noun; any words may be one in the right case."""
    return found.entry.casing != "upper" or text.is_noun(found.first) or text.is_proper(found.first)


def _is_head(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    word = text.lowers[token]
    if not text.is_noun(token):
        return (
            grammar.has("position_head", word)
            and text.is_capital(token)
            and (token + 1 < len(text) and text.is_proper(token + 1))
        )
    if grammar.has("position_head", word):
        return word != "justice" or text.is_capital(token)
    if text.tags[token] in ("NNS", "NNPS"):
        return grammar.has("position_head", text.lemmas[token])
    # *Commanders*, which the tagger takes for a name
    plural = word.endswith("s") and text.is_proper(token) and token > 0
    return plural and grammar.has("position_head", word[:-1])


def _with_suffix(text: Tokens, grammar: ActorGrammar, last: int) -> int:
    """*-elect*, *-designate*, *-in-chief*."""
    if last + 1 < len(text) and text.texts[last] in _DASHES and text.is_joined(last):
        if grammar.has("position_suffix", text.lowers[last + 1]):
            return last + 2
        if text.lowers[last + 1 : last + 4] == ["in", "-", "chief"]:
            return last + 4
    return last


def _with_field(text: Tokens, grammar: ActorGrammar, first: int, last: int) -> int:
    """*of Training and Operations*, *for Foreign Affairs*, *, Army Public Relations*."""
    if last >= len(text):
        return last
    if text.lowers[last] in ("of", "for"):
        end = _field(text, grammar, last + 1)
        if end > last + 1 and not _runs_on(text, grammar, end):
            return _with_field(text, grammar, first, end)
        return last
    comma = text.texts[last] == ","
    if comma and text.lowers[last - 1] == "director" and _is_apposed_field(text, grammar, last + 1):
        return _field(text, grammar, last + 1)
    head = text.texts[last - 1]
    if head[0].isupper() and text.lowers[last - 1] in ("director", "secretary", "registrar"):
        start = last + comma
        end = _field(text, grammar, start)
        if end > start + comma and all(
            text.is_capital(i) or text.lowers[i] in ("and", "-") for i in range(start, end)
        ):
            return end
    return last


def _is_apposed_field(text: Tokens, grammar: ActorGrammar, start: int) -> bool:
    """*director, army public relations,*: two and more field words between commas."""
    end = _field(text, grammar, start)
    return end > start + 1 and end < len(text) and text.texts[end] == ","


def _field(text: Tokens, grammar: ActorGrammar, start: int) -> int:
    """The end of a sequence of field words; *and* and hyphens only between them."""
    at = end = start
    while at < len(text) and at - start < _LONGEST:
        word = text.lowers[at]
        if at > start and text.is_capital(at) and _is_known(text, grammar, at):
            break
        if grammar.has("position_field", word):
            at = end = at + 1
        elif at > start and (word in ("and", "&") or word in _DASHES):
            at += 1
        else:
            break
    return end


def _is_known(text: Tokens, grammar: ActorGrammar, token: int) -> bool:
    """Whether a known organisation begins here: *of Plans Army Headquarters*."""
    found = match(text, grammar.trie, token)
    return bool(
        found
        and found.last - found.first > 1
        and found.entry.kind == "name"
        and grammar.is_a(found.entry.type, "Organization")
    )


def _runs_on(text: Tokens, grammar: ActorGrammar, end: int) -> bool:
    """Whether the field is only the beginning of an organisation's name: *of Army Headquarters*."""
    if end >= len(text) or not text.is_capital(end) or _is_known(text, grammar, end):
        return False
    return (text.lowers[end],) in grammar.heads and text.is_capital(end - 1)
