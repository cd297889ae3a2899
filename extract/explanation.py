"""Why a statement came out of a sentence, or why nothing did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .clause.clause import Clause
from .frame.frame import Frame, Node, frame_words
from .statement import Reference, Statement, Value
from .text.document import Document

if TYPE_CHECKING:
    from .annotation import Annotation
    from .referent import Referents
    from .rules import RuleExtractor


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A frame whose word stands in the sentence but which did not match there, and why."""

    relation: str
    example: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class SentenceExplanation:
    """What was seen in one sentence.

    actors: (words, class, entity name, why they mean it); clauses: one line each, predicate with
    its deep roles; statements with the frames that made them; near misses for predicates that
    gave none.
    """

    start: int
    end: int
    text: str
    actors: tuple[tuple[str, str, str, str], ...]
    clauses: tuple[str, ...]
    statements: tuple[Statement, ...]
    near_misses: tuple[NearMiss, ...]


def explanations(extractor: RuleExtractor, document: Document) -> Iterator[SentenceExplanation]:
    """Explain each sentence of a document, in order."""
    from .annotation import annotation
    from .text.pipeline import docs, visible_span

    for _, doc in docs(extractor.nlp, [document], extractor.casing):
        found = annotation(doc, extractor.rules)
        referents = extractor.referents(document, found)
        statements = extractor.extraction(document, doc).statements
        for sentence in doc.sents:
            start, end = visible_span(sentence)
            text = document.text[start:end]
            if not text:
                continue
            inside = [t for t in found.reading.clauses if sentence.start <= t < sentence.end]
            here = tuple(s for s in statements if start <= s.evidence.cue_start < end)
            cues = {s.evidence.cue_start for s in here}
            yield SentenceExplanation(
                start=start,
                end=end,
                text=text,
                actors=_actors(found, referents, sentence.start, sentence.end),
                clauses=tuple(_clause_line(found, t) for t in inside),
                statements=here,
                near_misses=tuple(
                    miss
                    for t in inside
                    if doc[t].idx not in cues
                    for miss in _near_misses(extractor, found, referents, t)
                ),
            )


def _actors(
    found: Annotation, referents: Referents, first: int, last: int
) -> tuple[tuple[str, str, str, str], ...]:
    mentions = found.reading.tree.mentions
    why = {link.mention: link.rule for chain in found.chains for link in chain.links}
    return tuple(
        (m.text, referents.type_of(i), referents.chain(i).name, why.get(i, ""))
        for i, m in enumerate(mentions)
        if first <= m.first < last
    )


def _clause_line(found: Annotation, token: int) -> str:
    tree, clause = found.reading.tree, found.reading.clauses[token]
    roles = ", ".join(f"{a.role}={tree.text[a.antecedent]}" for a in clause.arguments)
    return f"{clause.lemma} [{clause.kind}] ({roles})"


def _near_misses(
    extractor: RuleExtractor, found: Annotation, referents: Referents, token: int
) -> Iterator[NearMiss]:
    """At most three frames for a predicate's word, each with the first thing that is missing."""
    reading = found.reading
    clause = reading.clauses[token]
    word = reading.tree.text[token]
    frames = [
        frame
        for lemma in reading.lemmas(token)
        for frame in extractor.lexicon.index.by_lemma.get(lemma, ())
    ]
    if not frames:
        if clause.kind == "verb":
            yield NearMiss(
                "", "", word, f"no relation of the ontology is said with '{clause.lemma}'"
            )
        return
    seen: set[tuple[str, str]] = set()
    for frame in frames:
        reason = _missing(extractor, found, referents, frame, frame.root, token)
        if reason and (frame.relation, reason) not in seen and len(seen) < 3:
            seen.add((frame.relation, reason))
            yield NearMiss(frame.relation, frame.example, word, reason)


def _missing(
    extractor: RuleExtractor,
    found: Annotation,
    referents: Referents,
    frame: Frame,
    node: Node,
    token: int,
) -> str:
    """The first demand of a frame that a word does not meet, in words."""
    reading = found.reading
    lacking = set(node.modifiers) - reading.modifiers(token)
    if lacking:
        return f"'{sorted(lacking)[0]}' does not stand beside '{reading.tree.text[token]}'"
    clause: Clause | None = reading.clauses.get(token)
    for role, child in node.edges:
        there = [a for a in (clause.arguments if clause else ()) if a.role == role]
        if not there:
            wanted = f"{{{child.slot}}}" if child.slot else f"'{frame_words(child)}'"
            return f"nothing stands as {role} of '{reading.tree.text[token]}' for {wanted}"
        if child.slot in ("subject", "object"):
            heads = [reading.head(a.antecedent) for a in there]
            if not any(extractor.fit(frame, child.slot, h, found, referents) for h in heads):
                return _unfit(extractor, found, referents, frame, child.slot, heads[0])
    return ""


def _unfit(
    extractor: RuleExtractor,
    found: Annotation,
    referents: Referents,
    frame: Frame,
    slot: str,
    token: int,
) -> str:
    tree = found.reading.tree
    index = tree.mention[token]
    expected = " or ".join(extractor.expected(frame, slot))
    if index < 0:
        return f"'{tree.text[token]}' is not read as an actor; {{{slot}}} must be {expected}"
    if not referents.is_known(index):
        return f"it is not safe to say who '{tree.text[token]}' is"
    type_ = referents.type_of(index)
    return f"'{tree.mentions[index].text}' is {type_}; {{{slot}}} must be {expected}"


def marked(statement: Statement, text: str) -> str:
    """The sentence of a statement with subject, cue and object marked: [S: …] <…> [O: …]."""
    evidence = statement.evidence
    spans = [(evidence.cue_start, evidence.cue_end, "<", ">")]
    for label, argument in (("S", statement.subject), ("O", statement.object)):
        if isinstance(argument, (Reference, Value)):
            spans.append((argument.start, argument.end, f"[{label}: ", "]"))
    result, position = "", evidence.start
    for start, end, left, right in sorted(spans):
        if start < position or end > evidence.end:
            continue  # overlaps another mark, or stands in another sentence
        result += text[position:start] + left + text[start:end] + right
        position = end
    return result + text[position : evidence.end]
