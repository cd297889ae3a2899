"""Reads graph.trig with rdflib and with oxigraph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from actorgraph.exports.row import clean

from .content import Content, shown

_CLAIMS = """
SELECT * WHERE {
  ?claim a ag:Claim ; ag:phrase ?phrase ; ag:polarity ?polarity ; ag:certainty ?certainty ;
         ag:plain ?plain ; ag:confidence ?confidence .
  OPTIONAL { ?claim rdf:subject ?subject }
  OPTIONAL { ?claim rdf:predicate ?relation }
  OPTIONAL { ?claim rdf:object ?object OPTIONAL { ?object rdfs:label ?value } }
  OPTIONAL { ?claim ag:event ?event }
  OPTIONAL { ?claim prov:qualifiedAttribution ?first . ?first rdfs:label ?source
             OPTIONAL { ?first ag:via/rdfs:label ?via } }
}"""
_EVIDENCE = """
SELECT * WHERE {
  ?claim ag:evidence ?statement .
  ?statement oa:hasBody ?claim ; prov:wasDerivedFrom ?document ; ag:rule ?rule ;
             oa:hasTarget ?target .
  ?target oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote ; oa:hasSelector ?position .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
}"""
_ENTITIES = """
SELECT * WHERE {
  ?entity a ?type ; rdfs:label ?label . ?type a owl:Class .
  FILTER NOT EXISTS { ?entity a ag:Value }
}"""
_EVENTS = "SELECT * WHERE { ?event a ag:Event ; ag:relation ?type }"
_FACTS = """
SELECT * WHERE {
  ?event a sem:Event ; ?role ?entity . ?entity a/rdf:type owl:Class .
  FILTER(STRSTARTS(STR(?role), STR(ag:)))
}"""
_POSTS = """
SELECT * WHERE {
  ?post a ag:Post ; rdfs:label ?label ; ag:holder ?holder ; ag:plain ?plain .
  OPTIONAL { ?post ag:organization ?organization }
  OPTIONAL { ?post ag:firstCited ?first }
  OPTIONAL { ?post ag:lastCited ?last }
  ?post ?says ?claim . ?claim a ag:Claim .
}"""
_SAYS = {
    "holdingClaim": "holds",
    "formerClaim": "held",
    "startClaim": "starts",
    "endClaim": "ends",
}

_LINKS = """
SELECT ?entity (STR(?iri) AS ?thing) ?bond ?confidence ?label ?score WHERE {
  ?link a ag:Link ; rdf:subject ?entity ; rdf:object ?iri ; ag:bond ?bond ;
        ag:confidence ?confidence .
  OPTIONAL { ?link rdfs:label ?label }
  OPTIONAL { ?link ag:score ?score }
}"""
_POINTS = "SELECT * WHERE { ?entity geo:lat ?latitude ; geo:long ?longitude }"

_LINKS = """
SELECT ?entity (STR(?iri) AS ?thing) ?bond ?confidence ?label ?score WHERE {
  ?link a ag:Link ; rdf:subject ?entity ; rdf:object ?iri ; ag:bond ?bond ;
        ag:confidence ?confidence .
  OPTIONAL { ?link rdfs:label ?label }
  OPTIONAL { ?link ag:score ?score }
}"""
_POINTS = "SELECT * WHERE { ?entity geo:lat ?latitude ; geo:long ?longitude }"

Solutions = Callable[[str], Iterable[Mapping[str, Any]]]


def content_of_claims(solutions: Solutions) -> Content:
    """Content of RDF; solutions have Python values, IRIs without their namespace."""
    content = Content()
    for row in solutions(_ENTITIES):
        content.entities[row["entity"]] = (shown(row["label"]) or "", row["type"])
    content.events = {row["event"]: row["type"] for row in solutions(_EVENTS)}
    content.facts = {(row["event"], row["role"], row["entity"]) for row in solutions(_FACTS)}
    content.points = {r["entity"]: (r["latitude"], r["longitude"]) for r in solutions(_POINTS)}
    for row in solutions(_LINKS):
        label = None if row["label"] is None else clean(row["label"])
        more = (row["bond"], row["confidence"], label, row["score"])
        content.links.add((row["entity"], row["thing"], *more))
    for row in solutions(_CLAIMS):
        sources = [shown(row[name]) for name in ("source", "via") if row[name] is not None]
        object_ = row["object"]
        if object_ is not None and object_ not in content.entities:
            object_ = f"= {shown(row['value'] or object_)}"
        content.edges[row["claim"]] = (
            row["subject"],
            row["relation"],
            object_,
            shown(row["phrase"]),
            row["polarity"],
            row["certainty"],
            row["plain"],
            " via ".join(map(str, sources)) if sources else None,
            row["event"],
            round(row["confidence"], 6),
        )
    for row in solutions(_EVIDENCE):
        words = (clean(row["quote"]), clean(row["rule"]))
        place = (row["document"], row["start"], row["end"], *words)
        known = content.evidence.get(row["claim"], frozenset())
        content.evidence[row["claim"]] = known | {(*place, row["statement"])}
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in solutions(_POSTS):
        claims[row["post"]].add((row["claim"], _SAYS[row["says"]]))
        cited = (row["first"] and str(row["first"]), row["last"] and str(row["last"]))
        told = (row["holder"], row["organization"], row["plain"], *cited, shown(row["label"]))
        content.posts[row["post"]] = (*told, claims[row["post"]])
    return content


def read_trig_rdflib(directory: Path) -> Content:
    import rdflib
    from actorgraph.exports.term import PREFIXES

    view = rdflib.Dataset(default_union=True)
    view.parse(directory / "graph.trig", format="trig")

    def solutions(query: str) -> Iterator[dict[str, Any]]:
        found = view.query(query, initNs=dict(PREFIXES))
        for row in found:
            cells: dict[str, Any] = row.asdict()  # type: ignore[union-attr]
            yield {
                str(name): _local(cells[str(name)])
                if isinstance(cells.get(str(name)), rdflib.URIRef)
                else cells[str(name)].toPython()
                if str(name) in cells
                else None
                for name in found.vars or ()
            }

    return content_of_claims(solutions)


def read_trig_oxigraph(directory: Path) -> Content:
    import pyoxigraph
    from actorgraph.exports.query import loaded_store
    from actorgraph.exports.term import PREFIXES

    store = loaded_store(directory)
    casts: dict[str, Callable[[str], object]] = {
        "integer": int,
        "double": float,
        "boolean": "true".__eq__,
    }

    def value(term: object) -> object:
        if isinstance(term, pyoxigraph.NamedNode):
            return _local(term.value)
        if isinstance(term, pyoxigraph.Literal):
            return casts.get(term.datatype.value.rpartition("#")[2], str)(term.value)
        return term

    def solutions(query: str) -> Iterator[dict[str, Any]]:
        found = store.query(query, prefixes=dict(PREFIXES))
        assert isinstance(found, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {name: value(row[name]) for name in names}

    return content_of_claims(solutions)


def _local(iri: str) -> str:
    return re.split("[#/]", str(iri))[-1]
