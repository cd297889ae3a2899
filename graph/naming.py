"""Naming: the entity that a group of members is."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .entity import Entity, EntityMention
from .gazetteer import Gazetteer
from .member import Member


def entities(groups: Iterable[Sequence[Member]], gazetteer: Gazetteer) -> list[Entity]:
    """One entity for each group of members, sorted by id.

    The id of a named entity hashes its coarse class and its name (or known name), so that it
    depends on no other entity's documents. Where several entities would share an id (homographs),
    each adds its country, or, if that tells them not apart, its first member.
    """
    drafts: dict[str, list[tuple[Sequence[Member], str, str]]] = defaultdict(list)
    for group in groups:
        name, type_ = _name(group, gazetteer), _type(group, gazetteer)
        drafts[_identifier(group, name)].append((group, name, type_))
    found = []
    for identifier, sharing in drafts.items():
        states = Counter(_state(group) for group, _, _ in sharing)
        for group, name, type_ in sharing:
            parts = [identifier]
            if len(sharing) > 1:
                state = _state(group)
                parts.append(state if state and states[state] == 1 else group[0].id)
            found.append(_entity("e" + _hash(*parts), group, name, type_, gazetteer))
    return sorted(_of_countries(found, gazetteer), key=lambda entity: entity.id)


def _of_countries(found: Sequence[Entity], gazetteer: Gazetteer) -> Iterator[Entity]:
    """The entities, those of a country the graph has related to it: a people is not its country."""
    countries = {
        gazetteer.state(e.known or e.name): e.id
        for e in sorted(found, key=lambda e: (e.known is None, e.id), reverse=True)
        if gazetteer.facet(e.type) == "Country"
    }
    for entity in found:
        told = _told_country(entity, gazetteer)
        country = countries.get(told[0]) if told else None
        if told is None or country is None or country == entity.id:
            yield entity
        else:
            yield replace(entity, country_entity=country, country_reason=told[1])


def _told_country(entity: Entity, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """The country an actor is of and why; None for places, and if nothing says so."""
    if not entity.named or gazetteer.facet(entity.type) in ("Country", "Place"):
        return None
    state = gazetteer.state(entity.country)
    if state:
        return state, f"the documents tell {entity.name} to be of {entity.country}"
    words = (entity.name, entity.name.removeprefix("the ").split()[0])
    demonym = gazetteer.known(words, "Country")
    if demonym and demonym.iso and gazetteer.facet(entity.type) != "Person":
        return demonym.id, f"the name {entity.name} tells {demonym.label}"
    return None


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _identifier(group: Sequence[Member], name: str) -> str:
    first = group[0]
    known = _known(group)
    if known:
        return f"known {known}"
    if not first.named:
        return f"member {first.id}"
    bearer = min(m for m in (m.key for m in group if m.name == name))
    return f"{_facet(group)} {bearer}"


def _facet(group: Sequence[Member]) -> str:
    return min(({m.facet for m in group} - {"Agent"}) or {"Agent"})


def _known(group: Sequence[Member]) -> str | None:
    return min((m.known for m in group if m.known), default=None)


def _state(group: Sequence[Member]) -> str | None:
    return min((m.state for m in group if m.state), default=None)


def _name(group: Sequence[Member], gazetteer: Gazetteer) -> str:
    """The known name, else the full name most documents use, then the longest."""
    known = _known(group)
    if known:
        return gazetteer.by_id[known].label
    counts = Counter(member.name for member in group if member.named)
    if not counts:
        return min(member.name for member in group)
    full = {name: n for name, n in counts.items() if " " in name} or counts
    return min(full, key=lambda name: (-full[name], -len(name), name))


def _type(group: Sequence[Member], gazetteer: Gazetteer) -> str:
    """The type most members have, counting each also for the narrower types told of others."""
    known = _known(group)
    if known:
        return gazetteer.by_id[known].type
    told = Counter(member.type for member in group)
    is_a = gazetteer.ontology.is_a

    def support(type_: str) -> int:
        return sum(n for other, n in told.items() if is_a(type_, other))

    return min(told, key=lambda type_: (-support(type_), -told[type_], type_))


def _entity(
    id_: str, group: Sequence[Member], name: str, type_: str, gazetteer: Gazetteer
) -> Entity:
    known = gazetteer.by_id.get(_known(group) or "")
    told = Counter(m.country for m in group if m.country)
    country = min(told, key=lambda c: (-told[c], c)) if told else None
    if known and country is None:
        home = gazetteer.home(known.located_in)
        country = home.label if home else None
    names = {spelling for member in group for spelling in (member.name, *member.names)}
    named = any(member.named for member in group)
    return Entity(
        id=id_,
        name=name,
        type=type_,
        names=tuple(sorted({name, *names})) if named else (),
        mentions=tuple(
            sorted({EntityMention(m.document, *span) for m in group for span in m.mentions})
        ),
        members=tuple(sorted(member.id for member in group)),
        types=tuple(sorted({member.type for member in group})),
        named=named,
        country=country,
        known=known.id if known else None,
        same_as=known.same_as if known else (),
    )
