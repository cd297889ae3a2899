"""Links in the export: plain only if sure, always with who says so and how surely."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from actorgraph.exports.link import LINKS
from actorgraph.exports.term import PREFIXES, minted, name

THINGS = "https://things.example/id/"
SERVICE = ox.NamedNode("https://service.example/reconcile")


@pytest.fixture
def facts(directory: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=directory / "graph.ttl")
    return store


@pytest.fixture
def quads(directory: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=directory / "graph.trig")
    return store


def plain(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def targets(store: ox.Store, property_: str) -> set[tuple[str, str]]:
    found = store.quads_for_pattern(None, name(property_), None)
    return {(plain(quad.subject), plain(quad.object)) for quad in found}


def test_the_plain_facts_hold_what_is_asserted_only(facts: ox.Store) -> None:
    assert (minted("e3").value, PREFIXES["wd"] + "Q794") in targets(facts, "owl:sameAs")
    exact = targets(facts, "skos:exactMatch")
    assert (minted("e1").value, THINGS + "7") in exact
    assert (minted("e4").value, "https://sws.geonames.org/42/") in exact
    assert not any(iri == THINGS + "7" for _, iri in targets(facts, "owl:sameAs"))
    everything = {quad.object.value for quad in facts if isinstance(quad.object, ox.NamedNode)}
    assert not {THINGS + "8", THINGS + "9"} & everything


def test_countries_have_their_code(facts: ox.Store, directory: Path) -> None:
    assert ox.Quad(minted("e3"), name("ag:iso"), ox.Literal("IR")) in facts
    assert ",IR," in (directory / "nodes.csv").read_text(encoding="utf-8")


def test_points_are_wgs84_numbers(facts: ox.Store) -> None:
    (latitude,) = facts.quads_for_pattern(minted("e4"), name("geo:lat"), None)
    (longitude,) = facts.quads_for_pattern(minted("e4"), name("geo:long"), None)
    assert (latitude.object, longitude.object) == (ox.Literal(-36.25), ox.Literal(43.125))


def test_a_link_is_a_node_with_provenance(quads: ox.Store) -> None:
    subjects = {
        plain(quad.object): quad.subject
        for quad in quads.quads_for_pattern(None, name("rdf:object"), None, LINKS)
    }
    node = subjects[THINGS + "7"]
    told = {q.predicate.value: q.object for q in quads.quads_for_pattern(node, None, None, LINKS)}
    assert told[name("rdf:type").value] == name("ag:Link")
    assert told[name("rdf:subject").value] == minted("e1")
    assert told[name("rdf:predicate").value] == name("skos:exactMatch")
    assert told[name("ag:confidence").value] == ox.Literal(0.97)
    assert told[name("ag:score").value] == ox.Literal(97.0)
    assert told[name("prov:wasDerivedFrom").value] == SERVICE
    made = told[name("prov:generatedAtTime").value]
    assert made == ox.Literal("2031-01-02T03:04:05Z", datatype=name("xsd:dateTime"))
    agent = told[name("prov:wasAttributedTo").value]
    assert isinstance(agent, ox.NamedNode)
    assert ox.Quad(agent, name("rdfs:label"), ox.Literal("AB"), LINKS) in quads
    close = subjects[THINGS + "9"]
    predicate = ox.Quad(close, name("rdf:predicate"), name("skos:closeMatch"), LINKS)
    assert predicate in quads


def test_a_candidate_is_listed_and_said_of_nothing(quads: ox.Store) -> None:
    thing = ox.NamedNode(THINGS + "8")
    assert [q.predicate for q in quads.quads_for_pattern(None, None, thing, None)] == [
        name("rdf:object")
    ]
    (node,) = (q.subject for q in quads.quads_for_pattern(None, None, thing, None))
    assert not list(quads.quads_for_pattern(node, name("rdf:predicate"), None, None))


def test_close_matches_are_plain_in_their_graph_alone(quads: ox.Store) -> None:
    close = quads.quads_for_pattern(minted("e2"), name("skos:closeMatch"), None, None)
    assert [q.graph_name for q in close] == [LINKS]


def test_rows_have_links_and_points_of_actors_and_events(directory: Path) -> None:
    with (directory / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["id:ID(node)"]: row for row in csv.DictReader(stream)}
    first, second = json.loads(rows["e1"]["links"])
    assert (first["iri"], first["bond"], first["confidence"]) == (THINGS + "7", "exact", 0.97)
    assert (first["source"], first["score"], first["author"]) == (SERVICE.value, 97.0, "AB")
    assert second["bond"] == "candidate"
    point = ("-36.25", "43.125")
    assert (rows["e4"]["latitude:double"], rows["e4"]["longitude:double"]) == point
    assert (rows["v1"]["latitude:double"], rows["v1"]["longitude:double"]) == point
    assert (rows["v2"]["latitude:double"], rows["e5"]["links"]) == ("", "")
