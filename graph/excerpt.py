"""Excerpts: parts of a graph that are small enough for memory, for those who write it out.

Of a graph that is in memory anyway, the one excerpt is the graph itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from ..extract.text.document import Document
from .codec import codec
from .edge import Edge
from .entity import Entity
from .event import Event
from .graph import Graph
from .post import Post
from .shelf import Shelf
from .shuffle import Part, Sorter, bucket, records

Node = TypeVar("Node", Entity, Event)

SIZE = 20_000
"""Edges an excerpt holds, about."""
_MOST = 4096
_DOCUMENT = "d"


def excerpts(graph: Graph) -> Iterator[Graph]:
    """The graph in excerpts of some documents each, in the order of documents.

    An excerpt has all that its documents contribute to: entities with their mentions there, events
    and edges with their evidence, posts with their claims there.
    """
    if not isinstance(graph.edges, Shelf):
        yield graph
        return
    buckets = _number(len(graph.edges))

    def home(document: str) -> int:
        return bucket(document, buckets, _DOCUMENT)

    with _folder() as folder:
        entities = _told(graph.entities, Entity, "mentions", home, Sorter("entities", folder))
        events = _told(graph.events, Event, "evidence", home, Sorter("events", folder))
        edges = _told(graph.edges, Edge, "evidence", home, Sorter("edges", folder))
        posts = _told(graph.posts, Post, "claims", home, Sorter("posts", folder))
        for number, documents in groupby(graph.documents, key=lambda d: home(d.id)):
            yield replace(
                graph,
                entities=_unpacked(Entity, entities, number),
                events=_unpacked(Event, events, number),
                edges=_unpacked(Edge, edges, number),
                posts=_unpacked(Post, posts, number),
                documents=tuple(documents),
                links=(),
            )


T = TypeVar("T", Entity, Event, Edge, Post)


def _told(
    values: Iterable[T], type_: type[T], field: str, home: Callable[[str], int], sorter: Sorter
) -> list[Part]:
    """Each value by the documents that tell it, with only what is told there in the field."""
    pack = codec(type_).pack
    for value in values:
        told = defaultdict(list)
        for one in getattr(value, field):
            told[home(one.document)].append(one)
        for number, here in told.items():
            part: Any = {field: tuple(here)}
            sorter.add(number, pack(replace(value, **part)), len(here))
    return sorter.flush()


def _unpacked(type_: type[T], parts: Iterable[Part], number: int) -> tuple[T, ...]:
    return tuple(map(codec(type_).unpack, records(parts, [number])))


def with_edges(
    nodes: Sequence[Node], letter: str, edges: Iterable[tuple[str, Edge]]
) -> Iterator[tuple[Node, list[Edge]]]:
    """Each node, sorted by id, with the edges at it, in their order.

    letter: the first of the nodes' ids; edges: id of the node, and edge. Edges come without their
    evidence if they had to be kept on the disk meanwhile.
    """
    if not isinstance(nodes, Shelf):
        held = defaultdict(list)
        for id_, edge in edges:
            held[id_].append(edge)
        yield from ((node, held.get(node.id, [])) for node in nodes)
        return
    buckets = _number(len(nodes))
    pack, unpack = codec(Edge).pack, codec(Edge).unpack
    with _folder() as folder:
        sorter = Sorter("edges", folder)
        for id_, edge in edges:
            sorter.add(bucket(id_, buckets, letter), (id_, pack(replace(edge, evidence=()))))
        parts = sorter.flush()
        for number, group in groupby(nodes, key=lambda n: bucket(n.id, buckets, letter)):
            here = defaultdict(list)
            for id_, packed in records(parts, [number]):
                here[id_].append(packed)
            yield from ((node, list(map(unpack, here.get(node.id, [])))) for node in group)


def documents_without_text(graph: Graph) -> Iterator[Document]:
    """The documents' metadata."""
    return (replace(document, text="", boilerplate=()) for document in graph.documents)


def _number(size: int) -> int:
    number = 1
    while number < _MOST and number * SIZE < size:
        number *= 2
    return number


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="excerpts-") as folder:
        yield Path(folder)
