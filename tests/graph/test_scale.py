"""Merging bucket by bucket, on the disk, by several processes: the same graph as all at once."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from actorgraph.exports.exporter import exported
from actorgraph.exports.rdf import quads
from actorgraph.extract.statement import Extraction, Source, Stance, Statement, Value
from actorgraph.graph import excerpt
from actorgraph.graph.bench import Itself
from actorgraph.graph.codec import codec, resolved
from actorgraph.graph.component import components
from actorgraph.graph.decision import decisions
from actorgraph.graph.edge import Edge
from actorgraph.graph.entity import EntityMention
from actorgraph.graph.event import Event
from actorgraph.graph.gazetteer import Gazetteer
from actorgraph.graph.graph import Graph
from actorgraph.graph.happening import happenings
from actorgraph.graph.identity import identities
from actorgraph.graph.inspection import findings
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.linking import linked
from actorgraph.graph.member import members
from actorgraph.graph.merge import Means, merged
from actorgraph.graph.naming import entities
from actorgraph.graph.occasion import event_id, events
from actorgraph.graph.origin import origins
from actorgraph.graph.posting import posts
from actorgraph.graph.record import graph_json, graph_record, recorded_graph
from actorgraph.graph.report import reports
from actorgraph.graph.shelf import Shelf, sifted
from actorgraph.graph.shuffle import bucket, dropped, part, records
from actorgraph.graph.step import distinct
from actorgraph.graph.table import Table
from actorgraph.graph.tie import edges
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology
from hypothesis import given, settings
from hypothesis import strategies as st

Article = Callable[..., Extraction]

RELATIONS = ("commanded", "attacked", "met_with", "killed", "arrested", "accused", "died_in")
ACTORS = (
    "Miran Zolkov (Person)",
    "Miran Zolkof (Person)",
    "Zolkov (Person)",
    "Petra Zolkov (Person, Estvia)",
    "Ahmed Ali (Person)",
    "two policemen (PopulationGroup)",
    "Veld Council (ArmedGroup)",
    "Velde Council (ArmedGroup)",
    "Falcon Brigade (MilitaryUnit)",
    "Defence Ministry (GovernmentBody)",
    "Iran (Country)",
    "Ostrel (City)",
)
"""Some are one, some may be, and some are unnamed."""


def reports_at_random(article: Article, number: int, chance: random.Random) -> list[Extraction]:
    """Reports on few actors in few days, some of them copies of others."""
    found: list[Extraction] = []
    for title in range(number):
        facts: list[tuple[Any, ...]] = []
        for _ in range(chance.randint(1, 4)):
            subject, object_ = chance.sample(ACTORS, 2)
            relation = chance.choice(RELATIONS)
            more: dict[str, Any] = {"event": relation not in ("commanded", "accused")}
            if chance.random() < 0.5:
                more["when"] = f"2031-05-0{chance.randint(1, 3)}"
            if chance.random() < 0.2:
                more["where"] = "Ostrel (City)"
            if chance.random() < 0.2:
                more["source"] = chance.choice(ACTORS[:5])
            if chance.random() < 0.2:
                more["polarity"] = "denied"
            facts.append((None if chance.random() < 0.2 else subject, relation, object_, more))
        published = f"2031-05-{chance.randint(4, 9):02}" if chance.random() < 0.7 else None
        extra = chance.choice(("", "A report of the agency. " * 30 + str(title)))
        found.append(article(f"Report {title}", *facts, published=published, extra=extra))
    return found


def merged_at_once(
    extractions: Iterable[Extraction], ontology: Ontology, judgements: Iterable[Judgement] = ()
) -> Graph:
    """What merging means: every step over everything."""
    decided = decisions(judgements, ontology)
    read = distinct(extractions)
    documents = sorted({e.document.id: e.document for e in read}.values(), key=lambda d: d.id)
    said = {s.id: s for e in read for s in e.statements if s.id not in decided.rejected}
    gazetteer = Gazetteer(ontology)
    known = members(read, gazetteer, decided.types)
    groups, links = identities(known, decided, gazetteer.lexicon)
    found = entities(groups, gazetteer)
    home = {member: entity.id for entity in found for member in entity.members}
    table = Table({entity.id: entity for entity in found}, home, gazetteer)
    told = reports(said.values(), table, {d.id: d.published for d in documents})
    together, event_links = happenings(told, decided, table)
    event_of = {s.id: event_id(g) for g in together for r in g for s in told[r].statements}
    copies = origins(documents)
    graph = Graph(
        entities=tuple(found),
        events=tuple(events(together, told, table, copies)),
        edges=tuple(edges(said.values(), table, event_of, copies)),
        documents=tuple(documents),
        links=tuple(sorted({*links, *event_links})),
        judgements=decided.all,
        origins=copies,
        ontology=ontology.hash,
    )
    graph = replace(graph, posts=posts(graph, ontology))
    return linked(replace(graph, findings=findings(graph, gazetteer, decided)), gazetteer)


def text(graph: Graph) -> str:
    return json.dumps(graph_record(graph))


def judged(read: Sequence[Extraction], chance: random.Random) -> list[Judgement]:
    """One judgement of each kind, on what is there."""
    known = sorted({entity.id for e in read for entity in e.entities})
    told = [s for e in read for s in e.statements]
    happened = sorted({s.event for s in told if s.event})
    found = [
        Judgement("not_a_fact", (chance.choice(told).id,)),
        Judgement("wrong_type", (chance.choice(known), "Organization")),
    ]
    if len(known) > 1:
        found.append(Judgement("same", tuple(chance.sample(known, 2))))
    if len(happened) > 1:
        found.append(Judgement("same", tuple(chance.sample(happened, 2)), "one blast", "A"))
    return found


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(1, 14),
    memory=st.sampled_from([0, 5, 40, 10**6]),
    width=st.sampled_from([1, 3, 10, 10**6]),
)
def test_any_order_and_any_means_give_what_merging_means(
    seed: int, number: int, memory: int, width: int, article: Article, ontology: Ontology
) -> None:
    chance = random.Random(seed)
    read = reports_at_random(article, number, chance)
    judgements = judged(read, chance) if chance.random() < 0.5 else []
    expected = text(merged_at_once(read, ontology, judgements))
    chance.shuffle(read)
    read += chance.sample(read, chance.randint(0, len(read)))
    graph = merged(iter(read), ontology, judgements, means=Means(memory=memory, bucket=width))
    assert text(graph) == expected
    assert recorded_graph(json.loads(text(graph))) == graph


def told_of_posts(article: Article) -> list[Extraction]:
    """Reports with commands held, begun and over, ranks, a death, places and known countries."""
    found = []
    for number in range(24):
        person, unit = f"Tarek Zaran{'ov' * (number % 3)}", f"{3 + number % 4} Brigade"
        facts: list[tuple[Any, ...]] = [
            (f"{person} (Person)", "commanded", f"{unit} (MilitaryUnit)",
             {"when": f"2031-0{1 + number % 6}-10"}),
            (f"{person} (Person)", "has_rank", "= Colonel (Rank)"),
            (f"{unit} (MilitaryUnit)", "attacked", "Aleppo (City)", {"event": True}),
            (None, "killed", f"{person} (Person)", {"event": True, "when": "2031-03-02"}),
            ("Syria (Country)", "backed", "Hasakah (City)"),
        ]  # fmt: skip
        found.append(article(f"Post {number}", *facts, published=f"2031-05-{4 + number % 20:02}"))
    return found


@pytest.mark.parametrize("folder_of", ["memory", "disk"])
def test_posts_warnings_and_matches_are_what_a_graph_in_memory_gives(
    folder_of: str, article: Article, ontology: Ontology, tmp_path: Path
) -> None:
    read = told_of_posts(article)
    (first, *_) = (e for e in read[0].entities if e.name == "Hasakah")
    judgements = [Judgement("same_as", (first.id, "https://example.org/thing/7"), author="A")]
    expected = merged(read, ontology, judgements)
    assert expected.posts and expected.findings and expected.matches
    assert any(entity.same_as for entity in expected.entities)
    memory = {"memory": 10**6, "disk": 10}[folder_of]
    means = Means(memory=memory, bucket=10, folder=tmp_path)
    graph = merged(reversed(read), ontology, judgements, means=means)
    on_disk = folder_of == "disk"
    assert [isinstance(part, Shelf) for part in (graph.posts, graph.findings)] == [on_disk] * 2
    assert text(graph) == text(expected)
    assert (graph.posts, graph.findings) == (expected.posts, expected.findings)
    assert graph.matches == expected.matches
    for number, one in enumerate((expected, graph)):
        exported(one, tmp_path / str(number), ontology)
    for path in (tmp_path / "0").iterdir():
        assert path.read_bytes() == (tmp_path / "1" / path.name).read_bytes(), path.name
    for one in (expected, graph):
        told = [str(quad) for quad in quads(one, ontology)]
        assert len(told) == len(set(told))


def canonical_hash(graph: Graph, ontology: Ontology) -> str:
    """The RDFC-1.0 hash of all that the graph says."""
    from pyoxigraph import CanonicalizationAlgorithm, Dataset

    found = Dataset(quads(graph, ontology))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = "".join(sorted(f"{quad} .\n" for quad in found))
    return hashlib.sha256(lines.encode()).hexdigest()


def test_the_canonical_rdf_does_not_depend_on_order_or_means(
    article: Article, ontology: Ontology
) -> None:
    read = reports_at_random(article, 30, random.Random(3))
    expected = canonical_hash(merged(read, ontology), ontology)
    for seed in range(3):
        random.Random(seed).shuffle(read)
        graph = merged(read, ontology, means=Means(memory=20, bucket=8))
        assert canonical_hash(graph, ontology) == expected
    assert canonical_hash(merged(read[1:], ontology), ontology) != expected


def test_several_processes_give_the_same(
    article: Article, ontology: Ontology, tmp_path: Path
) -> None:
    read = reports_at_random(article, 40, random.Random(5))
    means = Means(memory=10, bucket=10, processes=2, folder=tmp_path)
    graph = merged(read, ontology, means=means)
    assert isinstance(graph.edges, Shelf)
    assert text(graph) == text(merged(read, ontology))
    assert len(list(tmp_path.iterdir())) == 1
    del graph
    assert not list(tmp_path.iterdir())  # its files go with it


def test_an_error_in_a_helper_is_told_and_leaves_nothing(
    article: Article, ontology: Ontology, tmp_path: Path
) -> None:
    read = reports_at_random(article, 20, random.Random(5))
    read[7] = replace(read[7], entities=())
    for processes in (1, 2):
        means = Means(memory=10, bucket=10, processes=processes, folder=tmp_path)
        with pytest.raises(ActorgraphError, match="does not list"):
            merged(read, ontology, means=means)
        assert not list(tmp_path.iterdir())


def test_a_helper_that_is_killed_is_told(
    article: Article, ontology: Ontology, tmp_path: Path
) -> None:
    read = reports_at_random(article, 20, random.Random(5))

    def kill() -> None:
        while not list(tmp_path.glob("*/told-*")):  # one of them is at work
            time.sleep(0.001)
        multiprocessing.active_children()[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(ActorgraphError, match="was killed"):
        merged(read, ontology, means=Means(memory=10, bucket=10, processes=2, folder=tmp_path))
    killer.join()
    assert not list(tmp_path.iterdir())


# The parts


def test_values_are_packed_and_unpacked(article: Article, ontology: Ontology) -> None:
    read = reports_at_random(article, 20, random.Random(1))
    graph = merged(read, ontology)
    for type_, values in (
        (Extraction, read), (Event, graph.events), (Edge, graph.edges)
    ):  # fmt: skip
        pack, unpack = codec(type_).pack, codec(type_).unpack
        assert [unpack(pack(value)) for value in values] == list(values)


def test_a_statement_is_told_of_merged_entities(article: Article) -> None:
    (statement, *_) = article(
        "T", ("Miran Zolkov (Person)", "commanded", "Ostrel (City)")
    ).statements
    assert statement.subject
    quoting = Source("A", 1, 2, "A", "m1")
    said = Source("officials", 1, 2, "officials", None, None, quoting)
    whole = replace(
        statement, stance=Stance("denied", "actual", said), object=Value("5", "five", 1, 2, "Rank")
    )
    home = Itself({statement.subject.entity: "e1", "m1": "e2"})
    found = codec(Statement).unpack(resolved(codec(Statement).pack(whole), home))
    assert found.subject == replace(statement.subject, entity="e1")
    assert found.stance.source == replace(said, via=replace(quoting, entity="e2"))
    assert (found.object, found.id) == (whole.object, whole.id)


@settings(deadline=None)
@given(
    ids=st.lists(st.text("0123456789abcdefgZ/ m", max_size=8)),
    buckets=st.sampled_from([1, 2, 7, 512]),
)
def test_greater_ids_are_never_in_smaller_buckets(ids: list[str], buckets: int) -> None:
    found = [bucket(id_, buckets, "m") for id_ in sorted([*ids, *(f"m{id_}" for id_ in ids)])]
    assert found == sorted(found)
    assert all(0 <= number < buckets for number in found)


@pytest.mark.parametrize("on_disk", [False, True])
def test_records_come_back_by_bucket(on_disk: bool, tmp_path: Path) -> None:
    paths = [tmp_path / name if on_disk else None for name in ("a", "b")]
    parts = [
        part({0: ["x", ("y", 1)], 7: [None]}, paths[0]),
        part({7: ["\ud800"], 3: []}, paths[1]),
    ]
    assert list(records(parts, [7])) == [None, "\ud800"]
    assert list(records(parts, [0, 3])) == ["x", ("y", 1)]
    dropped(parts)
    assert not list(tmp_path.iterdir())


def test_a_shelf_is_a_sequence(tmp_path: Path) -> None:
    values = [EntityMention("d", n, n + 1) for n in range(10)]
    pack = codec(EntityMention).pack
    lengths = [3, 0, 5, 2]
    held, parts = iter(values), []
    for number, length in enumerate(lengths):
        kept = [pack(next(held)) for _ in range(length)]
        parts.append((part({0: kept}, tmp_path / str(number)), 0, length))
    shelf = Shelf(EntityMention, parts)
    assert (len(shelf), list(shelf)) == (10, values)
    whole: Sequence[EntityMention] = tuple(values)
    assert shelf == whole
    assert [shelf[n] for n in (9, 0, 3, -1, -10)] == [values[n] for n in (9, 0, 3, -1, -10)]
    assert shelf[2:8:3] == tuple(values[2:8:3])
    assert shelf != whole[:-1]
    assert values[4] in shelf
    assert list(shelf.mapped(lambda m: replace(m, end=0)))[3] == replace(values[3], end=0)
    assert list(sifted(shelf, ["start"], lambda n: n > 7)) == values[8:]
    assert list(sifted(values, ["start", "end"], lambda n, m: n + m > 15)) == values[8:]
    for wrong in (10, -11):
        with pytest.raises(IndexError):
            shelf[wrong]


@settings(deadline=None)
@given(
    size=st.integers(1, 12),
    held=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 11))),
    pairs=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=3),
)
def test_components_are_what_chains_join(
    size: int, held: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    import networkx
    import numpy

    held = [(key, owner % size) for key, owner in held]
    pairs = [(left % size, right % size) for left, right in pairs]
    keys = numpy.array([key for key, _ in held], dtype=numpy.uint64)
    owners = numpy.array([owner for _, owner in held], dtype=numpy.int64)
    view = networkx.Graph(pairs)
    view.add_nodes_from(range(size))
    view.add_edges_from((f"key {key}", owner) for key, owner in held)
    expected = {
        item: min(o for o in group if isinstance(o, int))
        for group in networkx.connected_components(view)
        for item in group
        if isinstance(item, int)
    }
    assert components(size, keys, owners, pairs).tolist() == [expected[i] for i in range(size)]


# Writing a graph that is on the disk


def test_exports_of_a_graph_on_the_disk_are_the_same(
    article: Article, ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excerpt, "SIZE", 10)
    read = reports_at_random(article, 60, random.Random(7))
    judgements = judged(read, random.Random(8))
    graph = merged(read, ontology, judgements)
    on_disk = merged(read, ontology, judgements, means=Means(memory=10, bucket=10))
    assert len(list(excerpt.excerpts(on_disk))) > 4
    for number, one in enumerate((graph, on_disk)):
        exported(one, tmp_path / str(number), ontology)
    for path in (tmp_path / "0").iterdir():
        assert path.read_bytes() == (tmp_path / "1" / path.name).read_bytes(), path.name


def test_the_record_of_a_graph_is_written_in_pieces(article: Article, ontology: Ontology) -> None:
    read = reports_at_random(article, 20, random.Random(7))
    for means in (Means(), Means(memory=10, bucket=10)):
        graph = merged(read, ontology, judged(read, random.Random(1)), means=means)
        expected = json.dumps(graph_record(graph), separators=(",", ":"))
        assert "".join(graph_json(graph)) == expected
    assert json.loads("".join(graph_json(merged([], ontology))))["edges"] == []
