"""Open triples for BenchIE, from our own propositions.

    python tests/benchmarks/benchie.py GOLD PREDICTIONS

GOLD is BenchIE's file, of which only the sentences are read (`sent_id:N<TAB>sentence`, tokens
separated by blanks); PREDICTIONS gets sentence id, subject, relation and object, separated by
tabs, tokens by blanks. Which readings the set counts as facts, and in which words, is decided here
and nowhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from actorgraph.extract.actor.actors import mentions
from actorgraph.extract.annotation import Rules, rules
from actorgraph.extract.clause.proposition import Proposition, Tokens, Triple, triples
from actorgraph.extract.clause.propositions import propositions
from actorgraph.extract.clause.repair import mend
from actorgraph.extract.clause.tree import Tree, tree
from actorgraph.extract.text.pipeline import loaded_pipeline
from actorgraph.ontologies.turtle import loaded_ontology
from spacy.language import Language
from spacy.tokens import Doc

Row = tuple[str, str, str]

_UNSAID = frozenset({"apposition", "possessive"})  # their predicate is no word of the text
_QUOTES = frozenset({"``", "''", "`", '"'})
_OPENING = frozenset({"(", "$", "-", "#", "{", "["})
_CLOSING = frozenset(
    [
        ",",
        ".",
        ";",
        ":",
        "?",
        "!",
        ")",
        "%",
        "-",
        "}",
        "]",
        "'s",
        "'",
        "n't",
        "'re",
        "'ve",
        "'ll",
        "'d",
        "'m",
    ]
)
_DEEPEST = 3  # longer ways to a phrase are mostly misread
_QUESTION_WORDS = frozenset(
    {"if", "whether", "how", "what", "who", "why", "where", "when", "which"}
)


def main(gold: str, predictions: str) -> None:
    known = rules(loaded_ontology())
    read = loaded_pipeline()
    with Path(predictions).open("w", encoding="utf-8") as out:
        for name, sentence in sentences(Path(gold).read_text(encoding="utf-8")):
            for row in dict.fromkeys(rows(parsed(sentence, read, known), known)):
                out.write("\t".join((name, *row)) + "\n")


def sentences(gold: str) -> Iterator[tuple[str, str]]:
    """Id and tokenised text of each sentence."""
    for line in gold.splitlines():
        if line.startswith("sent_id:"):
            name, sentence = line.removeprefix("sent_id:").split("\t", 1)
            yield name.strip(), sentence


def parsed(sentence: str, read: Language, known: Rules) -> Tree:
    """The parse of the given tokens, set as in running text; quotation marks count nowhere."""
    tokens = [token for token in sentence.split() if token not in _QUOTES]
    spaces = [
        token not in _OPENING and behind not in _CLOSING
        for token, behind in zip(tokens, [*tokens[1:], "."], strict=True)
    ]
    doc = read(Doc(read.vocab, words=tokens, spaces=spaces))
    found = mentions(doc, known.actors)
    mend(doc, found, known.grammar.plain_verbs)
    return tree(doc, tuple(found))


def rows(words: Tree, known: Rules) -> Iterator[Row]:
    for proposition in propositions(words, known.grammar):
        for triple in triples(proposition):
            if counts(words, proposition, triple):
                yield (
                    written(words, proposition.subject_phrase),
                    written(words, triple.relation),
                    written(words, reached(triple)),
                )


def counts(words: Tree, proposition: Proposition, triple: Triple) -> bool:
    """Whether the set's annotators would write such a reading down."""
    last = triple.path[-1]
    beside = triple.path[-2].links if len(triple.path) > 1 else proposition.links
    if proposition.kind in _UNSAID:
        return False
    if last.kind == "verb" or len(triple.path) > _DEEPEST:
        return False
    if last.kind == "clause":
        return words.lower[last.phrase[0]] not in _QUESTION_WORDS
    if last.kind == "adverb":
        return len(beside) == 1 and not words.lower[last.head].endswith("ly")
    if last.kind == "attribute" and words.tag[last.head].startswith("JJ"):
        return not any(link.kind == "verb" for link in last.links)
    if last.kind == "object":
        return not any(link.kind == "attribute" for link in beside)
    return True


def reached(triple: Triple) -> Tokens:
    return triple.path[-1].complement


def written(words: Tree, tokens: Tokens) -> str:
    return " ".join(words.text[t] for t in tokens)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
