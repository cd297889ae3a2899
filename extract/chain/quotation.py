"""Quotations: which tokens stand inside quotation marks, and who says them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import column

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OPENING = frozenset({"“", "„", "«", "``"})
_MARK = re.compile(r"[\"“”„«»]|``|''|\n\s*\n")
"""Quotation marks, and the empty line that ends what nobody closed."""
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `first` to `last` (exclusive) between marks; `speaker` is the head token of the
    phrase that says them, or -1."""

    first: int
    last: int
    speaker: int


def quotations(doc: Doc, speech_verbs: frozenset[str]) -> tuple[Quotation, ...]:
    """The quotations of a text, in order.

    A quotation without a speaker of its own takes that of the one before, if nothing but white
    space, or nothing but the words about speaking, stands between them in their paragraph.
    """
    found: list[Quotation] = []
    for first, last in _spans(doc):
        speaker = _speaker(doc, first, last, speech_verbs)
        if speaker < 0 and found and _continues(doc, found[-1], first):
            speaker = found[-1].speaker
        found.append(Quotation(first, last, speaker))
    return tuple(found)


def quotation_index(doc: Doc, quotes: tuple[Quotation, ...]) -> Mapping[int, int]:
    """Token -> the number of the quotation it stands in."""
    return {i: n for n, quote in enumerate(quotes) for i in range(quote.first, quote.last)}


def _spans(doc: Doc) -> list[tuple[int, int]]:
    """Between marks; a paragraph's end closes what nobody closed."""
    spans: list[tuple[int, int]] = []
    opened = -1
    places = column.starts(doc)
    for match in _MARK.finditer(column.text(doc)):
        mark, place = match[0], bisect_right(places, match.start()) - 1
        if mark in _OPENING or (mark == '"' and opened < 0):
            opened = place
            continue
        if 0 <= opened < place - 1:
            spans.append((opened + 1, place))
        opened = -1
    if 0 <= opened < len(doc) - 1:
        spans.append((opened + 1, len(doc)))
    return spans


def _is_paragraph_end(token: Token) -> bool:
    return token.is_space and token.text.count("\n") > 1


def _continues(doc: Doc, before: Quotation, first: int) -> bool:
    between = doc[before.last + 1 : first - 1]
    breaks = sum(_is_paragraph_end(t) for t in between)
    words = sum(t.is_alpha for t in between)
    return (not breaks and words < 25) or (breaks == 1 and not words)


def _speaker(doc: Doc, first: int, last: int, speech_verbs: frozenset[str]) -> int:
    """The subject of the speech verb nearest to the marks, in the sentences they touch."""
    best, distance = -1, 1 << 30
    sentences: list[Span] = [doc[first].sent, doc[last - 1].sent]
    before = first - 2
    while before > 0 and doc[before].is_space:
        before -= 1
    if before > 0 and doc[before].text in (":", ","):
        sentences.append(doc[before].sent)
    if last + 1 < len(doc) and not doc[last].is_space:
        sentences.append(doc[last].sent)
        if doc[last - 1].text in (",", "?", "!"):
            sentences.append(doc[last + 1].sent)
    for sentence in sentences:
        for token in sentence:
            if first <= token.i < last or token.lemma_.lower() not in speech_verbs:
                continue
            away = max(first - token.i, token.i - last)
            subject = _subject(token)
            if subject is not None and not first <= subject.i < last and away < distance:
                best, distance = subject.i, away
    if best < 0 and before > 0 and doc[before].text == ":":
        subject = _subject(doc[before].sent.root)
        best = -1 if subject is None else subject.i
    return best


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb it is conjoined with."""
    for node in (verb, verb.head if verb.dep_ in ("conj", "advcl", "xcomp") else verb):
        for child in node.children:
            if child.dep_ in _SUBJECTS and node.pos_ in ("VERB", "AUX"):
                return child
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    return None
