"""Learns `muc4_weights.tsv` from documents of the set with their templates.

    python tests/benchmarks/muc4_train.py TRAIN.jsonl [DEV.jsonl …]

Sparse logistic regressions (FISTA with a diagonal step; Beck and Teboulle 2009): of the document
for each kind of incident, of each phrase for each role and kind, over the features of
`muc4_text.py`. What a document is about is a feature of its phrases; for that the documents are
judged by models that have not seen them. Limits are chosen on such held-out chances, too. The
result depends on the files and the extractor alone.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from actorgraph.extract.text.casing import Casing, truecased
from actorgraph.extract.text.document import Document
from muc4 import ROLES, TYPES, chance, context, filled, filler, kinds_told, may_fill
from muc4_text import candidates, document_features, extractor, plain, records, texts
from muc4_text import variants as cuts
from muc4_wording import wordings as choices
from numpy.typing import NDArray

FOLDS = 3
RARE = 10  # a feature of fewer rows is not learned
PENALTY = {"document": 2.0, "role": 2.0, "kind": 2.0, "words": 1.0}
LIMITS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
_AROUND = re.compile(r"(left|right|left1|right1|behind|before) ")  # features of muc4_context.py
_NAMED = ("PerpOrg", "Victim")  # roles of names: there the words around made it worse, held out
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Item:
    """A candidate with its answers: roles -> kinds of incident it has them in."""

    kinds: set[str]
    ways: dict[str, set[str]]  # words that may stand for it, with features
    types: set[str]
    features: set[str]
    roles: dict[str, set[str]]

    def may_fill(self, role: str) -> bool:
        """Whether it is asked about a role."""
        return bool(may_fill(role, self.kinds, self.types))


@dataclass(frozen=True)
class Row:
    """A document with its answers."""

    features: set[str]
    items: list[Item]
    templates: list[dict[str, Any]]

    def tells(self, kind: str) -> bool:
        """Whether it has a template of a kind, or any."""
        return any(kind in ("any", *_kinds(t)) for t in self.templates)


def _kinds(template: dict[str, Any]) -> list[str]:
    return [kind.strip() for kind in template["incident_type"].split("/")]


def rows(paths: Iterable[str]) -> list[Row]:
    """Read the documents and mark what fills which role."""
    documents = [record for path in paths for record in records(path)]
    known = casing()
    read = texts(extractor(), (Document(truecased(d["text"], known)) for d in documents))
    found = []
    for document, text in zip(documents, read, strict=True):
        items = [
            item(
                [(p.kind, cuts(text, p)) for p in candidate.phrases],
                {p.type for p in candidate.phrases},
                candidate.features,
                document["templates"],
            )
            for candidate in candidates(text)
        ]
        found.append(Row(document_features(text), items, document["templates"]))
    return found


def casing() -> Casing:
    """The product's casing with names usual in the region and time (`muc4_casing.json`).

    The documents to learn from are in lower case, those to answer for are not.
    """
    words = json.loads(Path(__file__).with_name("muc4_casing.json").read_text(encoding="utf-8"))
    names = {}
    for name in (*words["names"], *words["bodies"], *words["letters"]):
        parts = tuple(re.findall(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*", name))
        names[tuple(map(str.lower, parts))] = parts
    known: Casing | None = extractor().casing
    assert known is not None
    return replace(known, names={**known.names, **names})


def item(
    phrases: list[tuple[str, dict[str, str]]],
    types: set[str],
    features: set[str],
    templates: Iterable[dict[str, Any]],
) -> Item:
    """A candidate with the roles that one of its wordings fills."""
    said = {plain(words) for _, ways in phrases for words in ways.values()}
    roles: dict[str, set[str]] = {}
    for template in templates:
        for role in ROLES:
            if any(said & {plain(m) for m in entity} for entity in template[role]):
                roles.setdefault(role, set()).update(_kinds(template))
    return Item({kind for kind, _ in phrases}, choices(phrases), types, features, roles)


class Matrix:
    """Which rows have which features, as pairs of indices."""

    def __init__(self, data: Sequence[set[str]], index: dict[str, int]) -> None:
        pairs = [(i, index[f]) for i, fs in enumerate(data) for f in sorted(fs) if f in index]
        self.row, self.column = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self.shape = (len(data), len(index))

    def times(self, weight: Floats) -> Floats:
        """The weights of each row's features, added up."""
        return np.bincount(self.row, weight[self.column], self.shape[0]).astype(np.float64)

    def back(self, error: Floats) -> Floats:
        """The errors of each feature's rows, added up."""
        return np.bincount(self.column, error[self.row], self.shape[1]).astype(np.float64)


