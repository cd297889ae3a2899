"""Which country the words before an actor tell; sentences of our own."""

from __future__ import annotations

import pytest
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.text.document import Document

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Iranian general Kasim Rahimi spoke.", {"Kasim Rahimi": "Iran"}),
        ("Syria's President Omar Haddad spoke.", {"Omar Haddad": "Syria"}),
        ("German Chancellor Karl Braun met the Iraqi army.", {"Karl Braun": "Germany"}),
        ("A former Russian deputy foreign minister, Ivan Orlov, spoke.", {"Ivan Orlov": "Russia"}),
        ("Lebanese militia leader Karim Saleh fled.", {"Karim Saleh": "Lebanon"}),
        # what belongs to somebody else, or to two, or only to a part of the word
        ("The ambassador to Iraq, John Dale, spoke.", {"John Dale": None}),
        ("Iran's enemy Karim Saleh spoke.", {"Karim Saleh": None}),
        ("British-Iranian aid worker Nadia Karimi was freed.", {"Nadia Karimi": None}),
        ("Anti-American cleric Ali Barzan spoke.", {"Ali Barzan": None}),
        ("Iran-backed commander Karim Saleh spoke.", {"Karim Saleh": None}),
        ("Iranian Karim Saleh spoke. Iraqi Karim Saleh left.", {"Karim Saleh": None}),
    ],
)
def test_country_of_a_name(
    extractor: RuleExtractor, sentence: str, expected: dict[str, str | None]
) -> None:
    (found,) = extractor.extractions([Document(sentence)])
    told = {entity.name: entity.country for entity in found.entities}
    assert {name: told[name] for name in expected} == expected


def test_country_of_troops_without_a_name(extractor: RuleExtractor) -> None:
    (found,) = extractor.extractions([Document("US and Turkish troops met the Iraqi army.")])
    told = {entity.name: entity.country for entity in found.entities if not entity.names}
    assert told == {"troops": None, "army": "Iraq"}
