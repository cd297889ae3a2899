"""Noun phrases: the verb or noun that carries an event noun or a role noun decides its stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .climb import Climb, apply, governed, is_given
from .negation import Qualification, is_verbal, qualification
from .operator import Cues, operator, phrase_at
from .reporting import speaker

if TYPE_CHECKING:
    from spacy.tokens import Token


def modifier_head(climb: Climb, node: Token) -> Token:
    """*assassination plot*, *bombing suspect*: the head noun may govern its modifier."""
    head = node.head
    if not is_verbal(node):
        name = operator(head, "noun", climb.words)
        if name and name != "light":
            apply(climb, head, name, "noun")
            return head
    if node.dep_ == "amod" and node.pos_ == "ADJ":
        climb.given = True
    if node.dep_ == "amod" and (node.tag_ == "VBN" or is_given(head, climb.words)):
        climb.given = climb.given or is_verbal(node)
    return head


def carrier(climb: Climb, node: Token, role: bool) -> Token | None:
    """An event noun shares the fate of the verb that carries it; a role noun only under a verb
    of being or becoming."""
    words = climb.words
    head = node.head
    chain: list[str] = []
    while head.dep_ in ("prep", "agent", "pcomp") and head.pos_ in ("ADP", "SCONJ", "ADV", "VERB"):
        if head.pos_ == "VERB" and head.dep_ != "prep":
            break
        chain.append(head.lower_)
        if head.head.i == head.i:
            break
        head = head.head
    if chain == ["as"] and head.dep_ == "pobj" and head.head.dep_ == "agent":
        head = head.head.head  # *described by officials as*: parsers attach *as* to *officials*
    prepositions = tuple(chain)
    if chain and phrase_at([head, node.head], 0, words.phrases["negative_phrase"]):
        climb.flip(node.head.i)
        return head
    if role and not _predicative(node, head, prepositions, words):
        return None
    if set(chain) & words.words["negative_preposition"]:
        climb.flip(node.head.i)
        climb.given = True
        return head
    if _supposed(node, words):
        climb.weaken("hypothetical", node.head.i)
    if climb.referent:
        climb.referent = not is_verbal(head)
        told = any(c.dep_ == "ccomp" for c in head.children)
        if operator(head, "noun", words, prepositions) == "report" and not told:
            climb.attribute(speaker(head, words), head.i)
        climb.qualify(qualification(head, words))
        return head
    governor, name = _noun_operator(node, head, prepositions, words)
    if role and node.dep_ == "nsubj":
        name = ""
    if name and name != "light":
        apply(climb, governor, name, "noun", node)
        return governor if governor.i != head.i and not is_verbal(governor) else head
    if not is_verbal(head) and head.pos_ not in ("ADJ",):
        climb.given = climb.given or (is_given(node, words) and name != "light")
        climb.qualify(qualification(head, words))
        return head
    if name == "light" or role or head.lemma_ in ("be", "have"):
        climb.qualify(_without(qualification(head, words), climb.cues))
        return head
    if is_given(node, words) or (chain and chain[0] in words.words["adjunct_preposition"]):
        climb.given = True
    climb.qualify(_without(qualification(head, words), climb.cues))
    return head


def _without(found: Qualification, known: set[int]) -> Qualification:
    """A negation inside the noun phrase itself (*no attack*) has been read there already."""
    return Qualification(
        [cue for cue in found.negations if cue not in known], found.certainties, found.hearsay
    )


def _predicative(node: Token, head: Token, prepositions: tuple[str, ...], words: Cues) -> bool:
    if node.dep_ in ("attr", "oprd"):
        return True
    if prepositions == ("as",):
        return True
    if node.dep_ == "nsubj":
        return head.lemma_ == "be" and any(c.dep_ == "attr" for c in head.children)
    return node.dep_ in ("dobj", "ccomp") and head.lemma_ in words.words["role_verb"]


def _supposed(node: Token, words: Cues) -> bool:
    """*in the event of an attack*."""
    left = max(node.sent.start, node.left_edge.i - 4)
    tokens = [node.doc[i] for i in range(left, node.left_edge.i)]
    return any(
        phrase_at(tokens, start, words.phrases["condition_phrase"]) == len(tokens) - start
        for start in range(len(tokens))
    )


def _noun_operator(
    node: Token, head: Token, prepositions: tuple[str, ...], words: Cues
) -> tuple[Token, str]:
    if head.lemma_ == "be" and node.dep_ in ("nsubj", "csubj"):
        for child in head.children:
            if child.dep_ in ("acomp", "attr") and operator(child, "noun", words):
                return child, operator(child, "noun", words)
    if node.dep_ == "nsubj" and is_verbal(head) and head.lemma_ != "be":
        return head, _over_subject(head, words)
    owning = f"{head.lemma_} {node.lemma_}"
    if node.dep_ == "dobj" and owning in words.operators["own"]:
        return head, "report"
    return governed(head, node, "noun", prepositions, words)


def _over_subject(verb: Token, words: Cues) -> str:
    """Which verbs say that their subject happened (*took place*, *failed*), not what it did."""
    name = operator(verb, "noun", words)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "prep")]
    if verb.lemma_ in words.words["futile"]:
        # *failed in January*, but not *failed to take the town*, which tells of a deed done
        told = any(c.dep_ in ("dobj", "xcomp") for c in verb.children)
        return "" if told else "failure"
    if not objects or any(
        f"{verb.lemma_} {c.lower_}" in words.operators["light"] and c.dep_ == "dobj"
        for c in objects
    ):
        return name if name in ("light", "possible") else ""
    if any(f"{verb.lemma_} {c.lower_}" in words.operators["light"] for c in objects):
        return ""
    return name if name == "light" and all(c.dep_ == "prep" for c in objects) else ""
