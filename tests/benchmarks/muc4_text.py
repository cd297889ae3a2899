"""What a document says, as features: of the document, and of each phrase that may fill a role."""

from __future__ import annotations

import json
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from actorgraph.extract.actor.mention import Mention
from actorgraph.extract.annotation import annotation
from actorgraph.extract.clause.clause import Clause
from actorgraph.extract.clause.tree import Tree
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.stance.modality import stance_reading
from actorgraph.extract.statement import Statement, Value
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.pipeline import docs
from muc4_context import nearby, order

_WORDS = json.loads(Path(__file__).with_name("muc4_words.json").read_text(encoding="utf-8"))
TITLES = frozenset(_WORDS["titles"])
_KINDS: dict[str, set[str]] = defaultdict(set)
for _kind, _lemmas in _WORDS["deeds"].items():
    for _lemma in _lemmas:
        _KINDS[_lemma].add(_kind)
_NAMES = frozenset({"name", "proper"})
_EARLY = 4  # sentences that tell what an article is about
_FIRSTS = (0, 1, 2, 4, 8, 16)
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Text:
    """One document as read: what the clause layer and the statements say."""

    text: str
    tree: Tree
    chains: tuple[tuple[int, ...], ...]  # indices of mentions
    clauses: Mapping[int, Clause]
    fact: Mapping[int, bool]  # of each clause: affirmed and actual
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of tokens. kind: name, nominal, title (mentions), proper (a name that is no
    mention), inner (a name inside a description: *FMLN guerrillas*), noun."""

    first: int
    last: int
    head: int
    type: str
    kind: str
    mention: int


@dataclass(slots=True)
class Candidate:
    """The phrases of a document that mean one thing, and what is said of it."""

    phrases: list[Phrase]
    features: set[str] = field(default_factory=set)

    def kinds(self) -> set[str]:
        """The kinds of its phrases."""
        return {phrase.kind for phrase in self.phrases}


def texts(extractor: RuleExtractor, documents: Iterable[Document]) -> Iterator[Text]:
    """Read documents with the public pipeline."""
    for document, doc in docs(extractor.nlp, documents, extractor.casing):
        statements = extractor.extraction(document, doc).statements
        found = annotation(doc, extractor.rules)
        reading = found.reading
        fact = {}
        for token, clause in reading.clauses.items():
            stance = stance_reading(doc[token], extractor.rules.cues, clause.kind)
            fact[token] = stance.polarity == "affirmed" and stance.certainty == "actual"
        chains = tuple(tuple(chain.mentions) for chain in found.chains)
        yield Text(document.text, reading.tree, chains, reading.clauses, fact, statements)


def plain(words: str) -> str:
    """Words without case, punctuation and articles, as the scorer compares them."""
    return " ".join(
        w for w in words.lower().translate(_NO_PUNCTUATION).split() if w not in _ARTICLES
    )


def deeds(lemma: str) -> set[str]:
    """The kinds of violent deed that a word may tell of."""
    return _KINDS.get(lemma, set())


def document_features(text: Text) -> set[str]:
    """What is said to happen in a document, to whom, and how early."""
    tree = text.tree
    found: set[str] = set()
    for token, clause in text.clauses.items():
        fact = text.fact[token]
        early = tree.sentence[token] < _EARLY
        found.add(("did " if fact else "unsure ") + clause.lemma)
        if fact and early:
            found.add("early " + clause.lemma)
        for kind in deeds(clause.lemma):
            found.add(("did " if fact else "unsure ") + kind)
            if early:
                found.add(("early " if fact else "early unsure ") + kind)
        if fact:
            for argument in clause.arguments:
                sort = _sort(tree, argument.antecedent)
                found.add(
                    f"{argument.role} {clause.lemma} {sort or tree.lemma[argument.antecedent]}"
                )
                found |= {f"{argument.role} {kind} {sort}" for kind in deeds(clause.lemma)}
    for token, lemma in enumerate(tree.lemma):
        if tree.tag[token] in ("NN", "NNS"):
            found.add("noun " + lemma)
            if tree.sentence[token] < _EARLY:
                found |= {"early noun " + lemma, *("early noun " + k for k in deeds(lemma))}
    for statement in text.statements:
        stance = statement.stance
        if stance.polarity == "affirmed" and stance.certainty == "actual":
            found.add(f"relation {statement.relation}")
    return found


def candidates(text: Text) -> list[Candidate]:
    """What may fill a role: names, and what is spoken of in a sentence that tells of a deed."""
    said = _Said(text)
    groups: dict[object, Candidate] = {}
    for phrase in _phrases(text):
        candidate = groups.setdefault(said.identity(phrase), Candidate([]))
        candidate.phrases.append(phrase)
        candidate.features |= said.features(phrase)
        if len(candidate.phrases) == 1:
            first = next((n for n in _FIRSTS if text.tree.sentence[phrase.head] <= n), "later")
            candidate.features.add(f"first {first}")
    _join_persons(text, groups)
    _join_inner(text, groups)
    for candidate in groups.values():
        candidate.features.add(f"times {min(len(candidate.phrases), 5)}")
    return [
        c
        for c in groups.values()
        if c.kinds() & _NAMES or any(f.startswith("in ") for f in c.features)
    ]


def variants(text: Text, phrase: Phrase) -> dict[str, str]:
    """The ways to cut a phrase: span, head, whole, compound, uncounted, the name inside it."""
    tree = text.tree
    start = min(tree.phrase_start(phrase.head), phrase.first)
    while start < phrase.last - 1 and tree.tag[start] in ("DT", "PRP$", "WDT"):
        start += 1
    uncounted = start
    while uncounted < phrase.head and tree.tag[uncounted] in ("CD", "JJR", "RB", "IN"):
        uncounted += 1
    found = {"span": phrase.first, "whole": start, "uncounted": uncounted}
    if phrase.kind in ("nominal", "title", "noun"):
        compound = phrase.head
        while compound - 1 >= start and tree.dep[compound - 1] == "compound":
            compound -= 1
        found |= {"head": phrase.head, "compound": compound}
    cuts = {name: words(text, first, phrase.last) for name, first in found.items()}
    if phrase.kind == "nominal" and tree.tag[phrase.head] in ("NN", "NNS"):
        for name in _inner(tree, tree.mentions[phrase.mention]):
            cuts.setdefault("inner", words(text, name.first, name.last))
    return cuts


def words(text: Text, first: int, last: int) -> str:
    """The words of the document from one token up to another."""
    return text.text[text.tree.start[first] : text.tree.end[last - 1]]


def _sort(tree: Tree, token: int) -> str:
    mention = tree.mention_of(token)
    return f"{mention.type}.{mention.kind}" if mention else ""


def _phrases(text: Text) -> Iterator[Phrase]:
    tree = text.tree
    for index, mention in enumerate(tree.mentions):
        if mention.kind == "pronoun":
            continue
        yield Phrase(mention.first, mention.last, mention.head, mention.type, mention.kind, index)
        if mention.kind != "name":
            yield from _inner(tree, mention)
    for token in range(len(tree)):
        if tree.mention[token] < 0 and tree.is_noun(token) and tree.dep[token] != "compound":
            first = token
            while _belongs_to_name(tree, first - 1, token):
                first -= 1
            if first < token and tree.tag[token].startswith("NNP"):
                yield Phrase(first, token + 1, token, "-", "proper", -1)
            else:
                yield Phrase(tree.phrase_start(token), token + 1, token, "-", "noun", -1)


def _belongs_to_name(tree: Tree, token: int, head: int) -> bool:
    return (
        token >= 0
        and tree.tag[token].startswith("NNP")
        and tree.mention[token] < 0
        and tree.head[token] <= head
        and tree.dep[token] in ("compound", "amod", "nmod")
    )


def _inner(tree: Tree, mention: Mention) -> Iterator[Phrase]:
    """The names inside a description."""
    run: list[int] = []
    for token in range(mention.first, mention.last + 1):
        tag = tree.tag[token] if token < mention.last else ""
        if tag.startswith("NNP") or (run and tag in ("CD", "IN", "DT")):
            run.append(token)
            continue
        while run and not tree.tag[run[-1]].startswith("NNP"):
            run.pop()
        if run and run[-1] != mention.head:
            yield Phrase(run[0], run[-1] + 1, run[-1], "-", "inner", -1)
        run = []


class _Said:
    """What the clauses, statements and sentences of a document say of its phrases."""

    def __init__(self, text: Text) -> None:
        self.text, tree = text, text.tree
        self.chain = {m: i for i, chain in enumerate(text.chains) for m in chain}
        self.named = {
            i for i, c in enumerate(text.chains) if any(tree.mentions[m].kind == "name" for m in c)
        }
        self.known = {plain(m.text): m.type for m in tree.mentions if m.kind == "name"}
        self.roles: dict[int, list[tuple[str, Clause]]] = defaultdict(list)
        for clause in text.clauses.values():
            for argument in clause.arguments:
                for token in {argument.token, argument.antecedent}:
                    self.roles[token].append((argument.role, clause))
        self.deeds: dict[int, set[str]] = defaultdict(set)
        for token, lemma in enumerate(tree.lemma):
            clause_here = text.clauses.get(token)
            if clause_here is not None:
                self.deeds[tree.sentence[token]] |= deeds(clause_here.lemma)
            if tree.is_noun(token):
                self.deeds[tree.sentence[token]] |= deeds(lemma)
        self.marks = {t: deeds(lemma) for t, lemma in enumerate(tree.lemma) if deeds(lemma)}
        self.relations: dict[tuple[int, int], set[str]] = defaultdict(set)
        for statement in text.statements:
            for side, end in (("subject", statement.subject), ("object", statement.object)):
                if end is not None and not isinstance(end, Value):
                    place = self.relations[end.start, end.end]
                    place.add(f"{statement.relation} {side}")
                    if statement.stance.certainty != "actual":
                        place.add(f"{statement.stance.certainty} {side}")
            for name, qualifier in statement.qualifiers.items():
                self.relations[qualifier.start, qualifier.end].add(name)

    def identity(self, phrase: Phrase) -> object:
        """What tells one candidate from another: its chain if that has a name, else its words."""
        chain = self.chain.get(phrase.mention, -1)
        if chain in self.named and phrase.kind != "title":
            return chain
        if phrase.kind in ("inner", "proper", "name"):
            return plain(words(self.text, phrase.first, phrase.last))
        compound = plain(variants(self.text, phrase)["compound"]).split()
        return " ".join([*compound[:-1], self.text.tree.lemma[phrase.head]])

    def features(self, phrase: Phrase) -> set[str]:
        """Everything said of a phrase."""
        tree, head = self.text.tree, phrase.head
        sort = f"{phrase.type}.{phrase.kind}"
        sentence = tree.sentence[head]
        found = {f"type {phrase.type}", f"kind {phrase.kind}", f"sort {sort}"}
        for deed in self.deeds[sentence]:
            found |= {f"in {deed}", f"in {deed} {sort}"}
        found |= {f"after {deed}" for deed in self.deeds.get(sentence - 1, ())}
        found |= self._description(phrase) | self._surroundings(head)
        found |= nearby(tree, phrase.first, phrase.last) | order(tree, head, self.marks)
        covered = range(phrase.first, phrase.last) if phrase.mention >= 0 else (head,)
        for token in {head, *covered}:
            for role, clause in self.roles.get(token, ()):
                found.add(f"{role} {clause.lemma}")
                for deed in deeds(clause.lemma):
                    found |= {f"{role} {deed}", f"{role} {deed} {sort}"}
                if not self.text.fact[clause.predicate]:
                    found.add("unsure")
        if phrase.mention >= 0:
            mention = tree.mentions[phrase.mention]
            found |= {f"relation {r}" for r in self.relations[mention.start, mention.end]}
        return found

    def _description(self, phrase: Phrase) -> set[str]:
        """The words of a description; of a name inside one, the description's."""
        tree = self.text.tree
        if phrase.kind == "inner":
            host = tree.mention_of(phrase.head)
            known = self.known.get(plain(words(self.text, phrase.first, phrase.last)))
            about = {f"known {known}"} if known else set()
            if host is not None:
                about |= {f"host {tree.lemma[host.head]}", f"host {host.type}"}
            return about
        if phrase.kind in _NAMES:
            return set()
        before = [
            tree.lemma[token]
            for token in range(tree.phrase_start(phrase.head), phrase.head)
            if tree.tag[token] != "DT" and tree.mention[token] < 0
        ]
        return {f"head {tree.lemma[phrase.head]}", *(f"modifier {lemma}" for lemma in before)}

    def _surroundings(self, head: int) -> set[str]:
        """The word a phrase hangs on, and the sorts of what hangs on it."""
        tree = self.text.tree
        above = tree.head[head]
        found = {f"{tree.dep[head]} {tree.lemma[above]}"}
        if tree.dep[head] == "pobj":
            beyond = tree.lemma[tree.head[above]]
            found |= {f"{tree.lower[above]} {w}" for w in (beyond, *deeds(beyond))}
        for child in tree.some(head, "amod", "compound", "nmod", "poss"):
            mention = tree.mention_of(child)
            found.add(f"with {mention.type if mention else '-'}")
        return found


