"""Documents of ECB+ as the product reads them, and what it knows of a given mention."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actorgraph.extract.actor.mention import Mention
from actorgraph.extract.annotation import Annotation
from actorgraph.extract.chain.coreference import Chain, chains
from actorgraph.extract.chain.nounphrase import noun_phrases
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.pipeline import docs
from actorgraph.graph.lexicon import default_lexicon
from actorgraph.graph.names import Name, parsed

GUESS = 0.2
"""Links of a document's chains from here on count."""

_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT", "DT", "EX", "WRB"})
_PREPOSITIONS = frozenset({"IN", "TO"})
_PLURAL = frozenset({"NNS", "NNPS"})
_CONTENT = ("NN", "VB", "JJ", "CD", "RB", "RP")


@dataclass(frozen=True)
class Given:
    """A mention with what the product tells of it. `chain` is the chain of its document, by index.

    `words` are the lemmas inside, `near` those of its sentence; `arguments` of an event: role ->
    head tokens; `relations` are those told with it.
    """

    document: int
    start: int
    end: int
    kind: str
    head: int
    lemma: str
    tag: str
    words: frozenset[str]
    near: frozenset[str]
    chain: int
    name: Name | None
    known_as: str  # head word of the chain's fullest mention
    type: str
    arguments: tuple[tuple[str, int], ...]
    relations: frozenset[str]
    place: float  # how far down in the document
    value: str  # of a time

    @property
    def pronoun(self) -> bool:
        """Whether it says nothing but by what it refers to."""
        return self.tag in _PRONOUNS

    @property
    def plural(self) -> bool:
        """Whether it stands for several."""
        return self.tag in _PLURAL


@dataclass(frozen=True)
class Text:
    """One document read: its annotation, its chains, and the chain of each token."""

    index: int
    record: dict[str, Any]
    found: Annotation
    mentions: tuple[Mention, ...]
    chains: list[Chain]
    chain_of: dict[int, int]
    told: dict[int, frozenset[str]]  # start of a cue -> relations
    times: dict[int, str]  # token -> value
    events: frozenset[int]  # nouns that tell an event


