"""Phrases: mentions with the grammar that coreference asks about, computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .agreement import CoreferenceRules, Features, features
from .quotation import Quotation, quotation_index

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .mention import Mention

Determination = Literal[
    "definite", "demonstrative", "indefinite", "possessive", "quantified", "bare"
]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
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
    sentence_of = _sentence_numbers(doc)
    inside = quotation_index(doc, quotes)
    found = []
    for index, mention in enumerate(mentions):
        head = doc[mention.head]
        pronoun = mention.kind == "pronoun"
        possessor = next((c.i for c in head.lefts if c.dep_ == "poss"), -1)
        found.append(
            Phrase(
                index=index,
                mention=mention,
                features=features(doc, mention, rules),
                head=mention.head,
                lemma=head.lemma_.lower(),
                predicate=predicate_of(head),
                sentence=sentence_of[mention.head],
                role=_role(head),
                determination=_determination(head, possessor, rules),
                modifiers=frozenset() if pronoun else _modifiers(head, rules),
                complements=frozenset() if pronoun else _complements(head),
                possessor=possessor,
                quote=inside.get(mention.head, -1),
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


def predicate_of(head: Token) -> int:
    """What governs a phrase: its verb or noun, prepositions and coordination looked through."""
    above = first_conjunct(head).head
    while above.head.i != above.i:
        preposition = above.dep_ in ("prep", "agent", "dative") and above.pos_ == "ADP"
        if not preposition and above.pos_ not in _PARTITIVE:
            break
        above = above.head
    return above.i


def _role(head: Token) -> str:
    node = first_conjunct(head)
    if node.dep_ in _SUBJECTS:
        return "subject"
    if node.dep_ in ("dobj", "dative", "iobj", "attr", "oprd"):
        return "object"
    if node.dep_ == "poss":
        return "possessor"
    return "oblique" if node.dep_ == "pobj" else "other"


def _determination(head: Token, possessor: int, rules: CoreferenceRules) -> Determination:
    if possessor >= 0:
        return "possessive"
    for child in head.lefts:
        word = child.lower_
        if child.dep_ in ("det", "predet", "amod", "nummod"):
            if word in rules.words["determiner_demonstrative"]:
                return "demonstrative"
            if word in rules.words["determiner_definite"]:
                return "definite"
            if word in rules.words["determiner_quantified"]:
                return "quantified"
            if word in rules.words["determiner_indefinite"]:
                return "indefinite"
    return "bare"


def _complements(head: Token) -> frozenset[str]:
    after = [c for c in head.rights if c.dep_ in ("prep", "relcl", "acl")]
    words = (t for child in after for t in child.subtree)
    return frozenset(t.lemma_.lower() for t in words if t.pos_ in ("NOUN", "PROPN", "VERB", "NUM"))


def _modifiers(head: Token, rules: CoreferenceRules) -> frozenset[str]:
    plain = rules.words["determiner_definite"] | rules.words["determiner_indefinite"]
    words: set[str] = set()
    for child in head.lefts:
        if child.dep_ in _MODIFIERS:
            words.update(t.lemma_.lower() for t in child.subtree if not t.is_punct)
    return frozenset(words - plain)
