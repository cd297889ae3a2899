"""Table: entities by the members merged into them, and what the ontology says of relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..ontologies.ontology import Ontology
from .entity import Entity
from .gazetteer import Gazetteer

ONCE = "event_once_per_patient"
"""Word list of the relations that happen to one patient once: nobody is killed twice."""
UNDERGONE = "event_undergone_by_subject"
"""Word list of the relations whose subject is the patient: *died in*."""


@dataclass(frozen=True)
class Table:
    """What events and edges look up. `home`: member id -> entity id."""

    entities: Mapping[str, Entity]
    home: Mapping[str, str]
    gazetteer: Gazetteer

    @property
    def ontology(self) -> Ontology:
        """The ontology of this merge."""
        return self.gazetteer.ontology

    def entity(self, member: str) -> str:
        """Id of the entity a document's entity belongs to."""
        return self.home[member]

    def symmetric(self, relation: str | None) -> bool:
        """Whether a relation has no direction."""
        known = self.ontology.relations.get(relation or "")
        return known is not None and known.symmetric

    @cached_property
    def _families(self) -> dict[str, str]:
        relations = self.ontology.relations
        families = {}
        for relation in relations:
            top = relation
            while relations[top].parents:
                top = min(relations[top].parents)
            families[relation] = top
        return families

    def family(self, relation: str) -> str:
        """The relation at the top of a relation's tree."""
        return self._families.get(relation, relation)

    @cached_property
    def _once(self) -> frozenset[str]:
        return self._listed(ONCE)

    @cached_property
    def _undergone(self) -> frozenset[str]:
        return self._listed(UNDERGONE)

    def _listed(self, words: str) -> frozenset[str]:
        """The relations of a word list and those below them."""
        is_a, tops = self.ontology.relation_is_a, self.ontology.words(words)
        return frozenset(r for r in self.ontology.relations if any(is_a(r, top) for top in tops))

    def once(self, relation: str | None) -> bool:
        """Whether a relation happens to one patient once."""
        return relation in self._once

    def single(self, relation: str | None, patient: str) -> bool:
        """Whether a patient is one, and no people or force of whom many may be meant."""
        is_a = self.ontology.is_a
        told = self.ontology.relations.get(relation or "")
        if told is None:
            return False
        ends = told.domain if self.undergone(relation) else told.range
        of_persons = any(is_a("Person", end) for end in ends)
        return not of_persons or is_a(self.entities[patient].type, "Person")

    def places(self, entities: Iterable[str]) -> frozenset[str]:
        """Those of entities that are places."""
        is_a = self.ontology.is_a
        return frozenset(e for e in entities if is_a(self.entities[e].type, "Place"))

    def undergone(self, relation: str | None) -> bool:
        """Whether a relation happens to its subject."""
        return relation in self._undergone

    def affiliated(self, left: str, right: str) -> bool:
        """Whether one entity is the country of the other: *Israel*, *the Israeli army*."""
        one, other = self.entities[left], self.entities[right]
        return self._of(one, other) or self._of(other, one)

    def _of(self, country: Entity, body: Entity) -> bool:
        return (
            country.known is not None
            and self.gazetteer.facet(country.type) == "Country"
            and self.gazetteer.state(body.country) == country.known
        )

    def near(self, left: str, right: str) -> bool:
        """Whether two places may be one: equal, one in the other, or one not placed anywhere."""
        if left == right:
            return True
        one, other = self.entities[left], self.entities[right]
        if one.known and other.known:
            within = self.gazetteer.within
            return within(one.known, other.known) or within(other.known, one.known)
        small, large = sorted((one.name.lower(), other.name.lower()), key=len)
        return small in large
