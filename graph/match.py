"""Matches: what an entity of the graph is, or may be, in other collections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Bond = Literal["same", "exact", "close", "candidate"]

BONDS: tuple[Bond, ...] = ("same", "exact", "close", "candidate")
"""The strongest first."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entity and a thing elsewhere that it is, or may be.

    bond       said by                                            in RDF
    same       the ontology, a gazetteer of the user, an analyst  owl:sameAs
    exact      a data set or service, surely                      skos:exactMatch
    close      a data set or service, of one thing, not surely    skos:closeMatch
    candidate  a data set or service, of several, or weakly       nothing: it is only listed

    `confidence` is in [0, 1], `score` a service's own. `source` is ontology, analyst, geonames or
    the address of a service; `why` says in words what speaks for it. `label` is the thing's own
    name, `point` its WGS84 latitude and longitude. `author` and `made` (ISO date and time) tell who
    asked or decided, and when.
    """

    entity: str
    iri: str
    bond: Bond
    confidence: float
    source: str
    label: str = ""
    why: str = ""
    score: float | None = None
    point: tuple[float, float] | None = None
    author: str = ""
    made: str = ""

    @property
    def asserted(self) -> bool:
        """Whether it counts as true."""
        return self.bond in ("same", "exact")

    @property
    def collection(self) -> str:
        """Whose thing it is: the host of its IRI."""
        return urlsplit(self.iri).hostname or self.iri


def order(match: Match) -> tuple[str, int, float, str, str]:
    """The key matches are sorted by: of an entity the strongest first."""
    return match.entity, BONDS.index(match.bond), -match.confidence, match.iri, match.source


def point(matches: Iterable[Match]) -> tuple[float, float] | None:
    """Where an entity is, by the strongest of its asserted matches that tells."""
    known = sorted((m for m in matches if m.asserted and m.point is not None), key=order)
    return known[0].point if known else None
