"""Every format, read back by a strict reader of its own, says what the graph says."""

from __future__ import annotations

from pathlib import Path

import pytest
from actorgraph.exports.exporter import exported
from actorgraph.extract.text.document import Document
from actorgraph.graph.edge import Edge
from actorgraph.graph.entity import Entity, EntityMention
from actorgraph.graph.event import Event, Participant
from actorgraph.graph.evidence import Attribution, EdgeEvidence
from actorgraph.graph.graph import Graph
from actorgraph.graph.match import BONDS, Match
from actorgraph.ontologies.ontology import Ontology
from hypothesis import given, settings
from hypothesis import strategies as st

from .content import Content, said
from .readers import READERS


@pytest.mark.parametrize("reader", READERS)
def test_format_says_what_the_graph_says(reader: str, directory: Path, graph: Graph) -> None:
    assert_same(READERS[reader](directory), said(graph))


def assert_same(found: Content, expected: Content) -> None:
    assert found.entities == expected.entities
    assert found.events == expected.events
    assert found.edges == expected.edges
    assert found.evidence == expected.evidence
    assert found.facts == expected.facts
    assert found.links == expected.links
    assert found.points == expected.points


def counts(graph: Graph) -> tuple[int, ...]:
    evidence = sum(len(edge.evidence) for edge in graph.edges)
    return len(graph.entities), len(graph.events), len(graph.edges), evidence


@pytest.mark.parametrize("reader", READERS)
def test_counts(reader: str, directory: Path, graph: Graph) -> None:
    found = READERS[reader](directory)
    evidence = sum(len(pieces) for pieces in found.evidence.values())
    assert (len(found.entities), len(found.events), len(found.edges), evidence) == counts(graph)
    assert counts(graph) == (6, 3, 10, 11)


# No blanks at the ends: names never have them, and formats may differ in what they strip.
_TEXTS = st.text(max_size=40).map(lambda text: f"x{text}x")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Small graphs with any text in every place, any stance, open ends and shared events."""
    names = draw(st.lists(_TEXTS, min_size=1, max_size=3))
    documents = tuple(
        Document(text, text, text, published=text, id=f"d{number}")
        for number, text in enumerate(draw(st.lists(_TEXTS, min_size=1, max_size=2)))
    )
    entities = tuple(
        Entity(
            f"e{number}",
            name,
            draw(st.sampled_from(["Person", "Country"])),
            (name,),
            tuple(EntityMention(d.id, 0, 1) for d in documents),
            (f"m{number}",),
            ("Person",),
            same_as=(name,),
        )
        for number, name in enumerate(names)
    )
    ids = st.sampled_from([entity.id for entity in entities])
    events = (
        Event(
            "v1",
            "killed",
            draw(_TEXTS),
            (Participant("patient", draw(ids), False, ("d0",)),),
            (),
            (EdgeEvidence("d0", 0, 1, (0, 1), "s", "", "", "", 0.5),),
            ("v",),
            "affirmed",
            "actual",
            False,
            1,
            0.5,
        ),
    )
    edges = tuple(draw(_edges(ids, f"r{number}")) for number in range(draw(st.integers(0, 4))))
    matches = tuple(
        Match(
            entity.id,
            f"https://things.example/{number}",
            draw(st.sampled_from(BONDS)),
            draw(st.floats(0, 1).map(lambda n: round(n, 4))),
            "https://service.example/",
            draw(_TEXTS),
            draw(_TEXTS),
            draw(st.none() | st.floats(0, 200)),
            (draw(st.floats(-90, 90).map(lambda n: round(n, 5))), 1.5),
        )
        for number, entity in enumerate(entities)
    )
    return Graph(entities, events, edges, documents, matches=matches)


@st.composite
def _edges(draw: st.DrawFn, ids: st.SearchStrategy[str], id_: str) -> Edge:
    quote = draw(st.text(max_size=30))
    value = draw(st.none() | _TEXTS)
    at = 100 * int(id_[1:])  # one span has one quote
    span, rule = (at, at + len(quote)), draw(_TEXTS)
    evidence = EdgeEvidence("d0", *span, span, f"s{id_}", quote, rule, "rules", 1)
    return Edge(
        id_,
        draw(st.none() | ids),
        draw(st.none() | st.just("killed")),
        draw(st.none() | ids) if value is None else None,
        draw(_TEXTS),
        False,
        draw(st.sampled_from(["affirmed", "denied"])),
        draw(st.sampled_from(["actual", "planned"])),
        (evidence,),
        1,
        draw(st.floats(0.01, 5)),
        draw(st.floats(0, 1)),
        value=value,
        value_type=draw(st.sampled_from(["Rank", "Amount"])) if value is not None else None,
        source=draw(st.none() | st.builds(Attribution, _TEXTS)),
        event=draw(st.none() | st.just("v1")),
        start=draw(st.none() | st.dates().map(str) | _TEXTS),
    )


# graphology starts a process a file and rdflib is slow: the fixture's strings must do for them.
@settings(max_examples=25, deadline=None)
@given(graph=graphs())
def test_any_text_survives(
    graph: Graph, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    exported(graph, folder, ontology)
    expected = said(graph)
    for name, reader in READERS.items():
        if name not in ("graphml-graphology", "gexf-graphology", "trig-rdflib"):
            assert_same(reader(folder), expected)
