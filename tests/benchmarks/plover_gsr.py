"""Who does what kind of thing to whom, for each sentence of PLOVER's gold standard records.

    python tests/benchmarks/plover_gsr.py GOLD PREDICTIONS

Reads id and text of every record, nothing else, and writes id, events (type, source, target). One
event a sentence, as the records have it: the topmost predicate that has a class and an actor.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from plover import CODES, PloverReader, PloverSentence

_AGENTS = ("agent", "possessor", "modifier")
_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "ASSAULT"})
_ROLES = ("agent", "patient", "recipient", "to", "against", "with", "on", "complement")
_MODIFIERS = ("det", "amod", "compound", "nmod", "poss", "nummod", "case")
_BELOW = ("compound", "amod", "poss", "nmod", "xcomp", "ccomp", "acl", "advcl")
_INSIDE = frozenset({"of", "in", "from"})
_DEPTH = 6


def depth(sentence: PloverSentence, token: int) -> int:
    """How far below its root a word stands, not counting who is quoted (*…, police said*)."""
    above = [token, *(t.i for t in sentence.doc[token].ancestors)]
    return sum(
        not (_speaks(sentence, head) and _precedes(sentence, child, head))
        for child, head in pairwise(above)
    )


def _speaks(sentence: PloverSentence, token: int) -> bool:
    return bool(set(CODES["speakers"]).intersection(sentence.found.reading.lemmas(token)))


def _precedes(sentence: PloverSentence, child: int, head: int) -> bool:
    return sentence.tree.dep[child] == "ccomp" and child < head


def _quotes(sentence: PloverSentence, token: int) -> bool:
    """Whether a verb of saying only tells the source of what stands before it."""
    below = sentence.tree.some(token, "ccomp")
    return _speaks(sentence, token) and any(_precedes(sentence, child, token) for child in below)


def sources(sentence: PloverSentence, token: int) -> list[int]:
    """The head tokens of those who do what a predicate says."""
    clause = sentence.clauses[token]
    for role in _AGENTS if clause.kind != "verb" else _AGENTS[:1]:
        found = [a.antecedent for a in clause.arguments if a.role == role]
        found = [t for t in found if not _is_time(sentence, t) and sentence.tree.is_noun(t)]
        if found:
            return list(dict.fromkeys(sentence.found.reading.head(t) for t in found))
    return []


def targets(sentence: PloverSentence, token: int, taken: list[int]) -> list[int]:
    """The head tokens of those to whom it is done: the nearest actors below the predicate."""
    for classes in (("Agent",), ("Place", "Facility")):
        level, seen = [token], {token, *taken}
        for _ in range(_DEPTH):
            grown: list[int] = []
            for node in level:
                for group in _below(sentence, node):
                    heads = [sentence.found.reading.head(t) for t in group if t not in seen]
                    actors = [
                        t for t in heads if _is_actor(sentence, t, classes) and t not in taken
                    ]
                    if actors:
                        return list(dict.fromkeys(actors))
                    grown += [t for t in group if t not in seen]
                    seen.update(group)
            level = grown
    return []


def _is_actor(sentence: PloverSentence, token: int, classes: tuple[str, ...]) -> bool:
    """Whether a word stands for somebody who is not the source's own (*its troops*)."""
    mention = sentence.tree.mention_of(token)
    if mention is None or mention.kind == "pronoun":
        return False
    own = any(sentence.tree.tag[c] == "PRP$" for c in sentence.tree.children[token])
    return not own and any(sentence.ontology.is_a(mention.type, c) for c in classes)


def _below(sentence: PloverSentence, token: int) -> Iterator[list[int]]:
    """What a frame takes for the object, what stands in each role of a predicate, then whatever
    else hangs on it."""
    tree = sentence.tree
    bound = sentence.bound(token)
    if bound is not None:
        yield [bound]
    clause = sentence.clauses.get(token)
    roles: dict[str, list[int]] = {}
    for argument in clause.arguments if clause else ():
        if argument.role not in CODES["passing"] and not _is_time(sentence, argument.antecedent):
            roles.setdefault(argument.role, []).append(argument.antecedent)
    rank = {role: number for number, role in enumerate(_ROLES)}
    for role in sorted(roles, key=lambda r: rank.get(r, len(rank))):
        yield roles[role]
    for child in tree.children[token]:
        if tree.dep[child] == "prep" and tree.lower[child] not in CODES["passing"]:
            yield [t for t in tree.some(child, "pobj") if not _is_time(sentence, t)]
        elif tree.dep[child] in _BELOW:
            yield [child]


def _is_time(sentence: PloverSentence, token: int) -> bool:
    return sentence.doc[token].ent_type_ in ("DATE", "TIME")


def events(reader: PloverReader, text: str) -> list[dict[str, Any]]:
    """The event that a sentence states, once for each pair of its actors."""
    sentence = PloverSentence(reader, text)
    order = sorted(sentence.clauses, key=lambda t: (depth(sentence, t), t))
    fallback: list[dict[str, Any]] = []
    for token in order:
        if sentence.clauses[token].kind == "role" or _quotes(sentence, token):
            continue
        doers = sources(sentence, token)
        sentence.sources = frozenset(doers)
        code = sentence.code(token)
        if not code:
            continue
        found = list(_records(sentence, code, doers, targets(sentence, token, doers)))
        if doers:
            return found
        fallback = fallback or found
    return fallback


def _records(
    sentence: PloverSentence, code: str, doers: list[int], done: list[int]
) -> Iterator[dict[str, Any]]:
    if len(doers) > 1 and code in _MUTUAL and not done:
        pairs = [(a, b) for a in doers for b in doers if a != b]
    else:
        pairs = [(a, b) for a in doers or [-1] for b in done or [-1]]
    for source, target in pairs:
        yield {"type": code, "source": _span(sentence, source), "target": _span(sentence, target)}


def _span(sentence: PloverSentence, head: int) -> dict[str, int] | None:
    """The noun phrase of an actor, with what belongs to its name, without clauses."""
    if head < 0:
        return None
    tree = sentence.tree
    phrase, stack = [], [head]
    while stack:
        token = stack.pop()
        phrase.append(token)
        mention = tree.mention_of(token)
        phrase += range(mention.first, mention.last) if mention else ()
        for child in tree.children[token]:
            if tree.dep[child] in _MODIFIERS:
                stack.append(child)
            elif tree.dep[child] == "prep" and tree.lower[child] in _INSIDE:
                stack += tree.some(child, "pobj")
    return {"start": tree.start[min(phrase)], "end": tree.end[max(phrase)]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    options = parser.parse_args()
    reader = PloverReader(special="records")
    records = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    with options.predictions.open("w", encoding="utf-8") as file:
        for record in records:
            answer = {"id": record["id"], "events": events(reader, record["text"])}
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
