"""Learns `ecbplus_weights.tsv`, and tells how well weights do on topics they have not seen.

    python tests/benchmarks/ecbplus_train.py GOLD HELD_OUT [--topics]

Logistic regressions of whether a pair of mentions is of one chain, one for each kind, by Newton's
method with a quadratic penalty. HELD_OUT gets the predictions for every document by weights learned
without its topic (seven folds of topics), for the scorer; events are learned over entities found by
such weights, too.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from actorgraph.extract.rules import RuleExtractor
from ecbplus import (
    KINDS,
    WEIGHTS,
    Place,
    blocked,
    features,
    grouped,
    involved,
    known,
    mentions,
    place,
)
from ecbplus_pair import Setting
from ecbplus_story import Floats, stories
from ecbplus_text import Given, records, texts

FOLDS = 7
PENALTY = 3.0
STEPS = 25


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("gold")
    options.add_argument("held_out")
    options.add_argument("--topics", action="store_true")
    chosen = options.parse_args()
    documents = records(chosen.gold)
    extractor = RuleExtractor()
    found = [mention for text in texts(extractor, documents) for mention in mentions(text)]
    answers = {
        (index, m["start"], m["end"], m["kind"]): m["chain"]
        for index, document in enumerate(documents)
        for m in document["mentions"]
    }
    setting = known(documents, extractor)
    topics = [document["topic"] for document in documents]
    number = {topic: i % FOLDS for i, topic in enumerate(sorted(set(topics)))}
    about = topics if chosen.topics else stories(setting.alike)
    # documents of two folds are never compared: no weights are without both
    blocks = [(number[topic], story) for topic, story in zip(topics, about, strict=True)]
    learned: dict[str, dict[str, float]] = {}
    chains: dict[str, dict[Place, str]] = {}
    for kind in KINDS:
        if kind == "event":
            setting = involved(found, setting, chains)
        tables = [
            table_of(kind, block, setting, answers, blocks)
            for block in blocked(found, kind, blocks)
        ]
        learned[kind] = model(tables)
        chains[kind] = {}
        for fold in range(FOLDS):
            weight = np.array([*model(t for t in tables if t.fold != fold).values()])
            for place_, table in enumerate(tables):
                if table.fold == fold:
                    groups = grouped(kind, table.rows, weight, len(table.block))
                    for mention, group in zip(table.block, groups, strict=True):
                        chains[kind][place(mention)] = f"{kind}-{place_}-{group}"
    write_chains(chosen.held_out, documents, chains)
    if not chosen.topics:
        write(learned)


@dataclass(frozen=True)
class Table:
    """A block of mentions of one fold of topics: its pairs, and which of them are of one chain."""

    fold: int
    block: list[Given]
    names: list[str]
    rows: Floats
    right: list[bool]


def table_of(
    kind: str,
    block: list[Given],
    setting: Setting,
    answers: Mapping[tuple[int, int, int, str], str],
    blocks: Sequence[tuple[int, int]],
) -> Table:
    """A block with its features and answers."""
    rows, names = features(kind, block, setting)
    chain = [answers[(*place(mention), kind)] for mention in block]
    right = [a == b for i, a in enumerate(chain) for b in chain[i + 1 :]]
    return Table(blocks[block[0].document][0], block, names, rows, right)


def model(tables: Iterable[Table]) -> dict[str, float]:
    """Feature -> weight, learned from some tables."""
    listed = list(tables)
    right = np.array([answer for table in listed for answer in table.right], dtype=np.float64)
    weight = fitted(np.concatenate([table.rows for table in listed]), right)
    return dict(zip(listed[0].names, weight.tolist(), strict=True))


def write_chains(
    path: str, documents: Sequence[Mapping[str, Any]], chains: Mapping[str, Mapping[Place, str]]
) -> None:
    """Write the chains as predictions."""
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for kind in KINDS:
        for (index, start, end), chain in chains[kind].items():
            told[index].append({"start": start, "end": end, "kind": kind, "chain": chain})
    with Path(path).open("w", encoding="utf-8") as out:
        for index, document in enumerate(documents):
            out.write(json.dumps({"id": document["id"], "mentions": told[index]}) + "\n")


def fitted(table: Floats, right: Floats) -> Floats:
    """The weights of a logistic regression; the first column, the constant, is not penalised."""
    weight = np.zeros(table.shape[1])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(table @ weight)))
        slope = table.T @ (chance - right) + penalty * weight
        curve = (table * (chance * (1 - chance))[:, None]).T @ table
        step = np.linalg.solve(curve + np.diag(penalty + 1e-6), slope)
        weight -= step
        if np.abs(step).max() < 1e-4:
            break
    return weight


def write(learned: Mapping[str, Mapping[str, float]]) -> None:
    """Write the weights as they are read."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, delimiter="\t", lineterminator="\n")
        for kind in KINDS:
            lines.writerows((kind, name, f"{w:.4f}") for name, w in learned[kind].items())


if __name__ == "__main__":
    main()
