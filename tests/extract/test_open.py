"""The open layer keeps what no relation covers, and asserts none of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from actorgraph.extract.open import OpenExtractor
from actorgraph.extract.statement import Extraction, Reference
from actorgraph.extract.text.document import Document

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Iterator[OpenExtractor]:
    yield OpenExtractor()


def read(extractor: OpenExtractor, text: str) -> Extraction:
    (extraction,) = extractor.extractions([Document(text)])
    return extraction


def said(extraction: Extraction) -> list[tuple[str | None, str, str]]:
    return [
        (s.subject.name if s.subject else None, s.phrase, s.object.name)
        for s in extraction.statements
        if s.relation is None and isinstance(s.object, Reference)
    ]


def test_what_no_relation_covers_is_kept_with_its_preposition(extractor: OpenExtractor) -> None:
    extraction = read(extractor, "Ilan Marsh sang for Mira Ode.")
    assert said(extraction) == [("Ilan Marsh", "sing for", "Mira Ode")]
    (statement,) = extraction.statements
    assert not statement.plain
    assert statement.evidence.quote == "Ilan Marsh sang for Mira Ode."


def test_passive_and_negation_are_undone_as_for_relations(extractor: OpenExtractor) -> None:
    extraction = read(extractor, "Mira Ode was not tickled by Ilan Marsh.")
    assert said(extraction) == [("Ilan Marsh", "tickle", "Mira Ode")]
    assert extraction.statements[0].stance.polarity == "denied"


def test_what_a_relation_covers_is_not_said_twice(extractor: OpenExtractor) -> None:
    extraction = read(extractor, "Ilan Marsh met Mira Ode in Paris.")
    assert [s.relation for s in extraction.statements] == ["met_with"]


def test_every_end_is_an_entity_of_the_extraction(extractor: OpenExtractor) -> None:
    text = "The minister sang for Mira Ode. He then tickled the general, who sang with soldiers."
    extraction = read(extractor, text)
    known = {entity.id for entity in extraction.entities}
    ends = [end for s in extraction.statements for end in (s.subject, s.object)]
    assert ends
    assert {end.entity for end in ends if isinstance(end, Reference)} <= known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilan Marsh wrote a book about Mira Ode.", ("Ilan Marsh", "write book about", "Mira Ode")),
        (
            "Ilan Marsh drew the attention of the voters to a portrait of Mira Ode.",
            ("Ilan Marsh", "draw to portrait of", "Mira Ode"),
        ),
    ],
)
def test_nouns_on_the_way_to_an_actor_belong_to_the_phrase(
    extractor: OpenExtractor, text: str, expected: tuple[str, str, str]
) -> None:
    extraction = read(extractor, text)
    assert expected in said(extraction)
    assert not any(s.plain for s in extraction.statements if s.relation is None)


def test_stance_reaches_what_is_said_over_nouns(extractor: OpenExtractor) -> None:
    extraction = read(extractor, "Ilan Marsh did not read a novel about Mira Ode.")
    stances = {s.phrase: s.stance.polarity for s in extraction.statements if s.relation is None}
    assert stances == {"read novel about": "denied"}
