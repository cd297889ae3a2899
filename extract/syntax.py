"""The clause layer: from dependency trees to predicates with deep roles.

Passive, relative clauses, control, raising, coordination, participles, apposition, copulas, light
verbs and nominalisations are undone here, once, for every relation. Input are CLEAR-style labels
as the spaCy English pipelines give them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..ontologies.ontology import Ontology
from .clause import Argument, Clause, ClauseKind
from .noun import noun_arguments
from .role import NominalLinks, role_links
from .tree import Tree
from .verb import VerbReader


@dataclass(frozen=True, slots=True)
class Grammar:
    """The closed word classes that the clause layer needs, from the ontology."""

    light_verbs: frozenset[str]
    role_shifters: frozenset[str]
    subject_control: frozenset[str]
    object_of_preposition: frozenset[str]
    role_verbs: frozenset[str]
    actor_types: frozenset[str]  # classes of what can act or be a place


def grammar(ontology: Ontology) -> Grammar:
    """The grammar's word classes, taken from the ontology's word lists."""
    return Grammar(
        light_verbs=ontology.words("syntax_light_verbs"),
        role_shifters=ontology.words("syntax_role_shifters"),
        subject_control=ontology.words("syntax_subject_control"),
        object_of_preposition=ontology.words("syntax_object_of_preposition"),
        role_verbs=ontology.words("syntax_role_verbs"),
        actor_types=frozenset(
            c for c in ontology.classes if ontology.is_a(c, "Agent") or ontology.is_a(c, "Place")
        ),
    )


def clauses(tree: Tree, words: Grammar) -> dict[int, Clause]:
    """Every predicate of a document: token index -> clause."""
    verbs = VerbReader(tree, words.subject_control, words.object_of_preposition)
    found: dict[int, list[Argument]] = {}
    for token in range(len(tree)):
        if verbs.is_predicate(token):
            found[token] = verbs.arguments(token)
    links = role_links(tree, found, words.role_verbs)
    for token in range(len(tree)):
        if token not in found:
            arguments = noun_arguments(tree, token, links, words.actor_types)
            if arguments:
                found[token] = arguments
    _undo_light_verbs(tree, found, words.light_verbs)
    return {
        token: Clause(
            predicate=token,
            lemma=predicate_lemma(tree, token),
            kind=_kind(tree, token, links),
            arguments=tuple(dict.fromkeys(found[token])),
            passive=verbs.is_predicate(token) and verbs.is_passive(token),
        )
        for token in sorted(found)
    }


def _kind(tree: Tree, token: int, links: NominalLinks) -> ClauseKind:
    if token in links.bearers:
        return "role"
    if tree.is_verb(token):
        return "verb"
    return "adjective" if tree.tag[token].startswith("JJ") else "noun"


def predicate_lemma(tree: Tree, token: int) -> str:
    """The lemma of a predicate with its phrasal particles: *carry out*, *step down*."""
    particles = [tree.lower[child] for child in tree.some(token, "prt")]
    return " ".join([tree.lemma[token], *particles])


def _undo_light_verbs(
    tree: Tree, found: dict[int, list[Argument]], light_verbs: frozenset[str]
) -> None:
    """*X carried out an attack on Y*: X is the agent of the attack, on Y belongs to it."""
    for token in list(found):
        if not tree.is_verb(token) or predicate_lemma(tree, token) not in light_verbs:
            continue
        arguments = found[token]
        agents = [a for a in arguments if a.role == "agent"]
        for noun in [a.antecedent for a in arguments if a.role == "patient"]:
            mention = tree.mention_of(noun)
            if not tree.is_noun(noun) or (mention and mention.kind in ("name", "title")):
                continue
            own = found.setdefault(noun, [])
            if not any(a.role == "agent" for a in own):
                own.extend(agents)
            own.extend(_handed_down(arguments, own))


def _handed_down(arguments: list[Argument], own: list[Argument]) -> Iterator[Argument]:
    """The prepositional arguments of a light verb that its noun does not have itself."""
    core = {"agent", "patient", "recipient", "attribute", "complement"}
    taken = {a.role for a in own}
    for argument in arguments:
        if argument.role not in core and argument.role not in taken:
            yield argument
        elif argument.role == "recipient":
            yield Argument("recipient", argument.token, argument.antecedent)
