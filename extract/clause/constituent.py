"""Constituents: which tokens belong to a noun, a verb group or an embedded clause."""

from __future__ import annotations

from collections.abc import Sequence

from .proposition import Tokens
from .tree import Tree
from .verb import conjuncts

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_APART = frozenset(
    [
        "nsubj",
        "prep",
        "agent",
        "relcl",
        "acl",
        "appos",
        "conj",
        "cc",
        "advcl",
        "punct",
        "ccomp",
        "xcomp",
        "preconj",
        "parataxis",
        "dep",
    ]
)
_JOINTS = frozenset({"-", "$", "#", "%", "/", "'"})
_JOINING = frozenset({"both", "either"})
_EDGES = frozenset([",", ".", "``", "''", '"', "“", "”", ";", ":", "--", "-", "(", ")"])


def phrase(tree: Tree, token: int) -> Tokens:
    """A noun or adjective with its determiners, modifiers, compounds, numbers and possessors."""
    found = {token}
    for child in tree.children[token]:
        dep = tree.dep[child]
        joint = dep == "punct" and tree.text[child] in _JOINTS
        counted = tree.tag[token] in ("$", "CD", "JJR", "JJ") or tree.child(token, "nummod") >= 0
        if dep == "npadvmod" and not counted:
            continue
        if dep not in _APART or joint:
            found.update(tree.subtree(child))
    return _run(tree, found, token)


def complemented(tree: Tree, token: int) -> Tokens:
    """A phrase with the *of*-phrases directly behind it: *a group of rebels*."""
    found = list(phrase(tree, token))
    for child in tree.some(token, "prep"):
        inner = tree.child(child, "pobj")
        if tree.lower[child] != "of" or child != found[-1] + 1 or inner < 0:
            continue
        spread = distributed(tree, inner)
        behind = complemented(tree, inner) if len(spread) == 1 else spread[0]
        if behind and behind[0] == child + 1:
            found += [child, *behind]
            if tree.tag[token] == tree.tag[inner] == "NNP":
                found = _with_names(tree, inner, found)
    return tuple(found)


def _with_names(tree: Tree, token: int, found: list[int]) -> list[int]:
    """*the Union of Miners and Smelters*: names that are coordinated inside a name."""
    last = max(conjuncts(tree, token))
    if last > found[-1] and all(
        tree.tag[t].startswith("NNP") or tree.lower[t] in ("and", ",", "&", "the")
        for t in range(found[-1] + 1, last + 1)
    ):
        found = [*found, *range(found[-1] + 1, last + 1)]
    return found


def distributed(tree: Tree, token: int) -> list[Tokens]:
    """A phrase once for each of its coordinated modifiers: *foreign clients*, *domestic clients*.

    Only before plural nouns: a *black and white flag* is one flag.
    """
    own = phrase(tree, token)
    for child in tree.some(token, "amod", "compound", "nmod"):
        parts = [child, *_adjectives(tree, child)]
        if len(parts) > 1 and child < token and tree.tag[token] in ("NNS", "NNPS"):
            group = range(min(_run(tree, set(tree.subtree(child)), child)), max(parts) + 1)
            rest = [t for t in own if t not in group and tree.lower[t] not in _JOINING]
            spans = [_modifier(tree, part) for part in parts]
            return [tuple(sorted({*rest, *span})) for span in spans]
    return [own]


def _adjectives(tree: Tree, token: int) -> list[int]:
    found: list[int] = []
    for child in tree.some(token, "conj"):
        found += [child, *_adjectives(tree, child)]
    return found


def _modifier(tree: Tree, token: int) -> list[int]:
    found = [token]
    for child in tree.children[token]:
        if tree.dep[child] not in _APART and tree.lower[child] not in _JOINING:
            found += tree.subtree(child)
    return found


def verb_group(tree: Tree, token: int) -> Tokens:
    """A verb with auxiliaries, negation and particles; a conjunct shares those of the first."""
    own: list[int] = []
    for child in tree.children[token]:
        dep = tree.dep[child]
        negating = dep == "advmod" and tree.child(child, "neg", "det") >= 0
        if child < token and (dep in ("aux", "auxpass", "neg") or negating):
            own += tree.subtree(child) if negating else [child]
    own = [t for t in own if tree.lower[t] != "to"]
    behind = [t for t in tree.some(token, "prt", "neg") if t > token]
    return (*(own or _shared_auxiliaries(tree, token)), token, *behind)


def _shared_auxiliaries(tree: Tree, token: int) -> list[int]:
    head = tree.head[token]
    if tree.dep[token] != "conj" or not tree.is_verb(head):
        return []
    if tree.child(token, *SUBJECTS) >= 0:
        return []
    form = tree.tag[token]
    # *is cut and flushed*: a present auxiliary fits no past tense
    present = [c for c in tree.some(head, "auxpass") if tree.tag[c] in ("VBZ", "VBP", "VB")]
    passive = form == "VBD" and present != []
    same = form == tree.tag[head] and form in ("VB", "VBN", "VBG")
    return [t for t in verb_group(tree, head) if t < head] if same or passive else []


def sentences(tree: Tree, verb: int) -> list[Tokens]:
    """An embedded clause in its words, once for each of its coordinated verbs."""
    verbs = [v for v in conjuncts(tree, verb) if v == verb or tree.is_verb(v)]
    shared = tree.child(verb, *SUBJECTS)
    before = list(tree.subtree(shared)) if shared >= 0 else []
    found: list[Tokens] = []
    for part in verbs:
        own = set(tree.subtree(part))
        for child in tree.some(part, "conj"):
            if child in verbs:
                own -= set(tree.subtree(child))
        own -= {c for c in tree.some(part, "cc") if c > part}
        clause = trimmed(tree, sorted(own))
        if part != verb and tree.child(part, *SUBJECTS) < 0:
            group = verb_group(tree, part)
            clause = [*before, *[t for t in group if t < part and t not in own], *clause]
        found.append(tuple(clause))
    return found


def trimmed(tree: Tree, tokens: Sequence[int]) -> list[int]:
    """Without marks and conjunctions at either end."""
    rest = list(tokens)
    while rest and (tree.text[rest[0]] in _EDGES or tree.dep[rest[0]] == "cc"):
        rest = rest[1:]
    while rest and tree.text[rest[-1]] in _EDGES:
        rest = rest[:-1]
    return rest


def _run(tree: Tree, tokens: set[int], head: int) -> Tokens:
    """The unbroken run of tokens around the head, without marks at its start."""
    first = last = head
    while first - 1 in tokens:
        first -= 1
    while last + 1 in tokens or _is_year_comma(tree, tokens, last + 1):
        last += 1
    while first < head and tree.text[first] in _EDGES:
        first += 1
    return tuple(range(first, last + 1))


def _is_year_comma(tree: Tree, tokens: set[int], at: int) -> bool:
    """*May 5**,** 1900*"""
    year = at + 1 in tokens and tree.tag[at + 1] == "CD"
    return year and tree.text[at] == "," and tree.tag[at - 1] == "CD"
