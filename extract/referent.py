"""From words to actors: the entities of a document and what each argument refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..ontologies.ontology import Ontology
from .actor.mention import Mention
from .chain.coreference import Chain
from .clause.tree import Tree
from .nationality import nationality
from .statement import (
    DocumentEntity,
    Reference,
    Statement,
    Value,
    derived_entity_id,
    entity_id,
    event_id,
)

_TITLES = ("Rank", "Position")


@dataclass(frozen=True)
class Referents:
    """The entities of one document, by mention and by chain."""

    document: str
    text: str
    ontology: Ontology
    tree: Tree
    chains: Sequence[Chain]
    things: Mapping[str, frozenset[str]] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)  # capital or palace -> its country
    _chain_of: dict[int, int] = field(default_factory=dict)
    _first_of: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, chain in enumerate(self.chains):
            for mention in chain.mentions:
                self._chain_of[mention] = number
            if self.mentions[chain.representative].kind == "name":
                self._first_of.setdefault((chain.name, chain.type), number)

    @property
    def mentions(self) -> Sequence[Mention]:
        """The mentions of the document."""
        return self.tree.mentions

    def chain(self, mention: int) -> Chain:
        """The chain of a mention."""
        return self.chains[self._chain_of[mention]]

    def type_of(self, mention: int) -> str:
        """The class of what a mention refers to; a title stands for the person who holds it."""
        type_ = self.chain(mention).type
        if type_ in _TITLES:
            return "Person"
        return type_

    def is_known(self, mention: int) -> bool:
        """Whether a mention refers to something: not a pronoun without antecedent."""
        chain = self.chain(mention)
        return bool(chain.members) or any(
            self.mentions[m].kind != "pronoun" for m in chain.mentions
        )

    def is_named(self, mention: int) -> bool:
        """Whether the document gives what is mentioned a proper name."""
        return any(self.mentions[m].kind == "name" for m in self.chain(mention).mentions)

    def identity(self, token: int | None) -> str | None:
        """The entity that a head token refers to, if it is one; a title may be a value."""
        mention = self.tree.mention[token] if token is not None else -1
        if mention < 0 or self.mentions[mention].kind == "title":
            return None
        chain = self.chain(mention)
        return None if chain.members else self.entity(chain)

    def references(self, token: int) -> list[Reference]:
        """What a head token refers to: one entity, each member of a plural, or a thing."""
        mention = self.tree.mention[token]
        if mention < 0:
            return [self._thing(token)]
        chain = self.chain(mention)
        here = self.mentions[mention]
        if chain.members and here.kind != "name":
            return [self._reference(m, here) for m in chain.members if self.is_known(m)]
        return [self._reference(mention, here)]

    def _reference(self, mention: int, here: Mention) -> Reference:
        chain = self.chain(mention)
        return Reference(
            entity=self.entity(chain),
            name=chain.name,
            text=here.text,
            start=here.start,
            end=here.end,
            type=self.type_of(mention),
            count=here.count,
            named=self.is_named(mention),
        )

    def speaks_for(self, mention: int) -> str | None:
        """The country whose government a seat of power stands for: *Washington said*."""
        here = self.mentions[mention]
        return self.seats.get(self.chain(mention).name) if here.kind == "name" else None

    def government(self, mention: int) -> Reference:
        """A seat of power as its country, which is the one the document names, if it does."""
        here, country = self.mentions[mention], self.seats[self.chain(mention).name]
        number = self._first_of.get((country, "Country"))
        if number is not None:
            id_ = self.entity(self.chains[number])
        else:
            id_ = derived_entity_id(self.document, "seat", country)
        return Reference(id_, country, here.text, here.start, here.end, "Country")

    def is_people(self, mention: int) -> bool:
        """Whether a country is told by its people: *Iraqis*, *the Americans*."""
        here = self.mentions[mention]
        plural = self.tree.tag[here.head] in ("NNPS", "NNS")
        return plural and here.kind == "name" and here.type == "Country" and here.text != here.name

    def people(self, mention: int) -> Reference:
        """Some of a country's people, where a country cannot be meant: *killed Iraqis*."""
        here = self.mentions[mention]
        id_ = derived_entity_id(self.document, "people", here.start, here.end)
        return Reference(
            id_, here.text, here.text, here.start, here.end, "PopulationGroup", named=False
        )

    def thing_type(self, token: int) -> str | None:
        """The class of a common noun that is no actor: Event, Document, Agreement or Asset."""
        if not self.tree.is_noun(token) or self.tree.mention[token] >= 0:
            return None
        for class_, nouns in self.things.items():
            if self.tree.lemma[token] in nouns:
                return class_
        return None

    def _thing(self, token: int) -> Reference:
        """An event noun refers to the event that it tells; any other thing to itself."""
        tree = self.tree
        type_ = self.thing_type(token) or "Event"
        start, end = tree.start[tree.phrase_start(token)], tree.end[token]
        text = self.text[start:end]
        if type_ == "Event":
            id_ = event_id(self.document, tree.start[token], end)
        else:
            id_ = entity_id(self.document, start, end)
        return Reference(id_, text, text, start, end, type_, named=False)

    def value(self, token: int) -> Value:
        """A rank or position as a value of its own."""
        here = self.mentions[self.tree.mention[token]]
        return Value(here.name, here.text, here.start, here.end, here.type)

    def entity(self, chain: Chain) -> str:
        """The id of a chain's entity; chains of one name and class (*Iraqi*, *Iraq*) share it."""
        number = self._first_of.get((chain.name, chain.type))
        if number is not None and self.mentions[chain.representative].kind == "name":
            chain = self.chains[number]
        first = self.mentions[chain.mentions[0]]
        return entity_id(self.document, first.start, first.end)

    def entities(self, statements: Iterable[Statement] = ()) -> tuple[DocumentEntity, ...]:
        """All entities of the document, and whatever else its statements speak of.

        Bare titles (*the minister*), pronouns and things are entities only if a statement does.
        """
        spoken = {id_: reference for s in statements for id_, reference in _spoken_of(s)}
        grouped: dict[str, list[Chain]] = {}
        for chain in self.chains:
            members = [self.mentions[m] for m in chain.mentions]
            id_ = self.entity(chain)
            is_one = any(m.kind != "pronoun" for m in members) and self._is_actor(members)
            if is_one or id_ in spoken:
                grouped.setdefault(id_, []).append(chain)
        found = {id_: self._entity(id_, group) for id_, group in grouped.items()}
        for id_, end in spoken.items():
            if id_ not in found and end is not None:
                names = (end.name,) if end.named else ()
                place = (end.start, end.end)
                found[id_] = DocumentEntity(id_, end.name, end.type, names, (place,))
        return tuple(found.values())

    def _entity(self, id_: str, group: Sequence[Chain]) -> DocumentEntity:
        indices = sorted(m for chain in group for m in chain.mentions)
        members = [self.mentions[m] for m in indices]
        names = {m.name for m in members if m.kind == "name"}
        countries = {nationality(self.tree, m, self.ontology) for m in members} - {None}
        return DocumentEntity(
            id=id_,
            name=group[0].name,
            type=self.type_of(indices[0]),
            names=tuple(sorted(names, key=lambda n: (-len(n), n))),
            mentions=tuple((m.start, m.end) for m in members),
            country=countries.pop() if len(countries) == 1 else None,
        )

    @staticmethod
    def _is_actor(members: Sequence[Mention]) -> bool:
        """A title standing alone (*General*) is a value until a chain gives it a person."""
        return any(m.kind != "title" for m in members) or len(members) > 1


def _spoken_of(statement: Statement) -> Iterator[tuple[str, Reference | None]]:
    """The ids of the entities of a statement, with the reference if it is one of its ends."""
    source = statement.stance.source
    while source is not None:
        if source.entity is not None:
            yield source.entity, None
        source = source.via
    for qualifier in statement.qualifiers.values():
        if qualifier.entity is not None:
            yield qualifier.entity, None
    for end in (statement.subject, statement.object):
        if isinstance(end, Reference):
            yield end.entity, end
