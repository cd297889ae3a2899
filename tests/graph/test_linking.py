"""What entities are elsewhere: found, told, judged, and never merged by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from actorgraph.extract.statement import Extraction
from actorgraph.graph.answer import Answer, Candidate
from actorgraph.graph.docket import decided
from actorgraph.graph.doubt import doubts
from actorgraph.graph.gazetteer import Gazetteer
from actorgraph.graph.geonames import settlements
from actorgraph.graph.graph import Graph
from actorgraph.graph.identifier import identifier
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.match import Match
from actorgraph.graph.merge import merged
from actorgraph.graph.record import graph_record, recorded_graph
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology

Article = Callable[..., Extraction]
GN = "https://sws.geonames.org/"
THING = "https://things.example/"
VELIN = "Colonel Arda Velin (Person)"
SERVICE = "https://service.example/reconcile"


def of(graph: Graph, name: str) -> list[Match]:
    (entity,) = [e for e in graph.entities if name in e.names]
    return [m for m in graph.matches if m.entity == entity.id]


def asserted(graph: Graph, name: str) -> set[str]:
    return {m.iri for m in of(graph, name) if m.asserted}


def member(extraction: Extraction, name: str) -> str:
    (found,) = [e.id for e in extraction.entities if e.name == name]
    return found


@pytest.fixture
def told(article: Article, ontology: Ontology) -> Callable[..., Graph]:
    """A graph of one article about a place, beside other actors."""

    def graph(place: str, *others: str) -> Graph:
        facts = [(VELIN, "visited", place), *((VELIN, "met_with", other) for other in others)]
        return merged([article("Note", *facts)], ontology)

    return graph


def test_countries_have_their_ids(told: Callable[..., Graph]) -> None:
    graph = told("Iraq (Country)")
    assert asserted(graph, "Iraq") == {"http://www.wikidata.org/entity/Q796", GN + "99237/"}
    (entity,) = [e for e in graph.entities if e.name == "Iraq"]
    assert set(entity.same_as) == asserted(graph, "Iraq")


@pytest.mark.parametrize(
    ("place", "others", "geonames"),
    [
        ("Avdiivka (City)", (), 713122),  # known to be in Ukraine; the other there is a village
        ("Avdiivka (City)", ("Ukraine (Country)",), 713122),
        ("Mosul (City)", (), 99072),
        ("Tripoli (City)", (), None),
        ("Tripoli (City)", ("Lebanon (Country)",), None),  # the ontology's is Libya's
        ("Tripoli (City)", ("Libya (Country)",), 2210247),
        ("Tripoli (City)", ("Libya (Country)", "Lebanon (Country)"), None),
        ("Tripoli (City, Lebanese)", (), 266826),
        ("Paris (City)", ("United States (Country)",), None),
        ("Paris (City)", ("France (Country)",), 2988507),
        ("Paris (City)", ("France (Country)", "United States (Country)"), 2988507),
        ("Springfield (City)", ("United States (Country)",), None),
        ("Dili (City)", (), None),  # a spelling of Delhi, too
        ("Vanadzor (City)", (), 616530),
        ("Vanadzor (Place)", (), None),  # may be a river: not sure without its country
        ("Vanadzor (Place)", ("Armenia (Country)",), 616530),
        ("Nowhere-on-Sea (City)", ("Iraq (Country)",), None),
        ("Vanadzor (Person)", ("Armenia (Country)",), None),
        ("Vanadzor (AdminArea)", ("Armenia (Country)",), None),
    ],
)
def test_a_place_is_linked_only_if_told_apart(
    told: Callable[..., Graph], place: str, others: tuple[str, ...], geonames: int | None
) -> None:
    graph = told(place, *others)
    found = asserted(graph, place.split(" (")[0])
    assert found == ({f"{GN}{geonames}/"} if geonames else set())


def test_the_ambiguous_is_listed_not_asserted(told: Callable[..., Graph]) -> None:
    found = of(told("Tripoli (City)"), "Tripoli")
    assert {m.bond for m in found} == {"candidate"}
    assert {m.label for m in found} >= {"Tripoli, LY", "Tripoli, LB"}
    assert all(m.confidence < 0.5 and m.why for m in found)


def test_a_sure_place_has_a_point(told: Callable[..., Graph]) -> None:
    (found,) = of(told("Mosul (City)", "Iraq (Country)"), "Mosul")
    assert (found.bond, found.source) == ("exact", "geonames")
    assert found.point == pytest.approx((36.335, 43.119), abs=0.01)


def answer(extraction: Extraction, name: str, *candidates: tuple[Any, ...], **more: Any) -> Answer:
    told = tuple(Candidate(THING + str(id_), name, *rest) for id_, *rest in candidates)
    return Answer(member(extraction, name), SERVICE, "q", told, **more)


@pytest.mark.parametrize(
    ("candidates", "floor", "bonds"),
    [
        ([(7, 98.0, True)], 0, ["exact"]),
        ([(7, 98.0, True), (8, 60.0, False)], 0, ["exact", "candidate"]),
        ([(7, 98.0, True), (8, 97.0, True)], 0, ["candidate", "candidate"]),
        ([(7, 98.0, True), (8, 98.0, False)], 0, ["candidate", "candidate"]),
        ([(7, 98.0, False)], 0, ["close"]),
        ([(7, 98.0, False), (8, 60.0, False)], 0, ["close", "candidate"]),
        ([(7, 98.0, False), (8, 60.0, True)], 0, ["candidate", "candidate"]),
        ([(7, 98.0, True)], 99, ["candidate"]),
        ([], 0, []),
    ],
)
def test_what_an_answer_says(
    article: Article, ontology: Ontology, candidates: list[Any], floor: float, bonds: list[str]
) -> None:
    one = article("Note", ("Arda Velin (Person)", "met_with", "Tarek Zaran (Person)"))
    graph = merged([one], ontology, answers=[answer(one, "Arda Velin", *candidates, floor=floor)])
    found = of(graph, "Arda Velin")
    assert [m.bond for m in sorted(found, key=lambda m: m.iri)] == bonds
    assert not of(graph, "Tarek Zaran")


def test_scores_are_read_in_the_services_own_scale(article: Article, ontology: Ontology) -> None:
    one = article("Note", ("Arda Velin (Person)", "met_with", "Tarek Zaran (Person)"))
    small = [answer(one, "Arda Velin", (7, 0.9, True)), answer(one, "Tarek Zaran", (8, 0.4, False))]
    graph = merged([one], ontology, answers=small)
    assert of(graph, "Arda Velin")[0].confidence == 0.9
    large = [answer(one, "Arda Velin", (7, 0.9, True)), answer(one, "Tarek Zaran", (8, 40, False))]
    graph = merged([one], ontology, answers=large)
    assert of(graph, "Arda Velin")[0].confidence == 0.009
    assert of(graph, "Tarek Zaran")[0].confidence == 0.4


def test_one_word_of_a_person_is_nobody_surely(article: Article, ontology: Ontology) -> None:
    one = article("Note", ("Velin (Person)", "met_with", "Sand Host (ArmedGroup)"))
    graph = merged([one], ontology, answers=[answer(one, "Velin", (7, 98.0, True))])
    assert [m.bond for m in of(graph, "Velin")] == ["close"]


def two(article: Article) -> tuple[Extraction, Extraction]:
    """Two of a name in two documents that nothing joins."""
    one = article("One", ("Ali Hassan (Person)", "met_with", "Veld Council (ArmedGroup)"))
    other = article("Two", ("Ali Hasan Omar (Person)", "met_with", "Sand Host (ArmedGroup)"))
    return one, other


def test_two_nodes_of_one_thing_are_a_doubt_and_never_merged(
    article: Article, ontology: Ontology
) -> None:
    one, other = two(article)
    answers = [
        answer(one, "Ali Hassan", (7, 98.0, True)),
        answer(other, "Ali Hasan Omar", (7, 97.0, True)),
    ]
    before, graph = merged([one, other], ontology), merged([one, other], ontology, answers=answers)
    assert [e.members for e in graph.entities] == [e.members for e in before.entities]
    assert not asserted(graph, "Ali Hassan") and not asserted(graph, "Ali Hasan Omar")
    found = [d for d in doubts(graph, Gazetteer(ontology)) if d.kind == "shared"]
    assert len(found) == 1
    assert set(found[0].items) == {member(one, "Ali Hassan"), member(other, "Ali Hasan Omar")}
    assert f"both are {THING}7" in found[0].evidence[0]
    (judgement,) = decided("different", found[0].items)
    graph = merged([one, other], ontology, [judgement], answers)
    assert not [d for d in doubts(graph, Gazetteer(ontology)) if d.kind == "shared"]
    (judgement,) = decided("same", found[0].items)
    graph = merged([one, other], ontology, [judgement], answers)
    assert len([e for e in graph.entities if e.type == "Person"]) == 1
    assert asserted(graph, "Ali Hassan") == {THING + "7"}


def test_an_analyst_has_the_last_word(article: Article, ontology: Ontology) -> None:
    one = article("Note", ("Arda Velin (Person)", "visited", "Tripoli (City)"))
    answers = [answer(one, "Arda Velin", (7, 98.0, True), (8, 60.0, False))]
    velin = member(one, "Arda Velin")
    no = Judgement("not_same_as", (velin, THING + "7"), "another", "AB", "2031-01-01T00:00:00Z")
    graph = merged([one], ontology, [no], answers)
    assert [m.iri for m in of(graph, "Arda Velin")] == [THING + "8"]
    yes = Judgement("same_as", (velin, THING + "8"), "his book", "AB", "2031-01-01T00:00:00Z")
    graph = merged([one], ontology, [yes], answers)
    first, second = of(graph, "Arda Velin")
    assert (first.iri, first.bond, first.confidence, first.score) == (THING + "8", "same", 1, 60)
    assert (first.source, first.author, first.why) == ("analyst", "AB", "his book")
    assert second.bond == "candidate"
    place = Judgement("same_as", (member(one, "Tripoli"), GN + "266826/"))
    graph = merged([one], ontology, [place])
    assert asserted(graph, "Tripoli") == {GN + "266826/"}
    (found,) = [m for m in of(graph, "Tripoli") if m.asserted]
    assert found.point == pytest.approx((34.43, 35.84), abs=0.01)


def test_judgements_that_contradict_each_other_are_refused(
    article: Article, ontology: Ontology
) -> None:
    one = article("Note", ("Arda Velin (Person)", "met_with", "Tarek Zaran (Person)"))
    items = (member(one, "Arda Velin"), THING + "7")
    with pytest.raises(ActorgraphError, match="contradict each other"):
        merged([one], ontology, [Judgement("same_as", items), Judgement("not_same_as", items)])
    with pytest.raises(ActorgraphError, match="takes an entity and an IRI"):
        Judgement("same_as", ("m1", "Q7"))


def test_a_close_match_is_a_doubt_until_decided(article: Article, ontology: Ontology) -> None:
    one = article("Note", ("Arda Velin (Person)", "met_with", "Tarek Zaran (Person)"))
    answers = [answer(one, "Arda Velin", (7, 71.0, False))]
    graph = merged([one], ontology, answers=answers)
    (doubt,) = [d for d in doubts(graph, Gazetteer(ontology)) if d.kind == "candidate"]
    assert doubt.items == (member(one, "Arda Velin"), THING + "7")
    for decision, iris in (("same", {THING + "7"}), ("different", set())):
        graph = merged([one], ontology, list(decided(decision, doubt.items)), answers)
        assert asserted(graph, "Arda Velin") == iris
        assert not [d for d in doubts(graph, Gazetteer(ontology)) if d.kind == "candidate"]


def test_a_thing_elsewhere_has_no_type_of_ours() -> None:
    with pytest.raises(ActorgraphError, match="said of actors only"):
        list(decided("wrong_type", ("m1", THING + "7"), ("", "Person")))


def test_order_does_not_matter(article: Article, ontology: Ontology) -> None:
    one, other = two(article)
    answers = [
        answer(one, "Ali Hassan", (7, 98.0, True), (8, 60.0, False)),
        answer(other, "Ali Hasan Omar", (9, 97.0, False)),
        replace(answer(one, "Ali Hassan", (5, 0.7, True)), service="https://other.example/"),
    ]
    graphs = {
        str(graph_record(merged(docs, ontology, answers=said)))
        for docs in permutations((one, other))
        for said in permutations(answers)
    }
    assert len(graphs) == 1


def test_matches_survive_the_record(told: Callable[..., Graph]) -> None:
    graph = told("Tripoli (City, Lebanese)", "Iraq (Country)")
    assert graph.matches and recorded_graph(graph_record(graph)) == graph


def test_answers_about_what_is_gone_have_no_effect(article: Article, ontology: Ontology) -> None:
    one, other = two(article)
    answers = [answer(other, "Ali Hasan Omar", (9, 97.0, True))]
    assert merged([one], ontology, answers=answers) == merged([one], ontology)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("Q42", "http://www.wikidata.org/entity/Q42"),
        ("wd:Q42", "http://www.wikidata.org/entity/Q42"),
        ("https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42"),
        ("geonames:98182", GN + "98182/"),
        ("https://www.geonames.org/98182/baghdad.html", GN + "98182/"),
        (" https://x.example/a#b ", "https://x.example/a#b"),
    ],
)
def test_identifiers_as_people_write_them(text: str, iri: str) -> None:
    assert identifier(text) == iri


@pytest.mark.parametrize("text", ["", "42", "Q0", "the Colonel", "https://x.example/a b"])
def test_what_identifies_nothing(text: str) -> None:
    with pytest.raises(ActorgraphError, match="identifies nothing"):
        identifier(text)


def test_the_code_of_an_airport_is_no_name() -> None:
    assert not any(place.name != "Osk" for place in settlements(["OSK"]))
    assert "Oslo" in {place.name for place in settlements(["Oslo"])}
