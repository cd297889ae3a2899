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
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actorgraph.extract.actor.actors import ActorGrammar, actor_grammar
from actorgraph.extract.actor.actors import mentions as actors
from actorgraph.extract.chain.coreference import Chain, CoreferenceRules, chains, coreference_rules
from actorgraph.extract.chain.nounphrase import noun_phrases
from actorgraph.extract.text.pipeline import loaded_pipeline
from actorgraph.ontologies.turtle import loaded_ontology

if TYPE_CHECKING:
    from actorgraph.extract.actor.mention import Mention
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

Place = tuple[int, int]
GUESS = 0.2
"""Links from here on count."""

_ONE_MENTION = frozenset({"apposition", "title", "relative pronoun", "copula", "naming"})
_PLACES = frozenset({"AdminArea", "City", "Country", "Place"})
_JOINING = frozenset({"cc", "conj", "preconj"})
_LOOSE = frozenset({"advcl", "ccomp", "parataxis", "npadvmod"})
_CLAUSAL = frozenset({"including", "after", "before", "during", "since", "until", "despite"})
_MODIFIER = frozenset({"compound", "nmod", "amod"})


def main(gold: str, predictions: str) -> None:
    ontology = loaded_ontology()
    rules = coreference_rules(ontology)
    grammar = actor_grammar(ontology)
    read = loaded_pipeline()
    with Path(predictions).open("w", encoding="utf-8") as out:
        for line in Path(gold).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            out.write(json.dumps(answer(record, read, grammar, rules)) + "\n")


def answer(
    record: dict[str, Any], read: Language, grammar: ActorGrammar, rules: CoreferenceRules
) -> dict[str, Any]:
    doc = read(record["text"])
    mentions = mentions_of(doc, actors(doc, grammar))
    found = chains(doc, mentions, rules, least=GUESS)
    spans = [
        {"start": start, "end": end, "chain": number}
        for number, chain in enumerate(found)
        for start, end in ontonotes_spans(doc, mentions, chain)
    ]
    return {"id": record["id"], "mentions": spans}


def mentions_of(doc: Doc, known: Sequence[Mention]) -> tuple[Mention, ...]:
    """Noun phrases, and inside them the names that stand alone elsewhere in the text."""
    flat = noun_phrases(doc, known)
    names: dict[tuple[str, ...], Mention] = {}
    for mention in flat:
        if mention.kind == "name" and mention.type not in ("Agent", "Date", "Thing"):
            names.setdefault(tuple(t.lower_ for t in doc[mention.first : mention.last]), mention)
    heads = {m.head for m in flat}
    persons = {i for m in flat if m.type == "Person" for i in range(m.first, m.last)}
    longest = max(map(len, names), default=0)
    found = list(flat)
    for first in range(len(doc)):
        for last in range(min(len(doc), first + longest), first, -1):
            span = doc[first:last]
            again = names.get(tuple(t.lower_ for t in span))
            if again and _is_nested_name(span.root, heads | persons):
                heads.add(span.root.i)
                found.append(_moved(again, span))
                break
    return tuple(sorted(found, key=lambda m: (m.start, m.head)))


def _moved(mention: Mention, span: Span) -> Mention:
    """The same name at another place."""
    return replace(
        mention,
        start=span.start_char,
        end=span.end_char,
        first=span.start,
        last=span.end,
        head=span.root.i,
        text=span.text,
    )


def _is_nested_name(root: Token, taken: set[int]) -> bool:
    """A name in front of a noun (*the **Google** offices*), not a word of a longer name."""
    return root.i not in taken and root.tag_ in ("NNP", "NNPS") and root.dep_ in _MODIFIER


def ontonotes_spans(doc: Doc, mentions: Sequence[Mention], chain: Chain) -> list[Place]:
    """The spans of a chain as the scheme wants them; none if fewer than two remain."""
    inside = {link.mention for link in chain.links if link.rule in _ONE_MENTION}
    own = {mentions[i].head for i in chain.mentions}
    strangers = frozenset(m.head for m in mentions if m.type not in _PLACES) - own
    spans = set()
    for index in chain.mentions:
        if index in inside or not _counts(doc, mentions[index]):
            continue
        spans.add(full_span(doc, mentions[index], strangers))
    for group in [chain.members] if chain.members else []:
        spans.add(_joint_span(doc, [mentions[i] for i in group]))
    outer = [s for s in spans if not any(_contains(o, s) for o in spans)]
    return sorted(outer) if len(outer) > 1 else []


def _counts(doc: Doc, mention: Mention) -> bool:
    """Adjectives (*Afghan*, however tagged) and relative pronouns are no mentions."""
    head = doc[mention.head]
    if head.dep_ in _MODIFIER and mention.type == "Country" and mention.text.istitle():
        return mention.text == mention.name
    return head.tag_ not in ("JJ", "WDT", "WP", "WP$")


def _contains(outer: Place, inner: Place) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def full_span(doc: Doc, mention: Mention, strangers: frozenset[int] = frozenset()) -> Place:
    """The whole noun phrase a mention heads; a name that modifies another noun stays itself.

    strangers: head tokens of other actors, who are no apposition however the parser reads it.
    """
    head = doc[mention.head]
    if head.dep_ in _MODIFIER and head.i < head.head.i:
        return mention.start, mention.end
    have = set(_phrase_tokens(head, strangers))
    have.update(range(mention.first, mention.last))
    first = last = head.i
    while first - 1 in have:
        first -= 1
    while last + 1 in have:
        last += 1
    while last > head.i and _is_edge(doc, first, last):
        last -= 1
    while first < head.i and _is_start(doc, first, last):
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def _is_edge(doc: Doc, first: int, last: int) -> bool:
    """White space and punctuation at the end, but not what closes what the phrase opens."""
    token = doc[last]
    if token.text in (")", "]"):
        return not any(t.text in ("(", "[") for t in doc[first:last])
    if token.text in ('"', "”"):
        return sum(t.text in ('"', "“", "”") for t in doc[first : last + 1]) % 2 == 1
    return token.is_space or token.is_punct


def _is_start(doc: Doc, first: int, last: int) -> bool:
    """White space and punctuation at the start, but not a quotation mark closed inside."""
    token = doc[first]
    if token.text in ('"', "“"):
        return sum(t.text in ('"', "“", "”") for t in doc[first : last + 1]) % 2 == 1
    return token.is_space or (token.is_punct and token.text not in "([#")


def _phrase_tokens(head: Token, strangers: frozenset[int]) -> Iterator[int]:
    """The subtree of a noun without its conjuncts, what joins them, and loose adverbials."""
    yield head.i
    for child in head.children:
        if child.dep_ in _JOINING and (child.i > head.i or child.dep_ == "preconj"):
            continue
        if child.i > head.i and _is_loose(head, child):
            continue
        if child.dep_ in _LOOSE or (child.dep_ == "appos" and child.i in strangers):
            continue
        yield from (t.i for t in child.subtree)


def _is_loose(head: Token, child: Token) -> bool:
    """Prepositions that rather belong to the clause than to the noun before them."""
    if child.dep_ == "nummod":
        return head.pos_ == "PROPN"
    if child.dep_ != "prep":
        return False
    if head.pos_ == "PROPN" and child.lower_ != "of":
        return True
    if child.lower_ in _CLAUSAL:
        return True
    return any(c.ent_type_ in ("DATE", "TIME") for c in child.children) and child.lower_ != "of"


def _joint_span(doc: Doc, group: Sequence[Mention]) -> Place:
    spans = [full_span(doc, mention) for mention in group]
    return min(s for s, _ in spans), max(e for _, e in spans)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
