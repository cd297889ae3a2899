"""Linking: a merged graph with what its entities are elsewhere. Nothing is merged by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..ontologies.gazetteer import GEONAMES
from .answer import Answer, answered, homes
from .entity import Entity
from .gazetteer import Gazetteer
from .geonames import countries, settlement
from .graph import Graph
from .judgement import Judgement
from .locating import Surroundings, located
from .match import Match, order
from .shelf import mapped, without


def linked(graph: Graph, gazetteer: Gazetteer, answers: Iterable[Answer] = ()) -> Graph:
    """The graph with its matches, and each entity's asserted ones in `same_as`.

    They come from the ontology and gazetteers, GeoNames, the answers of services and the graph's
    judgements, of which the last word is an analyst's. Two entities are never one because both
    match one thing: if a machine says so, neither match is asserted.
    """
    found = [*_known(graph, gazetteer), *_located(graph, gazetteer)]
    found += answered(graph.entities, answers)
    matches = _judged(_distinct(found), graph)
    matches = _unshared(_unanimous(matches))
    asserted: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        if match.asserted:
            asserted[match.entity].add(match.iri)

    def known(entity: Entity) -> Entity:
        return replace(entity, same_as=tuple(sorted(asserted.get(entity.id, ()))))

    entities = mapped(graph.entities, known)
    return replace(graph, entities=entities, matches=tuple(sorted(matches, key=order)))


def _known(graph: Graph, gazetteer: Gazetteer) -> Iterator[Match]:
    """What the ontology and the user's gazetteers say of known names."""
    for entity in without(graph.entities, "mentions", "members"):
        known = gazetteer.by_id.get(entity.known or "")
        if known is None:
            continue
        if known.iso in countries():
            iri = countries()[known.iso]
            why = f"its ISO code is {known.iso}"
            yield Match(entity.id, iri, "exact", 1.0, "geonames", known.label, why)
        for iri in known.same_as:
            place = settlement(iri) if iri.startswith(GEONAMES) else None
            point = known.point or ((place.latitude, place.longitude) if place else None)
            yield Match(entity.id, iri, "same", 1.0, "ontology", known.label, point=point)
        if known.point and not known.same_as:
            yield Match(
                entity.id, known.iri, "same", 1.0, "ontology", known.label, point=known.point
            )


def _located(graph: Graph, gazetteer: Gazetteer) -> Iterator[Match]:
    where = Surroundings(graph.entities, gazetteer)
    for entity in graph.entities:
        if entity.named and _may_be_town(entity, gazetteer):
            yield from located(entity, where)


def _may_be_town(entity: Entity, gazetteer: Gazetteer) -> bool:
    """Cities, and places of no narrower class that are not known: no seas, no areas."""
    if entity.type == "Place":
        return entity.known is None
    return gazetteer.ontology.is_a(entity.type, "City")


def _distinct(found: Iterable[Match]) -> list[Match]:
    """Of matches of one entity with one thing the strongest, its place kept."""
    kept: dict[tuple[str, str], Match] = {}
    for match in sorted(found, key=order):
        first = kept.setdefault((match.entity, match.iri), match)
        if first.point is None and match.point is not None:
            kept[match.entity, match.iri] = replace(first, point=match.point)
    return list(kept.values())


def _judged(matches: Sequence[Match], graph: Graph) -> list[Match]:
    """Matches as analysts have decided."""
    linked_ = [j for j in graph.judgements if j.kind in ("same_as", "not_same_as")]
    home = homes(graph.entities, {j.items[0] for j in linked_})
    decided: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(linked_, key=lambda j: (j.made, j)):
        if judgement.items[0] in home:
            decided[home[judgement.items[0]].id, judgement.items[1]] = judgement
    kept = {(m.entity, m.iri): m for m in matches if (m.entity, m.iri) not in decided}
    before = {(m.entity, m.iri): m for m in matches}
    for place, judgement in decided.items():
        if judgement.kind == "same_as":
            kept[place] = _by_analyst(place, judgement, before)
    return list(kept.values())


def _by_analyst(
    place: tuple[str, str], judgement: Judgement, before: Mapping[tuple[str, str], Match]
) -> Match:
    entity, iri = place
    old = before.get(place)
    found = settlement(iri) if iri.startswith(GEONAMES) else None
    return Match(
        entity,
        iri,
        "same",
        1.0,
        "analyst",
        label=old.label if old else found.name if found else "",
        why=judgement.reason,
        score=old.score if old else None,
        point=old.point if old else (found.latitude, found.longitude) if found else None,
        author=judgement.author,
        made=judgement.made,
    )


def _unanimous(matches: Sequence[Match]) -> list[Match]:
    """An entity is one thing of a collection: what contradicts a stronger word is a candidate."""
    groups: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in matches:
        groups[match.entity, match.collection].append(match)
    return [m for group in groups.values() for m in _agreed(group)]


def _agreed(group: Sequence[Match]) -> Iterator[Match]:
    """Matches of one entity in one collection, such that what machines say is one thing."""
    same = [m for m in group if m.bond == "same"]
    exact = [m for m in group if m.bond == "exact"]
    close = [m for m in group if m.bond == "close"]
    yield from same
    yield from (m for m in group if m.bond == "candidate")
    rest = (exact, close)
    if same:
        yield from (replace(m, bond="candidate") for part in rest for m in part)
    elif len(exact) == 1 or (not exact and len(close) == 1):
        yield from exact
        yield from (replace(m, bond="candidate") if exact else m for m in close)
    else:
        yield from (replace(m, bond="candidate") for part in rest for m in part)


def _unshared(matches: Sequence[Match]) -> list[Match]:
    """What a machine says of two entities it says surely of none."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        if match.asserted:
            bearers[match.iri].add(match.entity)
    return [
        replace(m, bond="close", why=f"{m.why}; but another actor matches it too".lstrip("; "))
        if m.bond == "exact" and len(bearers[m.iri]) > 1
        else m
        for m in matches
    ]
