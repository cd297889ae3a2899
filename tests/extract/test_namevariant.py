"""Name variants inside one text: full names, surnames, initials, acronyms, short forms."""

from __future__ import annotations

import pytest
from actorgraph.extract.chain.namevariant import (
    group_variant,
    is_acronym,
    name_keys,
    name_tokens,
    person_variant,
)

PARTICLES = frozenset({"al", "bin", "von", "de", "abu"})
SUFFIXES = frozenset({"jr", "sr", "ii"})
DESIGNATORS = frozenset({"inc", "group", "the", "of", "for", "and", "corps", "party"})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Farid Hamidi", "Hamidi", "surname"),
        ("Hamidi", "Farid Hamidi", "surname"),
        ("Farid Hamidi", "Farid", "given"),
        ("Farid Hamidi", "Farid Hamidi", "same"),
        ("F. Hamidi", "Farid Hamidi", "spelling"),
        ("Farid M. Hamidi", "Farid Hamidi", "partial"),
        ("Jean-Claude Petit", "Jean Claude Petit", "same"),
        ("Yusuf al-Masri", "Yusuf Masri", "same"),
        ("Yusuf bin Salem", "Salem", "surname"),
        ("Karim Soleimani", "Suleimani", "surname"),
        ("Mohammed Odeh", "Muhammad Odeh", "spelling"),
        ("José Álvarez", "Jose Alvarez", "same"),
        ("Karl von Ahlen", "Ahlen", "surname"),
        ("Farid Hamidi", "Omar Hamidi", ""),
        ("Farid Hamidi", "Farid Omar", ""),
        ("John Carter Jr", "John Carter Sr", ""),
        ("John Carter Jr", "John Carter", ""),
        ("John Carter Jr", "Carter", "surname"),
        ("Ali", "Hassan Rahimi", ""),
        ("H", "Hassan Rahimi", ""),
        ("Salman Odeh", "Suleiman Odeh", ""),
        ("", "Hassan Rahimi", ""),
    ],
)
def test_personal_names(one: str, other: str, expected: str) -> None:
    assert person_variant(one, other, PARTICLES, SUFFIXES) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("National Salvation Front", "NSF", "acronym"),
        ("Movement for a Free Delta", "MFD", "acronym"),
        ("U.N.", "United Nations", "acronym"),
        ("Acme Inc.", "Acme", "short"),
        ("the Alpha Party", "Alpha", "short"),
        ("Coastal Guard Corps", "the Guards", "partial"),
        ("Ministry of Defence", "Defence", ""),
        ("Supreme Court of Malta", "Supreme Court", "partial"),
        ("3rd Brigade", "7th Brigade", ""),
        ("3rd Brigade", "Brigade", ""),
        ("Ministry of Defence", "Ministry of Justice", ""),
        ("Organisation Delta", "Organization Delta", "spelling"),
        ("North Korea", "South Korea", ""),
        ("Delta Force", "Delta Air", ""),
    ],
)
def test_names_of_organisations(one: str, other: str, expected: str) -> None:
    assert group_variant(one, other, DESIGNATORS) == expected
    assert group_variant(other, one, DESIGNATORS) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karim Soleimani", "Suleimani"),
        ("National Salvation Front", "NSF"),
        ("Coastal Guard Corps", "Guards"),
        ("U.N.", "United Nations"),
    ],
)
def test_variants_share_a_key(one: str, other: str) -> None:
    assert name_keys(one) & name_keys(other)


def test_tokens_are_bare_words() -> None:
    assert name_tokens("Iran's Gen. Ḥasan O'Neill-Şahin") == (
        "iran",
        "gen",
        "hasan",
        "oneill",
        "sahin",
    )


def test_lower_case_is_no_acronym() -> None:
    assert not is_acronym("is", "Islamic State")
    assert is_acronym("IS", "Islamic State")
