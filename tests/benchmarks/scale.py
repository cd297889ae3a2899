"""How the cost of merging grows, and what it takes to write the graph.

    python tests/benchmarks/scale.py [STATEMENTS …] [--processes N] [--export FORMAT …]

Merges synthetic extractions of each size (250 000, 500 000, 1 000 000 and 2 000 000 statements if
none is given; five mentions to two statements) and prints seconds of processor time and of the
clock, memory of all processes together at its peak, and time per n log n, which should not grow.
What making the extractions costs is measured apart and taken off. With --export it also writes the
graph in those formats, into a folder that is deleted.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Qualifier,
    Reference,
    Stance,
    Statement,
    entity_id,
    event_id,
)
from actorgraph.extract.text.document import Document
from actorgraph.graph.graph import Graph
from actorgraph.graph.merge import Means, merged
from actorgraph.ontologies.ontology import Ontology
from actorgraph.ontologies.turtle import loaded_ontology

STATEMENTS_PER_DOCUMENT = 8
ACTORS_PER_DOCUMENT = 5
MENTIONS_PER_ACTOR = 4
QUOTE = 120  # characters
RELATIONS = ("commanded", "attacked", "met_with", "killed", "arrested", "backed", "accused")
EVENTS = frozenset({"attacked", "met_with", "killed", "arrested"})
SYLLABLES = [consonant + vowel for consonant in "bdfghjklmnrstvz" for vowel in "aeiou"]


def actors(number: int, chance: random.Random) -> list[tuple[str, str]]:
    """Invented persons and organisations; a tenth of the names are spelled like another's."""

    def word(length: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(length)).capitalize()

    families = [word(chance.choice((2, 3))) for _ in range(max(number // 3, 1))]
    found = []
    for _ in range(number):
        if chance.random() < 0.7:
            found.append((f"{word(2)} {chance.choice(families)}", "Person"))
        else:
            found.append((f"{word(2)} {word(3)} Brigade", "MilitaryUnit"))
    return found


def extractions(statements: int, seed: int = 1) -> Iterator[Extraction]:
    """As many statements as asked for, about as many actors as a fifteenth of them."""
    chance = random.Random(seed)
    everybody = actors(max(statements // 15, 50), chance)
    for number in range(statements // STATEMENTS_PER_DOCUMENT):
        middle = chance.randrange(len(everybody))
        near = [everybody[(middle + chance.randrange(40)) % len(everybody)] for _ in range(8)]
        cast = list(dict.fromkeys(near))[:ACTORS_PER_DOCUMENT]
        yield extraction(number, cast, chance)


def extraction(number: int, cast: list[tuple[str, str]], chance: random.Random) -> Extraction:
    """One document whose actors do things to each other."""
    text = f"Report {number} of {chance.random()}."
    spans: list[list[tuple[int, int]]] = [[] for _ in cast]
    for _ in range(MENTIONS_PER_ACTOR):
        for (name, _), found in zip(cast, spans, strict=True):
            found.append((len(text) + 1, len(text) + 1 + len(name)))
            text += " " + name
        text += "".join(f" {chance.choice(SYLLABLES)}" for _ in range(15))
    month = 1 + number % 12
    document = Document(text, published=f"2024-{month:02}-{1 + number % 28:02}")
    ids = [entity_id(document.id, *found[0]) for found in spans]
    entities = tuple(
        DocumentEntity(id_, name, type_, (name,), tuple(found))
        for id_, (name, type_), found in zip(ids, cast, spans, strict=True)
    )
    references = [
        Reference(id_, name, name, *found[0], type_)
        for id_, (name, type_), found in zip(ids, cast, spans, strict=True)
    ]
    return Extraction(document, entities, tuple(_statements(document, references, chance)))


def _statements(
    document: Document, references: list[Reference], chance: random.Random
) -> Iterator[Statement]:
    for place in range(STATEMENTS_PER_DOCUMENT):
        subject, object_ = chance.sample(references, 2)
        relation = chance.choice(RELATIONS)
        when = {"when": Qualifier("then", 0, 1, document.published, "day")}
        yield Statement(
            document=document.id,
            relation=relation,
            phrase=relation,
            subject=subject,
            object=object_,
            stance=Stance(),
            evidence=Evidence(document.id, 0, QUOTE, document.text[:QUOTE], place, place + 1),
            rule="synthetic",
            extractor="synthetic",
            confidence=0.8,
            qualifiers=when if chance.random() < 0.5 else {},
            event=event_id(document.id, place, place + 1) if relation in EVENTS else None,
            role="patient",
            plain=True,
        )


class Watch:
    """Memory of this process and its children together, looked at twice a second.

    Pages that several processes share are counted once (proportional set size).
    """

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.5):
            self.peak = max(self.peak, sum(map(_memory, _family(os.getpid()))))


def _family(process: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        children += [int(child) for child in _text(task).split()]
    return [process, *(one for child in children for one in _family(child))]


def _memory(process: int) -> int:
    lines = _text(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""


def _seconds() -> float:
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def exported_formats(graph: Graph, ontology: Ontology, formats: list[str]) -> None:
    """Write the graph in each format, and tell what it took."""
    from actorgraph.exports.exporter import exported

    for name in formats:
        with TemporaryDirectory() as folder, Watch() as watch:
            start, clock = _seconds(), time.time()
            size = sum(p.stat().st_size for p in exported(graph, Path(folder), ontology, [name]))
            print(
                f"  {name}: {_seconds() - start:.0f} CPU s, {time.time() - clock:.0f} s, "
                f"{watch.peak // 1024} MB of memory, {size / 1e6:.0f} MB",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = [250_000, 500_000, 1_000_000, 2_000_000]
    parser.add_argument("sizes", nargs="*", type=int, default=sizes)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--export", nargs="*", default=[], metavar="FORMAT")
    arguments = parser.parse_args()
    ontology = loaded_ontology()
    print(
        "statements mentions  CPU s  clock s  µs CPU per n log n  peak MB"
        "  entities   events    edges"
    )
    for size in arguments.sizes:
        start = _seconds()
        mentions = sum(len(e.mentions) for found in extractions(size) for e in found.entities)
        making = _seconds() - start
        start, clock = _seconds(), time.time()
        with Watch() as watch:
            graph = merged(extractions(size), ontology, means=Means(processes=arguments.processes))
        took, clock = _seconds() - start - making, time.time() - clock - making
        unit = took * 1e6 / (size * math.log2(size))
        counts = f"{len(graph.entities):9} {len(graph.events):8} {len(graph.edges):8}"
        print(
            f"{size:10} {mentions:8} {took:6.0f} {clock:8.0f} {unit:19.2f} "
            f"{watch.peak // 1024:8} {counts}",
            flush=True,
        )
        exported_formats(graph, ontology, arguments.export)


if __name__ == "__main__":
    main()
