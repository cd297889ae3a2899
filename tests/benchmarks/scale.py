"""How the cost of merging grows.

    python tests/benchmarks/scale.py [STATEMENTS …]

Merges synthetic extractions of each size (25 000, 50 000, 100 000 and 200 000 statements if none
is given) and prints seconds of processor time, peak memory and time per n log n, which
should not grow.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from collections.abc import Iterator

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
from actorgraph.graph.merge import merged
from actorgraph.ontologies.turtle import loaded_ontology

STATEMENTS_PER_DOCUMENT = 8
ACTORS_PER_DOCUMENT = 5
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
    text, spans = f"Report {number} of {chance.random()}.", []
    for name, _ in cast:
        spans.append((len(text) + 1, len(text) + 1 + len(name)))
        text += " " + name
    text += "".join(f" {chance.choice(SYLLABLES)}" for _ in range(60))
    month = 1 + number % 12
    document = Document(text, published=f"2024-{month:02}-{1 + number % 28:02}")
    ids = [entity_id(document.id, *span) for span in spans]
    entities = tuple(
        DocumentEntity(id_, name, type_, (name,), (span,))
        for id_, (name, type_), span in zip(ids, cast, spans, strict=True)
    )
    references = [
        Reference(id_, name, name, *span, type_)
        for id_, (name, type_), span in zip(ids, cast, spans, strict=True)
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
            evidence=Evidence(document.id, 0, 9, document.text[:9], place, place + 1),
            rule="synthetic",
            extractor="synthetic",
            confidence=0.8,
            qualifiers=when if chance.random() < 0.5 else {},
            event=event_id(document.id, place, place + 1) if relation in EVENTS else None,
            role="patient",
            plain=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[25_000, 50_000, 100_000, 200_000])
    ontology = loaded_ontology()
    print("statements  seconds  µs per n log n  peak MB  entities  events   edges")
    for size in parser.parse_args().sizes:
        read = list(extractions(size))
        start = time.process_time()
        graph = merged(read, ontology)
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        unit = seconds * 1e6 / (size * math.log2(size))
        counts = f"{len(graph.entities):9} {len(graph.events):7} {len(graph.edges):7}"
        print(f"{size:10} {seconds:8.1f} {unit:15.2f} {peak:8} {counts}", flush=True)


if __name__ == "__main__":
    main()
