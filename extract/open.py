"""The open layer: what is said between actors in words that no relation covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .annotation import Annotation, annotation
from .circumstance import circumstances
from .clause import Clause
from .dates import DateMention, dates
from .document import Document
from .frame import Frame, Node
from .matching import Match
from .modality import stance_reading
from .referent import Referents
from .rules import RuleExtractor, evidence_of, stance_of
from .statement import Extraction, Reference, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OBJECTS = ("patient", "recipient", "attribute")
_NO_OBJECTS = frozenset({"agent", "complement", "modifier", "possessor", "bearer"})
_CONFIDENCE = 0.5  # nobody has declared what these words mean


class OpenExtractor(RuleExtractor):
    """The rule extractor, and for clauses that no relation covers statements without relation.

    `Statement.phrase` is then the predicate, with the preposition before the object if there is
    one (*baulk at*). They are never plain facts.
    """

    def extraction(self, document: Document, doc: Doc) -> Extraction:
        """The entities and statements of one parsed document, open ones among them."""
        typed = super().extraction(document, doc)
        covered = {statement.evidence.cue_start for statement in typed.statements}
        found = annotation(doc, self.rules)
        referents = self.referents(document, found)
        times = dates(doc, document.published, self._dates)
        statements = {statement.id: statement for statement in typed.statements}
        for token, clause in found.reading.clauses.items():
            if clause.kind == "verb" and doc[token].idx not in covered:
                for statement in self._open(clause, document, found, referents, times):
                    statements.setdefault(statement.id, statement)
        ordered = sorted(
            statements.values(), key=lambda s: (s.evidence.cue_start, s.relation or "", s.id)
        )
        return Extraction(document, referents.entities(ordered), tuple(ordered))

    def _open(
        self,
        clause: Clause,
        document: Document,
        found: Annotation,
        referents: Referents,
        times: list[DateMention],
    ) -> Iterator[Statement]:
        """The statements of one clause: each agent with each actor said of it."""
        token = clause.predicate
        agents: list[tuple[int, Reference] | tuple[None, None]] = []
        agents += _references(clause, ("agent",), found, referents)
        objects = [
            (phrase, slot, other)
            for phrase, role in _object_roles(clause)
            for slot, other in _references(clause, (role,), found, referents)
        ]
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
                    qualifiers=circumstances(match, found.reading, referents, times),
                )


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
