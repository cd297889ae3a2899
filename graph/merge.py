"""Merge: what many documents say, made one graph."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from ..extract.statement import Extraction, Statement
from ..extract.text.document import Document
from ..ontologies.ontology import Ontology
from .answer import Answer
from .decision import Decisions, decisions
from .gazetteer import Gazetteer
from .graph import Graph
from .happening import happenings
from .identity import identities
from .inspection import findings
from .judgement import Judgement
from .linking import linked
from .member import members
from .naming import entities
from .occasion import event_id, events
from .origin import origins
from .posting import posts
from .report import reports
from .table import Table
from .tie import edges


def merged(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    judgements: Iterable[Judgement] = (),
    answers: Iterable[Answer] = (),
) -> Graph:
    """Merge what extractors read into one graph: a pure function of the set of its arguments.

    Order, sharding and repetition of the extractions do not matter, so that leaving out a document
    gives the graph that never knew it. Judgements are replayed; one on a statement, entity or
    event that is not there has no effect. `answers` of reconciliation services become matches; they
    merge nothing. Raises ActorgraphError if judgements contradict each
    other or a statement refers to an entity that its extraction lacks.
    """
    with _uncollected():
        graph = _merged(_distinct(extractions), ontology, decisions(judgements, ontology))
        return linked(graph, Gazetteer(ontology), answers)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without cyclic garbage collection: merging makes many small values and no cycles.

    Walking them all again and again takes as long as the merge itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _merged(read: Sequence[Extraction], ontology: Ontology, decided: Decisions) -> Graph:
    documents = sorted({e.document.id: e.document for e in read}.values(), key=lambda d: d.id)
    statements = _statements(read, decided.rejected)
    gazetteer = Gazetteer(ontology)
    known = members(read, gazetteer, decided.types)
    groups, links = identities(known, decided, gazetteer.lexicon)
    found = entities(groups, gazetteer)
    table = Table(
        {entity.id: entity for entity in found},
        {member: entity.id for entity in found for member in entity.members},
        gazetteer,
    )
    told = reports(statements, table, {d.id: d.published for d in documents})
    together, event_links = happenings(told, decided, table)
    event_of = {s.id: event_id(g) for g in together for r in g for s in told[r].statements}
    copies = origins(documents)
    graph = Graph(
        entities=tuple(found),
        events=tuple(events(together, told, table, copies)),
        edges=tuple(edges(statements, table, event_of, copies)),
        documents=tuple(documents),
        links=tuple(sorted({*links, *event_links})),
        judgements=decided.all,
        origins=copies,
        ontology=ontology.hash,
    )
    graph = replace(graph, posts=posts(graph, ontology))
    return replace(graph, findings=findings(graph, gazetteer, decided))


def _distinct(extractions: Iterable[Extraction]) -> Sequence[Extraction]:
    """Extractions in one order. Of documents of one id, the first as text counts.

    Documents that differ only in white space share an id, but not their offsets.
    """
    found = sorted(extractions, key=lambda e: (e.document.id, _document(e.document)))
    first: dict[str, Document] = {}
    for extraction in found:
        first.setdefault(extraction.document.id, extraction.document)
    return [e for e in found if e.document.text == first[e.document.id].text]


def _document(document: Document) -> tuple[str, ...]:
    fields = ("text", "source", "title", "author", "publisher", "published", "url", "language")
    return tuple(str(getattr(document, name) or "") for name in fields)


def _statements(extractions: Iterable[Extraction], rejected: frozenset[str]) -> list[Statement]:
    """All statements, each once, sorted by id, but those judged not to be made."""
    found: dict[str, Statement] = {}
    for extraction in extractions:
        for statement in extraction.statements:
            if statement.id not in rejected:
                kept = found.setdefault(statement.id, statement)
                if kept != statement:
                    found[statement.id] = min(kept, statement, key=repr)
    return [found[id_] for id_ in sorted(found)]
