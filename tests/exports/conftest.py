"""A hand-built graph with everything that exports must carry, and strings that break writers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from actorgraph.exports.exporter import exported
from actorgraph.extract.text.document import Document
from actorgraph.graph.edge import Edge
from actorgraph.graph.entity import Entity, EntityMention
from actorgraph.graph.event import Event, Participant
from actorgraph.graph.evidence import Attribution, Detail, EdgeEvidence
from actorgraph.graph.finding import Finding
from actorgraph.graph.graph import Graph
from actorgraph.graph.match import Match
from actorgraph.graph.post import Post, PostClaim, PostValue
from actorgraph.ontologies.gazetteer import GEONAMES
from actorgraph.ontologies.ontology import NAMESPACE, Class, KnownName, Ontology, Relation

SKOS = "http://www.w3.org/2004/02/skos/core#"
WD = "http://www.wikidata.org/entity/"

NASTY = (
    "He said \"stop\" & </data></script> <b>'now'</b>\n\tnext line\r\nand\x00\x0b\x1f control, "
    "emoji 👩🏽‍🚀, ‏שלום עליכם‎, \\u0022 \\\\u0041 \\n ; | ]]> {{x}} $p `q` \ud800 end"
)


def _relation(id_: str, kind: str = "event", **more: object) -> Relation:
    label = id_.replace("_", " ")
    given = {"domain": ("Agent",), "range": ("Agent",), "iri": NAMESPACE + id_} | more
    return Relation(id_, label, kind, "test", **given)  # type: ignore[arg-type]


def small_ontology() -> Ontology:
    parents = {
        "Agent": (),
        "Person": ("Agent",),
        "MilitaryUnit": ("Agent",),
        "Country": ("Agent",),
        "Place": (),
        "Airport": ("Place",),
        "Rank": (),
    }
    wikidata = {"Person": "Q5", "Country": "Q6256"}
    classes = {
        id_: Class(
            id_,
            id_.lower(),
            above,
            ((SKOS + "closeMatch", WD + wikidata[id_]),) if id_ in wikidata else (),
            iri=NAMESPACE + id_,
        )
        for id_, above in parents.items()
    }
    relations = [
        _relation("killed", alignments=((SKOS + "closeMatch", WD + "P157"),)),
        _relation("killed_in_strike", parents=("killed",)),
        _relation("attacked"),
        _relation("commanded", "state", range=("MilitaryUnit",), inverse="commanded_by"),
        _relation("holds_rank", "attribute", range=("Rank",)),
    ]
    known = KnownName(
        "iran",
        "Country",
        "Iran",
        ("Iran",),
        same_as=(WD + "Q794",),
        iri=NAMESPACE + "iran",
        iso="IR",
    )
    return Ontology(classes, {r.id: r for r in relations}, {}, (known,), "test")


def _evidence(document: str, start: int, quote: str, number: int) -> EdgeEvidence:
    end = start + len(quote)
    return EdgeEvidence(
        document,
        start,
        end,
        (start + 1, start + 4),
        f"s{number:03}",
        quote,
        "frame:killed#2",
        "rules",
        0.9,
        subject=(start, start + 1),
        object=(start + 5, start + 7),
        when="2021-03-04",
    )


def _edge(
    id_: str, subject: str | None, relation: str | None, object_: str | None, **more: object
) -> Edge:
    given: dict[str, object] = {
        "phrase": (relation or "glared at").replace("_", " "),
        "plain": True,
        "polarity": "affirmed",
        "certainty": "actual",
        "evidence": (),
        "sources": 1,
        "weight": 0.9,
        "confidence": 0.9,
    }
    return Edge(id_, subject, relation, object_, **(given | more))  # type: ignore[arg-type]


def _entities() -> tuple[Entity, ...]:
    def entity(id_: str, name: str, type_: str, *places: tuple[str, int], **more: object) -> Entity:
        mentions = tuple(EntityMention(d, at, at + 5) for d, at in places)
        members = tuple(f"m{id_}{number}" for number, _ in enumerate(places))
        names = (name,) if more.get("named", True) else ()
        given = {"names": names, "types": (type_,)} | more
        return Entity(id_, name, type_, mentions=mentions, members=members, **given)  # type: ignore[arg-type]

    return (
        entity("e1", "Arda Velin", "Person", ("d1", 0), ("d2", 3), names=("Arda Velin", "Velin")),
        entity("e2", "7th Border Brigade", "MilitaryUnit", ("d1", 30)),
        entity("e3", "Iran", "Country", ("d1", 50), known="iran", same_as=(WD + "Q794",)),
        entity("e4", "Tamsir airport", "Airport", ("d1", 70), ("d2", 90)),
        entity("e5", "two policemen", "Person", ("d2", 20), named=False),
        entity("e6", NASTY, "Person", ("d3", 0), names=(NASTY, "x;y|z")),
    )


def _events() -> tuple[Event, ...]:
    def event(id_: str, type_: str, parts: tuple[Participant, ...], **more: object) -> Event:
        given: dict[str, object] = {
            "label": type_.replace("_", " "),
            "details": (),
            "evidence": (),
            "members": (f"v{id_}",),
            "polarity": "affirmed",
            "certainty": "actual",
            "plain": True,
            "sources": 1,
            "confidence": 0.9,
        }
        return Event(id_, type_, participants=parts, **(given | more))  # type: ignore[arg-type]

    return (
        event(
            "v1",
            "killed_in_strike",
            (
                Participant("agent", "e3", True, ("d1", "d2")),
                Participant("patient", "e1", True, ("d1", "d2")),
                Participant("patient", "e5", True, ("d2",)),
                Participant("where", "e4", True, ("d1",)),
            ),
            details=(WHEN, WHERE),
            evidence=(_evidence("d1", 0, "Iran killed Velin.", 1), _evidence("d2", 0, "Dead.", 2)),
            sources=2,
        ),
        event(
            "v2",
            "killed",
            (Participant("patient", "e5", True, ("d2",)),),
            evidence=(_evidence("d2", 40, "Two policemen were killed.", 3),),
        ),
        event(
            "v3",
            "attacked",
            (
                Participant("agent", "e2", False, ("d1",)),
                Participant("patient", "e4", False, ("d1",)),
            ),
            polarity="denied",
            plain=False,
            evidence=(_evidence("d1", 100, "It denied that it attacked the airport.", 5),),
        ),
    )


WHEN = Detail("when", "2021-03-04", "on Thursday", "day", documents=("d1",))
WHERE = Detail("where", "Tamsir airport", "at the airport", None, "e4", "Airport", ("d1",))
OFFICIAL = Attribution("officials", via=Attribution("Iran", "e3", "Country"))


def _edges() -> tuple[Edge, ...]:
    first = (_evidence("d1", 0, "Iran killed Velin.", 1), _evidence("d2", 0, "Dead.", 2))
    return (
        _edge(
            "r01",
            "e3",
            "killed_in_strike",
            "e1",
            evidence=first,
            sources=2,
            weight=1.8,
            event="v1",
            role="patient",
            details=(WHEN, WHERE),
            start="2021-03-04",
            end="2021-03-04",
        ),
        _edge(
            "r02",
            "e3",
            "killed_in_strike",
            "e5",
            event="v1",
            role="patient",
            evidence=(_evidence("d2", 10, "So did two policemen.", 4),),
            start="2021-03",
        ),
        _edge(
            "r03",
            None,
            "killed",
            "e5",
            event="v2",
            role="patient",
            evidence=(_evidence("d2", 40, "Two policemen were killed.", 3),),
        ),
        _edge(
            "r04",
            "e2",
            "attacked",
            "e4",
            event="v3",
            role="patient",
            plain=False,
            polarity="denied",
            source=Attribution("7th Border Brigade", "e2", "MilitaryUnit"),
            evidence=(_evidence("d1", 100, "It denied that it attacked the airport.", 5),),
        ),
        _edge(
            "r05",
            "e1",
            "commanded",
            "e2",
            start="2019",
            end="2021-02",
            evidence=(_evidence("d1", 150, "Velin commanded the brigade.", 6),),
        ),
        _edge(
            "r06",
            "e1",
            "commanded",
            "e2",
            plain=False,
            certainty="planned",
            evidence=(_evidence("d2", 60, "Velin is to command it.", 7),),
        ),
        _edge(
            "r07",
            "e1",
            "holds_rank",
            None,
            value="Brigadier General",
            value_type="Rank",
            evidence=(_evidence("d1", 180, "Brig. Gen. Velin", 8),),
        ),
        _edge(
            "r08",
            "e6",
            None,
            "e6",
            plain=False,
            phrase="glared " + NASTY,
            evidence=(_evidence("d3", 0, NASTY, 9),),
            weight=0.1,
            source=OFFICIAL,
            details=(Detail("manner", NASTY, NASTY, documents=("d3",)),),
        ),
        _edge(
            "r09",
            "e1",
            "commanded",
            None,
            plain=False,
            certainty="possible",
            value=NASTY,
            value_type="Amount",
            evidence=(_evidence("d3", 5, "He might.", 10),),
        ),
        _edge(
            "r10",
            None,
            "attacked",
            "e4",
            plain=False,
            certainty="feared",
            evidence=(_evidence("d3", 9, "They feared an attack.", 11),),
        ),
    )


def _matches() -> tuple[Match, ...]:
    service, things = "https://service.example/reconcile", "https://things.example/id/"
    asked = ("AB", "2031-01-02T03:04:05Z")
    return (
        Match("e1", things + "7", "exact", 0.97, service, NASTY, NASTY, 97.0, None, *asked),
        Match("e1", things + "8", "candidate", 0.6, service, "Ardo Velin", "", 60.5, None, *asked),
        Match("e2", things + "9", "close", 0.71, service, "7th Brigade", "", 71.0, None, *asked),
        Match("e3", WD + "Q794", "same", 1.0, "ontology", "Iran"),
        Match("e4", GEONAMES + "42/", "exact", 0.9, "geonames", "Tamsir", point=(-36.25, 43.125)),
    )


def _posts() -> tuple[Post, ...]:
    """A post with conflicting dates, one of them only reported, and an alleged one."""
    claim: dict[str, Any] = {"edge": "r05", "relation": "commanded", "plain": True}
    meant: dict[str, Any] = {"polarity": "affirmed", "certainty": "actual"}
    held = _evidence("d1", 150, "Velin commanded the brigade.", 6)
    begun = _evidence("d2", 60, "Velin is to command it.", 7)
    post: dict[str, Any] = {"sources": 1, "confidence": 0.9, **meant}
    return (
        Post(
            id="p1",
            holder="e1",
            organization="e2",
            relation="commanded",
            label="Arda Velin: GOC, 7th Border Brigade",
            plain=True,
            titles=(PostValue("GOC", "", True, ("d1",)),),
            ranks=(PostValue("Brigadier General", "", True, ("d1",)),),
            starts=(
                PostValue("2019", "appointed", True, ("d1",)),
                PostValue("2019-03", "appointed", False, ("d2",)),
            ),
            ends=(),
            first_cited="2019",
            last_cited="2021-02",
            claims=(
                PostClaim("starts", evidence=held, cited="2019", title="GOC", **claim, **meant),
                PostClaim("holds", evidence=held, cited="2021-02", title="GOC", **claim, **meant),
                PostClaim(
                    "starts",
                    evidence=begun,
                    cited="2019-03",
                    source=OFFICIAL,
                    **(claim | {"edge": "r06", "plain": False}),
                    **meant,
                ),
            ),
            **post,
        ),
        Post(
            id="p2",
            holder="e6",
            organization=None,
            relation="holds_rank",
            label=NASTY,
            plain=False,
            titles=(PostValue(NASTY, "", False, ("d3",)),),
            ranks=(),
            starts=(),
            ends=(),
            first_cited=None,
            last_cited=None,
            claims=(
                PostClaim(
                    "held",
                    "r09",
                    "commanded",
                    False,
                    "affirmed",
                    "possible",
                    _evidence("d3", 5, "He might.", 10),
                    OFFICIAL,
                    NASTY,
                ),
            ),
            **(post | {"certainty": "possible"}),
        ),
    )


def _findings() -> tuple[Finding, ...]:
    left = (_evidence("d1", 150, "Velin commanded the brigade.", 6),)
    right = (_evidence("d3", 5, "He might.", 10),)
    return (
        Finding("w1", "two_commands", ("e1", "p1", "p2"), NASTY, left, right, "dismissed"),
        Finding("w2", "rank_too_low", ("p1",), "a rank too low", left, ()),
    )


def small_graph() -> Graph:
    return Graph(
        _entities(),
        _events(),
        _edges(),
        (
            Document(
                "one",
                "news/one.txt",
                "A strike",
                "Jo Bloggs",
                "The Post",
                "2021-03-05",
                "https://example.org/one?a=b&c=d",
                id="d1",
            ),
            Document("two", "two.txt", id="d2"),
            Document(NASTY, NASTY, NASTY, published="not a date", url="not a url", id="d3"),
        ),
        matches=_matches(),
        origins={"d1": "d1", "d2": "d1", "d3": "d3"},
        ontology="test",
        posts=_posts(),
        findings=_findings(),
    )


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return small_ontology()


@pytest.fixture(scope="session")
def graph() -> Graph:
    return small_graph()


@pytest.fixture(scope="session")
def directory(graph: Graph, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("exported")
    exported(graph, folder, ontology)
    return folder
