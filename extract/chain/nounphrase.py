"""Noun phrases: the mentions that are no actors (*the attack*, *it*), for coreference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..actor.mention import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TYPE_OF_LABEL = {
    **{"PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place"},
    **{"FAC": "Facility", "NORP": "PopulationGroup", "DATE": "Date", "TIME": "Date"},
}
"""Entity label of the English models -> class; labels not listed are things."""

_NUMERIC = frozenset({"CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
_ARGUMENTS = frozenset(
    {
        *("nsubj", "nsubjpass", "dobj", "pobj", "iobj", "dative", "attr", "appos", "conj", "poss"),
        *("ROOT", "agent", "oprd", "nmod", "npadvmod", "dep", "csubj", "ccomp"),
    }
)
_NOMINAL = ("ADJ", "DET", "NOUN", "PRON", "PROPN")
_RECIPROCAL = frozenset({("each", "other"), ("one", "another")})
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})


def noun_phrases(doc: Doc, known: Sequence[Mention] = ()) -> tuple[Mention, ...]:
    """The known mentions and, where none of them stands, every other noun phrase of a parse.

    Named entities of the model keep its type, other proper names are *Agent* (anything that can
    act), dates *Date*, everything else is a *Thing*.
    The result is sorted and free of overlaps, like `known`.
    """
    taken = [False] * len(doc)
    for mention in known:
        taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
    found = list(known)
    for mention in _in_order(doc, taken):
        if not any(taken[mention.first : mention.last]):
            taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _in_order(doc: Doc, taken: list[bool]) -> Iterator[Mention]:
    yield from filter(None, (_named(doc, span) for span in doc.ents))
    nominal = {doc.vocab.strings[pos] for pos in _NOMINAL}
    for place, pos in enumerate(doc.to_array("POS").tolist()):
        if taken[place] or pos not in nominal:
            continue
        token = doc[place]
        if token.tag_ in _PRONOUNS or token.lower_ in ("this", "that", "these", "those"):
            if token.dep_ not in ("det", "mark", "advmod", "predet"):
                yield _mention(doc[token.i : token.i + 1], token, "Thing", "pronoun")
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ in _ARGUMENTS:
            proper = token.pos_ == "PROPN"
            kind: MentionKind = "name" if proper else "nominal"
            yield _mention(_flat(doc, token, taken), token, "Agent" if proper else "Thing", kind)
        elif token.i and (doc[token.i - 1].lower_, token.lower_) in _RECIPROCAL:
            yield _mention(doc[token.i - 1 : token.i + 1], token, "Agent", "pronoun")
        elif token.lower_ == "both" and token.dep_ in _ARGUMENTS and not token.n_rights:
            yield _mention(doc[token.i : token.i + 1], token, "Thing", "pronoun")


def _named(doc: Doc, span: Span) -> Mention | None:
    """A named entity without determiner and possessive ending; numbers name nothing."""
    first, last = span.start, span.end
    blank = ("PUNCT", "SPACE") if span.label_ == "DATE" else ("DET", "PUNCT", "SPACE")
    while first < last and doc[first].pos_ in blank:
        first += 1
    while last > first and (
        doc[last - 1].tag_ == "POS" or doc[last - 1].pos_ in ("PUNCT", "SPACE")
    ):
        last -= 1
    if first == last or span.label_ in _NUMERIC:
        return None
    name = doc[first:last]
    if name.root.pos_ not in ("NOUN", "PROPN", "NUM"):
        return None
    return _mention(name, name.root, TYPE_OF_LABEL.get(span.label_, "Thing"), "name")


def _flat(doc: Doc, head: Token, taken: Sequence[bool]) -> Span:
    """From the leftmost modifier that is not a mention of its own to the head."""
    first = head.i
    while first > 0 and not taken[first - 1]:
        before = doc[first - 1]
        if before.tag_ == "POS" or before.dep_ == "poss" or not head.is_ancestor(before):
            break
        if before.is_punct and before.text != "-":
            break
        first -= 1
    return doc[first : head.i + 1]


def _mention(span: Span, head: Token, type_: str, kind: MentionKind) -> Mention:
    bare = span
    if type_ == "Date":
        kind = "name"
    while len(bare) > 1 and bare[0].pos_ == "DET":
        bare = bare[1:]
    return Mention(
        start=span.start_char,
        end=span.end_char,
        first=span.start,
        last=span.end,
        head=head.i,
        text=span.text,
        name=" ".join(bare.text.split()),
        type=type_,
        kind=kind,
    )
