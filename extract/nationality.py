"""Nationality: the country that the words before an actor tell of it (*Iranian general X*)."""

from __future__ import annotations

from ..ontologies.ontology import Ontology
from .actor.mention import Mention
from .clause.tree import Tree

_REACH = 5  # words between the country and the actor: *Iraqi deputy army intelligence chief X*
_BETWEEN = ("JJ", "NN", "NNP", "NNPS", "NNS", "VBN", "VBG")
_OF_STATES = ("SecurityForce", "MilitaryUnit", "GovernmentBody")


def nationality(tree: Tree, mention: Mention, ontology: Ontology) -> str | None:
    """Name of the country told directly before a mention of an actor, None if none is.

    Adjectives (*Iranian*) and abbreviations that belong to it (*US*) tell one; a possessive
    (*Syria's*) does of who has a title and of a state's bodies only: *Iran's enemy* is no Iranian.
    Two countries (*US and Turkish troops*) tell none.
    """
    acts = mention.kind == "title" or ontology.is_a(mention.type, "Agent")
    if not acts or mention.type == "Country":
        return None
    token, steps = mention.first - 1, 0
    while token >= 0 and steps < _REACH and _is_between(tree, token):
        token, steps = token - 1, steps + 1
    possessive = token > 0 and tree.lower[token] in ("'s", "’s")
    here = tree.mention_of(token - possessive) if token >= possessive else None
    if here is None or here.type != "Country" or here.kind != "name" or _is_paired(tree, here):
        return None
    if possessive:
        return here.name if _has_office(tree, here.last + 1, mention, ontology) else None
    if here.text == here.name or here.text.isupper() or "." in here.text:
        inside = range(here.last, mention.last)
        return here.name if tree.head[here.last - 1] in inside else None
    return here.name


def _is_between(tree: Tree, token: int) -> bool:
    """Whether a word may stand between a country and its actor: a title, a kind, an adjective."""
    here = tree.mention_of(token)
    if here is not None and here.kind == "name":
        return here.type not in ("Country", "Person")
    return here is not None or tree.tag[token] in _BETWEEN


def _is_paired(tree: Tree, country: Mention) -> bool:
    """Whether it is part of another word, or one of several countries."""
    before, after = country.first - 1, country.last
    if after < len(tree) and tree.text[after] in ("-", "–"):
        return True
    if before < 0:
        return False
    if tree.text[before] in ("-", "–", "non", "anti"):
        return True
    if tree.lower[before] not in ("and", ",", "or", "/"):
        return False
    other = tree.mention_of(before - 1) if before else None
    return other is not None and other.type == "Country"


def _has_office(tree: Tree, token: int, mention: Mention, ontology: Ontology) -> bool:
    """Whether a title follows the possessive, or a body of the state is what is mentioned."""
    first = tree.mention_of(token)
    if first is not None and first.kind == "title":
        return True
    return any(ontology.is_a(mention.type, type_) for type_ in _OF_STATES)
