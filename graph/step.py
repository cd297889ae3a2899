"""Steps: the merge's work on one bucket each; none needs to know of any other bucket."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from ..extract.statement import Extraction, Statement
from ..extract.text.document import Document
from .bench import Bench
from .codec import Packed, codec, resolved
from .edge import Edge
from .entity import Entity, EntityMention
from .event import Event
from .happening import block_keys, happenings
from .link import Link
from .member import Member, members
from .occasion import event_id, events
from .origin import Signatures, signatures
from .report import report_id, reports
from .shuffle import Part, bucket, dropped, records
from .tie import edge_id, edges

EDGE, EVENT, ENTITY, DOCUMENT, ENTITY_LINK, EVENT_LINK = "r", "h", "e", "d", "m", "v"
"""First letters of ids."""

Buckets = Mapping[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a bucket of documents holds.

    `documents`: packed, sorted; `told`: statements (0), (member, document, mentions) (1),
    (document, date of publication) (2); `members`: packed, without their mentions.
    """

    documents: Part
    length: int
    told: Part
    members: Part
    signatures: Signatures


def survey(bench: Bench, number: int, parts: Iterable[Part], slots: range) -> Survey:
    """Documents, members and statements of a bucket of extractions, each once."""
    unpack = codec(Extraction).unpack
    read = distinct(unpack(record) for record in records(parts, slots))
    documents = sorted({e.document.id: e.document for e in read}.values(), key=lambda d: d.id)
    known = members(read, bench.gazetteer, bench.decisions.types)
    pack = codec(Statement).pack
    told: Buckets = {
        0: [pack(s) for s in _statements(read, bench.decisions.rejected)],
        1: [(m.id, m.document, m.mentions) for m in known.values()],
        2: [(d.id, d.published) for d in documents],
    }
    light = [codec(Member).pack(replace(m, mentions=())) for m in known.values()]
    return Survey(
        bench.part("documents", number, {0: list(map(codec(Document).pack, documents))}),
        len(documents),
        bench.part("told", number, told),
        bench.part("members", number, {0: light}),
        signatures(documents),
    )


def distinct(extractions: Iterable[Extraction]) -> Sequence[Extraction]:
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


@dataclass(frozen=True, slots=True)
class Telling:
    """What a bucket of documents tells of merged entities.

    `edges`: (event, statement) by bucket of the edge's id; `mentions` by bucket of the entity's;
    `reports`: (date of publication, statements) each; `keys` and `owners`: hashes of the blocks
    that reports are in (8 bytes each), and the reports' numbers (4 bytes each); `judged`: number of
    each report that a judgement names.
    """

    edges: Part
    mentions: Part
    reports: Part
    length: int
    keys: bytes
    owners: bytes
    judged: Mapping[str, int]


def telling(bench: Bench, number: int, told: Part, homes: Iterable[Part]) -> Telling:
    """The statements of a bucket of documents, about entities now, and what they may be part of.

    `homes`: (member, entity) by bucket of documents.
    """
    home = dict(records(homes, [number]))
    unpack, table = codec(Statement).unpack, bench.table
    packed = [resolved(record, home) for record in records([told], [0])]
    said = {record[-1]: record for record in packed}
    statements = [unpack(record) for record in packed]
    free = ((None, said[s.id], s) for s in statements if s.event is None)
    published = dict(records([told], [2]))
    found = list(reports(statements, table, published).values())
    mentions: dict[int, list[Any]] = defaultdict(list)
    for member, document, spans in records([told], [1]):
        entity = home[member]
        mentions[bucket(entity, bench.buckets, ENTITY)].append((entity, document, spans))
    keys, owners = _blocks([list(block_keys(report, table)) for report in found])
    judged = bench.decisions.judged
    return Telling(
        bench.part("plain", number, _edge_buckets(bench, free)),
        bench.part("mentions", number, mentions),
        bench.part(
            "reports",
            number,
            {0: [(r.published, tuple(said[s.id] for s in r.statements)) for r in found]},
        ),
        len(found),
        keys,
        owners,
        {report.id: place for place, report in enumerate(found) if report.id in judged},
    )


def _edge_buckets(
    bench: Bench, told: Iterable[tuple[str | None, Packed, Statement]]
) -> dict[int, list[Any]]:
    """(event, statement) by the bucket of the edge that it belongs to."""
    found: dict[int, list[Any]] = defaultdict(list)
    table = bench.table
    for event, packed, statement in told:
        edge = edge_id(statement, table, event)
        found[bucket(edge, bench.buckets, EDGE)].append((event, packed))
    return found


