"""Stance: is a predicate told as a fact, and by whom.

The reading starts at the predicate and climbs the dependency tree to the root; every governing
word, auxiliary, negation and conjunction on the way says what it does to the statement below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..clause.clause import ClauseKind
from ..statement import Certainty, Polarity
from .carrier import carrier, modifier_head
from .climb import Climb
from .embedding import clause_form, embedding, is_complement, read_sentence, relative
from .fiction import work
from .negation import Qualification, is_verbal, qualification, subject
from .operator import Cues, cues
from .reporting import SpeakerReading, comments, quotation, quotation_speaker, sentence_sources

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Cues", "SpeakerReading", "StanceReading", "cues", "stance_reading"]

_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "attr", "oprd", "npadvmod"})
_CLAUSAL = frozenset(
    {"relcl", "ccomp", "xcomp", "pcomp", "advcl", "acl", "csubj", "csubjpass", "dep"}
)


@dataclass(frozen=True, slots=True)
class StanceReading:
    """How a predicate is meant: polarity, certainty, who says so, and the cues' token indices.

    own: the (only) speaker owns up to a deed of his own (*admitted killing*, *claimed
    responsibility for*); the ontology may let him speak for himself.
    """

    polarity: Polarity
    certainty: Certainty
    source: SpeakerReading | None
    cues: tuple[int, ...]
    own: bool = False


def stance_reading(predicate: Token, words: Cues, kind: ClauseKind | None = None) -> StanceReading:
    """The stance of a predicate: verb, participle, event noun, role noun or adjective.

    kind: what the clause layer takes the predicate for; a role noun (*the leader of Y*) is told
    as a fact wherever it only refers to somebody, an event noun shares the fate of its verb.
    """
    climb = Climb(words)
    climb.qualify(qualification(predicate, words))
    role = kind == "role" or (kind is None and _is_role(predicate, words))
    node: Token | None = predicate
    for _ in range(len(predicate.doc)):
        if node is None:
            break
        _comment(climb, node)
        if node.head.i == node.i:
            read_sentence(climb, node)
            break
        conjunct = node.dep_ == "conj"
        node = _above(climb, node, role and (node.i == predicate.i or climb.conjoined))
        climb.conjoined = conjunct
    if not climb.sources:
        for source, cue in sentence_sources(predicate, words):
            if predicate.i != cue:
                climb.attribute(source, cue)
    _quoted(climb, predicate)
    if not role and not climb.sources and climb.certainty == "actual":
        _depicted(climb, predicate)
    return _reading(climb, predicate)


def _reading(climb: Climb, predicate: Token) -> StanceReading:
    source: SpeakerReading | None = None
    for token in reversed(climb.sources):
        source = SpeakerReading(token, source)
    return StanceReading(
        polarity="denied" if climb.denied else "affirmed",
        certainty=climb.certainty,
        source=source,
        cues=tuple(sorted(climb.cues - {predicate.i})),
        own=len(climb.sources) == 1 and climb.sources[0] in climb.owned,
    )


def _is_role(token: Token, words: Cues) -> bool:
    """Whether a noun names a person by role, as far as its ending tells."""
    lemma = token.lemma_.lower()
    return (
        token.pos_ in ("NOUN", "PROPN")
        and lemma.endswith(tuple(words.words["role_ending"]))
        and lemma not in words.words["deed"]
    )


def _above(climb: Climb, node: Token, role: bool) -> Token | None:
    """Reads the edge from a node to its head; returns the node to go on from, None at an end."""
    dep = node.dep_
    if dep == "conj":
        return _conjunct(climb, node)
    if dep in ("relcl", "acl") and not is_complement(node, climb.words):
        return relative(climb, node)
    if dep == "appos":
        listed = climb.conjoined and node.head.dep_ == "pobj" and not _is_role(node, climb.words)
        return _list_head(node) if listed else None
    if dep in ("parataxis", "ROOT"):
        read_sentence(climb, node)
        return None
    if dep in _CLAUSAL and (is_verbal(node) or dep in ("ccomp", "advcl")):
        return embedding(climb, node)
    if dep in ("compound", "nmod", "amod", "poss"):
        return None if role else modifier_head(climb, node)
    return carrier(climb, node, role)


def _list_head(node: Token) -> Token | None:
    """*promised a halt to raids on X, the surrender of arms and the release of Y*: parsers take
    what follows the first comma for an apposition to the name before it; it is the next item."""
    item = node.head
    while item.head.i != item.i and not is_verbal(item.head):
        item = item.head
    return item if item.head.i != item.i else None


def _conjunct(climb: Climb, node: Token) -> Token:
    """A later conjunct shares what governs the first, and what is not said anew: *did not
    attack or kill*, but not *did not attack and killed*."""
    first = _finite_conjunct(node)
    between = [t for t in first.children if t.dep_ == "cc" and first.i < t.i < node.i]
    but = any(t.lower_ == "but" for t in between)
    nor = [t.i for t in between if t.lower_ in climb.words.words["negator"]]
    if nor and is_verbal(node) and not climb.conjoined:
        but = True
    purpose = any(c.tag_ == "TO" for c in node.children) and is_verbal(node)
    if purpose and clause_form(first) == "finite":
        climb.weaken("planned", node.i)
    if is_verbal(node) and is_verbal(first):
        found = qualification(first, climb.words)
        own_subject = subject(node) is not None
        own_auxiliary = any(c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in node.children)
        shared = not own_subject and not own_auxiliary and node.tag_ == first.tag_
        arguments = {c.i for c in first.children if c.dep_ in ("nsubj", "nsubjpass")}
        negations = [
            cue
            for cue in found.negations
            if (shared and not but and cue < first.i)
            or (not own_subject and not but and _inside(first.doc[cue], arguments))
        ]
        marks = {c.i for c in first.children if c.dep_ in ("mark", "advmod", "det")}
        certainties = [
            (certainty, cue)
            for certainty, cue in found.certainties
            if (shared and cue < first.i) or (cue in marks and cue < first.i and not but)
        ]
        hearsay = [] if own_subject else found.hearsay
        climb.qualify(Qualification(negations, certainties, hearsay))
    elif not is_verbal(first):
        found = qualification(first, climb.words)
        climb.qualify(found, negation=not but)
        climb.contrast = but
    return first


def _finite_conjunct(node: Token) -> Token:
    """A finite verb is no conjunct of an infinitive (*was ordered to leave and left*): the
    finite verb above it is meant."""
    first: Token = node.head
    while node.tag_ in ("VBD", "VBZ") and is_verbal(first) and clause_form(first) != "finite":
        above = first.head.head if first.head.pos_ == "ADP" else first.head
        if not is_verbal(above) or above.i == first.i:
            break
        first = above
    return first


def _inside(token: Token, heads: set[int]) -> bool:
    return token.i in heads or any(a.i in heads for a in token.ancestors)


def _comment(climb: Climb, node: Token) -> None:
    for source, cue in comments(node, climb.words):
        climb.attribute(source, cue)


def _quoted(climb: Climb, predicate: Token) -> None:
    """What stands in a quotation is said by whoever is quoted, even across sentences."""
    span = quotation(predicate)
    if span is None or climb.sources:
        return
    climb.attribute(quotation_speaker(span, predicate.doc, climb.words), span[0])


def _depicted(climb: Climb, predicate: Token) -> None:
    """What a work shows: imagined if it is fiction, else the work's own word."""
    found = work(predicate, climb.words)
    if found is None:
        return
    noun, fiction = found
    if fiction:
        climb.certainty = "hypothetical"
        climb.cues.add(noun.i)
    else:
        climb.attribute(noun.i, noun.i)
