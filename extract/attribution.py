"""Where a match stands, how it is meant and who says so, as values of a statement."""

from __future__ import annotations

from .annotation import Annotation
from .frame.matching import Match
from .referent import Referents
from .stance.modality import SpeakerReading, StanceReading
from .statement import Evidence, Source, Stance
from .text.document import Document


def evidence_of(match: Match, document: Document, found: Annotation) -> Evidence:
    """The sentence of a match, and in it the predicate."""
    from .text.pipeline import visible_span

    root = found.doc[match.root]
    start, end = visible_span(root.sent)
    quote = document.text[start:end]
    return Evidence(document.id, start, end, quote, root.idx, root.idx + len(root))


def stance_of(reading: StanceReading, found: Annotation, referents: Referents) -> Stance:
    """How a match is meant, its source as an entity of the document."""
    source = _source(reading.source, found, referents) if reading.source else None
    return Stance(reading.polarity, reading.certainty, source)


def _source(speaker: SpeakerReading, found: Annotation, referents: Referents) -> Source:
    """Who says so: an entity of the document, the words for an unnamed source, or nobody told."""
    via = _source(speaker.via, found, referents) if speaker.via else None
    tree = found.reading.tree
    token = speaker.token
    index = -1 if token is None else tree.mention[token]
    lost = index >= 0 and tree.mentions[index].kind == "pronoun" and not referents.is_known(index)
    if token is None or lost:
        return Source(text="", start=-1, end=-1, name="unnamed", via=via)
    if index >= 0 and referents.is_known(index):
        reference = referents.references(token)[0]
        return Source(
            text=reference.text,
            start=reference.start,
            end=reference.end,
            name=reference.name,
            entity=reference.entity,
            type=reference.type,
            via=via,
        )
    start, end = tree.start[tree.phrase_start(token)], tree.end[token]
    words = referents.text[start:end]
    return Source(text=words, start=start, end=end, name=words, via=via)


def is_plain(stance: Stance, reading: StanceReading) -> bool:
    """Affirmed, actual, and the author's own word or a source's word about itself."""
    if stance.polarity != "affirmed" or stance.certainty != "actual":
        return False
    return stance.source is None or reading.own
