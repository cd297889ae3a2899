"""RDF terms: namespaces, minted IRIs, typed literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from ..ontologies.ontology import NAMESPACE, VOCABULARY, Ontology

ID = "https://w3id.org/actorgraph/id/"
"""Namespace of minted IRIs: what one graph talks about, by content hash."""

PREFIXES: Mapping[str, str] = {
    "": NAMESPACE,
    "ag": VOCABULARY,
    "id": ID,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Declared in every RDF file and before every query."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")


@cache
def name(prefixed: str) -> NamedNode:
    """The IRI of a prefixed name: `prov:agent`."""
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@lru_cache(maxsize=4096)
def minted(id_: str, *parts: str) -> NamedNode:
    """The IRI of an id of the graph, or of a part of it."""
    return NamedNode(ID + "/".join(quote(part, safe="-._~") for part in (id_, *parts)))


def span_iri(document: str, span: tuple[int, int]) -> NamedNode:
    """The IRI of a span of a document: a text/plain fragment as RFC 5147 has it."""
    return NamedNode(f"{minted(document).value}#char={span[0]},{span[1]}")


@cache
def _own(local: str) -> NamedNode:
    """A name of our namespace."""
    return NamedNode(NAMESPACE + quote(local, safe=""))


def class_iri(class_: str, ontology: Ontology) -> NamedNode:
    """The IRI of a class of the ontology."""
    known = ontology.classes.get(class_)
    return NamedNode(known.iri) if known and known.iri else _own(class_)


def relation_iri(relation: str, ontology: Ontology) -> NamedNode:
    """The IRI of a relation of the ontology."""
    known = ontology.relations.get(relation)
    return NamedNode(known.iri) if known and known.iri else _own(relation)


def resource(text: str) -> NamedNode | Literal:
    """An IRI if the text is one, else a string."""
    if _ABSOLUTE.fullmatch(text) and "://" in text:
        try:
            return NamedNode(text)
        except ValueError:
            pass
    return string(text)


def string(text: str, language: str | None = None) -> Literal:
    """A string; lone surrogates, which no RDF syntax can hold, become U+FFFD."""
    return Literal(_SURROGATE.sub("\ufffd", text), language=language)


def number(value: int | float | bool) -> Literal:
    """A boolean, integer or double."""
    return Literal(value)


def moment(value: str) -> Literal:
    """A date of the granularity it has; a string if it is an interval or no date at all."""
    for pattern, datatype in _MOMENTS:
        if pattern.fullmatch(value) and _exists(value):
            return Literal(value, datatype=name(datatype))
    return string(value)


_MOMENTS = (
    (re.compile(r"\d{4}", re.ASCII), "xsd:gYear"),
    (re.compile(r"\d{4}-\d\d", re.ASCII), "xsd:gYearMonth"),
    (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), "xsd:date"),
    (
        re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)?", re.ASCII),
        "xsd:dateTime",
    ),
)


def _exists(value: str) -> bool:
    try:
        date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value[:10])
    except ValueError:
        return False
    return True
