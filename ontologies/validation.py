"""Problems of ontology files: what keeps them from meaning what their author meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from .error import ActorgraphError
from .ontology import Class, Example, Ontology, Relation
from .triples import local, merged_triples
from .turtle import SHAPES, loaded_ontology, ontology_files, ontology_graph

if TYPE_CHECKING:
    from rdflib import Graph

_SH = "http://www.w3.org/ns/shacl#"
_SLOT = re.compile(r"\{([^{}]*)\}")
_SLOT_NAME = re.compile(r"([a-z][a-z_]*)(?::([A-Za-z]+))?")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one resource of an ontology file."""

    file: str
    resource: str
    reason: str

    def __str__(self) -> str:
        places = (place for place in (self.file, self.resource) if place != "-")
        return ": ".join([*places, self.reason])


def ontology_problems(
    files: Iterable[Path] | None = None, extra: Iterable[Path] = ()
) -> list[Problem]:
    """Everything wrong with the files, sorted: by shapes.ttl, then by what SHACL cannot say.

    files, extra: as for `loaded_ontology`. An empty list means the files can be used.
    Sentences are not parsed here; whether an example yields its relation is another check.
    """
    base = tuple(ontology_files() if files is None else files)
    added = tuple(extra)
    try:
        triples, _ = merged_triples(base + added)
    except ActorgraphError as error:
        return [Problem("-", "-", str(error))]  # which names the file
    places = {node.value: place for node, place in triples.places.items()}
    found = {
        Problem(places.get(iri, "-"), local(iri), reason)
        for iri, reason in _shape_violations(ontology_graph(base, added))
    }
    try:
        ontology = loaded_ontology(base, added)
    except ActorgraphError as error:
        if not found:  # else the shapes have told it, with the resource
            found.add(Problem("-", "-", str(error)))
        return sorted(found)
    found.update(
        Problem(places.get(iri, "-"), local(iri), reason) for iri, reason in _oddities(ontology)
    )
    return sorted(found)


def _shape_violations(graph: Graph) -> Iterator[tuple[str, str]]:
    """Resource and reason of each result of SHACL validation."""
    from pyshacl import validate
    from rdflib import Graph, URIRef

    shapes = Graph().parse(SHAPES, format="turtle")
    _, report, _ = validate(graph, shacl_graph=shapes, inference="none")
    if not isinstance(report, Graph):
        raise ActorgraphError(f"{SHAPES.name}: the shapes cannot be applied: {report}")
    for result in report.subjects(URIRef(_SH + "resultSeverity")):
        node = report.value(result, URIRef(_SH + "focusNode"))
        message = report.value(result, URIRef(_SH + "resultMessage"))
        value = report.value(result, URIRef(_SH + "value"))
        shown = f": {value}" if isinstance(value, URIRef) or _is_literal(value) else ""
        yield str(node), f"{message}{shown}"


def _is_literal(value: object) -> bool:
    from rdflib import Literal

    return isinstance(value, Literal)


def _oddities(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """What the shapes cannot say, as IRI and reason."""
    yield from _cycles(ontology.classes)
    yield from _cycles(ontology.relations)
    for relation in ontology.relations.values():
        yield from ((relation.iri, reason) for reason in _signature_oddities(ontology, relation))
        for example in relation.examples:
            reasons = _example_oddities(ontology, relation, example)
            yield from ((relation.iri, f"{reason}: {example.text!r}") for reason in reasons)
    yield from _shared_examples(ontology)
    yield from _shared_names(ontology)


def _cycles(items: Mapping[str, Class] | Mapping[str, Relation]) -> Iterator[tuple[str, str]]:
    for item in items.values():
        above, seen = set(item.parents), set[str]()
        while above - seen:
            seen |= above
            above = {p for name in above if name in items for p in items[name].parents}
        if item.id in seen:
            yield item.iri, "is its own ancestor"


def _signature_oddities(ontology: Ontology, relation: Relation) -> Iterator[str]:
    if relation.symmetric and relation.domain != relation.range:
        yield "is symmetric, but domain and range differ"
    for parent in (ontology.relations[name] for name in relation.parents):
        for side, own, above in (
            ("domain", relation.domain, parent.domain),
            ("range", relation.range, parent.range),
        ):
            outside = [c for c in own if not any(ontology.is_a(c, a) for a in above)]
            if outside:
                yield f"{side} {', '.join(outside)} lies outside that of its parent {parent.id}"


def _example_oddities(ontology: Ontology, relation: Relation, example: Example) -> Iterator[str]:
    if not _balanced(example.text):
        yield "brackets do not match"
        return
    names = []
    for content in _SLOT.findall(example.text):
        match = _SLOT_NAME.fullmatch(content)
        if not match:
            yield f"{{{content}}} is no slot; write {{name}} or {{name:Class}}"
            continue
        name, type_ = match.groups()
        names.append(name)
        meant = get_close_matches(name, ("subject", "object"), n=1, cutoff=0.75)
        if meant and name not in ("subject", "object"):
            yield f"{{{name}}} is probably meant to be {{{meant[0]}}}"
        if type_ and type_ not in ontology.classes:
            yield f"{{{content}}} names a class that is not defined"
        elif type_ and name in ("subject", "object"):
            expected = relation.domain if name == "subject" else relation.range
            if example.positive and not ontology.fits(type_, expected):
                yield f"{{{content}}} does not fit the relation's signature"
    for name, count in Counter(names).items():
        if count > 1 and name in ("subject", "object"):
            yield f"has {count} slots {{{name}}}"


def _balanced(text: str) -> bool:
    open_: list[str] = []
    for sign in text:
        if sign in "([{":
            open_.append(sign)
        elif sign in _BRACKETS and (not open_ or open_.pop() != _BRACKETS[sign]):
            return False
    return not open_


def _shared_examples(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The same sentence may not stand under relations that fit the same actors, but ancestors."""
    first: dict[str, Relation] = {}
    for relation in ontology.relations.values():
        for example in relation.examples:
            if not example.positive:
                if any(e.positive and e.text == example.text for e in relation.examples):
                    yield relation.iri, f"example and counterexample at once: {example.text!r}"
                continue
            other = first.setdefault(example.text, relation)
            if other is not relation and _compete(ontology, relation, other):
                yield relation.iri, f"shares an example with {other.id}: {example.text!r}"


def _compete(ontology: Ontology, one: Relation, other: Relation) -> bool:
    """Whether two unrelated relations could both hold between the same actors."""
    if ontology.relation_is_a(one.id, other.id) or ontology.relation_is_a(other.id, one.id):
        return False
    return any(ontology.fits(c, other.domain) for c in one.domain) and any(
        ontology.fits(c, other.range) for c in one.range
    )


def _shared_names(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Two known names of one class may not share a spelling, nor two countries a code."""
    seen: dict[tuple[str, str], str] = {}
    for known in ontology.known_names:
        keys = {(known.type, name) for name in (*known.names, *known.adjectives)}
        if known.iso:
            keys.add(("ISO code", known.iso))
        for key in sorted(keys):
            other = seen.setdefault(key, known.id)
            if other != known.id:
                yield known.iri, f"shares the {key[0]} name {key[1]!r} with {other}"
