"""The ontology tests itself: every example must say its relation, no counterexample may."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..annotation import annotation
from ..stance.modality import stance_reading
from ..text.document import Document
from .candidate import Candidate
from .lexicon import Sentence, sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..referent import Referents
    from ..rules import RuleExtractor


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one sentence of the ontology is read: `problem` is empty if as declared."""

    relation: str
    positive: bool
    example: str  # as written, alternatives chosen
    sentence: str  # with names in its slots
    problem: str = ""


def verdicts(
    extractor: RuleExtractor, relations: Collection[str] | None = None
) -> Iterator[Verdict]:
    """Read every example and counterexample as ordinary text; only of some relations if given."""
    compiled = {(relation, words): why for relation, words, why in extractor.lexicon.problems}
    found = [
        sentence
        for sentence in sentences(extractor.ontology, (0,))
        if relations is None or sentence.relation.id in relations
    ]
    docs = extractor.nlp.pipe((s.filled.text for s in found), batch_size=256)
    for sentence, doc in zip(found, docs, strict=True):
        problem = compiled.get((sentence.relation.id, sentence.words), "")
        if not problem:
            problem = _problem(extractor, sentence, doc)
        yield Verdict(
            sentence.relation.id,
            sentence.example.positive,
            sentence.words,
            sentence.filled.text,
            problem,
        )


def _problem(extractor: RuleExtractor, sentence: Sentence, doc: Doc) -> str:
    found = annotation(doc, extractor.rules)
    referents = extractor.referents(Document(sentence.filled.text), found)
    candidates = [
        candidate
        for candidate in extractor.candidates(found, referents)
        if candidate.relation == sentence.relation.id or _is_fact(candidate, doc, extractor)
    ]
    if sentence.example.positive:
        return _positive_problem(extractor, sentence, candidates, referents)
    for candidate in candidates:
        if candidate.relation == sentence.relation.id and candidate.subject is not None:
            return f"yields {_told(candidate, referents)}, which it must not"
    return ""


def _is_fact(candidate: Candidate, doc: Doc, extractor: RuleExtractor) -> bool:
    """Whether something is told as a fact: *threatened to bomb X* rightly holds no bombing."""
    stance = stance_reading(doc[candidate.match.root], extractor.rules.cues)
    return stance.polarity == "affirmed" and stance.certainty == "actual"


def _positive_problem(
    extractor: RuleExtractor,
    sentence: Sentence,
    candidates: list[Candidate],
    referents: Referents,
) -> str:
    relation = sentence.relation
    pair = [_tokens_in(referents, *sentence.filled.slots[s][:2]) for s in ("subject", "object")]
    right, others = False, []
    for candidate in candidates:
        forward = candidate.subject in pair[0] and candidate.object in pair[1]
        backward = candidate.subject in pair[1] and candidate.object in pair[0]
        if candidate.relation == relation.id and (forward or (backward and relation.symmetric)):
            right = True
        elif forward or backward:
            kin = extractor.ontology.relation_is_a(relation.id, candidate.relation)
            if not kin or backward:
                others.append(_told(candidate, referents))
    if others:
        return f"yields {'; '.join(others)}"
    if not right:
        return _absence(sentence, pair)
    return ""


def _absence(sentence: Sentence, pair: list[set[int]]) -> str:
    for slot, found in zip(("subject", "object"), pair, strict=True):
        if not found:
            start, end, _ = sentence.filled.slots[slot]
            return f"'{sentence.filled.text[start:end]}' is not read as an actor"
    return f"does not yield {sentence.relation.id}"


def _tokens_in(referents: Referents, start: int, end: int) -> set[int]:
    tree = referents.tree
    heads = {m.head for m in tree.mentions if m.start < end and start < m.end}
    things = {
        t
        for t in range(len(tree))
        if start <= tree.start[t] < end and referents.thing_type(t) is not None
    }
    return heads | things


def _told(candidate: Candidate, referents: Referents) -> str:
    def name(token: int | None) -> str:
        if token is None:
            return "-"
        mention = referents.tree.mention_of(token)
        return mention.text if mention else referents.tree.text[token]

    return f"{candidate.relation}({name(candidate.subject)}, {name(candidate.object)})"
