"""Deep roles of nouns: nominalisations, role nouns, and names with their possessors."""

from __future__ import annotations

from .clause import Argument
from .tree import Tree
from .verb import conjuncts

_OBJECT_ROLES = frozenset(
    {"of", "on", "against", "at", "into", "upon", "for", "with", "from", "to"}
)


def noun_arguments(tree: Tree, token: int, bearers: list[int]) -> list[Argument]:
    """The arguments of a noun or adjective, nothing for other words.

    bearers are the actors that the noun is said of (*commander* of *X, the commander*). For such
    a role noun, possessor, compound and of-phrase say the same and all become *of*; for an event
    noun the possessor is the agent if there is an object beside it (*X's attack on Y*).
    """
    mention = tree.mention_of(token)
    if not tree.is_noun(token) and not tree.tag[token].startswith("JJ") and mention is None:
        return []
    if mention is not None and mention.head != token:
        return []
    found = [Argument("bearer", b, b) for b in bearers]
    found += _phrases(tree, token)
    possessors = _possessors(tree, token)
    modifiers = _modifiers(tree, token)
    if bearers or (mention is not None and mention.kind != "pronoun"):
        of = [Argument("of", a, a) for a in possessors + modifiers]
        # a written of-phrase is the organisation; the possessor or modifier then says whose
        return found + of
    has_agent = any(a.role == "agent" for a in found)
    has_object = any(a.role in _OBJECT_ROLES for a in found)
    possessor_role = "of" if has_agent else "agent" if has_object else "possessor"
    modifier_role = "of" if has_agent else "agent" if has_object else "modifier"
    found += [Argument(possessor_role, a, a) for a in possessors]
    found += [Argument(modifier_role if not possessors else "modifier", a, a) for a in modifiers]
    return found


def _phrases(tree: Tree, token: int) -> list[Argument]:
    """Prepositional phrases; *by* is the agent; *between X and Y* gives both."""
    found: list[Argument] = []
    for child in tree.children[token]:
        if tree.dep[child] not in ("prep", "agent"):
            continue
        word = tree.lower[child]
        role = "agent" if word == "by" else word
        for inner in tree.children[child]:
            if tree.dep[inner] == "pobj":
                found += [Argument(role, part, part) for part in conjuncts(tree, inner)]
            elif tree.dep[inner] == "pcomp":
                found.append(Argument(word, inner, inner))
            elif tree.dep[inner] == "prep":
                for pobj in tree.some(inner, "pobj"):
                    role = f"{word} {tree.lower[inner]}"
                    found += [Argument(role, part, part) for part in conjuncts(tree, pobj)]
    return found


def _possessors(tree: Tree, token: int) -> list[int]:
    found = []
    for child in tree.some(token, "poss"):
        if tree.tag[child] == "WP$":
            clause = child
            while tree.dep[clause] != "relcl" and tree.head[clause] != clause:
                clause = tree.head[clause]
            if tree.dep[clause] == "relcl":
                found.append(tree.head[clause])
        else:
            found += conjuncts(tree, child)
    return found


def _modifiers(tree: Tree, token: int) -> list[int]:
    """Actors before the noun (*US strike*, *Quds Force commander*), nearest title left out."""
    own = tree.mention[token]
    found = []
    for child in tree.children[token]:
        if child > token or tree.dep[child] not in ("compound", "amod", "nmod", "det"):
            continue
        index = tree.mention[child]
        if index >= 0 and index != own and tree.mentions[index].kind in ("name", "nominal"):
            found.append(tree.mentions[index].head)
    return list(dict.fromkeys(found))
