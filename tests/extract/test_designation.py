"""Posts told by word order: who holds which title, and of what; whole sentences of our own."""

from __future__ import annotations

from functools import cache

import pytest
from actorgraph.extract.annotation import Rules, annotation, rules
from actorgraph.extract.clause.designation import designations
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Reference
from actorgraph.extract.text.casing import Casing, casing_of_names
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.pipeline import docs, loaded_pipeline
from actorgraph.ontologies.turtle import loaded_ontology

pytestmark = pytest.mark.model


@cache
def known() -> tuple[Rules, Casing | None]:
    return rules(loaded_ontology()), casing_of_names(loaded_pipeline(None), loaded_ontology())


def posts(sentence: str) -> set[tuple[str, str, str]]:
    """(title, person, organisation) by their texts; - where not told."""
    grammar, casing = known()
    ((_, doc),) = docs(loaded_pipeline(None), [Document(sentence)], casing)
    tree = annotation(doc, grammar).reading.tree

    def text(token: int | None) -> str:
        mention = None if token is None else tree.mention_of(token)
        return mention.text if mention else "-"

    return {
        (text(d.title), text(d.person), text(d.organisation))
        for d in designations(tree, grammar.grammar)
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The GOC, 9 Division, General Musa Tanko, spoke.",
            {("GOC", "Musa Tanko", "9 Division")},
        ),
        (
            "The General Officer Commanding (GOC) 9 Division of the Kenya Army, Wadala, "
            "Major General Musa Tanko, resigned.",
            {("General Officer Commanding", "Musa Tanko", "9 Division")},
        ),
        (
            "The Brigade Commander of 14 Brigade, Wadala, Samuel Okoye, denied it.",
            {("Brigade Commander", "Samuel Okoye", "14 Brigade")},
        ),
        (
            "The 9 Division's Chief of Staff, Colonel Musa Tanko, spoke.",
            {("Chief of Staff", "Musa Tanko", "9 Division")},
        ),
        (
            "The army spokesman, Colonel Musa Tanko, spoke.",
            {("spokesman", "Musa Tanko", "army")},
        ),
        (
            "Brigadier Musa Tanko, formerly Commander, 14 Brigade, is now GOC 9 Division.",
            {("Commander", "Musa Tanko", "14 Brigade"), ("GOC", "Musa Tanko", "9 Division")},
        ),
        (
            "He was formerly Commander, 14 Brigade, Wadala.",
            {("Commander", "He", "14 Brigade")},
        ),
        (
            "Present were General Musa Tanko, Chief of Logistics, General Samuel Okoye, "
            "Director of Operations, and General Peter Wood, Chief of Policy.",
            {
                ("Chief of Logistics", "Musa Tanko", "-"),
                ("Director of Operations", "Samuel Okoye", "-"),
                ("Chief of Policy", "Peter Wood", "-"),
            },
        ),
        (
            "The Chief of Logistics, General Musa Tanko, the Director of Operations, "
            "General Samuel Okoye, and the Chief of Policy, General Peter Wood, met.",
            {
                ("Chief of Logistics", "Musa Tanko", "-"),
                ("Director of Operations", "Samuel Okoye", "-"),
                ("Chief of Policy", "Peter Wood", "-"),
            },
        ),
        (
            "General Musa Tanko, formerly of the Army Headquarters, spoke.",
            {("-", "Musa Tanko", "Army Headquarters")},
        ),
        (
            "Samuel Okoye, a brigadier general, spoke.",
            {("brigadier general", "Samuel Okoye", "-")},
        ),
    ],
)
def test_order_tells_who_holds_which_post(
    sentence: str, expected: set[tuple[str, str, str]]
) -> None:
    assert posts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "General Musa Tanko is not the commander of 9 Division.",
        "General Musa Tanko met the commander of 9 Division.",
        "The commander of 9 Division and General Musa Tanko met.",
        "General Musa Tanko criticised the GOC; Colonel Samuel Okoye did not.",
        "The spokesman for General Musa Tanko spoke.",
        "General Musa Tanko was killed by the commander of 9 Division.",
        "Ministers Samuel Okoye and Peter Wood were moved from the army to the police.",
    ],
)
def test_other_words_between_part_a_post_from_a_name(sentence: str) -> None:
    assert {post for post in posts(sentence) if post[0].islower() or post[2] != "-"} == set()


def test_a_second_person_in_a_list_is_not_the_first() -> None:
    found = posts("Elena Markova, the mayor of Lyon, the governor of Homs and Peter Wood met.")
    assert found == {("mayor", "Elena Markova", "-")}


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def told(text: str) -> set[tuple[str, str, str]]:
    (extraction,) = extractor().extractions([Document(text)])
    return {
        (s.subject.name, s.relation or "", s.object.name)
        for s in extraction.statements
        if s.plain and s.subject and isinstance(s.object, Reference)
    }


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "The GOC, 9 Division, General Musa Tanko, spoke.",
            ("Musa Tanko", "commanded", "9 Division"),
        ),
        (
            "Brigadier Musa Tanko, formerly Commander, 14 Brigade, Wadala, is now in Kenya.",
            ("Musa Tanko", "commanded", "14 Brigade"),
        ),
        (
            "Brigadier Musa Tanko spoke. He was formerly Commander, 14 Brigade, Wadala.",
            ("Musa Tanko", "commanded", "14 Brigade"),
        ),
        ("Army chief Musa Tanko spoke.", ("Musa Tanko", "commanded", "Army")),
        (
            "Brigadier Musa Tanko was redeployed to Army Headquarters.",
            ("Musa Tanko", "served_in", "Army Headquarters"),
        ),
    ],
)
def test_posts_become_statements(text: str, statement: tuple[str, str, str]) -> None:
    assert statement in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Chief of Logistics at Army Headquarters, General Musa Tanko, spoke.",
        "General Musa Tanko, Chief of Logistics, Army Headquarters, spoke.",
    ],
)
def test_a_post_tells_its_organisation(text: str) -> None:
    (extraction,) = extractor().extractions([Document(text)])
    (held,) = [s for s in extraction.statements if s.relation == "holds_position"]
    assert held.qualifiers["organization"].text == "Army Headquarters"
    assert held.subject is not None and held.subject.name == "Musa Tanko"


def test_the_arrested_do_not_serve_in_the_army_that_arrests_them() -> None:
    text = "The Kenyan Army confirmed it had arrested, Omar Darwish, leader of the Sol Movement."
    assert {s for s in told(text) if s[1] == "served_in"} == set()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Militants killed policemen in Kenya.", "killed"),
        ("Police arrested militants.", "arrested"),
    ],
)
def test_a_plural_description_stands_for_persons(text: str, relation: str) -> None:
    assert relation in {r for _, r, _ in told(text)}
