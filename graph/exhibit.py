"""Exhibits: what a document shows of an entity, event or statement, for somebody to judge by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..extract.statement import DocumentEntity, Extraction, Reference, Statement, Value
from ..extract.text.document import Document
from .member import references
from .report import report_id

MOST = 3
"""Quotes of one exhibit."""
_AROUND = 80  # characters on either side of a mention that no statement quotes


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document's evidence of an item: its name (of a statement or event, what it says), its
    class or relation, and sentences.
    """

    item: str
    name: str
    type: str
    document: Document
    quotes: tuple[str, ...]


def exhibits(extractions: Iterable[Extraction], items: Collection[str]) -> dict[str, Exhibit]:
    """The exhibits of document entities, document events and statements by id."""
    wanted = set(items)
    found = {}
    for extraction in extractions:
        for exhibit in _exhibits(extraction, wanted):
            found[exhibit.item] = exhibit
    return found


def _exhibits(extraction: Extraction, wanted: Collection[str]) -> Iterator[Exhibit]:
    document = extraction.document
    events: dict[str, list[Statement]] = {}
    for statement in extraction.statements:
        if statement.id in wanted:
            yield _told(statement.id, [statement], document)
        if statement.event is not None:
            events.setdefault(report_id(statement), []).append(statement)
    for entity in extraction.entities:
        if entity.id in wanted:
            yield Exhibit(
                entity.id, entity.name, entity.type, document, _quotes(entity, extraction)
            )
    for event in wanted & events.keys():
        yield _told(event, events[event], document)


def _told(item: str, statements: list[Statement], document: Document) -> Exhibit:
    first = statements[0]
    quotes = dict.fromkeys(" ".join(s.evidence.quote.split()) for s in statements)
    relation = first.relation or first.phrase
    return Exhibit(item, claim(first), relation, document, tuple(quotes)[:MOST])


def claim(statement: Statement) -> str:
    """*Ali —attacked→ Basra [denied]*: a statement for the eye."""
    stance = statement.stance
    labels: list[str] = [stance.polarity, stance.certainty]
    labels = [label for label in labels if label not in ("affirmed", "actual")]
    labels += [f"says {stance.source.name}"] if stance.source else []
    told = f" [{', '.join(labels)}]" if labels else ""
    relation = statement.relation or statement.phrase
    return f"{_end(statement.subject)} —{relation}→ {_end(statement.object)}{told}"


def _end(argument: Reference | Value | None) -> str:
    if argument is None:
        return "?"
    return argument.name if isinstance(argument, Reference) else argument.value


def _quotes(entity: DocumentEntity, extraction: Extraction) -> tuple[str, ...]:
    """Sentences of statements about an entity; else the words around its first mention."""
    about = (s for s in extraction.statements if entity.id in set(references(s)))
    quotes = tuple(dict.fromkeys(" ".join(s.evidence.quote.split()) for s in about))[:MOST]
    if quotes or not entity.mentions:
        return quotes
    start, end = entity.mentions[0]
    text = extraction.document.text
    around = text[max(start - _AROUND, 0) : end + _AROUND]
    return (f"… {' '.join(around.split())} …",)
