"""The ontology as values: classes, relations, word lists and known names, read from Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from .error import ActorgraphError

NAMESPACE = "https://w3id.org/actorgraph/ontology#"
"""Classes, relations, known names: what a graph talks about."""
VOCABULARY = "https://w3id.org/actorgraph/vocabulary#"
"""`ag:`: the terms that describe relations (ag:example, ag:kind, …)."""

RelationKind = Literal["event", "state", "attribute", "statement"]


@dataclass(frozen=True, slots=True)
class Class:
    """A class of actors, places or things."""

    id: str
    label: str
    parents: tuple[str, ...]
    alignments: tuple[tuple[str, str], ...] = ()  # (property IRI, object IRI or literal)
    definition: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marked slots, as written in the ontology (docs/ontology.md)."""

    text: str
    positive: bool
    place: str = field(default="", compare=False)  # file and line, for error messages


End = Literal["subject", "object"]
"""One of the two arguments of a relation."""


@dataclass(frozen=True, slots=True)
class PostPart:
    """What a relation tells of a person's post: at which of its ends the person stands.

    holds, starts, ends: the post is held, begun, over. dies: the person is dead. ranks: the other
    end is the person's rank. national: the other end is the person's country. place: no person, but
    the organisation stands there. whole: the other end is what this one is part of.
    titled: different titles in one organisation are different posts. implied: whoever has another
    post there has this too. sole: classes of organisations in which one person at a time holds it.
    """

    holds: End | None = None
    starts: End | None = None
    ends: End | None = None
    place: End | None = None
    dies: End | None = None
    ranks: End | None = None
    national: End | None = None
    whole: End | None = None
    titled: bool = False
    implied: bool = False
    sole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: its signature, its place among the others, and how English says it."""

    id: str
    label: str
    kind: RelationKind
    group: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    inverse_label: str | None = None
    symmetric: bool = False
    transitive: bool = False
    examples: tuple[Example, ...] = ()
    alignments: tuple[tuple[str, str], ...] = ()
    definition: str = ""
    iri: str = ""
    inverse_iri: str | None = None
    post: PostPart = PostPart()


@dataclass(frozen=True, slots=True)
class KnownName:
    """An actor, place, rank, position or weapon that the ontology knows by name."""

    id: str
    type: str
    label: str
    names: tuple[str, ...]  # all spellings, label first
    adjectives: tuple[str, ...] = ()  # demonyms: Iranian, Iranians
    seat_of: str | None = None  # capitals and palaces: id of the country they speak for
    same_as: tuple[str, ...] = ()
    located_in: str | None = None  # id of the known place or country that holds it
    iso: str | None = None  # ISO 3166-1 alpha-2 code of a country
    iri: str = ""
    point: tuple[float, float] | None = None  # WGS84 latitude and longitude, in degrees
    grade: str | None = None  # of a rank, by NATO code: OF-5, or a range OF-6/OF-9


@dataclass(frozen=True)
class Ontology:
    """Everything the Turtle files say; immutable; `hash` stands for the content."""

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    word_lists: Mapping[str, frozenset[str]]
    known_names: tuple[KnownName, ...]
    hash: str
    files: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return _closure({c.id: c.parents for c in self.classes.values()})

    @cached_property
    def _relation_ancestors(self) -> dict[str, frozenset[str]]:
        return _closure({r.id: r.parents for r in self.relations.values()})

    def is_a(self, type_: str, ancestor: str) -> bool:
        """Whether a class is another or one of its subclasses."""
        return type_ == ancestor or ancestor in self._ancestors.get(type_, frozenset())

    def relation_is_a(self, relation: str, ancestor: str) -> bool:
        """Whether a relation is another or one of its subproperties."""
        return relation == ancestor or ancestor in self._relation_ancestors.get(
            relation, frozenset()
        )

    def depth(self, relation: str) -> int:
        """How narrow a relation is: the number of relations above it."""
        return len(self._relation_ancestors[relation] & self.relations.keys())

    def fits(self, type_: str, expected: Iterable[str]) -> bool:
        """Whether a mention of a type may fill a slot: narrower or, if unsure, wider than it."""
        return any(self.is_a(type_, e) or self.is_a(e, type_) for e in expected)

    def words(self, name: str) -> frozenset[str]:
        """The words of a list (`ag:WordList`); an unknown list is an error, not an empty one."""
        try:
            return self.word_lists[name]
        except KeyError:
            raise ActorgraphError(f"the ontology has no word list {name!r}") from None

    def names_of(self, type_: str) -> tuple[KnownName, ...]:
        """The known names of a class and its subclasses."""
        return tuple(n for n in self.known_names if self.is_a(n.type, type_))


def _closure(parents: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Node -> all its ancestors; cycles end, a node is not its own ancestor."""

    def above(node: str, seen: set[str]) -> set[str]:
        for parent in parents.get(node, ()):
            if parent not in seen:
                seen.add(parent)
                above(parent, seen)
        return seen

    return {node: frozenset(above(node, set()) - {node}) for node in parents}
