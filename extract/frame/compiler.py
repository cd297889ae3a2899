"""Example sentences in, frames out: the ontology becomes the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..clause.clause import Clause
from .frame import Node
from .matching import Reading

_NAMELESS_ROLES = frozenset({"agent", "patient", "attribute", "complement", "recipient"})
_IDIOM_ROLES = frozenset({"patient", "attribute"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an example came to: its frame, or the reason why it has none.

    full: the same frame with all that the example says at its words, for relations that only
    differ by it (*killed X*, *killed X in a drone strike*).
    """

    root: Node | None
    full: Node | None = None
    problem: str = ""


def compiled(reading: Reading, slots: Mapping[str, int], cues: Iterable[int]) -> Compiled:
    """The frame that joins the slots of a parsed example.

    slots: slot -> head token; cues: tokens of bracketed words. The frame's root is the word from
    which subject and object are reached by the fewest deep roles. What stands between the slots
    below a word of the frame is part of it: *was **among the dead** in*.
    """
    for slot in ("subject", "object"):
        if slot not in slots:
            return Compiled(None, problem=f"{{{slot}}} was not found in the parsed sentence")
    paths = {slot: _paths_up(reading, token) for slot, token in slots.items()}
    common = paths["subject"].keys() & paths["object"].keys()
    if not common:
        return Compiled(None, problem="no predicate joins {subject} and {object} in the parse")

    def cost(root: int) -> tuple[int, int, int]:
        steps = len(paths["subject"][root]) + len(paths["object"][root])
        # of equally short ways the one over the noun of a light verb is the meaning
        return (steps, 0 if reading.tree.is_noun(root) else 1, root)

    cues = tuple(cues)
    # a bracketed predicate over both slots is the one meant: *[threatened] to bomb {object}*
    root = min(common.intersection(cues) or common, key=cost)
    branches: dict[int, dict[tuple[str, int], None]] = {}
    for slot, ways in paths.items():
        start = root if root in ways else next((n for n in branches if n in ways), None)
        if start is None:
            return Compiled(None, problem=f"{{{slot}}} hangs on no word of the pattern")
        for parent, role, child in ways[start]:
            branches.setdefault(parent, {})[(role, child)] = None
    nodes = {root, *branches, *(child for branch in branches.values() for _, child in branch)}
    names = {token: slot for slot, token in slots.items()}
    between = _between(reading, names)
    shape = _Shape(reading, branches, names, _cue_places(reading, [*cues, *between], nodes))
    node = _node(shape, root)
    if node.lemma is None and any(role in _NAMELESS_ROLES for role, _ in node.edges):
        return Compiled(None, problem="the parse makes a predicate of a name")
    beyond = [t for t in range(len(reading.tree)) if _is_content(reading, t, names)]
    full = _Shape(reading, branches, names, _cue_places(reading, [*cues, *beyond], nodes))
    return Compiled(node, _node(full, root))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A frame in the making: its words and slots, and what each word must have beside it."""

    reading: Reading
    branches: Mapping[int, Mapping[tuple[str, int], None]]
    names: Mapping[int, str]
    required: Mapping[int, list[int]]


def _is_content(reading: Reading, token: int, names: Mapping[int, str]) -> bool:
    """Nouns, verbs and adjectives that are no slot, no auxiliary and no time."""
    tree = reading.tree
    if reading.head(token) in names or tree.dep[token] in ("aux", "auxpass", "npadvmod", "nummod"):
        return False
    return tree.tag[token][:2] in ("NN", "VB", "JJ") and tree.lemma[token] != "be"


def _between(reading: Reading, names: Mapping[int, str]) -> list[int]:
    """The content words between the first and the last of subject and object."""
    ends = [token for token, slot in names.items() if slot in ("subject", "object")]
    return [t for t in range(min(ends) + 1, max(ends)) if _is_content(reading, t, names)]


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
        if cue in nodes or tree.dep[cue] == "punct":
            continue
        above = cue
        while above not in nodes and tree.head[above] != above:
            above = tree.head[above]
        if above in nodes:
            places.setdefault(above, []).append(cue)
    return places


def _node(shape: _Shape, token: int) -> Node:
    reading = shape.reading
    clause = reading.clauses.get(token)
    below = shape.branches.get(token, {})
    edges = [(role, _node(shape, child)) for role, child in below]
    on_path = {child for _, child in below}
    slot = shape.names.get(token)
    modifiers: set[str] = set()
    if slot is None:
        modifiers = _compounds(reading, token, shape.names)
        if clause is not None and clause.kind == "verb":
            edges += _idiom_objects(reading, clause, on_path, shape.names)
    for cue in shape.required.get(token, []):
        role = next(
            (a.role for a in (clause.arguments if clause else ()) if a.antecedent == cue), None
        )
        if role is None:
            if reading.tree.head[cue] == token:
                modifiers.add(reading.tree.lemma[cue])
        elif cue not in on_path and role != "bearer":
            edges.append((role, _word(shape, cue)))
    return Node(
        lemma=None if slot else reading.lemmas(token)[0],
        slot=slot,
        modifiers=tuple(sorted(modifiers)),
        edges=_in_order(edges),
    )


def _in_order(edges: list[tuple[str, Node]]) -> tuple[tuple[str, Node], ...]:
    """Each edge once, in an order that does not depend on the sentence."""
    if len(edges) < 2:
        return tuple(edges)
    return tuple(sorted(dict.fromkeys(edges), key=repr))


def _word(shape: _Shape, token: int) -> Node:
    """A required word by itself, with the compounds that make it what it is."""
    return Node(
        lemma=shape.reading.lemmas(token)[0],
        modifiers=tuple(sorted(_compounds(shape.reading, token, shape.names))),
    )


def _compounds(reading: Reading, token: int, names: Mapping[int, str]) -> set[str]:
    """Common nouns that make the word what it is: *drone* strike, *arms* deal."""
    tree = reading.tree
    mention = tree.mention_of(token)
    if mention is not None and mention.kind in ("name", "title"):
        return set()
    return {
        tree.lemma[child]
        for child in tree.some(token, "compound")
        if tree.tag[child] in ("NN", "NNS") and not _is_slot(reading, child, names)
    }


def _is_slot(reading: Reading, token: int, names: Mapping[int, str]) -> bool:
    return reading.head(token) in names


def _is_pronoun(reading: Reading, token: int) -> bool:
    mention = reading.tree.mention_of(token)
    return mention is not None and mention.kind == "pronoun"


def _idiom_objects(
    reading: Reading, clause: Clause, on_path: set[int], names: Mapping[int, str]
) -> list[tuple[str, Node]]:
    """A verb's object or complement is part of the idiom: *took control of*, *held captive*."""
    found = []
    for argument in clause.arguments:
        token = argument.antecedent
        free = token not in on_path and token not in names and reading.head(token) not in names
        idiom = argument.role in _IDIOM_ROLES
        if idiom and free and not _is_pronoun(reading, token):
            node = Node(
                lemma=reading.lemmas(token)[0],
                modifiers=tuple(sorted(_compounds(reading, token, names))),
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
            mention = reading.tree.mention_of(child)
            if mention and mention.kind != "nominal" and reading.head(child) not in names:
                continue
            edges.append((argument.role, full_node(reading, child, names, depth - 1)))
    return Node(
        lemma=reading.lemmas(token)[0],
        modifiers=tuple(sorted(_compounds(reading, token, names))),
        edges=_in_order(edges),
    )
