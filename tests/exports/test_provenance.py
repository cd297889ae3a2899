"""Judgements in the export: who decided what, why, when, and what it changed."""

from __future__ import annotations

from actorgraph.exports.provenance import JUDGEMENTS
from actorgraph.exports.rdf import quads
from actorgraph.exports.term import PREFIXES
from actorgraph.graph.entity import Entity
from actorgraph.graph.graph import Graph
from actorgraph.graph.judgement import Judgement
from actorgraph.ontologies.turtle import loaded_ontology
from pyoxigraph import Literal, NamedNode


def short(term: object) -> str:
    value = term.value if isinstance(term, NamedNode | Literal) else str(term)
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and "/" not in value.removeprefix(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value


def test_judgements_are_activities_in_a_graph_of_their_own() -> None:
    node = Entity("e1", "Ali Reza", "Person", ("Ali Reza",), (), ("m1", "m2"), ("Person",))
    judgements = (
        Judgement("same", ("m1", "m2"), "one man", "AB", "2031-01-02T03:04:05Z"),
        Judgement("wrong_type", ("m1", "Person")),
    )
    graph = Graph((node,), (), (), (), judgements=judgements)
    found = [q for q in quads(graph, loaded_ontology()) if q.graph_name == JUDGEMENTS]
    told: dict[str, set[tuple[str, str]]] = {}
    for quad in found:
        told.setdefault(short(quad.subject), set()).add((short(quad.predicate), short(quad.object)))
    activities = {s: pairs for s, pairs in told.items() if ("rdf:type", "prov:Activity") in pairs}
    (same,) = (pairs for pairs in activities.values() if ("ag:decision", "same") in pairs)
    (agent,) = (object_ for property_, object_ in same if property_ == "prov:wasAssociatedWith")
    assert same >= {
        ("ag:item", "id:m1"),
        ("ag:item", "id:m2"),
        ("rdfs:comment", "one man"),
        ("prov:endedAtTime", "2031-01-02T03:04:05Z"),
    }
    assert ("rdfs:label", "AB") in told[agent]
    (wrong,) = (pairs for pairs in activities.values() if ("ag:decision", "wrong_type") in pairs)
    assert {p for p in wrong if p[0] in ("ag:item", "ag:class")} == {
        ("ag:item", "id:m1"),
        ("ag:class", ":Person"),
    }
    influences = {o for p, o in told["id:e1"] if p == "prov:wasInfluencedBy"}
    assert influences == set(activities)


def test_no_judgement_no_graph() -> None:
    assert not list(quads(Graph((), (), (), ()), loaded_ontology()))
