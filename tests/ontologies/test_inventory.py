"""The relation inventory: complete, well-formed, aligned, and without examples that quarrel."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from actorgraph.extract.frame.example import alternatives, slot_types
from actorgraph.ontologies.ontology import VOCABULARY, Ontology, Relation
from actorgraph.ontologies.turtle import loaded_ontology

RELATIONS = """
    commanded deputy_commander_of leads reports_to part_of split_from founded disbanded
    succeeded appointed nominated dismissed resigned_from
    member_of served_in has_rank holds_position works_for advised affiliated_with allied_with
    enemy_of spokesperson_for defected_from defected_to
    attacked invaded raided struck_from_air shelled bombed destroyed intercepted clashed_with
    killed killed_in_strike assassinated executed wounded tortured sexually_assaulted died_in
    abducted arrested released rescued expelled deported displaced repressed
    captured_territory controls besieged defended deployed_to mobilized_against withdrew_from
    evacuated surrendered_to disarmed fled_to
    met_with hosted invited summoned visited negotiated_with mediated_between signed agreed_with
    ceasefire_with recognized established_ties_with cut_ties_with
    sanctioned lifted_sanctions_on designated_terrorist banned investigated charged sued convicted
    acquitted pardoned extradited seized_asset
    backed praised funded armed trained aided sheltered cooperated_with
    accused condemned threatened warned demanded claimed_responsibility_for
    denied_responsibility_for ordered promised rejected apologised_to yielded_to
    located_in based_in operates_in citizen_of born_in
    spouse_of parent_of relative_of
    owns used_weapon possesses_weapon developed_weapon
    protested_against overthrew won_election_over ran_against voted_for voted_against boycotted
    restricted eased_restrictions_on permitted forced sought_arrest_of suspended_aid_to
    sent_peacekeepers_to ended_mission_in returned_property_to broke_ceasefire_with disputed
"""

PLOVER = """
    AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST
    SANCTION MOBILIZE COERCE ASSAULT
"""

TOLD_OFTEN = """
    commanded killed killed_in_strike attacked struck_from_air bombed abducted arrested appointed
    dismissed succeeded met_with sanctioned accused condemned threatened demanded backed armed
    part_of member_of leads deputy_commander_of spokesperson_for holds_position has_rank works_for
    served_in withdrew_from deployed_to captured_territory clashed_with
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return loaded_ontology()


def _positive(relation: Relation) -> list[str]:
    return [example.text for example in relation.examples if example.positive]


def _values(relation: Relation, scheme: str) -> set[str]:
    return {value for predicate, value in relation.alignments if predicate == VOCABULARY + scheme}


def _sentences(relation: Relation) -> Iterator[str]:
    for text in _positive(relation):
        yield from alternatives(text)


def test_the_inventory_is_the_one_we_promise(ontology: Ontology) -> None:
    promised = RELATIONS.split()
    assert len(promised) == len(set(promised)) >= 60
    assert set(promised) == set(ontology.relations)


def test_each_relation_is_shown_by_enough_sentences(ontology: Ontology) -> None:
    counts = {id_: len(_positive(relation)) for id_, relation in ontology.relations.items()}
    assert sum(counts.values()) / len(counts) >= 10
    assert {id_ for id_, count in counts.items() if count < 8} == set()
    assert {id_ for id_ in TOLD_OFTEN.split() if counts[id_] < 12} == set()


