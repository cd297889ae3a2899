"""Works: what a film or novel shows is no fact, and what a documentary shows is its own word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .negation import is_verbal
from .operator import Cues
from .reporting import speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABOUT = frozenset({"about", "of", "on", "with", "where"})


def work(predicate: Token, words: Cues) -> tuple[Token, bool] | None:
    """The noun of the work that a predicate is told in, and whether it is fiction; None if none.

    *The film shows X killing Y*, *in the novel X kills Y*, *a play about the killing of Y*.
    """
    node = predicate
    for _ in range(len(predicate.doc)):
        setting = _setting(node, words)
        if setting is not None:
            return setting, True
        above = node.head
        if above.i == node.i or _is_told_beside(node):
            return None
        if is_verbal(above) and above.lemma_.lower() in words.words["depict"]:
            teller = _teller(above, words)
            if teller is not None:
                return teller
        elif _is_content(node, above, words):
            return above, True
        node = above
    return None


def _teller(verb: Token, words: Cues) -> tuple[Token, bool] | None:
    """The work that is the subject of a verb of showing."""
    said = speaker(verb, words)
    if said is None:
        return None
    noun = verb.doc[said]
    for name, fiction in (("fiction", True), ("work", False)):
        if noun.lemma_.lower() in words.words[name]:
            return noun, fiction
    return None


def _is_content(node: Token, noun: Token, words: Cues) -> bool:
    """*a film about …*, *a novel in which …*"""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in words.words["fiction_setting"]:
        return False
    if node.dep_ == "prep":
        return node.lower_ in _ABOUT
    return node.dep_ == "relcl" and any(
        t.tag_ in ("WDT", "WRB") and (t.dep_ == "pobj" or t.tag_ == "WRB") for t in node.subtree
    )


def _setting(node: Token, words: Cues) -> Token | None:
    """*in the film*, as a phrase of a clause; *in a play for power* is none."""
    if not is_verbal(node):
        return None
    for preposition in node.children:
        if preposition.dep_ != "prep" or preposition.lower_ != "in":
            continue
        for noun in preposition.children:
            known = noun.lemma_.lower() in words.words["fiction_setting"]
            bound = any(c.lower_ in ("of", "for") for c in noun.children if c.i > noun.i)
            if noun.dep_ == "pobj" and noun.pos_ == "NOUN" and known and not bound:
                return noun
    return None


def _is_told_beside(node: Token) -> bool:
    """*shows X, who was killed in 1998*: a past told beside the scene."""
    if node.dep_ != "relcl" or node.tag_ not in ("VBD", "VBN"):
        return False
    left = node.left_edge.i
    return left > 0 and node.doc[left - 1].text == ","
