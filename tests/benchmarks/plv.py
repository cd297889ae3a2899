"""The PLOVER class of each sentence of PLV between its marked source and target.

    python tests/benchmarks/plv.py GOLD PREDICTIONS

Reads id, sentence, source and target of every row, nothing else, and writes id, rootcode.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from plover import PloverReader, PloverSentence

_MARK = re.compile(r"</?[st]>")
Span = tuple[int, int]


def unmarked(sentence: str) -> tuple[str, Span | None, Span | None]:
    """The sentence without its marks; the spans of source and target (the first of several)."""
    parts: list[str] = []
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    length = last = 0
    for mark in _MARK.finditer(sentence):
        piece = sentence[last : mark.start()]
        parts.append(piece)
        length += len(piece)
        last = mark.end()
        name = mark.group().strip("</>")
        if mark.group().startswith("</"):
            spans.setdefault(name, (opened.get(name, length), length))
        else:
            opened[name] = length
    parts.append(sentence[last:])
    return "".join(parts), spans.get("s"), spans.get("t")


def tokens_in(sentence: PloverSentence, span: Span | None) -> list[int]:
    """The tokens that lie in a span, in part at least."""
    tree = sentence.tree
    if span is None:
        return []
    return [i for i in range(len(tree)) if tree.start[i] < span[1] and span[0] < tree.end[i]]


def predicates(sentence: PloverSentence, source: list[int], target: list[int]) -> Iterator[int]:
    """Where to read the class: the predicates nearest over the source, those that are over the
    target too first, then those nearest the root."""
    for heads in _climbing(sentence, source):
        over = [
            token
            for token, clause in sentence.clauses.items()
            if token not in source
            and clause.kind != "role"
            and any(
                heads & {a.antecedent, a.token} and a.role not in ("complement", "attribute")
                for a in clause.arguments
            )
        ]
        yield from sorted(over, key=lambda t: _distance(sentence, t, target))


def _distance(sentence: PloverSentence, token: int, target: list[int]) -> tuple[bool, int, int]:
    apart = not any(sentence.tree.is_below(t, token) for t in target)
    return apart, _depth(sentence, token), token


def _depth(sentence: PloverSentence, token: int) -> int:
    return sum(1 for _ in sentence.doc[token].ancestors)


def _climbing(sentence: PloverSentence, span: list[int]) -> Iterator[set[int]]:
    """A span, then each word above it up to the verb of its clause."""
    if not span:
        return
    yield set(span)
    tree = sentence.tree
    node = next((t for t in span if tree.head[t] not in span or tree.head[t] == t), span[0])
    while tree.head[node] != node and not tree.is_verb(node):
        node = tree.head[node]
        yield {node}


def prediction(reader: PloverReader, marked: str) -> str:
    """The class between the marked source and target, NONE if nothing suggests one."""
    text, source, target = unmarked(marked)
    sentence = PloverSentence(reader, text)
    sources, targets = tokens_in(sentence, source), tokens_in(sentence, target)
    sentence.sources = frozenset(sources)
    over_source = list(predicates(sentence, sources, targets))
    near = [*over_source, *predicates(sentence, targets, sources)]
    rest = sorted(sentence.clauses, key=lambda t: (_depth(sentence, t), t))
    codes = (
        *map(sentence.code, over_source),
        *map(sentence.leaning, over_source[:1]),
        *map(sentence.code, dict.fromkeys((*near, *rest))),
        *map(sentence.leaning, near),
    )
    return next((code for code in codes if code), "NONE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    options = parser.parse_args()
    reader = PloverReader()
    with options.gold.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with options.predictions.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("id", "rootcode"))
        writer.writerows((row["id"], prediction(reader, row["sentence"])) for row in rows)


if __name__ == "__main__":
    main()
