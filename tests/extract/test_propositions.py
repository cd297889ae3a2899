"""Propositions keep the words of the text: who, said how, of whom; every phrase that is reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from actorgraph.extract.actor.actors import mentions
from actorgraph.extract.annotation import Rules, rules
from actorgraph.extract.clause.proposition import Proposition, Tokens, triples
from actorgraph.extract.clause.propositions import propositions
from actorgraph.extract.clause.repair import mend
from actorgraph.extract.clause.tree import Tree, tree
from actorgraph.extract.text.pipeline import loaded_pipeline
from actorgraph.ontologies.turtle import loaded_ontology
from spacy.language import Language

pytestmark = pytest.mark.model

Row = tuple[str, str, str]
_UNSAID = ("apposition", "possessive")
_TABLE = Path(__file__).with_name("propositions.txt")


def _table() -> dict[str, set[Row]]:
    """Sentences with the triples that are indented below them."""
    found: dict[str, set[Row]] = {}
    rows: set[Row] = set()
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            subject, relation, reached = line.strip().split(" | ")
            rows.add((subject, relation, reached))
        elif line:
            rows = found.setdefault(line, set())
    return found


TABLE = _table()


class Reader:
    def __init__(self) -> None:
        self.nlp: Language = loaded_pipeline()
        self.rules: Rules = rules(loaded_ontology())

    def read(self, sentence: str) -> tuple[Tree, list[Proposition]]:
        doc = self.nlp(sentence)
        found = mentions(doc, self.rules.actors)
        mend(doc, found, self.rules.grammar.plain_verbs)
        words = tree(doc, tuple(found))
        return words, list(propositions(words, self.rules.grammar))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    yield Reader()


def written(words: Tree, tokens: Tokens) -> str:
    return " ".join(words.text[t] for t in tokens)


@pytest.mark.parametrize("sentence", TABLE)
def test_each_sentence_reads_as_its_triples(reader: Reader, sentence: str) -> None:
    words, found = reader.read(sentence)
    rows = {
        (
            written(words, proposition.subject_phrase),
            written(words, triple.relation),
            written(words, triple.path[-1].complement),
        )
        for proposition in found
        if proposition.kind not in _UNSAID
        for triple in triples(proposition)
    }
    assert rows == TABLE[sentence]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The clerk, who hated noise, closed the window.", {"relative", "main"}),
        ("The boats carrying grain left the harbour at dawn.", {"participle", "main"}),
        ("The rebels crossed the river, burning two boats.", {"main", "adverbial"}),
        ("Ilan Marsh won the prize by writing a novel.", {"main", "gerund"}),
        ("Mira Ode said that the harbour fed the town.", {"main", "subordinate"}),
        ("The mayor, a former teacher, opened the school.", {"main", "apposition"}),
        ("The mayor's brother owns the harbour.", {"main", "possessive"}),
    ],
)
def test_a_proposition_says_how_it_is_said(reader: Reader, sentence: str, kinds: set[str]) -> None:
    _, found = reader.read(sentence)
    assert {proposition.kind for proposition in found} == kinds


def test_appositions_and_possessors_have_no_predicate_of_their_own(reader: Reader) -> None:
    words, found = reader.read("The mayor's brother, a pilot from Torsk, owns the harbour.")
    unsaid = [p for p in found if p.kind in _UNSAID]
    assert [(p.kind, written(words, p.subject_phrase), p.predicate) for p in unsaid] == [
        ("possessive", "The mayor", ()),
        ("apposition", "The mayor 's brother", ()),
    ]
    assert [written(words, p.links[0].phrase) for p in unsaid] == ["brother", "a pilot"]


def test_what_is_only_said_instead_is_no_proposition(reader: Reader) -> None:
    words, found = reader.read("Instead of selling the ship, the company repaired it.")
    assert [written(words, p.predicate) for p in found] == ["repaired"]


def test_stance_is_read_on_the_last_verb(reader: Reader) -> None:
    words, found = reader.read("The general refused to sign the treaty.")
    (triple,) = (t for p in found for t in triples(p))
    assert words.text[triple.predicate] == "sign"


def test_links_nest(reader: Reader) -> None:
    words, found = reader.read("Mira Ode became a judge of the Court of Norway.")
    (proposition,) = found
    depth, link = 0, proposition.links[0]
    assert link.kind == "attribute" and link.core
    while link.links:
        depth, link = depth + 1, link.links[0]
    assert depth == 2
    assert written(words, link.phrase) == "Norway"


def test_a_sentence_without_a_verb_has_no_proposition(reader: Reader) -> None:
    assert reader.read("A quiet town by the sea.")[1] == []
    assert reader.read("")[1] == []
