"""RDF: facts are plain, everything else is claimed, and a document goes with its graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from actorgraph.exports.link import LINKS
from actorgraph.exports.rdf import FIGURES, dataset, quads
from actorgraph.exports.term import PREFIXES, minted, moment, name, resource
from actorgraph.graph.graph import Graph
from actorgraph.ontologies.ontology import NAMESPACE, Ontology

Cells = tuple[str, ...]


def cells(quads_: Iterator[ox.Quad]) -> set[Cells]:
    return {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in quads_}


def facts(quads_: Iterator[ox.Quad], ontology: Ontology) -> set[Cells]:
    """Triples whose predicate is one of the ontology's relations, with their graph."""
    return {
        tuple(term.rpartition("/")[2].strip("<>") for term in row)
        for row in cells(quads_)
        if row[1].strip("<>").removeprefix(NAMESPACE) in ontology.relations
    }


def parsed(file: Path, format_: ox.RdfFormat) -> Iterator[ox.Quad]:
    return ox.parse(path=file, format=format_)


def test_turtle_holds_the_plain_facts_and_no_claim(directory: Path, ontology: Ontology) -> None:
    found = facts(parsed(directory / "graph.ttl", ox.RdfFormat.TURTLE), ontology)
    assert {row[:3] for row in found} == {
        ("e3", "ontology#killed_in_strike", "e1"),
        ("e3", "ontology#killed_in_strike", "e5"),
        ("e1", "ontology#commanded", "e2"),
        ("e1", "ontology#holds_rank", "l5decd9700e2c926a"),
    }
    text = (directory / "graph.ttl").read_text(encoding="utf-8")
    assert "ag:Claim" not in text and "denied" not in text and "planned" not in text


def test_turtle_has_labels_types_and_alignments(directory: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=directory / "graph.ttl")
    iran = minted("e3")
    wikidata = ox.NamedNode(PREFIXES["wd"] + "Q794")
    assert ox.Quad(iran, name("rdf:type"), name(":Country")) in store
    assert ox.Quad(iran, name("rdfs:label"), ox.Literal("Iran")) in store
    assert ox.Quad(iran, name("owl:sameAs"), wikidata) in store
    assert ox.Quad(iran, name("owl:sameAs"), name(":iran")) in store
    assert ox.Quad(name(":killed"), name("skos:closeMatch"), name("wd:P157")) in store
    parent = ox.Quad(name(":killed_in_strike"), name("rdfs:subPropertyOf"), name(":killed"))
    assert parent in store


def test_turtle_tells_a_killing_whose_doer_nobody_names(directory: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=directory / "graph.ttl")
    event = minted("v2")
    assert ox.Quad(event, name("ag:patient"), minted("e5")) in store
    assert not list(store.quads_for_pattern(event, name("ag:agent"), None))


def test_trig_states_as_facts_only_what_the_document_states(
    directory: Path, ontology: Ontology
) -> None:
    found = facts(parsed(directory / "graph.trig", ox.RdfFormat.TRIG), ontology)
    assert found == {
        ("e3", "ontology#killed_in_strike", "e1", "d1"),
        ("e3", "ontology#killed_in_strike", "e1", "d2"),
        ("e3", "ontology#killed_in_strike", "e5", "d2"),
        ("e1", "ontology#commanded", "e2", "d1"),
        ("e1", "ontology#holds_rank", "l5decd9700e2c926a", "d1"),
    }


def test_a_denied_event_is_no_happening(directory: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=directory / "graph.trig")
    event = minted("v3")
    assert list(store.quads_for_pattern(event, name("rdf:type"), name("ag:Event")))
    assert not list(store.quads_for_pattern(event, name("rdf:type"), name("sem:Event")))
    for role in ("ag:agent", "ag:patient", "sem:hasActor"):
        assert not list(store.quads_for_pattern(event, name(role), None))


