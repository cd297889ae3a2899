"""Frames laid over the clauses of a text: lemma-indexed, so cost grows with the text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..clause.clause import Argument, Clause
from ..clause.syntax import predicate_lemma
from ..clause.tree import Tree
from .frame import Frame, Node

# *the US's strike* and *the US strike*; *Y's killing* and *the killing of Y*
NOUN_ROLES = {
    "modifier": ("modifier", "possessor"),
    "possessor": ("possessor", "modifier"),
    "of": ("of", "possessor"),
    "agent": ("agent",),
}
_AGENT_ROLES = frozenset({"agent", "modifier", "possessor"})


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a text: which token fills each slot, and the words that say it.

    `tokens` are the lexical tokens matched, root first. A slot missing from `bindings` is an
    agent that the text leaves out.
    """

    frame: Frame
    root: int
    bindings: Mapping[str, int]
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class FrameIndex:
    """Frames by the lemma of their root; those whose root is a slot by their first role."""

    by_lemma: Mapping[str, tuple[Frame, ...]]
    by_role: Mapping[str, tuple[Frame, ...]]


def frame_index(frames: Iterable[Frame]) -> FrameIndex:
    """The frames in a deterministic order, indexed."""
    by_lemma: dict[str, list[Frame]] = {}
    by_role: dict[str, list[Frame]] = {}
    for frame in sorted(frames, key=lambda f: (-f.size, f.relation, f.example)):
        if frame.root.lemma is not None:
            by_lemma.setdefault(frame.root.lemma, []).append(frame)
        elif frame.root.edges:
            by_role.setdefault(frame.root.edges[0][0], []).append(frame)
    return FrameIndex(
        {lemma: tuple(found) for lemma, found in by_lemma.items()},
        {role: tuple(found) for role, found in by_role.items()},
    )


@dataclass(frozen=True)
class Reading:
    """The clauses of a document, and what a matcher needs to know of their words."""

    tree: Tree
    clauses: Mapping[int, Clause]
    role_shifters: frozenset[str]
    _lemmas: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def lemmas(self, token: int) -> tuple[str, ...]:
        """The words under which a token is looked up, fullest first.

        A title is known by its whole name and by its last word (*army commander*, *commander*);
        a shifted role only as shifted: a *deputy commander* is no *commander*.
        """
        if token not in self._lemmas:
            self._lemmas[token] = self._found_lemmas(token)
        return self._lemmas[token]

    def _found_lemmas(self, token: int) -> tuple[str, ...]:
        tree = self.tree
        lemma = predicate_lemma(tree, token)
        mention = tree.mention_of(token)
        if mention is None or mention.kind == "pronoun":
            before = tree.children[token]
        else:
            before = [*range(mention.first, token), *tree.children[token]]
        for child in before:
            if child < token and tree.lower[child] in self.role_shifters:
                return (f"{tree.lower[child]} {lemma}",)
        if mention is None or mention.kind != "title":
            return (lemma,)
        name = mention.name.lower()
        last = mention.last - 1
        if last == token:
            return tuple(dict.fromkeys((name, lemma)))
        return (name,)

    def modifiers(self, token: int) -> set[str]:
        """Lemmas of the words that modify a token directly."""
        tree = self.tree
        mention = tree.mention_of(token)
        found = {tree.lemma[child] for child in tree.children[token]}
        found |= {tree.lower[child] for child in tree.children[token]}
        if mention is not None:
            found |= {tree.lower[i] for i in range(mention.first, mention.last)}
            if mention.kind == "title":  # *GOC* has the words of *General Officer Commanding*
                found |= set(mention.name.lower().split())
        return found

    def head(self, token: int) -> int:
        """The token that stands for a mention, wherever in it an argument points."""
        mention = self.tree.mention_of(token)
        return mention.head if mention is not None else token


SlotTest = Callable[[Frame, str, int], bool]


