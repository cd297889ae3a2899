"""The clause layer: from dependency trees to predicates with deep roles.

Passive, relative clauses, control, raising, coordination, participles, apposition, copulas, light
verbs and nominalisations are undone here, once, for every relation. Input are CLEAR-style labels
as the spaCy English pipelines give them.
"""

from __future__ import annotations

from collections.abc import Iterator

from .clause import Argument, Clause, ClauseKind
from .noun import noun_arguments
from .role import NominalLinks, role_links
from .tree import Tree
from .verb import VerbReader
from .wordclass import Grammar


def clauses(tree: Tree, words: Grammar) -> dict[int, Clause]:
    """Every predicate of a document: token index -> clause."""
    verbs = VerbReader(tree, words)
    found: dict[int, list[Argument]] = {}
    for token in range(len(tree)):
        if verbs.is_predicate(token):
            found[token] = verbs.arguments(token)
    links = role_links(tree, found, words)
    for token in range(len(tree)):
        if token not in found:
            arguments = noun_arguments(tree, token, links, words.actor_types)
            if arguments:
                found[token] = arguments
    _undo_light_verbs(tree, found, words.light_verbs)
    _pass_on_blame(tree, found, words)
    _name_role_nouns(found, links)
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


def _pass_on_blame(tree: Tree, found: dict[int, list[Argument]], words: Grammar) -> None:
    """*blamed X for the attack on Y*, *claimed responsibility for the attack*: X attacked.

    Stance says that it is only said so.
    """
    for token in [t for t in found if tree.is_verb(t)]:
        doers, origins = _blamed(tree, token, found, words)
        for noun in origins:
            own = found.setdefault(noun, [])
            if tree.mention[noun] < 0 and not any(a.role == "agent" for a in own):
                own.extend(Argument("agent", a.token, a.antecedent) for a in doers)


def _blamed(
    tree: Tree, verb: int, found: dict[int, list[Argument]], words: Grammar
) -> tuple[list[Argument], list[int]]:
    """Who is said to have done something, and the nouns that name the deed."""
    doers: list[Argument] = []
    arguments = found[verb]
    if tree.lemma[verb] in words.blaming_verbs:
        doers = [a for a in arguments if a.role == "patient"]
    for argument in list(arguments):
        noun = argument.antecedent
        if argument.role == "patient" and tree.lemma[noun] in words.responsibility_nouns:
            doers = [a for a in arguments if a.role == "agent"]
            arguments = [*arguments, *found.get(noun, [])]
    deeds = [
        a.antecedent
        for a in arguments
        if a.role in ("for", "of", "over") and tree.is_noun(a.antecedent)
    ]
    return doers, deeds


def _name_role_nouns(found: dict[int, list[Argument]], links: NominalLinks) -> None:
    """*The commander, X, was killed*: an argument that has its name beside it is the name."""
    for token, arguments in found.items():
        renamed: list[Argument] = []
        for argument in arguments:
            names = links.names.get(argument.antecedent, [])
            if names and argument.role not in ("bearer", "attribute") and token not in names:
                renamed += [Argument(argument.role, argument.token, name) for name in names]
            else:
                renamed.append(argument)
        found[token] = renamed


def _handed_down(arguments: list[Argument], own: list[Argument]) -> Iterator[Argument]:
    """The prepositional arguments of a light verb that its noun does not have itself."""
    core = {"agent", "patient", "recipient", "attribute", "complement"}
    taken = {a.role for a in own}
    for argument in arguments:
        if argument.role not in core and argument.role not in taken:
            yield argument
        elif argument.role == "recipient":
            yield Argument("recipient", argument.token, argument.antecedent)
