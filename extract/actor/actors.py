"""Mentions: who and what a parsed document names, describes or points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .description import description_at, pronoun_at, with_sort
from .evidence import is_after_honorific, resolve
from .grammar import ActorGrammar, actor_grammar
from .mention import Mention
from .names import name_at
from .sighting import Sighting, known_sighting
from .titles import title_at
from .tokens import Match, Tokens, match, tokens
from .units import operation_at, organization_at, unit_at

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["ActorGrammar", "actor_grammar", "mentions"]


def mentions(doc: Doc, grammar: ActorGrammar) -> list[Mention]:
    """All mentions of a parsed document: flat, sorted, never overlapping.

    The words are read from left to right and the longest reading wins (numbered unit,
    organisation by its head noun, known name, title, name, description, pronoun); names whose
    class the words alone do not tell get one class for the whole document from all their
    occurrences. Needs tags, lemmas, dependencies and sentence starts; uses entity labels.
    """
    text = tokens(doc)
    return [_mention(text, sighting) for sighting in resolve(text, grammar, _scan(text, grammar))]


def _scan(text: Tokens, grammar: ActorGrammar) -> list[Sighting]:
    """The sightings from left to right."""
    found: list[Sighting] = []
    token = 0
    while token < len(text):
        sighting = None
        if text.texts[token][0].isalnum():
            sighting = _sighting(text, grammar, token, found)
        if sighting and not _repeats(text, sighting, found):
            if _counts(text, grammar, sighting, found):
                sighting.first, sighting.count = found.pop().first, None
            found.append(with_sort(text, grammar, _with_place_noun(text, grammar, sighting)))
        token = max(token + 1, sighting.last if sighting else 0)
    return found


def _counts(text: Tokens, grammar: ActorGrammar, sighting: Sighting, found: list[Sighting]) -> bool:
    """Whether the description before only counts this one: *a group of* armed men."""
    if not found or sighting.kind != "nominal" or found[-1].kind != "nominal":
        return False
    noun = found[-1].last - 1
    return (
        sighting.first == noun + 2
        and text.lowers[noun + 1] == "of"
        and grammar.has("quantity_noun", text.lowers[noun])
    )


def _with_place_noun(text: Tokens, grammar: ActorGrammar, sighting: Sighting) -> Sighting:
    """*Borno state*, *Daraa city*: the small noun belongs to the span, not to the name."""
    last = sighting.last
    if sighting.kind != "name" or last >= len(text) or text.opens[last]:
        return sighting
    if sighting.end >= 0 and sighting.end != text.end(last - 1):
        return sighting
    type_ = grammar.places.get(text.lowers[last])
    name = sighting.known is None or sighting.known.kind == "name"
    is_place = sighting.type is None or grammar.is_a(sighting.type, "Place")
    proper = text.is_proper(last - 1) and text.labels[last - 1] != "NORP"
    if type_ in ("AdminArea", "City") and name and is_place and proper and text.tags[last] == "NN":
        sighting.last, sighting.type, sighting.end = last + 1, type_, text.end(last)
    return sighting


def _repeats(text: Tokens, sighting: Sighting, found: list[Sighting]) -> bool:
    """The office's acronym in brackets after the office: *General Officer Commanding (GOC)*."""
    return (
        bool(found)
        and sighting.kind in ("title", "name")
        and sighting.size == 1
        and found[-1].kind == "title"
        and text.texts[sighting.first - 1] == "("
        and sighting.first - found[-1].last <= 2
        and text.texts[sighting.first].isupper()
    )


def _sighting(
    text: Tokens, grammar: ActorGrammar, token: int, found: list[Sighting]
) -> Sighting | None:
    known = match(text, grammar.trie, token)
    titled = _is_titled(text, grammar, token, found)
    grouped = _organization(text, grammar, token, known)
    title = title_at(text, grammar, token, known)
    tie = int(grouped is not None and grouped.known is not None)
    if title and (grouped is None or title.last >= grouped.last + tie):
        return title
    if grouped and not _may_be_person(text, grammar, grouped, titled):
        return grouped
    free = found[-1].last if found else 0
    name = name_at(text, grammar, token, titled or grouped is not None)
    if grouped:
        return name if name and name.last > grouped.last else grouped
    described = None
    if token + 1 == len(text) or not is_after_honorific(text, grammar, token + 1):
        described = description_at(text, grammar, token, free)
    opening = text.opens[token] and described is not None and described.type == "Person"
    if described and (opening or not (name and (titled or name.size > 1))):
        return described
    return name or pronoun_at(text, grammar, token)


def _organization(
    text: Tokens, grammar: ActorGrammar, token: int, known: Match | None
) -> Sighting | None:
    """The longest of a known name, a numbered unit, an operation, a name with a head noun."""
    readings = [
        known_sighting(known) if known and known.entry.kind in ("name", "demonym") else None,
        unit_at(text, grammar, token),
        operation_at(text, grammar, token),
        organization_at(text, grammar, token, known),
    ]
    best = None
    for reading in readings:
        if reading and (best is None or reading.last > best.last):
            best = reading
    return best


def _is_titled(text: Tokens, grammar: ActorGrammar, token: int, found: list[Sighting]) -> bool:
    """Whether a rank, title, *Mr* or *gunman* stands directly before."""
    if found and found[-1].last == token:  # whatever sentence border the parser sees here
        before = found[-1]
        if before.kind == "title":
            return text.tags[before.last - 1] not in ("NNS", "NNPS")
        return before.kind == "nominal" and before.type == "Person"
    return is_after_honorific(text, grammar, token)


def _may_be_person(text: Tokens, grammar: ActorGrammar, sighting: Sighting, titled: bool) -> bool:
    """A known name that may begin a longer one: *Trump*, *Chad Smith*, *San Jose de Lima*."""
    if sighting.known is None:
        return False
    type_ = sighting.known.type
    if grammar.is_a(type_, "Person"):
        return True
    place = grammar.is_a(type_, "Place") or type_ == "PopulationGroup"
    label = text.labels[sighting.first]
    last = sighting.last
    goes_on = last < len(text) and text.ents[last] == text.ents[sighting.first]
    particle = last + 1 < len(text) and grammar.has("name_particle", text.lowers[last])
    of_name = particle and text.is_capital(last + 1) and not text.is_capital(last)
    return place and (titled or (label == "PERSON" and goes_on) or of_name)


def _mention(text: Tokens, sighting: Sighting) -> Mention:
    first, last = sighting.first, sighting.last
    start = sighting.start if sighting.start >= 0 else text.offsets[first]
    end = sighting.end if sighting.end >= 0 else text.end(last - 1)
    return Mention(
        start=start,
        end=end,
        first=first,
        last=last,
        head=text.root(first, last),
        text=text.content[start:end],
        name=sighting.name,
        type=sighting.type or "Agent",
        kind=sighting.kind,
        count=sighting.count,
    )