class Matcher:
    """Matches frames at predicates.

    `fits(frame, slot, token)` checks the type of a slot; `unknown(token)` tells a pronoun of which
    it is not safe to say whom it means.
    """

    def __init__(
        self, reading: Reading, fits: SlotTest, unknown: Callable[[int], bool] = lambda _: False
    ) -> None:
        self._reading = reading
        self._fits = fits
        self._unknown = unknown
        self._by_role: dict[tuple[int, str], list[Argument]] = {}

    def matches(self, index: FrameIndex, token: int, optional_agent: set[str]) -> Iterator[Match]:
        """All matches rooted at a token; relations in `optional_agent` may lack their subject."""
        reading = self._reading
        frames: list[Frame] = []
        for lemma in reading.lemmas(token):
            frames.extend(index.by_lemma.get(lemma, ()))
        clause = reading.clauses.get(token)
        if clause is not None and reading.tree.mention[token] >= 0:
            for role in dict.fromkeys(a.role for a in clause.arguments):
                frames.extend(index.by_role.get(role, ()))
        mention = reading.tree.mention_of(token)
        titled = mention is not None and mention.kind == "title"
        for frame in frames:
            if titled and frame.root.lemma is None and frame.root.slot == "subject":
                continue  # *a captain of X*: the title says it, and says it of somebody
            if clause is not None and self._is_of_another(frame.root, clause):
                continue
            for bindings, tokens in self._at(
                frame, frame.root, token, frame.relation in optional_agent
            ):
                if self._sound(bindings):
                    yield Match(frame, token, bindings, tokens)

    def _is_of_another(self, root: Node, clause: Clause) -> bool:
        """*X and Y met Z*: what X and Y did with Z is not what they did with each other."""
        told = [role for role, _ in root.edges]
        if told.count("agent") < 2:
            return False
        tree = self._reading.tree
        return any(
            a.role in ("patient", "with") and a.role not in told and tree.mention[a.antecedent] >= 0
            for a in clause.arguments
        )

    def _sound(self, bindings: Mapping[str, int]) -> bool:
        values = list(bindings.values())
        return len(set(values)) == len(values)

    def _at(
        self, frame: Frame, node: Node, token: int, optional: bool
    ) -> Iterator[tuple[dict[str, int], tuple[int, ...]]]:
        """The ways in which a node and all below it match at a token."""
        reading = self._reading
        if node.lemma is not None and node.lemma not in reading.lemmas(token):
            return
        clause = reading.clauses.get(token)
        if clause is not None and not self._has_roles(node, clause, optional):
            return
        if node.slot is not None and not self._fits(frame, node.slot, token):
            return
        if node.modifiers and not reading.modifiers(token).issuperset(node.modifiers):
            return
        own = {node.slot: token} if node.slot else {}
        words = (token,) if node.lemma is not None else ()
        if not node.edges:
            yield own, words
            return
        if clause is None:
            return
        partial: list[tuple[dict[str, int], tuple[int, ...]]] = [(own, words)]
        for role, child in node.edges:
            options = list(self._edge(frame, clause, role, child, optional))
            partial = [
                ({**left, **right}, (*left_words, *right_words))
                for left, left_words in partial
                for right, right_words in options
                if not (left.keys() & right.keys())
            ]
            if not partial:
                return
        yield from partial

    def _has_roles(self, node: Node, clause: Clause, optional: bool) -> bool:
        """Whether a clause has an argument for each edge, or may do without it."""
        return all(
            self._arguments(clause, role)
            or (optional and child.slot and (role == "bearer" or role in _AGENT_ROLES))
            for role, child in node.edges
        )

    def _arguments(self, clause: Clause, role: str) -> list[Argument]:
        """The arguments of a clause in a role, or in one that says the same beside a noun."""
        key = (clause.predicate, role)
        if key not in self._by_role:
            accepted = (role,) if clause.kind == "verb" else NOUN_ROLES.get(role, (role,))
            self._by_role[key] = [a for a in clause.arguments if a.role in accepted]
        return self._by_role[key]

    def _edge(
        self, frame: Frame, clause: Clause, role: str, child: Node, optional: bool
    ) -> Iterator[tuple[dict[str, int], tuple[int, ...]]]:
        """The ways in which an argument of a clause matches; a missing agent may be left out."""
        candidates = self._arguments(clause, role)
        for argument in candidates:
            token = self._reading.head(argument.antecedent)
            if not child.slot and child.lemma is not None:
                token = argument.antecedent
            yield from self._at(frame, child, token, optional)
        if role == "bearer" and optional and child.slot and not candidates:
            # *the killer of X was arrested*: a role noun that no name bears is its own bearer
            yield from self._at(frame, child, clause.predicate, optional)
        if optional and child.slot == "subject" and role in _AGENT_ROLES:
            # *they killed X* with no telling who they are: the agent is as unknown as in a passive
            lost = candidates and all(
                self._unknown(self._reading.head(a.antecedent)) for a in candidates
            )
            if lost or (not candidates and self._agentless(clause)):
                yield {}, ()

    def _agentless(self, clause: Clause) -> bool:
        """Whether a predicate can stand without its agent: a passive, a noun, an infinitive."""
        tree = self._reading.tree
        if tree.dep[clause.predicate] == "amod" and tree.is_verb(clause.predicate):
            return False  # *suspected militants*, *captured arms*: a description, told of nobody
        if clause.kind != "verb":
            return not any(a.role in _AGENT_ROLES - {"possessor"} for a in clause.arguments)
        return not any(a.role == "agent" for a in clause.arguments)