def _join_persons(text: Text, groups: dict[object, Candidate]) -> None:
    """A surname, and a name with a title before it, are the fullest name that ends so."""
    by_surname: dict[str, list[tuple[list[str], object]]] = defaultdict(list)
    for key, candidate in groups.items():
        names = [
            plain(words(text, p.first, p.last)).split()
            for p in candidate.phrases
            if p.kind == "name" and p.type == "Person"
        ]
        longest = max(names, key=len, default=[])
        if longest:
            by_surname[longest[-1]].append((longest, key))
    for same in by_surname.values():
        same.sort(key=lambda pair: -len(set(pair[0]) - TITLES))
        fullest, kept = same[0]
        for name, key in same[1:]:
            if set(name) <= set(fullest) | TITLES:
                other = groups.pop(key)
                groups[kept].phrases += other.phrases
                groups[kept].features |= other.features


def _join_inner(text: Text, groups: dict[object, Candidate]) -> None:
    """A name inside a description is the same name elsewhere."""
    names = {
        plain(words(text, p.first, p.last)): candidate
        for candidate in groups.values()
        for p in candidate.phrases
        if p.kind == "name"
    }
    for key, candidate in list(groups.items()):
        if candidate.kinds() == {"inner"}:
            phrase = candidate.phrases[0]
            elsewhere = names.get(plain(words(text, phrase.first, phrase.last)))
            if elsewhere is not None:
                elsewhere.features |= candidate.features
                del groups[key]


@cache
def extractor() -> RuleExtractor:
    """The extractor with the default model and ontology."""
    return RuleExtractor()


def records(path: str) -> list[dict[str, Any]]:
    """The documents of a file of the set, one JSON object a line."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]
