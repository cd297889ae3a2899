"""What stands beside a predicate and qualifies it: negation, auxiliaries, adverbs, conjunctions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..statement import Certainty
from .operator import Cues, phrase_at

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_DETERMINER = frozenset({"advmod", "det", "neg", "preconj", "cc", "amod", "predet"})
_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "attr", "agent", "oprd"})


@dataclass(slots=True)
class Qualification:
    """How a word is qualified in its own clause; the token index of each cue beside it.

    negations: cues that deny it; certainties: what makes it less than actual; hearsay: cues that
    others say so. `shared` are the cues that a later conjunct shares only if it shares the
    auxiliary too.
    """

    negations: list[int] = field(default_factory=list)
    certainties: list[tuple[Certainty, int]] = field(default_factory=list)
    hearsay: list[int] = field(default_factory=list)


def subject(verb: Token) -> Token | None:
    """The grammatical subject of a verb."""
    return next((child for child in verb.children if child.dep_ in _SUBJECT), None)


def is_verbal(token: Token) -> bool:
    """Whether a token heads a clause."""
    return token.pos_ in ("VERB", "AUX")


def qualification(token: Token, words: Cues) -> Qualification:
    """What qualifies a predicate in its own clause."""
    found = Qualification()
    if is_verbal(token) or any(child.dep_ in ("aux", "cop") for child in token.children):
        _auxiliaries(token, words, found)
        _conjunctions(token, words, found)
        _arguments(token, words, found)
    else:
        _adjectives(token, words, found)
    _adverbs(token, words, found)
    _phrases(token, words, found)
    _correlatives(token, words, found)
    found.negations = list(dict.fromkeys(found.negations))
    return found


def _auxiliaries(verb: Token, words: Cues, found: Qualification) -> None:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    perfect = any(a.lemma_ == "have" for a in auxiliaries)
    for auxiliary in auxiliaries:
        form = auxiliary.lower_
        if auxiliary.tag_ not in ("MD", "VBD", "VBP", "VB") or form == "to":
            continue
        if perfect and form in words.words["modal_past"] and auxiliary.tag_ == "MD":
            found.certainties.append(("hypothetical", auxiliary.i))
        elif perfect and form in words.words["modal_request"]:
            found.certainties.append(("possible", auxiliary.i))
        elif form in words.words["modal_plan"] and auxiliary.tag_ == "MD":
            habit = any(c.lower_ in words.words["adverb_habit"] for c in verb.children)
            past = form in words.words["modal_past"]
            found.certainties.append(("habitual" if habit and past else "planned", auxiliary.i))
        elif form in words.words["modal_possible"]:
            found.certainties.append(("possible", auxiliary.i))
        elif form in words.words["modal_request"] and auxiliary.tag_ == "MD":
            found.certainties.append(("requested", auxiliary.i))
    first = auxiliaries[0] if auxiliaries else verb
    if _inverted(verb, first):
        found.certainties.append(("hypothetical", first.i))


def _inverted(verb: Token, auxiliary: Token) -> bool:
    """*Had he attacked, …*, *Were he to attack, …*: a condition without conjunction."""
    first = subject(verb)
    return (
        verb.dep_ in ("advcl", "ccomp")
        and auxiliary.lower_ in ("had", "should", "were", "could")
        and first is not None
        and auxiliary.i < first.i
        and auxiliary.i == min(t.i for t in verb.subtree if not t.is_punct)
    )


def _conjunctions(verb: Token, words: Cues, found: Qualification) -> None:
    conditions = words.words["condition"]
    for child in verb.children:
        if (child.dep_ in ("mark", "advmod", "prep", "det") and child.lower_ in conditions) or (
            child.dep_ in ("nsubj", "dobj") and child.lower_ in words.words["anyone"] & conditions
        ):
            found.certainties.append(("hypothetical", child.i))


def _arguments(verb: Token, words: Cues, found: Qualification) -> None:
    """*no troops killed him*, *killed nobody*, *killed by none of them*."""
    for child in verb.children:
        if child.dep_ == "prep" or child.dep_ == "agent":
            heads = [c for c in child.children if c.dep_ == "pobj"]
            if child.dep_ == "prep" and not any(h.lower_ in ("nobody", "none") for h in heads):
                continue
        elif child.dep_ in _ARGUMENT:
            heads = [child]
        else:
            continue
        for head in heads:
            cue = negative_noun(head, words)
            if cue is not None:
                found.negations.append(cue)


def negative_noun(noun: Token, words: Cues) -> int | None:
    """The word that empties a noun phrase: *no troops*, *neither side*, *none of them*."""
    negative = words.words["negative_word"]
    if noun.lower_ in negative and noun.pos_ not in ("VERB", "AUX"):
        article = any(c.lower_ == "a" for c in noun.children)
        return None if article else noun.i
    counts = [c for n in noun.children if n.dep_ in ("nummod", "det") for c in n.children]
    for child in [*noun.children, *counts]:
        if child.i > noun.i or child.dep_ not in _DETERMINER:
            continue
        following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
        if following in words.words["negation_focus"]:
            continue
        if following in words.words["bound"] or noun.lower_ in words.words["bound"]:
            continue
        before = child.nbor(-1).lower_ if child.i else ""
        if child.lower_ in negative and before != "a":
            return int(child.i)
        if child.dep_ == "advmod" and child.lower_ in words.words["negator"]:
            return int(child.i)
        if child.dep_ == "neg" or (child.lower_ == "not" and child.dep_ != "cc"):
            return int(child.i)
    return None


def _adjectives(noun: Token, words: Cues, found: Qualification) -> None:
    cue = negative_noun(noun, words)
    if cue is not None:
        found.negations.append(cue)
    kinds: tuple[tuple[str, Certainty], ...] = (
        ("adjective_possible", "possible"),
        ("adjective_plan", "planned"),
        ("adjective_attempt", "attempted"),
        ("adjective_fear", "feared"),
        ("adjective_imagined", "hypothetical"),
    )
    for child in noun.children:
        if child.dep_ not in ("amod", "compound", "nmod", "advmod", "acl") or child.i > noun.i:
            continue
        word = _hyphenated(child)
        for name, certainty in kinds:
            if word in words.words[name]:
                found.certainties.append((certainty, child.i))
        if word in words.words["adjective_hearsay"]:
            found.hearsay.append(child.i)
        if word in words.words["adjective_denied"]:
            found.negations.append(child.i)


def _hyphenated(token: Token) -> str:
    """*would-be*, *so-called*: tokenisers part what hyphens join."""
    parts = [t for t in token.subtree if t.i <= token.i]
    joined = any(t.tag_ == "HYPH" or t.text == "-" for t in parts)
    return "".join(t.lower_ for t in parts) if joined else str(token.lower_)


def _adverbs(token: Token, words: Cues, found: Qualification) -> None:
    agents = (a for a in token.children if a.dep_ == "agent" or a.lower_ == "by")
    beside = (c for agent in agents for c in agent.children if c.dep_ == "advmod")
    for child in (*token.children, *beside):  # *bombed, allegedly by the army*
        word = child.lower_
        if child.dep_ == "acomp" and not any(is_verbal(c) for c in child.children):
            if word in words.words["adverb_possible"]:
                found.certainties.append(("possible", child.i))
            continue
        if child.dep_ not in ("neg", "advmod", "preconj", "cc", "npadvmod", "amod", "dep"):
            continue
        if word in words.words["negator"] and (
            child.dep_ != "cc" or (word == "nor" and child.i < token.i)
        ):
            if child.dep_ == "preconj" and word not in words.words["negative_word"] | {"not"}:
                continue
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if following not in words.words["negation_focus"]:
                found.negations.append(child.i)
        elif word in words.words["near_miss"] and child.i < token.i:
            found.negations.append(child.i)
        elif word in words.words["adverb_possible"]:
            found.certainties.append(("possible", child.i))
        if word in words.words["adverb_hearsay"]:
            found.hearsay.append(child.i)
        if word in words.words["adverb_habit"] and token.tag_ in ("VBP", "VBZ"):
            found.certainties.append(("habitual", child.i))


def _correlatives(token: Token, words: Cues, found: Qualification) -> None:
    """*neither confirmed nor denied*, *has not attacked, nor has it shelled*."""
    if token.dep_ != "conj" or not is_verbal(token) or found.negations:
        return
    for child in token.head.children:
        between = token.head.i < child.i < token.i
        if child.dep_ == "cc" and between and child.lower_ in words.words["negator"]:
            found.negations.append(child.i)


def _phrases(token: Token, words: Cues, found: Qualification) -> None:
    """Negative phrases that hang on the predicate: *by no means*, *no longer*."""
    phrases, openings = words.phrases["negative_phrase"], words.openings["negative_phrase"]
    auxiliaries = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
    for child in [c for head in (token, *auxiliaries) for c in head.children]:
        if child.dep_ not in ("prep", "advmod", "neg", "npadvmod", "dobj", "nsubj", "agent"):
            continue
        left = child.left_edge.i
        if child.doc[left].lower_ not in openings:
            continue
        if any(t.dep_ == "pcomp" and is_verbal(t) for t in child.subtree):
            continue  # *far from supporting X* denies what it leads to
        if phrase_at(list(child.doc[left : child.right_edge.i + 1]), 0, phrases):
            found.negations.append(left)
