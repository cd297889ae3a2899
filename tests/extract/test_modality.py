"""Stance: our own sentences on the trained pipeline, and the climb on trees drawn by hand."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from actorgraph.extract.stance.modality import SpeakerReading, StanceReading, cues, stance_reading
from actorgraph.extract.stance.operator import Cues
from actorgraph.ontologies.turtle import loaded_ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

TABLE = Path(__file__).with_name("stances.tsv")
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def words() -> Cues:
    return cues(loaded_ontology())


@cache
def pipeline() -> Language:
    import spacy
    from spacy.util import get_installed_models

    names = [n for n in get_installed_models() if n.startswith("en_core_web_sm")]
    return spacy.load(names[0])


def speakers(reading: StanceReading, doc: Doc) -> str:
    """`general<paper!`: the speaker, who quotes him, and a mark if he speaks of himself."""
    said: list[str] = []
    source = reading.source
    while source is not None:
        said.append("?" if source.token is None else doc[source.token].text)
        source = source.via
    return "<".join(said) + ("!" if reading.own else "")


@pytest.mark.model
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['sentence'][:60]} [{row['word']}]")
def test_stance_of_sentence(row: dict[str, str]) -> None:
    doc = pipeline()(row["sentence"])
    predicate = next(token for token in doc if token.text == row["word"])
    reading = stance_reading(predicate, words())
    assert (reading.polarity, reading.certainty, speakers(reading, doc)) == (
        row["polarity"],
        row["certainty"],
        row["source"],
    )


def test_table_is_large_and_balanced() -> None:
    assert len(ROWS) >= 750
    plain = [r for r in ROWS if (r["polarity"], r["certainty"]) == ("affirmed", "actual")]
    assert len([r for r in plain if not r["source"]]) >= 40
    assert {r["certainty"] for r in ROWS} == {
        *("actual", "planned", "attempted", "requested"),
        *("possible", "hypothetical", "feared", "habitual"),
    }


def drawn(rows: list[tuple[str, str, str, str, int]]) -> list[Token]:
    """Tokens of a tree drawn by hand: (word, lemma, tag, label, head index)."""
    import spacy
    from spacy.tokens import Doc

    texts, lemmas, tags, deps, heads = zip(*rows, strict=True)
    coarse = {"V": "VERB", "N": "NOUN", "I": "ADP", "D": "DET", "T": "PART", "M": "AUX", "R": "ADV"}
    return list(
        Doc(
            spacy.blank("en").vocab,
            words=list(texts),
            lemmas=list(lemmas),
            tags=list(tags),
            pos=[coarse.get(tag[0], "X") for tag in tags],
            deps=list(deps),
            heads=list(heads),
        )
    )


def test_denial_turns_the_clause_under_it_and_names_the_denier() -> None:
    tokens = drawn(
        [
            ("army", "army", "NN", "nsubj", 1),
            ("denied", "deny", "VBD", "ROOT", 1),
            ("rebels", "rebel", "NNS", "nsubj", 3),
            ("killed", "kill", "VBD", "ccomp", 1),
        ]
    )
    assert stance_reading(tokens[3], words()) == StanceReading(
        "denied", "actual", SpeakerReading(0), (1,)
    )
    assert stance_reading(tokens[1], words()) == StanceReading("affirmed", "actual", None, ())


def test_two_negations_affirm() -> None:
    tokens = drawn(
        [
            ("army", "army", "NN", "nsubj", 3),
            ("did", "do", "VBD", "aux", 3),
            ("not", "not", "RB", "neg", 3),
            ("fail", "fail", "VB", "ROOT", 3),
            ("to", "to", "TO", "aux", 5),
            ("kill", "kill", "VB", "xcomp", 3),
        ]
    )
    reading = stance_reading(tokens[5], words())
    assert (reading.polarity, reading.certainty) == ("affirmed", "actual")
    assert stance_reading(tokens[3], words()).polarity == "denied"


def test_sources_nest_from_the_speaker_outwards() -> None:
    tokens = drawn(
        [
            ("paper", "paper", "NN", "nsubj", 1),
            ("said", "say", "VBD", "ROOT", 1),
            ("envoy", "envoy", "NN", "nsubj", 3),
            ("claimed", "claim", "VBD", "ccomp", 1),
            ("rebels", "rebel", "NNS", "nsubj", 5),
            ("killed", "kill", "VBD", "ccomp", 3),
        ]
    )
    reading = stance_reading(tokens[5], words())
    assert reading.source == SpeakerReading(2, SpeakerReading(0))
    assert reading.cues == (1, 3)


def test_reading_ends_on_a_tree_without_verbs() -> None:
    tokens = drawn([("attack", "attack", "NN", "ROOT", 0)])
    assert stance_reading(tokens[0], words()) == StanceReading("affirmed", "actual", None, ())
