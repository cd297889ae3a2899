"""Identity that grammar fixes: relative pronouns, appositions, titles, copulas, naming."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from .cluster import Clusters
from .phrase import Phrase, first_conjunct

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMING = frozenset({"call", "name", "dub", "nickname", "know", "title", "label", "codename"})
_BESIDE = frozenset({"compound", "nmod", "amod", "appos"})


def link_relatives(found: Clusters) -> None:
    """*The general **who** …*: a relative pronoun is the noun its clause hangs on."""
    for phrase in found.phrases:
        word = phrase.mention.text.lower()
        if phrase.mention.kind != "pronoun" or word not in found.rules.words["pronoun_relative"]:
            continue
        noun = _relativised(found.doc[phrase.head])
        antecedent = noun is not None and found.phrase_of(noun)
        if antecedent:
            found.link(phrase.index, antecedent.index, "relative pronoun", 0.95)


def _relativised(pronoun: Token) -> Token | None:
    node = pronoun
    while node.head.i != node.i:
        if node.dep_ == "relcl":
            return node.head if node.head.i < pronoun.i else None
        node = node.head
    return None


def link_appositives(found: Clusters) -> None:
    """Appositions, titles in front of names, *X is the leader*, *a group called X*."""
    for phrase, following in zip_longest(found.phrases, found.phrases[1:]):
        head = found.doc[phrase.head]
        if phrase.mention.kind == "pronoun":
            continue
        if following and _is_title_of(found, phrase, following):
            found.link(phrase.index, following.index, "title", 0.95)
        if head.dep_ in _BESIDE:
            _link_beside(found, phrase, head)
        elif head.dep_ in ("attr", "oprd"):
            _link_predicate(found, phrase, head)


def _is_title_of(found: Clusters, phrase: Phrase, following: Phrase) -> bool:
    """*Army chief General Burhan*: titles right before a title or name, however parsed."""
    if phrase.mention.kind != "title" or phrase.mention.last != following.mention.first:
        return False
    if following.features.kind != "person" or following.mention.kind not in ("title", "name"):
        return False
    return not found.doc[phrase.head].is_ancestor(found.doc[following.head])


def _link_beside(found: Clusters, phrase: Phrase, head: Token) -> None:
    other = found.phrase_of(head.head)
    if other is None or other.mention.kind == "pronoun":
        return
    if head.dep_ == "appos":
        same = _same_number(phrase, other) and not any(c.dep_ == "conj" for c in head.children)
        if same and (
            phrase.mention.kind != "nominal"
            or phrase.determination != "bare"
            or phrase.features.kind == "person"
        ):
            found.link(phrase.index, other.index, "apposition", 0.9)
    elif (
        phrase.features.kind == "person" == other.features.kind
        and phrase.mention.kind in ("title", "nominal")
        and other.mention.kind == "name"
    ):
        found.link(phrase.index, other.index, "title", 0.95)


def _same_number(one: Phrase, other: Phrase) -> bool:
    numbers = {one.features.number, other.features.number} - {""}
    return len(numbers) < 2


def _link_predicate(found: Clusters, phrase: Phrase, head: Token) -> None:
    verb = head.head
    if head.dep_ == "oprd" or verb.lemma_.lower() in _NAMING:
        bearer = verb.head if verb.dep_ == "acl" else None
        confidence, rule = 0.9, "naming"
        if verb.lemma_.lower() not in _NAMING or phrase.mention.kind != "name":
            return
    else:
        bearer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        confidence, rule = 0.85, "copula"
        if verb.lemma_ != "be" or not _asserted(verb):
            return
    subject = bearer is not None and found.phrase_of(bearer)
    if subject and _same_number(phrase, subject) and first_conjunct(head) is head:
        found.link(phrase.index, subject.index, rule, confidence)


def _asserted(verb: Token) -> bool:
    """No negation, modal, question or condition around a copula."""
    for child in verb.children:
        if child.dep_ == "neg" or child.tag_ == "MD":
            return False
        if child.dep_ == "mark" and child.lower_ in ("if", "whether", "unless"):
            return False
    return verb.tag_ in ("VBZ", "VBP", "VBD")
