"""Merge: what many documents say, made one graph.

One pass over the extractions puts them into buckets of documents; every later step works on one
bucket at a time (graph/step.py) and sorts what it finds into the buckets of the next. Only what
tells names and blocks apart is ever in memory as a whole: members without their mentions, and a
number for each report. Few documents make one bucket, which stays in memory; the steps are the
same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from ..extract.statement import Extraction
from ..extract.text.document import Document
from ..ontologies.ontology import Ontology
from .answer import Answer
from .bench import Bench, Run, crew
from .codec import codec
from .component import components
from .decision import Decisions, decisions
from .edge import Edge
from .entity import Entity
from .event import Event
from .graph import Graph
from .identity import identities
from .inspection import findings
from .judgement import Judgement
from .link import Link
from .linking import linked
from .member import Member
from .naming import entities
from .origin import copies, suspects
from .posting import posts
from .shelf import Shelf
from .shuffle import WEIGHT, Part, Sorter, bucket, dropped, records
from .step import (
    DOCUMENT,
    ENTITY,
    ENTITY_LINK,
    Sources,
    Survey,
    Telling,
    finished,
    occurrence,
    sorting,
    survey,
    telling,
)

SLOTS = 512
"""Ranges of documents before it is known how many there are; several make a bucket."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Means:
    """What a merge may use.

    memory: statements and entities of documents that it holds before it goes to the disk;
    bucket: statements it works on at a time; processes: helpers, for what does not fit into memory
    (a script that asks for them needs `if __name__ == "__main__"`); folder: where its files are
    made, None for the system's place.
    """

    memory: int = 100_000
    bucket: int = 20_000
    processes: int = 1
    folder: Path | None = None


def merged(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    judgements: Iterable[Judgement] = (),
    answers: Iterable[Answer] = (),
    means: Means | None = None,
) -> Graph:
    """Merge what extractors read into one graph: a pure function of the set of its arguments.

    Order, sharding and repetition of the extractions do not matter, so that leaving out a document
    gives the graph that never knew it. Judgements are replayed; one on a statement, entity or
    event that is not there has no effect. `answers` of reconciliation services become matches; they
    merge nothing. `means` bound memory, and change nothing else: the parts of a graph that is too
    large for it are read from the disk whenever they are asked for.

    Raises ActorgraphError if judgements contradict each other or a statement refers to an entity
    that its extraction lacks.
    """
    means = means or Means()
    decided = decisions(judgements, ontology)
    with _uncollected():
        found = _Intake(means)
        found.take(extractions)
        bench = Bench(ontology, decided, found.buckets, found.folder)
        with crew(bench, means.processes) as run:
            graph = _merged(found, bench, run)
        return _elaborated(graph, bench, answers)


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


