"""Turtle files in, the ontology as values out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from .error import ActorgraphError
from .gazetteer import GEO
from .ontology import (
    NAMESPACE,
    VOCABULARY,
    Class,
    Example,
    KnownName,
    Ontology,
    Relation,
    RelationKind,
)
from .triples import Triples, is_blank, local, merged_triples

if TYPE_CHECKING:
    from rdflib import Graph

    from .triples import Term

FOLDER = Path(__file__).parent
SHAPES = FOLDER / "shapes.ttl"

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

_ALIGNED_BY = (
    *(SKOS + match for match in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")),
    SKOS + "relatedMatch",
    OWL + "equivalentClass",
    OWL + "equivalentProperty",
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
    *(VOCABULARY + scheme for scheme in ("plover", "cameo", "acled", "ftm")),
    VOCABULARY + "inverseMatch",
)


def loaded_ontology(files: Iterable[Path] | None = None, extra: Iterable[Path] = ()) -> Ontology:
    """Read Turtle files as one ontology.

    files: the base; None means the ones that come with actorgraph.
    extra: files that add to the base. Where one says `ag:replaces true` of a resource, what was
      said of it before is dropped; otherwise words, names and examples add up.
    Raises ActorgraphError on Turtle that does not parse and on resources that are incomplete or
    contradict each other, naming file, resource and reason.
    """
    base = tuple(ontology_files() if files is None else files)
    return _ontology(*merged_triples(base + tuple(extra)))


def ontology_files() -> tuple[Path, ...]:
    """The Turtle files that come with actorgraph, by name, without the shapes."""
    return tuple(sorted(path for path in FOLDER.glob("*.ttl") if path != SHAPES))


def ontology_graph(files: Iterable[Path] | None = None, extra: Iterable[Path] = ()) -> Graph:
    """The same files as one RDF graph, replacements applied, for queries and exports."""
    import pyoxigraph
    from rdflib import Graph

    base = tuple(ontology_files() if files is None else files)
    triples, _ = merged_triples(base + tuple(extra))
    graph = Graph()
    graph.parse(
        data=pyoxigraph.serialize(triples.all(), format=pyoxigraph.RdfFormat.N_TRIPLES),
        format="nt",
    )
    for prefix, iri in (("", NAMESPACE), ("ag", VOCABULARY), ("skos", SKOS), ("owl", OWL)):
        graph.bind(prefix, iri)
    return graph


def _ontology(triples: Triples, contents: tuple[tuple[Path, bytes], ...]) -> Ontology:
    typed: dict[str, list[Term]] = {}
    for subject in triples.of:
        if not is_blank(subject):
            for type_ in triples.values(subject, RDF + "type"):
                typed.setdefault(type_.value, []).append(subject)
    class_nodes = {c for c in typed.get(OWL + "Class", []) if not c.value.startswith(VOCABULARY)}
    classes = {c.id: c for c in (_class(triples, node, class_nodes) for node in class_nodes)}
    relation_nodes = _relation_nodes(triples, typed.get(OWL + "ObjectProperty", []))
    relations = [_relation(triples, node, relation_nodes, classes) for node in relation_nodes]
    lists = typed.get(VOCABULARY + "WordList", [])
    known = [
        _known_name(triples, node, local(class_.value))
        for class_ in class_nodes
        for node in typed.get(class_.value, [])
    ]
    for nodes in (class_nodes, relation_nodes, lists, [k.iri for k in known]):
        _reject_clashes(nodes)
    return Ontology(
        classes=dict(sorted(classes.items())),
        relations={r.id: r for r in sorted(relations, key=lambda r: r.id)},
        word_lists={
            local(node.value): frozenset(triples.texts(node, VOCABULARY + "word"))
            for node in sorted(lists, key=str)
        },
        known_names=tuple(sorted(known, key=lambda name: name.id)),
        hash=_hash(content for _, content in contents),
        files=tuple(str(path) for path, _ in contents),
    )


def _class(triples: Triples, node: Term, classes: set[Term]) -> Class:
    return Class(
        id=local(node.value),
        label=triples.text(node, RDFS + "label"),
        parents=_parents(triples, node, RDFS + "subClassOf", classes),
        alignments=_alignments(triples, node),
        definition=triples.text(node, SKOS + "definition", ""),
        iri=node.value,
    )


def _relation_nodes(triples: Triples, properties: list[Term]) -> set[Term]:
    """The properties that are relations: those with ag:kind. Others may only be inverses."""
    relations = set()
    for node in properties:
        if triples.values(node, VOCABULARY + "kind"):
            relations.add(node)
        elif triples.values(node, VOCABULARY + "example"):
            raise triples.error(node, "has an ag:example and no ag:kind; add one")
    return relations


def _relation(
    triples: Triples, node: Term, relations: set[Term], classes: dict[str, Class]
) -> Relation:
    kind = local(cast("Term", triples.one(node, VOCABULARY + "kind")).value)
    if kind not in get_args(RelationKind):
        raise triples.error(
            node, f"has ag:kind {kind!r}; use ag:{'|ag:'.join(get_args(RelationKind))}"
        )
    inverse = triples.one(node, OWL + "inverseOf", needed=False)
    types = {type_.value for type_ in triples.values(node, RDF + "type")}
    return Relation(
        id=local(node.value),
        label=triples.text(node, RDFS + "label"),
        kind=cast(RelationKind, kind),
        group=triples.text(node, VOCABULARY + "group"),
        domain=_signature(triples, node, RDFS + "domain", classes),
        range=_signature(triples, node, RDFS + "range", classes),
        parents=_parents(triples, node, RDFS + "subPropertyOf", relations),
        inverse=local(inverse.value) if inverse else None,
        inverse_label=(triples.text(inverse, RDFS + "label", "") or None) if inverse else None,
        symmetric=OWL + "SymmetricProperty" in types,
        transitive=OWL + "TransitiveProperty" in types,
        examples=(*_examples(triples, node, True), *_examples(triples, node, False)),
        alignments=_alignments(triples, node),
        definition=triples.text(node, SKOS + "definition", ""),
        iri=node.value,
        inverse_iri=inverse.value if inverse else None,
    )


def _signature(
    triples: Triples, node: Term, predicate: str, classes: dict[str, Class]
) -> tuple[str, ...]:
    """A domain or range: one class, or an owl:unionOf classes."""
    value = cast("Term", triples.one(node, predicate))
    members = [value]
    if is_blank(value):
        union = cast("Term", triples.one(value, OWL + "unionOf"))
        members = list(_listed(triples, union))
    names = tuple(sorted({local(member.value) for member in members}))
    unknown = [name for name in names if name not in classes]
    if unknown or not names:
        raise triples.error(node, f"has a {local(predicate)} that is no class: {unknown}")
    return names


def _listed(triples: Triples, node: Term) -> Iterator[Term]:
    while node.value != RDF + "nil":
        yield cast("Term", triples.one(node, RDF + "first"))
        node = cast("Term", triples.one(node, RDF + "rest"))


def _parents(triples: Triples, node: Term, predicate: str, known: set[Term]) -> tuple[str, ...]:
    """The parents inside the ontology; others are alignments, but ours must exist."""
    parents = triples.values(node, predicate)
    for parent in parents:
        if parent not in known and parent.value.startswith(NAMESPACE):
            raise triples.error(node, f"has a parent that is not defined: {local(parent.value)}")
    return tuple(sorted(local(parent.value) for parent in parents if parent in known))


def _alignments(triples: Triples, node: Term) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (predicate, value.value)
            for predicate in _ALIGNED_BY
            for value in triples.values(node, predicate)
            if not is_blank(value) and not value.value.startswith(NAMESPACE)
        )
    )


def _examples(triples: Triples, node: Term, positive: bool) -> Iterator[Example]:
    predicate = VOCABULARY + ("example" if positive else "counterexample")
    for value in sorted(triples.values(node, predicate), key=lambda v: v.value):
        yield Example(value.value, positive, triples.places.get(value, ""))


def _known_name(triples: Triples, node: Term, type_: str) -> KnownName:
    label = triples.text(node, RDFS + "label")
    others = triples.texts(node, SKOS + "altLabel")
    seat = triples.one(node, VOCABULARY + "seatOf", needed=False)
    where = triples.one(node, VOCABULARY + "locatedIn", needed=False)
    for place in (seat, where):
        if place is not None and place not in triples.of:
            raise triples.error(node, f"refers to {local(place.value)}, which is not defined")
    return KnownName(
        id=local(node.value),
        type=type_,
        label=label,
        names=(label, *(name for name in others if name != label)),
        adjectives=triples.texts(node, VOCABULARY + "adjective"),
        seat_of=local(seat.value) if seat else None,
        same_as=tuple(sorted(value.value for value in triples.values(node, OWL + "sameAs"))),
        located_in=local(where.value) if where else None,
        iso=triples.text(node, VOCABULARY + "iso", "") or None,
        iri=node.value,
        point=_point(triples, node),
    )


def _point(triples: Triples, node: Term) -> tuple[float, float] | None:
    """Latitude and longitude, if it has both."""
    ends = [triples.one(node, GEO + name, needed=False) for name in ("lat", "long")]
    try:
        degrees = [float(end.value) for end in ends if end is not None]
    except ValueError:
        degrees = []
    if len(degrees) == 2 and abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180:
        return degrees[0], degrees[1]
    if ends == [None, None]:
        return None
    raise triples.error(node, "needs geo:lat and geo:long, both in degrees")


def _reject_clashes(nodes: Iterable[Term | str]) -> None:
    """Local names are the ids of a graph: two resources may not share one."""
    seen: dict[str, str] = {}
    for iri in sorted(node if isinstance(node, str) else node.value for node in nodes):
        name = local(iri)
        if name in seen:
            reason = "has two types" if seen[name] == iri else f"is also {seen[name]}; rename one"
            raise ActorgraphError(f"ontology: {iri} {reason}")
        seen[name] = iri


def _hash(contents: Iterable[bytes]) -> str:
    """SHA-256 over the files' bytes in order: names and places of files do not matter."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()