def without_names(models: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The models without features that hold a name: what is learned must hold for others, too."""
    from spacy.glossary import GLOSSARY

    casing, ontology = extractor().casing, extractor().ontology
    assert casing is not None
    nouns = {
        word
        for name in ontology.word_lists
        if name.startswith("nominal_")
        for word in ontology.words(name)
    }

    def is_plain(feature: str) -> bool:
        return all(
            word in GLOSSARY or word in nouns or casing.is_word(word)
            for word in re.findall(r"(?<![\w.])[a-z]{2,}(?!\w)", feature)
        )

    return {
        question: {f: weight for f, weight in model.items() if is_plain(f)}
        for question, model in models.items()
    }


def regression(
    data: Sequence[set[str]], answers: Sequence[bool], penalty: float
) -> dict[str, float]:
    """A logistic regression with an L1 penalty: feature -> weight, `-` the bias."""
    count = Counter(f for features in data for f in features)
    index = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= RARE))}
    matrix, target = Matrix(data, index), np.array(answers, dtype=np.float64)
    length = np.bincount(matrix.row, minlength=len(data)) + 1.0
    step, step0 = 0.25 * matrix.back(length) + 1e-6, 0.25 * length.sum()
    rate = float(np.clip(target.mean(), 1e-4, 1 - 1e-4))
    weight = ahead = np.zeros(len(index))
    bias = ahead0 = float(np.log(rate / (1 - rate)))
    pace = 1.0
    for _ in range(100):
        error = 1 / (1 + np.exp(-np.clip(matrix.times(ahead) + ahead0, -30, 30))) - target
        moved = ahead - matrix.back(error) / step
        moved = np.sign(moved) * np.maximum(np.abs(moved) - penalty / step, 0)
        moved0 = ahead0 - float(error.sum()) / step0
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - weight)
        ahead0 = moved0 + (pace - 1) / faster * (moved0 - bias)
        weight, bias, pace = moved, moved0, faster
    kept = {f: round(float(weight[i]), 2) for f, i in index.items()}
    return {"-": round(bias, 2)} | {f: w for f, w in kept.items() if abs(w) >= 0.02}


def document_models(data: Sequence[Row]) -> dict[str, dict[str, float]]:
    """For each kind of incident, and for any: whether a document has one."""
    features = [row.features for row in data]
    return {
        kind: regression(features, [row.tells(kind) for row in data], PENALTY["document"])
        for kind in ("any", *TYPES)
    }


def item_models(data: Sequence[Row], about: Sequence[set[str]]) -> dict[str, dict[str, float]]:
    """For each role: who fills it; for each kind of incident: whose it is."""
    items = [(i, i.features | a) for row, a in zip(data, about, strict=True) for i in row.items]
    found = {}
    for role in ROLES:
        asked = [(i, f) for i, f in items if i.may_fill(role)]
        answers = [role in i.roles for i, _ in asked]
        features = [_without_around(f) if role in _NAMED else f for _, f in asked]
        found[role] = regression(features, answers, PENALTY["role"])
        found[f"words {role}"] = wording_model(data, role)
    part = [(i, f) for i, f in items if i.roles]
    for kind in TYPES:
        answers = [any(kind in kinds for kinds in i.roles.values()) for i, _ in part]
        found[f"of {kind}"] = regression([f for _, f in part], answers, PENALTY["kind"])
    return found


def _without_around(features: set[str]) -> set[str]:
    return {f for f in features if not _AROUND.match(f)}


def wording_model(data: Sequence[Row], role: str) -> dict[str, float]:
    """For a role: which of its words stand for what fills it."""
    features: list[set[str]] = []
    answers: list[bool] = []
    for row in data:
        entities = [{plain(m) for m in entity} for t in row.templates for entity in t[role]]
        for i in row.items:
            if role in i.roles and i.may_fill(role):
                features += i.ways.values()
                answers += [any(plain(words) in e for e in entities) for words in i.ways]
    return regression(features, answers, PENALTY["words"])


Chances = dict[str, float]


def chances_of(row: Row, models: dict[str, dict[str, float]]) -> Chances:
    """The chances of a document to tell of each kind of incident."""
    return {kind: chance(models[kind], row.features) for kind in ("any", *TYPES)}


Judged = tuple[Row, Chances, list[tuple[str, float, str, Chances]]]


def judged(row: Row, chances: Chances, models: dict[str, dict[str, float]]) -> Judged:
    """A document with the chances that models give it and what it speaks of."""
    fillers, about = [], context(chances)
    for i in row.items:
        features = i.features | about
        roles = [(r, chance(models[r], features)) for r in ROLES if i.may_fill(r)]
        roles = [(r, p) for r, p in roles if p >= LIMITS[0]]
        if roles:
            theirs = {kind: chance(models[f"of {kind}"], features) for kind in TYPES}
            fillers += [(r, p, filler(r, i.ways, models), theirs) for r, p in roles]
    return row, chances, fillers


def points(case: Judged, limits: dict[str, float]) -> tuple[int, int, int]:
    """Fillers right, given and asked for: as the scorer counts, but template by kind."""
    row, chances, fillers = case
    given = filled(kinds_told(chances, limits), fillers, limits)
    right = 0
    for template in given:
        same = [t for t in row.templates if template["incident_type"] in _kinds(t)]
        right += bool(same) + max(
            (sum(_found(template[r], t[r]) for r in ROLES) for t in same), default=0
        )
    return right, _size(given), _size(row.templates)


def _found(given: list[str], entities: list[list[str]]) -> int:
    wordings = [{plain(m) for m in entity} for entity in entities]
    return sum(any(plain(words) in entity for entity in wordings) for words in given)


def _size(templates: Iterable[dict[str, Any]]) -> int:
    return sum(1 + sum(len(t[r]) for r in ROLES) for t in templates)


def best_limits(cases: Sequence[Judged]) -> dict[str, float]:
    """The limits of the chances that give the best F1, one after the other, twice."""
    limits = dict.fromkeys(("any", *TYPES, *ROLES), 0.35)

    def f1() -> float:
        right, given, asked = np.sum([points(case, limits) for case in cases], axis=0)
        return float(2 * right / (given + asked))

    for key in (*ROLES, "any", *TYPES, *ROLES):
        scores = {}
        for limit in LIMITS:
            limits[key] = limit
            scores[limit] = f1()
        limits[key] = max(LIMITS, key=lambda limit: scores[limit])
    print(f"held-out F1 {f1():.3f}", limits)
    return limits


def learned(data: Sequence[Row]) -> dict[str, dict[str, float]]:
    """All models and limits."""
    parts = [[row for i, row in enumerate(data) if i % FOLDS == k] for k in range(FOLDS)]
    others = [[r for j, part in enumerate(parts) if j != k for r in part] for k in range(FOLDS)]
    chances: list[list[Chances]] = []
    for part, other in zip(parts, others, strict=True):
        models = document_models(other)
        chances.append([chances_of(row, models) for row in part])
    abouts = [[context(c) for c in part] for part in chances]
    cases: list[Judged] = []
    for k in range(FOLDS):
        seen = [a for j, about in enumerate(abouts) if j != k for a in about]
        models = item_models(others[k], seen)
        cases += [judged(row, c, models) for row, c in zip(parts[k], chances[k], strict=True)]
    final = [row for part in parts for row in part]
    about = [a for part in abouts for a in part]
    limits = {"limit": best_limits(cases)}
    return document_models(final) | item_models(final, about) | limits


def written(models: dict[str, dict[str, float]], path: Path) -> None:
    """Write the models as lines: question, feature, weight."""
    lines = [
        f"{question}\t{feature}\t{weight:g}\n"
        for question, model in models.items()
        for feature, weight in sorted(model.items())
    ]
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    models = without_names(learned(rows(sys.argv[1:])))
    written(models, Path(__file__).with_name("muc4_weights.tsv"))
