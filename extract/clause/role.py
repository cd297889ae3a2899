"""Role nouns and their bearers: *X, commander of Y*; *Y commander X*; *X became commander of Y*."""

from __future__ import annotations

from dataclasses import dataclass, field

from .clause import Argument
from .designation import designations
from .tree import Tree
from .verb import conjuncts
from .wordclass import Grammar


@dataclass(slots=True)
class NominalLinks:
    """What role nouns are said of, by head token.

    bearers: role noun -> actors it is said of. names: role noun -> the names in apposition to it,
    which are who is meant where the noun is an argument (*the commander, X, fled*). holders:
    title or person -> organisations that stand beside it without a preposition (*GOC, 7 Division,
    General X*).
    """

    bearers: dict[int, list[int]] = field(default_factory=dict)
    names: dict[int, list[int]] = field(default_factory=dict)
    holders: dict[int, list[int]] = field(default_factory=dict)

    def add(self, noun: int, bearer: int) -> None:
        """Say a noun of an actor, once."""
        if noun != bearer and bearer not in self.bearers.setdefault(noun, []):
            self.bearers[noun].append(bearer)

    def call(self, noun: int, name: int) -> None:
        """Say a noun of the name that stands in apposition to it."""
        self.add(noun, name)
        self.names.setdefault(noun, []).append(name)

    def hold(self, role: int, organisation: int) -> None:
        """Say that a post or person belongs to an organisation."""
        if organisation not in self.holders.setdefault(role, []):
            self.holders[role].append(organisation)


def role_links(tree: Tree, verbs: dict[int, list[Argument]], words: Grammar) -> NominalLinks:
    """Every noun that is said of an actor, by apposition, copula, as-phrase or title."""
    links = NominalLinks()
    for token in range(len(tree)):
        if tree.dep[token] == "appos":
            _link_apposition(tree, token, links)
        elif tree.dep[token] == "conj" and _is_person(tree, token):
            _link_listed_names(tree, token, links)
        elif _is_after_adjective(tree, token):
            links.add(token, tree.head[token])
    _link_titles(tree, links)
    _link_designations(tree, words, links)
    for verb, arguments in verbs.items():
        _link_predicates(tree, verb, arguments, words.role_verbs, links)
    return links


def _is_after_adjective(tree: Tree, token: int) -> bool:
    """*forces loyal to X*: an adjective with its complement behind its noun."""
    adjective = tree.tag[token].startswith("JJ") and tree.dep[token] in ("amod", "acl")
    return adjective and tree.head[token] < token


def _is_name(tree: Tree, token: int) -> bool:
    mention = tree.mention_of(token)
    return mention is not None and mention.kind == "name"


def _is_person(tree: Tree, token: int) -> bool:
    mention = tree.mention_of(token)
    return mention is not None and mention.kind == "name" and mention.type == "Person"


def _is_title(tree: Tree, token: int) -> bool:
    mention = tree.mention_of(token)
    return mention is not None and mention.kind == "title"


def _link_apposition(tree: Tree, token: int, links: NominalLinks) -> None:
    """*X, commander of Y*; *the commander, X*; *spokesman of the army, Colonel X*."""
    head = tree.head[token]
    if ";" in tree.text[min(head, token) : max(head, token)]:
        return  # the next item of a list
    for noun in conjuncts(tree, token):
        if _is_person(tree, noun):
            if _is_title(tree, head) or not _is_organisation(tree, head):
                links.call(head, noun)
            elif (role := _governing_role(tree, head)) >= 0:
                links.call(role, noun)
        elif _is_name(tree, noun) and (_is_person(tree, head) or _is_title(tree, head)):
            links.hold(head, noun)
        elif _is_name(tree, noun) and not _is_name(tree, head):
            links.call(head, noun)
        else:
            links.add(noun, head)


def _link_listed_names(tree: Tree, token: int, links: NominalLinks) -> None:
    """*two members of Hamas, X and Y*: persons are not coordinated with an organisation."""
    head = tree.head[token]
    if not _is_organisation(tree, head) or not any(
        tree.text[i] == "," for i in range(head + 1, token)
    ):
        return
    role = _governing_role(tree, head)
    for name in conjuncts(tree, token) if role >= 0 else ():
        if _is_person(tree, name):
            links.call(role, name)


def _is_organisation(tree: Tree, token: int) -> bool:
    """A name or one body (*the army*), not a group told by its members (*two militants*)."""
    mention = tree.mention_of(token)
    if mention is None or mention.kind == "title" or mention.type == "Person":
        return False
    return mention.kind == "name" or tree.tag[token] not in ("NNS", "NNPS")


def _governing_role(tree: Tree, token: int) -> int:
    """The role noun whose organisation a word is: *Spokesman of the Army, Col. X*; or -1."""
    preposition = tree.head[token]
    if tree.dep[token] != "pobj" or tree.dep[preposition] != "prep":
        return -1
    role = tree.head[preposition]
    mention = tree.mention_of(role)
    return role if mention is not None and mention.kind in ("title", "nominal") else -1


def _link_titles(tree: Tree, links: NominalLinks) -> None:
    """Titles and role nouns directly before a name: *US Secretary of State Mike Pompeo*.

    The actor before the first of them is whose title it is, wherever the parser hangs it.
    """
    for mention in tree.mentions:
        if mention.kind != "name" or mention.type != "Person":
            continue
        titles: list[int] = []
        left = mention.first
        while (role := _role_before(tree, left, mention.head)) is not None:
            titles.append(role[0])
            left = role[1]
        for title in titles:
            links.add(title, mention.head)
        owner = tree.mention_of(left - 1) if left > 0 else None
        if titles and owner is not None and _owns(tree, owner.head, {mention.head, *titles}):
            for title in titles:
                links.hold(title, owner.head)


def _role_before(tree: Tree, left: int, name: int) -> tuple[int, int] | None:
    """Head and first token of the title, role or common noun that ends where a name begins."""
    if left > 0 and tree.text[left - 1] in ("-", '"', "``"):
        left -= 1
    if left == 0:
        return None
    mention = tree.mention_of(left - 1)
    if mention is None:
        noun = tree.tag[left - 1] == "NN" and tree.dep[left - 1] in ("compound", "nmod")
        return (left - 1, left - 1) if noun and tree.head[left - 1] == name else None
    if mention.kind == "title" or (mention.kind == "nominal" and mention.type == "Person"):
        return (mention.head, mention.first)
    return None


def _link_designations(tree: Tree, words: Grammar, links: NominalLinks) -> None:
    """What word order tells of a title goes before what the parser makes of its commas."""
    found = list(designations(tree, words))
    for title in {d.title for d in found if d.title is not None}:
        links.bearers.pop(title, None)
        links.names.pop(title, None)
    for designation in found:
        held = designation.person if designation.title is None else designation.title
        if designation.title is not None:
            link = links.call if designation.called else links.add
            link(designation.title, designation.person)
        if designation.organisation is not None:
            links.hold(held, designation.organisation)


def _owns(tree: Tree, owner: int, heads: set[int]) -> bool:
    mention = tree.mention_of(owner)
    if mention is None or mention.type == "Person" or mention.kind not in ("name", "nominal"):
        return False
    return tree.head[owner] in heads and tree.dep[owner] in ("compound", "amod", "nmod", "poss")


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
