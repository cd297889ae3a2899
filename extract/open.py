"""The open layer: what is said between actors in words that no relation covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .annotation import Annotation
from .attribution import evidence_of, stance_of
from .circumstance import circumstances
from .clause.clause import Clause
from .clause.proposition import Link, Triple, triples
from .clause.propositions import propositions
from .clause.syntax import predicate_lemma
from .clause.wordclass import Grammar
from .frame.frame import Frame, Node
from .frame.matching import Match
from .referent import Referents
from .rules import RuleExtractor, Text
from .stance.modality import stance_reading
from .statement import Extraction, Reference, Statement
from .text.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

_Object = tuple[str, int, Reference]
"""The phrase that leads to an actor, the actor's head token, and who it is."""

_OBJECTS = ("patient", "recipient", "attribute")
_NO_OBJECTS = frozenset({"agent", "complement", "modifier", "possessor", "bearer"})
_CONFIDENCE = 0.5  # nobody has declared what these words mean


class OpenExtractor(RuleExtractor):
    """The rule extractor, and for clauses that no relation covers statements without relation.

    `Statement.phrase` is then the predicate, with the preposition before the object if there is
    one (*baulk at*), and with the nouns on the way to it (*attend meeting with*). They are never
    plain facts.
    """

    def extraction(self, document: Document, doc: Doc) -> Extraction:
        """The entities and statements of one parsed document, open ones among them."""
        typed = super().extraction(document, doc)
        covered = {statement.evidence.cue_start for statement in typed.statements}
        text = self.read(document, doc)
        found, referents = text.found, text.referents
        statements = {statement.id: statement for statement in typed.statements}
        ways = _ways(found, self.rules.grammar)
        for token, clause in found.reading.clauses.items():
            if clause.kind != "verb" or doc[token].idx in covered:
                continue
            objects = [*_objects(clause, found, referents)]
            for way in ways.get(token, ()):
                if not any(doc[link.head].idx in covered for link in way.path):
                    objects += _reached(way, found, referents)
            for statement in self._open(clause, objects, text):
                statements.setdefault(statement.id, statement)
        ordered = sorted(
            statements.values(), key=lambda s: (s.evidence.cue_start, s.relation or "", s.id)
        )
        return Extraction(document, referents.entities(ordered), tuple(ordered))

    def _open(self, clause: Clause, objects: Sequence[_Object], text: Text) -> Iterator[Statement]:
        """The statements of one clause: each agent with each actor said of it."""
        document, found, referents = text.document, text.found, text.referents
        token = clause.predicate
        agents: list[tuple[int, Reference] | tuple[None, None]] = []
        agents += _references(clause, ("agent",), found, referents)
        reading = stance_reading(found.doc[token], self.rules.cues)
        for agent_token, agent in agents or [(None, None)]:
            for phrase, object_token, object_ in objects:
                if agent is not None and agent.entity == object_.entity:
                    continue
                bindings = {"object": object_token}
                if agent_token is not None:
                    bindings["subject"] = agent_token
                match = Match(Frame("", Node(clause.lemma), "", {}), token, bindings, (token,))
                yield Statement(
                    document=document.id,
                    relation=None,
                    phrase=phrase,
                    subject=agent,
                    object=object_,
                    stance=stance_of(reading, found, referents),
                    evidence=evidence_of(match, document, found),
                    rule="open",
                    extractor=self.name,
                    confidence=_CONFIDENCE,
                    qualifiers=circumstances(match, found.reading, referents, text.times),
                )


def _objects(clause: Clause, found: Annotation, referents: Referents) -> Iterator[_Object]:
    """The actors in the roles of a clause, each with the phrase that leads to it."""
    for phrase, role in _object_roles(clause):
        for token, reference in _references(clause, (role,), found, referents):
            yield phrase, token, reference


def _ways(found: Annotation, words: Grammar) -> dict[int, list[Triple]]:
    """By active verb, the ways that lead from it over nouns to an actor (*attend meeting with*)."""
    tree = found.reading.tree
    ways: dict[int, list[Triple]] = {}
    # the subjects of one verb share its links
    for proposition in {p.token: p for p in propositions(tree, words)}.values():
        for triple in triples(proposition):
            clause = found.reading.clauses.get(triple.predicate)
            way = _after_verb(triple)
            nouns = all(link.kind in ("object", "preposition") for link in way)
            if clause is None or clause.passive or len(way) < 2 or not nouns:
                continue
            if all(tree.mention[link.head] < 0 for link in way[:-1]):
                ways.setdefault(triple.predicate, []).append(triple)
    return ways


def _after_verb(triple: Triple) -> tuple[Link, ...]:
    """The links behind the last verb on the way."""
    path = triple.path
    last = max((i for i, link in enumerate(path) if link.kind == "verb"), default=-1)
    return path[last + 1 :]


def _reached(triple: Triple, found: Annotation, referents: Referents) -> Iterator[_Object]:
    """The actor at the end of a way, if it is one, with the head words on the way."""
    tree = found.reading.tree
    way = _after_verb(triple)
    words = [predicate_lemma(tree, triple.predicate)]
    for link in way[:-1]:
        words += [*(tree.lower[t] for t in link.words), tree.lemma[link.head]]
    words += [tree.lower[t] for t in way[-1].words]
    token = found.reading.head(way[-1].head)
    mention = tree.mention[token]
    if mention >= 0 and referents.is_known(mention):
        for reference in referents.references(token):
            if isinstance(reference, Reference):
                yield " ".join(words), token, reference


def _object_roles(clause: Clause) -> Iterator[tuple[str, str]]:
    """The roles that may hold the object, each with the phrase that says it."""
    for role in dict.fromkeys(argument.role for argument in clause.arguments):
        if role in _OBJECTS:
            yield clause.lemma, role
        elif role not in _NO_OBJECTS:
            yield f"{clause.lemma} {role}", role


def _references(
    clause: Clause, roles: tuple[str, ...], found: Annotation, referents: Referents
) -> Iterator[tuple[int, Reference]]:
    """What stands in a role, where it is safe to say who it is, with its token."""
    reading = found.reading
    for argument in clause.arguments:
        token = reading.head(argument.antecedent)
        mention = reading.tree.mention[token]
        if argument.role in roles and mention >= 0 and referents.is_known(mention):
            for reference in referents.references(token):
                if isinstance(reference, Reference):
                    yield token, reference
