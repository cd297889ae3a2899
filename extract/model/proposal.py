"""The extractor of models: passages out, proposals in, and statements of what can be verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from ..rules import RuleExtractor, Text, unique
from ..statement import Extraction, Statement
from ..text.document import Document
from ..text.failure import UnreadableError
from .passage import Passage, passages
from .tally import Reason, Tally
from .verification import Proposal, cautious, role_pairs, verified

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Proposer(Protocol):
    """A model that reads passages."""

    @property
    def name(self) -> str:
        """What `Statement.extractor` says."""
        ...

    @property
    def key(self) -> str:
        """A hash of all that its proposals depend on but the passage."""
        ...

    def proposals(self, passage: Passage) -> Iterator[Proposal | Reason]:
        """What the passage says, or why a part of the answer says nothing.

        Raises UnreadableError if this passage cannot be read, ActorgraphError if none can.
        """
        ...


class ProposalExtractor:
    """Statements that a model proposes and that ontology, grammar and stance rules let stand.

    A document in which the model fails on one passage has none of the model's statements, so that
    what is there never depends on where it failed; the tally has the failure. Without a tally to
    book it in, the failure is raised.
    """

    def __init__(
        self, proposer: Proposer, rules: RuleExtractor, tally: Tally | None = None
    ) -> None:
        self.proposer = proposer
        self.rules = rules
        self.tally = tally or Tally()
        self._raises = tally is None
        self._roles = role_pairs(rules.lexicon)

    @property
    def name(self) -> str:
        """The name of the model's kind."""
        return self.proposer.name

    @property
    def key(self) -> str:
        """Changes with the model, what it is asked, and the rules it is checked by."""
        return f"{self.rules.key} {self.proposer.key}"

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read each document; one extraction each, in order."""
        from ..text.pipeline import docs

        rules = self.rules
        for document, doc in docs(rules.nlp, documents, rules.casing, rules.parses):
            yield self.extraction(document, doc)

    def extraction(self, document: Document, doc: Doc) -> Extraction:
        """The entities and the verified statements of one parsed document."""
        text = self.rules.read(document, doc)
        try:
            proposals = [p for passage in passages(text) for p in self._proposals(passage)]
        except UnreadableError as error:
            if self._raises:
                raise
            self.tally.failures.append(error.failure(document.source))
            return Extraction(document, text.referents.entities(), ())
        statements = tuple(unique(s for p in proposals for s in self._statements(p, text)))
        self.tally.kept[self.name] += len(statements)
        return Extraction(document, text.referents.entities(statements), statements)

    def _proposals(self, passage: Passage) -> Iterator[Proposal]:
        for proposal in self.proposer.proposals(passage):
            if isinstance(proposal, Reason):
                self.tally.drop(self.name, proposal)
            else:
                yield proposal

    def _statements(self, proposal: Proposal, text: Text) -> Iterator[Statement]:
        candidate = verified(proposal, text, self.rules, self._roles)
        if isinstance(candidate, Reason):
            self.tally.drop(self.name, candidate)
            return
        said = (proposal.polarity, proposal.certainty)
        found = 0
        for statement in self.rules.statements(candidate, text):
            found += 1
            yield replace(
                cautious(statement, candidate, said, text, self.rules),
                extractor=self.name,
                confidence=round(statement.confidence * proposal.confidence, 3),
                id="",
            )
        if not found:  # both ends are one actor, by another name
            self.tally.drop(self.name, Reason.SELF)
