"""Merging: what becomes one, what stays apart, and that order does not matter."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from actorgraph.extract.statement import Extraction
from actorgraph.graph.difference import difference
from actorgraph.graph.explanation import why_same
from actorgraph.graph.graph import Graph
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.merge import merged
from actorgraph.graph.network import network
from actorgraph.graph.record import graph_record, recorded_graph
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Article = Callable[..., Extraction]

ZARAN = "Colonel Tarek Zaran (Person)"
COUNCIL = "Veld Council (ArmedGroup)"


def names(graph: Graph) -> list[str]:
    return sorted(entity.name for entity in graph.entities)


def entity(graph: Graph, name: str) -> str:
    (found,) = [e.id for e in graph.entities if name in e.names]
    return found


def member(extraction: Extraction, name: str) -> str:
    (found,) = [e.id for e in extraction.entities if e.name == name]
    return found


@pytest.fixture(scope="module")
def collection(article: Article) -> list[Extraction]:
    """Reports about invented actors that overlap in many ways."""
    strike = {"event": True, "when": "2031-05-04", "where": "Ostrel (City)"}
    return [
        article(
            "First",
            ("Miran Zolkov (Person, Estvia)", "commanded", "Falcon Brigade (MilitaryUnit)"),
            (COUNCIL, "killed", "Dara Vint (Person)", strike),
            published="2031-05-05",
        ),
        article(
            "Second",
            ("Miran Zolkof (Person)", "commanded", "Falcon Brigade (MilitaryUnit)"),
            (None, "killed", "Dara Vint (Person)", {"event": True, "when": "2031-05-03"}),
            ("two policemen (PopulationGroup)", "arrested", "Pol Harn (Person)"),
        ),
        article(
            "Third",
            ("Zolkov (Person)", "attacked", COUNCIL, {"event": True, "when": "2031-05-04"}),
            ("Zolkov (Person)", "commanded", "Falcon Brigade (MilitaryUnit)"),
            ("Falcon Brigade (MilitaryUnit)", "attacked", COUNCIL, {"certainty": "planned"}),
        ),
        article(
            "Fourth",
            ("Ahmed Ali (Person)", "attacked", COUNCIL, {"event": True}),
            ("two policemen (PopulationGroup)", "arrested", "Ahmed Ali (Person)"),
            (COUNCIL, "met_with", "Dara Vint (Person)", {"event": True, "when": "2031-05-01"}),
            published="2031-05-06",
        ),
        article(
            "Fifth",
            ("Ahmed Ali (Person)", "member_of", "Harbour Union (Organization)"),
            ("Dara Vint (Person)", "met_with", COUNCIL, {"event": True, "when": "2031-05-01"}),
            ("Falcon Brigade (MilitaryUnit)", "attacked", COUNCIL, {"polarity": "denied"}),
        ),
        article(
            "Sixth",
            ("Ahmed Ali (Person)", "attacked", COUNCIL, {"source": "Pol Harn (Person)"}),
            ("Dara Vint (Person)", "founded", "Harbour Union (Organization)", {"event": True}),
        ),
    ]


# What is one


def test_one_person_spelled_in_three_ways(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection[:3], ontology)
    person = graph.entity_index()[entity(graph, "Miran Zolkof")]
    assert person.names == ("Miran Zolkof", "Miran Zolkov", "Zolkov")
    assert len(person.documents) == 3
    assert person.country == "Estvia"
    rules = {link.rule for link in why_same(graph, person.id)}
    assert rules == {"spelling_and_context", "surname"}
    assert all(link.evidence for link in why_same(graph, person.id))


def test_spelling_alone_is_not_enough(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("Miran Zolkov (Person)", "attacked", "Veld (City)")),
            article("Two", ("Miran Zolkof (Person)", "attacked", "Ostrel (City)")),
        ],
        ontology,
    )
    assert {"Miran Zolkov", "Miran Zolkof"} <= set(names(graph))


def test_surname_of_two_persons_stays_alone(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("Miran Zolkov (Person)", "commanded", COUNCIL)),
            article("Two", ("Petra Zolkov (Person)", "commanded", COUNCIL)),
            article(
                "Three",
                ("Zolkov (Person)", "met_with", "Pol Harn (Person)"),
                (COUNCIL, "attacked", "Ostrel (City)"),
            ),
        ],
        ontology,
    )
    assert [n for n in names(graph) if "Zolkov" in n] == ["Miran Zolkov", "Petra Zolkov", "Zolkov"]


def test_acronym_needs_context(article: Article, ontology: Ontology) -> None:
    full = "Harbour Liberation Union (ArmedGroup)"
    reports = [
        article("One", (full, "attacked", COUNCIL), ("Pol Harn (Person)", "leads", full)),
        article("Two", ("Pol Harn (Person)", "leads", "HLU (ArmedGroup)")),
        article("Three", ("HLU (ArmedGroup)", "attacked", "Ostrel (City)")),
    ]
    assert entity(merged(reports[:2], ontology), "HLU") == entity(
        merged(reports[:2], ontology), "Harbour Liberation Union"
    )
    assert "HLU" in names(merged([reports[0], reports[2]], ontology))


# What stays apart


def test_homographs_of_two_countries(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("Farid Zolkov (Person, Iraq)", "attacked", COUNCIL)),
            article("Two", ("Farid Zolkov (Person, Peru)", "attacked", COUNCIL)),
        ],
        ontology,
    )
    assert names(graph).count("Farid Zolkov") == 2
    assert len({e.id for e in graph.entities}) == len(graph.entities)


def test_a_name_all_share_needs_context(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    alis = [e for e in graph.entities if e.name == "Ahmed Ali"]
    assert sorted(len(ali.documents) for ali in alis) == [1, 2]  # the union's member is another


def test_ministries_of_two_states(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("Ministry of Defence (GovernmentBody)", "attacked", "Veld (City)")),
            article("Two", ("Defence Ministry (GovernmentBody)", "attacked", "Ostrel (City)")),
            article("Three", ("Defence Ministry (GovernmentBody, Iraq)", "arrested", ZARAN)),
            article("Four", ("Ministry of Defence (GovernmentBody, Iraq)", "arrested", ZARAN)),
        ],
        ontology,
    )
    bodies = [e for e in graph.entities if e.type == "GovernmentBody"]
    assert sorted(len(e.documents) for e in bodies) == [1, 1, 2]


def test_numbered_units(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("7 Division (MilitaryUnit, Iraq)", "attacked", COUNCIL)),
            article("Two", ("Seventh Division (MilitaryUnit, Iraq)", "attacked", COUNCIL)),
            article("Three", ("9 Division (MilitaryUnit, Iraq)", "attacked", COUNCIL)),
        ],
        ontology,
    )
    assert [n for n in names(graph) if "Division" in n] == ["9 Division", "Seventh Division"]


def test_country_government_and_people(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("Iran (Country)", "attacked", "Veld (City)")),
            article("Two", ("Iranians (PopulationGroup)", "attacked", "Veld (City)")),
            article("Three", ("Iranian government (GovernmentBody)", "attacked", "Veld (City)")),
            article("Four", ("Islamic Republic of Iran (Country)", "attacked", "Veld (City)")),
        ],
        ontology,
    )
    assert sorted(e.type for e in graph.entities if "Iran" in " ".join(e.names)) == [
        "Country",
        "GovernmentBody",
        "PopulationGroup",
    ]
    assert next(e for e in graph.entities if e.type == "Country").known == "iran"


def test_unnamed_actors_never_merge(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    policemen = [e for e in graph.entities if e.name == "two policemen"]
    assert len(policemen) == 2
    assert not any(e.named or e.names for e in policemen)


def test_a_chain_of_likenesses_does_not_join_its_ends(article: Article, ontology: Ontology) -> None:
    chain = ["Miran Zolkov", "Mira Zolkov", "Mira Zolken", "Dira Zolken", "Dira Bolken"]
    graph = merged(
        [article(name, (f"{name} (Person)", "commanded", COUNCIL)) for name in chain], ontology
    )
    ends = {entity(graph, chain[0]), entity(graph, chain[-1])}
    assert len(ends) == 2


# Events


def test_reports_of_one_killing(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    (event,) = [e for e in graph.events if e.type == "killed"]
    assert event.agents == (entity(graph, "Veld Council"),)
    assert event.patients == (entity(graph, "Dara Vint"),)
    assert sorted(d.value for d in event.told("when")) == ["2031-05-03", "2031-05-04"]
    assert all(len(d.documents) == 1 for d in event.told("when"))
    assert event.sources == 2
    assert {link.rule for link in why_same(graph, event.id)} == {"same_patient_once"}
    agentless = [e for e in graph.edges if e.event == event.id and e.subject is None]
    assert len(agentless) == 1
    assert not agentless[0].binary


def test_a_meeting_has_no_direction(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    (edge,) = [e for e in graph.edges if e.relation == "met_with"]
    assert edge.sources == 2
    (event,) = [e for e in graph.events if e.type == "met_with"]
    assert set(event.agents) == {edge.subject, edge.object}
    for evidence in edge.evidence:
        text = next(d.text for d in graph.documents if d.id == evidence.document)
        start, end = evidence.subject or (0, 0)
        assert text[start:end] in graph.entity_index()[edge.subject or ""].names


@pytest.mark.parametrize(
    ("more", "number"),
    [
        ({"when": "2031-05-04"}, 1),
        ({"when": "2031-05-09"}, 2),
        ({}, 2),
        ({"when": "2031-05-04", "certainty": "planned"}, 2),
        ({"when": "2031-05-04", "polarity": "denied"}, 2),
        ({"when": "2031-05-04", "where": "Paris (City)"}, 2),
    ],
)
def test_attacks(more: dict[str, str], number: int, article: Article, ontology: Ontology) -> None:
    attack = ("Falcon Brigade (MilitaryUnit)", "attacked", COUNCIL)
    first = {"event": True, "when": "2031-05-04", "where": "Baghdad (City)"}
    reports = [article("One", (*attack, first)), article("Two", (*attack, {"event": True, **more}))]
    assert len(merged(reports, ontology).events) == number


def test_another_attacker_is_another_attack(article: Article, ontology: Ontology) -> None:
    when = {"event": True, "when": "2031-05-04"}
    by_brigade = article("One", ("Falcon Brigade (MilitaryUnit)", "attacked", COUNCIL, when))
    by_union = article("Two", ("Harbour Union (ArmedGroup)", "attacked", COUNCIL, when))
    by_nobody = article("Three", (None, "attacked", COUNCIL, when))
    assert len(merged([by_brigade, by_union], ontology).events) == 2
    assert len(merged([by_brigade, by_nobody], ontology).events) == 1


def test_a_state_and_its_army(article: Article, ontology: Ontology) -> None:
    when = {"event": True, "when": "2031-05-04"}
    reports = [
        article("One", ("Iraq (Country)", "attacked", COUNCIL, when)),
        article("Two", ("Golden Division (MilitaryUnit, Iraq)", "attacked", COUNCIL, when)),
    ]
    (event,) = merged(reports, ontology).events
    assert len(event.agents) == 2


def test_planned_and_denied_stay_labelled(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    stances = {(e.polarity, e.certainty, e.plain) for e in graph.edges if e.relation == "attacked"}
    assert ("affirmed", "planned", False) in stances
    assert ("denied", "actual", False) in stances
    said = [e for e in graph.edges if e.source is not None]
    assert [e.source.name for e in said if e.source] == ["Pol Harn"]
    assert not any(e.plain for e in said)


def test_wire_copies_are_one_source(article: Article, ontology: Ontology) -> None:
    places = ("port", "road", "army", "town", "night", "river", "gate", "crowd")
    words = random.Random(3).choices(places, k=200)
    fact = (COUNCIL, "commanded", "Falcon Brigade (MilitaryUnit)")
    copy = article("Wire report", fact, extra=" ".join(words))
    again = article("Wire report", fact, extra=" ".join([*words, "(agency)"]))
    other = article("Own report", fact, extra=" ".join(reversed(words)))
    graph = merged([copy, again, other], ontology)
    (edge,) = graph.edges
    assert (len(edge.documents), edge.sources) == (3, 2)
    assert edge.weight == pytest.approx(1.8)
    assert edge.confidence == pytest.approx(0.99)
    assert len(set(graph.origins.values())) == 2


# Judgements


def test_same_and_different(collection: list[Extraction], ontology: Ontology) -> None:
    zolkov, solkow = member(collection[0], "Miran Zolkov"), member(collection[1], "Miran Zolkof")
    harn = member(collection[5], "Pol Harn")
    apart = merged(collection, ontology, [Judgement("different", (zolkov, solkow), "twins", "A")])
    assert entity(apart, "Miran Zolkov") != entity(apart, "Miran Zolkof")
    joined = merged(collection, ontology, [Judgement("same", (zolkov, harn), "alias", "B")])
    assert entity(joined, "Miran Zolkov") == entity(joined, "Pol Harn")
    links = why_same(joined, entity(joined, "Pol Harn"))
    assert "judged by B: alias" in {reason for link in links for reason in link.evidence}


def test_different_holds_within_one_name(article: Article, ontology: Ontology) -> None:
    reports = [
        article(title, ("Farid Zolkov (Person)", "commanded", COUNCIL))
        for title in ("One", "Two", "Three")
    ]
    first, second, third = (member(r, "Farid Zolkov") for r in reports)
    assert names(merged(reports, ontology)).count("Farid Zolkov") == 1
    graph = merged(reports, ontology, [Judgement("different", (first, second))])
    assert names(graph).count("Farid Zolkov") == 2
    judged = [Judgement("different", (first, second)), Judgement("same", (second, third))]
    graph = merged(reports, ontology, judged)
    groups = {e.members for e in graph.entities if e.name == "Farid Zolkov"}
    assert groups == {(first,), tuple(sorted((second, third)))}


def test_not_a_fact_and_wrong_type(collection: list[Extraction], ontology: Ontology) -> None:
    statement = collection[0].statements[0]
    council = member(collection[0], "Veld Council")
    graph = merged(
        collection[:1],
        ontology,
        [
            Judgement("not_a_fact", (statement.id,), "misread"),
            Judgement("wrong_type", (council, "PoliticalParty"), "it is a party"),
        ],
    )
    assert [e.relation for e in graph.edges] == ["killed"]
    assert graph.entity_index()[entity(graph, "Veld Council")].type == "PoliticalParty"
    assert len(graph.judgements) == 2


def test_events_can_be_judged(article: Article, ontology: Ontology) -> None:
    fact = ("Falcon Brigade (MilitaryUnit)", "attacked", COUNCIL, {"event": True})
    reports = [article("One", fact), article("Two", fact)]
    events = tuple(str(r.statements[0].event) for r in reports)
    assert len(merged(reports, ontology).events) == 2
    assert len(merged(reports, ontology, [Judgement("same", events)]).events) == 1


def test_judgements_may_not_contradict(collection: list[Extraction], ontology: Ontology) -> None:
    judged = [
        Judgement("same", ("m1", "m2")),
        Judgement("same", ("m2", "m3")),
        Judgement("different", ("m3", "m1")),
    ]
    with pytest.raises(ActorgraphError, match="judged the same and different"):
        merged(collection, ontology, judged)
    with pytest.raises(ActorgraphError, match="no class of the ontology"):
        merged(collection, ontology, [Judgement("wrong_type", ("m1", "Wizard"))])
    with pytest.raises(ActorgraphError, match="too few items"):
        Judgement("same", ("m1",))


def test_judgements_on_what_is_not_there_do_nothing(
    collection: list[Extraction], ontology: Ontology
) -> None:
    graph = merged(collection, ontology)
    judged = merged(collection, ontology, [Judgement("same", ("m0", "m1"), "gone")])
    assert replace(judged, judgements=()) == graph


# A pure function of the set


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_order_and_repetition_do_not_matter(
    data: st.DataObject, collection: list[Extraction], ontology: Ontology
) -> None:
    subset = data.draw(st.lists(st.sampled_from(range(len(collection))), unique=True))
    order = data.draw(st.permutations(subset + data.draw(st.permutations(subset))))
    once = merged([collection[i] for i in sorted(subset)], ontology)
    again = merged((shuffled(collection[i], data) for i in order), ontology)
    assert json.dumps(graph_record(once)) == json.dumps(graph_record(again))


def shuffled(extraction: Extraction, data: st.DataObject) -> Extraction:
    """The same reading, told in another order."""
    return replace(
        extraction,
        entities=tuple(data.draw(st.permutations(extraction.entities))),
        statements=tuple(data.draw(st.permutations(extraction.statements))),
    )


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_document_read_by_several_extractors(
    data: st.DataObject, collection: list[Extraction], ontology: Ontology
) -> None:
    parts = [
        replace(e, statements=part)
        for e in collection
        for part in (e.statements[:1], e.statements[1:])
    ]
    order = data.draw(st.permutations(parts))
    assert merged(order, ontology) == merged(collection, ontology)


def test_without_a_document(collection: list[Extraction], ontology: Ontology) -> None:
    whole = merged(collection, ontology)
    for i, left_out in enumerate(collection):
        graph = merged([*collection[:i], *collection[i + 1 :]], ontology)
        id_ = left_out.document.id
        assert id_ not in json.dumps(graph_record(graph))
        untouched = {e for e in whole.edges if id_ not in e.documents and e.event is None}
        kept = {(e.relation, e.evidence) for e in graph.edges}
        assert {(e.relation, e.evidence) for e in untouched} <= kept


def test_unrelated_documents_change_no_id(
    collection: list[Extraction], article: Article, ontology: Ontology
) -> None:
    before = merged(collection, ontology)
    other = article("Other", ("Ruta Kesk (Person)", "leads", "Tern Guild (Organization)"))
    after = merged([*collection, other], ontology)
    found = difference(before, after)
    assert not found.entities.lost
    assert not found.entities.changed
    assert not found.events
    assert not found.edges.lost
    assert [e.name for e in found.entities.gained if e.name == "Tern Guild"]


def test_record_holds_everything(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    record = json.loads(json.dumps(graph_record(graph)))
    assert recorded_graph(record) == graph
    with pytest.raises(ActorgraphError, match="not the record of a graph"):
        recorded_graph({"entities": []})


def test_statements_meant_otherwise_are_restated(
    collection: list[Extraction], ontology: Ontology
) -> None:
    first = collection[0]
    statement = first.statements[0]
    planned = replace(statement, stance=replace(statement.stance, certainty="planned"), plain=False)
    other = replace(first, statements=(planned, *first.statements[1:]))
    (found,) = difference(merged([first], ontology), merged([other], ontology)).restated
    assert found[0] == statement.id
    assert (found[1].certainty, found[2].certainty) == ("actual", "planned")


def test_a_statement_about_nobody_is_an_error(
    collection: list[Extraction], ontology: Ontology
) -> None:
    with pytest.raises(ActorgraphError, match="does not list"):
        merged([replace(collection[0], entities=())], ontology)


def test_networkx(collection: list[Extraction], ontology: Ontology) -> None:
    graph = merged(collection, ontology)
    view = network(graph)
    assert sum(1 for _, kind in view.nodes(data="kind") if kind == "entity") == len(graph.entities)
    assert sum(1 for _, kind in view.nodes(data="kind") if kind == "event") == len(graph.events)
    drawn = {key for _, _, key in view.edges(keys=True)}
    assert {edge.id for edge in graph.edges if edge.binary} <= drawn


def test_nothing(ontology: Ontology) -> None:
    graph = merged([], ontology)
    assert not (graph.entities or graph.events or graph.edges or graph.documents)


def test_a_death_and_a_killing_are_one_event(article: Article, ontology: Ontology) -> None:
    reports = [
        article(
            "One",
            ("Dara Vint (Person)", "died_in", "a rocket strike (Event)", {"event": True}),
        ),
        article("Two", (COUNCIL, "killed", "Dara Vint (Person)", {"event": True})),
    ]
    graph = merged(reports, ontology)
    (event,) = graph.events
    assert event.agents == (entity(graph, "Veld Council"),)
    assert event.patients == (entity(graph, "Dara Vint"),)
