"""Example sentences in, frames out: the ontology becomes the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .clause import Clause
from .frame import Node
from .matching import Reading

_NAMELESS_ROLES = frozenset({"agent", "patient", "attribute", "complement", "recipient"})
_IDIOM_ROLES = frozenset({"patient", "attribute"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an example came to: its frame's root, or the reason why it has none."""

    root: Node | None
    problem: str = ""


def compiled(reading: Reading, slots: Mapping[str, int], cues: Iterable[int]) -> Compiled:
    """The frame that joins the slots of a parsed example.

    slots: slot -> head token; cues: tokens of bracketed words. The frame's root is the word from
    which subject and object are reached by the fewest deep roles.
    """
    for slot in ("subject", "object"):
        if slot not in slots:
            return Compiled(None, f"{{{slot}}} was not found in the parsed sentence")
    paths = {slot: _paths_up(reading, token) for slot, token in slots.items()}
    common = paths["subject"].keys() & paths["object"].keys()
    if not common:
        return Compiled(None, "no predicate joins {subject} and {object} in the parse")

    def cost(root: int) -> tuple[int, int, int]:
        steps = len(paths["subject"][root]) + len(paths["object"][root])
        # of equally short ways the one over the noun of a light verb is the meaning
        return (steps, 0 if reading.tree.is_noun(root) else 1, root)

    root = min(common, key=cost)
    branches: dict[int, dict[tuple[str, int], None]] = {}
    for slot, ways in paths.items():
        start = root if root in ways else next((n for n in branches if n in ways), None)
        if start is None:
            return Compiled(None, f"{{{slot}}} hangs on no word of the pattern")
        for parent, role, child in ways[start]:
            branches.setdefault(parent, {})[(role, child)] = None
    nodes = {root, *branches, *(child for branch in branches.values() for _, child in branch)}
    required = _cue_places(reading, cues, nodes)
    names = {token: slot for slot, token in slots.items()}
    node = _node(reading, root, branches, names, required)
    if node.lemma is None and any(role in _NAMELESS_ROLES for role, _ in node.edges):
        return Compiled(None, "the parse makes a predicate of a name")
    return Compiled(node)


Step = tuple[int, str, int]  # predicate, role, argument


def _paths_up(reading: Reading, token: int) -> dict[int, list[Step]]:
    """From a token to every predicate above it in the clause graph: the steps back down."""
    above: dict[int, list[tuple[int, str]]] = {}
    for predicate, clause in reading.clauses.items():
        for argument in clause.arguments:
            child = argument.antecedent
            for end in {child, reading.head(child)}:
                above.setdefault(end, []).append((predicate, argument.role))
    paths: dict[int, list[Step]] = {token: []}
    frontier = [token]
    while frontier:
        grown = []
        for node in frontier:
            for predicate, role in above.get(node, []):
                if predicate not in paths:
                    paths[predicate] = [(predicate, role, node), *paths[node]]
                    grown.append(predicate)
        frontier = grown
    return paths


def _cue_places(reading: Reading, cues: Iterable[int], nodes: set[int]) -> dict[int, list[int]]:
    """Bracketed words by the word of the pattern that they belong to."""
    places: dict[int, list[int]] = {}
    tree = reading.tree
    for cue in cues:
        if cue in nodes or tree.dep[cue] in ("det", "punct"):
            continue
        above = cue
        while above not in nodes and tree.head[above] != above:
            above = tree.head[above]
        if above in nodes:
            places.setdefault(above, []).append(cue)
    return places


def _node(
    reading: Reading,
    token: int,
    branches: Mapping[int, Mapping[tuple[str, int], None]],
    names: Mapping[int, str],
    required: Mapping[int, list[int]],
) -> Node:
    slot = names.get(token)
    clause = reading.clauses.get(token)
    edges = [
        (role, _node(reading, child, branches, names, required))
        for role, child in branches.get(token, {})
    ]
    if slot is not None:
        return Node(slot=slot, edges=tuple(sorted(edges, key=repr)))
    on_path = {child for _, child in branches.get(token, {})}
    modifiers = _compounds(reading, token)
    if clause is not None and clause.kind == "verb":
        edges += _idiom_objects(reading, clause, on_path, names)
    for cue in required.get(token, []):
        role = next(
            (a.role for a in (clause.arguments if clause else ()) if a.antecedent == cue), None
        )
        if role is None:
            modifiers.add(reading.tree.lemma[cue])
        elif cue not in on_path:
            edges.append((role, Node(lemma=reading.lemmas(cue)[0])))
    return Node(
        lemma=reading.lemmas(token)[0],
        modifiers=tuple(sorted(modifiers)),
        edges=tuple(sorted(dict.fromkeys(edges), key=repr)),
    )


def _compounds(reading: Reading, token: int) -> set[str]:
    """Common nouns that make the word what it is: *drone* strike, *arms* deal."""
    tree = reading.tree
    mention = tree.mention_of(token)
    if mention is not None and mention.kind in ("name", "title"):
        return set()
    return {
        tree.lemma[child]
        for child in tree.some(token, "compound")
        if tree.mention[child] < 0 and tree.tag[child] in ("NN", "NNS")
    }


def _idiom_objects(
    reading: Reading, clause: Clause, on_path: set[int], names: Mapping[int, str]
) -> list[tuple[str, Node]]:
    """A verb's object or complement is part of the idiom: *took control of*, *held captive*."""
    found = []
    for argument in clause.arguments:
        token = argument.antecedent
        free = token not in on_path and token not in names and reading.head(token) not in names
        idiom = argument.role in _IDIOM_ROLES
        if idiom and free and reading.tree.mention[token] < 0:
            node = Node(
                lemma=reading.lemmas(token)[0],
                modifiers=tuple(sorted(_compounds(reading, token))),
            )
            found.append((argument.role, node))
    return found


def full_node(reading: Reading, token: int, names: Mapping[int, str], depth: int = 2) -> Node:
    """Everything that is said at a word, for the veto of a counterexample."""
    slot = names.get(token) or names.get(reading.head(token))
    if slot is not None:
        return Node(slot=slot)
    clause = reading.clauses.get(token)
    edges: list[tuple[str, Node]] = []
    if clause is not None and depth:
        for argument in clause.arguments:
            child = argument.antecedent
            if argument.role == "complement" or child == token:
                continue
            if reading.tree.mention[child] >= 0 and reading.head(child) not in names:
                continue
            edges.append((argument.role, full_node(reading, child, names, depth - 1)))
    return Node(
        lemma=reading.lemmas(token)[0],
        modifiers=tuple(sorted(_compounds(reading, token))),
        edges=tuple(sorted(dict.fromkeys(edges), key=repr)),
    )
