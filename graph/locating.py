"""Locating: which populated place of GeoNames a place of the graph is, if that can be told.

Never a guess: a name that several places bear is told by the country the text gives, by the
countries its documents speak of, or by one place dwarfing the others; else all stay candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .entity import Entity
from .gazetteer import Gazetteer
from .geonames import Settlement, settlements
from .match import Bond, Match

SURE = 0.8
"""From this confidence on a match is asserted."""
LIKELY = 0.5
"""From this confidence on the one candidate is a close match."""
MOST = 5  # candidates listed of one name
_DWARFS = 20  # times as many people: nobody means the smaller place without saying so
_LARGE = 500_000  # people of a place that is meant when no country is told
_LARGER = 10  # times as many people: the same within one country, or of a place that is known
_SPOKEN = "its documents speak of the country"


@dataclass(frozen=True)
class Surroundings:
    """In which countries the documents of a graph move, by ISO code."""

    entities: Sequence[Entity]
    gazetteer: Gazetteer

    @cached_property
    def _spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Document -> country -> the entity that speaks of it, or "" if there are several."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for entity in self.entities:
            if country := self.country(entity):
                for document in {mention.document for mention in entity.mentions}:
                    countries = found[document]
                    countries[country] = "" if country in countries else entity.id
        return found

    def country(self, entity: Entity) -> str | None:
        """The country an entity is, lies in or belongs to, as far as told or known."""
        known = self.gazetteer.by_id.get(entity.known or "")
        if known and known.iso:
            return known.iso
        return self.iso(entity.country) or self.home(entity)

    def iso(self, country: str | None) -> str | None:
        """ISO code of a country as told."""
        state = self.gazetteer.by_id.get(self.gazetteer.state(country) or "")
        return state.iso if state else None

    def home(self, entity: Entity) -> str | None:
        """ISO code of the country that a known name is, or lies in."""
        state = self.gazetteer.home(entity.known)
        return state.iso if state else None

    def around(self, entity: Entity) -> set[str]:
        """Countries that other entities of its documents speak of."""
        return {
            country
            for document in {mention.document for mention in entity.mentions}
            for country, speaker in self._spoken.get(document, {}).items()
            if speaker != entity.id
        }


def located(entity: Entity, where: Surroundings) -> Iterator[Match]:
    """What GeoNames has for a place: one sure match, or candidates."""
    pool = settlements(entity.names)
    if not pool:
        return
    told = where.iso(entity.country)
    home = where.home(entity)
    if told and told != home:  # a text says so
        inside = [s for s in pool if s.country == told]
        yield from _one_country(entity, inside, 0.97, "its country is told")
        return
    town = where.gazetteer.ontology.is_a(entity.type, "City")
    for match in _untold(entity, pool, home, where.around(entity)):
        yield match if town else _unsure(match)


def _unsure(match: Match) -> Match:
    """A match of what may be no populated place at all: sure only if its country is spoken of."""
    most = 0.8 if match.why == _SPOKEN else 0.6
    confidence = min(match.confidence, most)
    bond = match.bond if match.bond == "candidate" else bond_of(confidence)
    return replace(match, confidence=confidence, bond=bond)


def _untold(
    entity: Entity, pool: Sequence[Settlement], home: str | None, around: set[str]
) -> Iterator[Match]:
    """Without a country told of it: by home (the known name's), surroundings, and size."""
    near = {s.country for s in pool} & around
    at_home = [s for s in pool if s.country == home]
    if near:
        inside = [s for s in pool if s.country in near]
        dwarf = pool[0].country not in near and _dwarfs(pool[0], inside)
        if len(near) == 1 and not dwarf and home in (None, *near):
            yield from _one_country(entity, inside, 0.9, _SPOKEN)
        elif home in near and _dwarfs(
            at_home[0], [s for s in inside if s.country != home], _LARGER
        ):
            yield from _one_country(entity, at_home, 0.9, "by far the largest, and known so")
        else:
            yield from _several(entity, pool, "its documents speak for several")
    elif len(pool) == 1:
        yield from _only(entity, pool[0])
    elif _is_plainly_meant(pool):
        yield from _one_country(entity, pool[:1], 0.85, "by far the largest of its name")
    elif at_home and _dwarfs(at_home[0], [s for s in pool if s.country != home], _LARGER):
        yield from _one_country(entity, at_home, 0.85, "by far the largest, and known so")
    else:
        yield from _several(entity, pool, "no country is told")


def _is_plainly_meant(pool: Sequence[Settlement]) -> bool:
    """Whether the largest of a name is meant when nothing else is said: its own name, a large place
    that dwarfs the others. (*Dili* is one of Delhi's many spellings, but the name of another.)
    """
    first, *others = pool
    own = first.main or not any(s.main for s in others)
    return own and first.population >= _LARGE and _dwarfs(first, others)


def _only(entity: Entity, place: Settlement) -> Iterator[Match]:
    confidence = 0.85 if place.main else 0.6
    yield _match(entity, place, confidence, "no other place has the name")


def _one_country(
    entity: Entity, pool: Sequence[Settlement], confidence: float, why: str
) -> Iterator[Match]:
    """Places of one country: the one, or the one that the others do not come near."""
    own = [s for s in pool if s.main] or list(pool)
    if len(own) == 1 or (own and own[0].population >= _LARGER * own[1].population):
        sure = confidence if len(pool) == 1 else round(confidence * 0.95, 4)
        yield _match(entity, own[0], sure, why)
    else:
        yield from _several(entity, pool, "several places of the country have the name")


def _dwarfs(place: Settlement, others: Iterable[Settlement], times: int = _DWARFS) -> bool:
    return all(place.population >= times * o.population for o in others if o is not place)


def _several(entity: Entity, pool: Sequence[Settlement], why: str) -> Iterator[Match]:
    confidence = round(min(0.4, 1 / max(len(pool), 1)), 4)
    for place in pool[:MOST]:
        yield _match(entity, place, confidence, why, "candidate")


def _match(
    entity: Entity, place: Settlement, confidence: float, why: str, bond: Bond | None = None
) -> Match:
    return Match(
        entity=entity.id,
        iri=place.iri,
        bond=bond or bond_of(confidence),
        confidence=confidence,
        source="geonames",
        label=f"{place.name}, {place.country}",
        why=why,
        point=(place.latitude, place.longitude),
    )


def bond_of(confidence: float) -> Bond:
    """What one candidate of a confidence is."""
    if confidence >= SURE:
        return "exact"
    return "close" if confidence >= LIKELY else "candidate"
