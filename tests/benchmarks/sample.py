"""A seeded sample of what is read out of texts, to be judged by hand.

    python tests/benchmarks/sample.py TEXTS.jsonl… --seed 1 [--documents 60] [--count 50] [--missed]

Reads id (or docid) and text of every record, nothing else. Prints plain statements, each over its
sentence with subject, predicate and object marked; with --missed the sentences of which nothing
came although they name two actors and have a word that the ontology's events are said with.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from actorgraph.extract.annotation import Annotation
from actorgraph.extract.explanation import marked
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Extraction, Reference, Statement
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.pipeline import docs, visible_span


def documents(paths: list[Path], count: int, chance: random.Random) -> list[Document]:
    """Some of the documents of some files."""
    records = [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]
    some = chance.sample(records, min(count, len(records)))
    return [Document(r["text"], source=r.get("id") or r.get("docid")) for r in some]


def told(statement: Statement, document: Document) -> str:
    """A statement over its sentence."""
    ends = [
        "?" if e is None else f"{e.name} ({e.type})" if isinstance(e, Reference) else e.value
        for e in (statement.subject, statement.object)
    ]
    quote = " ".join(marked(statement, document.text).split())
    return f"{ends[0]} —{statement.relation}→ {ends[1]}   [{document.source}]\n    {quote}"


def missed(extractor: RuleExtractor, extraction: Extraction, found: Annotation) -> Iterator[str]:
    """The sentences that name two actors and an event's word, and gave nothing."""
    tree = found.reading.tree
    cues = [s.evidence.cue_start for s in extraction.statements]
    relations = extractor.ontology.relations
    for sentence in found.doc.sents:
        start, end = visible_span(sentence)
        named = {
            m.name
            for m in tree.mentions
            if sentence.start <= m.head < sentence.end
            and m.kind == "name"
            and extractor.ontology.is_a(m.type, "Agent")
        }
        words = [
            tree.text[token]
            for token in found.reading.clauses
            if sentence.start <= token < sentence.end
            and any(
                relations[frame.relation].kind == "event"
                for lemma in found.reading.lemmas(token)
                for frame in extractor.lexicon.index.by_lemma.get(lemma, ())
            )
        ]
        if len(named) > 1 and words and not any(start <= c < end for c in cues):
            quote = " ".join(extraction.document.text[start:end].split())
            yield f"{', '.join(words)}   [{extraction.document.source}]\n    {quote}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    extractor = RuleExtractor()
    found: list[str] = []
    some = documents(options.texts, options.documents, chance)
    for document, doc in docs(extractor.nlp, some, extractor.casing):
        extraction = extractor.extraction(document, doc)
        if options.missed:
            read = extractor.read(document, doc).found
            found += missed(extractor, extraction, read)
        else:
            found += [told(s, document) for s in extraction.statements if s.plain]
    print(f"{len(found)} in {len(some)} documents")
    for number, text in enumerate(chance.sample(found, min(options.count, len(found))), 1):
        print(f"{number}. {text}")


if __name__ == "__main__":
    main()