class _Intake:
    """The extractions in slots of documents, in memory or, if they are many, in a folder."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self.home: TemporaryDirectory[str] | None = None
        self._sorter = Sorter("extractions", None)
        self._statements = 0

    def take(self, extractions: Iterable[Extraction]) -> None:
        """Take all of them."""
        pack, weight = codec(Extraction).pack, 0
        for extraction in extractions:
            new = 1 + len(extraction.statements) + len(extraction.entities)
            weight += new
            self._statements += len(extraction.statements)
            slot = bucket(extraction.document.id, SLOTS, DOCUMENT)
            self._sorter.add(slot, pack(extraction), new)
            if weight > self.means.memory and self.home is None:
                self._spill()
        self._sorter.flush()

    def _spill(self) -> None:
        if self.means.folder:
            self.means.folder.mkdir(parents=True, exist_ok=True)
        self.home = TemporaryDirectory(prefix="merge-", dir=self.means.folder)
        self._sorter.folder = Path(self.home.name)
        self._sorter.limit = min(WEIGHT, self.means.memory)

    @property
    def parts(self) -> list[Part]:
        return self._sorter.parts

    @property
    def folder(self) -> Path | None:
        return Path(self.home.name) if self.home else None

    @property
    def buckets(self) -> int:
        """A power of two, at most the number of slots."""
        number = 1
        while self.home and number < SLOTS and number * self.means.bucket < self._statements:
            number *= 2
        return number


def _merged(found: _Intake, bench: Bench, run: Run) -> Graph:
    numbers = range(bench.buckets)
    width = SLOTS // bench.buckets
    slots = [range(n * width, (n + 1) * width) for n in numbers]
    surveys: list[Survey] = list(run(survey, numbers, [found.parts] * len(numbers), slots))
    dropped(found.parts)
    documents = _shelf(Document, [(s.documents, 0, s.length) for s in surveys], found)
    doubles = copies(suspects([s.signatures for s in surveys]), documents)
    homes, named, links = _identified(bench, surveys, doubles)
    told = [s.told for s in surveys]
    tellings: list[Telling] = list(run(telling, numbers, told, [homes] * len(told)))
    dropped([*told, *homes])
    arranged = list(run(sorting, numbers, [t.reports for t in tellings], _homes(bench, tellings)))
    dropped(t.reports for t in tellings)
    occurrences = list(run(occurrence, numbers, [arranged] * len(numbers)))
    dropped(arranged)
    sources = Sources(
        edges=[*(t.edges for t in tellings), *(o.edges for o in occurrences)],
        events=[o.events for o in occurrences],
        entities=named,
        mentions=[t.mentions for t in tellings],
        entity_links=links,
        event_links=[o.links for o in occurrences],
    )
    parts = list(run(finished, numbers, [sources] * len(numbers)))
    sources.drop()
    reasons = [*(p.entity_links for p in parts), *(p.event_links for p in parts)]
    return Graph(
        entities=_shelf(Entity, [p.entities for p in parts], found),
        events=_shelf(Event, [p.events for p in parts], found),
        edges=_shelf(Edge, [p.edges for p in parts], found),
        documents=documents,
        links=_shelf(Link, reasons, found),
        judgements=bench.decisions.all,
        origins={d: doubles.get(d, d) for s in surveys for d in s.signatures.ids},
        ontology=bench.ontology.hash,
    )


def _elaborated(graph: Graph, bench: Bench, answers: Iterable[Answer]) -> Graph:
    """With what follows from the merged graph: posts, warnings, what entities are elsewhere."""
    graph = replace(graph, posts=posts(graph, bench.ontology))
    graph = replace(graph, findings=findings(graph, bench.gazetteer, bench.decisions))
    return linked(graph, bench.gazetteer, answers)


def _shelf(type_: type[T], buckets: Sequence[tuple[Part, int, int]], found: _Intake) -> Sequence[T]:
    shelf = Shelf(type_, buckets, found.home)
    return shelf if found.home else tuple(shelf)


def _identified(
    bench: Bench, surveys: Sequence[Survey], doubles: Mapping[str, str]
) -> tuple[list[Part], list[Part], list[Part]]:
    """(Member, entity) by bucket of documents; entities, and links, by bucket of ids."""
    known: dict[str, Member] = {}
    places: list[list[str]] = []
    shared: dict[Any, Any] = {}
    for found in surveys:
        here = [_light(record, shared) for record in records([found.members], [0])]
        known.update((member.id, member) for member in here)
        places.append([member.id for member in here])
    dropped(found.members for found in surveys)
    gazetteer = bench.gazetteer
    groups, links = identities(known, bench.decisions, gazetteer.lexicon)
    reasons = Sorter("found_links", bench.folder)
    pack = codec(Link).pack
    for link in links:
        reasons.add(bucket(link.left, bench.buckets, ENTITY_LINK), pack(link))
    named = Sorter("named", bench.folder)
    home: dict[str, str] = {}
    light = []
    for entity in entities(groups, gazetteer):
        named.add(bucket(entity.id, bench.buckets, ENTITY), codec(Entity).pack(entity))
        home.update((member, entity.id) for member in entity.members)
        light.append(replace(entity, names=(), members=(), types=()))
    bench.introduce(light, doubles)
    homes = Sorter("homes", bench.folder)
    for number, ids in enumerate(places):
        for id_ in ids:
            homes.add(number, (id_, home[id_]))
    return homes.flush(), named.flush(), reasons.flush()


def _light(record: Any, shared: dict[Any, Any]) -> Member:
    """A member whose equal parts are one object with those of others."""
    member: Member = codec(Member).unpack(record)
    same = shared.setdefault
    for name in ("name", "type", "facet", "key", "known", "mark", "state", "country"):
        value = getattr(member, name)
        object.__setattr__(member, name, same(value, value))
    for name in ("names", "full", "context", "company"):
        values = tuple([same(value, value) for value in getattr(member, name)])
        object.__setattr__(member, name, values if name == "context" else same(values, values))
    return member


def _homes(bench: Bench, tellings: Sequence[Telling]) -> list[bytes]:
    """For each bucket of documents, the bucket of the component that each report belongs to."""
    import numpy

    lengths = [t.length for t in tellings]
    starts = numpy.concatenate([[0], numpy.cumsum(lengths)]).astype(numpy.int64)
    keys = numpy.frombuffer(b"".join(t.keys for t in tellings), dtype=numpy.uint64)
    owners = numpy.concatenate(
        [
            numpy.frombuffer(t.owners, dtype=numpy.uint32).astype(numpy.int64) + start
            for t, start in zip(tellings, starts[:-1], strict=True)
        ]
    )
    numbers = {
        id_: int(place + start)
        for t, start in zip(tellings, starts[:-1], strict=True)
        for id_, place in t.judged.items()
    }
    found = components(int(starts[-1]), keys, owners, _judged(bench.decisions, numbers))
    homes = (found % bench.buckets).astype(numpy.uint16)
    return [homes[start:end].tobytes() for start, end in pairwise(starts.tolist())]


def _judged(decided: Decisions, numbers: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for judgement in decided.same:
        there = [numbers[item] for item in judgement.items if item in numbers]
        yield from pairwise(there)
