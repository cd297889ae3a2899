"""Phrases: mentions with the grammar that coreference asks about, computed once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .. import column
from .agreement import CoreferenceRules, Features, features
from .quotation import Quotation, quotation_index

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from ..actor.mention import Mention

Determination = Literal[
    "definite", "demonstrative", "indefinite", "possessive", "quantified", "bare"
]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_PARTITIVE = frozenset({"ADJ", "DET", "NUM", "PRON"})
"""*Both of them*, *afraid of him*: the verb above governs what follows *of*."""
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "quantmod", "advmod"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention and its grammar.

    head, predicate: token indices (predicate: the verb, noun or ROOT that governs it, through
      prepositions); lemma: of the head, lower-case; modifiers: lemmas before the head, inside
      and outside the mention; complements: content words after it that belong to it; possessor:
      head token of *X's* or *his*, else -1; quote: number of the quotation it stands in, else -1;
      role: subject, object, oblique, possessor, other.
    """

    index: int
    mention: Mention
    features: Features
    head: int
    lemma: str
    predicate: int
    sentence: int
    role: str
    determination: Determination
    modifiers: frozenset[str]
    complements: frozenset[str]
    possessor: int
    quote: int


def phrases(
    doc: Doc,
    mentions: Sequence[Mention],
    rules: CoreferenceRules,
    quotes: tuple[Quotation, ...],
) -> tuple[Phrase, ...]:
    """One phrase for each mention, in the same order."""
    words = _words(doc)
    sentence_of = _sentence_numbers(doc)
    inside = quotation_index(doc, quotes)
    found = []
    for index, mention in enumerate(mentions):
        head = mention.head
        pronoun = mention.kind == "pronoun"
        possessor = next((c for c in words.lefts(head) if words.dep[c] == "poss"), -1)
        found.append(
            Phrase(
                index=index,
                mention=mention,
                features=features(doc, mention, rules),
                head=head,
                lemma=words.lemma[head],
                predicate=_predicate(words, head),
                sentence=sentence_of[head],
                role=_role(words, head),
                determination=_determination(words, head, possessor, rules),
                modifiers=frozenset() if pronoun else _modifiers(words, head, rules),
                complements=frozenset() if pronoun else _complements(words, head),
                possessor=possessor,
                quote=inside.get(head, -1),
            )
        )
    return tuple(found)


def _sentence_numbers(doc: Doc) -> list[int]:
    """The number of each token's sentence."""
    ends = (sentence.end for sentence in doc.sents)
    numbers: list[int] = []
    for number, end in enumerate(ends):
        numbers += [number] * (end - len(numbers))
    return numbers


def first_conjunct(token: Token) -> Token:
    """The token that stands for a whole coordination."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


@dataclass(frozen=True, slots=True)
class _Words:
    """The columns of a document that phrases are read from."""

    lower: list[str]
    lemma: list[str]  # in lower case
    pos: list[str]
    dep: list[str]
    punctuation: list[bool]
    head: list[int]
    children: list[list[int]]

    def lefts(self, token: int) -> list[int]:
        """The children before a token."""
        return [child for child in self.children[token] if child < token]

    def subtree(self, token: int) -> Iterator[int]:
        """A token and all below it."""
        yield token
        for child in self.children[token]:
            yield from self.subtree(child)

    def first_conjunct(self, token: int) -> int:
        """The token that stands for a whole coordination."""
        while self.dep[token] == "conj" and self.head[token] < token:
            token = self.head[token]
        return token


def _words(doc: Doc) -> _Words:
    head = column.heads(doc)
    children: list[list[int]] = [[] for _ in head]
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
    return _Words(
        lower=column.strings(doc, "LOWER"),
        lemma=[lemma.lower() for lemma in column.strings(doc, "LEMMA")],
        pos=column.strings(doc, "POS"),
        dep=column.strings(doc, "DEP"),
        punctuation=[bool(flag) for flag in doc.to_array("IS_PUNCT").tolist()],
        head=head,
        children=children,
    )


def _predicate(words: _Words, head: int) -> int:
    """What governs a phrase: its verb or noun, prepositions and coordination looked through."""
    above = words.head[words.first_conjunct(head)]
    while words.head[above] != above:
        preposition = words.dep[above] in _PREPOSITIONS and words.pos[above] == "ADP"
        if not preposition and words.pos[above] not in _PARTITIVE:
            break
        above = words.head[above]
    return above


def _role(words: _Words, head: int) -> str:
    dep = words.dep[words.first_conjunct(head)]
    if dep in _SUBJECTS:
        return "subject"
    if dep in ("dobj", "dative", "iobj", "attr", "oprd"):
        return "object"
    if dep == "poss":
        return "possessor"
    return "oblique" if dep == "pobj" else "other"


def _determination(
    words: _Words, head: int, possessor: int, rules: CoreferenceRules
) -> Determination:
    if possessor >= 0:
        return "possessive"
    for child in words.lefts(head):
        word = words.lower[child]
        if words.dep[child] in ("det", "predet", "amod", "nummod"):
            if word in rules.words["determiner_demonstrative"]:
                return "demonstrative"
            if word in rules.words["determiner_definite"]:
                return "definite"
            if word in rules.words["determiner_quantified"]:
                return "quantified"
            if word in rules.words["determiner_indefinite"]:
                return "indefinite"
    return "bare"


def _complements(words: _Words, head: int) -> frozenset[str]:
    after = [
        child
        for child in words.children[head]
        if child > head and words.dep[child] in ("prep", "relcl", "acl")
    ]
    return frozenset(
        words.lemma[token]
        for child in after
        for token in words.subtree(child)
        if words.pos[token] in ("NOUN", "PROPN", "VERB", "NUM")
    )


def _modifiers(words: _Words, head: int, rules: CoreferenceRules) -> frozenset[str]:
    plain = rules.words["determiner_definite"] | rules.words["determiner_indefinite"]
    found = {
        words.lemma[token]
        for child in words.lefts(head)
        if words.dep[child] in _MODIFIERS
        for token in words.subtree(child)
        if not words.punctuation[token]
    }
    return frozenset(found - plain)
