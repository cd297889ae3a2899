"""Gazetteer: the ontology's known names and classes, as identity needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..ontologies.ontology import KnownName, Ontology
from .lexicon import NameLexicon, name_lexicon
from .names import parsed
from .spelling import romanised, sound

FACETS = ("Person", "Country", "PopulationGroup", "Organization", "Place", "Agent")
"""Classes whose things are never one with things of another, the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Identification:
    """What names and type say of identity.

    `facet` is the coarse class, `key` the normal name, `full` the names of two words or more (or
    the only one), `known` the ontology's known name, `mark` what identifies an actor in the context
    of others, however it is spelled there.
    """

    facet: str
    key: str
    full: tuple[str, ...]
    known: str | None
    mark: str


@dataclass
class Gazetteer:
    """The ontology's known names, found by any spelling."""

    ontology: Ontology
    lexicon: NameLexicon = field(init=False)
    _identified: dict[tuple[str, tuple[str, ...], str], Identification] = field(init=False)

    def __post_init__(self) -> None:
        self.lexicon = name_lexicon(self.ontology)
        self._identified = {}

    def identification(self, name: str, names: tuple[str, ...], type_: str) -> Identification:
        """What an entity's names and type say of its identity; most recur, so each is kept."""
        place = (name, names, type_)
        if place not in self._identified:
            self._identified[place] = self._identification(name, names, type_)
        return self._identified[place]

    def _identification(self, name: str, names: tuple[str, ...], type_: str) -> Identification:
        facet = self.facet(type_)
        known = self.known((name, *names), type_) if names else None
        rules = "Person" if facet == "Person" else "Organization"
        words = [p.text for p in parsed(name, rules, self.lexicon).parts]
        spellings = sorted({name, *names})
        full = tuple(n for n in spellings if len(parsed(n, rules, self.lexicon).core) > 1)
        spoken = f"{words[0][:1]} {sound(words[-1])}" if facet == "Person" else " ".join(words)
        mark = f"{facet}|{known.id if known else spoken}"
        return Identification(
            facet, " ".join(words), full or (name,), known.id if known else None, mark
        )

    @cached_property
    def by_id(self) -> dict[str, KnownName]:
        """Known names by id."""
        return {known.id: known for known in self.ontology.known_names}

    @cached_property
    def _index(self) -> dict[str, list[KnownName]]:
        index: dict[str, list[KnownName]] = defaultdict(list)
        for known in self.ontology.known_names:
            spellings = (*known.names, *known.adjectives) if known.iso else known.names
            for spelling in sorted({_folded(name) for name in spellings}):
                index[spelling].append(known)
        return index

    def known(self, names: Iterable[str], type_: str) -> KnownName | None:
        """What the first name that is known, and to one thing of this type only, stands for."""
        for name in names:
            fitting = [k for k in self._index.get(_folded(name), ()) if self._fits(k, type_)]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _fits(self, known: KnownName, type_: str) -> bool:
        if self.facet(known.type) != self.facet(type_):
            return False
        return self.ontology.fits(type_, (known.type,)) or self.facet(type_) == "Organization"

    def state(self, country: str | None) -> str | None:
        """A country as told, as the id of the known country or in lower case."""
        if country is None:
            return None
        known = self.by_id.get(country) or self.known((country,), "Country")
        return known.id if known else _folded(country)

    def facet(self, type_: str) -> str:
        """The coarse class of a type: one of `FACETS`, else the class at the top of its tree."""
        facet = next((f for f in FACETS if self.ontology.is_a(type_, f)), type_)
        while facet == type_ and facet not in FACETS and self._parent(facet):
            facet = type_ = self._parent(facet)
        return facet

    def _parent(self, class_: str) -> str:
        found = self.ontology.classes.get(class_)
        return min(found.parents) if found and found.parents else ""

    def home(self, place: str | None) -> KnownName | None:
        """The country that a known place is or lies in, through regions if need be."""
        seen: set[str] = set()
        while place and place not in seen:
            seen.add(place)
            known = self.by_id.get(place)
            if known is None or known.type == "Country":
                return known
            place = known.located_in
        return None

    def within(self, place: str, container: str) -> bool:
        """Whether one known place lies in another, or is it."""
        seen: set[str] = set()
        while place != container and place not in seen:
            seen.add(place)
            known = self.by_id.get(place)
            place = (known and (known.located_in or known.seat_of)) or ""
        return place == container


def _folded(name: str) -> str:
    return romanised(name).lower().removeprefix("the ").replace(".", "").strip()
