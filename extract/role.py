"""Role nouns and their bearers: *X, commander of Y*; *Y commander X*; *X became commander of Y*."""

from __future__ import annotations

from dataclasses import dataclass, field

from .clause import Argument
from .tree import Tree
from .verb import conjuncts


@dataclass(slots=True)
class NominalLinks:
    """For each role noun (by head token) the tokens of the actors it is said of."""

    bearers: dict[int, list[int]] = field(default_factory=dict)

    def add(self, noun: int, bearer: int) -> None:
        """Say a noun of an actor, once."""
        if noun != bearer and bearer not in self.bearers.setdefault(noun, []):
            self.bearers[noun].append(bearer)


def role_links(
    tree: Tree, verbs: dict[int, list[Argument]], role_verbs: frozenset[str]
) -> NominalLinks:
    """Every noun that is said of an actor, by apposition, copula, as-phrase or title."""
    links = NominalLinks()
    for token in range(len(tree)):
        if tree.dep[token] == "appos":
            _link_apposition(tree, token, links)
        elif tree.dep[token] in ("amod", "acl") and tree.head[token] < token:
            if tree.tag[token].startswith("JJ"):  # *forces loyal to X*
                links.add(token, tree.head[token])
    _link_titles(tree, links)
    for verb, arguments in verbs.items():
        _link_predicates(tree, verb, arguments, role_verbs, links)
    return links


def _is_name(tree: Tree, token: int) -> bool:
    mention = tree.mention_of(token)
    return mention is not None and mention.kind == "name"


def _link_apposition(tree: Tree, token: int, links: NominalLinks) -> None:
    """*X, commander of Y* and *the commander, X*; chains hang on one head."""
    head = tree.head[token]
    for noun in conjuncts(tree, token):
        if _is_name(tree, head) and not _is_name(tree, noun):
            links.add(noun, head)
        elif _is_name(tree, noun) and not _is_name(tree, head):
            links.add(head, noun)
        elif not _is_name(tree, head):
            links.add(noun, head)
        else:
            links.add(noun, head)


def _link_titles(tree: Tree, links: NominalLinks) -> None:
    """Titles and role nouns directly before a name: *US Secretary of State Mike Pompeo*."""
    mentions = tree.mentions
    for index, mention in enumerate(mentions):
        if mention.kind != "name" or mention.type != "Person":
            continue
        left, previous = mention.first, index - 1
        while previous >= 0:
            title = mentions[previous]
            gap = range(title.last, left)
            if title.kind not in ("title", "nominal") or any(
                tree.text[i] not in ("-", '"') for i in gap
            ):
                break
            if title.kind == "nominal" and title.type not in ("Person", "Agent"):
                break
            links.add(title.head, mention.head)
            left, previous = title.first, previous - 1


def _link_predicates(
    tree: Tree,
    verb: int,
    arguments: list[Argument],
    role_verbs: frozenset[str],
    links: NominalLinks,
) -> None:
    """Copulas, *elected X president*, *was named commander*, *served as commander*."""
    patients = [a.antecedent for a in arguments if a.role == "patient"]
    agents = [a.antecedent for a in arguments if a.role == "agent"]
    subjects = patients or agents
    lemma = tree.lemma[verb]
    for argument in arguments:
        noun = argument.token
        if argument.role == "attribute" and tree.is_noun(noun):
            holders = agents if lemma in role_verbs else subjects
        elif argument.role == "attribute" and tree.tag[noun].startswith("JJ"):
            holders = subjects
        elif argument.role == "as" and tree.is_noun(noun):
            holders = agents if lemma in role_verbs and not _active_object(tree, verb) else subjects
            if lemma in ("succeed", "replace", "follow"):
                holders = agents
        elif argument.role == "patient" and lemma == "become":
            holders = agents
        else:
            continue
        for holder in holders:
            links.add(noun, holder)


def _active_object(tree: Tree, verb: int) -> bool:
    return tree.child(verb, "dobj") >= 0