def test_each_relation_is_defined_and_has_both_directions(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        assert relation.definition.endswith("."), relation.id
        assert relation.symmetric or relation.inverse_label, relation.id
        if relation.symmetric:
            assert relation.domain == relation.range, relation.id


def test_each_relation_is_aligned(ontology: Ontology) -> None:
    assert [r.id for r in ontology.relations.values() if not r.alignments] == []
    wikidata = [
        r.id
        for r in ontology.relations.values()
        if any("wikidata.org" in v for _, v in r.alignments)
    ]
    assert len(wikidata) >= 50


def test_every_plover_class_has_a_relation(ontology: Ontology) -> None:
    roots = {
        code.split("/")[0] for r in ontology.relations.values() for code in _values(r, "plover")
    }
    assert roots == set(PLOVER.split())


def test_cameo_codes_are_codes(ontology: Ontology) -> None:
    codes = {code for r in ontology.relations.values() for code in _values(r, "cameo")}
    assert len(codes) > 60
    # two digits of a root class 01 to 20, then the finer digits
    assert {c for c in codes if not re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", c)} == set()


def test_each_sentence_has_its_slots_and_is_a_sentence(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        for sentence in _sentences(relation):
            slots = slot_types(sentence)
            assert slots.keys() >= {"subject", "object"}, (relation.id, sentence)
            assert slots.keys() <= {"subject", "object", "weapon", "position", "place"} | {
                "previous",
                "enemy",
                "goods",
            }, (relation.id, sentence)
            assert not set("()|") & set(sentence), (relation.id, sentence)
            assert sentence.count("{subject") == sentence.count("{object") == 1, sentence
            assert re.fullmatch(r"[^ ].*[^ ]\.", sentence), (relation.id, sentence)
            assert "  " not in sentence, (relation.id, sentence)
            assert 3 <= len(sentence.split()) <= 16, (relation.id, sentence)


def test_alternatives_are_not_too_many(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        for text in _positive(relation):
            found = list(alternatives(text))
            assert len(found) == len(set(found)) <= 48, (relation.id, text)


def test_pinned_types_are_classes(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        for example in relation.examples:
            for slot, pinned in slot_types(example.text).items():
                if pinned is None:
                    continue
                assert pinned in ontology.classes, (relation.id, example.text)
                expected = {"subject": relation.domain, "object": relation.range}.get(slot)
                assert expected is None or ontology.fits(pinned, expected), (
                    relation.id,
                    example.text,
                )


def _quarrels(ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """Sentences that two unrelated relations claim for slots of the same types."""
    shown: dict[str, list[tuple[Relation, dict[str, tuple[str, ...]]]]] = defaultdict(list)
    for relation in ontology.relations.values():
        for sentence in set(_sentences(relation)):
            types = {
                slot: (pinned,)
                if pinned
                else {"subject": relation.domain, "object": relation.range}.get(slot, ())
                for slot, pinned in slot_types(sentence).items()
            }
            shown[re.sub(r":\w+\}", "}", sentence)].append((relation, types))
    for sentence, claims in shown.items():
        for (one, one_types), (other, other_types) in itertools.combinations(claims, 2):
            related = ontology.relation_is_a(one.id, other.id) or ontology.relation_is_a(
                other.id, one.id
            )
            same = all(
                set(one_types[slot]) & set(other_types[slot]) for slot in ("subject", "object")
            )
            if same and not related:
                yield one.id, other.id, sentence


def test_no_sentence_means_two_relations(ontology: Ontology) -> None:
    assert list(_quarrels(ontology)) == []


def test_no_sentence_is_its_own_counterexample(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        counter = {
            sentence
            for example in relation.examples
            if not example.positive
            for sentence in alternatives(example.text)
        }
        assert counter.isdisjoint(_sentences(relation)), relation.id


def test_false_friends_are_warned_of(ontology: Ontology) -> None:
    counters = [
        r.id for r in ontology.relations.values() if any(not e.positive for e in r.examples)
    ]
    assert len(counters) >= 0.9 * len(ontology.relations)


def test_known_weapons(ontology: Ontology) -> None:
    names = {spelling for name in ontology.names_of("Weapon") for spelling in name.names}
    assert {"MQ-9 Reaper", "Hellfire", "AK-47", "T-72", "Novichok", "Iron Dome"} <= names
    assert {"knife", "car bomb", "drone", "poison"} <= ontology.words("weapon_nouns")
    # people and newspapers bear these names too
    assert not names & {"Makarov", "Bayraktar", "Iskander", "Lancet", "Puma"}
