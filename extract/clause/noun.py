"""Deep roles of nouns: nominalisations, role nouns, and names with their possessors."""

from __future__ import annotations

from .clause import Argument
from .role import NominalLinks
from .tree import Tree
from .verb import conjuncts

_OBJECT_ROLES = frozenset(
    {"of", "on", "against", "at", "into", "upon", "for", "with", "from", "to"}
)


def noun_arguments(
    tree: Tree, token: int, links: NominalLinks, actor_types: frozenset[str]
) -> list[Argument]:
    """The arguments of a noun or adjective, nothing for other words.

    links tells which actors the noun is said of (*commander* of *X, the commander*). For such a
    role noun, possessor, compound and of-phrase say the same and all become *of*; for an event
    noun the possessor is the agent if there is an object beside it (*X's attack on Y*).
    """
    mention = tree.mention_of(token)
    if not tree.is_noun(token) and not tree.tag[token].startswith("JJ") and mention is None:
        return []
    if mention is not None and mention.head != token:
        return []
    bearers = links.bearers.get(token, [])
    found = [Argument("bearer", b, b) for b in bearers]
    found += _phrases(tree, token)
    possessors = _possessors(tree, token)
    modifiers = _modifiers(tree, token, actor_types)
    if bearers or (mention is not None and mention.kind != "pronoun"):
        beside = possessors + modifiers + links.holders.get(token, [])
        of = [Argument("of", a, a) for a in beside]
        # a written of-phrase is the organisation; the possessor or modifier then says whose
        return found + of
    has_agent = any(a.role == "agent" for a in found)
    has_object = any(a.role in _OBJECT_ROLES for a in found)
    possessor_role = "of" if has_agent else "agent" if has_object else "possessor"
    modifier_role = "of" if has_agent else "agent" if has_object else "modifier"
    found += [Argument(possessor_role, a, a) for a in possessors]
    found += [Argument(modifier_role if not possessors else "modifier", a, a) for a in modifiers]
    return found


def _outer_children(tree: Tree, token: int) -> list[int]:
    """The children of a noun; of a title of several words, all that hang on any of them."""
    mention = tree.mention_of(token)
    if mention is None or mention.last - mention.first == 1:
        return tree.children[token]
    inside = range(mention.first, mention.last)
    return [c for t in inside for c in tree.children[t] if c not in inside]


def _phrases(tree: Tree, token: int) -> list[Argument]:
    """Prepositional phrases; *by* is the agent; *between X and Y* gives both."""
    found: list[Argument] = []
    for child in _outer_children(tree, token):
        if tree.dep[child] not in ("prep", "agent"):
            continue
        word = tree.lower[child]
        role = "agent" if word == "by" else word
        for inner in tree.children[child]:
            if tree.dep[inner] == "pobj":
                found += [Argument(role, part, part) for part in conjuncts(tree, inner)]
                if word == "by":  # *an attack by rebels on X*: the attack is on X
                    found += [a for a in _phrases(tree, inner) if a.role != "of"]
            elif tree.dep[inner] == "pcomp":
                found.append(Argument(word, inner, inner))
            elif tree.dep[inner] == "prep":
                for pobj in tree.some(inner, "pobj"):
                    role = f"{word} {tree.lower[inner]}"
                    found += [Argument(role, part, part) for part in conjuncts(tree, pobj)]
    return found


def _possessors(tree: Tree, token: int) -> list[int]:
    found = []
    for child in _outer_children(tree, token):
        if tree.dep[child] != "poss":
            continue
        if tree.tag[child] == "WP$":
            clause = child
            while tree.dep[clause] != "relcl" and tree.head[clause] != clause:
                clause = tree.head[clause]
            if tree.dep[clause] == "relcl":
                found.append(tree.head[clause])
        else:
            found += conjuncts(tree, child)
    return found


def _modifiers(tree: Tree, token: int, actor_types: frozenset[str]) -> list[int]:
    """Actors before the noun (*US strike*, *Quds Force commander*), nearest title left out."""
    own = tree.mention[token]
    found = []
    for child in _outer_children(tree, token):
        if child > token or tree.dep[child] not in ("compound", "amod", "nmod", "det"):
            continue
        index = tree.mention[child]
        if index < 0 or index == own or tree.mentions[index].kind not in ("name", "nominal"):
            continue
        if tree.mentions[index].type in actor_types:
            found.append(tree.mentions[index].head)
    return list(dict.fromkeys(found))