def _blocks(keys: Iterable[Iterable[str]]) -> tuple[bytes, bytes]:
    """Hashes of keys, and the number of the owner of each.

    Where two keys share a hash, reports are looked at together in vain, and that is all.
    """
    import numpy

    hashes, owners = [], []
    for owner, held in enumerate(keys):
        for key in held:
            data = key.encode("utf-8", "surrogatepass")
            hashes.append(hashlib.blake2b(data, digest_size=8).digest())
            owners.append(owner)
    return b"".join(hashes), numpy.array(owners, dtype=numpy.uint32).tobytes()


def sorting(bench: Bench, number: int, reports_: Part, homes: bytes) -> Part:
    """Reports by the bucket of their component. `homes`: that bucket for each, 2 bytes."""
    import numpy

    found: dict[int, list[Any]] = defaultdict(list)
    for record, home in zip(
        records([reports_], [0]), numpy.frombuffer(homes, dtype=numpy.uint16).tolist(), strict=True
    ):
        found[home].append(record)
    return bench.part("sorted", number, found)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The events that whole components of reports tell, their links, and what states them."""

    edges: Part
    events: Part
    links: Part


def occurrence(bench: Bench, number: int, sorted_: Iterable[Part]) -> Occurrence:
    """What happened, by a bucket of components."""
    unpack, table = codec(Statement).unpack, bench.table
    published: dict[str, str | None] = {}
    said: dict[str, Packed] = {}
    statements: list[Statement] = []
    for date, packed in records(sorted_, [number]):
        for record in packed:
            statement = unpack(record)
            statements.append(statement)
            said[statement.id] = record
            published[statement.document] = date
    told = reports(statements, table, published)
    together, links = happenings(told, bench.decisions, table)
    event_of = {id_: event_id(group) for group in together for id_ in group}
    stated = ((event_of[report_id(s)], said[s.id], s) for s in statements)
    found: dict[int, list[Any]] = defaultdict(list)
    for event in events(together, told, table, bench.copies):
        found[bucket(event.id, bench.buckets, EVENT)].append(codec(Event).pack(event))
    return Occurrence(
        bench.part("stated", number, _edge_buckets(bench, stated)),
        bench.part("occurrences", number, found),
        bench.part("reasons", number, link_buckets(bench, links, EVENT_LINK)),
    )


def link_buckets(bench: Bench, links: Iterable[Link], letter: str) -> dict[int, list[Any]]:
    """Packed links by the bucket of their left end."""
    found: dict[int, list[Any]] = defaultdict(list)
    for link in links:
        found[bucket(link.left, bench.buckets, letter)].append(codec(Link).pack(link))
    return found


@dataclass(frozen=True, slots=True)
class Sources:
    """All parts that hold something for the finished graph, by bucket of ids."""

    edges: Sequence[Part]
    events: Sequence[Part]
    entities: Sequence[Part]
    mentions: Sequence[Part]
    entity_links: Sequence[Part]
    event_links: Sequence[Part]

    def drop(self) -> None:
        """Delete them all."""
        for field in fields(self):
            dropped(getattr(self, field.name))


@dataclass(frozen=True, slots=True)
class Finished:
    """A bucket of the graph: for each kind of value its sorted records, and how many."""

    entities: tuple[Part, int, int]
    events: tuple[Part, int, int]
    edges: tuple[Part, int, int]
    entity_links: tuple[Part, int, int]
    event_links: tuple[Part, int, int]


def finished(bench: Bench, number: int, sources: Sources) -> Finished:
    """A bucket of the graph, each kind of value sorted by id."""

    def kept(kind: str, found: Iterable[Packed]) -> tuple[Part, int, int]:
        result = list(found)
        return bench.part(kind, number, {0: result}), 0, len(result)

    here = [number]
    return Finished(
        kept("entities", _entities(records(sources.entities, here), sources.mentions, number)),
        kept("events", sorted(records(sources.events, here), key=lambda record: record[0])),
        kept("edges", map(codec(Edge).pack, _edges(bench, records(sources.edges, here)))),
        kept("links", sorted(set(records(sources.entity_links, here)))),
        kept("event_links", sorted(set(records(sources.event_links, here)))),
    )


def _entities(found: Iterable[Packed], mentions: Iterable[Part], number: int) -> Iterator[Packed]:
    """Entities with all their mentions, sorted by id."""
    pack, unpack = codec(Entity).pack, codec(Entity).unpack
    spans: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for entity, document, told in records(mentions, [number]):
        spans[entity].update((document, *span) for span in told)
    for record in sorted(found, key=lambda record: record[0]):
        entity = unpack(record)
        told = tuple(EntityMention(*span) for span in sorted(spans[entity.id]))
        yield pack(replace(entity, mentions=told))


def _edges(bench: Bench, told: Iterable[tuple[str | None, Packed]]) -> list[Edge]:
    unpack = codec(Statement).unpack
    statements, event_of = [], {}
    for event, packed in told:
        statement = unpack(packed)
        statements.append(statement)
        if event is not None:
            event_of[statement.id] = event
    return edges(statements, bench.table, event_of, bench.copies)