def records(path: str) -> list[dict[str, Any]]:
    """The documents of a file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def texts(extractor: RuleExtractor, documents: Iterable[dict[str, Any]]) -> Iterator[Text]:
    """Each document read; the answers in it are not looked at."""
    listed = list(documents)
    events = _event_words(extractor)
    read = docs(extractor.nlp, (Document(d["text"], id=d["id"]) for d in listed), extractor.casing)
    for index, (document, doc) in enumerate(read):
        text = extractor.read(document, doc)
        mentions = noun_phrases(doc, text.found.reading.tree.mentions)
        found = chains(doc, mentions, extractor.rules.coreference, GUESS)
        chain_of = {
            token: number
            for number, chain in enumerate(found)
            for mention in chain.mentions
            for token in range(mentions[mention].first, mentions[mention].last)
        }
        told: dict[int, set[str]] = {}
        for statement in extractor.extraction(document, doc).statements:
            if statement.relation:
                told.setdefault(statement.evidence.cue_start, set()).add(statement.relation)
        yield Text(
            index,
            listed[index],
            text.found,
            mentions,
            found,
            chain_of,
            {start: frozenset(relations) for start, relations in told.items()},
            {t: time.value or "" for time in text.times for t in range(time.first, time.last)},
            frozenset(
                token
                for token, clause in text.found.reading.clauses.items()
                if clause.kind == "noun" and clause.lemma in events
            ),
        )


def _event_words(extractor: RuleExtractor) -> frozenset[str]:
    """The words with which the ontology tells events."""
    relations = extractor.ontology.relations
    return frozenset(
        lemma
        for lemma, frames in extractor.lexicon.index.by_lemma.items()
        if any(relations[frame.relation].kind == "event" for frame in frames)
    )


def given(text: Text, mention: dict[str, Any]) -> Given:
    """What the product tells of a span of a kind."""
    tree, clauses = text.found.reading.tree, text.found.reading.clauses
    inside = _tokens(text, mention["start"], mention["end"])
    head = _head(text, inside)
    sentence = tree.sentence[head]
    around = [i for i in range(len(tree)) if tree.sentence[i] == sentence]
    chain = text.chain_of.get(head, -1)
    named = _fullest(text, chain)
    type_ = text.chains[chain].type if chain >= 0 else ""
    clause = clauses.get(head)
    return Given(
        document=text.index,
        start=mention["start"],
        end=mention["end"],
        kind=mention["kind"],
        head=head,
        lemma=_lemma(text, head),
        tag=tree.tag[head],
        words=_content(text, inside),
        near=_content(text, around),
        chain=chain,
        name=named,
        known_as=_known_as(text, chain) or _lemma(text, head),
        type=type_,
        arguments=tuple((a.role, a.antecedent) for a in clause.arguments) if clause else (),
        relations=text.told.get(tree.start[head], frozenset()),
        place=min(mention["start"] / 1000, 1.0),
        value=next((text.times[i] for i in inside if text.times.get(i)), ""),
    )


def _tokens(text: Text, start: int, end: int) -> list[int]:
    tree = text.found.reading.tree
    found = [i for i in range(len(tree)) if tree.start[i] < end and start < tree.end[i]]
    return found or [min(range(len(tree)), key=lambda i: abs(tree.start[i] - start))]


def _head(text: Text, inside: list[int]) -> int:
    """The word of a span on which its others hang; of a prepositional phrase its noun."""
    tree = text.found.reading.tree
    within = set(inside)
    solid = [i for i in inside if re.search(r"\w", tree.text[i])] or inside
    roots = [i for i in solid if tree.head[i] not in within or tree.head[i] == i]
    head = next((i for i in roots if tree.tag[i] not in _PREPOSITIONS), (roots or solid)[0])
    if tree.tag[head] in _PREPOSITIONS:
        head = next((i for i in tree.children[head] if i in within), head)
    return head


def _lemma(text: Text, token: int) -> str:
    tree = text.found.reading.tree
    word = tree.lower[token]
    # a capitalised noun of a headline is tagged a name, and keeps its ending
    if tree.tag[token] == "NNPS" and word.endswith("s"):
        return word[:-1]
    return tree.lemma[token]


def _content(text: Text, tokens: Iterable[int]) -> frozenset[str]:
    tree = text.found.reading.tree
    return frozenset(_lemma(text, i) for i in tokens if tree.tag[i].startswith(_CONTENT))


def _fullest(text: Text, chain: int) -> Name | None:
    """The name of a chain that has one, taken apart by the rules of its type."""
    if chain < 0:
        return None
    found = text.chains[chain]
    best = text.mentions[found.representative]
    if best.kind != "name" or best.type == "Date":
        return None
    kind = "Person" if found.type in ("Person", "Agent") else "Organization"
    return parsed(best.name, kind, default_lexicon())


def _known_as(text: Text, chain: int) -> str:
    if chain < 0:
        return ""
    best = text.mentions[text.chains[chain].representative]
    return "" if best.kind == "pronoun" else _lemma(text, best.head)


def spans(text: Text) -> list[dict[str, Any]]:
    """Our own mentions: names, the nouns that are arguments, times, and the predicates of clauses.

    The set marks of a description its noun alone, and the whole of a name.
    """
    tree, clauses = text.found.reading.tree, text.found.reading.clauses
    found: dict[tuple[int, int], str] = {}
    events = {t for t, c in clauses.items() if c.kind == "verb" or t in text.events}
    arguments = {t for c in clauses.values() for a in c.arguments for t in (a.token, a.antecedent)}
    for mention in text.mentions:
        name = mention.kind == "name" and mention.type != "Thing"
        if mention.type == "Date":
            found[mention.start, mention.end] = "time"
        elif name or (mention.head in arguments and mention.head not in events):
            described = mention.kind in ("nominal", "title")
            first = mention.head if described else mention.first
            end = tree.end[mention.head] if described else mention.end
            found[tree.start[first], end] = "entity"
    for token in sorted(events):
        if tree.lemma[token] not in ("be", "have", "do") and tree.dep[token] != "aux":
            found.setdefault((tree.start[token], tree.end[token]), "event")
    return [{"start": s, "end": e, "kind": kind} for (s, e), kind in sorted(found.items())]
