"""MUC-4: the incidents of each document as templates, in the scorer's format.

    python tests/benchmarks/muc4.py GOLD.jsonl PREDICTIONS.jsonl

Reads any file of the set and ignores its templates. One template for each kind of incident that a
document tells of. Whether it does, and which of its names and descriptions fill which role, is
weighed from what the clause layer and the statements say of them (`muc4_text.py`), with the
weights of `muc4_weights.tsv`, which `muc4_train.py` learns from the set's training documents.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from actorgraph.extract.text.document import Document
from muc4_text import (
    TITLES,
    Candidate,
    Text,
    candidates,
    document_features,
    extractor,
    plain,
    records,
    texts,
    variants,
)
from muc4_wording import wordings

TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_PERSONAL = frozenset({"Person", "Agent", "Organization", "PopulationGroup", "-"})
_STEPS = range(-8, 9, 2)  # of a document's doubled log odds

Weights = Mapping[str, Mapping[str, float]]
Template = dict[str, Any]


def weights(path: Path) -> dict[str, dict[str, float]]:
    """The learned weights: question -> feature -> weight; the feature `-` is the bias."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        question, feature, weight = line.split("\t")
        found[question][feature] = float(weight)
    return found


def chance(learned: Mapping[str, float], features: Iterable[str]) -> float:
    """How probable a yes is, by a logistic regression."""
    score = learned["-"] + sum(learned.get(f, 0.0) for f in sorted(features))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def context(chances: Mapping[str, float]) -> set[str]:
    """What a document is about, as features of what it speaks of."""
    found = set()
    for kind, p in chances.items():
        p = min(max(p, 1e-4), 1 - 1e-4)
        doubled = 2 * math.log(p / (1 - p))
        found |= {f"document {kind} {step}" for step in _STEPS if doubled >= step}
    return found


def may_fill(role: str, kinds: set[str], types: set[str]) -> bool:
    """Whether a role takes such phrases: victims are named, organisations not common nouns."""
    if role == "Victim":
        return bool(kinds & {"name", "proper"}) and bool(types & _PERSONAL)
    if role == "PerpOrg":
        return bool(kinds & {"name", "inner", "proper", "nominal"})
    return True


def filler(role: str, found: Mapping[str, set[str]], learned: Weights) -> str:
    """The words that stand for an entity in a role; found: words -> features of their choice."""
    weight = learned[f"words {role}"]
    best = max(sorted(found), key=lambda w: sum(weight.get(f, 0.0) for f in sorted(found[w])))
    name = best.split()
    while role == "Victim" and len(name) > 1 and plain(name[0]) in TITLES:
        name = name[1:]
    while role == "PerpOrg" and len(name) > 1 and name[-1].islower() and not name[0].islower():
        name.pop()  # *Shining Path group*
    return " ".join(name)


def kinds_told(chances: Mapping[str, float], limits: Mapping[str, float]) -> list[str]:
    """The kinds of incident that get a template: the likely ones, else the likeliest."""
    told = [kind for kind in TYPES if chances[kind] >= limits[kind]]
    if not told and chances["any"] >= limits["any"]:
        told = [max(TYPES, key=lambda kind: chances[kind])]
    return told


def filled(
    told: list[str],
    fillers: Iterable[tuple[str, float, str, Mapping[str, float]]],
    limits: Mapping[str, float],
) -> list[Template]:
    """The templates of a document.

    fillers: role, its chance, words, and the chance of each kind of incident to be theirs.
    """
    templates: list[Template] = [
        {"incident_type": kind, **{role: [] for role in ROLES}} for kind in told
    ]
    for role, p, words, theirs in sorted(fillers, key=lambda f: (-f[1], f[0], f[2])):
        if p < limits[role] or not told:
            continue
        best = max(told, key=lambda kind: theirs[kind])
        for template in templates:
            kind, taken = template["incident_type"], template[role]
            same = plain(words) in {plain(other) for other in taken}
            if not same and (kind == best or theirs[kind] >= 0.5):
                taken.append(words)
    return templates


def templates(text: Text, learned: Weights) -> list[Template]:
    """What a document tells of, as templates."""
    features = document_features(text)
    chances = {kind: chance(learned[kind], features) for kind in ("any", *TYPES)}
    limits = learned["limit"]
    told = kinds_told(chances, limits)
    found = _fillers(text, candidates(text), context(chances), learned) if told else ()
    return filled(told, found, limits)


def _fillers(
    text: Text, found: Iterable[Candidate], about: set[str], learned: Weights
) -> Iterator[tuple[str, float, str, Mapping[str, float]]]:
    for candidate in found:
        features = candidate.features | about
        types = {phrase.type for phrase in candidate.phrases}
        roles = [
            (role, p)
            for role in ROLES
            if may_fill(role, candidate.kinds(), types)
            and (p := chance(learned[role], features)) >= learned["limit"][role]
        ]
        if roles:
            theirs = {kind: chance(learned[f"of {kind}"], features) for kind in TYPES}
            ways = wordings([(phrase.kind, variants(text, phrase)) for phrase in candidate.phrases])
            for role, p in roles:
                yield role, p, filler(role, ways, learned), theirs


def main(gold: str, predictions: str) -> None:
    """Read the documents of a file and write their templates."""
    learned = weights(Path(__file__).with_name("muc4_weights.tsv"))
    documents = records(gold)
    read = texts(extractor(), (Document(record["text"]) for record in documents))
    with Path(predictions).open("w", encoding="utf-8") as out:
        for record, text in zip(documents, read, strict=True):
            line = {"docid": record["docid"], "templates": templates(text, learned)}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