def without(graph: Graph, document: str) -> Graph:
    """The graph as it would be had the document never been read."""

    def kept(documents: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(d for d in documents if d != document)

    entities = (
        replace(e, mentions=tuple(m for m in e.mentions if m.document != document))
        for e in graph.entities
    )
    edges = (
        replace(
            edge,
            evidence=tuple(e for e in edge.evidence if e.document != document),
            details=tuple(replace(d, documents=kept(d.documents)) for d in edge.details),
        )
        for edge in graph.edges
    )
    events = (
        replace(
            event,
            evidence=tuple(e for e in event.evidence if e.document != document),
            participants=tuple(
                replace(p, documents=kept(p.documents))
                for p in event.participants
                if kept(p.documents)
            ),
        )
        for event in graph.events
    )
    return Graph(
        tuple(e for e in entities if e.mentions),
        tuple(e for e in events if e.evidence),
        tuple(e for e in edges if e.evidence),
        tuple(d for d in graph.documents if d.id != document),
    )


@pytest.mark.parametrize("document", ["d1", "d2", "d3"])
def test_dropping_a_graph_takes_back_the_document(
    document: str, graph: Graph, ontology: Ontology
) -> None:
    def told(graph: Graph) -> set[Cells]:
        homes = (str(ox.DefaultGraph()), str(FIGURES), str(LINKS))
        return {row for row in cells(quads(graph, ontology)) if row[3] not in homes}

    dropped = {row for row in told(graph) if row[3] != str(minted(document))}
    assert dropped == told(without(graph, document))
    assert dropped != told(graph)


def test_rdflib_and_oxigraph_read_the_same(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    view = rdflib.Dataset()
    view.parse(directory / "graph.trig", format="trig")
    read = {(str(s), str(p), str(o)) for s, p, o, _ in view.quads()}
    expected = parsed(directory / "graph.trig", ox.RdfFormat.TRIG)
    assert read == {tuple(term.value for term in tuple(q)[:3]) for q in expected}
    facts_ = rdflib.Graph().parse(directory / "graph.ttl")
    assert len(facts_) == len(set(parsed(directory / "graph.ttl", ox.RdfFormat.TURTLE)))


@pytest.mark.parametrize("store", ["default", "Oxigraph"])
def test_dataset_holds_every_quad(store: str, graph: Graph, ontology: Ontology) -> None:
    if store == "Oxigraph":
        pytest.importorskip("oxrdflib")
    view = dataset(graph, ontology, store)
    assert len(list(view.quads())) == len(set(quads(graph, ontology)))
    prefix = f"PREFIX ag: <{PREFIXES['ag']}>"
    found = view.query(f"{prefix} SELECT DISTINCT ?c WHERE {{ ?c a ag:Claim }}")
    assert len(found) == len(graph.edges)


def test_no_triple_terms(directory: Path) -> None:
    for file, format_ in (
        ("graph.ttl", ox.RdfFormat.TURTLE),
        ("graph.trig", ox.RdfFormat.TRIG),
    ):
        terms = {type(term) for q in parsed(directory / file, format_) for term in q}
        assert terms <= {ox.NamedNode, ox.Literal, ox.DefaultGraph}


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2020", "gYear"),
        ("2020-02", "gYearMonth"),
        ("2020-02-29", "date"),
        ("2021-02-29", "string"),
        ("2020-13", "string"),
        ("2020-01-03T04:05:06Z", "dateTime"),
        ("2020-01-03/2020-01-05", "string"),
        ("on Friday", "string"),
        ("0000", "string"),
        ("٢٠٢٠", "string"),
    ],
)
def test_dates_keep_their_granularity(value: str, datatype: str) -> None:
    literal = moment(value)
    assert literal.value == value
    assert literal.datatype.value.endswith(f"#{datatype}")


def test_only_an_iri_becomes_one() -> None:
    assert isinstance(resource("https://example.org/a?b=c#d"), ox.NamedNode)
    for text in ("not a url", "https://example.org/a b", "x:y", "", "http://<script>"):
        assert isinstance(resource(text), ox.Literal)
