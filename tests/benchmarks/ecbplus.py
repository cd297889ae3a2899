"""Coreference across documents for ECB+: events, entities and times.

    python tests/benchmarks/ecbplus.py GOLD PREDICTIONS [--own-mentions] [--topics]

GOLD is JSON Lines with id, text, sentences and mentions, of which only offsets and kind are read;
PREDICTIONS gets {"id", "mentions": [{"start", "end", "kind", "chain"}]}. Entities and times are
put together first, then events by who takes part in them. The weights of what speaks for and
against a pair are learned by `ecbplus_train.py`, which also tells the figures of topics that the
weights have not seen.

--own-mentions: the given mentions are not read; phrases and predicates of the product are taken.
--topics: only documents of one given `topic` are compared. Without it, the documents that are about
    one story are found by their words.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from actorgraph.extract.rules import RuleExtractor
from ecbplus_pair import FEATURES, Setting, rarities
from ecbplus_story import Floats, likeness, linked, stories, words
from ecbplus_text import Given, Text, given, records, spans, texts

WEIGHTS = Path(__file__).with_name("ecbplus_weights.tsv")
KINDS = ("entity", "time", "event")
LIMITS = {"entity": 0.3, "time": 0.3, "event": 0.38}
"""Groups of mentions are joined while the mean chance of their pairs is above; chosen on topics
that the weights had not seen."""

Place = tuple[int, int, int]
"""A mention's document, start and end."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("gold")
    options.add_argument("predictions")
    options.add_argument("--own-mentions", action="store_true")
    options.add_argument("--topics", action="store_true")
    chosen = options.parse_args()
    documents = records(chosen.gold)
    extractor = RuleExtractor()
    read = list(texts(extractor, documents))
    found = [m for text in read for m in mentions(text, chosen.own_mentions)]
    setting = known(documents, extractor)
    topics = [d["topic"] for d in documents] if chosen.topics else stories(setting.alike)
    chains = clustered(found, setting, topics, weights())
    with Path(chosen.predictions).open("w", encoding="utf-8") as out:
        for text in read:
            told = [
                {"start": start, "end": end, "kind": kind, "chain": chain}
                for kind in KINDS
                for (index, start, end), chain in chains[kind].items()
                if index == text.index
            ]
            out.write(json.dumps({"id": text.record["id"], "mentions": told}) + "\n")


def mentions(text: Text, own: bool = False) -> list[Given]:
    """The mentions of the selected sentences, given or our own."""
    chosen = [(s["start"], s["end"]) for s in text.record["sentences"] if s["selected"]]
    found = spans(text) if own else text.record["mentions"]
    return [
        given(text, mention)
        for mention in found
        if any(first <= mention["start"] < last for first, last in chosen)
    ]


def known(documents: Sequence[Mapping[str, Any]], extractor: RuleExtractor) -> Setting:
    """What is known before mentions are compared: likeness of documents, words, synonyms."""
    wordings = [document["text"] for document in documents]
    synonyms = defaultdict(set)
    for frame in extractor.lexicon.frames:
        alone = sum(node.lemma is not None for node in frame.root.nodes()) == 1
        if frame.positive and frame.root.lemma and alone:
            synonyms[frame.root.lemma].add(frame.relation)
    return Setting(
        likeness(wordings).tolist(),
        rarities(words(wording) for wording in wordings),
        {word: frozenset(relations) for word, relations in synonyms.items()},
    )


def weights() -> dict[str, dict[str, float]]:
    """Kind -> feature -> weight, as learned."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        for kind, feature, weight in csv.reader(lines, delimiter="\t"):
            found[kind][feature] = float(weight)
    return found


def clustered(
    found: Iterable[Given],
    setting: Setting,
    blocks: Sequence[object],
    learned: Mapping[str, Mapping[str, float]],
) -> dict[str, dict[Place, str]]:
    """Kind -> mention -> its chain; events are compared once it is known who is who."""
    chains: dict[str, dict[Place, str]] = {}
    listed = list(found)
    for kind in KINDS:
        if kind == "event":
            setting = involved(listed, setting, chains)
        chains[kind] = {}
        for number, block in enumerate(blocked(listed, kind, blocks)):
            table, names = features(kind, block, setting)
            weight = np.array([learned[kind][name] for name in names])
            groups = grouped(kind, table, weight, len(block))
            for mention, group in zip(block, groups, strict=True):
                chains[kind][place(mention)] = f"{kind}-{number}-{group}"
    return chains


def place(mention: Given) -> Place:
    """Where a mention stands."""
    return mention.document, mention.start, mention.end


def blocked(found: Iterable[Given], kind: str, blocks: Sequence[object]) -> Iterator[list[Given]]:
    """The mentions of a kind by the block of their document."""
    groups: dict[object, list[Given]] = defaultdict(list)
    for mention in found:
        if mention.kind == kind:
            groups[blocks[mention.document]].append(mention)
    yield from groups.values()


def involved(
    found: Iterable[Given], setting: Setting, chains: Mapping[str, Mapping[Place, str]]
) -> Setting:
    """The setting with who stands at which word, and who in the sentence of which event."""
    who: dict[tuple[int, int], str] = {}
    sentences: dict[tuple[int, frozenset[str]], set[str]] = defaultdict(set)
    listed = list(found)
    for mention in listed:
        if mention.kind != "event":
            chain = chains[mention.kind][place(mention)]
            who[mention.document, mention.head] = chain
            if mention.kind == "entity":
                sentences[mention.document, mention.near].add(chain)
    beside = {
        place(m): frozenset(sentences[m.document, m.near]) for m in listed if m.kind == "event"
    }
    return replace(setting, who=who, beside=beside)


def features(kind: str, block: Sequence[Given], setting: Setting) -> tuple[Floats, list[str]]:
    """A row for each pair of a block, in the order of the upper triangle, and the columns' names.

    A block of one mention has no row.
    """
    compare = FEATURES[kind]
    names = list(compare(block[0], block[0], setting))
    rows = [
        list(compare(one, other, setting).values())
        for i, one in enumerate(block)
        for other in block[i + 1 :]
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(names)), names


def grouped(kind: str, table: Floats, weight: Floats, size: int) -> list[int]:
    """A number for each of `size` mentions of a kind; `table` holds the features of their pairs."""
    chance = 1 / (1 + np.exp(-(table @ weight)))
    square = np.zeros((size, size))
    square[np.triu_indices(size, 1)] = chance
    groups: list[int] = linked(square + square.T, LIMITS[kind])
    return groups


if __name__ == "__main__":
    main()
