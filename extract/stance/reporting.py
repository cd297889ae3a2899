"""Who says so: speakers of reporting words, comments (*the army said*), quotations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import column
from .negation import is_verbal, subject
from .operator import Cues, phrase_at

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPEN = frozenset('"“«„')
_CLOSE = frozenset('"”»')


@dataclass(frozen=True, slots=True)
class SpeakerReading:
    """A source: head token of the speaker's noun phrase, None if unnamed; `via` quotes him."""

    token: int | None
    via: SpeakerReading | None = None


def speaker(head: Token, words: Cues) -> int | None:
    """The head token of who says, thinks or charges what a word governs."""
    return _speaker_of_verb(head) if is_verbal(head) else _speaker_of_noun(head, words)


def _speaker_of_verb(verb: Token) -> int | None:
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "advcl")):
        return _by(verb)
    first = subject(verb)
    if first is not None:
        if first.dep_ == "expl":
            return None
        relative = first.tag_ in ("WP", "WDT") and verb.dep_ == "relcl"
        return int(verb.head.i if relative else first.i)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        quoted = [c for c in verb.head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        if quoted:
            return int(quoted[0].i)
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp"):
        above = verb.head.head if verb.head.pos_ == "ADP" else verb.head
        if is_verbal(above) and above.i != verb.i:
            return _speaker_of_verb(above)
    if verb.dep_ in ("acl", "relcl") and verb.tag_ != "VB":
        return int(verb.head.i)
    return None


def _by(head: Token) -> int | None:
    for child in head.children:
        if child.dep_ in ("agent", "prep") and child.lower_ in ("by", "from"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return int(noun.i)
    return None


def _speaker_of_noun(noun: Token, words: Cues) -> int | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return int(child.i)
    named = _by(noun)
    if named is not None:
        return named
    if noun.pos_ == "ADJ" or noun.dep_ in ("attr", "acomp", "dobj"):
        verb = noun.head
        carries = noun.dep_ != "dobj" or verb.lemma_ in words.operators["light"]
        if is_verbal(verb) and carries:
            first = subject(verb)
            if first is not None and first.dep_ == "nsubj" and first.lower_ != "it":
                return int(first.i)
    for child in noun.children:
        if child.dep_ in ("compound", "amod") and child.ent_type_ in ("ORG", "NORP", "GPE"):
            return int(child.i)
    return None


def comments(token: Token, words: Cues) -> list[tuple[int | None, int]]:
    """Sources named beside a clause: (speaker, cue) of *according to X*, *as X said*."""
    found: list[tuple[int | None, int]] = []
    for child in token.children:
        if child.dep_ in ("prep", "advmod", "advcl", "pcomp"):
            found += _prepositional(child, words)
            first = next(iter(child.subtree))
            may_open = first.lower_ in words.openings["hearsay_phrase"]
            if may_open and phrase_at(list(child.subtree), 0, words.phrases["hearsay_phrase"]):
                found.append((None, child.i))
        if child.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj") and is_verbal(child):
            found += _comment_clause(child, token, words)
        # headlines: *Police: Gunmen killed X*
        before = child.dep_ == "dep" and child.pos_ in ("NOUN", "PROPN") and child.i < token.i
        if before and child.nbor().text == ":":
            found.append((child.i, child.i + 1))
    return found


def _prepositional(child: Token, words: Cues) -> list[tuple[int | None, int]]:
    if child.lower_ in words.words["source_preposition"]:
        nouns = [t for t in child.subtree if t.dep_ == "pobj" and 0 <= t.head.i - child.i <= 1]
        return [(nouns[0].i, child.i)] if nouns else []
    for noun in child.children:
        if noun.dep_ == "pobj" and noun.lemma_ in words.words["source_noun"]:
            for owner in noun.subtree:
                if (owner.dep_ == "poss" and owner.head.i == noun.i) or (
                    owner.dep_ == "pobj" and owner.head.lower_ == "of" and owner.head.head == noun
                ):
                    return [(owner.i, noun.i)]
    return []


def _comment_clause(child: Token, token: Token, words: Cues) -> list[tuple[int | None, int]]:
    lemma = child.lemma_.lower()
    marks = [c.lower_ for c in child.children if c.dep_ in ("mark", "advmod", "prep")]
    as_comment = any(mark in words.words["as"] for mark in marks)
    reporting = any(words.governs(lemma, name) for name in ("report", "believe", "fear"))
    if not reporting and not (as_comment and lemma in words.words["comment_verb"]):
        return []
    if marks and not as_comment:
        return []
    if any(c.dep_ in ("ccomp", "xcomp", "dobj") for c in child.children) and not as_comment:
        return []
    if child.dep_ == "conj" and not as_comment:
        return []
    if child.dep_ in ("advcl", "ccomp") and not as_comment:
        bare = child.tag_ in ("VBD", "VBZ", "VBP") and subject(child) is not None
        aside = any(t.is_punct for t in (child.doc[child.left_edge.i - 1],) if child.left_edge.i)
        if not (bare and aside):
            return []
    return [(speaker(child, words), child.i)]


def sentence_sources(token: Token, words: Cues) -> list[tuple[int | None, int]]:
    """*According to X* at either end of a sentence: it covers all of it, however it is attached."""
    sentence = [t for t in token.sent if not t.is_space]
    while sentence and sentence[-1].is_punct:
        sentence.pop()
    found: list[tuple[int | None, int]] = []
    for word in sentence:
        if word.lower_ not in words.words["source_preposition"] or word.dep_ != "prep":
            continue
        phrase = list(word.subtree)
        opens = not any(is_verbal(t) or t.pos_ == "NOUN" for t in sentence if t.i < word.i)
        if opens or (phrase and phrase[-1].i >= sentence[-1].i):
            found += _prepositional(word, words)
    return found


@lru_cache(maxsize=4)
def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Token spans between double quotation marks, across sentences; an unclosed mark ends
    with its paragraph."""
    spans: list[tuple[int, int]] = []
    start = -1
    for place, word in enumerate(column.strings(doc, "ORTH")):
        if start >= 0 and "\n" in word and word.isspace():
            spans.append((start, place))
            start = -1
        mark = word if word in ("``", "''") else word[:1]
        if start < 0 and (mark in _OPEN or mark == "``"):
            start = place
        elif start >= 0 and (mark in _CLOSE or mark == "''"):
            spans.append((start, place))
            start = -1
    return spans


def quotation(token: Token) -> tuple[int, int] | None:
    """The quotation that a predicate stands in, if the quotation is a clause and not a phrase."""
    for start, end in quotations(token.doc):
        if start < token.i < end:
            inside = token.doc[start + 1 : end]
            finite = any(
                is_verbal(t) and t.tag_ in ("VBD", "VBZ", "VBP", "MD", "VB") for t in inside
            )
            return (start, end) if finite else None
    return None


def quotation_speaker(span: tuple[int, int], doc: Doc, words: Cues) -> int | None:
    """Who is quoted: the reporting verb outside the marks, in the sentence of either end."""
    start, end = span
    edges = [doc[start].sent, doc[min(end, len(doc) - 1)].sent]
    if start:
        edges.append(doc[start - 1].sent)
    if end + 1 < len(doc):
        edges.append(doc[end + 1].sent)
    for sentence in edges:
        for token in sentence:
            if start <= token.i <= end or not is_verbal(token):
                continue
            if words.governs(token.lemma_.lower(), "report"):
                return speaker(token, words)
    return None
